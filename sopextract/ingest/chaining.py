"""Lines drawn as several pieces put end to end, made whole before all else."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sopextract.core.geometry import Point, distance_to_polyline
from sopextract.ingest.strokes import (
    Reach,
    Stroke,
    Target,
    distance_to_end,
    inward,
    turns_back,
)

_ON_LINE = 0.4  # of the reach: what is so near a line, a little way on, lies on it
_Side = tuple[int, int]  # a stroke, and 0 for its start or 1 for its end


def chain_strokes(
    strokes: Sequence[Stroke], targets: Sequence[Target], reach: Reach
) -> tuple[list[Stroke], list[tuple[int, ...]]]:
    """The strokes with pieces joined, and for each the indices of its pieces from start to end.

    Two pieces are one line where just their two ends meet, no head is drawn at either and no symbol
    is. A line that passes there parts them, unless it lies on one of them.
    """
    links = _links(strokes, targets, reach)
    chained: list[Stroke] = []
    pieces: list[tuple[int, ...]] = []
    done: set[int] = set()
    for i in range(len(strokes)):
        if i in done:
            continue
        way = _way(i, links)
        done.update(piece for piece, _ in way)
        chained.append(_whole([strokes[p] for p, _ in way], [turned for _, turned in way]))
        pieces.append(tuple(p for p, _ in way))
    return chained, pieces


def _links(
    strokes: Sequence[Stroke], targets: Sequence[Target], reach: Reach
) -> dict[_Side, _Side]:
    """Which end goes on with which other one."""
    points = [(s.points[0], s.points[-1]) for s in strokes]

    def meeting(point: Point, i: int) -> list[_Side]:
        """The ends of other strokes at a point."""
        return [
            (j, side)
            for j, ends in enumerate(points)
            for side in (0, 1)
            if j != i and _is_near(ends[side], point, reach.line_pt)
        ]

    links: dict[_Side, _Side] = {}
    for i, stroke in enumerate(strokes):
        for side in (0, 1):
            point = points[i][side]
            if (i, side) in links or not _is_open(stroke, side):
                continue
            met = meeting(point, i)
            if len(met) != 1 or _at_symbol(i, point, targets, reach):
                continue
            j, other = met[0]
            if not _is_open(strokes[j], other) or meeting(points[j][other], j) != [(i, side)]:
                continue
            if _goes_on((i, side), (j, other), strokes, reach.line_pt):
                links[i, side] = (j, other)
                links[j, other] = (i, side)
    return links


def _goes_on(a: _Side, b: _Side, strokes: Sequence[Stroke], reach_pt: float) -> bool:
    """Whether two ends that meet make one line: it does not turn back on itself, and no third
    line crosses or bends there."""
    ahead_a, ahead_b = inward(strokes[a[0]], a[1]), inward(strokes[b[0]], b[1])
    if turns_back(ahead_a, ahead_b):
        return False
    point = strokes[a[0]].points[-a[1]]
    beside = [
        (point[0] + 2 * reach_pt * d[0], point[1] + 2 * reach_pt * d[1]) for d in (ahead_a, ahead_b)
    ]
    for k, other in enumerate(strokes):
        if k in (a[0], b[0]) or not _passes(other, point, reach_pt):
            continue
        if all(distance_to_polyline(p, other.points) > _ON_LINE * reach_pt for p in beside):
            return False
    return True


def _passes(stroke: Stroke, point: Point, reach_pt: float) -> bool:
    xs, ys = [p[0] for p in stroke.points], [p[1] for p in stroke.points]
    if not min(xs) - reach_pt <= point[0] <= max(xs) + reach_pt:
        return False
    if not min(ys) - reach_pt <= point[1] <= max(ys) + reach_pt:
        return False
    return distance_to_polyline(point, stroke.points) <= reach_pt


def _is_near(a: Point, b: Point, reach_pt: float) -> bool:
    return (
        abs(a[0] - b[0]) <= reach_pt
        and abs(a[1] - b[1]) <= reach_pt
        and math.dist(a, b) <= reach_pt
    )


def _is_open(stroke: Stroke, side: int) -> bool:
    """Whether an end has no head and is glued to nothing."""
    if side == 0:
        return not stroke.head_start and stroke.start is None
    return not stroke.head_end and stroke.end is None


def _at_symbol(i: int, point: Point, targets: Sequence[Target], reach: Reach) -> bool:
    for t, target in enumerate(targets):
        slack = reach.slack(i, t) if reach.slack is not None else 0.0
        if distance_to_end(point, target, slack) <= reach.line_pt:
            return True
    return False


def _way(i: int, links: dict[_Side, _Side]) -> list[tuple[int, bool]]:
    """The pieces of the line that a stroke belongs to, each with whether it runs backwards."""
    start = (i, 0)
    seen = {i}
    while start in links and links[start][0] not in seen:
        piece, side = links[start]
        seen.add(piece)
        start = (piece, 1 - side)
    way = [(start[0], start[1] == 1)]
    seen = {start[0]}
    end = (start[0], 1 - start[1])
    while end in links and links[end][0] not in seen:
        piece, side = links[end]
        seen.add(piece)
        way.append((piece, side == 1))
        end = (piece, 1 - side)
    return way


def _whole(pieces: Sequence[Stroke], turned: Sequence[bool]) -> Stroke:
    """One stroke of pieces put end to end."""
    right = [_turned(p) if back else p for p, back in zip(pieces, turned, strict=True)]
    if len(right) == 1:
        return right[0]
    points = tuple(point for piece in right for point in piece.points)
    first, last = right[0], right[-1]
    return Stroke(points, first.head_start, last.head_end, first.start, last.end)


def _turned(stroke: Stroke) -> Stroke:
    return Stroke(stroke.points[::-1], stroke.head_end, stroke.head_start, stroke.end, stroke.start)
