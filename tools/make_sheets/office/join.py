"""Lines that run into another line, and lines that split from one, as people draw them.

Only lines that share their head (or their tail) are joined, so that the truth stays: a line that
runs into another goes on with it to its head, a line that splits leads to each head.
"""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise

from tools.make_sheets.office.place import Point
from tools.make_sheets.office.route import Drawing, Line

_CLEAR_PT = 8.0  # an arrow head and a bit: nearer to a symbol nothing is joined
_SAME_PT = 0.5


def join_lines(rng: random.Random, drawing: Drawing, chance: float) -> Drawing:
    """The drawing with some of its lines cut where they meet the line that they go on with."""
    lines = list(drawing.lines)
    for k, line in enumerate(lines):
        for other in lines[:k]:
            if not _plain(line, other) or rng.random() >= chance:
                continue
            if line.edge.head == other.edge.head and line.head_side == other.head_side:
                cut = _cut(line.points, other.points)
                if cut is not None:
                    lines[k] = replace(line, points=cut, runs_into=True)
                    break
            unnamed = not line.edge.label and not other.edge.label
            one_tail = line.edge.tail == other.edge.tail and line.tail_side == other.tail_side
            if one_tail and unnamed:
                cut = _cut(line.points[::-1], other.points[::-1])
                if cut is not None:
                    lines[k] = replace(line, points=cut[::-1], splits_from=True)
                    break
    return replace(drawing, lines=tuple(lines))


def _plain(line: Line, other: Line) -> bool:
    """Both whole lines with one head, both dashed or both not."""
    whole = not (other.runs_into or other.splits_from)
    one_head = line.edge.heads == other.edge.heads == 1
    return whole and one_head and line.edge.dashed == other.edge.dashed


def _cut(points: tuple[Point, ...], others: tuple[Point, ...]) -> tuple[Point, ...] | None:
    """The way up to where it first meets the other; None when that is near an end of either."""
    for k, piece in enumerate(pairwise(points)):
        met = [p for there in pairwise(others) if (p := _meet(piece, there)) is not None]
        if not met:
            continue
        x, y = min(met, key=lambda p: _far(p, piece[0]))
        ends = (points[0], others[0], others[-1])
        if any(_far((x, y), end) < _CLEAR_PT for end in ends):
            return None
        return (*points[: k + 1], (x, y))
    return None


def _far(one: Point, two: Point) -> float:
    return abs(one[0] - two[0]) + abs(one[1] - two[1])


def _meet(piece: tuple[Point, Point], there: tuple[Point, Point]) -> Point | None:
    """The point of `piece`, from its start, that first lies on `there`; both run upright."""
    (ax, ay), (bx, by) = piece
    (cx, cy), (dx, dy) = there
    if abs(ay - by) > abs(ax - bx):  # turn the picture: what follows is for pieces across
        found = _meet(((ay, ax), (by, bx)), ((cy, cx), (dy, dx)))
        return None if found is None else (found[1], found[0])
    low, high = sorted((ax, bx))
    if abs(cy - dy) > abs(cx - dx):
        inside = low <= cx <= high and min(cy, dy) <= ay <= max(cy, dy)
        return (cx, ay) if inside else None
    start, end = max(low, min(cx, dx)), min(high, max(cx, dx))
    if abs(ay - cy) > _SAME_PT or start > end:
        return None
    return (start if ax <= bx else end, ay)
