"""Compare sheets across agencies: records in, one comparison and its report out."""

from sopextract.compare.build import compare
from sopextract.compare.masking import mask_records
from sopextract.compare.report import render_notes, render_report

__all__ = ["compare", "mask_records", "render_notes", "render_report"]
