"""Sheets as PDF."""

from sopextract.render.pdf.write import render_pdf

__all__ = ["render_pdf"]
