"""The lines between symbols as a graph: pieces chained, heads attached, ends snapped to symbols.

Which ways lead through it is told by `joints`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sopextract.core.geometry import (
    Point,
    bbox_of,
    distance_to_polyline,
    distance_to_segment,
    grow,
    length,
)
from sopextract.ingest.page.ink import Head, Line
from sopextract.ingest.page.joints import Arc, Joint, components, joints_of, torn_pieces
from sopextract.ingest.page.places import Places
from sopextract.ingest.page.symbols import Form

# Points. On the real sheets pieces of one connector meet within 1.5, heads stand within 1 of their
# line, and lines end 0 to 6 from the outline that they mean; 14 with nothing else near is a slip of
# the mouse.
_JOIN = 2.6
_ON_LINE = 1.8
_HEAD_REACH = 3.5
_TOUCH = 2.0
_SNAP = 6.5
_FAR_SNAP = 16.0
_SNAP_SCORE = 0.98
_FAR_SCORE = 0.85


@dataclass(frozen=True, slots=True)
class Wiring:
    """The joints of a page; `loose` are lines that belong to none, `heads_left` likewise."""

    joints: tuple[Joint, ...]
    loose: tuple[Line, ...]
    heads_left: tuple[Head, ...]


def wire(lines: Sequence[Line], heads: Sequence[Head], forms: Sequence[Form]) -> Wiring:
    """Find what joins what. `lines` are those that are neither rules nor sides of symbols."""
    arcs = [Arc(line.points, line.path, line) for line in lines if length(line.points) > 1.2]
    left = _attach_heads(arcs, heads)
    arcs = _split_at_junctions(arcs)
    places = Places(grow(form.bbox, _SNAP) for form in forms)
    _snap(arcs, forms, places)
    _number_nodes(arcs)
    _snap_far(arcs, forms, places)
    joints: list[Joint] = []
    loose: list[Line] = []
    for group in components(arcs):
        found = joints_of(group)
        if found:
            joints.extend(found)
            loose.extend(replace(arc.line, points=arc.points) for arc in torn_pieces(group))
        else:
            loose.extend(arc.line for arc in group)
    return Wiring(tuple(joints), tuple(loose), tuple(left))


def _attach_heads(arcs: list[Arc], heads: Iterable[Head]) -> list[Head]:
    """Give every head to the end of the line that it stands at; those without a line are left."""
    left: list[Head] = []
    cells = _ends_by_cell(arcs)
    for head in heads:
        best = min(
            (
                fit
                for way in (head, *head.others)
                for k, side in _ends_near(cells, way.back)
                if (fit := _fit(way, arcs[k], k, side)) is not None
            ),
            key=lambda fit: fit[0],
            default=None,
        )
        if best is None:
            left.append(head)
        else:
            _put_head(arcs[best[1]], best[2], best[3])
    return left


def _ends_by_cell(arcs: Sequence[Arc]) -> dict[tuple[int, int], list[tuple[int, int]]]:
    """The ends of lines (number, side) by the square of 16 points in which they stand."""
    cells: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for k, arc in enumerate(arcs):
        for side in (0, 1):
            x, y = arc.end(side)
            cells.setdefault((int(x // 16), int(y // 16)), []).append((k, side))
    return cells


def _ends_near(
    cells: dict[tuple[int, int], list[tuple[int, int]]], p: Point
) -> Iterable[tuple[int, int]]:
    cx, cy = int(p[0] // 16), int(p[1] // 16)
    for dx in (-1, 0, 1):
        for dy in (-1, 0, 1):
            yield from cells.get((cx + dx, cy + dy), ())


def _fit(head: Head, arc: Arc, k: int, side: int) -> tuple[float, int, int, Head] | None:
    """How badly a head fits one end of a line; None when it does not stand there."""
    if arc.heads[side] is not None:
        return None
    size = math.dist(head.tip, head.back)
    end, out = arc.end(side), arc.outward(side)
    same = arc.path == head.path
    gap = min(math.dist(end, head.back), distance_to_segment(end, head.back, head.tip) + 0.5)
    if gap > (_HEAD_REACH + size if same else _HEAD_REACH):
        return None
    along = ((head.tip[0] - head.back[0]) * out[0] + (head.tip[1] - head.back[1]) * out[1]) / (
        size or 1.0
    )
    if along < 0.6:
        return None
    return gap + 4 * (1 - along) + (0.0 if same else 2.0), k, side, head


def _put_head(arc: Arc, side: int, head: Head) -> None:
    """Give a line its head; the line goes on to the tip."""
    end, out = arc.end(side), arc.outward(side)
    arc.heads[side] = head
    ahead = (head.tip[0] - end[0]) * out[0] + (head.tip[1] - end[1]) * out[1]
    if ahead > 0:
        arc.points = (head.tip, *arc.points) if side == 0 else (*arc.points, head.tip)


def _split_at_junctions(arcs: list[Arc]) -> list[Arc]:
    """Lines cut where the end of another stands on their middle."""
    index: dict[tuple[int, int], list[int]] = {}
    for k, arc in enumerate(arcs):
        x0, y0, x1, y1 = bbox_of(arc.points)
        for cx in range(int(x0 // 40), int(x1 // 40) + 1):
            for cy in range(int(y0 // 40), int(y1 // 40) + 1):
                index.setdefault((cx, cy), []).append(k)
    cuts: dict[int, list[Point]] = {}
    for k, arc in enumerate(arcs):
        for side in (0, 1):
            if arc.heads[side] is not None:
                continue
            p = arc.end(side)
            for i in index.get((int(p[0] // 40), int(p[1] // 40)), ()):
                other = arcs[i]
                if i == k or distance_to_polyline(p, other.points) > _ON_LINE:
                    continue
                if min(math.dist(p, other.points[0]), math.dist(p, other.points[-1])) > _JOIN:
                    cuts.setdefault(i, []).append(p)
    split: list[Arc] = []
    for k, arc in enumerate(arcs):
        split.extend(_cut(arc, cuts[k]) if k in cuts else [arc])
    return split


def _cut(arc: Arc, at: Sequence[Point]) -> list[Arc]:
    """An arc in pieces, cut near these points of it."""
    places = sorted({_place_on(arc.points, p) for p in at})
    pieces: list[Arc] = []
    points = [arc.points[0]]
    at_index = 0
    for leg, share in places:
        while at_index < leg:
            at_index += 1
            points.append(arc.points[at_index])
        a, b = arc.points[leg], arc.points[leg + 1]
        cut = (a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1]))
        points.append(cut)
        pieces.append(Arc(tuple(points), arc.path, arc.line))
        points = [cut]
    points.extend(arc.points[at_index + 1 :])
    pieces.append(Arc(tuple(points), arc.path, arc.line))
    pieces = [p for p in pieces if len(p.points) > 1]
    pieces[0].heads[0] = arc.heads[0]
    pieces[-1].heads[1] = arc.heads[1]
    return pieces


def _place_on(points: Sequence[Point], p: Point) -> tuple[int, float]:
    """The leg of a polyline nearest to a point, and how far along it."""
    legs = range(len(points) - 1)
    leg = min(legs, key=lambda i: distance_to_segment(p, points[i], points[i + 1]))
    a, b = points[leg], points[leg + 1]
    square = math.dist(a, b) ** 2 or 1.0
    t = ((p[0] - a[0]) * (b[0] - a[0]) + (p[1] - a[1]) * (b[1] - a[1])) / square
    return leg, round(min(1.0, max(0.0, t)), 4)


def _snap(arcs: Sequence[Arc], forms: Sequence[Form], places: Places) -> None:
    """Give each free end the nearest symbol within reach; corners that pass by one are none."""
    cells = _ends_by_cell(arcs)
    for k, arc in enumerate(arcs):
        for side in (0, 1):
            if arc.forms[side] is not None:
                continue
            found = _nearest(arc.end(side), forms, places, _SNAP)
            if found is None:
                continue
            if found[1] <= _TOUCH or not _is_corner(arcs, cells, k, side, forms[found[0]]):
                arc.forms[side] = (found[0], _SNAP_SCORE)
    for arc in arcs:  # a short line cannot start and end at the same symbol
        a, b = arc.forms
        if a is not None and b is not None and a[0] == b[0] and length(arc.points) < 12:
            gaps = [
                distance_to_polyline(arc.end(s), (*forms[a[0]].points, forms[a[0]].points[0]))
                for s in (0, 1)
            ]
            arc.forms[0 if gaps[0] > gaps[1] else 1] = None


def _is_corner(
    arcs: Sequence[Arc],
    cells: dict[tuple[int, int], list[tuple[int, int]]],
    k: int,
    side: int,
    form: Form,
) -> bool:
    """Whether an end meets that of another line beside a symbol that one of the two does not mean.

    So it is where a line turns near a symbol; two lines that both lead to it end at it.
    """
    if arcs[k].heads[side] is not None:
        return False
    p = arcs[k].end(side)
    meeting = [
        (i, other)
        for i, other in _ends_near(cells, p)
        if i != k and arcs[i].heads[other] is None and math.dist(arcs[i].end(other), p) <= _JOIN
    ]
    return bool(meeting) and not all(
        _leads_to(arcs[i], other, form) for i, other in ((k, side), *meeting)
    )


def _leads_to(arc: Arc, side: int, form: Form) -> bool:
    """Whether a line, carried on a little at this end, would run into a symbol."""
    (x, y), (dx, dy) = arc.end(side), arc.outward(side)
    return any(_inside((x + dx * step, y + dy * step), form.points) for step in (3, 5, 7, 9))


def _nearest(
    p: Point, forms: Sequence[Form], places: Places, reach: float
) -> tuple[int, float] | None:
    """The symbol whose outline is nearest to a point, or that holds it."""
    best: tuple[float, int] | None = None
    for k in places.near((*p, *p)):
        form = forms[k]
        x0, y0, x1, y1 = grow(form.bbox, reach)
        if not (x0 <= p[0] <= x1 and y0 <= p[1] <= y1):
            continue
        gap = distance_to_polyline(p, (*form.points, form.points[0]))
        if _inside(p, form.points):
            gap = min(gap, 0.5)
        if gap <= reach and (best is None or gap < best[0]):
            best = (gap, k)
    return (best[1], best[0]) if best else None


def _inside(p: Point, polygon: Sequence[Point]) -> bool:
    """Whether a point lies in a polygon (even-odd rule)."""
    inside = False
    for (x0, y0), (x1, y1) in zip(polygon, (*polygon[1:], polygon[0]), strict=True):
        if (y0 > p[1]) != (y1 > p[1]) and p[0] < (x1 - x0) * (p[1] - y0) / (y1 - y0) + x0:
            inside = not inside
    return inside


def _number_nodes(arcs: Sequence[Arc]) -> None:
    """Number the ends of lines so that those which meet have one number.

    Ends with a head, and ends at a symbol, meet nothing: two lines at one symbol are two ways.
    """
    nodes: list[Point] = []
    by_place: dict[tuple[int, int], list[int]] = {}
    for arc in arcs:
        for side in (0, 1):
            p = arc.end(side)
            private = arc.heads[side] is not None or arc.forms[side] is not None
            number = None
            if not private:
                cx, cy = int(p[0] // 4), int(p[1] // 4)
                near = [
                    n
                    for dx in (-1, 0, 1)
                    for dy in (-1, 0, 1)
                    for n in by_place.get((cx + dx, cy + dy), ())
                    if math.dist(nodes[n], p) <= _JOIN
                ]
                number = min(near, key=lambda n: math.dist(nodes[n], p), default=None)
            if number is None:
                number = len(nodes)
                nodes.append(p)
                if not private:
                    by_place.setdefault((int(p[0] // 4), int(p[1] // 4)), []).append(number)
            arc.nodes[side] = number


def _snap_far(arcs: Sequence[Arc], forms: Sequence[Form], places: Places) -> None:
    """Ends that meet nothing go on in their direction to the next symbol, if it is not far."""
    count: dict[int, int] = {}
    for arc in arcs:
        for node in arc.nodes:
            count[node] = count.get(node, 0) + 1
    for arc in arcs:
        for side in (0, 1):
            if arc.forms[side] is not None or count[arc.nodes[side]] > 1:
                continue
            p, out = arc.end(side), arc.outward(side)
            for step in (8.0, 12.0, _FAR_SNAP):
                ahead = (p[0] + out[0] * step, p[1] + out[1] * step)
                found = _nearest(ahead, forms, places, 3.5)
                other = arc.forms[1 - side]
                if found is not None and (other is None or other[0] != found[0]):
                    arc.forms[side] = (found[0], _FAR_SCORE)
                    break
