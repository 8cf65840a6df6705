"""One drawn shape of a Word file, whichever of its two drawing languages it came from."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sopextract.core.geometry import Affine, Point

if TYPE_CHECKING:
    from sopextract.ingest.docx.story import Content


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a shape says it lies: its box, flipped and then turned about its middle (degrees)."""

    left: float
    top: float
    width: float
    height: float
    rotation: float = 0.0
    flip_h: bool = False
    flip_v: bool = False

    def placed(self) -> Affine:
        """From the unit square to the box."""
        middle = (self.left + self.width / 2, self.top + self.height / 2)
        turn = math.radians(self.rotation)
        cos, sin = math.cos(turn), math.sin(turn)
        turned = Affine(cos, sin, -sin, cos, *middle)
        wide = -self.width if self.flip_h else self.width
        high = -self.height if self.flip_v else self.height
        return turned.after(Affine(wide, 0, 0, high, -wide / 2, -high / 2))

    def holding(self, left: float, top: float, width: float, height: float) -> Affine:
        """From the coordinates in which a group counts (their box given) to the group's box."""
        wide, high = width or 1.0, height or 1.0
        return self.placed().after(Affine(1 / wide, 0, 0, 1 / high, -left / wide, -top / high))


@dataclass(frozen=True, slots=True)
class Shape:
    """One shape; points are in points from the top left of its drawing.

    `geometry` is the name that DrawingML gives the form, `custom` for one by its points, `picture`
    for an image. `points` is the path of a line from its start to its end, else the corners.
    `closed` tells a form from a line. `arrow_start` and `arrow_end` are the heads drawn. `lined`
    and `filled` say whether the outline or the inside shows; `textbox` that it was made for text.
    `names` are what connectors call it; `start` and `end` what this connector is glued to.
    `dashed` says that the outline is.
    """

    geometry: str
    points: tuple[Point, ...]
    closed: bool = True
    text: str = ""
    content: Content = ()
    lined: bool = True
    filled: bool = False
    textbox: bool = False
    arrow_start: bool = False
    arrow_end: bool = False
    names: tuple[str, ...] = ()
    start: str | None = None
    end: str | None = None
    rotation: float = 0.0
    dashed: bool = False

    @property
    def bbox(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        return bounds(self.points)


def bounds(points: Sequence[Point]) -> tuple[float, float, float, float]:
    """The box round some points: left, top, right, bottom."""
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return (min(xs), min(ys), max(xs), max(ys))


@dataclass(frozen=True, slots=True)
class Axis:
    """Where a drawing lies along one axis: from what, how far in points, or aligned how."""

    origin: str = "column"
    offset_pt: float = 0.0
    align: str | None = None


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is anchored at one spot of a paragraph. `size_pt` is width and height.

    `inline` stands in the line like a letter; `in_cell` says that an anchor in a table counts from
    its cell.
    """

    shapes: tuple[Shape, ...]
    size_pt: tuple[float, float]
    across: Axis = Axis()
    down: Axis = Axis("paragraph")
    inline: bool = False
    in_cell: bool = True
