"""Strokes as a reader sees them: lines, outlines and arrow heads, however they were drawn.

Printers draw one and the same thing in many ways: a line as a stroke, as a thin filled box or as
the filled outline of a bent line; an outline as a closed stroke or as a ring of two polygons; an
arrow as one polygon. Here each becomes what it looks like.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from sopextract.core.geometry import (
    BBox,
    Point,
    area,
    bbox_of,
    centre,
    length,
    simplify,
)
from sopextract.ingest.page.strokes import Stroke

# Points. The thickest rule of the real sheets is 1.5, the thickest shaft 2.2; the thinnest symbol
# is 9 high.
_THIN = 3.0
_HEAD_MAX = 16.0  # heads of the real sheets measure 4 to 9
_NOTCHED_MAX = 10.5  # heads that are no triangles; off-page pentagons begin at 11
_MOST_PARTS = 40  # subpaths of one path that are looked through for rings
_HEAD_MIN = 1.5
_OPEN_HEAD_MAX = 9.5  # the strokes of an open head; a small diamond's sides have 12 or more
_HEAD_GAP = 2.0  # between the two strokes of an open head at its tip
_CHAIN_GAP = 0.8
_ARC_POINTS = 5  # a flattened curve; connectors with as many corners are rare
_LOOP_GAP = 1.6  # a pen that does not quite come back to where it began
_LOOP_REACH = 8  # pieces of one form, drawn one after the other
_SHORT = 2.0  # shorter edges of an outline are corners and rounded ends
_WHITE = 0.97
_DOT = 2.5
_MOST_HERE = 24  # short strokes in one place: two lines with a head each have six, a hatch any
_MOST_CORNERS = 300  # of bent or branching bars; the outline of a land on a map has thousands
_HATCH = 1.2  # between the strokes that fill a head
_FEWEST_HATCHES = 4
_SLIVER = 0.9  # short pieces of a curve, each drawn as a thin area
_BAR = 1.5  # times as long as thick a piece of a line is, at least
_STAMP = 4.0  # a square pen that draws a line by stepping along it
_DOT_GAP = 4.5  # between the middles of dots that make a line
_DOT_SLACK = 0.6
_FEWEST_DOTS = 6


@dataclass(frozen=True, slots=True)
class Line:
    """A drawn line of one or more straight pieces. `path` numbers the drawing operation.

    `score` says how surely it is one line; `traced` that it was followed among pixels.
    """

    points: tuple[Point, ...]
    path: int
    width_pt: float = 0.7
    dashed: bool = False
    score: float = 1.0
    traced: bool = False

    @property
    def bbox(self) -> BBox:
        """The box around it."""
        return bbox_of(self.points)


@dataclass(frozen=True, slots=True)
class Outline:
    """A closed form; `solid`: it is filled with ink, not only drawn round."""

    points: tuple[Point, ...]
    bbox: BBox
    path: int
    solid: bool
    drawn: bool  # its edge is drawn: a stroke or a ring


@dataclass(frozen=True, slots=True)
class Head:
    """An arrow head: where it points and the middle of its other end.

    A triangle may point three ways: `others` are the two besides. `score`: how surely it was seen.
    """

    tip: Point
    back: Point
    path: int
    others: tuple[Head, ...] = ()
    score: float = 1.0


@dataclass(slots=True)
class Ink:
    """All ink of a page."""

    lines: list[Line] = field(default_factory=list)
    outlines: list[Outline] = field(default_factory=list)
    heads: list[Head] = field(default_factory=list)
    dots: list[tuple[BBox, int]] = field(default_factory=list)


def read_ink(strokes: Iterable[Stroke]) -> Ink:
    """Lines, outlines and heads of a page's strokes; white areas are no ink."""
    ink = Ink()
    for path, group in groupby(strokes, key=lambda s: s.path):
        parts = list(group)
        filled = [s for s in parts if s.fill is not None and s.line is None]
        drawn = [s for s in parts if s.line is not None]
        if filled and filled[0].fill is not None and filled[0].fill < _WHITE:
            _add_filled(filled, path, ink)
            if filled[0].score < 1.0:
                ink.heads[:] = [
                    replace(head, score=filled[0].score) if head.path == path else head
                    for head in ink.heads
                ]
        for stroke in drawn:
            _add_drawn(stroke, path, ink)
    _string_dots(ink)
    _add_hatched_heads(ink)
    _close_chains(ink)
    _add_open_heads(ink)
    return ink


