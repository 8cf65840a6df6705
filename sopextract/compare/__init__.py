"""Compare sheets across agencies: records in, one comparison and its report out."""

from sopextract.compare.build import compare
from sopextract.compare.report import render_report

__all__ = ["compare", "render_report"]
