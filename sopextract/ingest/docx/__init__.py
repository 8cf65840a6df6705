"""The reader of Word files."""

from sopextract.ingest.docx.reader import read_docx

__all__ = ["read_docx"]
