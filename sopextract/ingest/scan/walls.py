"""Rules of a table that are too pale to be seen by themselves: looked for all along the table.

The eye sees a pale rule because it runs through the whole table. So does this: where a line stands
already, each stretch of it from one rule across to the next is held against the noise beside it,
and the stretches beside decide where it says little. Where none stands, what every row (or column)
shows at one place is added up.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt

from sopextract.core.geometry import BBox, centre, contains
from sopextract.ingest.page.rules import Rule, Table, find_tables
from sopextract.ingest.scan.contrast import Floats, Look, contrast_at
from sopextract.ingest.scan.morphology import transposed
from sopextract.ingest.scan.raster import Grey
from sopextract.ingest.scan.sides import told_sides
from sopextract.ingest.scan.standing import END, SAME

Numbers = npt.NDArray[np.intp]

# Points.
_DOUBLE = 4.0  # those of a double rule stand nearer
# Points on both sides of a rule in which the noise beside it is measured.
_AROUND = 24.0
# Of 255. By the made looks 9510 to 9519, at 300 dots an inch: the noise beside a stretch has a
# spread of 0.1 to 2; of places without a rule one in a hundred is 3.4 times as dark as that, of
# rules that were not found nine in ten are 5 times and more.
_LEAST_NOISE = 0.5
# A stretch of a known rule is looked for with as much of the darkness of the rest of it, as a new
# one with so many times the noise; more than `_SURE` of it counts no more.
_ALIKE, _AS_NOISE, _SURE = 0.4, 5.0, 8.0
_MOST, _LEAST = 15.0, -20.0  # the evidence of one stretch, in logarithms of likelihood
_CHANGE = 6.0  # what a rule that begins or ends away from where it stands must outweigh
_UNSEEN, _UNKNOWN = 1.0, 2.0  # how much likelier none is where nothing is seen; a new one
# What a new one must: two stretches say so at least, or the only one does clearly.
_NEW, _ALONE = 18.0, 30.0
_MAIN = 0.7  # of a table's width: connectors and headings of groups are shorter (standing.py)
_NARROW = 40.0  # points: a column of numbers has 18 to 35
_ROW = 0.9  # of a table's width a new row among symbols has: connectors are shorter
_AMONG = 0.6  # of the most columns there are where the flow is
_BEYOND = 100.0  # points beyond the outermost rules that stand, where there may be more rows
_MARGIN = 15.0  # points: the edge of the paper is no rule
_ROUNDS = 3  # of columns and rows: each lets more of the other be seen
_APART = 8.0  # points: rules are no nearer; the lowest row is 11 high


Looks = Mapping[bool, Look]  # how dark the picture is along its rows, and along its columns


def looks_at(grey: Grey, hidden: Grey, per_pt: float) -> Looks:
    """The `grey` picture both ways; what is `hidden` (letters, symbols) says nothing."""
    return {
        True: Look(grey, hidden, per_pt),
        False: Look(transposed(grey), transposed(hidden), per_pt),
    }


def with_walls(rules: Sequence[Rule], looks: Looks, symbols: Sequence[BBox] = ()) -> list[Rule]:
    """The rules of tables with those that a picture shows only as parts of a table.

    Those that are no darker than the noise beside them are gone.
    """
    seen = [rule for rule in rules if looks[rule.level].stands_out(rule)]
    seen = [rule for rule in seen if not any(_is_beside(rule, other) for other in seen)]
    # the ends that tell a border are darker than the noise; it stands on some of the rules
    seen += [cut for side in told_sides(seen) if (cut := _standing(side, seen)) is not None]
    tables = find_tables(seen)
    others = [r for table in tables for r in (*table.level, *table.upright)]
    return [*seen, *(r for t in tables for r in _lacking(t, others, looks, symbols))]


def _is_beside(rule: Rule, other: Rule) -> bool:
    """Whether a line runs along a part of a rule, nearer than columns and rows are apart."""
    return (
        rule.level is other.level
        and _DOUBLE < abs(rule.at - other.at) < _APART
        and other.start <= rule.start + END
        and rule.end <= other.end + END
        and other.end - other.start > 2 * (rule.end - rule.start)
    )


def _lacking(
    table: Table, others: Sequence[Rule], looks: Looks, symbols: Sequence[BBox]
) -> list[Rule]:
    """The rules that a table lacks: by turns, for each direction is parted by the other.

    None stands where one of the `others` of the page does. Four rules are a frame, no table.
    """
    if len(table.level) <= 2 and len(table.upright) <= 2:
        return []
    own = {True: list(table.level), False: list(table.upright)}
    more: dict[bool, list[Rule]] = {True: [], False: []}
    for _ in range(_ROUNDS):
        before = dict(more)
        for level in (False, True):
            across = [*own[not level], *more[not level]]
            grid = _Grid(looks[level], own[level], across, more[level])
            more[level] = [*grid.drawn_on(), *grid.new(symbols, others)]
        if more == before:
            break
    return _settled([*own[True], *own[False]], [*more[True], *more[False]])


def _settled(own: Sequence[Rule], more: Sequence[Rule]) -> list[Rule]:
    """What of more rules stands on others, cut to where it does."""
    while True:
        rules = [*own, *more]
        kept = [cut for rule in more if (cut := _standing(rule, rules)) is not None]
        if kept == more:
            return kept
        more = kept


def _standing(rule: Rule, rules: Sequence[Rule]) -> Rule | None:
    """A rule from the first to the last of the rules across that it meets."""
    meets = [
        r.at
        for r in rules
        if r.level is not rule.level
        and r.start - END <= rule.at <= r.end + END
        and rule.start - END <= r.at <= rule.end + END
    ]
    if len(meets) < 2 or max(meets) - min(meets) < _APART:
        return None
    return replace(rule, start=min(meets), end=max(meets))


def _spread(values: Floats) -> float:
    """The standard deviation of most of what is seen: lines among it do not matter."""
    values = values[~np.isnan(values)]
    if not len(values):
        return _LEAST_NOISE
    return max(1.4826 * float(np.median(np.abs(values - np.median(values)))), _LEAST_NOISE)


def _lines(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    """Rules in order of their place, those of one line together."""
    group: list[Rule] = []
    for rule in sorted(rules, key=lambda r: r.at):
        if group and rule.at - group[-1].at > SAME:
            yield group
            group = []
        group.append(rule)
    if group:
        yield group


def _edges(places: Sequence[float]) -> list[float]:
    """Places in order, double ones once."""
    edges: list[float] = []
    for at in sorted(places):
        if not edges or at - edges[-1] > _DOUBLE:
            edges.append(at)
    return edges


class _Grid:
    """The lines of one direction in a table, parted at all the rules across."""

    def __init__(
        self, look: Look, lines: Sequence[Rule], across: Sequence[Rule], more: Sequence[Rule]
    ) -> None:
        self._look, self._rules = look, lines
        self._sides = min(r.at for r in lines), max(r.at for r in lines)
        self._stretches = list(itertools.pairwise(_edges([r.at for r in across])))
        places = [*self._sides, *(r.at for r in more)]
        low, high = max(0.0, min(places) - _BEYOND), max(places) + _BEYOND
        self._first = round(low * look.per_pt)
        self._shown = [look.contrasts(a, b, low, high) for a, b in self._stretches]

    def drawn_on(self) -> list[Rule]:
        """What the lines have besides the rules that stand."""
        return [rule for line in _lines(self._rules) for rule in self._on(line)]

    def _on(self, line: Sequence[Rule]) -> list[Rule]:
        total = sum(r.end - r.start for r in line)
        at = sum(r.at * (r.end - r.start) for r in line) / total
        stands = [_covered(a, b, line) for a, b in self._stretches]
        if all(stands):
            return []
        place, per_pt = at * self._look.per_pt - self._first, self._look.per_pt
        seen = [contrast_at(shown, place, per_pt) for shown in self._shown]
        own = [c for c, s in zip(seen, stands, strict=True) if s and not math.isnan(c)]
        like = _ALIKE * float(np.median(own)) if own else 0.0
        reach = round(_AROUND * per_pt)
        near = slice(max(0, round(place) - reach), max(0, round(place) + reach))
        evidence = []
        for shown, c, s in zip(self._shown, seen, stands, strict=True):
            noise = _spread(shown[near])
            wanted = min(like / noise, _SURE)
            evidence.append(-2 * _LEAST if s else _evidence(c / noise, wanted) - _UNSEEN)
        return [
            Rule(line[0].level, at, self._stretches[k][0], self._stretches[m][1])
            for k, m in _runs(_decided(evidence, *self._ends_with_table(line, seen)))
            if not all(stands[k : m + 1])
        ]

    def _ends_with_table(self, line: Sequence[Rule], seen: Sequence[float]) -> tuple[bool, bool]:
        """Whether a line begins and ends with its table, as columns end.

        Rows do both where the first or last column is narrow (No, Ket.) and nothing of it is seen.
        """
        if not line[0].level:
            return False, True
        edges = (self._stretches[0], seen[0]), (self._stretches[-1], seen[-1])
        length = sum(r.end - r.start for r in line)
        row = length >= _MAIN * (self._stretches[-1][1] - self._stretches[0][0])
        begins, ends = (row and math.isnan(c) and b - a <= _NARROW for (a, b), c in edges)
        return begins, ends

    def new(self, symbols: Sequence[BBox], others: Sequence[Rule]) -> list[Rule]:
        """Pale rules where none stands yet, the clearest first."""
        alone = len(self._stretches) == 1
        most, least = (_ALONE, _ALONE) if alone else (_MOST, _NEW)
        table = np.stack([_of_new(shown, most) for shown in self._shown])
        places = (np.arange(table.shape[1]) + self._first + 0.5) / self._look.per_pt
        table[:, (places < _MARGIN) | (places > self._look.far - _MARGIN)] = _LEAST
        for rule in (r for r in others if r.level is self._rules[0].level):
            near = np.abs(places - rule.at) < _APART
            for k, (a, b) in enumerate(self._stretches):
                if (rule.start < b - END and rule.end > a + END) or rule.at in self._sides:
                    table[k, near] = _LEAST
        found: list[Rule] = []
        while True:
            best, begin, end = _best(table)
            k = int(best.argmax())
            if best[k] < least:
                return found
            alike = np.flatnonzero(best[k:] < best[k])
            k += (int(alike[0]) - 1) // 2 if len(alike) else 0  # the middle of the clearest
            a, b = self._stretches[begin[k]][0], self._stretches[end[k]][1]
            rule = Rule(self._rules[0].level, float(places[k]), a, b)
            near = np.abs(places - rule.at) < _APART
            table[begin[k] : end[k] + 1, near] = _LEAST
            if self._may_be(rule, symbols):
                found.append(rule)

    def _ends(self, column: Rule) -> bool:
        """Whether a column goes down to the end of its table, as far as it can be seen."""
        place, per_pt = column.at * self._look.per_pt - self._first, self._look.per_pt
        return all(
            math.isnan(contrast_at(shown, place, per_pt))
            for (a, _), shown in zip(self._stretches, self._shown, strict=True)
            if a >= column.end - END
        )

    def _is_among_columns(self, box: BBox) -> bool:
        """Whether a symbol stands where the table has its columns: no logo of a table above it."""
        ends = [v for rule in self._rules for v in (rule.start, rule.end)]
        most = max(self._columns_at(v) for v in ends)
        return self._columns_at(centre(box)[1]) >= _AMONG * most

    def _columns_at(self, y: float) -> int:
        return sum(rule.start - END <= y <= rule.end + END for rule in self._rules)

    def _may_be(self, rule: Rule, symbols: Sequence[BBox]) -> bool:
        """Whether a new line is no connector: a column goes down past all symbols to the end of its
        table, a row all through it or where there are no symbols beside, nor above and below.
        """
        if any(_runs_into(rule, box) for box in symbols):
            return False
        first, last = self._stretches[0][0], self._stretches[-1][1]
        length = (rule.end - rule.start) / (last - first)
        if not rule.level:
            tops = [b[1] for b in symbols if first < b[1] < last and self._is_among_columns(b)]
            return self._ends(rule) and rule.start <= min(tops, default=math.inf)
        if not self._sides[0] <= rule.at <= self._sides[1]:
            return length >= _ROW
        lines = [r.at for r in self._rules]
        above = max((at for at in lines if at < rule.at - _DOUBLE), default=0.0)
        below = min((at for at in lines if at > rule.at + _DOUBLE), default=math.inf)
        band = (first, above, last, below)
        over = [box for box in symbols if rule.start <= centre(box)[0] <= rule.end]
        in_flow = any(b[3] < rule.at for b in over) and any(b[1] > rule.at for b in over)
        return length >= _ROW or not (
            in_flow or any(contains(band, centre(box)) for box in symbols)
        )


def _runs_into(rule: Rule, box: BBox) -> bool:
    """Whether a symbol stands across a line: it is a connector that leads there."""
    (x0, y0, x1, y1), along = box, (box[0], box[2]) if rule.level else (box[1], box[3])
    low, high = (y0, y1) if rule.level else (x0, x1)
    inside = low + END < rule.at < high - END
    return inside and rule.start < along[1] and along[0] < rule.end


def _covered(start: float, end: float, rules: Sequence[Rule]) -> bool:
    """Whether rules have most of a stretch."""
    return sum(max(0.0, min(r.end, end) - max(r.start, start)) for r in rules) > (end - start) / 2


def _evidence(shown: float, wanted: float) -> float:
    """The logarithm of the likelihood of a rule as dark as `wanted`, both in spreads of noise."""
    if math.isnan(shown):
        return 0.0
    return min(max(wanted * shown - wanted * wanted / 2, _LEAST), _MOST)


def _decided(evidence: Sequence[float], begins: bool, ends: bool) -> list[bool]:
    """Where a line is drawn, stretch by stretch: what is likeliest where changes are rare.

    It `begins` and `ends` with its table, or anywhere.
    """
    scores, came = (0.0, 0.0 if begins else -_CHANGE), []
    for e in evidence:
        off = max(scores[0], scores[1] - _CHANGE)
        on = max(scores[1], scores[0] - _CHANGE)
        came.append((scores[0] >= scores[1] - _CHANGE, scores[1] >= scores[0] - _CHANGE))
        scores = off, on + e
    state = scores[1] - (0.0 if ends else _CHANGE) > scores[0]
    drawn = []
    for stayed in reversed(came):
        drawn.append(state)
        state = state if stayed[state] else not state
    return drawn[::-1]


def _runs(drawn: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """The first and the last of the stretches that follow one another."""
    for on, run in itertools.groupby(range(len(drawn)), key=lambda k: drawn[k]):
        if on:
            numbers = list(run)
            yield numbers[0], numbers[-1]


def _of_new(shown: Floats, most: float) -> Floats:
    """The evidence that a stretch of a pale rule stands at each row."""
    wide = cv2.dilate(np.nan_to_num(shown, nan=-1e3)[:, None], np.ones((3, 1), np.uint8))[:, 0]
    evidence = _AS_NOISE * wide / _spread(shown) - _AS_NOISE**2 / 2
    evidence = np.clip(evidence, _LEAST, most)
    evidence[wide < -100] = -_UNKNOWN
    return np.asarray(evidence, np.float32)


def _best(table: Floats) -> tuple[Floats, Numbers, Numbers]:
    """For each place the most evidence of stretches one after another, the first and the last."""
    count = table.shape[1]
    best, run = np.full(count, -np.inf, np.float32), np.zeros(count, np.float32)
    begin, end, since = (np.zeros(count, np.intp) for _ in range(3))
    for k, row in enumerate(table):
        since = np.where(run <= 0, k, since)
        run = np.maximum(run, 0) + row
        better = run > best
        best = np.where(better, run, best)
        begin, end = np.where(better, since, begin), np.where(better, k, end)
    return best, begin, end
