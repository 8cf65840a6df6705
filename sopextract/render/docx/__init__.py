"""Sheets as Word documents."""

from sopextract.render.docx.write import render_docx

__all__ = ["render_docx"]
