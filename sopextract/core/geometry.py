"""Points, boxes, polygons and affine maps of a page: points (1/72 inch), origin at the top left."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Point = tuple[float, float]
BBox = tuple[float, float, float, float]  # left, top, right, bottom


def bbox_of(points: Iterable[Point]) -> BBox:
    """The box around points; there must be one at least."""
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def union(boxes: Iterable[BBox]) -> BBox:
    """The box around boxes; there must be one at least."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def centre(box: BBox) -> Point:
    """The middle of a box."""
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def mean_of(points: Sequence[Point]) -> Point:
    """The mean of some points, which lies in their middle."""
    n = len(points)
    return sum(p[0] for p in points) / n, sum(p[1] for p in points) / n


def grow(box: BBox, by: float) -> BBox:
    """The box, larger by so much on each side."""
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def scaled(box: BBox, by: float) -> BBox:
    """The box with every side so many times as far from the origin."""
    x0, y0, x1, y1 = box
    return x0 * by, y0 * by, x1 * by, y1 * by


def exchanged(box: BBox) -> BBox:
    """The box with its two axes exchanged."""
    x0, y0, x1, y1 = box
    return y0, x0, y1, x1


def contains(box: BBox, point: Point) -> bool:
    """Whether a point lies in a box or on its edge."""
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def overlaps(a: BBox, b: BBox) -> bool:
    """Whether two boxes share a point."""
    return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]


def shared_area(a: BBox, b: BBox) -> float:
    """The area that two boxes share."""
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    return width * height if width > 0 and height > 0 else 0.0


def area(polygon: Sequence[Point]) -> float:
    """The area of a polygon, its last point joined to its first (shoelace formula)."""
    total = 0.0
    for (x0, y0), (x1, y1) in zip(polygon, (*polygon[1:], polygon[0]), strict=True):
        total += x0 * y1 - x1 * y0
    return abs(total) / 2


def length(points: Sequence[Point]) -> float:
    """The length of a polyline."""
    return sum(math.dist(a, b) for a, b in itertools.pairwise(points))


def distance_to_segment(p: Point, a: Point, b: Point) -> float:
    """The distance of a point from the segment a–b."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    square = dx * dx + dy * dy
    if square == 0.0:
        return math.dist(p, a)
    t = ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / square
    t = min(1.0, max(0.0, t))
    return math.hypot(p[0] - a[0] - t * dx, p[1] - a[1] - t * dy)


def distance_to_polyline(p: Point, points: Sequence[Point]) -> float:
    """The distance of a point from a polyline of one point or more."""
    if len(points) == 1:
        return math.dist(p, points[0])
    return min(distance_to_segment(p, a, b) for a, b in itertools.pairwise(points))


def distance_to_box(p: Point, box: BBox) -> float:
    """The distance of a point from a box; 0 inside."""
    dx = max(box[0] - p[0], 0.0, p[0] - box[2])
    dy = max(box[1] - p[1], 0.0, p[1] - box[3])
    return math.hypot(dx, dy)


def box_distance(a: BBox, b: BBox) -> float:
    """The distance between two boxes; 0 where they overlap."""
    dx = max(a[0] - b[2], 0.0, b[0] - a[2])
    dy = max(a[1] - b[3], 0.0, b[1] - a[3])
    return math.hypot(dx, dy)


def simplify(points: Sequence[Point], tolerance: float = 0.35) -> tuple[Point, ...]:
    """The points without repeated ones and without those on the line of their neighbours."""
    kept: list[Point] = []
    for point in points:
        if kept and math.dist(kept[-1], point) <= tolerance:
            continue
        while len(kept) >= 2 and distance_to_segment(kept[-1], kept[-2], point) <= tolerance / 2:
            kept.pop()
        kept.append(point)
    return tuple(kept)


@dataclass(frozen=True, slots=True)
class Affine:
    """An affine map, as of a shape into what holds it: x' = a·x + c·y + e, y' = b·x + d·y + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def apply(self, point: Point) -> Point:
        """Where a point comes to lie."""
        x, y = point
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def after(self, inner: Affine) -> Affine:
        """First the inner map, then this one."""
        return Affine(
            self.a * inner.a + self.c * inner.b,
            self.b * inner.a + self.d * inner.b,
            self.a * inner.c + self.c * inner.d,
            self.b * inner.c + self.d * inner.d,
            self.a * inner.e + self.c * inner.f + self.e,
            self.b * inner.e + self.d * inner.f + self.f,
        )
