"""Checks a record against the rules of the form."""

from sopextract.validate.check import validate, validate_archive
from sopextract.validate.explain import explain
from sopextract.validate.formats import format_findings

__all__ = ["explain", "format_findings", "validate", "validate_archive"]
