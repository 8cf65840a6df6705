"""Which symbols drawn lines join, by geometry alone.

Lines end at an outline, or at another line: where one runs into another it goes on with it to that
one's head (merge), and where lines leave another each has its own head (fork).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sopextract.model.source import Outline

Point = tuple[float, float]

_MAX_WAY = 8  # lines that one arrow is drawn of; three or four are seen, a hostile page has more
# What counts of a distance that estimated places may explain; own judgement, so that the nearest of
# several symbols is taken, and none further than 30 points.
_EXCUSED = 0.3
# Strokes entered from one end, and from all ends for each stroke: a fork to every row of a long
# sheet takes sixty from its one end, and most ends take one.
_MAX_TRAVEL, _MAX_TRAVEL_EACH = 1000, 50


@dataclass(frozen=True, slots=True)
class Target:
    """A symbol that lines may end at: its id, outline and box (left, top, right, bottom)."""

    id: int
    outline: Outline
    bbox: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Stroke:
    """One drawn line: its path from start to end, and at which ends a head is drawn.

    `start` and `end` are symbols that it is known to be glued to; None: to be found.
    """

    points: tuple[Point, ...]
    head_start: bool = False
    head_end: bool = False
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Join:
    """From `tail` to `head`, drawn by the strokes of these indices in order of travel.

    None: the line ends at nothing. `gap` is how far, in points, its ends are from what they join;
    0 for glued ends.
    """

    tail: int | None
    head: int | None
    strokes: tuple[int, ...]
    directed: bool
    gap: float


@dataclass(frozen=True, slots=True)
class Reach:
    """How far an end may be from what it joins: from a symbol, and from another line.

    `slack` says how much further up or down a symbol may be from a stroke (by their indices), where
    their places in the document are estimates.
    """

    symbol_pt: float = 9.0
    line_pt: float = 4.0
    slack: Callable[[int, int], float] | None = None


@dataclass(frozen=True, slots=True)
class _End:
    """What one end of a stroke is at: a symbol, or other strokes."""

    symbol: int | None = None
    gap: float = 0.0
    strokes: tuple[int, ...] = ()


def join_strokes(
    strokes: Sequence[Stroke], targets: Sequence[Target], reach: Reach | None = None
) -> tuple[Join, ...]:
    """All joins that the strokes draw, each once, in the order of the strokes they begin with."""
    return _Joiner(strokes, targets, reach or Reach()).joins()


def distance_to_outline(point: Point, target: Target) -> float:
    """How far a point is from a symbol's outline; 0 inside it."""
    left, top, right, bottom = target.bbox
    if target.outline is not Outline.DIAMOND:
        return math.hypot(
            max(left - point[0], 0, point[0] - right), max(top - point[1], 0, point[1] - bottom)
        )
    middle_x, middle_y = (left + right) / 2, (top + bottom) / 2
    wide, high = max((right - left) / 2, 0.1), max((bottom - top) / 2, 0.1)
    if abs(point[0] - middle_x) / wide + abs(point[1] - middle_y) / high <= 1:
        return 0.0
    corners = ((middle_x, top), (right, middle_y), (middle_x, bottom), (left, middle_y))
    return min(
        distance_to_segment(point, corners[i], corners[(i + 1) % 4]) for i in range(len(corners))
    )


def distance_to_segment(point: Point, start: Point, end: Point) -> float:
    """How far a point is from a straight piece of a line."""
    run = (end[0] - start[0], end[1] - start[1])
    length = run[0] ** 2 + run[1] ** 2
    along = ((point[0] - start[0]) * run[0] + (point[1] - start[1]) * run[1]) / (length or 1.0)
    along = min(max(along, 0.0), 1.0)
    return math.hypot(point[0] - start[0] - along * run[0], point[1] - start[1] - along * run[1])


def distance_to_path(point: Point, path: Sequence[Point]) -> float:
    """How far a point is from a line."""
    if len(path) == 1:
        return math.dist(point, path[0])
    return min(distance_to_segment(point, a, b) for a, b in pairwise(path))


def _box(points: Sequence[Point]) -> tuple[float, float, float, float]:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return (min(xs), min(ys), max(xs), max(ys))


