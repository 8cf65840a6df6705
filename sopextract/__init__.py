"""Reads Indonesian SOP sheets with their flow; checks, compares and re-issues them."""

__version__ = "0.1.0"
