"""Which of the form's symbols a drawn form is: by its name, or by its points."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sopextract.core.geometry import Point
from sopextract.ingest.docx.shape import Shape, bounds
from sopextract.model.source import Outline

# Names of DrawingML's preset forms (ECMA-376, 20.1.10.56), by the symbol that they stand for. The
# score says how surely: the rule knows five symbols, and other forms stand in for them.
_SURE, _USUAL, _STAND_IN = 1.0, 0.95, 0.6
_BY_NAME: dict[str, tuple[Outline, float]] = {
    "flowChartTerminator": (Outline.CAPSULE, _SURE),
    "roundRect": (Outline.CAPSULE, _USUAL),
    "ellipse": (Outline.CAPSULE, _USUAL),
    "flowChartAlternateProcess": (Outline.CAPSULE, _USUAL),
    "round2SameRect": (Outline.CAPSULE, _USUAL),
    "can": (Outline.CAPSULE, _STAND_IN),
    "flowChartDelay": (Outline.CAPSULE, _STAND_IN),
    "flowChartConnector": (Outline.CAPSULE, _STAND_IN),
    "rect": (Outline.BOX, _SURE),
    "flowChartProcess": (Outline.BOX, _SURE),
    "flowChartPredefinedProcess": (Outline.BOX, _STAND_IN),
    "flowChartInternalStorage": (Outline.BOX, _STAND_IN),
    "flowChartDocument": (Outline.BOX, _STAND_IN),
    "flowChartMultidocument": (Outline.BOX, _STAND_IN),
    "flowChartInputOutput": (Outline.BOX, _STAND_IN),
    "flowChartManualInput": (Outline.BOX, _STAND_IN),
    "flowChartManualOperation": (Outline.BOX, _STAND_IN),
    "parallelogram": (Outline.BOX, _STAND_IN),
    "snip1Rect": (Outline.BOX, _STAND_IN),
    "bevel": (Outline.BOX, _STAND_IN),
    "diamond": (Outline.DIAMOND, _SURE),
    "flowChartDecision": (Outline.DIAMOND, _SURE),
    "flowChartSort": (Outline.DIAMOND, _STAND_IN),
    "flowChartOffpageConnector": (Outline.OFF_PAGE, _SURE),
    "pentagon": (Outline.OFF_PAGE, _USUAL),
    "homePlate": (Outline.OFF_PAGE, _USUAL),
}
_LINES = frozenset(
    ("line", "straightConnector1", "bentConnector2", "bentConnector3", "bentConnector4",
     "bentConnector5", "curvedConnector2", "curvedConnector3", "curvedConnector4",
     "curvedConnector5")
)  # fmt: skip
# Thick arrows drawn as forms: their path through the unit square, and where heads are.
BLOCK_ARROWS: dict[str, tuple[tuple[Point, ...], bool, bool]] = {
    "rightArrow": (((0, 0.5), (1, 0.5)), False, True),
    "leftArrow": (((1, 0.5), (0, 0.5)), False, True),
    "downArrow": (((0.5, 0), (0.5, 1)), False, True),
    "upArrow": (((0.5, 1), (0.5, 0)), False, True),
    "leftRightArrow": (((0, 0.5), (1, 0.5)), True, True),
    "upDownArrow": (((0.5, 0), (0.5, 1)), True, True),
    "notchedRightArrow": (((0, 0.5), (1, 0.5)), False, True),
    "stripedRightArrow": (((0, 0.5), (1, 0.5)), False, True),
    "bentArrow": (((0.15, 1), (0.15, 0.25), (1, 0.25)), False, True),
    "bentUpArrow": (((0, 0.85), (0.75, 0.85), (0.75, 0)), False, True),
}
_ON_EDGE = 0.06  # of the box's size: how far from an edge a corner still lies on it
_ROUND = 0.75  # of the longer side: what is flatter is a capsule
_LETTERED = 2  # characters of a mark that joins pages: "A", "1", "A1"


def is_line(geometry: str) -> bool:
    """Whether a preset form is a line."""
    return geometry in _LINES


def find_outline(shape: Shape) -> tuple[Outline, float] | None:
    """The symbol that a form is, and how surely; None for a form that is none of them."""
    if shape.geometry == "custom":
        return outline_of_points(shape.points)
    found = _BY_NAME.get(shape.geometry)
    if shape.geometry in ("flowChartConnector", "ellipse") and _is_lettered_circle(shape):
        return (Outline.OFF_PAGE, _STAND_IN)
    return found


def _is_lettered_circle(shape: Shape) -> bool:
    """Whether a form is a circle with a letter in it, which joins two places."""
    left, top, right, bottom = shape.bbox
    wide, high = right - left, bottom - top
    round_ = min(wide, high) >= _ROUND * max(wide, high)
    return round_ and 0 < len(shape.text.strip()) <= _LETTERED


def outline_of_points(points: Sequence[Point]) -> tuple[Outline, float] | None:
    """The symbol that a closed path is, by where its corners lie in its box."""
    corners = _corners(points)
    left, top, right, bottom = bounds(points)
    width, height = right - left, bottom - top
    if len(corners) < 4 or width <= 0 or height <= 0:
        return None
    unit = [((x - left) / width, (y - top) / height) for x, y in corners]
    if len(unit) == 4 and all(_is_middle(p) for p in unit):
        return (Outline.DIAMOND, 0.95)
    in_corner = [p for p in unit if _near_edge(p[0]) and _near_edge(p[1])]
    if len(unit) == 4 and len(in_corner) == 4:
        return (Outline.BOX, 0.95)
    if len(unit) == 5 and len(in_corner) == 2 and any(_is_middle(p) for p in unit):
        return (Outline.OFF_PAGE, 0.9)
    if len(unit) > 5 and not in_corner and _is_convex(unit):
        return (Outline.CAPSULE, 0.8)
    return None


def _is_convex(corners: Sequence[Point]) -> bool:
    """Whether a path turns one way only; an arrow or a star does not."""
    turns = []
    for i, here in enumerate(corners):
        before, after = corners[i - 1], corners[(i + 1) % len(corners)]
        turns.append(
            (here[0] - before[0]) * (after[1] - here[1])
            - (here[1] - before[1]) * (after[0] - here[0])
        )
    return all(t >= 0 for t in turns) or all(t <= 0 for t in turns)


def _near_edge(share: float) -> bool:
    return share <= _ON_EDGE or share >= 1 - _ON_EDGE


def _is_middle(point: Point) -> bool:
    """Whether a corner lies in the middle of an edge of the box."""
    x, y = point
    middle_x, middle_y = abs(x - 0.5) <= 2 * _ON_EDGE, abs(y - 0.5) <= 2 * _ON_EDGE
    return (middle_x and _near_edge(y)) or (middle_y and _near_edge(x))


def _corners(points: Sequence[Point]) -> list[Point]:
    """The points at which a closed path turns; one that repeats the first or lies between goes."""
    left, top, right, bottom = bounds(points)
    least = 0.02 * max(right - left, bottom - top)
    kept: list[Point] = []
    for point in points:
        if not kept or math.dist(point, kept[-1]) > least:
            kept.append(point)
    if len(kept) > 1 and math.dist(kept[0], kept[-1]) <= least:
        kept.pop()
    turning = []
    for i, here in enumerate(kept):
        before, after = kept[i - 1], kept[(i + 1) % len(kept)]
        turn = math.atan2(after[1] - here[1], after[0] - here[0]) - math.atan2(
            here[1] - before[1], here[0] - before[0]
        )
        if abs(math.sin(turn / 2)) > 0.08:  # about nine degrees: less is a straight side
            turning.append(here)
    return turning
