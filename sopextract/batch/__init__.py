"""Many files at once: jobs, executors, outcomes."""

from sopextract.batch.jobs import Job, find_jobs
from sopextract.batch.run import render_sheets, run_batch, write_report

__all__ = ["Job", "find_jobs", "render_sheets", "run_batch", "write_report"]
