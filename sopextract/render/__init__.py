"""Clean sheets of a record, many of them as a book, and its flow as a picture."""

from sopextract.render.book import BOOK_FORMATS, render_book
from sopextract.render.flow_svg import flow_svg
from sopextract.render.writers import FORMATS, render

__all__ = ["BOOK_FORMATS", "FORMATS", "flow_svg", "render", "render_book"]
