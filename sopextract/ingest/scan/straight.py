"""Straight lines among ink, level and upright, whole ones and broken ones."""

from __future__ import annotations

import cv2
import numpy as np

from sopextract.ingest.scan.morphology import transposed
from sopextract.ingest.scan.raster import Grey

# Points.
_DASH_GAP, _THIN = 3.6, 2.6  # between the dashes of one line; what is as thick is none
_LONG = 9.0  # straight ink of this length under a word's box is a line, not its letters


def straight_ink(ink: Grey, per_pt: float) -> Grey:
    """The ink of level and upright lines, broken ones too; no letters."""
    return np.asarray(
        cv2.bitwise_or(*(_lines(ink, way, per_pt) for way in (True, False))), np.uint8
    )


def _lines(ink: Grey, level: bool, per_pt: float) -> Grey:
    """The ink of straight lines that are level or upright, broken ones too.

    Letters in a row are broken lines as well, thick ones.
    """
    rows = ink if level else transposed(ink)
    long = np.ones((1, max(3, round(_LONG * per_pt))), np.uint8)
    whole = cv2.morphologyEx(rows, cv2.MORPH_OPEN, long)
    dashes = np.ones((1, round(_DASH_GAP * per_pt)), np.uint8)
    closed = cv2.morphologyEx(rows, cv2.MORPH_CLOSE, dashes)
    thick = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((round(_THIN * per_pt), 1), np.uint8))
    thin = cv2.bitwise_and(closed, cv2.bitwise_not(thick * 255) // 255)
    broken = cv2.bitwise_and(cv2.morphologyEx(thin, cv2.MORPH_OPEN, long), rows)
    found = np.asarray(cv2.bitwise_or(whole, broken), np.uint8)
    return found if level else transposed(found)
