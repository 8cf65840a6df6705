"""Pictures of what was understood of a document, for people who look for a fault."""

from sopextract.debug.pictures import draw_pages, find_crops

__all__ = ["draw_pages", "find_crops"]
