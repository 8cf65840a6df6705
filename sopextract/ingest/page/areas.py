"""What filled areas are: rings, thin bars, bent and branching bars, heads, whole arrows, forms."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sopextract.core.geometry import BBox, Point, area, bbox_of, length, mean_of, simplify
from sopextract.ingest.page.arrow_heads import head_of, whole_arrow
from sopextract.ingest.page.ink import MOST_CORNERS, SHORT, THIN, Ink, Line, Outline
from sopextract.ingest.page.strokes import Stroke

_MOST_PARTS = 40  # subpaths of one path that are looked through for rings
_DOT = 2.5
_SLIVER = 0.9  # short pieces of a curve, each drawn as a thin area
_BAR = 1.5  # times as long as thick a piece of a line is, at least
_STAMP = 4.0  # a square pen that draws a line by stepping along it


def add_filled(parts: Sequence[Stroke], path: int, ink: Ink) -> None:
    """Filled subpaths: rings, thin bars, bent bars, heads, arrows, areas."""
    polygons = [simplify(unclosed(s.points)) for s in parts]
    boxes = [bbox_of(p) for p in polygons]
    taken: set[int] = set()
    if 1 < len(polygons) <= _MOST_PARTS:
        for i, outer in enumerate(polygons):
            for k, other in enumerate(polygons):
                if i != k and i not in taken and _is_ring(outer, boxes[i], other, boxes[k]):
                    taken |= {i, k}
                    ink.outlines.append(Outline(outer, boxes[i], path, solid=False, drawn=True))
    for k, points in enumerate(polygons):
        if k not in taken:
            _add_area(points, boxes[k], path, ink)


def _is_ring(outer: Sequence[Point], box: BBox, inner: Sequence[Point], inner_box: BBox) -> bool:
    """Whether one polygon lies in the other and leaves everywhere about the width of a line."""
    if not all(
        m > 0.02
        for m in (
            inner_box[0] - box[0],
            inner_box[1] - box[1],
            box[2] - inner_box[2],
            box[3] - inner_box[3],
        )
    ):
        return False
    if min(inner_box[2] - inner_box[0], inner_box[3] - inner_box[1]) <= THIN:
        return False
    around = length((*outer, outer[0]))
    return around > 0 and (area(outer) - area(inner)) / around <= THIN


def unclosed(points: Sequence[Point]) -> Sequence[Point]:
    """The points without a last one that repeats the first."""
    return points[:-1] if len(points) > 2 and math.dist(points[0], points[-1]) < 0.3 else points


def _add_area(points: tuple[Point, ...], box: BBox, path: int, ink: Ink) -> None:
    width, height = box[2] - box[0], box[3] - box[1]
    full = area(points) > 0.9 * width * height
    square = full and max(width, height) < 2 * min(width, height)
    if not full and _SLIVER <= max(width, height) <= _DOT and _thickness(points) < _SLIVER / 2:
        ink.lines.append(Line(_axis(points), path, _thickness(points)))
        return
    if max(width, height) <= (_STAMP if square else _DOT):
        ink.dots.append((box, path))
    elif len(points) == 3 and (head := head_of(points, box, path)) is not None:
        ink.heads.append(head)
    elif not full and (bar := _slanted_bar(points)) is not None:
        ink.lines.append(Line(bar[0], path, bar[1]))
    elif min(width, height) <= THIN:
        ink.lines.append(Line(middle_line(box), path, min(width, height)))
    elif arrow := whole_arrow(points, path):  # before heads: a short one is no larger than a head
        ink.lines.append(arrow[0])
        ink.heads.append(arrow[1])
    elif (head := head_of(points, box, path)) is not None:
        ink.heads.append(head)
    elif frame := _frame(points):
        ink.outlines.append(Outline(frame, bbox_of(frame), path, solid=False, drawn=True))
    elif _thickness(points) <= THIN and (bars := _bars(points, path)):
        ink.lines.extend(bars)
    else:
        ink.outlines.append(Outline(points, box, path, solid=True, drawn=False))


def _axis(points: Sequence[Point]) -> tuple[Point, Point]:
    """The two corners of a sliver that stand farthest apart."""
    pairs = ((a, b) for k, a in enumerate(points) for b in points[k + 1 :])
    return max(pairs, key=lambda pair: math.dist(*pair))


def _slanted_bar(points: Sequence[Point]) -> tuple[tuple[Point, Point], float] | None:
    """The centre line of a thin rectangle that leans, and its thickness; None for other forms."""
    if len(points) != 4:
        return None
    sides = [math.dist(a, b) for a, b in zip(points, (*points[1:], points[0]), strict=True)]
    first = 0 if sides[0] < sides[1] else 1
    thick, along = sides[first], sides[1 - first]
    even = abs(sides[0] - sides[2]) <= _SLIVER / 2 and abs(sides[1] - sides[3]) <= _SLIVER / 2
    if not even or thick > THIN or along < _BAR * thick or area(points) < _SLIVER * thick * along:
        return None
    a, b, c, d = (*points[first:], *points[:first])
    return (mean_of((a, b)), mean_of((c, d))), thick


def middle_line(box: BBox) -> tuple[Point, Point]:
    """The centre line of a thin box."""
    if box[2] - box[0] >= box[3] - box[1]:
        y = (box[1] + box[3]) / 2
        return (box[0], y), (box[2], y)
    x = (box[0] + box[2]) / 2
    return (x, box[1]), (x, box[3])


def _thickness(points: Sequence[Point]) -> float:
    """The mean thickness of a polygon that is a bent bar."""
    around = length((*points, points[0]))
    return 2 * area(points) / around if around else 0.0


def _frame(points: Sequence[Point]) -> tuple[Point, ...] | None:
    """The outline of a form whose edge was drawn as one polygon: out along it and back inside.

    Such a polygon is thin and runs twice round its hull.
    """
    if len(points) < 8 or _thickness(points) > THIN:
        return None
    hull = tuple(_hull(points))
    if len(hull) < 4 or _thickness(hull) <= THIN:
        return None
    around = length((*points, points[0])) / 2
    ring = length((*hull, hull[0]))
    return hull if abs(around - ring) <= 0.12 * ring else None


def _hull(points: Sequence[Point]) -> list[Point]:
    """The convex hull (monotone chain)."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return list(ordered)

    def half(source: Iterable[Point]) -> list[Point]:
        chain: list[Point] = []
        for p in source:
            while len(chain) >= 2 and _turn(chain[-2], chain[-1], p) <= 0:
                chain.pop()
            chain.append(p)
        return chain

    return half(ordered)[:-1] + half(reversed(ordered))[:-1]


