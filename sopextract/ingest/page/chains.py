"""What was drawn in pieces, one after the other: lines of dots, outlines of lines and arcs."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from sopextract.core.geometry import BBox, Point, bbox_of, centre, simplify
from sopextract.ingest.page.ink import MOST_CORNERS, Ink, Line, Outline

_CHAIN_GAP = 0.8
_ARC_POINTS = 5  # a flattened curve; connectors with as many corners are rare
_LOOP_GAP = 1.6  # a pen that does not quite come back to where it began
_LOOP_REACH = 8  # pieces of one form, drawn one after the other
_DOT_GAP = 4.5  # between the middles of dots that make a line
_DOT_SLACK = 0.6
_FEWEST_DOTS = 6


def string_dots(ink: Ink) -> None:
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


def close_chains(ink: Ink) -> None:
    """Outlines drawn as a run of lines or arcs, each beginning where the one before it ended."""
    runs: list[tuple[list[Line], list[Point]]] = []
    run: list[Line] = []
    points: list[Point] = []
    for line in ink.lines:
        on = _went_on(points, line.points)
        if run and on is not None and len(points) <= MOST_CORNERS:
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
