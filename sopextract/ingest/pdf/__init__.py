"""PDF files that were printed from Word, Excel and the like: text and vectors by pdfium."""

from sopextract.ingest.pdf.reader import read_pages, read_pdf

__all__ = ["read_pages", "read_pdf"]
