"""What the ledger says of a whole archive in figures: how many, how fast, how well."""

from __future__ import annotations

import heapq
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TypeVar

from sopextract.batch.ledger import Row
from sopextract.model.outcome import GOOD, Status

_Item = TypeVar("_Item", tuple[float, str, int], tuple[float, str, int, Status])

PAGE = PurePosixPath(".sopextract/run.html")  # where `report` writes them for people
SLOWEST = 10
_EXAMPLES = 5  # sources named for each class of failure
_CLASSES = 30  # of failures; the rest is counted in one
_POOREST = 10
# Of a page read from pixels: below this mean confidence of the engine most sheets of the accuracy
# report have wrong words. Own judgement, see docs/accuracy.md.
POOR = 0.85
_NUMBER = re.compile(r"\d[\d,.]*")
_QUOTED = re.compile(r"(page|halaman) \d+: ")


@dataclass(frozen=True, slots=True)
class Stage:
    """Seconds that a stage took, and how many inputs came through it."""

    name: str
    seconds: float
    inputs: int


@dataclass(frozen=True, slots=True)
class Slow:
    """One input that took long."""

    source: str
    seconds: float
    pages: int
    state: Status


@dataclass(frozen=True, slots=True)
class FailureClass:
    """Inputs that ended for the same reason, numbers in it apart; some of them by name."""

    state: Status
    reason: str
    hint: str
    count: int
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Poor:
    """One scan that can hardly be read: the mean confidence of its pages."""

    source: str
    confidence: float
    pages: int


@dataclass(frozen=True, slots=True)
class Summary:
    """All of it. `confidence` is the mean over the scanned pages that have words; None without."""

    states: tuple[tuple[Status, int], ...]
    records: int
    findings: tuple[tuple[str, int], ...]
    pages: int
    scanned: int
    confidence: float | None
    poor: tuple[Poor, ...]
    residue: tuple[tuple[str, int], ...]
    stages: tuple[Stage, ...]
    slowest: tuple[Slow, ...]
    failures: tuple[FailureClass, ...]

    @property
    def inputs(self) -> int:
        """How many inputs the ledger has."""
        return sum(number for _, number in self.states)

    @property
    def seconds(self) -> float:
        """What all stages took together, over all workers."""
        return sum(stage.seconds for stage in self.stages)


class _Gathered:
    """Figures that grow row by row; their size does not depend on the number of rows."""

    def __init__(self) -> None:
        self.states: Counter[Status] = Counter()
        self.findings: Counter[str] = Counter()
        self.residue: Counter[str] = Counter()
        self.records = self.pages = self.scanned = self.with_words = 0
        self.confidence_sum = 0.0
        self.stages: dict[str, list[float]] = defaultdict(lambda: [0.0, 0])
        self.slowest: list[tuple[float, str, int, Status]] = []
        self.poorest: list[tuple[float, str, int]] = []
        self.failures: dict[tuple[Status, str, str], list[str]] = {}
        self.failed: Counter[tuple[Status, str, str]] = Counter()

    def add(self, row: Row) -> None:
        """Count one more input."""
        facts = row.facts
        self.states[Status.GONE if row.gone else row.state] += 1
        self.records += len(row.written)
        self.findings.update(dict(row.findings))
        self.residue.update(dict(facts.residue))
        self.pages += facts.pages
        self.scanned += facts.scanned
        self.with_words += facts.with_words
        self.confidence_sum += facts.confidence_sum
        for name, seconds in facts.stages:
            self.stages[name][0] += seconds
            self.stages[name][1] += 1
        _keep(self.slowest, (row.seconds, row.source, facts.pages, row.state), SLOWEST)
        if facts.with_words and (mean := facts.confidence_sum / facts.with_words) < POOR:
            _keep(self.poorest, (-mean, row.source, facts.with_words), _POOREST)
        if row.state not in GOOD and not row.gone:
            self._fail(row)

    def _fail(self, row: Row) -> None:
        kind = (row.state, _NUMBER.sub("…", _QUOTED.sub("", row.reason)), row.hint)
        if kind not in self.failures and len(self.failures) >= _CLASSES:
            kind = (row.state, "", "")
        self.failed[kind] += 1
        named = self.failures.setdefault(kind, [])
        if len(named) < _EXAMPLES:
            named.append(row.source)


def summarise(rows: Iterable[Row]) -> Summary:
    """The figures of all rows; the rows are not kept."""
    gathered = _Gathered()
    for row in rows:
        gathered.add(row)
    order = {status: place for place, status in enumerate(Status)}
    return Summary(
        states=tuple(sorted(gathered.states.items(), key=lambda item: order[item[0]])),
        records=gathered.records,
        findings=tuple(sorted(gathered.findings.items())),
        pages=gathered.pages,
        scanned=gathered.scanned,
        confidence=(gathered.confidence_sum / gathered.with_words if gathered.with_words else None),
        poor=tuple(Poor(s, -c, n) for c, s, n in sorted(gathered.poorest, reverse=True)),
        residue=tuple(sorted(gathered.residue.items())),
        stages=tuple(
            Stage(name, seconds, int(number))
            for name, (seconds, number) in sorted(gathered.stages.items(), key=lambda i: -i[1][0])
        ),
        slowest=tuple(
            Slow(source, seconds, pages, state)
            for seconds, source, pages, state in sorted(gathered.slowest, reverse=True)
        ),
        failures=tuple(
            FailureClass(*kind, gathered.failed[kind], tuple(named))
            for kind, named in sorted(
                gathered.failures.items(), key=lambda item: (-gathered.failed[item[0]], item[0])
            )
        ),
    )


def _keep(heap: list[_Item], item: _Item, most: int) -> None:
    """Put an item among the largest ones."""
    if len(heap) < most:
        heapq.heappush(heap, item)
    else:
        heapq.heappushpop(heap, item)
