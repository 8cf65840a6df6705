"""How a page comes to lie in its picture: skewed, stretched, in perspective, curled, turned.

Places are shares of width and height (0 to 1, origin top left), so that they hold at any dots an
inch: the truth of a made scan is the place in the vector page, carried over.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image

Point = tuple[float, float]
Colour = tuple[int, int, int]
_STRIPS = 28  # pieces across and down in which a page is bent; each is straight, 0.4 inch wide


@dataclass(frozen=True)
class Bend:
    """What was done to the paper.

    `skew_deg` clockwise; `stretch` of width and height; `corners` how far each corner moved (top
    left, top right, bottom right, bottom left; shares); `curl` the height of the wave, a share of
    the height, that starts at `phase` radians; `margin` what shows around the paper, a share.
    """

    skew_deg: float = 0.0
    stretch: Point = (1.0, 1.0)
    corners: tuple[Point, Point, Point, Point] = ((0, 0), (0, 0), (0, 0), (0, 0))
    curl: float = 0.0
    phase: float = 0.0
    margin: float = 0.0


@dataclass(frozen=True)
class Warp:
    """A bend of a page of `size` pixels, then a turn clockwise by 0, 90, 180 or 270 degrees."""

    bend: Bend
    size: tuple[int, int]
    turn: int = 0

    def place(self, point: Point) -> Point:
        """Where a point of the flat page lies in the picture as it is seen."""
        x, y = _project(self._matrix(), point[0] * self.size[0], point[1] * self.size[1])
        y += self._wave(x)
        width, height = self.canvas
        return _turned((x / width, y / height), self.turn)

    @property
    def canvas(self) -> tuple[int, int]:
        """Width and height of the picture in pixels before it is turned."""
        grown = 1 + 2 * self.bend.margin
        return round(self.size[0] * grown), round(self.size[1] * grown)

    def box(self, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        """The box around a box of the flat page; its corners and the middles of its sides."""
        left, top, right, bottom = box
        xs, ys = (left, (left + right) / 2, right), (top, (top + bottom) / 2, bottom)
        found = [self.place((x, y)) for x in xs for y in ys]
        return (
            min(p[0] for p in found),
            min(p[1] for p in found),
            max(p[0] for p in found),
            max(p[1] for p in found),
        )

    def _wave(self, x: float) -> float:
        bend = self.bend
        if not bend.curl:
            return 0.0
        return bend.curl * self.size[1] * math.sin(bend.phase + math.pi * x / self.canvas[0])

    def _matrix(self) -> np.ndarray:
        """Flat pixels to pixels of the picture, as a homography."""
        width, height = self.size
        bend = self.bend
        angle = math.radians(bend.skew_deg)
        flat = [(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)]
        lying: list[Point] = []
        for (x, y), (dx, dy) in zip(flat, bend.corners, strict=True):
            x, y = (x - width / 2) * bend.stretch[0], (y - height / 2) * bend.stretch[1]
            lying.append(
                (
                    x * math.cos(angle) - y * math.sin(angle) + self.canvas[0] / 2 + dx * width,
                    x * math.sin(angle) + y * math.cos(angle) + self.canvas[1] / 2 + dy * height,
                )
            )
        return _homography(flat, lying)

    def apply(self, page: Image.Image, ground: Colour) -> Image.Image:
        """The picture of a page of `size`; what lies beside the paper is `ground`. Not turned."""
        back = np.linalg.inv(self._matrix())
        width, height = self.canvas
        xs = [round(width * i / _STRIPS) for i in range(_STRIPS + 1)]
        ys = [round(height * i / _STRIPS) for i in range(_STRIPS + 1)]

        def source(x: float, y: float) -> Point:
            return _project(back, x, y - self._wave(x))

        mesh = [
            (
                (x0, y0, x1, y1),
                (*source(x0, y0), *source(x0, y1), *source(x1, y1), *source(x1, y0)),
            )
            for x0, x1 in itertools.pairwise(xs)
            for y0, y1 in itertools.pairwise(ys)
        ]
        return page.transform(
            (width, height),
            Image.Transform.MESH,
            mesh,
            resample=Image.Resampling.BICUBIC,
            fillcolor=ground,
        )


_TURNS = {
    90: Image.Transpose.ROTATE_270,  # Pillow turns the other way round
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}


def turn_picture(picture: Image.Image, turn: int) -> Image.Image:
    """The picture turned clockwise by a multiple of 90 degrees."""
    return picture.transpose(_TURNS[turn]) if turn else picture


def _turned(point: Point, turn: int) -> Point:
    x, y = point
    return {0: (x, y), 90: (1 - y, x), 180: (1 - x, 1 - y), 270: (y, 1 - x)}[turn]


def _homography(flat: Sequence[Point], lying: Sequence[Point]) -> np.ndarray:
    """The 3 by 3 matrix that takes four points to four others."""
    rows: list[list[float]] = []
    wanted: list[float] = []
    for (x, y), (u, v) in zip(flat, lying, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y])
        wanted += [u, v]
    found = np.linalg.solve(np.array(rows), np.array(wanted))
    return np.append(found, 1.0).reshape(3, 3)


def _project(matrix: np.ndarray, x: float, y: float) -> Point:
    u, v, w = matrix @ np.array((x, y, 1.0))
    return float(u / w), float(v / w)
