"""Sheets as Excel workbooks."""

from sopextract.render.xlsx.write import render_xlsx

__all__ = ["render_xlsx"]
