"""The colon at the end of a line, which engines leave out where it stands close to its word."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from sopextract.ingest.ocr.engine import ReadLine
from sopextract.ingest.scan.raster import Mask

# Shares of the height of a line's ink: a dot's most side and least, and how far off the upper dot
# may stand sideways. The dots of Arial, Calibri and Times are 0.1 to 0.16, blurred up to 0.25.
_DOT, _LEAST, _OFF = 0.28, 0.06, 0.08
_ALIKE = 1.6  # how much larger one dot may be than the other
_SCORE = 0.98  # as of a dash that is told by its shape (scan/words.py)


def with_colon(read: ReadLine, ink: Mask) -> ReadLine:
    """The line with its last word's colon, where the `ink` ends in two dots over one another."""
    if not read.words or read.words[-1][0].endswith((":", ";")) or not _ends_in_colon(ink):
        return read
    text, start, _, score = read.words[-1]
    if not text[-1].isalnum():
        return read
    return replace(read, words=(*read.words[:-1], (text + ":", start, 1.0, min(score, _SCORE))))


def _ends_in_colon(ink: Mask) -> bool:
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    if count < 4:
        return False
    rows = np.flatnonzero(ink.any(axis=1))
    height = int(rows[-1] - rows[0]) + 1
    boxes = stats[1:, :4]
    last = boxes[np.argsort(boxes[:, 0] + boxes[:, 2])[-3:]]
    before, dots = last[0], last[1:]
    (ax, ay, aw, ah), (bx, by, bw, bh) = dots[np.argsort(dots[:, 1])].tolist()
    sides = (aw, ah, bw, bh)
    small = max(sides) <= _DOT * height and min(sides) >= _LEAST * height
    alike = max(sides) <= _ALIKE * min(sides)
    stacked = abs((ax + aw / 2) - (bx + bw / 2)) <= _OFF * height and ay + ah < by
    alone = before[0] + before[2] <= min(ax, bx)
    # the lower one stands on the base line, or a tail's depth above the lowest ink
    low = by + bh >= rows[0] + 0.6 * height
    return bool(small and alike and stacked and alone and low)
