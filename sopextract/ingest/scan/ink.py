"""What on a flat page is print, and what was put on it afterwards: stamps and signatures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from sopextract.ingest.scan.hand import (
    LEAST_INK,
    THIN_PT,
    HandInk,
    drawn_lines,
    filled,
    find_hand,
    meets,
    with_frames,
)
from sopextract.ingest.scan.pale import pale_stamps, rules_of
from sopextract.ingest.scan.raster import Grey, Mask, Pixels, Raster
from sopextract.model.source import InkKind

# Of 255, after the paper was made white: print in an office's blue has 80 and more, JPEG's colour
# noise at the edges of black letters 10 to 25 after blurring (own made scans, quality 45).
_COLOURED = 42
_SHADE_PT = 30.0  # shade changes over more than this; dark symbols are smaller across
_BLOCK_PT = 12.0
_DARKER = 22  # of 255 than the surroundings: a hairline in pale blue at 200 dots an inch
# An outline of 0.3 points in dark red, blurred at 300 dots an inch, is 20 darker than its filling;
# the noise of worn scans is 3 at most when five by five pixels are averaged.
_FAINT = 12
_PAPER = 250  # what paper was levelled to
_PALE = 26  # what a worn stamp's thin strokes still have where they hang together with its others
# Colour within a stamp's box that is its own: black letters under it keep their dark through what
# JPEG makes of their edges (see _COLOURED), which is as much.
_TINGED = 15
_BESIDE_PT = 2.0  # worn strokes and the blur of JPEG reach as far
_CHROMA_GAIN = 1.6  # docs: measured on the first OCR trials; black under a stamp stays black


@dataclass(frozen=True, slots=True, eq=False)
class Print:
    """The print of a page: `grey` on white paper, `dark` where there is ink; without hand ink.

    `hand` is what was taken away; `coloured` is where the page is coloured at all.
    """

    grey: Grey
    dark: Mask
    coloured: Mask
    hand: tuple[HandInk, ...]


def read_print(raster: Raster) -> Print:
    """The black (and coloured) print of a flat page, shade levelled."""
    level = _levelled(raster.pixels, raster.per_pt)
    red, green, blue = cv2.split(level)  # NumPy takes forty times as long for what follows
    high, low = cv2.max(cv2.max(red, green), blue), cv2.min(cv2.min(red, green), blue)
    chroma = cv2.blur(high, (3, 3)).astype(np.int16) - cv2.blur(low, (3, 3))
    grey = np.asarray(cv2.cvtColor(level, cv2.COLOR_RGB2GRAY), np.uint8)
    coloured: Mask = (chroma > _COLOURED) & (grey < 235)
    dark = _dark(grey, raster.per_pt)
    hand = find_hand(coloured, chroma > _PALE, dark, raster.per_pt)
    hand = with_frames(hand, level, coloured, raster.per_pt)
    if hand:
        clean = np.clip(high + _CHROMA_GAIN * np.maximum(chroma, 0), 0, 255).astype(np.uint8)
        stamps = [one for one in hand if one.kind is InkKind.STAMP]
        drawn = _drawn_under(hand, coloured, raster.per_pt)
        drawn |= filled(coloured.astype(np.uint8), raster.per_pt) > 0
        rules = rules_of(dark, raster.per_pt)
        for one in hand:
            x0, y0, x1, y1 = (int(v) for v in one.bbox)
            its = one.mask
            if meets(one, stamps):
                here = chroma[y0:y1, x0:x1]
                tinged = (here > _TINGED) & _beside(its, raster.per_pt)
                its = its | ((tinged | (here > _COLOURED)) & ~drawn[y0:y1, x0:x1])
            its = its & ~_ruled_under(one, rules)
            grey[y0:y1, x0:x1] = np.where(its, clean[y0:y1, x0:x1], grey[y0:y1, x0:x1])
        dark = _dark(grey, raster.per_pt)
    pale = pale_stamps(grey, dark, raster.per_pt)
    if pale.any():
        grey = np.where(pale, np.uint8(_PAPER), grey)
        dark &= ~pale
        hand = (*hand, _pale_hand(pale))
    return Print(grey, dark, coloured, hand)


def _beside(ink: Mask, per_pt: float) -> Mask:
    """What lies so near to ink that its colour may be of it: not the pale rules farther off."""
    size = 2 * round(_BESIDE_PT * per_pt) + 1
    return np.asarray(cv2.dilate(ink.astype(np.uint8), np.ones((size, size), np.uint8)) > 0)


def _pale_hand(pale: Mask) -> HandInk:
    """The words of stamps in grey as hand ink, all of a page's in one."""
    x, y, w, h = cv2.boundingRect(pale.astype(np.uint8))
    return HandInk(InkKind.STAMP, (x, y, x + w, y + h), pale[y : y + h, x : x + w])