class _Joiner:
    def __init__(self, strokes: Sequence[Stroke], targets: Sequence[Target], reach: Reach) -> None:
        self._strokes, self._targets, self._reach = strokes, targets, reach
        self._boxes = [_box(stroke.points) for stroke in strokes]
        self._ends = [self._both_ends(i) for i in range(len(strokes))]
        self._left, self._left_of_all = 0, _MAX_TRAVEL + _MAX_TRAVEL_EACH * len(strokes)
        # Strokes that begin or end along another one, by that other one.
        self._leaving: dict[int, list[tuple[int, int]]] = {}
        for i, ends in enumerate(self._ends):
            for side, end in enumerate(ends):
                for other in end.strokes:
                    self._leaving.setdefault(other, []).append((i, side))

    def joins(self) -> tuple[Join, ...]:
        """Every way from a symbol (or a loose tail) along strokes to a head."""
        found: dict[tuple[int | None, int | None], Join] = {}
        for i, stroke in enumerate(self._strokes):
            for side in (0, 1):
                if self._ends[i][side].strokes:
                    continue  # the way begins where the line that this one leaves begins
                if self._head(stroke, side) and not self._head(stroke, 1 - side):
                    continue
                for join in self._from(i, side):
                    self._keep(join, found)
        return tuple(found.values())

    def _keep(self, join: Join, found: dict[tuple[int | None, int | None], Join]) -> None:
        key = (join.tail, join.head)
        if (None in key and not join.directed) or key == (None, None):
            return  # a loose line without a head says nothing
        other = found.get((join.head, join.tail))
        if not join.directed and other is not None:
            return
        if other is not None and not other.directed:
            del found[join.head, join.tail]
        best = found.get(key)
        if best is None or (join.directed, -join.gap) > (best.directed, -best.gap):
            found[key] = join

    def _from(self, i: int, side: int) -> list[Join]:
        """The ways that begin at one end of a stroke."""
        start = self._ends[i][side]
        self._left = given = min(_MAX_TRAVEL, self._left_of_all)
        ways = list(self._travel(i, side, (i,), False))
        self._left_of_all -= given - self._left
        headed = [w for w in ways if w[2]]
        chosen = headed or [w for w in ways if w[0].symbol is not None]
        return [
            Join(start.symbol, end.symbol, way, is_headed, start.gap + end.gap)
            for end, way, is_headed in chosen
            if end.symbol != start.symbol
        ]

    def _travel(
        self, i: int, entered: int | None, way: tuple[int, ...], headed: bool
    ) -> Iterator[tuple[_End, tuple[int, ...], bool]]:
        """Where travel along a stroke leads: the end reached, the strokes, whether to a head.

        `entered` is the side at which the stroke was entered, None for somewhere along it.
        """
        self._left -= 1
        stroke = self._strokes[i]
        one_way = stroke.head_start or stroke.head_end
        for side in (0, 1):
            if side == entered or (one_way and not self._head(stroke, side)):
                continue
            end = self._ends[i][side]
            points_on = headed or self._head(stroke, side)
            onward = [o for o in end.strokes if o not in way]
            if end.symbol is not None or not onward:
                yield end, way, points_on
            for other in onward:
                if len(way) < _MAX_WAY and self._left > 0:
                    entry = self._entry(i, side, other)
                    yield from self._travel(other, entry, (*way, other), points_on)
        for other, side in self._leaving.get(i, ()):
            if self._left <= 0:
                break
            if other not in way and len(way) < _MAX_WAY and self._forks(other, side):
                yield from self._travel(other, side, (*way, other), headed)

    def _forks(self, other: int, side: int) -> bool:
        """Whether a stroke that touches another leaves it, rather than running into it."""
        if self._head(self._strokes[other], side):
            return False
        return (
            self._head(self._strokes[other], 1 - side) or self._ends[other][1 - side].symbol is None
        )

    def _entry(self, i: int, side: int, other: int) -> int | None:
        """The side at which the end of a stroke enters another; None along it."""
        points = self._strokes[i].points
        at = points[0] if side == 0 else points[-1]
        path = self._strokes[other].points
        for entry, corner in ((0, path[0]), (1, path[-1])):
            if math.dist(at, corner) <= self._reach.line_pt:
                return entry
        return None

    @staticmethod
    def _head(stroke: Stroke, side: int) -> bool:
        return stroke.head_start if side == 0 else stroke.head_end

    def _both_ends(self, i: int) -> tuple[_End, _End]:
        stroke = self._strokes[i]
        start = self._end(i, stroke.points[0], stroke.start)
        end = self._end(i, stroke.points[-1], stroke.end)
        if start.symbol is not None and start.symbol == end.symbol:
            if stroke.end is None and (start.gap <= end.gap or stroke.start is not None):
                end = self._end(i, stroke.points[-1], None, without=start.symbol)
            elif stroke.start is None:
                start = self._end(i, stroke.points[0], None, without=end.symbol)
        return start, end

    def _end(self, i: int, point: Point, glued: int | None, without: int | None = None) -> _End:
        if glued is not None:
            return _End(symbol=glued)
        symbol = self._nearest(i, point, without)
        if symbol is not None and symbol[0] <= self._reach.line_pt:
            return _End(symbol[1], symbol[0])
        touched = tuple(j for j in range(len(self._strokes)) if j != i and self._touches(point, j))
        if touched:
            return _End(strokes=touched)
        return _End() if symbol is None else _End(symbol[1], symbol[0])

    def _touches(self, point: Point, j: int) -> bool:
        """Whether an end lies on another line, but not where that one has its head."""
        reach = self._reach.line_pt
        left, top, right, bottom = self._boxes[j]
        if not (left - reach <= point[0] <= right + reach):
            return False
        if not (top - reach <= point[1] <= bottom + reach):
            return False
        other = self._strokes[j]
        if distance_to_path(point, other.points) > reach:
            return False
        heads = [other.points[0]] * other.head_start + [other.points[-1]] * other.head_end
        return all(math.dist(point, head) > reach for head in heads)

    def _nearest(self, i: int, point: Point, without: int | None) -> tuple[float, int] | None:
        """The nearest symbol within reach: how far, and its id."""
        found: list[tuple[float, int]] = []
        for t, target in enumerate(self._targets):
            if target.id == without:
                continue
            slack = self._reach.slack(i, t) if self._reach.slack is not None else 0.0
            far = self._distance(point, target, slack)
            if far <= self._reach.symbol_pt:
                found.append((far, target.id))
        return min(found, default=None)

    @staticmethod
    def _distance(point: Point, target: Target, slack: float) -> float:
        """The distance, of which a part up or down may be due to estimated places.

        What the slack explains counts a little, so that of several symbols the nearest is taken.
        """
        far = distance_to_outline(point, target)
        if slack <= 0 or far == 0:
            return far
        _, top, _, bottom = target.bbox
        off = max(top - point[1], 0.0, point[1] - bottom)
        excused = min(off, slack)
        moved = (point[0], point[1] + (excused if point[1] < top else -excused))
        return distance_to_outline(moved, target) + _EXCUSED * excused


__all__ = [
    "Join",
    "Reach",
    "Stroke",
    "Target",
    "distance_to_outline",
    "distance_to_path",
    "distance_to_segment",
    "join_strokes",
]
