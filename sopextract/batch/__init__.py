"""Many files at once: jobs, the ledger of what became of them, executors, outcomes."""

from sopextract.batch.draw import draw_sources
from sopextract.batch.executors import EXECUTORS
from sopextract.batch.jobs import Job, find_jobs
from sopextract.batch.outputs import render_sheets, write_book, write_report
from sopextract.batch.page_log import watch_pages
from sopextract.batch.plan import Plan, Selection
from sopextract.batch.run import Batch, Tally, open_batch

__all__ = [
    "EXECUTORS",
    "Batch",
    "Job",
    "Plan",
    "Selection",
    "Tally",
    "draw_sources",
    "find_jobs",
    "open_batch",
    "render_sheets",
    "watch_pages",
    "write_book",
    "write_report",
]
