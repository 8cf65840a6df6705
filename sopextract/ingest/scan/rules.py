"""The ruled lines of tables among the pixels of a flat page.

Symbols are taken away first, for their sides are lines too. What is left of long straight runs,
and of pale lines that count as no ink, is joined over gaps; then, as for vectors (page/rules.py), a
rule is what ends on other rules.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from sopextract.ingest.page.rules import Rule
from sopextract.ingest.scan.apart import without_symbols
from sopextract.ingest.scan.connected import connected
from sopextract.ingest.scan.hairlines import find_letters, hairlines
from sopextract.ingest.scan.morphology import closed, opened, square, transposed, widened
from sopextract.ingest.scan.over_rules import joined_behind
from sopextract.ingest.scan.overdrawn import cut_back
from sopextract.ingest.scan.raster import Grey, Mask
from sopextract.ingest.scan.runs import find_runs, holds, is_letter, merge_runs
from sopextract.ingest.scan.sides import told_sides
from sopextract.ingest.scan.standing import (
    LEAST_LEVEL,
    LEAST_UPRIGHT,
    SAME,
    Ground,
    bridged,
    standing,
)
from sopextract.ingest.scan.symbols import PixelSymbol
from sopextract.ingest.scan.walls import looks_at, with_walls

_RIM = 2.4  # points: an outline's thickness and blur
# A closed area that is wider is more likely a cell than a symbol: the widest of made and real
# sheets have 110, and stand in lanes.
_WIDEST = 130.0
_LEAST = 30.0  # points: level rules pass several columns; the upper side of a pentagon has 18
# Points, and a share: lines as long are rules; where more of them than this is coloured, rules are,
# for of dark blue ones scanned at 200 dots an inch as little is clearly blue.
_LONG, _COLOURED = 150.0, 0.15
# Points: the gap between the dots of a rule, and where it crosses another. Connectors span the
# lanes, which are half of a table's width at most.
_DOT, _CROSSING, _SPAN = 3.2, 9.0, 0.7


def find_rules(
    dark: Mask,
    symbols: Sequence[PixelSymbol],
    per_pt: float,
    grey: Grey | None = None,
    coloured: Mask | None = None,
) -> list[Rule]:
    """Level and upright rules that end on one another, in points of the flat page.

    With the `grey` picture given also those that are too pale to count as ink. Where the rules are
    not `coloured`, what is has been put on the page or into the table: a stamp, a connector.
    """
    symbols = [s for s in symbols if s.bbox[2] - s.bbox[0] <= _WIDEST]
    boxes = [symbol.bbox for symbol in symbols]
    ink = without_symbols(dark.astype(np.uint8), symbols, per_pt)
    covered, inside = find_letters(ink, per_pt), _insides(symbols, ink, per_pt)
    hidden = covered | inside
    if coloured is not None:
        other = _of_other_ink(ink, coloured, per_pt)
        ink, covered = ink & (1 - other), covered | widened(other, (3, 3))
    along, down = ink, transposed(ink)
    if grey is not None:
        along = along | hairlines(grey, ink, covered, inside, per_pt)
        turned = (transposed(grey), transposed(ink), transposed(covered), transposed(inside))
        down = down | hairlines(*turned, per_pt)
    found = [
        *find_runs(along, per_pt, LEAST_LEVEL, True),
        *find_runs(down, per_pt, LEAST_UPRIGHT, False),
    ]
    level = [r for r in merge_runs(found, True) if holds(along, r, per_pt)]
    level = [r for r in level if r.end - r.start >= _LEAST]
    level = joined_behind(level, boxes)
    upright = [r for r in merge_runs(found, False) if holds(down, r, per_pt)]
    upright = [r for r in upright if not is_letter(r, upright)]
    covered &= 1 - inside
    ground = Ground(
        {True: along, False: down},
        {True: covered, False: covered.T},
        {True: inside, False: inside.T},
        {True: ink, False: ink.T},
        per_pt,
    )
    stand = _stand(level, upright, level, upright, ground)
    # what hangs on a connector is known as such only when that has fallen
    levels, uprights = ([r for r in stand if r.level is way] for way in (True, False))
    stand = _stand(level, upright, levels, uprights, ground)
    if grey is None:
        return stand
    seen = [*level, *upright]
    # and what fell for want of a wall that is seen by then stands after all
    looks = looks_at(grey, hidden, per_pt)
    walls = with_walls(stand, looks, boxes)
    levels, uprights = ([r for r in walls if r.level is way] for way in (True, False))
    level, upright = merge_runs([*level, *levels], True), merge_runs([*upright, *uprights], False)
    stand = _stand(level, upright, levels, uprights, ground, seen)
    return cut_back(with_walls(stand, looks, boxes), seen)


def _stand(
    level: Sequence[Rule],
    upright: Sequence[Rule],
    levels: Sequence[Rule],
    uprights: Sequence[Rule],
    ground: Ground,
    seen: Sequence[Rule] = (),
) -> list[Rule]:
    """The lines that are rules, their pieces joined where they hang on none of the last two.

    Borders that are not seen, but told by the ends of many, are among them. `seen` are pieces that
    lines were made of before.
    """
    lines = [*bridged(level, uprights), *bridged(upright, levels)]
    stand = _told_and_standing(lines, ground)
    # a connector in line with a rule was joined to it, and has pulled it down
    fallen = [x for x in lines if not any(_is_part(rule, x) for rule in stand)]
    pieces: list[Rule] = []
    for rule in (*level, *upright, *seen):
        if any(_is_part(rule, x) and rule != x for x in fallen):
            pieces += [] if any(_is_part(rule, other) for other in pieces) else [rule]
    if not pieces:
        return stand
    # and what ended on it has fallen with it
    whole = [x for x in fallen if not any(_is_part(r, x) for r in pieces)]
    return _told_and_standing([*stand, *pieces, *whole], ground)


def _told_and_standing(lines: Sequence[Rule], ground: Ground) -> list[Rule]:
    lines = [ground.bare(line) for line in lines]
    return standing([*lines, *told_sides(lines)], ground)


def _is_part(rule: Rule, line: Rule) -> bool:
    """Whether a rule lies along a line, and for the most part within it."""
    within = min(rule.end, line.end) - max(rule.start, line.start)
    aside = abs(rule.at - line.at)
    return rule.level is line.level and aside <= SAME and 2 * within > rule.end - rule.start


def _insides(symbols: Sequence[PixelSymbol], ink: Grey, per_pt: float) -> Grey:
    """1 in symbols and on their outlines."""
    inside = np.zeros_like(ink)
    for symbol in symbols:
        points = np.round(np.array(symbol.points) * per_pt).astype(np.int32)
        cv2.fillPoly(inside, [points], 1)
    return widened(inside, square(_RIM, per_pt))


def _of_other_ink(ink: Grey, coloured: Mask, per_pt: float) -> Grey:
    """1 where ink is coloured and rules are not; nowhere where they are."""
    if not coloured.any():
        return np.zeros_like(ink)
    far, dot = round(_LONG * per_pt), 2 * round(_DOT * per_pt / 2) + 1
    level = opened(closed(ink, (dot, 1)), (far, 1))
    upright = opened(closed(ink, (1, dot)), (1, far))
    long = ink & (level | upright)
    if (long & coloured).sum() > _COLOURED * long.sum() or _spans(long, coloured, per_pt):
        return np.zeros_like(ink)
    other: Grey = (coloured & (ink > long)).astype(np.uint8)
    return widened(other, (3, 3))


def _spans(long: Grey, coloured: Mask, per_pt: float) -> bool:
    """Whether a coloured level line is about as long as the longest of the page."""
    gap = (round(_CROSSING * per_pt) | 1, 1)
    widths = [_longest(closed(ink, gap)) for ink in (long, (long & coloured).astype(np.uint8))]
    return widths[1] > _SPAN * widths[0]


def _longest(ink: Grey) -> int:
    """How wide the widest piece of ink is."""
    _, _, stats = connected(ink)
    return int(stats[1:, cv2.CC_STAT_WIDTH].max(initial=0))
