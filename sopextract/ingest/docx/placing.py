"""Which row of a table each shape stands in, by its anchor, else by all shapes together.

A shape that lies in the row it is anchored in stands there. Shapes anchored elsewhere (often all in
one paragraph) are settled together: rows may only go down as shapes go down, and of all ways the
one is taken that moves them least and leaves the fewest steps without a symbol.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from sopextract.ingest.docx.layout import LaidTable, Placed
from sopextract.ingest.docx.outlines import find_outline
from sopextract.ingest.docx.story import plain_text
from sopextract.model.source import Outline

# Costs in units of one usual row; own judgement, checked on sheets whose rows were estimated a
# third too low and too high (tests/ingest/docx/test_shapes.py).
_AWAY = 2.0  # for each row's height that a shape lies outside its row
_DRIFT = 0.5  # for each that the way between two shapes differs from that between their rows
_EMPTY_STEP = 0.4  # for each step that stays without any symbol
_CROWDED = 0.7  # for a second shape below another in the same row
_OUTSIDE = 1.5  # for a symbol above or below the table that joins no pages
_STRETCH = 2.0  # for each e-fold by which all rows are taken to be higher or lower
_STRETCHES = (0.6, 0.7, 0.8, 0.9, 1.1, 1.2, 1.35, 1.5)
_GOOD = 0.5  # a cost that no other way needs to be sought for
_ANCHORED = 50.0  # for taking a shape out of the row that it lies in and is anchored in
_OVERLAP = 0.5  # share of the lower one's height that makes two shapes stand side by side
_TOLERANCE_PT = 3.0  # lines are drawn by hand
_WINDOW = 40  # rows without any shape that may lie between two shapes; bounds the search
_MAX_WORK = 200_000  # shapes times rows; a sheet of 60 steps with 120 shapes has 7,200
_STEP_NUMBER = re.compile(r"^\W*\d{1,3}\W*$")


@dataclass(frozen=True, slots=True)
class Row:
    """The row that a shape stands in (None: outside the table), and how surely."""

    row: int | None
    score: float


@dataclass(frozen=True, slots=True)
class _Level:
    """Shapes side by side. `row` is where their anchor puts them, None when it does not say.

    `joins_pages` says that they are pentagons, which may hang above or below the table.
    """

    members: tuple[int, ...]
    top: float
    bottom: float
    row: int | None
    joins_pages: bool = False

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def place_rows(shapes: Sequence[Placed], laid: LaidTable) -> tuple[Row, ...]:
    """The row of each shape, in the order given."""
    if len(shapes) * len(laid.table.rows) > _MAX_WORK:
        return tuple(_row_at(shape, laid) for shape in shapes)
    levels, rows, cost = _best(shapes, laid, 1.0)
    if cost > _GOOD:  # rows may be higher or lower throughout than they were estimated
        tries = [(_best(shapes, laid, stretch), stretch) for stretch in _STRETCHES]
        (levels, rows, cost), _ = min(
            [*tries, ((levels, rows, cost), 1.0)],
            key=lambda found: found[0][2] + _STRETCH * abs(math.log(found[1])),
        )
    found: dict[int, Row] = {}
    last = len(laid.table.rows)
    for level, row in zip(levels, rows, strict=True):
        inside = None if row in (-1, last) else row
        score = 1.0 if level.row is not None else _score(level, row, laid)
        for member in level.members:
            found[member] = Row(inside, score)
    return tuple(found[i] for i in range(len(shapes)))


def _best(
    shapes: Sequence[Placed], laid: LaidTable, stretch: float
) -> tuple[list[_Level], list[int], float]:
    levels = _levels(shapes, laid, stretch)
    rows, cost = _settle(levels, laid)
    return levels, rows, cost


def anchored_row(shape: Placed, laid: LaidTable) -> int | None:
    """The row that a shape both lies and is anchored in; None when they differ."""
    spot = shape.spot
    if spot.table != laid.table.number:
        return None
    if spot.inline:
        return spot.row
    middle = shape.centre[1]
    top, bottom = laid.rows[spot.row], laid.rows[spot.row + 1]
    inside = top - _TOLERANCE_PT <= middle <= bottom + _TOLERANCE_PT
    return spot.row if inside else None


def _row_at(shape: Placed, laid: LaidTable) -> Row:
    """The row that holds the middle of a shape, as estimated."""
    row = bisect_right(laid.rows, shape.centre[1]) - 1
    return Row(row if 0 <= row < len(laid.table.rows) else None, 0.6)


def _levels(shapes: Sequence[Placed], laid: LaidTable, stretch: float) -> list[_Level]:
    """The shapes from top to bottom, those side by side together.

    `stretch` is how much higher than estimated all rows are taken to be.
    """
    spans: list[_Level] = []
    for i, shape in enumerate(shapes):
        _, top, _, bottom = shape.bbox
        start = laid.rows[shape.spot.row if shape.spot.table == laid.table.number else 0]
        move = (shape.centre[1] - start) * (1 / stretch - 1)
        outline = find_outline(shape.shape)
        joins_pages = outline is not None and outline[0] is Outline.OFF_PAGE
        row = anchored_row(shape, laid)
        spans.append(_Level((i,), top + move, bottom + move, row, joins_pages))
    levels: list[_Level] = []
    for span in sorted(spans, key=lambda span: span.middle):
        last = levels[-1] if levels else None
        if last is not None and _side_by_side(last, span) and _may_share(last.row, span.row):
            row = span.row if last.row is None else last.row
            joins = last.joins_pages and span.joins_pages
            members = (*last.members, *span.members)
            levels[-1] = _Level(members, last.top, last.bottom, row, joins)
        else:
            levels.append(span)
    return levels


def _side_by_side(level: _Level, other: _Level) -> bool:
    shared = min(level.bottom, other.bottom) - max(level.top, other.top)
    lower = min(level.bottom - level.top, other.bottom - other.top)
    return shared >= _OVERLAP * lower


def _may_share(a: int | None, b: int | None) -> bool:
    return a is None or b is None or a == b


def _settle(levels: Sequence[_Level], laid: LaidTable) -> tuple[list[int], float]:
    """The row of each level and what it costs; -1 above the table, the number of rows below it."""
    count = len(laid.table.rows)
    heights = [b - a for a, b in pairwise(laid.rows)]
    unit = max(median(heights), 10.0) if heights else 10.0
    steps = _steps_before(laid)
    states = range(-1, count + 1)
    best: list[dict[int, tuple[float, int]]] = []
    for n, level in enumerate(levels):
        here: dict[int, tuple[float, int]] = {}
        for row in states:
            own = _away(level, row, laid, unit)
            if n == 0:
                here[row] = (own + _EMPTY_STEP * steps[max(row, 0)], -2)
                continue
            above = levels[n - 1]
            here[row] = min(
                (best[-1][p][0] + own + _between(above, level, p, row, laid, unit, steps), p)
                for p in range(max(row - _WINDOW, -1), row + 1)
                if p in best[-1]
            )
        best.append(here)
    if not best:
        return [], 0.0

    def total(row: int) -> float:
        return best[-1][row][0] + _EMPTY_STEP * (steps[count] - steps[min(row + 1, count)])

    row = min(states, key=total)
    cost = total(row)
    rows: list[int] = []
    for here in reversed(best):
        rows.append(row)
        row = here[row][1]
    return rows[::-1], cost


def _steps_before(laid: LaidTable) -> list[int]:
    """For each row how many rows above it begin with a step's number."""
    counts = [0]
    for row in laid.table.rows:
        first = next((t for c in row.cells if (t := plain_text(c.content))), "")
        counts.append(counts[-1] + (_STEP_NUMBER.match(first) is not None))
    return counts


