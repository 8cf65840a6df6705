"""Lines that are too pale to count as ink: seen only when the picture is averaged along them."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from sopextract.ingest.scan.raster import Grey
from sopextract.ingest.scan.symbols import PixelSymbol

# Points, and parts of 255. A scan's noise (6 to 12) averaged along a line is 2 to 3; a hairline, and
# one of grey or dots, is 8 and more darker than the paper.
_MEAN, _DARKER = 8.0, 6.0
_THICK = 3.5  # what is thicker is no line; a rule blurred by a scanner is up to 2.5
_LENGTH = 18.0  # shorter runs may be letters of pale print
_PAPER = 250.0  # of 255: ink.py makes the paper as light
_DEEP = 60  # what is darker counts as much: one black dot is no line
_SEEN = 0.35  # of the stretch averaged over that must not be covered by letters and symbols
_COVERED = 60.0  # a line goes on under as many letters
_RUN = 11.0  # what runs on as far is a line, as dark as it may be; letters of headings are smaller
_APART = 2.0  # between letters of a word


def find_letters(ink: Grey, symbols: Sequence[PixelSymbol], per_pt: float) -> Grey:
    """1 in and round about what is no line: words, symbols, heads of arrows."""
    far = max(3, round(_RUN * per_pt))
    lines = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, far), np.uint8))
    lines |= cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((far, 1), np.uint8))
    lines = cv2.dilate(lines, np.ones((3, 3), np.uint8))
    gap = round(_APART * per_pt) | 1
    words = cv2.morphologyEx(ink & ~lines, cv2.MORPH_CLOSE, np.ones((gap, gap), np.uint8))
    count, names, stats, _ = cv2.connectedComponentsWithStats(words, connectivity=8)
    wide = stats[:, :4][:, 2:].min(axis=1) > _THICK * per_pt
    wide[0] = False
    found = wide[names].astype(np.uint8)
    for symbol in symbols:
        points = np.round(np.array(symbol.points) * per_pt).astype(np.int32)
        cv2.fillPoly(found, [points], 1)
    return np.asarray(cv2.dilate(found, np.ones((gap, gap), np.uint8)), np.uint8)


def hairlines(grey: Grey, ink: Grey, letters: Grey, per_pt: float) -> Grey:
    """1 where a line runs along the rows of a picture, pale ones too.

    What `letters` cover, and lines across, is passed over: it says neither that a line is there nor
    that none is.
    """
    far = max(3, round(_RUN * per_pt))
    across = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((far, 1), np.uint8))
    covered = letters | cv2.dilate(across, np.ones((1, 5), np.uint8))
    seen = (1 - covered).astype(np.float32)
    deep = np.clip(_PAPER - grey.astype(np.float32), 0, _DEEP) * seen
    size = (round(_MEAN * per_pt) | 1, 1)
    share = cv2.blur(seen, size)
    mean = cv2.blur(deep, size) / np.maximum(share, _SEEN)
    thick = np.ones((round(_THICK * per_pt) | 1, 1), np.uint8)
    off = mean - cv2.morphologyEx(mean, cv2.MORPH_OPEN, thick)
    # where a line ends, half of what is averaged is line
    around = cv2.dilate(off, np.ones((1, size[0]), np.uint8))
    found = ((off > np.maximum(_DARKER, around / 2)) & (share >= _SEEN)).astype(np.uint8)
    along = np.ones((1, round(_LENGTH * per_pt)), np.uint8)
    found = np.asarray(cv2.morphologyEx(found, cv2.MORPH_OPEN, along), np.uint8)
    # how far a line runs on under letters is not seen
    far = np.ones((1, round(_COVERED * per_pt)), np.uint8)
    return found & cv2.morphologyEx(found & (1 - letters), cv2.MORPH_CLOSE, far)
