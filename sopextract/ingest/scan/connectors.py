"""The lines between symbols among the pixels of a flat page, and their heads.

Taken away first is all that is known: symbols with what is in them, rules, words. What is left in
the lanes are connectors, and dirt. Straight runs become bars, joined where a rule was taken from
under them and where they meet; what leans becomes a slanted bar; ink that grows narrow to the end
of a bar is its head. Nothing is completed: a bar that ends at nothing is left as it is, and told as
such later. How surely each was followed is its score.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from sopextract.core.geometry import BBox, Point, centre, contains, grow, overlaps
from sopextract.ingest.page.rules import Rule
from sopextract.ingest.page.strokes import Word
from sopextract.ingest.scan.bars import (
    Bar,
    drawn_on,
    find_bars,
    find_shafts,
    followed,
    is_rest_of_rule,
    joined_bars,
    met_bars,
    through_words,
    wipe_bar,
    without_rims,
    without_spurs,
)
from sopextract.ingest.scan.connected import connected
from sopextract.ingest.scan.corners import with_jogs, without_overshoot
from sopextract.ingest.scan.framed import frame_sides, is_frame_side
from sopextract.ingest.scan.heads import Triangle, head_of, look_at_end
from sopextract.ingest.scan.ink import Print
from sopextract.ingest.scan.left_over import left_at_rules, left_over
from sopextract.ingest.scan.on_rules import Ground, with_lines_on_rules
from sopextract.ingest.scan.raster import Grey
from sopextract.ingest.scan.symbols import PixelSymbol
from sopextract.ingest.scan.turns import Seen, hidden_turns

# Points.
_AROUND_WORD = 2.0  # a line stops as near to a word that stands in its way
_IN_WORD, _SIGN = 0.8, 2  # points around a word whose strokes are its own; shorter ones are signs
_ABOVE_LETTERS = 0.2  # of its size a word's box, grown, has above its letters (lettering.py)
_SHORTEST = 4.2  # bar; a rule's band on both sides of it leaves as little between two rows
_SOLID = 2.3  # discs of this width fit in a head, not in a line
_LEAN_LENGTH, _LEAN_THICK = 9.0, 2.6
_LEAN = 0.08  # the least slope; less is the rim of a bar
_LEAN_SCORE = 0.95  # what leans is seldom a connector of these sheets
_MARGIN = 14.0  # beside the lanes: loops may run outside of them
_SIZE = 5.0  # of a head: what is unclear this near to one is the head
_SHORT = 9.0  # printers let arrows end up to 6.5 short of their symbol; and what a rule hides
_IN_HEAD = 6.5  # longer bars are no part of a head
# Bars around a head as it is drawn are its own ink; hollow ones are larger than they are drawn,
# and their sides are bars.
_AROUND_HEAD, _SIDE_OF_HEAD = 1.2, 2.4
_ALL_HEAD, _TWO_HEADS = 9.5, 14.0  # an arrow so short may be all head; has hardly room for two


@dataclass(frozen=True, slots=True)
class PixelConnectors:
    """Lines (polylines) and heads (triangles, tip first), in points of the flat page.

    `unclear` are ends of lines with ink beside them that is no head as far as can be seen.
    `line_scores` and `head_scores` say in the same order how surely each was seen.
    """

    lines: tuple[tuple[Point, ...], ...]
    heads: tuple[Triangle, ...]
    unclear: tuple[Point, ...]
    line_scores: tuple[float, ...] = ()
    head_scores: tuple[float, ...] = ()


def find_connectors(
    printed: Print,
    symbols: Sequence[PixelSymbol],
    rules: Sequence[Rule],
    words: Sequence[Word],
    lanes: BBox,
    per_pt: float,
) -> PixelConnectors:
    """The connectors in the lanes, a box in points of the flat page."""
    dark = printed.dark
    x0, y0, x1, y1 = (max(0, round(v * per_pt)) for v in grow(lanes, _MARGIN))
    ink = left_over(dark.astype(np.uint8), symbols, rules, words, lanes, per_pt)[y0:y1, x0:x1]
    if not ink.any():
        return PixelConnectors((), (), ())
    corner = (x0 / per_pt, y0 / per_pt)
    plain = dark.astype(np.uint8)
    frames = frame_sides(plain, words, [s.bbox for s in symbols], lanes, per_pt)
    sides = [_shifted(side, corner) for side in frames]
    bars, leaning = _straight(ink, symbols, rules, words, corner, sides, per_pt)
    at_rules = left_at_rules(plain, symbols, rules, words, lanes, per_pt)[y0:y1, x0:x1]
    near = [_back(rule.bbox, corner) for rule in rules]
    boxes = [_back(symbol.bbox, corner) for symbol in symbols]
    ground = Ground(printed.grey[y0:y1, x0:x1], dark[y0:y1, x0:x1], boxes, near, per_pt)
    bars = without_spurs(with_lines_on_rules(bars, ground), boxes)
    bars = with_jogs(without_overshoot(bars, ink, per_pt))
    bars += hidden_turns(bars, Seen((ink, at_rules), dark[y0:y1, x0:x1], boxes, near, per_pt))
    again = {
        (k, way)
        for k, bar in enumerate(bars)
        for way in (-1, 1)
        if _leads_over(bar, way, near, boxes)
    }
    drawn, heads, unclear = _with_heads(bars, (ink, at_rules), again, per_pt)
    met = met_bars(drawn)
    scores = [followed(bar, dark[y0:y1, x0:x1], per_pt) for bar in met]
    lines = [(bar.point(bar.start), bar.point(bar.end)) for bar in met]
    return PixelConnectors(
        tuple(tuple(_moved(p, corner) for p in line) for line in (*lines, *leaning)),
        tuple((_moved(a, corner), _moved(b, corner), _moved(c, corner)) for (a, b, c), _ in heads),
        tuple(_moved(p, corner) for p in unclear),
        (*scores, *(_LEAN_SCORE for _ in leaning)),
        tuple(score for _, score in heads),
    )


def _leads_over(bar: Bar, way: int, rules: Sequence[BBox], symbols: Sequence[BBox]) -> bool:
    """Whether a bar ends at a rule and would, carried on a little, run into a symbol."""
    end = bar.start if way < 0 else bar.end
    (x0, y0), (x1, y1) = bar.point(end), bar.point(end + way * _SHORT)
    ahead = min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
    around = grow((x0, y0, x0, y0), _SIZE)
    return any(overlaps(ahead, box) for box in symbols) and any(overlaps(around, r) for r in rules)


def _straight(
    ink: Grey,
    symbols: Sequence[PixelSymbol],
    rules: Sequence[Rule],
    words: Sequence[Word],
    corner: Point,
    frames: Sequence[Bar],
    per_pt: float,
) -> tuple[list[Bar], list[tuple[Point, ...]]]:
    """Level and upright bars, and slanted lines, among what is left."""
    solid = _solid(ink, per_pt)
    thin = np.asarray(cv2.bitwise_and(ink, cv2.bitwise_not(solid * 255) // 255), np.uint8)
    bars = [bar for way in (True, False) for bar in find_bars(thin, per_pt, way, _SHORTEST)]
    bars = [bar for bar in bars if not is_rest_of_rule(bar, rules, corner)]
    loose = ink.copy()
    for bar in bars:
        wipe_bar(loose, bar, per_pt)
    shafts = find_shafts(np.asarray(cv2.bitwise_and(thin, loose), np.uint8), solid, per_pt)
    shafts = without_rims(shafts, bars)
    bars = [bar for bar in (*bars, *shafts) if not is_frame_side(bar, frames)]
    boxes = [_back(s.bbox, corner) for s in symbols]
    letters = [
        (_back(grow(w.bbox, _IN_WORD), corner), 0.0 if w.angle else _ABOVE_LETTERS * w.size_pt)
        for w in words
        if len(w.text) > _SIGN and any(c.isalnum() for c in w.text)
    ]
    bars = [bar for bar in bars if not any(_is_lettering(bar, *word) for word in letters)]
    bars = [drawn_on(bar, ink, per_pt) for bar in bars]
    # the word in a symbol is no gap of a line: the line ends at the symbol
    over = [
        box
        for box in (_back(grow(w.bbox, _AROUND_WORD), corner) for w in words)
        if not any(contains(symbol, centre(box)) for symbol in boxes)
    ]
    bars = [through_words(b, over, boxes, ink, per_pt) for b in bars]
    bars = without_spurs(joined_bars(bars, over), boxes)
    slanted = cv2.bitwise_and(loose, cv2.bitwise_not(solid * 255) // 255)
    return bars, _leaning(np.asarray(slanted, np.uint8), per_pt)


def _with_heads(
    bars: Sequence[Bar], inks: tuple[Grey, Grey], again: set[tuple[int, int]], per_pt: float
) -> tuple[list[Bar], list[tuple[Triangle, float]], list[Point]]:
    """The bars drawn on to the tips of their heads, these with their scores, and unclear ends.

    Short bars that are part of a head are gone. What is unclear in the first ink, and the
    ends in `again` (number of the bar, which end), are looked at in the second.
    """
    drawn: list[tuple[Bar, list[tuple[Triangle, float]]]] = []
    unclear: list[Point] = []
    for k, bar in enumerate(bars):
        length = bar.end - bar.start
        own: list[tuple[Triangle, float]] = []
        doubted: list[Point] = []
        for way in (-1, 1):
            seen = look_at_end(inks[0], bar, way, per_pt)
            end = bar.point(bar.start if way < 0 else bar.end)
            if seen.unclear or (seen.tip is None and (k, way) in again):
                other = look_at_end(inks[1], bar, way, per_pt)
                seen = other if other.tip is not None else seen
            if seen.tip is not None:
                bar, head = head_of(bar, seen, way)
                own.append((head, seen.score))
            elif seen.unclear:
                doubted.append(end)
        drawn.append((bar, _surest(own) if length <= _TWO_HEADS else own))
        if not own or length > _ALL_HEAD:  # else that is the back of its own head
            unclear += doubted
    kept = [(bar, own) for bar, own in drawn if not _is_of_a_head(bar, drawn)]
    heads = [head for _, own in kept for head in own]
    tips = [head[0] for head, _ in heads]
    unclear = [p for p in unclear if all(math.dist(p, tip) > _SIZE for tip in tips)]
    return [bar for bar, _ in kept], heads, unclear


def _surest(heads: Sequence[tuple[Triangle, float]]) -> list[tuple[Triangle, float]]:
    """The heads of a line too short for two: without one that is less sure, the other's back."""
    most = max((score for _, score in heads), default=0.0)
    return [head for head in heads if head[1] == most]


