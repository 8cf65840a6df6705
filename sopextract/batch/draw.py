"""Pictures of what was understood, file by file."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from pathlib import PurePosixPath

from sopextract.batch.jobs import Job, open_source
from sopextract.batch.outputs import run_guarded
from sopextract.batch.staging import at_hand
from sopextract.model.outcome import Outcome, Status
from sopextract.store import save_bytes


def draw_sources(
    jobs: Sequence[Job], scale: float, page: int | None = None
) -> Generator[Outcome, None, None]:
    """Draw the pages of every file, or the one page asked for; `a/x.pdf` gives `a/x.pdf.01.png`.

    Stamps and signatures cut out of a scan come beside it, as `a/x.pdf.01.crop1.png`. The
    outcome's `records` holds the paths of the pictures.
    """
    for job in jobs:
        yield run_guarded(job.source, lambda job=job: _draw(job, scale, page), job.output)  # type: ignore[misc]


def _draw(job: Job, scale: float, only: int | None) -> Outcome:
    with at_hand(job) as here:
        return _draw_file(here, scale, only)


def _draw_file(job: Job, scale: float, only: int | None) -> Outcome:
    from sopextract.debug import draw_pages, find_crops
    from sopextract.ingest import ingest

    document = ingest(open_source(job), job.settings.ingest)
    digits = max(2, len(str(len(document.pages))))
    paths: list[str] = []
    for number, data in draw_pages(document, scale, only):
        path = f"{job.stem}.{number:0{digits}d}.png"
        save_bytes(data, job.output, PurePosixPath(path))
        paths.append(path)
    for number, k, data in find_crops(document, only):
        path = f"{job.stem}.{number:0{digits}d}.crop{k}.png"
        save_bytes(data, job.output, PurePosixPath(path))
        paths.append(path)
    return Outcome(job.source, Status.OK, records=tuple(paths))
