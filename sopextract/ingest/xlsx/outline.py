"""Which of the form's symbols an outline is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sopextract.core.geometry import Point
from sopextract.core.text import squeeze
from sopextract.ingest.xlsx.geometry import Box
from sopextract.ingest.xlsx.shapes import Shape
from sopextract.model.source import Outline

_PRESETS = {
    **dict.fromkeys(
        ("flowChartTerminator", "roundRect", "ellipse", "flowChartAlternateProcess"),
        (Outline.CAPSULE, 1.0),
    ),
    **dict.fromkeys(("rect", "flowChartProcess"), (Outline.BOX, 1.0)),
    **dict.fromkeys(("diamond", "flowChartDecision"), (Outline.DIAMOND, 1.0)),
    **dict.fromkeys(
        ("flowChartOffpageConnector", "homePlate", "pentagon"), (Outline.OFF_PAGE, 1.0)
    ),
    "round2SameRect": (Outline.CAPSULE, 0.7),
    # Symbols of other charts, which authors put where the form asks for the box.
    **dict.fromkeys(
        (
            "flowChartPredefinedProcess", "flowChartInternalStorage", "flowChartDocument",
            "flowChartMultidocument", "flowChartInputOutput", "parallelogram",
            "flowChartManualInput",
            "flowChartManualOperation", "flowChartPreparation", "flowChartOnlineStorage",
            "flowChartMagneticDisk", "can", "bevel", "plaque", "frame", "foldedCorner", "hexagon",
            "octagon", "trapezoid", "snip1Rect", "snip2SameRect", "round1Rect", "cube",
        ),
        (Outline.BOX, 0.6),
    ),
}  # fmt: skip
_SQUARE_CORNER = 0.04  # share of the shorter side; Excel's own rounding is 0.167
_CIRCLE = 0.6  # a small circle joins parts of a page in other charts; the form has none
_AT_EDGE = 0.05
# A box called a diamond was changed by its author, or became a box when LibreOffice wrote an .xls
# from a newer format: then it still is a diamond.
_OTHER_NAME = re.compile(r"diamond|decision|terminator|ellipse|oval|off-?page|round", re.IGNORECASE)
_NAMED_OTHERWISE = 0.5
_NEAR = 0.2  # share of the box by which a corner drawn by hand may be off


def find_outline(shape: Shape) -> tuple[Outline, float] | None:
    """The symbol that a shape is and how surely, or None for one that is none of the form's."""
    if shape.kind == "roundRect" and shape.rounding is not None and shape.rounding < _SQUARE_CORNER:
        return Outline.BOX, 0.8
    if shape.kind == "flowChartConnector":
        letter = len(squeeze(shape.text)) in (1, 2)
        return (Outline.OFF_PAGE if letter else Outline.CAPSULE), _CIRCLE
    if shape.kind == "rect" and _OTHER_NAME.search(shape.name):
        return Outline.BOX, _NAMED_OTHERWISE
    if shape.kind == "custom":
        return _by_corners(shape.path, shape.box, shape.curved)
    return _PRESETS.get(shape.kind)


def _by_corners(path: Sequence[Point], box: Box, curved: bool) -> tuple[Outline, float] | None:
    """A shape drawn freely, by where its corners lie in its box."""
    if not path or box.width <= 0 or box.height <= 0:
        return None
    corners = _corners(path, box)
    if curved:
        return Outline.CAPSULE, 0.7
    if len(corners) == 4:
        if all(_is_middle(x) != _is_middle(y) for x, y in corners):
            return Outline.DIAMOND, 0.9
        if not any(_is_middle(x) or _is_middle(y) for x, y in corners):
            return Outline.BOX, 0.9
    if len(corners) == 5 and (_is_pentagon(corners) or _is_pentagon([(y, x) for x, y in corners])):
        return Outline.OFF_PAGE, 0.9
    return (Outline.CAPSULE, 0.6) if len(corners) >= 8 else None


def _corners(path: Sequence[Point], box: Box) -> list[Point]:
    """The corners as shares of the box, neighbours in one place taken once."""
    found: list[Point] = []
    for x, y in path:
        share = ((x - box.left) / box.width, (y - box.top) / box.height)
        if not found or max(abs(share[0] - found[-1][0]), abs(share[1] - found[-1][1])) > 0.03:
            found.append(share)
    if len(found) > 1 and max(abs(found[0][i] - found[-1][i]) for i in (0, 1)) <= 0.03:
        found.pop()
    return found


def _is_middle(share: float) -> bool:
    return abs(share - 0.5) < _NEAR


def _is_pentagon(corners: Sequence[Point]) -> bool:
    """One corner in the middle of the upper or lower edge, two in the corners opposite to it."""
    tips = [y for x, y in corners if _is_middle(x) and min(y, 1 - y) < _AT_EDGE]
    flat = [x for x, y in corners if tips and abs(1 - tips[0] - y) < _AT_EDGE]
    return len(tips) == 1 and sorted(round(x) for x in flat) == [0, 1]
