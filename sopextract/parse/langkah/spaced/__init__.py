"""Columns made of spaces (`pdftotext -layout`) turned into grids."""
