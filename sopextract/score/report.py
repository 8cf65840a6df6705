"""What a comparison with the truth found: figures, tables, observations."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from sopextract.score.equal import is_given
from sopextract.score.judge import SILENT_FROM, Judgement

# Bins of the reliability table: narrow at the top, where the contract makes its promise (0.95).
BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0001)


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one field. `golds` and `gots` count values that say something."""

    name: str
    golds: int
    gots: int
    exact: int
    soft: float
    silent: int

    @property
    def precision(self) -> float:
        """The share of given values that are right; 1 where none is given."""
        return self.exact / self.gots if self.gots else 1.0

    @property
    def recall(self) -> float:
        """The share of wanted values that were given rightly; 1 where none is wanted."""
        return self.exact / self.golds if self.golds else 1.0

    @property
    def f1(self) -> float:
        """Exact F1: 2 × hits over wanted plus given; 1 where there is neither."""
        return _f1(self.exact, self.golds, self.gots)

    @property
    def soft_f1(self) -> float:
        """F1 with near misses counted by their nearness."""
        return _f1(self.soft, self.golds, self.gots)


@dataclass(frozen=True, slots=True)
class Observation:
    """One given value for fitting: how sure the reader was, and whether it was right.

    `path` is the value's JSON pointer in the record, None where it has none of its own.
    """

    record: str
    field: str
    path: str | None
    method: str | None
    confidence: float
    correct: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """Values whose confidence lies in [`low`, `high`)."""

    low: float
    high: float
    count: int
    right: int
    mean: float


