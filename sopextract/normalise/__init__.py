"""A draft in, a record out."""

from sopextract.normalise.assemble import normalise

__all__ = ["normalise"]
