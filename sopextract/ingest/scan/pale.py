"""Words of stamps: on a page that was scanned in grey no colour tells them from print.

Blur makes thin strokes pale and leaves the middle of thick ones as they are: of one ink, a thick
stroke is never paler than a thin one. What is both thick and pale is of another ink, put on later;
where such strokes have the sizes of capitals and stand on one line, they are a stamp's word.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import cv2
import numpy as np

from sopextract.ingest.scan.connected import connected
from sopextract.ingest.scan.morphology import opened
from sopextract.ingest.scan.raster import Grey, Mask

# Points from a stroke's edge to its middle. A bold heading of 14 points has strokes 2.2 wide, and
# its middle is black; a stamp's capitals have 2 to 4; what is thicker than the last is a shaded
# cell, a filled symbol or a picture.
_THICK, _THICKEST = 1.0, 2.6
# Of 255. The darkest hundredth of a page's ink is print's own; a red stamp has 80 to 130 more, a
# blue one 50 and more (own made scans in grey, seed 7); worn print is dark somewhere everywhere.
_PALER = 50
# Points: how high the middles of a capital's strokes are, and how wide most of them: pieces of
# rules and of shading are longer and thinner.
_LOW, _HIGH, _WIDE, _WIDEST = 5.0, 24.0, 2.5, 26.0
_LARGE = 8.0  # points: a capital of a stamp in colour; those of type of 11 points are as high
# A word has so many letters, each so near to the last, as high and on as level a line, in heights.
_FEWEST, _GAP, _LEVEL, _AS_HIGH = 4, 1.2, 0.45, 0.6
_WORN, _STRIP = (
    4.0,
    1.5,
)  # in heights: letters lost at each end of a word, and how high its strip is
# What was printed in grey, a heading, is level (a flat page within 0.005, see lettering.py) and
# over no rule. A rule through the core of a word, which an underline is not, has so many pixels for
# each of its height.
_ASKEW, _CORE, _CROSSED = 0.03, 0.7, 0.5
_RULED_PT = 36.0  # points; two letters of a word that touch are as wide
_EDGE = 2  # pixels of a stroke's soft edge

Box = tuple[int, int, int, int, int]  # left, top, width, height, and the number of its mask


def pale_stamps(grey: Grey, dark: Mask, per_pt: float) -> Mask:
    """Where the letters of stamps in a paler ink than print's stand; nowhere on most pages.

    They stand askew or over rules: what is pale, level and in the clear was printed so.

    `grey` has its paper white, `dark` is where there is ink. The pixels of black print that a stamp
    lies over are left out.
    """
    nowhere = np.zeros(dark.shape, np.bool_)
    if not dark.any():
        return nowhere
    depth = np.asarray(cv2.distanceTransform(dark.astype(np.uint8), cv2.DIST_L2, 3))
    thick = depth > _THICK * per_pt
    least = float(np.percentile(grey[dark], 1)) + _PALER
    count, names, stats = connected(thick)
    letters: list[Box] = []
    for k in range(1, count):
        x, y, w, h, _ = (int(v) for v in stats[k])
        if not (_LOW * per_pt <= h <= _HIGH * per_pt and w <= _WIDEST * per_pt):
            continue
        box = (slice(y, y + h), slice(x, x + w))
        here = names[box] == k
        if depth[box][here].max() > _THICKEST * per_pt:
            continue
        if np.percentile(grey[box][here], 10) > least:
            letters.append((x, y, w, h, k))
    words = [word for word in _words(letters) if _is_wide(word, per_pt)]
    rules = _rules(dark, per_pt)
    pale = (depth > _THICK / 2 * per_pt) & (grey > least)
    reach = 2 * (round(_THICK / 2 * per_pt) + _EDGE) + 1
    found = nowhere
    for word in words:
        # in the word's line its paler letters are known by less
        stamped = (_strip_of(word, dark.shape, _STRIP) & pale).astype(np.uint8)
        whole = cv2.dilate(stamped, np.ones((reach, reach), np.uint8)) > 0
        if _is_askew(word) or _is_crossed(word, whole, rules):
            found = found | whole
    return np.asarray(found & (grey > least) & ~rules)


def coloured_words(coloured: Mask, dark: Mask, per_pt: float) -> list[Mask]:
    """Where the words of stamps in coloured ink stand, one mask a word.

    They are of capitals higher than a sheet's print, and stand askew or over rules, as above;
    `coloured` is where ink has colour, `dark` where there is any.
    """
    count, _, stats = connected(coloured)
    letters: list[Box] = []
    for k in range(1, count):
        x, y, w, h, _ = (int(v) for v in stats[k])
        if _LARGE * per_pt <= h <= _HIGH * per_pt and w <= _WIDEST * per_pt:
            letters.append((x, y, w, h, k))
    words = [word for word in _words(letters) if _is_wide(word, per_pt)]
    if not words:
        return []
    rules, drawn = _rules(dark, per_pt), _rules(coloured, per_pt)
    found = []
    for word in words:
        whole = _strip_of(word, dark.shape, _STRIP) & coloured & ~drawn
        if _is_askew(word) or _is_crossed(word, whole, rules):
            found.append(np.asarray(whole))
    return found


def _is_wide(word: Sequence[Box], per_pt: float) -> bool:
    return float(np.median([w for _, _, w, _, _ in word])) >= _WIDE * per_pt


def rules_of(dark: Mask, per_pt: float) -> tuple[Mask, Mask]:
    """Level and upright lines longer than any stroke of a letter."""
    run, ink = round(_RULED_PT * per_pt), dark.astype(np.uint8)
    return opened(ink, (run, 1)) > 0, opened(ink, (1, run)) > 0


def _rules(dark: Mask, per_pt: float) -> Mask:
    level, upright = rules_of(dark, per_pt)
    return np.asarray(level | upright)


def _is_askew(word: Sequence[Box]) -> bool:
    """Whether the tops and the feet of the letters climb or fall alike, as print does not."""
    xs = [x + w / 2 for x, _, w, _, _ in word]
    edges = [y for _, y, *_ in word], [y + h for _, y, _, h, _ in word]
    top, bottom = (float(np.polyfit(xs, ys, 1)[0]) for ys in edges)
    return top * bottom > 0 and min(abs(top), abs(bottom)) >= _ASKEW


def _height(word: Sequence[Box]) -> float:
    return float(np.median([h for *_, h, _ in word]))


def _is_crossed(word: Sequence[Box], ink: Mask, rules: Mask) -> bool:
    """Whether a rule runs through the word, between its first letter and its last."""
    if not ink.any():
        return False
    columns = np.flatnonzero(ink.any(axis=0))
    core = _strip_of(word, ink.shape, _CORE)
    core[:, : columns[0]] = core[:, columns[-1] :] = False
    return int((core & rules).sum()) >= _CROSSED * _height(word)


def _strip_of(word: Sequence[Box], shape: tuple[int, ...], share: float) -> Mask:
    """Where a word stands, with as much on both sides as its worn letters take.

    `share` is how much of the letters' height the strip has.
    """
    xs = [x + w / 2 for x, _, w, _, _ in word]
    high = _height(word)
    slope, start = np.polyfit(xs, [y + h / 2 for _, y, _, h, _ in word], 1)
    ends = [xs[0] - _WORN * high, xs[-1] + _WORN * high]
    points = [(round(x), round(slope * x + start)) for x in ends]
    strip = np.zeros(shape, np.uint8)
    cv2.line(strip, points[0], points[1], 1, round(share * high))
    return np.asarray(strip > 0)


def _words(letters: list[Box]) -> list[list[Box]]:
    """The letters that stand on one line, each beside the last, as words of capitals."""
    words: list[list[Box]] = []
    for letter in sorted(letters):
        home = next((word for word in words if _goes_on(word[-1], letter)), None)
        if home is None:
            words.append([letter])
        else:
            home.append(letter)
    return [word for word in words if len(word) >= _FEWEST and _is_spread(word)]


def _goes_on(last: Box, letter: Box) -> bool:
    high = max(last[3], letter[3])
    return (
        letter[0] - (last[0] + last[2]) <= _GAP * high
        and abs(letter[1] + letter[3] / 2 - last[1] - last[3] / 2) <= _LEVEL * high
        and min(last[3], letter[3]) >= _AS_HIGH * high
    )


def _is_spread(word: list[Box]) -> bool:
    """Whether letters stand side by side, none over another."""
    return all(b[0] > a[0] + a[2] / 2 for a, b in pairwise(word))