def _add_filled(parts: Sequence[Stroke], path: int, ink: Ink) -> None:
    """Filled subpaths: rings, thin bars, bent bars, heads, arrows, areas."""
    polygons = [simplify(_closed(s.points)) for s in parts]
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
    if min(inner_box[2] - inner_box[0], inner_box[3] - inner_box[1]) <= _THIN:
        return False
    around = length((*outer, outer[0]))
    return around > 0 and (area(outer) - area(inner)) / around <= _THIN


def _closed(points: Sequence[Point]) -> Sequence[Point]:
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
    elif len(points) == 3 and (head := _head(points, box, path)) is not None:
        ink.heads.append(head)
    elif not full and (bar := _slanted_bar(points)) is not None:
        ink.lines.append(Line(bar[0], path, bar[1]))
    elif min(width, height) <= _THIN:
        ink.lines.append(Line(_middle(box), path, min(width, height)))
    elif arrow := _whole_arrow(points, path):  # before heads: a short one is no larger than a head
        ink.lines.append(arrow[0])
        ink.heads.append(arrow[1])
    elif (head := _head(points, box, path)) is not None:
        ink.heads.append(head)
    elif frame := _frame(points):
        ink.outlines.append(Outline(frame, bbox_of(frame), path, solid=False, drawn=True))
    elif _thickness(points) <= _THIN and (bars := _bars(points, path)):
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
    if not even or thick > _THIN or along < _BAR * thick or area(points) < _SLIVER * thick * along:
        return None
    a, b, c, d = (*points[first:], *points[:first])
    return (_mean((a, b)), _mean((c, d))), thick


def _middle(box: BBox) -> tuple[Point, Point]:
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
    if len(points) < 8 or _thickness(points) > _THIN:
        return None
    hull = tuple(_hull(points))
    if len(hull) < 4 or _thickness(hull) <= _THIN:
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


def _head(points: Sequence[Point], box: BBox, path: int) -> Head | None:
    """A small triangle, or a still smaller form that is narrow at one end, as an arrow head."""
    corners = list(points)
    largest = max(box[2] - box[0], box[3] - box[1])
    if len(corners) < 3 or largest > (_HEAD_MAX if len(corners) == 3 else _NOTCHED_MAX):
        return None
    if len(corners) == 3:
        sides = sorted(math.dist(corners[k - 1], corners[k]) for k in range(3))
        if sides[2] < _HEAD_MIN or sides[0] < 0.25 * sides[2]:
            return None
        # Which corner is the tip shows at the line: the back is the side that it comes from.
        tips = [Head(corners[k], _mean((corners[k - 1], corners[k - 2])), path) for k in range(3)]
        return replace(tips[0], others=tuple(tips[1:]))
    return _pointed(corners, path)


def _pointed(corners: Sequence[Point], path: int) -> Head | None:
    """A small form of many corners that is narrow at one end and wide at the other.

    Notched heads, open heads drawn as areas, heads with the end of their shaft. What is as wide at
    both ends (a dot, a square) points nowhere.
    """
    best: tuple[float, Head] | None = None
    for ux, uy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        along = [x * ux + y * uy for x, y in corners]
        across = [y * ux + x * uy for x, y in corners]
        low, high = min(along), max(along)
        size = high - low
        if size < _HEAD_MIN:
            return None
        front = [c for a, c in zip(along, across, strict=True) if a > high - 0.2 * size]
        rear = [c for a, c in zip(along, across, strict=True) if a < low + 0.45 * size]
        wide = max(across) - min(across)
        if wide < _HEAD_MIN or not rear:
            continue
        narrow = (max(front) - min(front)) / wide
        full = (max(rear) - min(rear)) / wide
        middle = (max(across) + min(across)) / 2
        skew = abs((max(front) + min(front)) / 2 - middle) / wide
        if narrow < 0.35 and full > 0.8 and skew < 0.2 and (best is None or narrow < best[0]):
            tip = (high * ux + middle * uy, high * uy + middle * ux)
            back = (low * ux + middle * uy, low * uy + middle * ux)
            best = (narrow, Head(tip, back, path))
    return best[1] if best else None


