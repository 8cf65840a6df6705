"""A batch: every input gets exactly one outcome, whatever happens to it."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import chain, islice
from logging import getLogger
from pathlib import Path, PurePosixPath

from sopextract.batch.executors import can_use_processes, choose_workers, find_executor
from sopextract.batch.guard import Result, guarded
from sopextract.batch.jobs import Job, open_source
from sopextract.model.outcome import Outcome, Status
from sopextract.model.record import SopRecord
from sopextract.settings import Settings
from sopextract.store import numbered_path, remove_stale, save_bytes, save_record

RUN_LOG = PurePosixPath(".sopextract/run.log")

log = getLogger(__name__)


def run_batch(jobs: Sequence[Job], workers: int = 0) -> Generator[Outcome, None, None]:
    """Parse every job and write its records; the outcomes come as the jobs finish.

    The bytes written do not depend on the order or the number of workers (0: as many as pay off).
    Tracebacks of our own faults go to `.sopextract/run.log` in the output folder.
    """
    count = choose_workers(jobs, workers)
    if count > 1 and not can_use_processes():
        log.warning("several processes cannot be used here (no shared memory); going on with one")
        count = 1
    name = "serial" if count == 1 else "processes"
    log.info("%d files, executor %s, workers %d", len(jobs), name, count)
    for result in find_executor(name).run(jobs, parse_job, count):
        if result.traceback and jobs:
            append_log(jobs[0].output, result)
        outcome = result.outcome
        log.debug("%s: %s in %.3f s", outcome.source, outcome.status.value, outcome.seconds)
        yield outcome


def parse_job(job: Job) -> Result:
    """One file from bytes to records on disk."""
    result = guarded(job.source, lambda: _parse(job))
    if result.outcome.status is not Status.OK:
        remove_stale(job.output, job.stem, 0, job.source)
    return result


def _parse(job: Job) -> Outcome:
    """Read and write record by record: a file may hold thousands."""
    from sopextract.pipeline import iter_sops

    records = iter_sops(open_source(job), job.settings)
    head = tuple(islice(records, 2))  # whether there is a second one decides the first one's name
    paths: list[str] = []
    severities: Counter[str] = Counter()
    for i, record in enumerate(chain(head, records)):
        path = numbered_path(job.stem, i, len(head))
        save_record(record, job.output, path)
        paths.append(str(path))
        severities.update(f.severity.value for f in record.findings)
    remove_stale(job.output, job.stem, len(paths), job.source)
    return Outcome(
        job.source,
        Status.OK,
        records=tuple(paths),
        findings=tuple(sorted(severities.items())),
    )


def render_sheets(
    records: Sequence[tuple[str, SopRecord]], output: Path, fmt: str, settings: Settings
) -> Generator[Outcome, None, None]:
    """Draw the sheet of every record below `output`; each comes with its path below `parsed`.

    `a/x.txt.json` becomes `a/x.txt.html`. The outcome's `records` holds the sheet's path.
    """
    from sopextract.render import render

    for path, record in records:
        target = PurePosixPath(path.removesuffix(".json") + f".{fmt}")

        def draw(record: SopRecord = record, target: PurePosixPath = target) -> Outcome:
            save_bytes(render(record, fmt, settings.render), output, target)
            return Outcome(record.source.path, Status.OK, records=(str(target),))

        yield run_guarded(path, draw, output)


def write_book(
    records: Sequence[SopRecord], output: Path, name: str, settings: Settings
) -> Outcome:
    """Bind the sheets of all records into one file below `output`, in the format of its suffix."""
    from sopextract.render import render_book

    def work() -> Outcome:
        fmt = PurePosixPath(name).suffix.lower().removeprefix(".")
        data = render_book(records, fmt, settings.render)
        save_bytes(data, output, PurePosixPath(name))
        return Outcome(name, Status.OK, records=(name,))

    return run_guarded(name, work, output)


def write_report(
    records: Sequence[SopRecord],
    output: Path,
    settings: Settings,
    sheets: Sequence[str | None] = (),
) -> Outcome:
    """Compare the records and write the report's files; the outcome's `records` holds them.

    `sheets` are the clean sheets' paths relative to `output`, one per record; None for none.
    """
    from sopextract.compare import compare, render_report

    log.info("comparing %d records", len(records))

    def work() -> Outcome:
        with _collector_at_rest():
            compared = compare(records, settings.compare, settings.normalise)
            files = render_report(compared, records, settings.compare, sheets=sheets)
        for name, data in sorted(files.items()):
            save_bytes(data, output, PurePosixPath(name))
        return Outcome("report", Status.OK, records=tuple(sorted(files)))

    return run_guarded("report", work, output)


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Without garbage collection, which would walk over millions of live objects again and again.

    A quarter of the time of a report on 923 sheets went into it; hardly any cycles are made.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def run_guarded(source: str, work: Callable[[], Outcome], output: Path) -> Outcome:
    """Do some work of this process under the batch's guard; a bug goes to the run log."""
    result = guarded(source, work)
    if result.traceback:
        append_log(output, result)
    return result.outcome


def append_log(output: Path, result: Result) -> None:
    """Add a traceback to the run log of an output folder."""
    path = output / RUN_LOG
    path.parent.mkdir(parents=True, exist_ok=True)
    when = datetime.now(UTC).isoformat(timespec="seconds")
    with path.open("a", encoding="utf-8", errors="backslashreplace") as file:
        file.write(f"{when} {result.outcome.source}\n{result.traceback}\n")
