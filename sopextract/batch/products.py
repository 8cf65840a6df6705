"""Sheets and the report of a whole run: made anew only where what they show has changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from sopextract.batch.executors import cores, do_all, make_crew
from sopextract.batch.guard import Result, Written, guarded
from sopextract.batch.keys import key_of_reports, key_of_sheets
from sopextract.batch.killable import Limits
from sopextract.batch.outputs import append_log, write_report
from sopextract.batch.run import Batch
from sopextract.model.outcome import Outcome, Status
from sopextract.settings import Settings
from sopextract.store import load_record, save_bytes

_SHEET, _REPORT = "sheet", "report"


@dataclass(frozen=True, slots=True)
class SheetTask:
    """One record to be drawn: `name` is its path below `parsed`, `target` the sheet's."""

    name: str
    parsed: Path
    output: Path
    target: str
    key: str
    settings: Settings

    @property
    def source(self) -> str:
        """What an outcome is about."""
        return self.name

    @property
    def limits(self) -> Limits:
        """What drawing it may cost."""
        most = self.settings.batch
        return Limits(most.timeout_s, 0.0, most.memory_bytes, most.file_bytes)


def draw_sheet(task: SheetTask) -> Result:
    """Draw one record. The outcome's `records` holds the sheet's path."""
    from sopextract.render import render

    def work() -> Outcome:
        record = load_record(task.parsed / task.name)
        fmt = PurePosixPath(task.target).suffix.removeprefix(".")
        data = render(record, fmt, task.settings.render)
        save_bytes(data, task.output, PurePosixPath(task.target))
        return Outcome(record.source.path, Status.OK, records=(task.target,))

    return guarded(task.name, work)


def plan_sheets(
    batch: Batch, written: Iterable[Written], output: Path, fmt: str = "html"
) -> tuple[SheetTask, ...]:
    """The sheets that are missing, changed, or made from what is no longer so."""
    general = key_of_sheets(batch.settings)
    tasks = []
    for one in written:
        target = one.path.removesuffix(".json") + f".{fmt}"
        key = _digest([general, one.sha256])
        if not _is_current(batch, _SHEET, output, target, key):
            tasks.append(SheetTask(one.path, batch.output, output, target, key, batch.settings))
    return tuple(tasks)


def draw_sheets(
    batch: Batch, tasks: Sequence[SheetTask], executor: str, workers: int, scheduler: str = ""
) -> Generator[Outcome, None, None]:
    """Draw them; a sheet that could not be drawn is tried again in the next run."""
    chosen = workers or min(cores(), max(1, len(tasks)))
    crew = make_crew(executor, chosen, scheduler)

    def then(task: SheetTask, result: Result) -> Iterator[SheetTask]:
        if result.traceback:
            append_log(batch.output, result)
        if result.outcome.status is Status.OK:
            _note(batch, _SHEET, task.output, task.target, task.key)
        return iter(())

    with batch.writing(), closing(do_all(crew, draw_sheet, tasks, then)) as results:
        for result in batch.swept(results):
            yield result.outcome
    batch.ledger.commit()


def drawn_sheets(batch: Batch, written: Iterable[Written], output: Path) -> tuple[str | None, ...]:
    """For each record the path of its sheet below `output`; None where there is none."""
    names = (one.path.removesuffix(".json") + ".html" for one in written)
    return tuple(name if (output / name).is_file() else None for name in names)


def remove_stale_sheets(batch: Batch, output: Path) -> None:
    """Remove the sheets whose record is not there any more."""
    wanted = {
        f"{_SHEET}/{PurePosixPath(one.path.removesuffix('.json'))}"
        for row in batch.ledger.rows()
        for one in row.written
    }
    stale = [path for path in batch.ledger.products(_SHEET) if _stem(path) not in wanted]
    if not stale:
        return
    with batch.writing():
        for path in stale:
            (output / path.removeprefix(f"{_SHEET}/")).unlink(missing_ok=True)
            batch.ledger.remove_product(path)
        batch.ledger.commit()


def _stem(path: str) -> str:
    """The path of a sheet without its suffix."""
    return path.rpartition(".")[0]


def report_key(batch: Batch, written: Sequence[Written], links: Sequence[str | None]) -> str:
    """What the report depends on."""
    parts = [[one.path, one.sha256] for one in written]
    corrections = _corrections(batch.settings.compare.keluarga)
    return _digest([key_of_reports(batch.settings), corrections, parts, list(links)])


def _corrections(file: Path | None) -> str:
    """What the user's file of corrections says, "" for none."""
    if file is None:
        return ""
    from sopextract.compare import load_corrections

    return load_corrections(file).model_dump_json()


def report_is_current(batch: Batch, output: Path, key: str) -> bool:
    """Whether the report says what it would say if it was made anew."""
    made = [path.removeprefix(f"{_REPORT}/") for path in batch.ledger.products(_REPORT)]
    return bool(made) and all(_is_current(batch, _REPORT, output, name, key) for name in made)


def make_report(
    batch: Batch, written: Sequence[Written], output: Path, links: Sequence[str | None], key: str
) -> Outcome:
    """Compare all records and write the report."""
    from sopextract.compare import slim_record  # slow to load, and mostly not needed

    records = [slim_record(load_record(batch.output / one.path)) for one in written]
    with batch.writing():
        outcome = write_report(records, output, batch.settings, links)
        if outcome.status is Status.OK:
            for path in tuple(batch.ledger.products(_REPORT)):
                batch.ledger.remove_product(path)
            for name in outcome.records:
                _note(batch, _REPORT, output, name, key)
        batch.ledger.commit()
    return outcome


def _is_current(batch: Batch, kind: str, output: Path, target: str, key: str) -> bool:
    kept = batch.ledger.product(f"{kind}/{target}")
    if kept is None or kept[0] != key:
        return False
    try:
        info = (output / target).stat()
    except OSError:
        return False
    return (info.st_size, info.st_mtime_ns) == kept[1:]


def _note(batch: Batch, kind: str, output: Path, target: str, key: str) -> None:
    info = (output / target).stat()
    batch.ledger.put_product(f"{kind}/{target}", kind, key, info.st_size, info.st_mtime_ns)


def _digest(parts: object) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode("ascii")).hexdigest()[:32]
