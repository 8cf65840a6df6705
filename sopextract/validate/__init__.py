"""Checks a record against the rules of the form."""

from sopextract.validate.check import validate, validate_archive
from sopextract.validate.explain import explain
from sopextract.validate.formats import format_findings
from sopextract.validate.profiles import levels_of

__all__ = ["explain", "format_findings", "levels_of", "validate", "validate_archive"]
