"""Masks made thicker and thinner by squares and lines, whose sizes are pixels: across, down."""

from __future__ import annotations

from collections.abc import Iterable

import cv2
import numpy as np

from sopextract.ingest.scan.raster import Grey

Size = tuple[int, int]


def square(size_pt: float, per_pt: float) -> Size:
    """The sides of a square in pixels: odd, and three at least."""
    side = max(3, round(size_pt * per_pt) | 1)
    return side, side


def opened(mask: Grey, size: Size) -> Grey:
    """What of a mask holds a rectangle of this size."""
    return np.asarray(cv2.morphologyEx(mask, cv2.MORPH_OPEN, _kernel(size)), np.uint8)


def closed(mask: Grey, size: Size) -> Grey:
    """A mask with its gaps filled that hold no rectangle of this size."""
    return np.asarray(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, _kernel(size)), np.uint8)


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
    return np.asarray(cv2.dilate(mask, _kernel(size)), np.uint8)


def narrowed(mask: Grey, size: Size) -> Grey:
    """A mask without what is half a rectangle away from its rim."""
    return np.asarray(cv2.erode(mask, _kernel(size)), np.uint8)


def transposed(picture: Grey) -> Grey:
    """The columns of a picture as its rows; the third of the time that copying its `.T` takes."""
    return np.asarray(cv2.transpose(picture), np.uint8)


def _kernel(size: Size) -> Grey:
    return np.ones((size[1], size[0]), np.uint8)