def _turn(o: Point, a: Point, b: Point) -> float:
    return (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0])


def _bars(points: Sequence[Point], path: int) -> list[Line]:
    """The centre lines of a polygon that is the outline of thin bent or branching lines.

    Each stretch of an edge is paired with the edge that runs back beside it.
    """
    n = len(points)
    if n > MOST_CORNERS:
        return []
    edges = [(points[k], points[(k + 1) % n]) for k in range(n)]
    edges = [e for e in edges if math.dist(*e) > SHORT]
    lines: list[Line] = []
    for i, (a, b) in enumerate(edges):
        for c, d in edges[i + 1 :]:
            middle = _between(a, b, c, d)
            if middle is not None:
                lines.append(Line(middle[0], path, middle[1]))
    covered = sum(length(line.points) for line in lines)
    around = length((*points, points[0]))
    return _joined_ends(lines) if covered * 2 >= 0.7 * around - 4 * THIN else []


def _between(a: Point, b: Point, c: Point, d: Point) -> tuple[tuple[Point, Point], float] | None:
    """The line midway between two edges where they run side by side in opposite directions.

    With the distance of the edges; None when they do not.
    """
    ux, uy = b[0] - a[0], b[1] - a[1]
    size = math.hypot(ux, uy)
    ux, uy = ux / size, uy / size
    vx, vy = d[0] - c[0], d[1] - c[1]
    other = math.hypot(vx, vy)
    if ux * vx / other + uy * vy / other > -0.97:
        return None
    s, t = ((p[0] - a[0]) * ux + (p[1] - a[1]) * uy for p in (d, c))
    low, high = max(s, 0.0), min(t, size)
    if high - low < SHORT:
        return None
    # signed distance of the second edge at both ends of the common stretch
    gaps = [(p[0] - a[0]) * -uy + (p[1] - a[1]) * ux for p in (d, c)]
    gap = sum(gaps) / 2
    if not 0.05 < abs(gap) <= THIN:
        return None
    shift = (-uy * gap / 2, ux * gap / 2)
    start = (a[0] + ux * low + shift[0], a[1] + uy * low + shift[1])
    end = (a[0] + ux * high + shift[0], a[1] + uy * high + shift[1])
    return (start, end), abs(gap)


def _joined_ends(lines: list[Line]) -> list[Line]:
    """The same lines, ends that lie within a line's width of each other drawn together."""
    moved: list[Line] = []
    corners: list[Point] = []
    for line in lines:
        ends = []
        for p in line.points:
            near = next((q for q in corners if math.dist(p, q) <= 1.6), None)
            if near is None:
                corners.append(p)
            ends.append(near or p)
        if ends[0] != ends[1]:
            moved.append(replace(line, points=(ends[0], ends[1])))
    return moved
