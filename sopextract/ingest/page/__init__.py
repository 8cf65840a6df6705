"""A drawn page (words, strokes, pictures) becomes blocks, symbols and connectors."""

from sopextract.ingest.page.layout import lay_out_page
from sopextract.ingest.page.strokes import DrawnPage, Picture, Stroke, Word

__all__ = ["DrawnPage", "Picture", "Stroke", "Word", "lay_out_page"]
