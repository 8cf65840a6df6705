"""Many files at once: jobs, executors, outcomes."""

from sopextract.batch.draw import draw_sources
from sopextract.batch.jobs import Job, find_jobs
from sopextract.batch.page_log import watch_pages
from sopextract.batch.run import render_sheets, run_batch, write_book, write_report

__all__ = [
    "Job",
    "draw_sources",
    "find_jobs",
    "render_sheets",
    "run_batch",
    "watch_pages",
    "write_book",
    "write_report",
]
