"""Dirt among the letters of a line: specks where no sign has a part.

Full stops, commas and colons stand on the base line, dots over their stems, dashes are flat. A
small round spot elsewhere was not printed; an engine takes it for "·" or for a part of a letter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from sopextract.ingest.scan.pieces import Cutter, Piece
from sopextract.ingest.scan.spots import Numbers, Spots

# Shares of the height of a line's capitals, by the means of Arial, Calibri and DejaVu: a dot is
# 0.14 high, 0.2 with the blur of a scan.
_LETTER, _SMALL = 0.45, 0.3
_ON_BASE, _TAIL = 0.12, 0.3  # so near to the base line a dot ends; so deep a comma reaches
_OVER_STEM = 0.35  # a dot stands no farther above its stem
_TOP = 0.68  # above the base line: quotation marks and dots stand as high
_FLAT = 1.6  # width to height: a dash
_TOUCH = 2  # pixels: boxes of the pieces of one letter overlap when grown by as much
_FEW = 3  # letters; fewer do not tell where the base line is


def without_dirt(pieces: Sequence[Piece], spots: Spots, cutter: Cutter) -> list[Piece]:
    """The pieces without specks; those of fewer than three letters and turned ones as they are."""
    return [_clean(piece, spots, cutter) for piece in pieces]


def _clean(piece: Piece, spots: Spots, cutter: Cutter) -> Piece:
    if piece.text or piece.angle:
        return piece
    dirt = _dirt(piece.spots, spots)
    if not len(dirt):
        return piece
    own = np.setdiff1d(piece.spots, dirt)
    clean = cutter.piece(own, piece.found)
    return replace(clean, flow=piece.flow)


def _dirt(numbers: Numbers, spots: Spots) -> Numbers:
    """Which spots of one level line are no part of a sign."""
    boxes = spots.boxes[numbers]
    left, top, right, bottom = boxes.T
    widths, heights = right - left, bottom - top
    letters = heights >= _LETTER * heights.max()
    if letters.sum() < _FEW:
        return numbers[:0]
    base = float(np.median(bottom[letters]))
    high = base - float(top[letters].min())
    small = (np.maximum(widths, heights) <= _SMALL * high) & ~letters
    dirt = []
    for k in np.flatnonzero(small).tolist():
        low = (bottom[k] - base) / high
        on_base = top[k] < base and abs(low) <= _ON_BASE
        tall = heights[k] > widths[k] or (heights[k] == widths[k] and low > 0)
        comma = tall and top[k] < base and low <= _TAIL
        flat = widths[k] >= _FLAT * heights[k] and bottom[k] < base
        above = (top[k] + bottom[k]) / 2 <= base - _TOP * high
        over = (left < right[k]) & (left[k] < right)  # what stands in its columns
        over[k] = False
        stem = over & (top >= bottom[k]) & (top - bottom[k] <= _OVER_STEM * high)
        colon = over & small
        first = left[k] == left.min()  # a bullet
        touches = letters & (left - _TOUCH < right[k]) & (right + _TOUCH > left[k])
        touches &= (top - _TOUCH < bottom[k]) & (bottom + _TOUCH > top[k])
        torn = bool(touches.any())  # off a letter by wear
        if not (on_base or comma or flat or above or stem.any() or colon.any() or first or torn):
            dirt.append(numbers[k])
    return np.array(dirt, np.intp)
