"""Profiles: which rule counts how much, as data that a region may replace."""

from sopextract.validate.profiles.load import levels_of, profile_names

__all__ = ["levels_of", "profile_names"]
