"""The form's symbols among the pixels of a page: regions of paper that ink encloses.

A region is a symbol when its outline is one of the four, and, for boxes, when no line goes on
beyond its corners: then it would be a cell of a table. Outlines that are worn or crossed have gaps,
so the ink is thickened step by step, and of what closes at several steps the finest is taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from sopextract.core.geometry import BBox, Point, grow, shared_area
from sopextract.ingest.page.symbols import classify
from sopextract.ingest.scan.around import edge_thickness, is_crowded, lines_beyond
from sopextract.ingest.scan.connected import connected
from sopextract.ingest.scan.holes import find_holes, paper_of
from sopextract.ingest.scan.ink import Print, faint_ink
from sopextract.ingest.scan.morphology import closed_along
from sopextract.ingest.scan.raster import Grey
from sopextract.ingest.scan.shapes import (
    FIT_GOOD,
    FIT_LEAST,
    best_ideal,
    has_wave,
    ideal_outline,
    is_cut,
    whole_diamond,
    without_stubs,
)
from sopextract.model.source import Outline as Kind

# Points. As for vectors (page/symbols.py), a little less: what is measured here is the paper in it.
_MIN_WIDTH, _MIN_HEIGHT = 9.0, 6.5
# The smallest filled one is 9 high, as one seen whole with its outline; words that run together, 8.
_MIN_SOLID = 8.5
_MAX_WIDTH, _MAX_HEIGHT = 200.0, 120.0
_MAX_OFF_PAGE = 45.0  # it holds one letter; the largest of made and real sheets has 30
_MAX_CAPSULE = 40.0  # high; larger rings are stamps
_CLOSINGS_PT = (0.0, 1.0, 1.8, 2.6)  # gaps that are bridged: 3, 5 and 7 pixels at 200 dots an inch
_LEANING_GAP, _SLOPES = 1.8, (-0.65, -0.35, 0.35, 0.65)  # of the sides of diamonds, flat to square
_SMOOTH_PT = 0.8  # bumps of an outline that come from noise
_CLOSING_COST = 0.02  # of the score, a step
_CROSSED_COST = 0.03  # of what was seen only when rules were taken away
_SCALE = 1.7
_PART = 0.7  # of the whole form's box, and less, its parts have
_FIT_SHEET = (
    0.89  # the form has no such symbol; lines and a diamond enclose what is a little like it
)
_FIRST = 0.9  # of a stack of sheets the first has 0.71
_FULL = 0.93  # of its box a box of paper fills
_LIKE = 0.2  # symbols of one kind on a sheet are of one size, nearly
_THIN_PT = 4.0  # lines and letters are thinner; the smallest filled symbol is 9 points high
_STUB_PT = 2.0  # stubs of lines that stick to a filled symbol
_STUB_HIGH = 1.2  # the least of a head that sticks to a symbol; the round ends of one are lower
_FILLED = 190  # of 255: an office's blue filling has 143, shaded header cells 217 and more
_SOLID_SCORE = 0.97
# In fainter ink, where dirt is ink as well, a symbol is surer than seen before by as much, and one
# that was not seen before has as much.
_SURER, _FAINT_SURE = 0.015, 0.93


@dataclass(frozen=True, slots=True)
class PixelSymbol:
    """A symbol in points of the flat page: its kind, the ideal outline, how surely it is one.

    `touching` says that a line goes on along one of its sides: it stands on a rule. `edge_pt` is
    how thick its outline is, 0 where that was not measured.
    """

    kind: Kind
    points: tuple[Point, ...]
    bbox: BBox
    score: float
    touching: bool = False
    edge_pt: float = 0.0


def find_symbols(printed: Print, per_pt: float) -> list[PixelSymbol]:
    """The symbols of a page that stand free, and boxes that stand on a rule with one side.

    Where a page has some, fainter ink is looked at as well: thin outlines of pale ink have gaps,
    and a paler rim makes the gaps of others narrower.
    """
    ink = printed.dark.astype(np.uint8)
    solid = list(_solid_symbols(printed.grey, ink, per_pt))
    found = _standing_free([*solid, *_enclosed_symbols(ink, per_pt)])
    if not any(s.kind is not Kind.DOCUMENT for s in found):
        return found
    faint = faint_ink(printed.grey, per_pt).astype(np.uint8)
    return _with_fainter(found, _standing_free([*solid, *_enclosed_symbols(faint, per_pt)]))


def _standing_free(symbols: Iterable[PixelSymbol]) -> list[PixelSymbol]:
    """The distinct ones of symbols, without sheets and boxes on rules that no other is like."""
    found = _distinct(symbols, [])
    sure = [s for s in found if not s.touching]
    form = [s for s in sure if s.kind is not Kind.DOCUMENT]
    sure = [s for s in sure if s.kind is not Kind.DOCUMENT or _is_in_scale(s, form)]
    return [*sure, *(s for s in found if s.touching and _is_like(s, sure))]


def _with_fainter(found: Sequence[PixelSymbol], faint: Sequence[PixelSymbol]) -> list[PixelSymbol]:
    """Symbols, those of fainter ink in place of the same seen less surely, and more of them that
    are seen as surely and are no larger. Boxes stay boxes: what is blurred has its corners rounded.
    """
    kept = list(found)
    for symbol in faint:
        same = [s for s in found if _is_same(s.bbox, symbol.bbox)]
        rounded = symbol.kind is Kind.CAPSULE and any(s.kind is Kind.BOX for s in same)
        if len(same) == 1 and not rounded and symbol.score >= same[0].score + _SURER:
            kept[found.index(same[0])] = symbol
        elif not same and symbol.score >= _FAINT_SURE and _is_of_page(symbol, found):
            kept.append(symbol)
    return kept


def _is_of_page(symbol: PixelSymbol, others: Sequence[PixelSymbol]) -> bool:
    """Whether a form may be a symbol of a page that has these."""
    free = symbol.kind is not Kind.DOCUMENT and not symbol.touching
    return free and _is_in_scale(symbol, others)


def find_crossed_symbols(
    ink: Grey, per_pt: float, known: Sequence[PixelSymbol]
) -> list[PixelSymbol]:
    """More symbols in ink from which rules were taken away: those that lie over a rule, and those
    whose words touch their outline.
    """
    whole = list(_filled_in(ink, per_pt))
    parts = [s for s in _enclosed_symbols(ink, per_pt) if not any(_is_part(s, w) for w in whole)]
    stacks = [w for w in whole if any(_is_stack(w, k) for k in known)]
    sheets = [w for w in whole if w.kind is Kind.DOCUMENT]
    # what connectors enclose may lie over a symbol, which is found before such a form is left out
    forms = [
        s
        for s in (*parts, *(w for w in whole if w not in sheets))
        if not s.touching and (not known or _is_in_scale(s, known))
    ]
    more = [*stacks, *_distinct(forms, known)]
    return [replace(s, score=round(s.score - _CROSSED_COST, 3)) for s in more]


def _distinct(found: Iterable[PixelSymbol], known: Sequence[PixelSymbol]) -> list[PixelSymbol]:
    """One symbol for each place, the first that was found there."""
    kept: list[PixelSymbol] = []
    for symbol in found:
        if not any(_is_same(symbol.bbox, other.bbox) for other in (*known, *kept)):
            kept.append(symbol)
    return kept


def _is_stack(whole: PixelSymbol, known: PixelSymbol) -> bool:
    """Whether a form is a stack of sheets, of which the first is known."""
    return whole.kind is known.kind is Kind.DOCUMENT and _is_part(known, whole, _FIRST)


def without_parts(symbols: Sequence[PixelSymbol]) -> list[PixelSymbol]:
    """The symbols without sheets that are the first of a stack."""
    return [s for s in symbols if not any(_is_stack(w, s) for w in symbols)]


def _is_part(symbol: PixelSymbol, whole: PixelSymbol, share: float = _PART) -> bool:
    """Whether a form is but a part of another, which a letter in it cuts off."""
    return _is_same(symbol.bbox, whole.bbox) and share * _size(whole.bbox) > _size(symbol.bbox)


def _size(box: BBox) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _is_like(symbol: PixelSymbol, others: Iterable[PixelSymbol]) -> bool:
    """Whether a sheet has another symbol of that kind and size: they are drawn with one hand."""
    w, h = symbol.bbox[2] - symbol.bbox[0], symbol.bbox[3] - symbol.bbox[1]
    return any(
        o.kind is symbol.kind
        and abs(o.bbox[2] - o.bbox[0] - w) <= _LIKE * w
        and abs(o.bbox[3] - o.bbox[1] - h) <= _LIKE * h
        for o in others
    )


def _is_in_scale(symbol: PixelSymbol, others: Iterable[PixelSymbol]) -> bool:
    """Whether a form is about as large as some symbol of the page, of whatever kind."""
    w, h = symbol.bbox[2] - symbol.bbox[0], symbol.bbox[3] - symbol.bbox[1]
    return any(
        w <= _SCALE * (o.bbox[2] - o.bbox[0]) and h <= _SCALE * (o.bbox[3] - o.bbox[1])
        for o in others
    )


def _enclosed_symbols(ink: Grey, per_pt: float) -> Iterator[PixelSymbol]:
    """Regions of paper that ink encloses, from the finest closing to the coarsest."""
    seen: set[tuple[int, int, int, int]] = set()  # most regions are cells, the same at each step
    for step, gap in enumerate(_CLOSINGS_PT):
        size = round(gap * per_pt) | 1
        kernel = np.ones((size, size), np.uint8)
        thick: Grey = np.asarray(cv2.morphologyEx(ink, cv2.MORPH_CLOSE, kernel), np.uint8)
        closings = [thick]
        if gap >= _LEANING_GAP:  # which rounds the corners of boxes
            closings.append(thick | closed_along(ink, round(gap * per_pt) + 2, _SLOPES))
        for closed in closings:
            for symbol in _symbols_of(closed, ink, per_pt, seen):
                yield replace(symbol, score=round(symbol.score - step * _CLOSING_COST, 3))


def _filled_in(ink: Grey, per_pt: float) -> Iterator[PixelSymbol]:
    """Forms that are closed as a whole, whatever stands in them."""
    size = round(_CLOSINGS_PT[1] * per_pt) | 1
    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8))
    paper = cv2.bitwise_not(closed * 255)
    _, names, stats = connected(paper, 4)
    large = (stats[:, 2] > _MAX_WIDTH * per_pt) | (stats[:, 3] > _MAX_HEIGHT * per_pt)
    height, width = ink.shape
    at_edge = (stats[:, 0] == 0) | (stats[:, 1] == 0)
    at_edge |= (stats[:, 0] + stats[:, 2] == width) | (stats[:, 1] + stats[:, 3] == height)
    outside = large | at_edge
    outside[0] = False
    filled = (~outside[names]).astype(np.uint8)
    yield from _cores(filled, ink, per_pt)


def _solid_symbols(grey: Grey, ink: Grey, per_pt: float) -> Iterator[PixelSymbol]:
    """Symbols that are filled with ink: what is left when all that is thin is taken away."""
    solid = (grey < _FILLED).astype(np.uint8)
    if not solid.any():
        return
    closed = cv2.morphologyEx(solid, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    for symbol in _cores(np.asarray(closed, np.uint8), ink, per_pt):
        yield replace(symbol, score=min(symbol.score, _SOLID_SCORE))


def _cores(solid: Grey, ink: Grey, per_pt: float) -> Iterator[PixelSymbol]:
    """Symbols among areas, when all that is thin is taken away from them."""
    size = round(_THIN_PT * per_pt) | 1
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    core = cv2.morphologyEx(solid, cv2.MORPH_OPEN, disc)
    left = cv2.bitwise_and(cv2.dilate(core, np.ones((size, size), np.uint8)), solid)
    stub = round(_STUB_PT * per_pt) | 1
    left = cv2.morphologyEx(left, cv2.MORPH_OPEN, np.ones((stub, stub), np.uint8))
    if not cv2.countNonZero(left):
        return
    count, names, stats = connected(left, 4)
    for k in range(1, count):
        x, y, w, h, _ = (int(v) for v in stats[k])
        if not _fits(w, h, per_pt):
            continue
        region = np.pad((names[y : y + h, x : x + w] == k).astype(np.uint8), 2)
        region = without_stubs(region, max(2, round(_STUB_HIGH * per_pt)))
        symbol = _as_symbol(region, (x - 2, y - 2), ink, per_pt, solid=True)
        if symbol is not None and not symbol.touching:
            yield symbol


def _fits(width: int, height: int, per_pt: float) -> bool:
    """Whether something in pixels has the size of a symbol."""
    return (
        _MIN_WIDTH * per_pt <= width <= _MAX_WIDTH * per_pt
        and _MIN_HEIGHT * per_pt <= height <= _MAX_HEIGHT * per_pt
    )


def _is_same(a: BBox, b: BBox) -> bool:
    return shared_area(a, b) > 0.5 * min(_size(a), _size(b))


def _symbols_of(
    closed: Grey, ink: Grey, per_pt: float, seen: set[tuple[int, int, int, int]]
) -> Iterator[PixelSymbol]:
    for x, y, w, h in find_holes(closed):
        if not _fits(w, h, per_pt):
            continue
        place = (x // 3, y // 3, (x + w) // 3, (y + h) // 3)
        if place in seen:
            continue
        hole = paper_of(closed, (x, y, w, h))
        size = cv2.countNonZero(hole)
        if size < 0.3 * w * h:
            continue
        if size > _FULL * w * h and _is_cell(ink, (x, y, w, h), per_pt):
            continue
        seen.add(place)
        symbol = _as_symbol(np.pad(hole, 2), (x - 2, y - 2), ink, per_pt)
        if symbol is not None:
            yield symbol


def _is_cell(ink: Grey, box: tuple[int, int, int, int], per_pt: float) -> bool:
    """Whether lines go on beyond two or more sides of a box of paper."""
    x, y, w, h = box
    rim = 1.0  # to the middle of the line, about
    outer = (x / per_pt, y / per_pt, (x + w) / per_pt, (y + h) / per_pt)
    return sum(side > 0 for side in lines_beyond(ink, grow(outer, rim / per_pt), per_pt)) > 1


def _as_symbol(
    region: Grey, corner: tuple[int, int], ink: Grey, per_pt: float, solid: bool = False
) -> PixelSymbol | None:
    """The symbol that a region of paper is the inside of, or that a `solid` region of ink is."""
    outlines, _ = cv2.findContours(region, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    drawn = cv2.drawContours(np.zeros_like(region), [max(outlines, key=len)], -1, 1, -1)
    whole = np.asarray(drawn, np.uint8)
    symbol = _symbol_of(whole, corner, ink, per_pt, solid)
    if symbol is None and not solid and (diamond := whole_diamond(whole)) is not None:
        return _symbol_of(diamond, corner, ink, per_pt, solid)
    return symbol


def _symbol_of(
    whole: Grey, corner: tuple[int, int], ink: Grey, per_pt: float, solid: bool
) -> PixelSymbol | None:
    """The symbol that a region without holes is."""
    size = round(_SMOOTH_PT * per_pt) | 1
    smooth = cv2.morphologyEx(whole, cv2.MORPH_OPEN, np.ones((size, size), np.uint8))
    filled = np.asarray(smooth, np.uint8)
    outlines, _ = cv2.findContours(filled, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not outlines:
        return None
    outline = max(outlines, key=cv2.contourArea)[:, 0, :].astype(np.float64)
    x, y, w, h = cv2.boundingRect(outline.astype(np.int32))
    if solid and h < _MIN_SOLID * per_pt:
        return None
    thick = 0.0 if solid else edge_thickness(filled, ink, corner, (x, y, w, h))
    if thick is None:
        return None
    ideal = best_ideal(filled[y : y + h, x : x + w], solid)
    if ideal is None:
        return None
    kind, fit, beyond_x, beyond_y = ideal
    if kind is Kind.DOCUMENT and (
        fit < _FIT_SHEET or not (solid or has_wave(filled[y : y + h, x : x + w]))
    ):
        return None
    dx, dy = thick / 2 + beyond_x * w, thick / 2 + beyond_y * h
    box = (
        (corner[0] + x - dx) / per_pt,
        (corner[1] + y - dy) / per_pt,
        (corner[0] + x + w + dx) / per_pt,
        (corner[1] + y + h + dy) / per_pt,
    )
    points = ideal_outline(kind, box)
    said = classify(points, box)
    if said is None or said[0] is not kind:
        return None
    # beside the first sheet of a stack stand the edges of the others
    if kind is not Kind.DOCUMENT and is_crowded(ink, box, per_pt):
        return None
    touching = False
    if kind in (Kind.BOX, Kind.OFF_PAGE):
        beyond = [side for side in lines_beyond(ink, box, per_pt) if side]
        if len(beyond) > (1 if kind is Kind.BOX else 0):
            return None
        touching = bool(beyond)
    if kind is Kind.OFF_PAGE and max(box[2] - box[0], box[3] - box[1]) > _MAX_OFF_PAGE:
        return None
    if kind is Kind.CAPSULE and (
        box[3] - box[1] > _MAX_CAPSULE
        or is_cut(filled[y : y + h, x : x + w])
        or sum(side > 0 for side in lines_beyond(ink, box, per_pt)) > 1  # a cell worn at corners
    ):
        return None
    score = min(1.0, 0.9 + 0.1 * (fit - FIT_LEAST) / (FIT_GOOD - FIT_LEAST))
    return PixelSymbol(kind, points, box, score, touching, thick / per_pt)
