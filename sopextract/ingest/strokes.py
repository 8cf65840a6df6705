"""Drawn lines and the symbols they may join, as geometry: points, boxes, distances."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from sopextract.core.geometry import Point, distance_to_segment
from sopextract.model.source import Outline

# What counts of a distance that estimated places may explain; own judgement, so that the nearest of
# several symbols is taken, and none further than 30 points.
_EXCUSED = 0.3
_SAME_WAY = 0.7  # cosine of 45 degrees


@dataclass(frozen=True, slots=True)
class Target:
    """A symbol that lines may end at: its id, outline and box (left, top, right, bottom)."""

    id: int
    outline: Outline
    bbox: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Stroke:
    """One drawn line: its path from start to end, and at which ends a head is drawn.

    `start` and `end` are symbols that it is known to be glued to; None: to be found.
    """

    points: tuple[Point, ...]
    head_start: bool = False
    head_end: bool = False
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Join:
    """From `tail` to `head`, drawn by the strokes of these indices in order of travel.

    None: the line ends at nothing. `gap` is how far, in points, its ends are from what they join;
    0 for glued ends. `begin` is where the line leaves its tail.
    """

    tail: int | None
    head: int | None
    strokes: tuple[int, ...]
    directed: bool
    gap: float
    begin: Point = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Reach:
    """How far an end may be from what it joins: from a symbol, and from another line.

    `slack` says how much further up or down a symbol may be from a stroke (by their indices), where
    their places in the document are estimates.
    """

    symbol_pt: float = 9.0
    line_pt: float = 4.0
    slack: Callable[[int, int], float] | None = None


def distance_to_outline(point: Point, target: Target) -> float:
    """How far a point is from a symbol's outline; 0 inside it."""
    left, top, right, bottom = target.bbox
    if target.outline is not Outline.DIAMOND:
        return math.hypot(
            max(left - point[0], 0, point[0] - right), max(top - point[1], 0, point[1] - bottom)
        )
    middle_x, middle_y = (left + right) / 2, (top + bottom) / 2
    wide, high = max((right - left) / 2, 0.1), max((bottom - top) / 2, 0.1)
    if abs(point[0] - middle_x) / wide + abs(point[1] - middle_y) / high <= 1:
        return 0.0
    corners = ((middle_x, top), (right, middle_y), (middle_x, bottom), (left, middle_y))
    return min(
        distance_to_segment(point, corners[i], corners[(i + 1) % 4]) for i in range(len(corners))
    )


def inward(stroke: Stroke, side: int) -> Point:
    """The direction in which a stroke leaves its start (side 0) or end (side 1), of length 1."""
    path = stroke.points if side == 0 else stroke.points[::-1]
    for point in path[1:]:
        far = math.dist(point, path[0])
        if far > 0:
            return ((point[0] - path[0][0]) / far, (point[1] - path[0][1]) / far)
    return (0.0, 0.0)


def turns_back(a: Point, b: Point) -> bool:
    """Whether two lines leave a point in the same direction: one that came by the first and went
    on by the second would turn back on itself."""
    return a[0] * b[0] + a[1] * b[1] > _SAME_WAY


def distance_to_end(point: Point, target: Target, slack: float) -> float:
    """How far the end of a line is from a symbol, part of it due to estimated places.

    What the slack explains counts a little, so that of several symbols the nearest is taken.
    """
    far = distance_to_outline(point, target)
    if slack <= 0 or far == 0:
        return far
    _, top, _, bottom = target.bbox
    off = max(top - point[1], 0.0, point[1] - bottom)
    excused = min(off, slack)
    moved = (point[0], point[1] + (excused if point[1] < top else -excused))
    return distance_to_outline(moved, target) + _EXCUSED * excused
