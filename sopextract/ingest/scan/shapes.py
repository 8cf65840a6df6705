"""The ideal shapes of the form's symbols, and which of them a region of pixels is."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
import numpy.typing as npt

from sopextract.core.geometry import BBox, Point
from sopextract.ingest.scan.raster import Grey
from sopextract.model.source import Outline as Kind

Floats = npt.NDArray[np.float64]

# A region's outline may differ from the ideal one by so much of its area: noise moves an outline by
# a pixel, which is 8 per cent of the smallest box.
FIT_GOOD, FIT_LEAST = 0.94, 0.86
_EVEN = 0.87  # of its wider end the other has; where a rule cuts it 0.75 to 0.8
# A head that sticks to a symbol: its share of the symbol's width or height at most, and by which
# share more the symbol begins at once. The slopes of diamonds and tips grow by less.
_STUB, _JUMP = 0.5, 0.35
# Of its box a diamond of the smallest size fills 0.67 with the pixels of its rim: with what
# fills more than this it shares less than `FIT_LEAST`.
_NO_DIAMOND = 0.82
_BITTEN = 0.7  # of a flat diamond a word that fills it leaves three quarters
_JUMP_ROWS = 3  # pixels within which it begins
_STUB_DEEP = 0.45  # of the whole region a stub is no longer than this
_NECK = 2  # pixels: a head that sticks to a tip is as much wider than where it sticks


def is_cut(region: Grey) -> bool:
    """Whether a round form is much wider at its top or its bottom: a rule cuts it."""
    depth = min(2, region.shape[0] // 4)
    spans = [np.ptp(np.flatnonzero(region[row])) + 1 for row in (depth, -1 - depth)]
    return float(min(spans)) < _EVEN * float(max(spans))


def without_stubs(region: Grey, least: int) -> Grey:
    """A region without what sticks out of its four sides: heads and ends of lines.

    Such a stub is much narrower than the side at which it stands, and at least `least` pixels long.
    One that sticks to a tip is wider than the neck between them: forms only grow to their middle.
    """
    left = region.copy()
    for grid in (left, left[::-1], left.T, left.T[::-1]):
        widths = grid.sum(axis=1).astype(np.float64)
        rows = np.flatnonzero(widths)
        if not len(rows):
            continue
        first, widest = int(rows[0]), widths.max()
        deep = min(len(widths) - _JUMP_ROWS, first + int(_STUB_DEEP * len(rows)))
        for row in range(deep - 1, first + least - 1, -1):
            narrow = widths[first:row].max() <= _STUB * widest
            if narrow and widths[row + _JUMP_ROWS - 1] - widths[row - 1] >= _JUMP * widest:
                grid[:row] = 0
                break
        else:
            grid[: _neck(widths, first, deep, _STUB * widest)] = 0
    return left


def _neck(widths: Floats, first: int, deep: int, most: float) -> int:
    """The row at which a form's end is narrowest, where it is wider before; 0 where none is."""
    if deep - first < _JUMP_ROWS:
        return 0
    neck = deep - 1 - int(np.argmin(widths[first:deep][::-1]))  # the innermost of the narrowest
    before = float(widths[first:neck].max()) if neck > first else 0.0
    inside = float(widths[neck:deep].max())
    is_neck = before <= most and before >= widths[neck] + _NECK and inside > before
    return neck if is_neck else 0


def ideal_outline(kind: Kind, box: BBox) -> tuple[Point, ...]:
    """The outline of a symbol that fills a box, as a printer draws it."""
    x0, y0, x1, y1 = box
    cx, cy = (x0 + x1) / 2, (y0 + y1) / 2
    if kind is Kind.DIAMOND:
        return (cx, y0), (x1, cy), (cx, y1), (x0, cy)
    if kind is Kind.OFF_PAGE:
        knee = y0 + 0.62 * (y1 - y0)
        return (x0, y0), (x1, y0), (x1, knee), (cx, y1), (x0, knee)
    if kind is Kind.DOCUMENT:
        return tuple((x0 + x * (x1 - x0), y0 + y * (y1 - y0)) for x, y in _SHEET)
    if kind is Kind.CAPSULE:
        radius = min(x1 - x0, y1 - y0) / 2
        right, left = np.linspace(-90, 90, 9), np.linspace(90, 270, 9)
        return tuple(
            (float(mx + radius * np.cos(np.radians(a))), float(my + radius * np.sin(np.radians(a))))
            for mx, my, arc in (
                (x1 - radius, (y0 + y1) / 2, right),
                (x0 + radius, (y0 + y1) / 2, left),
            )
            for a in arc
        )
    return (x0, y0), (x1, y0), (x1, y1), (x0, y1)


