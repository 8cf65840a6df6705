"""Checks a record against the rules of the form."""

from sopextract.validate.check import known_levels, validate, validate_archive
from sopextract.validate.explain import explain
from sopextract.validate.formats import format_findings

__all__ = ["explain", "format_findings", "known_levels", "validate", "validate_archive"]