@dataclass(frozen=True)
class ScoreReport:
    """Every judgement, and what follows from them.

    `missing` and `spurious` name records as `path#index`: SOPs that were not found, and records
    where the truth knows no SOP.
    """

    judgements: tuple[Judgement, ...]
    records: tuple[str, ...]
    missing: tuple[str, ...]
    spurious: tuple[str, ...]

    @cached_property
    def fields(self) -> tuple[Tally, ...]:
        """One tally per field, in the order of the form."""
        groups: dict[str, list[Judgement]] = {}
        for one in self.judgements:
            groups.setdefault(one.field, []).append(one)
        return tuple(_tally(name, ones) for name, ones in groups.items())

    @cached_property
    def total(self) -> Tally:
        """All values together."""
        return _tally("semua", self.judgements)

    def over(self, name: str, wanted: Callable[[str], bool]) -> Tally:
        """The fields that are wanted as one tally."""
        return _tally(name, [one for one in self.judgements if wanted(one.field)])

    @property
    def macro_f1(self) -> float:
        """The mean of the fields' exact F1, every field counting the same."""
        tallies = [t for t in self.fields if t.golds or t.gots]
        return sum(t.f1 for t in tallies) / len(tallies) if tallies else 1.0

    @cached_property
    def whole_right(self) -> int:
        """Records in which every judged value is right, none missing and none too many."""
        spoilt = {one.record for one in self.judgements if not one.exact} | set(self.missing)
        return sum(1 for name in self.records if name not in spoilt)

    @cached_property
    def silent(self) -> tuple[Judgement, ...]:
        """Wrong values with confidence SILENT_FROM or more that no finding points at."""
        return tuple(one for one in self.judgements if one.silent)

    @property
    def silent_share(self) -> float:
        """Silent errors as a share of the values given."""
        return len(self.silent) / self.total.gots if self.total.gots else 0.0

    @cached_property
    def observations(self) -> tuple[Observation, ...]:
        """Every given value with its confidence and whether it was right."""
        return tuple(
            Observation(one.record, one.field, one.path, one.method, one.confidence, one.exact)
            for one in self.judgements
            if is_given(one.got)
        )

    @cached_property
    def reliability(self) -> tuple[Bin, ...]:
        """Confidence against truth; bins without values are left out."""
        found: list[Bin] = []
        for low, high in pairwise(BINS):
            inside = [o for o in self.observations if low <= o.confidence < high]
            if inside:
                mean = sum(o.confidence for o in inside) / len(inside)
                right = sum(o.correct for o in inside)
                found.append(Bin(low, min(high, 1.0), len(inside), right, mean))
        return tuple(found)

    def only(self, records: Iterable[str]) -> ScoreReport:
        """The same report for some of the records, named `path#index`."""
        kept = set(records)
        return ScoreReport(
            tuple(one for one in self.judgements if one.record in kept),
            tuple(name for name in self.records if name in kept),
            tuple(name for name in self.missing if name in kept),
            tuple(name for name in self.spurious if name in kept),
        )

    def summary(self) -> tuple[tuple[str, str], ...]:
        """The headline figures as label and value."""
        return (
            ("records", str(len(self.records))),
            ("whole records right", f"{self.whole_right} of {len(self.records)}"),
            ("values wanted / given", f"{self.total.golds} / {self.total.gots}"),
            ("exact F1 (all values)", f"{self.total.f1:.4f}"),
            ("soft F1 (all values)", f"{self.total.soft_f1:.4f}"),
            ("exact F1 (mean of fields)", f"{self.macro_f1:.4f}"),
            (
                f"silent errors (confidence from {SILENT_FROM})",
                f"{len(self.silent)} = {self.silent_share:.2%} of values given",
            ),
            ("records missing / too many", f"{len(self.missing)} / {len(self.spurious)}"),
        )

    def to_text(self) -> str:
        """The report for a terminal."""
        rows: list[tuple[str, ...]] = [
            ("field", "wanted", "given", "prec.", "recall", "F1", "soft F1", "silent")
        ]
        rows += [_cells(t) for t in (*self.fields, self.total)]
        widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
        wide = max(len(name) for name, _ in self.summary())
        lines = [f"{name:<{wide}}  {value}" for name, value in self.summary()]
        lines.append("")
        for row in rows:
            cells = [f"{c:>{w}}" for c, w in zip(row[1:], widths[1:], strict=True)]
            lines.append("  ".join([f"{row[0]:<{widths[0]}}", *cells]))
        lines += ["", "confidence     values   right   mean confidence"]
        lines += [
            f"{b.low:.2f} - {b.high:.2f}  {b.count:>7}  {b.right / b.count:>6.3f}   {b.mean:.3f}"
            for b in self.reliability
        ]
        return "\n".join(lines) + "\n"

    def to_markdown(self) -> str:
        """The same as Markdown tables."""
        lines = ["| | |", "|---|---|", *(f"| {a} | {b} |" for a, b in self.summary()), ""]
        lines.append("| field | wanted | given | precision | recall | F1 | soft F1 | silent |")
        lines.append("|---|--:|--:|--:|--:|--:|--:|--:|")
        lines += [f"| {' | '.join(_cells(t))} |" for t in (*self.fields, self.total)]
        lines += ["", "| confidence | values | right | mean confidence |", "|---|--:|--:|--:|"]
        lines += [
            f"| {b.low:.2f}–{b.high:.2f} | {b.count} | {b.right / b.count:.3f} | {b.mean:.3f} |"
            for b in self.reliability
        ]
        return "\n".join(lines) + "\n"

    def to_json(self) -> str:
        """Figures and wrong values for scripts."""
        values = {
            "records": len(self.records),
            "whole_right": self.whole_right,
            "f1": self.total.f1,
            "soft_f1": self.total.soft_f1,
            "macro_f1": self.macro_f1,
            "silent": len(self.silent),
            "silent_share": self.silent_share,
            "missing": list(self.missing),
            "spurious": list(self.spurious),
            "fields": {
                t.name: {
                    "golds": t.golds,
                    "gots": t.gots,
                    "exact": t.exact,
                    "f1": t.f1,
                    "soft_f1": t.soft_f1,
                    "silent": t.silent,
                }
                for t in self.fields
            },
            "reliability": [[b.low, b.high, b.count, b.right, b.mean] for b in self.reliability],
            "wrong": [
                {
                    "record": one.record,
                    "field": one.field,
                    "path": one.path,
                    "gold": one.gold,
                    "got": one.got,
                    "confidence": one.confidence,
                    "silent": one.silent,
                }
                for one in self.judgements
                if not one.exact
            ],
        }
        return json.dumps(values, ensure_ascii=False, indent=2, default=str) + "\n"


def _f1(hits: float, golds: int, gots: int) -> float:
    return 2 * hits / (golds + gots) if golds + gots else 1.0


def _tally(name: str, judgements: Sequence[Judgement]) -> Tally:
    both = [one for one in judgements if is_given(one.gold) and is_given(one.got)]
    return Tally(
        name,
        sum(is_given(one.gold) for one in judgements),
        sum(is_given(one.got) for one in judgements),
        sum(one.exact for one in both),
        sum(one.soft for one in both),
        sum(one.silent for one in judgements),
    )


def _cells(t: Tally) -> tuple[str, ...]:
    shares = (f"{value:.3f}" for value in (t.precision, t.recall, t.f1, t.soft_f1))
    return (t.name, str(t.golds), str(t.gots), *shares, str(t.silent))
