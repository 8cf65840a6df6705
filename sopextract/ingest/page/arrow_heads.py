"""Arrow heads, as one form or of strokes, and where they point."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from sopextract.core.geometry import BBox, Point, length, mean_of
from sopextract.ingest.page.ink import SHORT, THIN, Head, Ink, Line

_HEAD_MAX = 16.0  # heads of the real sheets measure 4 to 9
_NOTCHED_MAX = 10.5  # heads that are no triangles; off-page pentagons begin at 11
_HEAD_MIN = 1.5
_OPEN_HEAD_MAX = 9.5  # the strokes of an open head; a small diamond's sides have 12 or more
_HEAD_GAP = 2.0  # between the two strokes of an open head at its tip
_MOST_HERE = 24  # short strokes in one place: two lines with a head each have six, a hatch any
_HATCH = 1.2  # between the strokes that fill a head
_FEWEST_HATCHES = 4


def head_of(points: Sequence[Point], box: BBox, path: int) -> Head | None:
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
        tips = [Head(corners[k], mean_of((corners[k - 1], corners[k - 2])), path) for k in range(3)]
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


def whole_arrow(points: Sequence[Point], path: int) -> tuple[Line, Head] | None:
    """Shaft and head drawn as one polygon of seven corners."""
    if len(points) != 7:
        return None
    for k in range(7):
        p = [points[(k + i) % 7] for i in range(7)]
        barbs, notches, tails = math.dist(p[1], p[6]), math.dist(p[2], p[5]), math.dist(p[3], p[4])
        if (
            abs(notches - tails) <= 0.5 + 0.2 * notches
            and notches <= THIN
            and notches < 0.75 * barbs <= _HEAD_MAX
            and abs(math.dist(p[0], p[1]) - math.dist(p[0], p[6])) < 0.2 * barbs + 0.5
            and math.dist(p[0], mean_of((p[1], p[6]))) <= _HEAD_MAX
            and math.dist(p[2], p[3]) > SHORT
        ):
            tail, neck = mean_of((p[3], p[4])), mean_of((p[2], p[5]))
            return Line((tail, neck), path, tails), Head(p[0], mean_of((p[1], p[6])), path)
    return None


def open_head(points: Sequence[Point], path: int) -> Head | None:
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
    axis = all(is_upright(p, tip) for p in (a, b))
    return None if axis else Head(tip, mean_of((a, b)), path)


def is_upright(p: Point, q: Point) -> bool:
    """Whether two points stand one above or beside the other: a bend of a line, not a head."""
    return abs(p[0] - q[0]) < 0.3 or abs(p[1] - q[1]) < 0.3


def add_hatched_heads(ink: Ink) -> None:
    """Heads filled by parallel strokes, one after the other, each longer than the one before."""
    gone: set[int] = set()
    run: list[Line] = []
    for line in [*ink.lines, None]:
        if line is not None and (not run or _hatches_on(run, line)):
            run.append(line)
            continue
        if len(run) >= _FEWEST_HATCHES and abs(_span(run[0]) - _span(run[-1])) > _HEAD_MIN:
            first, last = sorted((run[0], run[-1]), key=_span)
            ink.heads.append(Head(mean_of(first.points), mean_of(last.points), run[0].path))
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
    (ax, ay), (bx, by) = mean_of(last.points), mean_of(line.points)
    level = abs(line.points[0][1] - line.points[1][1]) < 0.1
    upright = abs(line.points[0][0] - line.points[1][0]) < 0.1
    across, along = (abs(by - ay), abs(bx - ax)) if level else (abs(bx - ax), abs(by - ay))
    if not (level or upright) or not 0.05 < across <= _HATCH or along > _HATCH / 2:
        return False
    grows = _span(line) - _span(last)
    return len(run) < 2 or grows * (_span(last) - _span(run[-2])) > 0


def add_open_heads(ink: Ink) -> None:
    """Heads drawn as two separate short strokes that share a point."""
    short = [
        line
        for line in ink.lines
        if len(line.points) == 2
        and _HEAD_MIN <= length(line.points) <= _OPEN_HEAD_MAX
        and not is_upright(*line.points)
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
            head = open_head((other_end, mean_of((p, a)), b), line.path)
            if head is not None:
                ink.heads.append(head)
                taken |= {k, partner}
                break
    if taken:
        gone = {id(short[k]) for k in taken}
        ink.lines[:] = [line for line in ink.lines if id(line) not in gone]
