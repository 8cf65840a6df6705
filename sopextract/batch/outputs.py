"""What is made of records: sheets, books and the comparison report."""

from __future__ import annotations

import gc
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from logging import getLogger
from pathlib import Path, PurePosixPath

from sopextract.batch.guard import Result, guarded
from sopextract.model.outcome import Outcome, Status
from sopextract.model.record import SopRecord
from sopextract.settings import Settings
from sopextract.store import plan_stems, save_bytes

RUN_LOG = PurePosixPath(".sopextract/run.log")
NOTES = "catatan"  # the folder of evaluation notes in a report's

log = getLogger(__name__)


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
    Evaluation notes, where the settings ask for them, go into `NOTES` and are not named. The
    outcome's `message` says what of the user's corrections could not be followed. Raises
    ConfigError for a file of corrections that cannot be used.
    """
    from sopextract.compare import (
        compare,
        load_corrections,
        mask_constraints,
        mask_records,
        render_notes,
        render_report,
        resolve,
    )

    corrections = load_corrections(settings.compare.keluarga)
    log.info("comparing %d records", len(records))

    def work() -> Outcome:
        asked = settings.compare.model_copy(update={"mask": False})
        with _collector_at_rest():
            shown, constraints = records, resolve(corrections, records)
            if settings.compare.mask:  # once for all, and after paths were found by their names
                constraints = mask_constraints(constraints, records)
                shown = mask_records(records)
            compared = compare(shown, asked, settings.normalise, constraints)
            compared = compared.model_copy(update={"masked": settings.compare.mask})
            notes = _note_names(shown) if settings.compare.notes else ()
            files = render_report(compared, shown, asked, sheets=sheets, notes=notes)
        for name, data in sorted(files.items()):
            save_bytes(data, output, PurePosixPath(name))
        for name, data in zip(notes, render_notes(compared, shown, asked) if notes else (),
                               strict=True):  # fmt: skip
            save_bytes(data, output, PurePosixPath(name))
        told = "\n".join(compared.notes)
        return Outcome("report", Status.OK, records=tuple(sorted(files)), message=told)

    return run_guarded("report", work, output)


def _note_names(records: Sequence[SopRecord]) -> tuple[str, ...]:
    """A path below `NOTES` for the notes of each record; no two can meet."""
    stems = plan_stems([(r.source.path, str(i)) for i, r in enumerate(records)])
    return tuple(f"{NOTES}/{stem}.docx" for stem in stems)


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
