"""Sheets drawn with OpenCV for the stages that read pixels; all measures are points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from sopextract.core.geometry import BBox, Point
from sopextract.ingest.page.rules import Rule
from sopextract.ingest.page.strokes import Word
from sopextract.ingest.scan.raster import READING_DPI, Grey, Mask, Pixels, Raster
from tests.ingest.page.canvas import SHAPES

PER_PT = READING_DPI / 72
Colour = tuple[int, int, int]
BLACK, BLUE = (20, 20, 20), (40, 70, 190)
_SHIFT = 4  # OpenCV draws at sixteenths of a pixel


@dataclass(slots=True)
class Sheet:
    """White paper; `said` are the words written on it, with the boxes of their ink."""

    width: float
    height: float
    pixels: Pixels = field(init=False)
    said: list[tuple[str, BBox]] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        shape = (round(self.height * PER_PT), round(self.width * PER_PT), 3)
        self.pixels = np.full(shape, 255, np.uint8)

    def line(
        self,
        *points: Point,
        width: float = 0.75,
        colour: Colour = BLACK,
        dash: tuple[float, float] | None = None,
    ) -> None:
        """A polyline; `dash` is how long its dashes and the gaps between them are."""
        pieces = [points] if dash is None else list(_dashes(points, *dash))
        for piece in pieces:
            thick = max(1, round(width * PER_PT))
            cv2.polylines(
                self.pixels, [_fixed(piece)], False, colour, thick, cv2.LINE_AA, shift=_SHIFT
            )

    def shape(self, kind: str, box: BBox, width: float = 0.75, colour: Colour = BLACK) -> None:
        """The outline of a symbol, named as in `SHAPES`."""
        points = SHAPES[kind](box)
        self.line(*points, points[0], width=width, colour=colour)

    def fill(self, *points: Point, colour: Colour = BLACK) -> None:
        """A filled polygon."""
        cv2.fillPoly(self.pixels, [_fixed(points)], colour, cv2.LINE_AA, shift=_SHIFT)

    def head(self, tip: Point, way: Point, colour: Colour = BLACK) -> None:
        """A filled head of 5 by 4 points; `way` is where it points, a unit vector."""
        self.fill(*_barbs(tip, way), colour=colour)

    def open_head(self, tip: Point, way: Point) -> None:
        """A head of two strokes."""
        tip, a, b = _barbs(tip, way)
        self.line(a, tip, b)

    def ring(self, middle: Point, radius: float, width: float = 1.5, colour: Colour = BLUE) -> None:
        """A circle."""
        at = _fixed([middle])[0]
        thick, size = round(width * PER_PT), round(radius * PER_PT * 2**_SHIFT)
        cv2.circle(self.pixels, tuple(at.tolist()), size, colour, thick, cv2.LINE_AA, shift=_SHIFT)

    def table(self, columns: Sequence[float], rows: Sequence[float], width: float = 0.75) -> None:
        """Rules at these places, from the first to the last the other way."""
        for x in columns:
            self.line((x, rows[0]), (x, rows[-1]), width=width)
        for y in rows:
            self.line((columns[0], y), (columns[-1], y), width=width)

    def wipe(self, box: BBox) -> None:
        """White paper again."""
        x0, y0, x1, y1 = (round(v * PER_PT) for v in box)
        self.pixels[y0:y1, x0:x1] = 255

    def write(self, text: str, at: Point, size: float = 8.0, colour: Colour = BLACK) -> BBox:
        """Text whose top left stands there; the box of its ink."""
        picture = Image.fromarray(self.pixels)
        font = ImageFont.load_default(size * PER_PT)
        where = (at[0] * PER_PT, at[1] * PER_PT)
        draw = ImageDraw.Draw(picture)
        draw.text(where, text, fill=colour, font=font)
        self.pixels = np.array(picture, np.uint8)
        x0, y0, x1, y1 = (v / PER_PT for v in draw.textbbox(where, text, font=font))
        self.said.append((text, (x0, y0, x1, y1)))
        return x0, y0, x1, y1

    @property
    def raster(self) -> Raster:
        """The page."""
        return Raster(self.pixels, PER_PT)

    @property
    def grey(self) -> Grey:
        """Lightness."""
        return np.asarray(self.pixels.mean(axis=2), np.uint8)

    @property
    def dark(self) -> Mask:
        """Where there is ink."""
        return np.asarray(self.grey < 128)


def as_rows(rules: Sequence[Rule]) -> list[tuple[str, int, int, int]]:
    """Rules as their direction, place, start and end in whole points, in order."""
    return sorted(
        ("level" if r.level else "upright", round(r.at), round(r.start), round(r.end))
        for r in rules
    )


def words_of(sheet: Sheet) -> tuple[Word, ...]:
    """What is written on a sheet, as if read."""
    return tuple(Word(text, box, box[3] - box[1]) for text, box in sheet.said)


def _fixed(points: Sequence[Point]) -> npt.NDArray[np.int32]:
    """Points as OpenCV takes them: from the middle of the first pixel, in sixteenths."""
    at = np.array(points, np.float64) * PER_PT - 0.5
    return np.asarray(np.round(at * 2**_SHIFT), np.int32)


def _barbs(tip: Point, way: Point) -> tuple[Point, Point, Point]:
    back = (tip[0] - 5 * way[0], tip[1] - 5 * way[1])
    side = (2 * way[1], 2 * way[0])
    return tip, (back[0] - side[0], back[1] - side[1]), (back[0] + side[0], back[1] + side[1])


def _dashes(points: Sequence[Point], on: float, off: float) -> list[tuple[Point, Point]]:
    found = []
    for a, b in pairwise(points):
        length = float(np.hypot(b[0] - a[0], b[1] - a[1]))
        ux, uy = (b[0] - a[0]) / length, (b[1] - a[1]) / length
        for start in np.arange(0.0, length, on + off).tolist():
            end = min(start + on, length)
            found.append(
                ((a[0] + ux * start, a[1] + uy * start), (a[0] + ux * end, a[1] + uy * end))
            )
    return found