def _is_of_a_head(bar: Bar, drawn: Sequence[tuple[Bar, Sequence[tuple[Triangle, float]]]]) -> bool:
    """Whether a bar is but ink of the head of another, a longer one, whatever its own ends are."""
    length = bar.end - bar.start
    return length <= _IN_HEAD and any(
        _is_in(bar, head)
        for other, own in drawn
        if other is not bar and (other.end - other.start > length)
        for head, _ in own
    )


def _is_in(bar: Bar, head: Triangle) -> bool:
    """Whether a bar lies in the box around a head."""
    xs, ys = [p[0] for p in head], [p[1] for p in head]
    around = _SIDE_OF_HEAD if bar.end - bar.start <= _SIZE else _AROUND_HEAD
    return _is_inside(bar, grow((min(xs), min(ys), max(xs), max(ys)), around))


def _is_inside(bar: Bar, box: BBox) -> bool:
    return all(contains(box, bar.point(end)) for end in (bar.start, bar.end))


def _is_lettering(bar: Bar, box: BBox, bare: float) -> bool:
    """Whether a bar is a stroke of a word; `bare` is what of its box has no letters, at the top."""
    x0, y0, x1, y1 = box
    return _is_inside(bar, (x0, y0 + bare if bar.level else y0, x1, y1))


