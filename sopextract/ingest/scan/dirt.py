"""Dirt among the letters of a line: specks too dark for print, and where no sign has a part.

Full stops, commas and colons stand on the base line, dots over their stems, dashes are flat. A
small round spot elsewhere was not printed; an engine takes it for "·" or for a part of a letter.
Where print is not black, its dots are paler than its strokes, for they are blurred from all sides:
a spot as small that is darker than the letters was not printed either.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from sopextract.ingest.scan.pieces import Cutter, Piece, usual_height
from sopextract.ingest.scan.raster import Mask
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
# Behind a letter a stop stands within 0.15, in rows of dots within 0.35; a dot that leads a word
# (".docx") within 0.2 of it.
_AFTER, _LEADS = 0.4, 0.2
_TALL = 1.45  # of the usual height of lines: what is higher is no letter, or one of a title
_TWO = 2  # letters; one may be dirt itself
# By so much of the contrast between a line's darkest letter and paper (255) dirt is darker, and by
# more than noise. Of 4,990 dots over stems and stops on 45 degraded pages 0.3 in a hundred are so
# dark, most of them dirt; of small spots of lines that are neither, two. A dot has such a share of
# the height that most of a line's letters have.
_DARKER, _PAPER, _NOISE, _DOT = 0.05, 255, 12.0, 0.42


def find_specks(pieces: Sequence[Piece], spots: Spots) -> Mask:
    """Which of a page's spots are no larger than dots and darker than all letters of their line.

    What is in no line of letters is held against the darkest of most lines.
    """
    specks = np.zeros(len(spots.boxes), np.bool_)
    widths, heights = (spots.boxes[:, 2:] - spots.boxes[:, :2]).T
    sides = np.maximum(widths, heights)
    # outlines around letters are higher than those
    usual = usual_height(pieces, spots) if pieces else 0.0
    lines = [(p.spots, _letters(p, heights, usual)) for p in pieces]
    told = [(np.median(heights[own]), spots.darkest[own].min()) for _, own in lines if len(own)]
    if not told:
        return specks
    high = float(np.median([h for h, _ in told]))
    grey = float(np.percentile([g for _, g in told], 25))
    specks |= (sides <= _DOT * high) & (spots.darkest < _too_dark(grey))
    for numbers, own in lines:
        if len(own):
            small = sides[numbers] <= _DOT * np.median(heights[own])
            limit = _too_dark(float(spots.darkest[own].min()))
            specks[numbers] = small & (spots.darkest[numbers] < limit)
    return specks


def _letters(piece: Piece, heights: npt.NDArray[np.int32], usual: float) -> Numbers:
    """The spots of a level line that are letters; none where it has few."""
    own = piece.spots[heights[piece.spots] <= _TALL * usual]
    tall = heights[own]
    letters: Numbers = own[tall >= _LETTER * tall.max(initial=0)]
    return letters if not piece.angle and len(letters) >= _TWO else letters[:0]


def _too_dark(grey: float) -> float:
    return grey - max(_DARKER * (_PAPER - grey), _NOISE)


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


def _is_far(k: int, boxes: npt.NDArray[np.int32], high: float) -> bool:
    """Whether a spot stands too far from what is before it for a stop, and leads no word either."""
    left, right = int(boxes[k, 0]), int(boxes[k, 2])
    others = np.delete(boxes, k, axis=0)
    before, after = others[others[:, 0] < left, 2], others[others[:, 2] > right, 0]
    far = len(before) > 0 and left - int(before.max()) > _AFTER * high
    leads = len(after) > 0 and int(after.min()) - right <= _LEADS * high
    return far and not leads


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
    dirt, upright = [], []
    for k in np.flatnonzero(small).tolist():
        low = (bottom[k] - base) / high
        far = _is_far(k, boxes, high)
        on_base = top[k] < base and abs(low) <= _ON_BASE and not far
        tall = heights[k] > widths[k] or (heights[k] == widths[k] and low > 0)
        comma = tall and top[k] < base and low <= _TAIL and not (far and low >= -_ON_BASE)
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
        if not (on_base or flat or above or stem.any() or colon.any() or first or torn):
            if not comma:
                dirt.append(numbers[k])
            elif low < -_ON_BASE:
                upright.append(numbers[k])
    # worn letters leave many such pieces, a clean line has at most a speck
    return np.array([*dirt, *(upright if len(upright) == 1 else ())], np.intp)
