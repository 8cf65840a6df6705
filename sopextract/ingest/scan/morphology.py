"""Masks made thicker and thinner by squares and lines, whose sizes are pixels: across, down."""

from __future__ import annotations

from collections.abc import Iterable

import cv2
import numpy as np

from sopextract.ingest.scan.raster import Grey

Size = tuple[int, int]
_MANY = 28  # pixels: from here on doubling is faster than OpenCV is with rectangles


def square(size_pt: float, per_pt: float) -> Size:
    """The sides of a square in pixels: odd, and three at least."""
    side = max(3, round(size_pt * per_pt) | 1)
    return side, side


def opened(mask: Grey, size: Size) -> Grey:
    """What of a mask holds a rectangle of this size."""
    return widened(narrowed(mask, size), size)


def closed(mask: Grey, size: Size) -> Grey:
    """A mask with its gaps filled that hold no rectangle of this size."""
    return narrowed(widened(mask, size), size)


def closed_along(mask: Grey, span: int, slopes: Iterable[float]) -> Grey:
    """A mask with the gaps of its slanted lines filled, shorter than `span` pixels across.

    A square slides through the gap of a line that leans; only a line along it is stopped there.
    """
    filled = mask.copy()
    for slope in slopes:
        high = round(span * abs(slope)) | 1
        line = np.zeros((high, span), np.uint8)
        rows = np.round((0.5 + np.sign(slope) * (np.linspace(0, 1, span) - 0.5)) * (high - 1))
        line[rows.astype(int), np.arange(span)] = 1
        filled |= np.asarray(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, line), np.uint8)
    return filled


def widened(mask: Grey, size: Size) -> Grey:
    """A mask and what is half a rectangle away from it."""
    if max(size) < _MANY:
        return np.asarray(cv2.dilate(mask, np.ones(size[::-1], np.uint8)), np.uint8)
    return _along(mask, size, np.maximum, 0)


def narrowed(mask: Grey, size: Size) -> Grey:
    """A mask without what is half a rectangle away from its rim; beyond the picture is no rim."""
    if max(size) < _MANY:
        return np.asarray(cv2.erode(mask, np.ones(size[::-1], np.uint8)), np.uint8)
    return _along(mask, size, np.minimum, 255)


def _along(mask: Grey, size: Size, pick: np.ufunc, beyond: int) -> Grey:
    """The largest or smallest value about every pixel; what is `beyond` the picture has no part."""
    across, down = size
    if across > 1:
        mask = transposed(_down(transposed(mask), across, pick, beyond))
    return _down(mask, down, pick, beyond) if down > 1 else mask


def _down(mask: Grey, span: int, pick: np.ufunc, beyond: int) -> Grey:
    """The same along the columns.

    Each step doubles what a value stands for, so that long spans cost hardly more than short ones.
    """
    rows = np.asarray(
        cv2.copyMakeBorder(mask, span // 2, 0, 0, 0, cv2.BORDER_CONSTANT, value=beyond), np.uint8
    )
    spare, seen = np.empty_like(rows), 1
    while seen < min(span, len(rows)):
        step = min(seen, span - seen)
        pick(rows[:-step], rows[step:], out=spare[:-step])
        spare[-step:] = rows[-step:]
        rows, spare, seen = spare, rows, seen + step
    return rows[: len(mask)]


def transposed(picture: Grey) -> Grey:
    """The columns of a picture as its rows; the third of the time that copying its `.T` takes."""
    return np.asarray(cv2.transpose(picture), np.uint8)
