"""The rules of tables among the lines of a page: those whose ends stand on other rules."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sopextract.core.geometry import BBox, Point, grow, union
from sopextract.ingest.page.ink import Ink, Line, Outline
from sopextract.ingest.page.places import Places

# Points. Printers break a rule at every cell and leave up to the width of a crossing rule; double
# rules stand 1 to 2.5 apart; what ends farther from a rule does not end on it.
_SLANT = 0.8
_SAME = 1.2
_GAP = 3.6
_DOTTED_GAP = 4.5
_DASH = 8.0  # pieces up to this length may be dashes of one rule
_END = 3.2
_MIN_RULE = 6.0
_MIN_TABLE = 60.0  # across; the squares of a QR code may meet as rules do, a code has 25 to 40


@dataclass(frozen=True, slots=True)
class Rule:
    """An upright or level line: `at` is its x or y, `start` to `end` its extent the other way."""

    level: bool
    at: float
    start: float
    end: float

    @property
    def bbox(self) -> BBox:
        """The box around it."""
        if self.level:
            return self.start, self.at, self.end, self.at
        return self.at, self.start, self.at, self.end


@dataclass(frozen=True, slots=True)
class Table:
    """Rules that hang together: level ones and upright ones, each in order of `at`."""

    level: tuple[Rule, ...]
    upright: tuple[Rule, ...]

    @property
    def bbox(self) -> BBox:
        """The box around it."""
        rules = (*self.level, *self.upright)
        boxes = [rule.bbox for rule in rules]
        return (
            min(b[0] for b in boxes),
            min(b[1] for b in boxes),
            max(b[2] for b in boxes),
            max(b[3] for b in boxes),
        )


def pieces_of(points: Sequence[Point]) -> Iterable[tuple[bool, float, float, float]]:
    """The level and upright pieces of a polyline: level?, at, start, end."""
    for (x0, y0), (x1, y1) in itertools.pairwise(points):
        if abs(y1 - y0) <= _SLANT and abs(x1 - x0) > abs(y1 - y0):
            yield True, (y0 + y1) / 2, min(x0, x1), max(x0, x1)
        elif abs(x1 - x0) <= _SLANT and abs(y1 - y0) > abs(x1 - x0):
            yield False, (x0 + x1) / 2, min(y0, y1), max(y0, y1)


def merge_lines(ink: Ink, outlines: Iterable[Outline] = ()) -> list[Rule]:
    """Level and upright lines, with broken ones joined; the sides of outlines among them."""
    found: dict[bool, list[tuple[float, float, float, float]]] = {True: [], False: []}
    for line in ink.lines:
        for level, at, start, end in pieces_of(line.points):
            reach = _DOTTED_GAP if end - start <= _DASH else _GAP
            found[level].append((at, start, end, reach))
    for outline in outlines:
        for level, at, start, end in pieces_of((*outline.points, outline.points[0])):
            found[level].append((at, start, end, _GAP))
    for box, _ in ink.dots:
        found[True].append(((box[1] + box[3]) / 2, box[0], box[2], _DOTTED_GAP))
        found[False].append(((box[0] + box[2]) / 2, box[1], box[3], _DOTTED_GAP))
    return [
        Rule(level, at, start, end)
        for level in (True, False)
        for at, start, end in _merge(found[level])
        if end - start >= _MIN_RULE
    ]


def _merge(pieces: list[tuple[float, float, float, float]]) -> Iterable[tuple[float, float, float]]:
    """Pieces of one direction joined where they lie on one line and touch or nearly do."""
    pieces.sort()
    bands: list[list[tuple[float, float, float, float]]] = []
    first = float("-inf")
    for piece in pieces:
        if piece[0] - first > _SAME:
            bands.append([])
            first = piece[0]
        bands[-1].append(piece)
    for band in bands:
        band.sort(key=lambda p: p[1])
        total = weight = 0.0
        start = end = gap = None
        for at, low, high, reach in band:
            size = max(high - low, 0.1)
            if start is None or end is None or gap is None:
                start, end, gap, total, weight = low, high, reach, at * size, size
            elif low - end <= min(gap, reach):
                end, gap = max(end, high), reach
                total, weight = total + at * size, weight + size
            else:
                yield total / weight, start, end
                start, end, gap, total, weight = low, high, reach, at * size, size
        if start is not None and end is not None:
            yield total / weight, start, end


def find_tables(lines: Sequence[Rule]) -> list[Table]:
    """The lines that are rules, in groups that hang together.

    A rule ends on other rules; whatever does not is taken away until nothing changes: connectors
    end at symbols, underlines end nowhere.
    """
    lines = [*lines, *_open_sides(lines)]
    alive = [True] * len(lines)
    meets = _crossings(lines)
    queue = list(range(len(lines)))
    while queue:
        k = queue.pop()
        if alive[k] and not _stands(lines[k], [lines[i] for i in meets[k] if alive[i]]):
            alive[k] = False
            queue.extend(i for i in meets[k] if alive[i])
    return _groups(lines, meets, alive)


def _open_sides(lines: Sequence[Rule]) -> list[Rule]:
    """Upright borders for tables that are printed without: three level lines of one extent.

    The lines are those of one table when upright ones lead from each to the next; two tables of one
    width on a page stay two.
    """
    extents: dict[tuple[int, int], list[Rule]] = {}
    for rule in lines:
        if rule.level and rule.end - rule.start > 150:  # half the narrowest sheet's width
            extents.setdefault((round(rule.start / 2), round(rule.end / 2)), []).append(rule)
    upright = [rule for rule in lines if not rule.level]
    sides: list[Rule] = []
    for rules in extents.values():
        if len(rules) < 3:
            continue
        for run in _runs_of_one_table(sorted(rules, key=lambda r: r.at), upright):
            top, bottom = run[0].at, run[-1].at
            for x in (min(r.start for r in run), max(r.end for r in run)):
                side = Rule(False, x, top, bottom)
                if len(run) >= 3 and not any(_covers(rule, side) for rule in upright):
                    sides.append(side)
    return sides


def _runs_of_one_table(rules: Sequence[Rule], upright: Sequence[Rule]) -> list[list[Rule]]:
    """Level rules in order, parted where no upright one leads on to the next."""
    runs: list[list[Rule]] = [[rules[0]]]
    for a, b in itertools.pairwise(rules):
        joined = any(
            a.start - _END <= rule.at <= a.end + _END
            and rule.start <= a.at + _END
            and rule.end >= b.at - _END
            for rule in upright
        )
        if joined:
            runs[-1].append(b)
        else:
            runs.append([b])
    return runs


def _covers(rule: Rule, other: Rule) -> bool:
    """Whether a rule lies on all of another of its direction."""
    return (
        abs(rule.at - other.at) <= _SAME
        and rule.start <= other.start + _END
        and rule.end >= other.end - _END
    )


def _crossings(lines: Sequence[Rule]) -> list[list[int]]:
    """For each line the lines across it that it meets."""
    meets: list[list[int]] = [[] for _ in lines]
    upright = sorted((k for k, r in enumerate(lines) if not r.level), key=lambda k: lines[k].at)
    places = [lines[k].at for k in upright]
    for i, rule in enumerate(lines):
        if not rule.level:
            continue
        low = bisect_left(places, rule.start - _END)
        high = bisect_right(places, rule.end + _END)
        for k in upright[low:high]:
            other = lines[k]
            if other.start - _END <= rule.at <= other.end + _END:
                meets[i].append(k)
                meets[k].append(i)
    return meets


def _stands(rule: Rule, across: Sequence[Rule]) -> bool:
    """Whether both ends stand on other rules."""
    return any(abs(r.at - rule.start) <= _END for r in across) and any(
        abs(r.at - rule.end) <= _END for r in across
    )


def _groups(lines: Sequence[Rule], meets: list[list[int]], alive: list[bool]) -> list[Table]:
    seen: set[int] = set()
    tables: list[Table] = []
    for k in range(len(lines)):
        if not alive[k] or k in seen:
            continue
        stack, group = [k], []
        seen.add(k)
        while stack:
            i = stack.pop()
            group.append(lines[i])
            for other in meets[i]:
                if alive[other] and other not in seen:
                    seen.add(other)
                    stack.append(other)
        level = tuple(sorted((r for r in group if r.level), key=lambda r: r.at))
        upright = tuple(sorted((r for r in group if not r.level), key=lambda r: r.at))
        table = Table(level, upright)
        if len(level) >= 2 and len(upright) >= 2 and _is_table(table):
            tables.append(table)
    return tables


def _is_table(table: Table) -> bool:
    """Whether rules are more than a QR code, alone or beside a side of the page's frame."""
    x0, y0, x1, y1 = table.bbox
    if x1 - x0 < _MIN_TABLE:
        return False
    sides, ends = {True: (y0, y1), False: (x0, x1)}, {True: (x0, x1), False: (y0, y1)}
    inner = [
        r
        for r in (*table.level, *table.upright)
        if min(abs(r.at - side) for side in sides[r.level]) > _SAME
    ]
    if not inner or any(
        r.start <= ends[r.level][0] + _END and r.end >= ends[r.level][1] - _END for r in inner
    ):
        return True
    x0, y0, x1, y1 = union(r.bbox for r in inner)
    return max(x1 - x0, y1 - y0) >= _MIN_TABLE


class RulePlaces:
    """The rules of tables by their place."""

    def __init__(self, tables: Iterable[Table]) -> None:
        self._rules = [rule for table in tables for rule in (*table.level, *table.upright)]
        self._places = Places(grow(rule.bbox, _END) for rule in self._rules)

    def hold(self, line: Line) -> bool:
        """Whether a straight line is part of a rule."""
        pieces = list(pieces_of(line.points))
        if len(pieces) != len(line.points) - 1:
            return False
        return all(self._holds(*piece) for piece in pieces)

    def _holds(self, level: bool, at: float, start: float, end: float) -> bool:
        box = (start, at, end, at) if level else (at, start, at, end)
        return any(
            rule.level is level
            and abs(rule.at - at) <= _SAME
            and rule.start - _END <= start
            and end <= rule.end + _END
            for rule in (self._rules[k] for k in self._places.near(box))
        )