def _mean(points: Sequence[Point]) -> Point:
    n = len(points)
    return sum(p[0] for p in points) / n, sum(p[1] for p in points) / n


def _whole_arrow(points: Sequence[Point], path: int) -> tuple[Line, Head] | None:
    """Shaft and head drawn as one polygon of seven corners."""
    if len(points) != 7:
        return None
    for k in range(7):
        p = [points[(k + i) % 7] for i in range(7)]
        barbs, notches, tails = math.dist(p[1], p[6]), math.dist(p[2], p[5]), math.dist(p[3], p[4])
        if (
            abs(notches - tails) <= 0.5 + 0.2 * notches
            and notches <= _THIN
            and notches < 0.75 * barbs <= _HEAD_MAX
            and abs(math.dist(p[0], p[1]) - math.dist(p[0], p[6])) < 0.2 * barbs + 0.5
            and math.dist(p[0], _mean((p[1], p[6]))) <= _HEAD_MAX
            and math.dist(p[2], p[3]) > _SHORT
        ):
            tail, neck = _mean((p[3], p[4])), _mean((p[2], p[5]))
            return Line((tail, neck), path, tails), Head(p[0], _mean((p[1], p[6])), path)
    return None


def _bars(points: Sequence[Point], path: int) -> list[Line]:
    """The centre lines of a polygon that is the outline of thin bent or branching lines.

    Each stretch of an edge is paired with the edge that runs back beside it.
    """
    n = len(points)
    if n > _MOST_CORNERS:
        return []
    edges = [(points[k], points[(k + 1) % n]) for k in range(n)]
    edges = [e for e in edges if math.dist(*e) > _SHORT]
    lines: list[Line] = []
    for i, (a, b) in enumerate(edges):
        for c, d in edges[i + 1 :]:
            middle = _between(a, b, c, d)
            if middle is not None:
                lines.append(Line(middle[0], path, middle[1]))
    covered = sum(length(line.points) for line in lines)
    around = length((*points, points[0]))
    return _joined_ends(lines) if covered * 2 >= 0.7 * around - 4 * _THIN else []


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
    if high - low < _SHORT:
        return None
    # signed distance of the second edge at both ends of the common stretch
    gaps = [(p[0] - a[0]) * -uy + (p[1] - a[1]) * ux for p in (d, c)]
    gap = sum(gaps) / 2
    if not 0.05 < abs(gap) <= _THIN:
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


def _add_drawn(stroke: Stroke, path: int, ink: Ink) -> None:
    """A stroked subpath: an outline when it is closed, else a line or an open head."""
    if stroke.line is None or stroke.line >= _WHITE:
        return
    points = stroke.points
    ends_meet = len(points) > 3 and math.dist(points[0], points[-1]) < 0.8
    clean = simplify(_closed(points) if (stroke.closed or ends_meet) else points)
    if len(clean) < 2:
        return
    box = bbox_of(clean)
    if (stroke.closed or ends_meet) and len(clean) >= 3:
        width, height = box[2] - box[0], box[3] - box[1]
        if min(width, height) <= _THIN:
            ink.lines.append(Line(_middle(box), path, min(width, height)))
        elif (head := _head(clean, box, path)) is not None:
            ink.heads.append(head)
        else:
            solid = stroke.fill is not None and stroke.fill < _WHITE
            ink.outlines.append(Outline(clean, box, path, solid=solid, drawn=True))
        return
    if (head := _open_head(clean, path)) is not None:
        ink.heads.append(head)
    else:
        ink.lines.append(
            Line(clean, path, stroke.width_pt, stroke.dashed, stroke.score, stroke.flow)
        )


