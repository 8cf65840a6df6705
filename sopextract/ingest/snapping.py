"""Which symbols drawn lines join, by geometry alone.

Lines end at an outline, or at another line: where one runs into another it goes on with it to that
one's head (merge), and where lines leave another each has its own head (fork).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sopextract.core.geometry import Point, bbox_of, distance_to_polyline
from sopextract.ingest.chaining import chain_strokes
from sopextract.ingest.strokes import (
    Join,
    Reach,
    Stroke,
    Target,
    distance_to_end,
    inward,
    turns_back,
)

_MAX_WAY = 8  # lines that one arrow is drawn of; three or four are seen, a hostile page has more
# Strokes entered from one end, and from all ends for each stroke: a fork to every row of a long
# sheet takes sixty from its one end, and most ends take one.
_MAX_TRAVEL, _MAX_TRAVEL_EACH = 1000, 50


_Way = tuple[int | None, int | None, frozenset[int]]  # tail, head, strokes


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
    reach = reach or Reach()
    chained, pieces = chain_strokes(strokes, targets, reach)
    slack = reach.slack
    if slack is not None:
        of_pieces = slack
        reach = replace(reach, slack=lambda i, t: max(of_pieces(p, t) for p in pieces[i]))
    joins = _Joiner(chained, targets, reach).joins()
    return tuple(
        replace(join, strokes=tuple(p for i in join.strokes for p in pieces[i])) for join in joins
    )


class _Joiner:
    def __init__(self, strokes: Sequence[Stroke], targets: Sequence[Target], reach: Reach) -> None:
        self._strokes, self._targets, self._reach = strokes, targets, reach
        self._boxes = [bbox_of(stroke.points) for stroke in strokes]
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
        found: dict[_Way, Join] = {}
        for i, stroke in enumerate(self._strokes):
            for side in (0, 1):
                if self._ends[i][side].strokes:
                    continue  # the way begins where the line that this one leaves begins
                if self._head(stroke, side) and (
                    not self._head(stroke, 1 - side) or self._is_fed(i)
                ):
                    continue
                for join in self._from(i, side):
                    self._keep(join, found)
        return tuple(found.values())

    def _is_fed(self, i: int) -> bool:
        """Whether another line runs into this one: its heads are then those of a fork."""
        return any(not self._head(self._strokes[j], side) for j, side in self._leaving.get(i, ()))

    def _keep(self, join: Join, found: dict[_Way, Join]) -> None:
        if (None in (join.tail, join.head) and not join.directed) or join.tail == join.head:
            return  # a loose line without a head says nothing
        strokes = frozenset(join.strokes)
        if not join.directed and (join.head, join.tail, strokes) in found:
            return  # the same line, travelled from its other end
        found.setdefault((join.tail, join.head, strokes), join)

    def _from(self, i: int, side: int) -> list[Join]:
        """The ways that begin at one end of a stroke."""
        start = self._ends[i][side]
        begin = self._strokes[i].points[-side]
        self._left = given = min(_MAX_TRAVEL, self._left_of_all)
        ways = list(self._travel(i, side, (i,), False))
        self._left_of_all -= given - self._left
        headed = [w for w in ways if w[2]]
        chosen = headed or [w for w in ways if w[0].symbol is not None]
        return [
            Join(start.symbol, end.symbol, way, is_headed, start.gap + end.gap, begin)
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
        return self._entry_at(self._strokes[i].points[-side], other)

    def _entry_at(self, at: Point, other: int) -> int | None:
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
        if distance_to_polyline(point, other.points) > reach:
            return False
        heads = [other.points[0]] * other.head_start + [other.points[-1]] * other.head_end
        return all(math.dist(point, head) > reach for head in heads)

    def _turns_back(self, i: int, point: Point, j: int) -> bool:
        """Whether two strokes end at a point after coming the same way: neither goes on there."""
        entry = self._entry_at(point, j)
        if entry is None:
            return False
        side = 0 if point == self._strokes[i].points[0] else 1
        return turns_back(inward(self._strokes[i], side), inward(self._strokes[j], entry))

    def _nearest(self, i: int, point: Point, without: int | None) -> tuple[float, int] | None:
        """The nearest symbol within reach: how far, and its id."""
        found: list[tuple[float, int]] = []
        for t, target in enumerate(self._targets):
            if target.id == without:
                continue
            slack = self._reach.slack(i, t) if self._reach.slack is not None else 0.0
            far = distance_to_end(point, target, slack)
            if far <= self._reach.symbol_pt:
                found.append((far, target.id))
        return min(found, default=None)