def _moved(point: Point, by: Point) -> Point:
    return point[0] + by[0], point[1] + by[1]


def _shifted(bar: Bar, corner: Point) -> Bar:
    """A bar of the page as one of the part that begins at a corner."""
    along, across = corner if bar.level else corner[::-1]
    return replace(bar, at=bar.at - across, start=bar.start - along, end=bar.end - along)


def _back(box: BBox, corner: Point) -> BBox:
    return box[0] - corner[0], box[1] - corner[1], box[2] - corner[0], box[3] - corner[1]


def _solid(ink: Grey, per_pt: float) -> Grey:
    """Where ink is thicker than lines are: filled heads, blots."""
    size = round(_SOLID * per_pt) | 1
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    core = cv2.morphologyEx(ink, cv2.MORPH_OPEN, disc)
    return np.asarray(cv2.bitwise_and(cv2.dilate(core, np.ones((3, 3), np.uint8)), ink), np.uint8)


def _leaning(ink: Grey, per_pt: float) -> list[tuple[Point, ...]]:
    """Straight pieces that are neither level nor upright, in points."""
    joined = cv2.dilate(ink, np.ones((3, 3), np.uint8))
    count, names, stats = connected(joined)
    found: list[tuple[Point, ...]] = []
    for k in range(1, count):
        x, y, w, h, _ = (int(v) for v in stats[k])
        if np.hypot(w, h) < _LEAN_LENGTH * per_pt:
            continue
        ys, xs = np.nonzero((names[y : y + h, x : x + w] == k) & (ink[y : y + h, x : x + w] > 0))
        points = np.stack([xs + x + 0.5, ys + y + 0.5], axis=1) / per_pt
        middle = points.mean(axis=0)
        _, _, axes = np.linalg.svd(points - middle, full_matrices=False)
        along = (points - middle) @ axes[0]
        across = np.abs((points - middle) @ axes[1])
        length = float(np.ptp(along))
        if length < _LEAN_LENGTH or 2 * float(np.quantile(across, 0.95)) > _LEAN_THICK:
            continue
        lean = abs(axes[0][0]), abs(axes[0][1])
        if len(points) < 0.5 * length * per_pt or min(lean) < _LEAN * max(lean):
            continue
        ends = [middle + axes[0] * t for t in (along.min(), along.max())]
        found.append(tuple((float(p[0]), float(p[1])) for p in ends))
    return found
