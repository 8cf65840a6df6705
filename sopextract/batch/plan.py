"""What a run has to do, and why: every input against what the ledger says of it."""

from __future__ import annotations

import hashlib
import os
import stat
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from sopextract.batch.guard import Result, Written
from sopextract.batch.jobs import Job
from sopextract.batch.keys import Keys
from sopextract.batch.ledger import Glance, Ledger, Row, Stat
from sopextract.batch.remote import address_in
from sopextract.batch.work import Action, Known, Task
from sopextract.model.outcome import RETRIED, Status

_CHUNK = 1 << 20


class Reason(StrEnum):
    """Why something is to be done with an input."""

    NEW = "new"
    UNFINISHED = "an earlier run did not get to it"
    CONTENT = "the file has changed"
    PROGRAM = "settings, word lists or the program have changed"
    REBUILT = "the ledger was damaged and does not say how its records were made"
    RULES = "rules have changed"
    RECORD = "a record is missing or was changed"
    RETRY = "it failed before"
    FORCE = "asked for"


@dataclass(frozen=True, slots=True)
class Selection:
    """Which inputs a run is about, and which of them are done again.

    `since_s` leaves out files that were changed before, in seconds since 1970; `sample` takes so
    many, always the same; `force` does all again, `retry_failed` those that another attempt may
    mend. `remove_gone` removes the records of inputs that are not there any more. `ready` leaves
    out inputs whose stems it does not hold; None leaves out none.
    """

    force: bool = False
    retry_failed: bool = False
    since_s: float | None = None
    sample: int | None = None
    ready: frozenset[str] | None = None
    remove_gone: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One input that something is to be done with. `twin`: another one has to be done first."""

    task: Task
    reason: Reason
    stat: Stat
    twin: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run is going to do. `shown` are the jobs whose records its sheets and report show:
    all that were given, those that the selection leaves out as well.

    `inputs` are all that it is about; `steps` those among them that something is done with.
    `followers` are steps by the stem of the one that they wait for. `same` are rows of files whose
    date or place changed and nothing else. `gone` are sources of earlier runs that are there no
    more; `removed` are stems whose records go: their input has another stem now, or is gone and
    its records are not wanted.
    """

    inputs: tuple[Job, ...]
    steps: tuple[Step, ...]
    unchanged: Counter[Status]
    same: tuple[Row, ...] = ()
    gone: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    followers: dict[str, list[Step]] = field(default_factory=dict)
    shown: tuple[Job, ...] = ()

    @property
    def first(self) -> Iterator[Step]:
        """The steps that wait for no other."""
        return (step for step in self.steps if not step.twin)

    def idle(self) -> bool:
        """Whether nothing at all has to be written."""
        return not (self.steps or self.same or self.gone or self.removed)


def select(jobs: Sequence[Job], selection: Selection) -> tuple[Job, ...]:
    """The jobs that a run is about, in their order."""
    chosen = jobs
    if selection.ready is not None:
        chosen = [job for job in chosen if job.stem in selection.ready]
    if selection.since_s is not None:
        since_ns = int(selection.since_s * 1e9)
        chosen = [job for job in chosen if _stat(job).mtime_ns >= since_ns]
    if selection.sample is not None:
        by_chance = sorted(chosen, key=_chance)[: selection.sample]
        wanted = {job.stem for job in by_chance}
        chosen = [job for job in chosen if job.stem in wanted]
    return tuple(chosen)


def make_plan(jobs: Sequence[Job], ledger: Ledger, keys: Keys, selection: Selection) -> Plan:
    """Compare every input with its row; nothing is written.

    Files are read only where their date changed and their size did not, and where another file
    has the same size and may have the same bytes.
    """
    inputs = select(jobs, selection)
    unchanged: Counter[Status] = Counter()
    steps: list[Step] = []
    same: list[Row] = []
    for job in inputs:
        found = _stat(job)
        seen = None if selection.force else ledger.glance(job.stem)
        if seen is not None and _is_settled(seen, job, found, keys, selection):
            unchanged[Status(seen.state)] += 1
            continue
        row = ledger.get(job.stem)
        step = _compare(job, row, found, keys, selection)
        if step is not None:
            steps.append(step)
        elif row is not None:
            unchanged[row.state] += 1
            now = replace(
                row, stat=found, location=_place(job), gone=False, findings_key=keys.findings
            )
            if now != row:
                same.append(now)
    gone, removed = _missing(jobs, ledger, selection.remove_gone)
    steps = [_with_keys(step, keys) for step in _with_twins(steps, ledger, keys)]
    followers: dict[str, list[Step]] = defaultdict(list)
    for step in steps:
        if step.twin:
            followers[step.twin].append(step)
    return Plan(
        inputs, tuple(steps), unchanged, tuple(same), gone, removed, dict(followers), tuple(jobs)
    )


