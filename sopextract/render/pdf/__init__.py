"""Sheets as PDF."""

from sopextract.render.pdf.write import book_pdf, render_pdf

__all__ = ["book_pdf", "render_pdf"]