def _open_head(points: Sequence[Point], path: int) -> Head | None:
    """Two short strokes that meet in a point."""
    if len(points) != 3:
        return None
    a, tip, b = points
    left, right = math.dist(a, tip), math.dist(tip, b)
    if not min(left, right) >= _HEAD_MIN or max(left, right) > _HEAD_MAX:
        return None
    spread = math.dist(a, b)
    # An angle of 25 to 130 degrees between legs of one length.
    if abs(left - right) > 0.2 * max(left, right) or not 0.43 < spread / (left + right) * 2 < 1.82:
        return None
    axis = all(_upright(p, tip) for p in (a, b))
    return None if axis else Head(tip, _mean((a, b)), path)


def _upright(p: Point, q: Point) -> bool:
    """Whether two points stand one above or beside the other: a bend of a line, not a head."""
    return abs(p[0] - q[0]) < 0.3 or abs(p[1] - q[1]) < 0.3


def _string_dots(ink: Ink) -> None:
    """Lines and outlines drawn as rows of dots, one after the other."""
    runs: list[list[tuple[BBox, int]]] = []
    for dot in ink.dots:
        if runs and math.dist(centre(runs[-1][-1][0]), centre(dot[0])) <= _DOT_GAP:
            runs[-1].append(dot)
        else:
            runs.append([dot])
    kept: list[tuple[BBox, int]] = []
    for run in runs:
        points = [centre(box) for box, _ in run]
        clean = simplify(points, _DOT_SLACK)
        if len(run) < _FEWEST_DOTS or len(clean) * 2 > len(run) + 2:
            kept.extend(run)  # a cloud of dots, as of a QR code, and no line
            continue
        path, box = run[0][1], bbox_of(clean)
        if len(clean) > 3 and math.dist(points[0], points[-1]) <= _DOT_GAP:
            ink.outlines.append(Outline(clean, box, path, solid=False, drawn=True))
        else:
            width = min(run[0][0][2] - run[0][0][0], run[0][0][3] - run[0][0][1])
            ink.lines.append(Line(clean, path, width, dashed=True))
    ink.dots[:] = kept


def _close_chains(ink: Ink) -> None:
    """Outlines drawn as a run of lines or arcs, each beginning where the one before it ended."""
    runs: list[tuple[list[Line], list[Point]]] = []
    run: list[Line] = []
    points: list[Point] = []
    for line in ink.lines:
        on = _went_on(points, line.points)
        if run and on is not None and len(points) <= _MOST_CORNERS:
            run.append(line)
            points = on
        else:
            run, points = [line], list(line.points)
        if len(run) > 1 and len(points) > 4 and math.dist(points[0], points[-1]) <= _CHAIN_GAP:
            runs.append((run, points))
            run, points = [], []
    gone = {id(line) for members, _ in runs for line in members}
    for found in _loops([line for line in ink.lines if id(line) not in gone]):
        runs.append(found)
        gone |= {id(line) for line in found[0]}
    ink.lines[:] = [line for line in ink.lines if id(line) not in gone]
    for members, corners in runs:
        clean = simplify(corners[:-1])
        if len(clean) >= 3:
            path = members[0].path
            ink.outlines.append(Outline(clean, bbox_of(clean), path, solid=False, drawn=True))


def _loops(lines: Sequence[Line]) -> Iterable[tuple[list[Line], list[Point]]]:
    """Closed forms of few pieces with an arc among them, drawn in any order one after the other."""
    used: set[int] = set()
    for k, first in enumerate(lines):
        if k in used or len(first.points) < _ARC_POINTS:
            continue
        members, points = [k], list(first.points)
        near = [i for i in range(max(0, k - _LOOP_REACH), k + _LOOP_REACH + 1) if i < len(lines)]
        while len(members) < _LOOP_REACH:
            if len(points) > 4 and math.dist(points[0], points[-1]) <= _LOOP_GAP:
                used |= set(members)
                yield [lines[i] for i in members], [*points, points[0]]
                break
            following = (
                (i, on)
                for i in near
                if i not in used and i not in members
                for on in [_went_on(points, lines[i].points, _LOOP_GAP)]
                if on is not None
            )
            found = next(following, None)
            if found is None:
                break
            members.append(found[0])
            points = found[1]