def _drawn_under(hand: Sequence[HandInk], coloured: Mask, per_pt: float) -> Mask:
    """Coloured lines that are no part of a stamp over them: those that go on beyond it.

    Where lines are drawn in colour elsewhere on the page, they may be here too: then only the flat
    parts of its rings are the stamp's.
    """
    ruled = drawn_lines(coloured.astype(np.uint8), per_pt)
    count, names, stats, _ = cv2.connectedComponentsWithStats(ruled.astype(np.uint8))
    beyond = ruled.copy()
    for one in hand:
        x0, y0, x1, y1 = (int(v) for v in one.bbox)
        beyond[y0:y1, x0:x1] = False
    is_drawn = bool(beyond.sum() > LEAST_INK * per_pt * per_pt)
    drawn = np.ones(count, np.bool_)
    drawn[0] = False
    for one in hand:
        x0, y0, x1, y1 = (int(v) for v in one.bbox)
        ink = one.mask & coloured[y0:y1, x0:x1]
        for k in (np.unique(names[y0:y1, x0:x1]))[1:].tolist():
            x, y, w, h, _ = (int(v) for v in stats[k])
            if x0 <= x and y0 <= y and x + w <= x1 and y + h <= y1:
                box = (x - x0, y - y0, x + w - x0, y + h - y0)
                drawn[k] &= is_drawn and not _goes_on(ink, box, round(THIN_PT * per_pt))
    return np.asarray(drawn[names])


def _ruled_under(one: HandInk, ruled: tuple[Mask, Mask]) -> Mask:
    """Level and upright rules of the print that go on beyond hand ink over them, of its box."""
    x0, y0, x1, y1 = (int(v) for v in one.bbox)
    level, upright = ruled
    under = np.zeros((y1 - y0, x1 - x0), np.bool_)
    rows = level[y0:y1, max(x0 - 1, 0)] | level[y0:y1, min(x1, level.shape[1] - 1)]
    under[rows] = level[y0:y1, x0:x1][rows]
    columns = upright[max(y0 - 1, 0), x0:x1] | upright[min(y1, upright.shape[0] - 1), x0:x1]
    under[:, columns] |= upright[y0:y1, x0:x1][:, columns]
    return under


def _goes_on(ink: Mask, line: tuple[int, int, int, int], reach: int) -> bool:
    """Whether a straight line goes on in ink that bends, at both of its ends."""
    x0, y0, x1, y1 = line
    top, left = max(y0 - 1, 0), max(x0 - 1, 0)
    if x1 - x0 >= y1 - y0:
        ends = (ink[top : y1 + 1, max(x0 - reach, 0) : x0], ink[top : y1 + 1, x1 : x1 + reach])
    else:
        ends = (ink[max(y0 - reach, 0) : y0, left : x1 + 1], ink[y1 : y1 + reach, left : x1 + 1])
    return all(bool(end.any()) for end in ends)


def _levelled(pixels: Pixels, per_pt: float) -> Pixels:
    """The page with its paper white everywhere: divided by what the paper round about is."""
    small = cv2.resize(pixels, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA)
    size = max(3, round(_SHADE_PT * per_pt / 8)) | 1
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8))
    paper = cv2.GaussianBlur(cv2.medianBlur(paper, 5), (0, 0), size / 3)
    paper = np.maximum(paper, 96)  # dark areas are no shaded paper
    height, width = pixels.shape[:2]
    large = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(pixels, large, scale=250), np.uint8)


def faint_ink(grey: Grey, per_pt: float) -> Mask:
    """Where there is ink that is hardly darker than what is round about, lines of a pen too thin
    and too pale for `Print.dark`; some of it is dirt. `grey` has its paper white.
    """
    return _darker(np.asarray(cv2.GaussianBlur(grey, (5, 5), 0), np.uint8), per_pt, _FAINT)


def _dark(grey: Grey, per_pt: float) -> Mask:
    """Where there is ink: darker than the mean round about, or dark altogether (filled symbols)."""
    return _darker(np.asarray(cv2.GaussianBlur(grey, (3, 3), 0), np.uint8), per_pt, _DARKER)


def _darker(soft: Grey, per_pt: float, by: int) -> Mask:
    block = int(_BLOCK_PT * per_pt) | 1
    local = cv2.adaptiveThreshold(
        soft, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, block, by
    )
    return np.asarray((local > 0) | (soft < 110))
