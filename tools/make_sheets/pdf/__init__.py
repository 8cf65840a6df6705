"""PDF sheets drawn with known truth."""

from tools.make_sheets.pdf.made import LETTERS, make_pdf

__all__ = ["LETTERS", "make_pdf"]
