"""Pages drawn by hand, a stroke at a time, in the ways in which printers draw."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from sopextract.core.geometry import BBox, Point
from sopextract.ingest.page import DrawnPage, Picture, Stroke, Word
from sopextract.ingest.page.ink import Ink
from sopextract.ingest.page.inked import read_ink

EM = 8.0  # size of the lettering; a letter is half as wide


def box_at(x: float, y: float, width: float = 40.0, height: float = 16.0) -> BBox:
    """The box round a middle."""
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def rectangle(box: BBox) -> tuple[Point, ...]:
    """The corners of a box, clockwise from top left."""
    x0, y0, x1, y1 = box
    return (x0, y0), (x1, y0), (x1, y1), (x0, y1)


def diamond(box: BBox) -> tuple[Point, ...]:
    """The corners of a diamond in a box, from the top."""
    x0, y0, x1, y1 = box
    return ((x0 + x1) / 2, y0), (x1, (y0 + y1) / 2), ((x0 + x1) / 2, y1), (x0, (y0 + y1) / 2)


def pentagon(box: BBox) -> tuple[Point, ...]:
    """A pentagon that points down."""
    x0, y0, x1, y1 = box
    knee = y0 + 0.6 * (y1 - y0)
    return (x0, y0), (x1, y0), (x1, knee), ((x0 + x1) / 2, y1), (x0, knee)


def capsule(box: BBox, steps: int = 6) -> tuple[Point, ...]:
    """A box with round ends, each a half circle in steps."""
    x0, y0, x1, y1 = box
    r = (y1 - y0) / 2
    right = [_on_circle(x1 - r, y0 + r, r, -90 + 180 * k / steps) for k in range(steps + 1)]
    left = [_on_circle(x0 + r, y0 + r, r, 90 + 180 * k / steps) for k in range(steps + 1)]
    return (*right, *left)


def _on_circle(x: float, y: float, r: float, degrees: float) -> Point:
    turn = math.radians(degrees)
    return x + r * math.cos(turn), y + r * math.sin(turn)


def paper(box: BBox) -> tuple[Point, ...]:
    """A sheet whose lower edge is a wave, low on the left."""
    x0, y0, x1, y1 = box
    heights = (0.80, 0.81, 0.83, 0.86, 0.90, 0.94, 0.97, 0.99, 1.0, 0.98, 0.94)
    wave = tuple(
        (x1 - k / 10 * (x1 - x0), y0 + share * (y1 - y0)) for k, share in enumerate(heights)
    )
    return (x0, y0), (x1, y0), *wave


SHAPES = {
    "box": rectangle,
    "diamond": diamond,
    "off_page": pentagon,
    "capsule": capsule,
    "document": paper,
}


@dataclass(slots=True)
class Canvas:
    """Collects strokes and words; every call is one drawing operation."""

    strokes: list[Stroke] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    path: int = 0

    def line(self, *points: Point, width: float = 0.75, dashed: bool = False) -> Canvas:
        """A drawn line."""
        return self._add([Stroke(points, self.path, False, None, 0.0, width, dashed=dashed)])

    def edge(self, points: Sequence[Point], fill: float | None = None) -> Canvas:
        """A closed form whose outline is drawn; `fill` is the lightness inside."""
        ring = (*points, points[0])
        return self._add([Stroke(ring, self.path, True, fill, 0.0, 0.75)])

    def fill(self, *polygons: Sequence[Point], lightness: float = 0.0) -> Canvas:
        """Filled polygons without an edge, in one operation."""
        return self._add([Stroke(tuple(p), self.path, True, lightness, None) for p in polygons])

    def lines(self, points: Sequence[Point]) -> Canvas:
        """A closed form as lines of their own, one after the other."""
        for a, b in zip(points, (*points[1:], points[0]), strict=True):
            self.line(a, b)
        return self

    def bars(self, box: BBox, thick: float = 0.7) -> Canvas:
        """A box as four thin filled ones."""
        x0, y0, x1, y1 = box
        h = thick / 2
        for bar in (
            (x0, y0 - h, x1, y0 + h),
            (x1 - h, y0, x1 + h, y1),
            (x0, y1 - h, x1, y1 + h),
            (x0 - h, y0, x0 + h, y1),
        ):
            self.fill(rectangle(bar))
        return self

    def ring(self, points: Sequence[Point], thick: float = 0.75) -> Canvas:
        """An outline as the area between two polygons."""
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        cx, cy = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
        wide = 1 + thick / (max(xs) - min(xs)), 1 + thick / (max(ys) - min(ys))
        thin = 2 - wide[0], 2 - wide[1]
        outer = [(cx + (x - cx) * wide[0], cy + (y - cy) * wide[1]) for x, y in points]
        inner = [(cx + (x - cx) * thin[0], cy + (y - cy) * thin[1]) for x, y in reversed(points)]
        return self.fill(outer, inner)

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> Canvas:
        """The rules of a table."""
        for y in ys:
            self.line((xs[0], y), (xs[-1], y))
        for x in xs:
            self.line((x, ys[0]), (x, ys[-1]))
        return self

    def symbol(self, kind: str, box: BBox) -> Canvas:
        """A symbol with a drawn edge."""
        return self.edge(SHAPES[kind](box))

    def arrow(self, *points: Point, size: float = 5.0, back: bool = False) -> Canvas:
        """A line with a filled head at its end; `back`: one at its start too."""
        self.line(*points)
        self.head(points[-2], points[-1], size)
        if back:
            self.head(points[1], points[0], size)
        return self

    def head(self, start: Point, tip: Point, size: float = 5.0) -> Canvas:
        """A filled triangle whose tip is where a line from `start` ends."""
        return self.fill(self.triangle(start, tip, size))

    @staticmethod
    def triangle(start: Point, tip: Point, size: float = 5.0) -> tuple[Point, Point, Point]:
        """The corners of a head: tip, left, right."""
        along = math.dist(start, tip)
        ux, uy = (tip[0] - start[0]) / along, (tip[1] - start[1]) / along
        x, y, half = tip[0] - ux * size, tip[1] - uy * size, size * 0.4
        return tip, (x - uy * half, y + ux * half), (x + uy * half, y - ux * half)

    def text(self, words: str, x: float, y: float, size: float = EM, angle: int = 0) -> Canvas:
        """Words from a place (left, base line) on; turned ones run upwards or downwards."""
        at = 0.0
        for word in words.split():
            long = 0.5 * size * len(word)
            box = {
                0: (x + at, y - size, x + at + long, y),
                90: (x - size, y - at - long, x, y - at),
                270: (x, y + at, x + size, y + at + long),
                180: (x - at - long, y, x - at, y + size),
            }[angle]
            self.words.append(Word(word, box, size, angle))
            at += long + 0.3 * size
        return self

    def _add(self, strokes: list[Stroke]) -> Canvas:
        self.strokes += strokes
        self.path += 1
        return self

    @property
    def ink(self) -> Ink:
        """What was drawn, read as ink."""
        return read_ink(self.strokes)

    def page(self, width: float = 842.0, height: float = 595.0) -> DrawnPage:
        """What was drawn as a page."""
        return DrawnPage(
            1, (width, height), tuple(self.words), tuple(self.strokes), tuple(self.pictures)
        )
