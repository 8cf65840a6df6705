"""Two pages that were laid side by side under the lid: where the sheet is to be cut.

A copy of an open book or of two sheets is one page of the file, twice as wide as what was copied.
Read as one, the lines of both run into one another. It is cut only where nothing speaks against it:
an empty gutter from top to bottom in the middle, and on both sides a page with rules of its own.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from sopextract.core.geometry import Point
from sopextract.ingest.ocr import load_engines
from sopextract.ingest.scan.direction import find_turn
from sopextract.ingest.scan.morphology import opened, widened
from sopextract.ingest.scan.raster import Grey, Mask, Raster
from sopextract.settings import IngestSettings

_DPI = 50  # a gutter of ten points is seven pixels
# Long side to short of the whole: two of A4 side by side have 1.41, two of F4 1.30; two that lie
# have 2.83 and 3.07.
_OBLONG = (1.2, 1.6), (2.4, 3.2)
_MIDDLE = (0.42, 0.58)  # of the width: where the gutter may lie
_GUTTER = 0.02  # of the width, at least: two margins of 6 mm on A3, of 4 mm where both were shrunk
_FULL = 0.9  # of the height: a column so dark is the shadow or the edge of the paper, no print
_LEAST_HALF = 0.25  # of the width: what is left of a page on either side
_SPECKS = 0.003  # of the height: less ink in a column is dust
_RULE = 0.4  # of a half's width: what is a rule of its table
_FEWEST_RULES = 3
# Of the rules of one half, those with one of the other at their height: the two columns of a form
# have all, two sheets of one template may share those of its head.
_MOST_SHARED = 0.6
_A3 = 1000.0  # points of the long side: A3 has 1,191, F4 935; no SOP is printed on A3 upright
_PAPER_PT = 6.0  # beyond its letters and rules, where the paper's own grey is taken from
_INK = 40  # darker than the paper by so much of 255


@dataclass(frozen=True, slots=True)
class Half:
    """One of two pages on a sheet, and where its top left corner lies on it, in points."""

    raster: Raster
    corner: Point


def find_halves(raster: Raster, settings: IngestSettings) -> tuple[Half, ...]:
    """The two pages of a sheet in the order in which they are read; () where it is one page.

    The sheet may lie on its side. Raises MissingProgramError where no engine is installed.
    """
    cut = find_gutter(raster)
    if cut is None:
        return ()
    engine, _ = load_engines(settings.ocr_cache)
    grey = np.asarray(cv2.cvtColor(raster.pixels, cv2.COLOR_RGB2GRAY), np.uint8)
    turn = find_turn(grey, engine).degrees
    height, width = grey.shape
    if width > height:
        parts = [_part(raster, 0, 0, cut, height), _part(raster, cut, 0, width, height)]
        order = {0: parts, 180: parts[::-1]}
    else:
        parts = [_part(raster, 0, 0, width, cut), _part(raster, 0, cut, width, height)]
        order = {270: parts, 90: parts[::-1]}  # turned clockwise by 90, the lower comes left
    return tuple(order.get(turn, ()))


def find_gutter(raster: Raster) -> int | None:
    """The pixel of the long side at which two pages meet; None for a page that is one."""
    height, width = raster.pixels.shape[:2]
    oblong = max(width, height) / min(width, height)
    if not any(least <= oblong <= most for least, most in _OBLONG):
        return None
    scale = _DPI / 72 / raster.per_pt
    small = cv2.resize(raster.pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    grey = np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), np.uint8)
    dark = _dark(grey if width > height else np.ascontiguousarray(grey.T))
    gutter = _gutter(dark)
    if gutter is None:
        return None
    left, right = _rule_heights(dark[:, : gutter[0]]), _rule_heights(dark[:, gutter[1] :])
    if min(len(left), len(right)) < _FEWEST_RULES:
        return None
    if max(raster.size_pt) < _A3 and _shared(left, right) > _MOST_SHARED:
        return None
    return round((gutter[0] + gutter[1]) / 2 / scale)


def _part(raster: Raster, x0: int, y0: int, x1: int, y1: int) -> Half:
    pixels = np.ascontiguousarray(raster.pixels[y0:y1, x0:x1])
    return Half(Raster(pixels, raster.per_pt, raster.dpi), (x0 / raster.per_pt, y0 / raster.per_pt))


def _dark(grey: Grey) -> Mask:
    """What is darker than the paper round about; shade is not."""
    size = round(_PAPER_PT * _DPI / 72) | 1
    paper = cv2.morphologyEx(grey, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8))
    return np.asarray(paper.astype(np.int16) - grey > _INK)


def _gutter(dark: Mask) -> tuple[int, int] | None:
    """The widest empty band of columns in the middle, from and to."""
    height, width = dark.shape
    share = dark.mean(axis=0)
    empty = (share <= max(_SPECKS, 1 / height)) | (share >= _FULL)
    ends = np.flatnonzero(np.diff(np.concatenate([[False], empty, [False]]).astype(np.int8)))
    bands = [
        (int(a), int(b))
        for a, b in zip(ends[::2], ends[1::2], strict=True)
        if b - a >= _GUTTER * width
        and _MIDDLE[0] <= (a + b) / 2 / width <= _MIDDLE[1]
        and min(a, width - b) >= _LEAST_HALF * width
    ]
    return max(bands, key=lambda band: band[1] - band[0], default=None)


def _rule_heights(dark: Mask) -> list[float]:
    """The heights at which long level rules lie, one askew by two degrees counted once."""
    height, width = dark.shape
    tall = widened(dark.astype(np.uint8), (1, 5))
    runs = opened(tall, (max(round(_RULE * width), 1), 1))
    count, _, stats, centres = cv2.connectedComponentsWithStats(runs)
    # what is higher than a rule drawn askew is a picture or the black of an open lid
    return [float(centres[k][1]) for k in range(1, count) if stats[k][3] < 0.04 * height + 5]


def _shared(left: list[float], right: list[float]) -> float:
    """Which share of the rules of the half with fewer has one at its height in the other."""
    few, many = sorted((left, right), key=len)
    return sum(any(abs(y - other) <= 2 for other in many) for y in few) / len(few)
