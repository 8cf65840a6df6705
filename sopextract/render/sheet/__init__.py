"""One measured layout of the sheet, for every writer."""

from sopextract.render.sheet.layout import sheet_of

__all__ = ["sheet_of"]
