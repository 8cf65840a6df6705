"""Rules and symbols taken out of the ink of a page, so that what crosses them stays whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import cv2
import numpy as np

from sopextract.ingest.page.rules import Rule
from sopextract.ingest.scan.raster import Grey, Mask
from sopextract.ingest.scan.symbols import PixelSymbol

# Points.
_RIM = 1.2  # of a symbol that is taken away
_END = 2.2  # an end stands on a rule this near
_DOUBLE = 3.5  # the lines of a double rule stand as near
_BAND = 1.5  # half of what is taken away of a rule; scanned ones are up to 2 thick
_WIDEST = 9.0  # of what crosses a rule: a head
# An edge of a flat diamond leaves a rule's band aside of where it enters by up to four
# times what it is wide there; with 6 those near its tip are joined to one another.
_ASIDE = 4.5
_CORNER = 2.4  # half of what is taken away where two rules cross


def without_symbols(ink: Grey, symbols: Iterable[PixelSymbol], per_pt: float) -> Grey:
    """The ink without the rims of symbols; what is in them stays."""
    left = ink.copy()
    for symbol in symbols:
        points = np.round(np.array(symbol.points) * per_pt).astype(np.int32)
        cv2.polylines(left, [points], True, 0, max(3, round(2 * _RIM * per_pt)))
    return left


def without_rules(ink: Grey, rules: Sequence[Rule], per_pt: float, every: bool = False) -> Grey:
    """The ink without rules; where a line crosses one, it is drawn through.

    Which end above goes with which below may not be clear: with `every` all that can are joined,
    so that outlines stay closed.
    """
    left = ink.copy()
    for level, low, high, start, end in _bands(rules):
        grid, whole = (left, ink) if level else (left.T, ink.T)
        top, bottom = max(0, round((low - _BAND) * per_pt)), round((high + _BAND) * per_pt) + 1
        part = slice(max(0, round(start * per_pt)), round(end * per_pt) + 1)
        above = _spans(whole[max(0, top - 3) : top, part].sum(axis=0) > 1)
        below = _spans(whole[bottom : bottom + 3, part].sum(axis=0) > 1)
        band = np.zeros(grid[top:bottom, part].shape, np.uint8)
        for (x0, w0), (x1, w1) in _crossings(above, below, bottom - top + 2, every):
            if max(w0, w1) > _WIDEST * per_pt:
                w0 = w1 = min(w0, w1)
            # from the middle of the first pixel to that of the last; with `every` half a pixel more
            half0, half1, end_row = (w0 - 1 + every) / 2, (w1 - 1 + every) / 2, bottom - top
            upper = ((x0 - half0, -1), (x0 + half0, -1))
            shape = np.array([[*upper, (x1 + half1, end_row), (x1 - half1, end_row)]])
            cv2.fillPoly(band, list(np.round(shape).astype(np.int32)), 1)
        grid[top:bottom, part] = band
    _wipe_corners(left, rules, per_pt)
    return left


def _wipe_corners(ink: Grey, rules: Sequence[Rule], per_pt: float) -> None:
    """Take away what is left where rules cross: there it is a rule that runs through a rule."""
    upright = [r for r in rules if not r.level]
    for rule in rules:
        if not rule.level:
            continue
        top, bottom = round((rule.at - _CORNER) * per_pt), round((rule.at + _CORNER) * per_pt) + 1
        for other in upright:
            if (
                rule.start - _END <= other.at <= rule.end + _END
                and other.start - _END <= rule.at <= other.end + _END
            ):
                left = round((other.at - _CORNER) * per_pt)
                right = round((other.at + _CORNER) * per_pt) + 1
                ink[max(0, top) : max(0, bottom), max(0, left) : max(0, right)] = 0


def _spans(drawn: Mask) -> list[tuple[float, float]]:
    """The middle and the length of every run of ink along a line of pixels."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], drawn.astype(np.int8), [0]))))
    return [((a + b - 1) / 2, float(b - a)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _crossings(
    above: Sequence[tuple[float, float]],
    below: Sequence[tuple[float, float]],
    reach: float,
    every: bool,
) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """What runs through a rule: its middle and width where it enters and where it leaves.

    Each run below is paired with the nearest above; slanted lines leave up to `reach` beside. What
    is paired with none may be a line that is nearly level: it leaves farther, and is wide.
    """
    pairs = sorted(
        (abs(a - b), i, k)
        for i, (a, _) in enumerate(above)
        for k, (b, _) in enumerate(below)
        if abs(a - b) <= reach
    )
    enters = set(range(len(above))) - {i for _, i, _ in pairs}
    leaves = set(range(len(below))) - {k for _, _, k in pairs}
    pairs += sorted(
        (abs(above[i][0] - below[k][0]), i, k)
        for i in enters
        for k in leaves
        if abs(above[i][0] - below[k][0]) <= _ASIDE * min(above[i][1], below[k][1])
    )
    taken: tuple[set[int], set[int]] = (set(), set())
    found = []
    for _, i, k in pairs:
        if every or (i not in taken[0] and k not in taken[1]):
            taken[0].add(i)
            taken[1].add(k)
            found.append((above[i], below[k]))
    return found


def _bands(rules: Iterable[Rule]) -> list[tuple[bool, float, float, float, float]]:
    """Rules as bands (level, from and to across, start, end); double ones are one band."""
    bands: list[tuple[bool, float, float, float, float]] = []
    for rule in sorted(rules, key=lambda r: (r.level, r.at)):
        for k, (level, low, high, start, end) in enumerate(bands):
            together = level is rule.level and rule.at - high <= _DOUBLE
            if together and rule.start < end and start < rule.end:
                bands[k] = (level, low, rule.at, min(start, rule.start), max(end, rule.end))
                break
        else:
            bands.append((rule.level, rule.at, rule.at, rule.start, rule.end))
    return bands
