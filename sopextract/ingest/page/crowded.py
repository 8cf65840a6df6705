"""Drawings too full to be a form: maps, hatches, arms and logos of a thousand pieces.

They are taken out before anything is looked for, so that a page takes bounded time; what is left
out is said on the page.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sopextract.core.geometry import BBox, Point, bbox_of, overlaps, union
from sopextract.ingest.page.rules import Rule
from sopextract.ingest.page.strokes import DrawnPage, Stroke

# Points. In a square of that size the fullest made page has 122 strokes (a QR code drawn as boxes),
# a dotted rule that crosses it 20.
_SQUARE = 20.0
_DENSE = 300
# The fullest real page has 600 strokes, the fullest made one 900; a table ruled with dots 20,000.
_MAX_STROKES = 30_000
_LONG = 100.0  # points: what is left of a page that is too full are its long lines, for its tables
_BEYOND = 200.0  # points beyond the page's edge; nothing is drawn there that matters
# The fullest made page has 90 symbols, 330 rules and 260 lines between symbols.
MAX_FORMS = 1_000
MAX_RULES = 5_000
MAX_WIRES = 2_000

TOO_FULL = "gambar di halaman ini terlalu padat dan ditinggalkan"


def thin_out(page: DrawnPage) -> DrawnPage:
    """The page without dense drawings, or with its long lines alone when it is too full."""
    strokes = list(_on_page(page))
    dense = _dense_squares(strokes)
    left_out: tuple[BBox, ...] = ()
    if dense:
        left_out = (union(bbox_of(s.points) for s in strokes if _square(s) in dense),)
        strokes = [s for s in strokes if _square(s) not in dense]
    cut = page.cut or len(strokes) > _MAX_STROKES
    if cut:
        strokes = [s for s in strokes if _size(s) >= _LONG][:_MAX_STROKES]
    return replace(page, strokes=tuple(strokes), cut=cut, left_out=left_out)


def fewer_rules(rules: Sequence[Rule]) -> list[Rule]:
    """The rules; of far too many the long ones only, the longest first."""
    if len(rules) <= MAX_RULES:
        return list(rules)
    long = [rule for rule in rules if rule.end - rule.start >= _LONG]
    return sorted(long, key=lambda rule: rule.start - rule.end)[:MAX_RULES]


def _on_page(page: DrawnPage) -> Iterator[Stroke]:
    """The strokes that touch the page; points far beyond its edge are drawn nearer."""
    width, height = page.size_pt
    box = (-_BEYOND, -_BEYOND, width + _BEYOND, height + _BEYOND)
    for stroke in page.strokes:
        x0, y0, x1, y1 = around = bbox_of(stroke.points)
        if x0 >= box[0] and y0 >= box[1] and x1 <= box[2] and y1 <= box[3]:
            yield stroke
        elif all(map(math.isfinite, around)) and overlaps(around, box):
            yield replace(stroke, points=tuple(_within(p, box) for p in stroke.points))


def _within(point: Point, box: BBox) -> Point:
    return min(max(point[0], box[0]), box[2]), min(max(point[1], box[1]), box[3])


def _size(stroke: Stroke) -> float:
    x0, y0, x1, y1 = bbox_of(stroke.points)
    return max(x1 - x0, y1 - y0)


def _square(stroke: Stroke) -> tuple[int, int] | None:
    """The square in which a stroke has its middle; None for a long one."""
    x0, y0, x1, y1 = bbox_of(stroke.points)
    if max(x1 - x0, y1 - y0) > _LONG:
        return None
    return int((x0 + x1) / 2 // _SQUARE), int((y0 + y1) / 2 // _SQUARE)


def _dense_squares(strokes: Sequence[Stroke]) -> frozenset[tuple[int, int] | None]:
    if len(strokes) <= _DENSE:
        return frozenset()
    counts = Counter(map(_square, strokes))
    return frozenset(k for k, count in counts.items() if k is not None and count > _DENSE)
