"""Inputs that lie in archives or elsewhere, as files for as long as they are read."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath

from sopextract.batch.jobs import Job
from sopextract.batch.kept import archive_at_hand, fetch_whole, take_step
from sopextract.errors import SourceError


@contextmanager
def at_hand(job: Job) -> Iterator[Job]:
    """The job with its input as a file; the same one where it is a file already.

    Raises SourceError for what is too large, and for what cannot be unpacked.
    """
    inside = job.inside
    if inside is None:
        yield job
        return
    if inside.fault is not None:
        raise SourceError(inside.fault, hint=inside.hint)
    most = max(job.settings.ingest.max_bytes, job.settings.ingest.max_bytes_pdf)
    if inside.size > most:
        raise SourceError(
            f"the file has {inside.size:,} bytes, more than the {most:,} allowed",
            hint="split it, or raise the limit in [ingest] of sopextract.toml",
        )
    with tempfile.TemporaryDirectory(prefix="sopextract-", ignore_cleanup_errors=True) as folder:
        path = Path(folder, f"document{PurePosixPath(job.source).suffix}")
        if inside.steps:
            *way, last = inside.steps
            largest = job.settings.batch.archive_bytes
            take_step(archive_at_hand(inside.base, largest, tuple(way)), last, path)
        else:
            fetch_whole(inside.base, path, most)
        yield replace(job, location=path, inside=None)