def _with_keys(step: Step, keys: Keys) -> Step:
    """The step with what it may use of earlier runs: nothing where all is asked for anew."""
    job = step.task.job
    if step.reason is Reason.FORCE or not job.settings.batch.keep_pages:
        return step
    return replace(step, task=replace(step.task, keys=keys))


def row_of(step: Step, result: Result, keys: Keys, when: str) -> Row:
    """The row of an input after an attempt at it."""
    outcome, facts, job = result.outcome, result.facts, step.task.job
    known = step.task.known
    same_as = ""
    if outcome.same_as and known is not None:
        own = step.task.action is Action.CHECK
        same_as = known.same_as if own else known.stem
    return Row(
        job.stem, job.source, _place(job), step.stat, facts.sha256, facts.media_type,
        keys.of_record(facts.media_type), keys.findings, outcome.status, False, outcome.message,
        outcome.hint, same_as, facts.written, outcome.findings, outcome.seconds,
        replace(facts, written=()), when,
    )  # fmt: skip


def pending(step: Step) -> Row:
    """The row of an input that is yet to be done for the first time."""
    job = step.task.job
    return Row(job.stem, job.source, _place(job), step.stat)


def known_of(row: Row, source_of_twin: str = "") -> Known:
    """What a row says of an input, for another attempt or for its twin."""
    return Known(
        row.outcome(source_of_twin), row.sha256, row.media_type, row.written, row.facts, row.stem,
        row.same_as,
    )  # fmt: skip


def _compare(
    job: Job, row: Row | None, found: Stat, keys: Keys, selection: Selection
) -> Step | None:
    """What is to be done with one input, None for nothing."""
    if row is None:
        return Step(Task(job), Reason.NEW, found)
    if selection.force:
        return Step(Task(job), Reason.FORCE, found)
    if row.state is Status.PENDING:
        return Step(Task(job), Reason.UNFINISHED, found)
    if not row.record_key:
        return Step(Task(job), Reason.REBUILT, found)
    if row.stat != found and not _same_content(job, row, found):
        return Step(Task(job), Reason.CONTENT, found)
    if row.record_key != keys.of_record(row.media_type):
        return Step(Task(job), Reason.PROGRAM, found)
    if not all(_is_there(job.output, one) for one in row.written):
        return Step(Task(job), Reason.RECORD, found)
    if selection.retry_failed and row.state in RETRIED:
        return Step(Task(job), Reason.RETRY, found)
    if row.written and row.findings_key != keys.findings:
        return Step(Task(job, Action.CHECK, known_of(row, row.same_as)), Reason.RULES, found)
    return None


def _is_settled(seen: Glance, job: Job, found: Stat, keys: Keys, selection: Selection) -> bool:
    """Whether all is as it was, at a glance: of most inputs of most runs it is."""
    return (
        (seen.size, seen.mtime_ns, seen.inode) == (found.size, found.mtime_ns, found.inode)
        and not seen.gone
        and seen.state != Status.PENDING
        and not (selection.retry_failed and seen.state in RETRIED)
        and seen.findings_key == keys.findings
        and seen.record_key == keys.of_record(seen.media_type)
        and seen.location == _place(job)
        and all(_is_there(job.output, one) for one in seen.written())
    )


def _stat(job: Job) -> Stat:
    if job.inside is not None:
        return Stat(job.inside.size, job.inside.mtime_ns, job.inside.check)
    try:
        info = os.stat(job.location)
    except OSError:
        return Stat()
    return Stat(info.st_size, info.st_mtime_ns, info.st_ino)


def _same_content(job: Job, row: Row, found: Stat) -> bool:
    """Whether a file with another date has the bytes it had; read only if the size is the same."""
    return bool(row.sha256) and row.stat.size == found.size and digest_of(job) == row.sha256