def _away(level: _Level, row: int, laid: LaidTable, unit: float) -> float:
    """What it costs to put a level in a row, by where the two lie."""
    if level.row is not None:
        return 0.0 if row == level.row else _ANCHORED
    outside = 0.0 if level.joins_pages else _OUTSIDE
    if row < 0:
        return outside + _AWAY * max(0.0, level.middle - laid.rows[0]) / unit
    if row >= len(laid.table.rows):
        return outside + _AWAY * max(0.0, laid.rows[-1] - level.middle) / unit
    top, bottom = laid.rows[row], laid.rows[row + 1]
    return _AWAY * max(0.0, top - level.middle, level.middle - bottom) / unit


def _between(
    above: _Level,
    level: _Level,
    previous: int,
    row: int,
    laid: LaidTable,
    unit: float,
    steps: Sequence[int],
) -> float:
    """What it costs that two levels stand in these two rows, one after the other."""
    count = len(laid.table.rows)
    if previous == row:
        outside = row in (-1, count)
        room = 0.0 if outside else laid.rows[row + 1] - laid.rows[row]
        both = (level.bottom - level.top) + (above.bottom - above.top)
        return 0.0 if outside else _CROWDED * (0.2 if room > 1.2 * both else 1.0)
    skipped = steps[min(row, count)] - steps[min(previous + 1, count)]
    if row == count or previous == -1:
        return _EMPTY_STEP * skipped
    way = _middle(laid, row) - _middle(laid, previous)
    drift = abs(level.middle - above.middle - way) / unit
    return _EMPTY_STEP * skipped + _DRIFT * drift


def _middle(laid: LaidTable, row: int) -> float:
    return (laid.rows[row] + laid.rows[row + 1]) / 2


def _score(level: _Level, row: int, laid: LaidTable) -> float:
    """How sure a row is that was settled by heights: less where it is near another one."""
    if row < 0 or row >= len(laid.table.rows):
        return 0.8
    top, bottom = laid.rows[row], laid.rows[row + 1]
    doubt = laid.doubts[row + 1]
    margin = min(level.middle - top, bottom - level.middle)
    if margin < 0:
        return 0.6
    return 0.95 if margin >= min(doubt, 0.3 * (bottom - top)) else 0.8