def _went_on(
    points: Sequence[Point], line: Sequence[Point], gap: float = _CHAIN_GAP
) -> list[Point] | None:
    """The points of a run with a line that begins or ends at one of its ends; None if neither."""
    if not points:
        return None
    for a in (list(points), list(reversed(points))):
        for b in (list(line), list(reversed(line))):
            if math.dist(a[-1], b[0]) <= gap:
                return [*a, *b[1:]]
    return None


def _add_hatched_heads(ink: Ink) -> None:
    """Heads filled by parallel strokes, one after the other, each longer than the one before."""
    gone: set[int] = set()
    run: list[Line] = []
    for line in [*ink.lines, None]:
        if line is not None and (not run or _hatches_on(run, line)):
            run.append(line)
            continue
        if len(run) >= _FEWEST_HATCHES and abs(_span(run[0]) - _span(run[-1])) > _HEAD_MIN:
            first, last = sorted((run[0], run[-1]), key=_span)
            ink.heads.append(Head(_mean(first.points), _mean(last.points), run[0].path))
            gone |= {id(member) for member in run}
        run = [line] if line is not None else []
    ink.lines[:] = [line for line in ink.lines if id(line) not in gone]


def _span(line: Line) -> float:
    return math.dist(line.points[0], line.points[-1])


def _hatches_on(run: Sequence[Line], line: Line) -> bool:
    """Whether a short stroke lies beside the last one, parallel, its middle a little farther on."""
    last = run[-1]
    if len(line.points) != 2 or len(last.points) != 2 or max(_span(line), _span(last)) > _HEAD_MAX:
        return False
    (ax, ay), (bx, by) = _mean(last.points), _mean(line.points)
    level = abs(line.points[0][1] - line.points[1][1]) < 0.1
    upright = abs(line.points[0][0] - line.points[1][0]) < 0.1
    across, along = (abs(by - ay), abs(bx - ax)) if level else (abs(bx - ax), abs(by - ay))
    if not (level or upright) or not 0.05 < across <= _HATCH or along > _HATCH / 2:
        return False
    grows = _span(line) - _span(last)
    return len(run) < 2 or grows * (_span(last) - _span(run[-2])) > 0


def _add_open_heads(ink: Ink) -> None:
    """Heads drawn as two separate short strokes that share a point."""
    short = [
        line
        for line in ink.lines
        if len(line.points) == 2
        and _HEAD_MIN <= length(line.points) <= _OPEN_HEAD_MAX
        and not _upright(*line.points)
    ]
    taken: set[int] = set()
    by_place: dict[tuple[int, int], list[int]] = {}
    for k, line in enumerate(short):
        for p in line.points:
            by_place.setdefault((round(p[0]), round(p[1])), []).append(k)
    for k, line in enumerate(short):
        if k in taken:
            continue
        for p, other_end in (line.points, line.points[::-1]):
            near = {
                i
                for dx in (-1, 0, 1)
                for dy in (-1, 0, 1)
                for i in by_place.get((round(p[0]) + dx, round(p[1]) + dy), ())
            }
            if len(near) > _MOST_HERE:
                continue
            partner = next((i for i in sorted(near) if i > k and i not in taken), None)
            if partner is None:
                continue
            a, b = short[partner].points
            if math.dist(a, p) > math.dist(b, p):
                a, b = b, a
            if math.dist(a, p) > _HEAD_GAP:
                continue
            head = _open_head((other_end, _mean((p, a)), b), line.path)
            if head is not None:
                ink.heads.append(head)
                taken |= {k, partner}
                break
    if taken:
        gone = {id(short[k]) for k in taken}
        ink.lines[:] = [line for line in ink.lines if id(line) not in gone]
