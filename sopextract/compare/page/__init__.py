"""The report as one page that works offline: data, texts and script in a single file."""

from sopextract.compare.page.render import render_page

__all__ = ["render_page"]
