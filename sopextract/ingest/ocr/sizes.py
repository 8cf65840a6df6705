"""The size of a font from the height of a line's ink and the letters it has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from sopextract.ingest.scan.raster import Mask

Counts = npt.NDArray[np.int64]

# Shares of the size of a font, the means of Arial, Calibri and DejaVu (their metrics differ by up
# to 0.05), with the half pixel by which ink is larger: how high letters stand over the base line,
# how deep those with a tail reach.
HIGH, SMALL, _TAIL = 0.73, 0.53, 0.21
_TAILED = frozenset("gjpqy()[]{}|")  # a comma is a small spot and does not count
_SMALL_LETTERS = frozenset("acegijmnopqrsuvwxyz.,:;-–—~=+*•·")  # dots of letters do not count
_FLOATING = frozenset("-–—~=+*•·'\"“”‘’.,:_")  # what says nothing of the size by itself
_LETTER = 0.4  # of a line's highest spot: what is lower is a dot, a dash or dirt
_MANY = 3  # spots, from which on most of them stand on the base line
_SAME_ROW = 0.06  # of the height of a line: so level they stand on it
_LONG_TEXT = 2.0  # times the height: where text is shorter, an underline is told by its length
# Times the picture's height, and of the width of its text: level runs of letters are shorter than
# the one or the other (an M, a dash; the feet of bold letters that touch).
_LONG, _MOST_OF = 1.1, 0.6
# Rows below the first share of a line's height hold tails, or the feet of letters, which fill two
# thirds of a row in bold capitals; a worn underline fills more than the second.
_LOW, _UNDERLINE = 0.72, 0.85


@dataclass(frozen=True, slots=True)
class _Rows:
    """The larger spots of a line: where each begins and ends, and how wide it is."""

    tops: Counts
    bottoms: Counts
    widths: Counts


def base_and_size(text: str, ink: Mask) -> tuple[float, float]:
    """Base line and size of a line in pixels, from its ink (no lines in it) and the letters it has.

    The size is 0, and the base line the middle of the ink, where there is nothing that tells them:
    a dash, a quotation mark.
    """
    letters = [c for c in text if c not in _FLOATING]
    rows = _letter_rows(ink)
    if not letters or not len(rows.tops):
        inked = np.flatnonzero(ink.any(axis=1))
        return (float(inked[0] + inked[-1] + 1) / 2 if len(inked) else len(ink) / 2), 0.0
    top, bottom = int(rows.tops.min()), int(rows.bottoms.max())
    high = SMALL if _SMALL_LETTERS.issuperset(letters) else HIGH
    tails = sum(c in _TAILED for c in letters)
    if len(rows.tops) < _MANY or 2 * tails > len(letters):
        size = (bottom - top) / (high + (_TAIL if tails else 0.0))
        return bottom - (_TAIL * size if tails else 0.0), size
    base = _commonest(rows.bottoms, rows.widths, _SAME_ROW * (bottom - top))
    return base, (base - top) / high


def _letter_rows(ink: Mask) -> _Rows:
    """The spots in a picture of a line that are letters, or enough of one.

    What runs from its top to its bottom is a rule; dots are left out with the dirt, so that an i is
    as high as a letter without stem.
    """
    import cv2

    found = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    stats = np.asarray(found[2], np.int64)
    spots = stats[1:][stats[1:, 3] < len(ink)] if len(stats) > 2 else stats[1:]
    large = spots[spots[:, 3] >= _LETTER * spots[:, 3].max()] if len(spots) else spots
    return _Rows(large[:, 1], large[:, 1] + large[:, 3], large[:, 2])


def _commonest(values: Counts, weights: Counts, reach: float) -> float:
    """The mean of the values around which most weight lies."""
    near = np.abs(values[:, None] - values[None, :]) <= max(reach, 1.0)
    best = near[(near * weights[None, :]).sum(axis=1).argmax()]
    return float(np.average(values[best], weights=weights[best]))


def without_lines(ink: Mask) -> Mask:
    """The ink without rules and underlines: level runs that are longer than letters have them.

    An underline may be worn: then it is seen by how full its rows are, where only tails should be.
    """
    import cv2

    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    width = np.ptp(columns) + 1 if len(columns) else 0
    reach = int(max(_LONG * len(ink), _MOST_OF * width)) + 1
    padded = np.pad(
        ink.astype(np.uint8), ((1, 1), (reach, reach))
    )  # beyond its edges OpenCV sees ink
    runs = cv2.morphologyEx(padded, cv2.MORPH_OPEN, np.ones((1, reach), np.uint8))
    thick = cv2.dilate(runs, np.ones((3, 3), np.uint8))[1:-1, reach:-reach]
    own = np.asarray(ink & (thick == 0))
    if width < _LONG_TEXT * len(ink):  # the foot of a 2 is no underline
        return own
    low = rows[0] + round(_LOW * (rows[-1] + 1 - rows[0]))
    for row in np.flatnonzero(ink[low:].sum(axis=1) > _UNDERLINE * width) + low:
        own[row - 1 : row + 2] = False
    return own
