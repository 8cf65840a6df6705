"""What is left of a page's ink in the lanes when all that is known is taken away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import cv2
import numpy as np

from sopextract.core.geometry import BBox, centre, contains, grow
from sopextract.ingest.page.rules import Rule
from sopextract.ingest.page.strokes import Word
from sopextract.ingest.scan.apart import without_rules
from sopextract.ingest.scan.cleaning import is_doubtful_sign, looks_like_head
from sopextract.ingest.scan.raster import Grey
from sopextract.ingest.scan.straight import straight_ink
from sopextract.ingest.scan.symbols import PixelSymbol
from sopextract.lexicon.cabang import is_exit

# Points.
_RIM = 1.1  # of a symbol that is taken away, outside its outline's middle
_THICK, _BLUR = 2.0, 0.35  # an outline too thick for this rim, and what is added to its half
_BAND = 1.3  # from the middle of a rule to where its ink ends
_HANGS = 3.0  # as far a line goes on from its head
_LONG = 9.0  # of a rule; shorter runs of ink on it are what crosses it


def left_over(
    ink: Grey,
    symbols: Sequence[PixelSymbol],
    rules: Sequence[Rule],
    words: Sequence[Word],
    lanes: BBox,
    per_pt: float,
) -> Grey:
    """The ink without symbols, words and rules."""
    return _without_known(without_rules(ink, rules, per_pt), symbols, words, lanes, per_pt)


def left_at_rules(
    ink: Grey,
    symbols: Sequence[PixelSymbol],
    rules: Sequence[Rule],
    words: Sequence[Word],
    lanes: BBox,
    per_pt: float,
) -> Grey:
    """The same, but of rules no more is taken away than their own lines of pixels.

    What lies on a rule keeps its form, and the rims of worn rules stay as dirt.
    """
    left = ink.copy()
    for rule in rules:
        grid = left if rule.level else left.T
        low, high = round((rule.at - _BAND) * per_pt), round((rule.at + _BAND) * per_pt) + 1
        start, end = round(rule.start * per_pt), round(rule.end * per_pt) + 1
        low, start = max(0, low - 1), max(0, start)
        part = np.ascontiguousarray(grid[low : high + 1, start:end])
        if not part.size:
            continue
        long = cv2.morphologyEx(part, cv2.MORPH_OPEN, np.ones((1, round(_LONG * per_pt)), np.uint8))
        bare = cv2.bitwise_and(part, cv2.bitwise_not(long * 255) // 255)
        across = np.ones((len(part), 1), np.uint8)
        padded = cv2.copyMakeBorder(bare, len(part), len(part), 0, 0, cv2.BORDER_CONSTANT, value=0)
        through = cv2.morphologyEx(padded, cv2.MORPH_CLOSE, across)[len(part) : -len(part)]
        grid[low : high + 1, start:end] = cv2.bitwise_or(bare, cv2.bitwise_and(through, long))
    return _without_known(left, symbols, words, lanes, per_pt)


def _without_known(
    left: Grey,
    symbols: Sequence[PixelSymbol],
    words: Sequence[Word],
    lanes: BBox,
    per_pt: float,
) -> Grey:
    for symbol in symbols:
        outline = np.round(np.array([symbol.points]) * per_pt).astype(np.int32)
        cv2.fillPoly(left, list(outline), 0)
        rim = symbol.edge_pt / 2 + _BLUR if symbol.edge_pt > _THICK else _RIM
        cv2.polylines(left, list(outline), True, 0, max(3, round(2 * rim * per_pt)))
    # what stands in a symbol went with it; its word's box may reach to a head at the symbol
    outside = [w for w in words if not any(contains(s.bbox, centre(w.bbox)) for s in symbols)]
    _wipe_words(left, outside, lanes, per_pt)
    return left


def _wipe_words(ink: Grey, words: Iterable[Word], lanes: BBox, per_pt: float) -> None:
    """Take away words; a line that runs through one of them stays."""
    lines = straight_ink(ink, per_pt)
    for word in words:
        wx0, wy0, wx1, wy1 = (max(0, round(v * per_pt)) for v in grow(word.bbox, 0.8))
        is_dashes = len(word.text) > 1 and not any(c.isalnum() for c in word.text)
        if is_dashes and contains(lanes, centre(word.bbox)):
            continue  # no word: a broken line that was read as one
        as_head, unsure = looks_like_head(word.text), is_doubtful_sign(word.text, word.score)
        if (as_head or unsure) and contains(lanes, centre(word.bbox)):
            sure_head = as_head and not is_exit(word.text)
            box = (wx0, wy0, wx1, wy1)
            if sure_head or _hangs_on_a_line(ink, box, per_pt):
                continue
            if unsure and _line_leads_to(lines, box, per_pt):
                continue
        ink[wy0:wy1, wx0:wx1] = lines[wy0:wy1, wx0:wx1]


def _line_leads_to(lines: Grey, box: tuple[int, int, int, int], per_pt: float) -> bool:
    """Whether a straight line, a broken one too, goes on right outside of a box."""
    reach = round(_HANGS * per_pt)
    x0, y0, x1, y1 = box
    around = lines[max(0, y0 - reach) : y1 + reach, max(0, x0 - reach) : x1 + reach]
    return int(around.sum()) - int(lines[y0:y1, x0:x1].sum()) > _HANGS * per_pt


def _hangs_on_a_line(ink: Grey, box: tuple[int, int, int, int], per_pt: float) -> bool:
    """Whether the ink of a box goes on outside of it: a head that was read as a letter."""
    reach = round(_HANGS * per_pt)
    x0, y0, x1, y1 = box
    left, top = max(0, x0 - reach), max(0, y0 - reach)
    part = ink[top : y1 + reach, left : x1 + reach]
    if not part.size:
        return False
    count, names, stats, _ = cv2.connectedComponentsWithStats(part, connectivity=8)
    inside = np.bincount(names[y0 - top : y1 - top, x0 - left : x1 - left].ravel(), minlength=count)
    inside[0] = 0
    k = int(np.argmax(inside))
    return bool(inside[k] > 0 and stats[k, 4] - inside[k] > _HANGS * per_pt)