def digest_of(job: Job) -> str:
    """The hash of a regular file; "" of what cannot be read, or is no file, or too large."""
    most = max(job.settings.ingest.max_bytes, job.settings.ingest.max_bytes_pdf)
    digest = hashlib.sha256()
    try:
        handle = os.open(job.location, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(handle, "rb") as file:
            info = os.fstat(file.fileno())
            if not stat.S_ISREG(info.st_mode) or info.st_size > most:
                return ""
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    except OSError:
        return ""
    return digest.hexdigest()


def _is_there(output: Path, one: Written) -> bool:
    """Whether a record is what was written; one with another date is read."""
    path = os.path.join(output, one.path)
    try:
        info = os.stat(path)
        if info.st_size != one.size or not stat.S_ISREG(info.st_mode):
            return False
        if info.st_mtime_ns == one.mtime_ns:
            return True
        return hashlib.sha256(Path(path).read_bytes()).hexdigest() == one.sha256
    except OSError:
        return False


def _missing(
    jobs: Sequence[Job], ledger: Ledger, remove_gone: bool
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Stems of earlier inputs that are newly gone, and of those whose records are to go."""
    gone: list[str] = []
    removed: list[str] = []
    present = {job.stem for job in jobs}
    places: set[str] | None = None
    opened: set[str] = set()  # archives: what is there now is all that is in them
    for stem, location, _, was_gone in ledger.states():
        if stem in present:
            continue
        if places is None:
            opened = {job.inside.base for job in jobs if job.inside and job.inside.steps}
            places = {_place(job) for job in jobs} | opened
        if location in places:
            removed.append(stem)
        elif was_gone or (location and _is_gone(location, opened)):
            if remove_gone:
                removed.append(stem)
            elif not was_gone:
                gone.append(stem)
    return tuple(gone), tuple(removed)


def _is_gone(location: str, opened: Set[str]) -> bool:
    return not opened.isdisjoint(_above(location)) or not _in_sight(location)


def _above(location: str) -> Iterator[str]:
    """What a path or address lies in, from near to far."""
    above = os.path.dirname(location)
    while above != os.path.dirname(above):
        yield above
        above = os.path.dirname(above)


def _in_sight(location: str) -> bool:
    """Whether a file is there, or the archive that it lies in; elsewhere nobody looks."""
    if address_in(location) is not None or os.path.lexists(location):
        return True
    nearest = next(filter(os.path.lexists, _above(location)), None)
    return nearest is not None and not os.path.isdir(nearest)


def _with_twins(steps: list[Step], ledger: Ledger, keys: Keys) -> list[Step]:
    """The steps, those that are to parse the same bytes as another input made copies of it."""
    by_size: dict[int, list[int]] = defaultdict(list)
    for i, step in enumerate(steps):
        if step.task.action is Action.PARSE and step.stat.size > 0:
            by_size[step.stat.size].append(i)
    redone = {step.task.job.stem for step in steps}
    for size, places in by_size.items():
        rows = [row for row in ledger.of_size(size) if row.sha256 and not row.gone]
        rows = [row for row in rows if row.stem not in redone and not row.same_as]
        if len(places) == 1 and not rows:
            continue
        firsts: dict[tuple[str, str], Row | Step] = {
            (row.sha256, _suffix(row.source)): row
            for row in rows
            if (row.record_key, row.findings_key) == (keys.of_record(row.media_type), keys.findings)
        }
        for i in places:
            job = steps[i].task.job
            if not (digest := digest_of(job)):
                continue
            first = firsts.setdefault((digest, _suffix(job.source)), steps[i])
            if isinstance(first, Row):
                task = Task(job, Action.COPY, known_of(first))
                steps[i] = replace(steps[i], task=task)
            elif first is not steps[i]:
                task = Task(job, Action.COPY)
                steps[i] = replace(steps[i], task=task, twin=first.task.job.stem)
    return steps


def _suffix(source: str) -> str:
    """What a reader may go by beside the bytes."""
    return os.path.splitext(source)[1].lower()


def _chance(job: Job) -> tuple[bytes, str]:
    """An order that looks like chance and is always the same."""
    return hashlib.sha256(job.source.encode("utf-8", "surrogatepass")).digest(), job.stem


def _place(job: Job) -> str:
    address = address_in(job.location) if job.inside is not None else None
    return address or os.path.abspath(job.location)


def reasons(steps: Iterable[Step]) -> Counter[tuple[Action, Reason]]:
    """How many steps there are of each kind, for each reason."""
    return Counter((step.task.action, step.reason) for step in steps)
