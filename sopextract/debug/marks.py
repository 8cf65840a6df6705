"""The marks on a picture: symbols by kind, connectors with their direction, boxes."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw

from sopextract.core.geometry import BBox, Point
from sopextract.debug.palette import BLACK, WHITE, Colour, font_of
from sopextract.model.source import Outline

_HEAD = 5.0  # points: heads of drawn sheets measure 4 to 9
_MAX_PIXELS = 40_000_000  # 120 MB while it is drawn; A3 at four pixels a point has 16 million


def bounded_scale(scale: float, size_pt: tuple[float, float]) -> float:
    """The scale, or a smaller one at which a page of this size stays within bounds."""
    width, height = (max(1.0, side) for side in size_pt)
    return min(scale, math.sqrt(_MAX_PIXELS / (width * height)))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A picture to draw on: everything is given in points, `scale` pixels make one."""

    picture: Image.Image
    scale: float

    @property
    def _draw(self) -> ImageDraw.ImageDraw:
        return ImageDraw.Draw(self.picture, "RGBA")

    def _px(self, points: Iterable[Point]) -> list[Point]:
        return [(x * self.scale, y * self.scale) for x, y in points]

    def _width(self, pt: float) -> int:
        return max(1, round(pt * self.scale))

    def box(self, box: BBox, colour: Colour, width_pt: float = 0.5, tint: int = 0) -> None:
        """A frame, filled with `tint` of 255 parts of its colour."""
        corners = [v * self.scale for v in box]
        fill = (*colour, tint) if tint else None
        self._draw.rectangle(corners, fill=fill, outline=colour, width=self._width(width_pt))

    def line(self, points: Sequence[Point], colour: Colour, width_pt: float = 1.0) -> None:
        """A line through points."""
        if len(points) > 1:
            self._draw.line(self._px(points), fill=colour, width=self._width(width_pt))

    def text(self, at: Point, words: str, size_pt: float, colour: Colour = BLACK) -> None:
        """Words with a pale rim, so that they can be read on lines."""
        self._draw.text(
            (at[0] * self.scale, at[1] * self.scale),
            words,
            fill=colour,
            font=font_of(size_pt * self.scale),
            stroke_width=self._width(0.5),
            stroke_fill=(*WHITE, 200),
        )

    def ring(self, at: Point, colour: Colour, radius_pt: float = 2.5) -> None:
        """A small circle."""
        x, y, r = at[0] * self.scale, at[1] * self.scale, radius_pt * self.scale
        self._draw.ellipse((x - r, y - r, x + r, y + r), outline=colour, width=self._width(0.8))

    def symbol(self, kind: Outline, box: BBox, colour: Colour) -> None:
        """One of the form's symbols in a box, tinted."""
        x0, y0, x1, y1 = box
        draw, width, fill = self._draw, self._width(1.2), (*colour, 28)
        if kind is Outline.CAPSULE:
            corners = [v * self.scale for v in box]
            # a hair less than half: Pillow draws the sides between the corners, one pixel at least
            radius = max(0.0, min(x1 - x0, y1 - y0) * self.scale / 2 - 1)
            draw.rounded_rectangle(corners, radius, fill=fill, outline=colour, width=width)
            return
        points = self._px(_corners(kind, box))
        draw.polygon(points, fill=fill)
        draw.line([*points, points[0]], fill=colour, width=width, joint="curve")

    def arrow(self, points: Sequence[Point], colour: Colour, head: bool) -> None:
        """A line from a small circle at its tail to a head, if it has one."""
        if not points:
            return
        self.line(points, colour, 1.2)
        self.ring(points[0], colour, 1.6)
        if head:
            self._draw.polygon(self._px(_head(points)), fill=colour)


def _corners(kind: Outline, box: BBox) -> tuple[Point, ...]:
    x0, y0, x1, y1 = box
    cx, cy = (x0 + x1) / 2, (y0 + y1) / 2
    if kind is Outline.DIAMOND:
        return (cx, y0), (x1, cy), (cx, y1), (x0, cy)
    if kind is Outline.OFF_PAGE:
        knee = y0 + 0.6 * (y1 - y0)
        return (x0, y0), (x1, y0), (x1, knee), (cx, y1), (x0, knee)
    return (x0, y0), (x1, y0), (x1, y1), (x0, y1)


def _head(points: Sequence[Point]) -> tuple[Point, ...]:
    """A triangle whose tip is the last point, in the direction of the last leg with a length."""
    tip = points[-1]
    back = next((p for p in reversed(points) if math.dist(p, tip) > 0.5), (tip[0], tip[1] - 1.0))
    size = math.dist(tip, back)
    ux, uy = (tip[0] - back[0]) / size, (tip[1] - back[1]) / size
    x, y = tip[0] - ux * _HEAD, tip[1] - uy * _HEAD
    half = _HEAD * 0.4
    return tip, (x - uy * half, y + ux * half), (x + uy * half, y - ux * half)


def nearest_place(points: Sequence[Point], box: BBox) -> Point:
    """The middle of the leg or the corner of a line that is nearest to a box's middle."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    middles = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in itertools.pairwise(points)]
    return min((*points, *middles), key=lambda p: math.dist(p, (x, y)))
