"""What a drawn page is made of, whatever drew it: words, strokes and pictures.

Coordinates are points as a reader sees the page (after its rotation), origin top left.
"""

from __future__ import annotations

from dataclasses import dataclass

from sopextract.core.geometry import BBox, Point


@dataclass(frozen=True, slots=True)
class Word:
    """One word. `angle` is the direction of writing: 0, 90 (upwards), 180 or 270 degrees.

    `size_pt` is the size of its font. `font` numbers the font within the document. `slanted` says
    that it runs across the page, as the words of a stamp or a watermark do. `score` says how surely
    it is what stands there: below 1 only where it was read from pixels.
    """

    text: str
    bbox: BBox
    size_pt: float
    angle: int = 0
    bold: bool = False
    font: int = 0
    slanted: bool = False
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Stroke:
    """One subpath, curves flattened. `path` numbers the drawing operation that it came with.

    `fill` is the lightness of the filling (0 black, 1 white), None when it is not filled; the same
    for `line` and the outline, whose width is `width_pt`. `score` says how surely it was drawn:
    below 1 only where it was traced from pixels. `flow` says that it is known to be no rule of a
    table.
    """

    points: tuple[Point, ...]
    path: int
    closed: bool
    fill: float | None
    line: float | None
    width_pt: float = 0.0
    dashed: bool = False
    score: float = 1.0
    flow: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A raster picture on the page."""

    bbox: BBox


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """Everything on one page; `number` counts from 1. `cut` says that strokes were left out.

    `left_out` are areas whose drawing was left out, being no part of a form.

    `unclear` are ends of lines at which there may be a head: only in what was traced from pixels.

    `unread` are the places of words that could not be read: only in what was read from pixels.

    `untrusted` is why its text may not be what is printed, in words for users.
    """

    number: int
    size_pt: tuple[float, float]
    words: tuple[Word, ...]
    strokes: tuple[Stroke, ...]
    pictures: tuple[Picture, ...] = ()
    cut: bool = False
    untrusted: str | None = None
    left_out: tuple[BBox, ...] = ()
    unclear: tuple[Point, ...] = ()
    unread: tuple[BBox, ...] = ()