def _wave(*corners: Point) -> tuple[Point, ...]:
    """A cubic curve through its end points, drawn to its two handles."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = corners
    points = []
    for k in range(_WAVE_POINTS + 1):
        t = k / _WAVE_POINTS
        u = 1 - t
        a, b, c, d = u**3, 3 * u * u * t, 3 * u * t * t, t**3
        points.append((a * ax + b * bx + c * cx + d * dx, a * ay + b * by + c * cy + d * dy))
    return tuple(points)


# The preset forms flowChartDocument and flowChartMultidocument (ECMA-376, annex D), in a unit box.
_WAVE_POINTS = 12
_SHEET = (
    (0.0, 0.0), (1.0, 0.0), *_wave((1.0, 0.802), (0.5, 0.802), (0.5, 1.108), (0.0, 0.934)),
)  # fmt: skip
_STACK = (
    (0.0, 0.17), (0.071, 0.17), (0.071, 0.084), (0.138, 0.084), (0.138, 0.0), (1.0, 0.0),
    (1.0, 0.666), (0.926, 0.67), (0.926, 0.752), (0.861, 0.757),
    *_wave((0.861, 0.834), (0.43, 0.834), (0.43, 1.09), (0.0, 0.962)),
)  # fmt: skip
# A worn box is a little like a sheet: this must fit better by so much.
_NO_FORM_COST = 0.03
# Of its height a sheet has near its left side at least, and near its right side (0.95 and 0.81 in
# the preset form; worn by a pixel of 40).
_WAVE_LEFT, _WAVE_RIGHT = 0.86, (0.7, 0.92)

_Ideal = tuple[Kind, float, float, float]


def best_ideal(region: Grey, solid: bool = False) -> _Ideal | None:
    """The kind whose ideal shape shares most with a region, how much, and by which share of its
    width and height it goes on beyond the region on each side; None for none of them.
    """
    height, width = region.shape
    best: _Ideal | None = None
    full = cv2.countNonZero(region) > _NO_DIAMOND * height * width
    for kind, beyond, shape in _ideals(width, height, solid, full):
        both = np.count_nonzero(region & shape)
        either = np.count_nonzero(region | shape)
        fit = float(both / either) if either else 0.0
        fit -= _NO_FORM_COST if kind is Kind.DOCUMENT else 0.0
        if best is None or fit > best[1]:
            best = (kind, fit, *beyond)
    return best if best is not None and best[1] >= FIT_LEAST else None


def _ideals(width: int, height: int, solid: bool, full: bool) -> Iterator[tuple[Kind, Point, Grey]]:
    """The shapes of a size: box, sheet, capsule, rounded box, ellipse, diamond, pentagons.

    What is `solid` may be a stack of sheets; what is `full` is no diamond.
    The tips of a diamond are thin and may be lost: such ones go on beyond the size.
    """
    whole = (0.0, 0.0)

    def polygon(*corners: Point) -> Grey:
        shape: Grey = np.zeros((height, width), np.uint8)
        at = np.array([(x * (width - 1), y * (height - 1)) for x, y in corners])
        cv2.fillPoly(shape, [np.round(at).astype(np.int32)], 1)
        return shape

    yield Kind.BOX, whole, np.ones((height, width), np.uint8)
    for x in () if full else (0.0, 0.02, 0.04, 0.06, 0.08, 0.1, 0.12):
        for y in (0.0, 0.03, 0.06):
            tips = ((0.5, -y), (1 + x, 0.5), (0.5, 1 + y), (-x, 0.5))
            yield Kind.DIAMOND, (x, y), polygon(*tips)
    yield Kind.CAPSULE, whole, _rounded(width, height, min(width, height) / 2)
    yield Kind.CAPSULE, whole, _rounded(width, height, min(width, height) / 3.2)
    ellipse: Grey = np.zeros((height, width), np.uint8)
    middle = (int(width / 2), int(height / 2))
    cv2.ellipse(ellipse, middle, (max(1, width // 2), max(1, height // 2)), 0, 0, 360, 1, -1)
    yield Kind.CAPSULE, whole, ellipse
    for sheets in (_SHEET, _STACK) if solid else (_SHEET,):
        yield Kind.DOCUMENT, whole, polygon(*sheets)
    for knee in (0.5, 0.62, 0.75):
        for way in (1, -1):  # down, up
            a, b = (0.0, 1.0) if way > 0 else (1.0, 0.0)
            at = a + way * knee
            yield Kind.OFF_PAGE, whole, polygon((0, a), (1, a), (1, at), (0.5, b), (0, at))
    for knee in (0.65, 0.78):
        yield Kind.OFF_PAGE, whole, polygon((0, 0), (knee, 0), (1, 0.5), (knee, 1), (0, 1))
        yield Kind.OFF_PAGE, whole, polygon((1, 0), (1 - knee, 0), (0, 0.5), (1 - knee, 1), (1, 1))


def whole_diamond(region: Grey) -> Grey | None:
    """A region with what letters that touch its outline take of it, if that makes it a diamond."""
    size = cv2.countNonZero(region)
    outlines, _ = cv2.findContours(region, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    around = cv2.convexHull(np.concatenate(outlines))
    x, y, w, h = cv2.boundingRect(around)
    hull = np.asarray(cv2.fillConvexPoly(np.zeros_like(region), around, 1), np.uint8)
    whole = cv2.countNonZero(hull)
    if not _BITTEN * whole <= size < whole or whole > _NO_DIAMOND * w * h:
        return None
    ideal = best_ideal(hull[y : y + h, x : x + w])
    return hull if ideal is not None and ideal[0] is Kind.DIAMOND else None


def has_wave(region: Grey) -> bool:
    """Whether a region ends below as a sheet of paper does: low at the left, high at the right.

    What lines and the side of a diamond enclose is cut off much higher.
    """
    width = region.shape[1]
    left, middle, right = (
        float(region[:, round(share * (width - 1))].mean()) for share in (0.06, 0.5, 0.94)
    )
    return left >= _WAVE_LEFT and _WAVE_RIGHT[0] <= right <= _WAVE_RIGHT[1] and middle > right


def _rounded(width: int, height: int, radius: float) -> Grey:
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    dx = np.maximum(np.maximum(radius - 0.5 - xs, xs - (width - 0.5 - radius)), 0)
    dy = np.maximum(np.maximum(radius - 0.5 - ys, ys - (height - 0.5 - radius)), 0)
    shape: Grey = (dx * dx + dy * dy <= radius * radius).astype(np.uint8)
    return shape
