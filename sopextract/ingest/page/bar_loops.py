"""Symbols whose outline was printed as thin bars, one filled area after the other.

Old printer drivers turn every line of a drawing, and every short piece of its curves, into a bar of
its own that reaches half a pen beyond its ends, so that neighbours overlap.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from sopextract.core.geometry import Point, bbox_of
from sopextract.ingest.page.ink import Line, Outline

# Boxes and diamonds of four bars are told by their sides (symbols.py); round ends take 8 to 24.
_FEWEST, _MOST = 5, 80
_PENS = 1.2  # neighbours overlap by a pen at most; and what else they are off, in points
_OFF = 0.3
_LEAST_PEN, _SAME_PEN = 0.3, 0.3  # points: lines without a thickness are none; of one symbol


def loops_of_bars(lines: Sequence[Line]) -> list[Outline]:
    """The closed outlines among bars that were drawn one after the other."""
    found: list[Outline] = []
    k = 0
    while k < len(lines):
        loop = _loop_from(lines, k)
        if loop is None:
            k += 1
            continue
        corners, k = loop
        found.append(Outline(corners, bbox_of(corners), -1, solid=False, drawn=True))
    return found


def _loop_from(lines: Sequence[Line], first: int) -> tuple[tuple[Point, ...], int] | None:
    """The corners of the outline that begins with a bar, and the position behind its last one."""
    pen = lines[first].width_pt
    if pen < _LEAST_PEN or len(lines[first].points) != 2:
        return None
    gap = _PENS * pen + _OFF
    for start, end in (lines[first].points, lines[first].points[::-1]):
        corners: list[Point] = []
        at = end
        for k in range(first + 1, min(first + _MOST, len(lines))):
            bar = lines[k]
            if len(bar.points) != 2 or abs(bar.width_pt - pen) > _SAME_PEN:
                break
            near, far = sorted(bar.points, key=lambda p: math.dist(p, at))
            if math.dist(near, at) > gap:
                break
            corners.append(_between(at, near))
            at = far
            if k - first + 1 >= _FEWEST and math.dist(at, start) <= gap:
                return (*corners, _between(at, start)), k + 1
    return None


def _between(a: Point, b: Point) -> Point:
    return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2
