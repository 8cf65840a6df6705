"""Sheets as Word documents."""

from sopextract.render.docx.write import book_docx, render_docx

__all__ = ["book_docx", "render_docx"]
