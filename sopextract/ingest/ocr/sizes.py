"""The size of a font from the height of a line's ink and the letters it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from sopextract.ingest.scan.raster import Mask

# Shares of the size of a font, the means of Arial, Times and Calibri (their metrics differ by up
# to 0.05): how high letters stand over the base line, how deep those with a tail reach.
_HIGH, _LOW_LETTER, _TAIL = 0.69, 0.48, 0.21
_TAILED = frozenset("gjpqy,;()[]{}/|Q_")
_SMALL = frozenset("acegijmnopqrsuvwxyz.,:;-–—~=+*•·")  # dots of letters do not count
_FLOATING = frozenset("-–—~=+*•·'\"“”‘’.,:_")  # what says nothing of the size by itself
_LETTER = 0.4  # of a line's highest spot: what is lower is a dot, a dash or dirt
_LONG = 1.1  # times the picture's height: level runs of letters (an M, a dash) are shorter
# Rows below the first share of a line's height hold tails, or the feet of letters, which fill two
# thirds of a row in bold capitals; a worn underline fills more than the second.
_LOW, _UNDERLINE = 0.72, 0.75


def letter_rows(ink: Mask) -> tuple[int, int]:
    """From which row to which the letters in a picture of a line reach; (0, 0) without ink.

    What runs from its top to its bottom is a rule; dots are left out with the dirt, so that an i is
    as high as a letter without stem.
    """
    import cv2

    _, _, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    tops, heights = stats[1:, 1], stats[1:, 3]
    letters = heights < len(ink)
    if not letters.any():
        return (0, len(ink)) if len(heights) else (0, 0)
    large = letters & (heights >= _LETTER * heights[letters].max())
    return int(tops[large].min()), int((tops + heights)[large].max())


def without_lines(ink: Mask) -> Mask:
    """The ink without rules and underlines: level runs that are longer than letters have them.

    An underline may be worn: then it is seen by how full its rows are, where only tails should be.
    """
    import cv2

    reach = int(_LONG * len(ink)) + 1
    runs = cv2.morphologyEx(ink.astype(np.uint8), cv2.MORPH_OPEN, np.ones((1, reach), np.uint8))
    own = np.asarray(ink & (cv2.dilate(runs, np.ones((3, 3), np.uint8)) == 0))
    top, bottom = letter_rows(ink)
    low = top + round(_LOW * (bottom - top))
    columns = np.flatnonzero(ink.any(axis=0))
    for row in np.flatnonzero(ink[low:].sum(axis=1) > _UNDERLINE * (np.ptp(columns) + 1)) + low:
        own[row - 1 : row + 2] = False
    return own


def base_and_size(text: str, top: float, bottom: float) -> tuple[float, float]:
    """Base line and size of a line from the rows of its ink and the letters it has."""
    letters = set(text)
    if letters <= _FLOATING:
        return (top + bottom) / 2, 0.0
    tail = _TAIL if letters & _TAILED else 0.0
    high = _LOW_LETTER if letters <= _SMALL else _HIGH
    size = (bottom - top) / (high + tail)
    return bottom - tail * size, size
