"""The report as one page that works offline: data, texts and script in a single file."""

from sopextract.compare.page.core import Links
from sopextract.compare.page.render import render_page

__all__ = ["Links", "render_page"]
