"""The connected pieces of a mask, told apart."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

Names = npt.NDArray[np.integer]
Stats = npt.NDArray[np.int32]


def connected(mask: npt.NDArray[np.generic], connectivity: int = 8) -> tuple[int, Names, Stats]:
    """How many pieces a mask has, the number of each pixel's, and a row of figures of each.

    Pixels are of one piece that touch by their corners (8) or by their sides (4). Number 0 is what
    belongs to none, and counts. A row has a piece's left, top, width, height and area in pixels.
    """
    ink = np.asarray(mask, np.uint8)
    try:
        # numbers of two bytes take a quarter of the time of those of four, and do for print
        found = cv2.connectedComponentsWithStats(ink, connectivity=connectivity, ltype=cv2.CV_16U)
    except cv2.error:  # more pieces than that: noise
        found = cv2.connectedComponentsWithStats(ink, connectivity=connectivity)
    count, names, stats, _ = found
    return count, np.asarray(names), np.asarray(stats, np.int32)
