"""Compare sheets across agencies: records in, one comparison and its report out."""

from sopextract.compare.build import compare
from sopextract.compare.corrections import (
    Corrections,
    load_corrections,
    mask_constraints,
    resolve,
)
from sopextract.compare.masking import mask_records
from sopextract.compare.report import render_notes, render_report
from sopextract.compare.slim import slim_record

__all__ = [
    "Corrections",
    "compare",
    "load_corrections",
    "mask_constraints",
    "mask_records",
    "render_notes",
    "render_report",
    "resolve",
    "slim_record",
]
