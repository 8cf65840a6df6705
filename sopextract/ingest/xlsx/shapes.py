"""What a drawing of a worksheet holds, whatever its format: shapes, lines, pictures."""

from __future__ import annotations

from dataclasses import dataclass

from sopextract.core.geometry import Point
from sopextract.ingest.xlsx.geometry import Box


@dataclass(frozen=True, slots=True)
class Shape:
    """One closed shape or text box.

    `kind` is the preset's name in DrawingML ("flowChartDecision"), or "custom"; `key` is what
    connectors call it, unique in most drawings. `box` is what it covers on the sheet, `path` the
    corners of a custom one. `drawn` says that its outline shows; `text_box` that it was put there
    to hold text. `rounding` is the share of a rounded corner, None for the usual one. `name` is
    what the program called the shape when it was made. `dashed` says that its outline is.
    """

    key: str
    kind: str
    box: Box
    text: str = ""
    drawn: bool = True
    text_box: bool = False
    path: tuple[Point, ...] = ()
    curved: bool = False
    rounding: float | None = None
    name: str = ""
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line from its start to its end, with the shapes that it is glued to, by their keys."""

    path: tuple[Point, ...]
    start_key: str | None = None
    end_key: str | None = None
    start_head: bool = False
    end_head: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """All that is drawn on a sheet, in points from its top left, bottom layer first.

    `strokes` are shapes that are neither symbol nor line (arcs, braces).
    """

    shapes: tuple[Shape, ...] = ()
    lines: tuple[Line, ...] = ()
    pictures: tuple[Box, ...] = ()
    strokes: tuple[Box, ...] = ()
