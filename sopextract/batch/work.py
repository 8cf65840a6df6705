"""What is done with one input: parse it, check its records anew, or copy those of its twin."""

from __future__ import annotations

import hashlib
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain, islice
from pathlib import PurePosixPath

from sopextract.batch.guard import Facts, Result, Written, failed, guarded
from sopextract.batch.jobs import Job, open_source
from sopextract.batch.keys import Keys
from sopextract.batch.killable import Limits
from sopextract.batch.pages import KeptPages, is_kept
from sopextract.batch.staging import at_hand
from sopextract.errors import SourceError
from sopextract.model.outcome import Outcome, Status
from sopextract.model.record import SopRecord
from sopextract.model.source import SourceDocument, SourceFile
from sopextract.settings import IngestSettings
from sopextract.store import load_record, numbered_path, remove_stale, render_record, save_bytes


class Action(StrEnum):
    """What is to be done."""

    PARSE = "parse"
    CHECK = "check"  # the record stands; what the rules find in it is to be told anew
    COPY = "copy"  # an input with the same bytes has its records already


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an input that was read before: this one, or its twin."""

    outcome: Outcome
    sha256: str
    media_type: str
    written: tuple[Written, ...]
    facts: Facts
    stem: str
    same_as: str = ""  # the stem of its own twin

    def fits(self, source: SourceFile) -> bool:
        """Whether it is of the same bytes, read in the same way."""
        same_type = not self.media_type or self.media_type == source.media_type
        return self.sha256 == source.sha256 and same_type


@dataclass(frozen=True, slots=True)
class Task:
    """One input and what to do with it; `known` is what it is done with, None for parsing.

    `keys` say which pages kept from earlier may be used, and are to be kept; None for none.
    """

    job: Job
    action: Action = Action.PARSE
    known: Known | None = None
    keys: Keys | None = None

    @property
    def source(self) -> str:
        """The path that a record shows."""
        return self.job.source

    @property
    def limits(self) -> Limits:
        """What it may cost."""
        return self.job.limits


def do_task(task: Task) -> Result:
    """Do it. A check or copy that turns out to be impossible becomes a parse."""
    work = _Work(task.job, task.keys)

    def staged() -> Outcome:
        with at_hand(task.job) as job:
            return work.do(task, job)

    result = guarded(task.source, staged)
    if not result.outcome.records:
        remove_stale(task.job.output, task.job.stem, 0, task.source)
    return replace(result, facts=work.facts(kept=bool(result.outcome.records)))


class _Work:
    """One attempt at one input; what is learnt on the way is gathered here."""

    def __init__(self, job: Job, keys: Keys | None) -> None:
        self._job, self._keys = job, keys
        self._source: SourceFile | None = None
        self._written: list[Written] = []
        self._severities: Counter[str] = Counter()
        self._stages: dict[str, float] = defaultdict(float)
        self._residue: Counter[str] = Counter()
        self._pages = self._scanned = self._with_words = 0
        self._confidence_sum = 0.0
        self._fault: SourceError | None = None
        self._like: Facts | None = None  # of the attempt that this one only repeats

    def do(self, task: Task, at_hand: Job) -> Outcome:
        """`at_hand` is the job with its input as a file. Raises what parsing raises."""
        start = time.perf_counter()
        self._source = open_source(at_hand)
        self._stages["open"] += time.perf_counter() - start
        known = task.known
        if known is not None and known.fits(self._source):
            done = self._again(known) if task.action is Action.CHECK else self._copy(known)
            if done is not None:
                self._like = known.facts
                return done
        return self._parse(self._source)

    def _parse(self, source: SourceFile) -> Outcome:
        """Read and write record by record: a file may hold thousands."""
        from sopextract.pipeline import check, iter_unchecked

        job = self._job
        records = self._until_fault(iter_unchecked(source, job.settings, self._read))
        head = tuple(islice(records, 2))  # whether there is a second decides the first one's name
        for i, record in enumerate(chain(head, records)):
            start = time.perf_counter()
            checked = check(record, job.settings.lint)
            self._stages["check"] += time.perf_counter() - start
            self._save(checked, numbered_path(job.stem, i, len(head)))
        if self._fault is not None and not self._written:
            raise self._fault
        return self._outcome(Status.OK if self._fault is None else Status.PARTIAL)

    def _again(self, known: Known) -> Outcome | None:
        """The records that are there, with findings of today; None when they cannot be used."""
        from sopextract.pipeline import check

        records = _load(self._job, known)
        if records is None or known.outcome.status is Status.PARTIAL:
            return None
        for record, one in zip(records, known.written, strict=True):
            self._save(check(record, self._job.settings.lint), PurePosixPath(one.path))
        return self._outcome(known.outcome.status, same_as=known.outcome.same_as)

    def _copy(self, known: Known) -> Outcome | None:
        """The records of a twin under our own name; what was wrong with it is wrong with us."""
        first = known.outcome
        if not known.written:
            return replace(first, source=self._job.source, same_as=first.source)
        records = _load(self._job, known)
        if records is None:
            return None
        for i, record in enumerate(records):
            own = record.source.model_copy(update={"path": self._job.source})
            path = numbered_path(self._job.stem, i, len(records))
            self._save(record.model_copy(update={"source": own}), path)
        status = Status.SAME_AS if first.status is not Status.PARTIAL else first.status
        done = self._outcome(status, same_as=first.source)
        return replace(done, message=first.message, hint=first.hint)

    def _outcome(self, status: Status, same_as: str = "") -> Outcome:
        job = self._job
        remove_stale(job.output, job.stem, len(self._written), job.source)
        fault = failed(job.source, self._fault) if self._fault is not None else None
        return Outcome(
            job.source, status, tuple(one.path for one in self._written),
            fault.message if fault else "", fault.hint if fault else "",
            tuple(sorted(self._severities.items())), same_as=same_as,
        )  # fmt: skip

    def _until_fault(self, records: Iterator[SopRecord]) -> Iterator[SopRecord]:
        """The records up to where the file cannot be read on, which is kept as the fault."""
        while True:
            start, ingest = time.perf_counter(), self._stages["ingest"]
            try:
                record = next(records, None)
            except SourceError as exc:
                self._fault, record = exc, None
            spent = time.perf_counter() - start
            self._stages["parse"] += spent - (self._stages["ingest"] - ingest)
            if record is None:
                return
            yield record

    def _read(self, source: SourceFile, settings: IngestSettings) -> Iterator[SourceDocument]:
        """Ingest, or what it made of the file before; timed and counted."""
        parts = self._parts(source, settings)
        while True:
            start = time.perf_counter()
            part = next(parts, None)
            self._stages["ingest"] += time.perf_counter() - start
            if part is None:
                return
            self._count(part)
            yield part

    def _parts(self, source: SourceFile, settings: IngestSettings) -> Iterator[SourceDocument]:
        from sopextract.ingest import ingest_parts

        if self._keys is None or not is_kept(source.media_type):
            return ingest_parts(source, settings)
        kept = KeptPages(self._job.output, source, self._keys.of_pages(source.media_type))
        return kept.load() or kept.saved(ingest_parts(source, settings))

    def _count(self, part: SourceDocument) -> None:
        self._pages += len(part.pages)
        for page in part.pages:
            self._residue.update(one.kind.value for one in page.residue)
            if page.scan is not None:
                self._scanned += 1
                if page.scan.mean_confidence is not None:
                    self._with_words += 1
                    self._confidence_sum += page.scan.mean_confidence

    def _save(self, record: SopRecord, path: PurePosixPath) -> None:
        start = time.perf_counter()
        data = render_record(record)
        save_bytes(data, self._job.output, path)
        info = (self._job.output / path).stat()
        digest = hashlib.sha256(data).hexdigest()
        self._written.append(Written(str(path), info.st_size, info.st_mtime_ns, digest))
        self._severities.update(finding.severity.value for finding in record.findings)
        self._stages["write"] += time.perf_counter() - start

    def facts(self, *, kept: bool) -> Facts:
        """What the ledger keeps of the attempt; `kept` False: its records were removed."""
        source, like = self._source, self._like
        if like is not None:  # the pages are those that were read then
            counted = like
        else:
            counted = Facts(
                pages=self._pages, scanned=self._scanned, with_words=self._with_words,
                confidence_sum=self._confidence_sum, residue=tuple(sorted(self._residue.items())),
            )  # fmt: skip
        return replace(
            counted,
            sha256=source.sha256 if source else "",
            media_type=source.media_type if source else "",
            written=tuple(self._written) if kept else (),
            stages=tuple(sorted(self._stages.items())),
        )


def _load(job: Job, known: Known) -> list[SopRecord] | None:
    """The records that are known; None when one of them is not what was written."""
    records = []
    for one in known.written:
        try:
            data = (job.output / one.path).read_bytes()
            if hashlib.sha256(data).hexdigest() != one.sha256:
                return None
            records.append(load_record(job.output / one.path))
        except (OSError, SourceError):
            return None
    return records
