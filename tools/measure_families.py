"""Measures the comparison on made families: `python -m tools.measure_families`.

Family pairs: two sheets said to be one procedure, against the truth. Step pairs: two steps of
different sheets told in one row, against the atoms of work they share; within true families, each
aligned by itself, so that a wrong family does not hide a wrong row. Seeds from 9000 were kept apart
from tuning, those from 9500 were not even looked at; of the fresh ones, of both vocabularies, not
even figures were known when the weights were fitted.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import median

from sopextract.compare import compare
from sopextract.compare.alignment import align
from sopextract.compare.comparison import Cell, Comparison, Row
from sopextract.model.record import SopRecord
from sopextract.settings import CompareSettings
from tools.made_families.families import Atoms, MadeSop, make_families
from tools.made_families.sparse import make_sparse
from tools.made_families.walks import ask

Pair = tuple[int, int]
Step = tuple[int, int]  # sheet, urutan
FAMILY_BAR, STEP_BAR = 0.97, 0.93
SETS = {
    "tuning": (7, 11, 12),
    "kept apart": (9001, 9002, 9003),
    "kept apart, never looked at": (9501, 9502, 9503),
    "fresh": (*range(9101, 9113), *range(9601, 9613)),
}

SPARSE = tuple(range(301, 315))  # of the tuning vocabulary, and none that weights were fitted to


@dataclass(frozen=True)
class Score:
    """Right among the pairs found, and found among the true ones."""

    right: int
    found: int
    true: int

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.found + other.found, self.true + other.true)

    @property
    def f1(self) -> float:
        """1 where there is nothing to find and nothing was found."""
        both = self.found + self.true
        return 2 * self.right / both if both else 1.0

    def line(self) -> str:
        """Precision, recall and F1 in words."""
        precision = self.right / self.found if self.found else 1.0
        recall = self.right / self.true if self.true else 1.0
        return f"P {precision:.4f}  R {recall:.4f}  F1 {self.f1:.4f}  ({self.true} true pairs)"


def family_score(groups: Iterable[Sequence[int]], made: Sequence[MadeSop]) -> Score:
    """Pairs of sheets in one family against those of one procedure."""
    sizes = Counter(one.family for one in made)
    true = sum(n * (n - 1) // 2 for n in sizes.values())
    found = right = 0
    for group in groups:
        found += len(group) * (len(group) - 1) // 2
        inside = Counter(made[sop].family for sop in group)
        right += sum(n * (n - 1) // 2 for n in inside.values())
    return Score(right, found, true)


def step_pairs(rows: Iterable[Row]) -> Iterator[tuple[Step, Step]]:
    """Pairs of steps that a family's rows tell as the same work.

    A row in which two sheets have several steps each pairs them in order where they are as many.
    """
    seen: set[tuple[Step, Step]] = set()
    for row in rows:
        cells = [_steps_of(cell) for cell in row.cells if cell is not None]
        for left, right in combinations(cells, 2):
            many = len(left) == len(right) > 1
            pairs = zip(left, right, strict=True) if many else _cross(left, right)
            for pair in pairs:
                if pair not in seen:
                    seen.add(pair)
                    yield pair


def _steps_of(cell: Cell) -> list[Step]:
    return sorted((one.sop, one.urutan) for one in (cell, *cell.more))


def _cross(left: Sequence[Step], right: Sequence[Step]) -> Iterator[tuple[Step, Step]]:
    for a in left:
        for b in right:
            yield a, b


def step_score(rows: Iterable[Row], atoms: dict[Step, Atoms]) -> Score:
    """Pairs of steps told against those that share work. Steps that two agencies added alike are
    not judged: where they belong is open."""

    def judged(a: Step, b: Step) -> bool:
        return not (atoms[a] == atoms[b] and next(iter(atoms[a])).startswith("+"))

    def order(a: Step, b: Step) -> tuple[Step, Step]:
        return (a, b) if a < b else (b, a)

    found = {order(a, b) for a, b in step_pairs(rows) if judged(a, b)}
    true = {
        order(a, b)
        for a, b in combinations(atoms, 2)
        if a[0] != b[0] and atoms[a] & atoms[b] and judged(a, b)
    }
    return Score(len(found & true), len(found), len(true))


def measure_steps(made: Sequence[MadeSop]) -> Score:
    """Every true family aligned by itself."""
    groups: dict[str, list[MadeSop]] = {}
    for one in made:
        groups.setdefault(one.family, []).append(one)
    total = Score(0, 0, 0)
    for group in groups.values():
        found = align_all([one.record for one in group])
        atoms = {
            (sop, step.urutan): one.atoms[i]
            for sop, one in enumerate(group)
            for i, step in enumerate(one.record.langkah)
        }
        total += step_score(found, atoms)
    return total


def align_all(records: Sequence[SopRecord]) -> Sequence[Row]:
    """The rows of these sheets as one family."""
    return align(records, range(len(records)))


def count_wrong_times(compared: Comparison, records: Sequence[SopRecord]) -> tuple[int, int]:
    """Sheets whose quickest or slowest way is not what going every way gives, of how many."""
    wrong = asked = 0
    for sheet, record in zip(compared.sheets, records, strict=True):
        flow = sheet.figures.flow
        if flow is None or flow.best is None or flow.worst is None:
            continue
        asked += 1
        edges = [(e.dari - 1, e.ke - 1) for e in record.alur]
        times = [_minutes(record, i) for i in range(len(record.langkah))]
        answer = ask(edges, times)
        for span, wanted in ((flow.best, answer.best), (flow.worst, answer.worst)):
            most = None if wanted is None or math.isinf(wanted[1]) else round(wanted[1], 2)
            least = round(wanted[0], 2) if wanted else None
            if span.max != most or (span.min or 0.0) != least:
                wrong += 1
                break
    return wrong, asked


def _minutes(record: SopRecord, row: int) -> tuple[float, float]:
    waktu = record.langkah[row].waktu
    if waktu is None or waktu.menit_kerja is None:
        return 0.0, math.inf
    if waktu.durasi is None:
        return 0.0, waktu.menit_kerja
    if waktu.durasi_maks is None:
        return waktu.menit_kerja, waktu.menit_kerja
    low, high = (_amount(iso) for iso in (waktu.durasi, waktu.durasi_maks))
    return waktu.menit_kerja, round(waktu.menit_kerja * high / low, 2)


def _amount(iso: str) -> int:
    """The one number of a made duration: ranges of the generator have one unit."""
    return int("".join(c for c in iso if c.isdigit()))


def measure(seed: int) -> tuple[Score, Score, tuple[int, int]]:
    """Families, steps and times of one seed."""
    made = list(make_families(seed))
    random.Random(seed).shuffle(made)
    records = [one.record for one in made]
    compared = compare(records, CompareSettings())
    families = family_score([f.members for f in compared.families], made)
    return families, measure_steps(made), count_wrong_times(compared, records)


def _spread(values: Sequence[float]) -> str:
    """F1 seed by seed: the lowest, the middle and the highest."""
    return f"  seeds {min(values):.4f} {median(values):.4f} {max(values):.4f}"


def measure_sparse(seed: int) -> tuple[Score, Score]:
    """Family pairs of archives in which most sheets are alone: of many topics, of one template."""
    found = []
    for made in make_sparse(random.Random(seed), seed, 1):
        compared = compare([one.record for one in made], CompareSettings())
        found.append(family_score([f.members for f in compared.families], made))
    return found[0], found[1]


def _print_sparse() -> None:
    topics = template = Score(0, 0, 0)
    for seed in SPARSE:
        one, other = measure_sparse(seed)
        topics, template = topics + one, template + other
    sys.stdout.write(f"most sheets alone\n  family pairs  {topics.line()}\n")
    sys.stdout.write(f"  one template  {template.line()}\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Print the figures; 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=tuple(SETS), action="append")
    parser.add_argument("--sparse", action="store_true", help="archives of mostly single sheets")
    parser.add_argument("--bar", action="store_true", help="exit 1 where a bar is missed")
    options = parser.parse_args(argv)
    if options.sparse:
        _print_sparse()
        return 0
    missed = False
    for name in options.only or SETS:
        families = steps = Score(0, 0, 0)
        wrong = asked = 0
        each: list[tuple[float, float]] = []
        for seed in SETS[name]:
            one, other, times = measure(seed)
            families, steps = families + one, steps + other
            each.append((one.f1, other.f1))
            wrong, asked = wrong + times[0], asked + times[1]
        spreads = [_spread(values) for values in zip(*each, strict=True)]
        sys.stdout.write(f"{name}\n  family pairs  {families.line()}{spreads[0]}\n")
        sys.stdout.write(f"  step pairs    {steps.line()}{spreads[1]}\n")
        sys.stdout.write(f"  time totals   {asked - wrong} of {asked} exact\n")
        missed |= families.f1 < FAMILY_BAR or steps.f1 < STEP_BAR or wrong > 0
    return int(missed and options.bar)


if __name__ == "__main__":
    sys.exit(main())
