"""The way of every arrow between placed symbols: the cheapest of many drawn by hand.

Lines that could be read in two ways (two arrows on one track, a bend on another line) cost so much
that they are avoided; `Drawing.clear` says whether that was always possible.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from tools.make_sheets.flow import FlowEdge
from tools.make_sheets.office.measure import text_width
from tools.make_sheets.office.place import Box, Frame, Point

TOP, LEFT, BOTTOM, RIGHT = range(4)
_OUT = {TOP: (0, -1), LEFT: (-1, 0), BOTTOM: (0, 1), RIGHT: (1, 0)}
_STUB_PT = 4.0  # least length of the first and last piece; an arrow head needs that much
_NEAR_PT = 3.0  # lines closer than this are seen as one
_UNCLEAR = 400.0  # from this cost on a line can be misread
_GATHER = 120.0  # what an author who lets lines run into each other gives for one entry; chosen
_LABEL_PT = 12.0
_LABEL_FONT_PT = 7.0


@dataclass(frozen=True)
class Line:
    """One drawn arrow; its sides count 0 top, 1 left, 2 bottom, 3 right.

    `runs_into`: it ends on another line with the same head; `splits_from`: it begins on one with
    the same tail.
    """

    edge: FlowEdge
    points: tuple[Point, ...]
    tail_side: int
    head_side: int
    label: Box | None = None
    runs_into: bool = False
    splits_from: bool = False


@dataclass(frozen=True)
class Drawing:
    """All boxes by symbol id and all lines of one drawing."""

    boxes: dict[int, Box]
    lines: tuple[Line, ...]
    clear: bool


Segment = tuple[Point, Point]


def _segments(points: tuple[Point, ...]) -> list[Segment]:
    return list(pairwise(points))


def _hits(segment: Segment, box: Box, margin: float) -> bool:
    (x0, y0), (x1, y1) = segment
    return (
        min(x0, x1) < box.right + margin
        and max(x0, x1) > box.left - margin
        and min(y0, y1) < box.bottom + margin
        and max(y0, y1) > box.top - margin
    )


def _meet(one: Segment, two: Segment) -> str:
    """ "along" (on one track), "touch" (an end of one on the other), "cross" or ""."""
    (ax0, ay0), (ax1, ay1) = one
    (bx0, by0), (bx1, by1) = two
    a = Box(min(ax0, ax1), min(ay0, ay1), max(ax0, ax1), max(ay0, ay1))
    b = Box(min(bx0, bx1), min(by0, by1), max(bx0, bx1), max(by0, by1))
    near = _NEAR_PT
    if a.right + near < b.left or b.right + near < a.left:
        return ""
    if a.bottom + near < b.top or b.bottom + near < a.top:
        return ""
    if (a.width >= a.height) == (b.width >= b.height):
        return "along"
    ends = (*((p, b) for p in one), *((p, a) for p in two))
    return "touch" if any(_on(point, box) for point, box in ends) else "cross"


def _on(point: Point, box: Box) -> bool:
    x, y = point
    near = _NEAR_PT
    return box.left - near < x < box.right + near and box.top - near < y < box.bottom + near


class Router:
    """Draws the edges of one frame one after the other."""

    def __init__(
        self, rng: random.Random, frame: Frame, boxes: dict[int, Box], gather: bool
    ) -> None:
        self.rng, self.boxes, self.gather = rng, boxes, gather
        self.lines: list[Line] = []
        self.clear = True
        self.xs = [
            x for left, right in frame.lanes for x in (left + 4, left + 8, right - 4, right - 8)
        ]
        self.ys = [y for top, bot in frame.rows.values() for y in (top + 3.5, bot - 3.5)]

    def draw(self, edge: FlowEdge) -> None:
        """Add the cheapest way of one edge."""
        best: tuple[float, Line] | None = None
        for ways in (self._short, self._long):
            for line in ways(edge):
                cost = self._cost(line)
                if best is None or cost < best[0]:
                    best = cost, line
            if best is not None and best[0] < _UNCLEAR:
                break
        if best is None:
            raise ValueError(f"no way from {edge.tail} to {edge.head}")
        self.clear = self.clear and best[0] < _UNCLEAR
        line = best[1]
        label = self._label(line) if edge.label else None
        self.lines.append(Line(edge, line.points, line.tail_side, line.head_side, label))

    def _short(self, edge: FlowEdge) -> Iterator[Line]:
        """Ways of up to three pieces."""
        a, b = self.boxes[edge.tail], self.boxes[edge.head]
        (ax, ay), (bx, by) = a.centre, b.centre
        for s in range(4):
            for e in range(4):
                start, end = a.port(s), b.port(e)
                if s % 2 == e % 2:
                    yield from self._line(edge, (start, end), s, e)
                else:
                    corner = (bx, ay) if s % 2 else (ax, by)
                    yield from self._line(edge, (start, corner, end), s, e)
                if s % 2 and e % 2:
                    for x in self.xs:
                        yield from self._line(edge, (start, (x, ay), (x, by), end), s, e)
                elif s % 2 == 0 and e % 2 == 0:
                    for y in self.ys:
                        yield from self._line(edge, (start, (ax, y), (bx, y), end), s, e)

    def _long(self, edge: FlowEdge) -> Iterator[Line]:
        """Ways of four and five pieces."""
        a, b = self.boxes[edge.tail], self.boxes[edge.head]
        (ax, ay), (bx, by) = a.centre, b.centre
        for x in self.xs:
            for y in self.ys:
                for s in (LEFT, RIGHT):
                    for e in (TOP, BOTTOM):
                        out = (a.port(s), (x, ay), (x, y), (bx, y), b.port(e))
                        yield from self._line(edge, out, s, e)
                        back = (a.port(e), (ax, y), (x, y), (x, by), b.port(s))
                        yield from self._line(edge, back, e, s)
        near = [y for y in self.ys if a.bottom < y < a.bottom + 30]
        for y in near:
            for z in self.ys:
                for x in self.xs:
                    way = (a.port(BOTTOM), (ax, y), (x, y), (x, z), (bx, z), b.port(TOP))
                    yield from self._line(edge, way, BOTTOM, TOP)

    def _line(self, edge: FlowEdge, points: tuple[Point, ...], s: int, e: int) -> Iterator[Line]:
        """The line, when each end leaves its symbol outwards and all pieces are upright."""
        (x0, y0), (x1, y1) = points[0], points[1]
        dx, dy = _OUT[s]
        if (x1 - x0) * dx + (y1 - y0) * dy < _STUB_PT:
            return
        (x0, y0), (x1, y1) = points[-1], points[-2]
        dx, dy = _OUT[e]
        if (x1 - x0) * dx + (y1 - y0) * dy < _STUB_PT:
            return
        if len(points) == 2 and abs(x1 - x0) > _NEAR_PT and abs(y1 - y0) > _NEAR_PT:
            return
        yield Line(edge, points, s, e)

    def _cost(self, line: Line) -> float:
        pieces = _segments(line.points)
        cost = 30.0 * len(pieces) + self.rng.uniform(0, 25)
        cost += sum(abs(x1 - x0) + abs(y1 - y0) for (x0, y0), (x1, y1) in pieces) * 0.25
        if line.tail_side == TOP:
            cost += 60
        if line.head_side == BOTTOM:
            cost += 60
        for id, box in self.boxes.items():
            for k, piece in enumerate(pieces):
                first, last = k == 0, k == len(pieces) - 1
                own = (id == line.edge.tail and first) or (id == line.edge.head and last)
                if _hits(piece, box, -0.5 if own else 2.5):
                    cost += 2000
        for other in self.lines:
            cost += self._cost_beside(line, pieces, other)
        return cost

    def _cost_beside(self, line: Line, pieces: list[Segment], other: Line) -> float:
        joins = line.edge.head == other.edge.head and line.head_side == other.head_side
        forks = line.edge.tail == other.edge.tail and line.tail_side == other.tail_side
        shared = joins or (forks and not line.edge.label and not other.edge.label)
        cost = 0.0
        for piece in pieces:
            for there in _segments(other.points):
                how = _meet(piece, there)
                if how == "cross":
                    cost += 40
                elif how and not shared:
                    cost += 500
                elif how:
                    cost += 15
        if self.gather and joins and cost < _UNCLEAR:
            cost -= _GATHER
        if other.label is not None:
            cost += 120 * sum(_hits(piece, other.label, 0) for piece in pieces)
        return cost

    def _label(self, line: Line) -> Box:
        """A box for the word at the line, near where it leaves its symbol."""
        (x, y), (x1, y1) = line.points[0], line.points[1]
        w, h = text_width(line.edge.label, _LABEL_FONT_PT) + 3, _LABEL_PT
        if abs(y1 - y) > abs(x1 - x):
            top = y + 1 if y1 > y else y - h - 1
            options = [Box(x + 2, top, x + 2 + w, top + h), Box(x - 2 - w, top, x - 2, top + h)]
        else:
            left = x + 1 if x1 > x else x - w - 1
            options = [Box(left, y - h - 1, left + w, y - 1), Box(left, y + 1, left + w, y + h + 1)]

        def trouble(box: Box) -> int:
            count = sum(
                _hits(((b.left, b.top), (b.right, b.bottom)), box, 0) for b in self.boxes.values()
            )
            for other in self.lines:
                count += sum(_hits(piece, box, 0) for piece in _segments(other.points))
            return count

        return min(options, key=trouble)


def draw_flow(
    rng: random.Random,
    frame: Frame,
    boxes: dict[int, Box],
    edges: tuple[FlowEdge, ...],
    gather: bool = False,
) -> Drawing:
    """Lines for all edges between the given boxes, near ones first.

    `gather` lets lines to one symbol come in at one side.
    """
    router = Router(rng, frame, boxes, gather)

    def far(edge: FlowEdge) -> float:
        (ax, ay), (bx, by) = boxes[edge.tail].centre, boxes[edge.head].centre
        return abs(ax - bx) + abs(ay - by) * 2

    for edge in sorted((e for e in edges if e.tail in boxes and e.head in boxes), key=far):
        router.draw(edge)
    return Drawing(boxes, tuple(router.lines), router.clear)
