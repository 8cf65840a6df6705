"""How dark lines are against what is beside them, stretch by stretch, in a picture's rows."""

from __future__ import annotations

import math

import cv2
import numpy as np
import numpy.typing as npt

from sopextract.ingest.page.rules import Rule
from sopextract.ingest.scan.morphology import closed, opened, square
from sopextract.ingest.scan.raster import Grey

Floats = npt.NDArray[np.float32]

# Points.
_INSET = 1.5  # the ends of a stretch are the rules across
# A stretch shows what most of such pieces do: neither specks nor lines across nor bullets.
_PIECE, _MOSTLY = 6.0, 0.35
_THICK = 4.5  # letters with what is about them; pieces of a line taken for letters have 3
_ARMS = 14.0  # between letters as near another's arms may touch: E and T
_LONG = 6  # of so many pieces both halves must show it
_WIDE = 1.1  # of a rule, with its blur
_NEAR, _FAR = 2.2, 4.2  # beside a stretch
_OFF = 0.8  # as far a stretch may lie off its line
_PAPER, _DEEP = 250, 60  # of 255: paper, and what counts as dark at most (hairlines.py)
_CLEAR = 0.35  # of a piece that must be clear of letters and symbols; of a stretch's pieces
_GONE = 1.5  # times what is beside it: a rule that is no darker along all of it is noise
_BESIDE = 8.0  # points on both sides of a rule in which it may be noise itself


class Look:
    """How dark the picture is along its rows."""

    def __init__(self, grey: Grey, hidden: Grey, per_pt: float) -> None:
        letters = closed(opened(hidden, square(_THICK, per_pt)), (round(_ARMS * per_pt) | 1, 1))
        clear = ((hidden | letters) == 0).astype(np.uint8)
        deep = cv2.LUT(grey, np.clip(_PAPER - np.arange(256), 0, _DEEP).astype(np.uint8)) * clear
        self.per_pt, self._rows = per_pt, len(grey)
        self.far = len(grey) / per_pt
        self._margin = round(_FAR * per_pt) + 3
        edge = ((self._margin, self._margin), (0, 0))
        # the sums of all rows above and all columns before each place
        self._deep, self._seen = (
            np.asarray(cv2.integral(np.pad(x, edge, mode="edge")), np.int32) for x in (deep, clear)
        )

    def contrasts(self, start: float, end: float, low: float, high: float) -> Floats:
        """How much darker each row from `low` to `high` is, between `start` and `end`, than what
        is beside it on both sides; NaN where too little is seen.
        """
        margin = self._margin
        first, last = (round(min(max(v * self.per_pt, 0), self._rows - 1)) for v in (low, high))
        last += 1
        a, b = round((start + _INSET) * self.per_pt), round((end - _INSET) * self.per_pt)
        a, b = max(a, 0), min(b, self._deep.shape[1] - 1)
        if b - a < _INSET * self.per_pt:
            return np.full(last - first, np.nan, np.float32)
        cuts = np.linspace(a, b, max(1, round((b - a) / (_PIECE * self.per_pt))) + 1).round()
        rows = slice(first, last + 2 * margin + 1)
        deep, seen = (
            np.diff(np.diff(sums[rows][:, cuts.astype(np.intp)], axis=0), axis=1).astype(np.float32)
            for sums in (self._deep, self._seen)
        )
        own, own_seen = _means(deep, seen, round(_WIDE * self.per_pt) | 1)
        side, side_seen = _means(deep, seen, round((_FAR - _NEAR) * self.per_pt) | 1)
        far = round((_FAR + _NEAR) / 2 * self.per_pt)
        side[side_seen < _CLEAR * np.diff(cuts)] = -1.0
        beside = np.maximum(np.roll(side, far, axis=0), np.roll(side, -far, axis=0))
        off = np.where((own_seen >= _CLEAR * np.diff(cuts)) & (beside >= 0), own - beside, np.nan)
        off = off[margin : len(off) - margin]
        halves = np.array_split(off, 2, axis=1) if off.shape[1] >= _LONG else [off]
        found = [_mostly(half) for half in halves]
        return np.fmin(found[0], found[-1])

    def stands_out(self, rule: Rule) -> bool:
        """Whether a rule is darker than the noise beside it, as far as it can be seen."""
        low = max(rule.at - _BESIDE, 0.0)
        shown = self.contrasts(rule.start, rule.end, low, rule.at + _BESIDE)
        own = contrast_at(shown, (rule.at - low) * self.per_pt, self.per_pt)
        reach = np.ones((2 * round(_OFF * self.per_pt) + 1, 1), np.uint8)
        around = cv2.dilate(np.nan_to_num(shown)[:, None], reach)
        return math.isnan(own) or own >= _GONE * float(np.median(around))


def _means(deep: Floats, seen: Floats, wide: int) -> tuple[Floats, Floats]:
    """The mean darkness over so many rows, and which share of these is seen, by row and piece."""
    total, share = (
        np.asarray(cv2.blur(sums, (1, wide)), np.float32).reshape(sums.shape)
        for sums in (deep, seen)
    )
    return np.asarray(total / np.maximum(share, 1e-3), np.float32), share


def _mostly(off: Floats) -> Floats:
    """What most pieces of a stretch show in each row; NaN where too few are seen."""
    seen = np.sum(~np.isnan(off), axis=1)
    ordered = np.sort(off, axis=1)  # what is not seen comes last
    chosen = (_MOSTLY * np.maximum(seen - 1, 0)).round().astype(np.intp)
    found = np.take_along_axis(ordered, chosen[:, None], axis=1)[:, 0].astype(np.float32)
    found[seen < _CLEAR * off.shape[1]] = np.nan
    return found


def contrast_at(shown: Floats, place: float, per_pt: float) -> float:
    """The contrast at about a place, in pixels; NaN where too little is seen."""
    off = _OFF * per_pt
    near = shown[max(0, round(place - off)) : round(place + off) + 1]
    return math.nan if not near.size or np.isnan(near).all() else float(np.nanmax(near))
