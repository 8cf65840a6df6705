"""The form's symbols among the outlines of a page."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sopextract.core.geometry import (
    BBox,
    Point,
    area,
    bbox_of,
    distance_to_polyline,
    shared_area,
)
from sopextract.ingest.page.bar_loops import loops_of_bars
from sopextract.ingest.page.crowded import MAX_FORMS
from sopextract.ingest.page.ink import Ink, Line, Outline
from sopextract.ingest.page.rules import Rule, pieces_of
from sopextract.model.source import Outline as Kind

# Points. The real sheets' symbols measure 14 to 95 across and 9 to 35 high; made ones more.
_MIN_WIDTH, _MIN_HEIGHT = 8.0, 5.5
_MAX_WIDTH, _MAX_HEIGHT = 240.0, 160.0
_MEET = 3.0  # corners of a form that is drawn as separate lines
_CORNER = 3.0  # bars of a box may end a line's width short of its corners
_NESTED = 4.0  # a double edge
_SHADOW = 5.0
_SAME_BOX = 2.0  # fill, edge and shadow of one symbol
_BESIDE = 0.9
# Of the shorter side: how far from a corner of its box an outline may be and yet have that corner;
# how far it is at least where a sheet's wave is high, and what share of this at most where it is
# low (0.2 and 0.07 of the height in the preset form, ECMA-376).
_AT_CORNER, _WAVE, _LOW_WAVE = 0.055, 0.1, 0.6
_MOST_HERE = 24  # lines that begin in one place: a crossing of connectors has four, a hatch any
_MOST_BELOW = 40  # lines of a box's width below its upper side: a column of cells has one a row
_MOST_BESIDE = 400  # upright lines in one place across: a page of such rows has 60
_LONGER = 5.0  # a side that goes on farther than this is a rule's


@dataclass(frozen=True, slots=True)
class Form:
    """A symbol on the page: what it is, its outline, how surely. `paths` drew it."""

    kind: Kind
    points: tuple[Point, ...]
    bbox: BBox
    score: float
    paths: frozenset[int]
    drawn: bool = True  # its edge is drawn; False for a mere area of ink


def find_forms(ink: Ink, lines: Sequence[Rule], flow: frozenset[int] = frozenset()) -> list[Form]:
    """The symbols of a page from top left; `lines` are all level and upright lines merged.

    `flow` are the paths that are known to be lines of the flow, and so no sides of a symbol. A box
    whose sides go on beyond its corners is a cell of a table, not a symbol.
    """
    index = _LineIndex(lines)
    forms: list[Form] = []
    for outline in (*ink.outlines, *_assembled(ink, flow)):
        found = classify(outline.points, outline.bbox)
        if found is None:
            continue
        kind, score = found
        if index.is_cell(outline):
            continue
        if outline.solid and not outline.drawn:
            score = min(score, 0.97)
        paths = frozenset({outline.path})
        forms.append(Form(kind, outline.points, outline.bbox, score, paths, outline.drawn))
    # of each symbol there may be a filling, an edge and a shadow; more than that is no flow
    return forms if len(forms) > 3 * MAX_FORMS else _without_copies(forms)


def classify(points: Sequence[Point], box: BBox) -> tuple[Kind, float] | None:
    """Which symbol an outline is and how surely; None for a size that none has.

    Told by the share of its box that it fills and by which corners of the box it leaves free.
    """
    width, height = box[2] - box[0], box[3] - box[1]
    if not (_MIN_WIDTH <= width <= _MAX_WIDTH and _MIN_HEIGHT <= height <= _MAX_HEIGHT):
        return None
    around = (*points, points[0])
    share = area(points) / (width * height)
    least = min(width, height)
    corners = ((box[0], box[1]), (box[2], box[1]), (box[2], box[3]), (box[0], box[3]))
    tl, tr, br, bl = (distance_to_polyline(c, around) / least for c in corners)
    free = [c > _AT_CORNER for c in (tl, tr, br, bl)]
    middles = (
        ((box[0] + box[2]) / 2, box[1]),
        (box[2], (box[1] + box[3]) / 2),
        ((box[0] + box[2]) / 2, box[3]),
        (box[0], (box[1] + box[3]) / 2),
    )
    at_middles = [distance_to_polyline(m, around) / least < 0.12 for m in middles]
    if not any(free) and share > 0.93:
        return Kind.BOX, 1.0
    if all(free) and 0.42 <= share <= 0.62 and all(at_middles):
        return Kind.DIAMOND, 1.0
    if _is_document((tl, tr, br, bl), share, at_middles):
        return Kind.DOCUMENT, 0.98
    if _is_pentagon(free, share, at_middles):
        return Kind.OFF_PAGE, 0.98
    if all(free) and 0.7 <= share <= 0.995 and all(at_middles):
        even = max(tl, tr, br, bl) <= 2.5 * min(tl, tr, br, bl)
        small = max(tl, tr, br, bl) < 0.09 and share > 0.965  # a box with its corners rounded off
        return Kind.CAPSULE, (0.9 if small else 1.0) if even else 0.6
    if 0.42 <= share <= 0.72 and sum(at_middles) >= 3 and sum(free) >= 3:
        return Kind.DIAMOND, 0.7
    return None


def _is_document(
    corners: tuple[float, float, float, float], share: float, at_middles: Sequence[bool]
) -> bool:
    """A sheet of paper, its lower edge a wave: low on the left, high on the right. Or a stack of
    such sheets, whose upper left corner is free as well.
    """
    tl, tr, br, bl = corners
    upright = all(at_middles[k] for k in (0, 1, 3))
    if not upright or tr > _AT_CORNER or br <= _WAVE or bl > _LOW_WAVE * br:
        return False
    return 0.8 <= share <= 0.97 if tl <= _AT_CORNER else 0.65 <= share <= 0.93


def _is_pentagon(free: Sequence[bool], share: float, at_middles: Sequence[bool]) -> bool:
    """A flat side and a point opposite: down (usual), up, right or left."""
    if not 0.6 <= share <= 0.97 or sum(free) != 2:
        return False
    tl, tr, br, bl = free
    sides = ((br and bl, 2), (tl and tr, 0), (tr and br, 1), (tl and bl, 3))
    return any(cut and at_middles[k] for cut, k in sides)


class _LineIndex:
    """Finds the merged line that a side of a box lies on."""

    def __init__(self, lines: Iterable[Rule]) -> None:
        self._by: dict[tuple[bool, int], list[Rule]] = {}
        for rule in lines:
            for k in (-1, 0, 1):
                self._by.setdefault((rule.level, round(rule.at) + k), []).append(rule)

    def _goes_on(self, level: bool, at: float, start: float, end: float) -> int:
        """At how many ends (0 to 2) the line on which this side lies goes on beyond it."""
        before = after = False
        for rule in self._by.get((level, round(at)), ()):
            if abs(rule.at - at) <= _BESIDE and rule.start <= start + 2 and rule.end >= end - 2:
                before = before or rule.start < start - _LONGER
                after = after or rule.end > end + _LONGER
        return before + after

    def is_cell(self, outline: Outline) -> bool:
        """Whether the sides of a rectangle go on beyond its corners: it is a cell of a table.

        The top and bottom of a cell both go on in its row's neighbours; a symbol may touch a rule
        with one side, or fill its lane and lie on the rules left and right.
        """
        x0, y0, x1, y1 = outline.bbox
        top, bottom = self._goes_on(True, y0, x0, x1), self._goes_on(True, y1, x0, x1)
        left, right = self._goes_on(False, x0, y0, y1), self._goes_on(False, x1, y0, y1)
        if outline.path < 0:
            return top + bottom + left + right >= 1
        if top and bottom:
            return True
        beside = bool(left and right)
        return beside and (bool(top or bottom) or (x1 - x0 > 100 and y1 - y0 > 40))


def _without_copies(forms: list[Form]) -> list[Form]:
    """One form where several lie on another: filling, edge, shadow."""
    forms.sort(key=lambda f: (f.bbox[1], f.bbox[0], -f.score))
    kept: list[Form] = []
    for form in forms:
        k = _copy_of(form, kept)
        if k is None:
            kept.append(form)
            continue
        better = form if form.score > kept[k].score else kept[k]
        drawn = form.drawn or kept[k].drawn
        kept[k] = replace(better, paths=form.paths | kept[k].paths, drawn=drawn)
    return [f for f in kept if not _is_shadow(f, kept) and not _is_hidden(f, kept)]


def _copy_of(form: Form, kept: Sequence[Form]) -> int | None:
    """The number of an earlier form in the same place."""
    for k in range(len(kept) - 1, -1, -1):
        if form.bbox[1] - kept[k].bbox[1] > _NESTED:
            return None
        gaps = [abs(a - b) for a, b in zip(form.bbox, kept[k].bbox, strict=True)]
        if max(gaps) <= _SAME_BOX or (
            max(gaps) <= _NESTED and form.kind is kept[k].kind and _inside(form.bbox, kept[k].bbox)
        ):
            return k
    return None


def _inside(a: BBox, b: BBox) -> bool:
    """Whether one of two boxes holds the other."""
    return any(
        o[0] <= i[0] and o[1] <= i[1] and o[2] >= i[2] and o[3] >= i[3] for o, i in ((a, b), (b, a))
    )


def _is_shadow(form: Form, forms: Sequence[Form]) -> bool:
    """Whether a form is a copy, drawn before, a few points off one of the same size.

    When sides that are lines of their own were drawn, its filling tells.
    """
    width, height = form.bbox[2] - form.bbox[0], form.bbox[3] - form.bbox[1]
    for other in forms:
        dx, dy = abs(form.bbox[0] - other.bbox[0]), abs(form.bbox[1] - other.bbox[1])
        if (
            other is not form
            and max(form.paths) < min((p for p in other.paths if p >= 0), default=-1)
            and 0 < max(dx, dy) <= _SHADOW
            and abs(other.bbox[2] - other.bbox[0] - width) < 1.5
            and abs(other.bbox[3] - other.bbox[1] - height) < 1.5
        ):
            return True
    return False


def _is_hidden(form: Form, forms: Sequence[Form]) -> bool:
    """Whether a form of about the same size was drawn later over it."""
    x0, y0, x1, y1 = form.bbox
    for other in forms:
        if other is form or max(other.paths) < max(form.paths):
            continue
        if shared_area(form.bbox, other.bbox) < 0.95 * (x1 - x0) * (y1 - y0):
            continue
        size = (other.bbox[2] - other.bbox[0]) * (other.bbox[3] - other.bbox[1])
        if (x1 - x0) * (y1 - y0) > 0.5 * size:
            return True
    return False


def _assembled(ink: Ink, flow: frozenset[int]) -> list[Outline]:
    """Outlines whose sides are lines of their own, in whatever order they were drawn."""
    lines = [line for line in ink.lines if line.path not in flow]
    return [*_boxes_of_lines(lines), *_diamonds_of_lines(lines), *loops_of_bars(lines)]


def _diamonds_of_lines(lines: Sequence[Line]) -> list[Outline]:
    """Diamonds whose four sides are slanted lines of their own."""
    slanted = []
    for line in lines:
        if len(line.points) == 2:
            a, b = sorted(line.points, key=lambda p: p[1])  # from above
            if abs(a[0] - b[0]) > 2.5 and abs(a[1] - b[1]) > 2.5:
                slanted.append((a, b))
    from_here = _Starts(slanted)
    found: list[Outline] = []
    for top, left in slanted:
        if left[0] >= top[0]:
            continue
        lower = [b for _, b in from_here.at(left) if b[0] > left[0]]
        if not lower:
            continue
        for other_top, right in from_here.at(top):
            if right[0] <= other_top[0] or abs(right[1] - left[1]) > _MEET:
                continue
            bottom = next(
                (
                    b
                    for a, b in from_here.at(right)
                    if b[0] < a[0] and any(math.dist(b, x) <= _MEET for x in lower)
                ),
                None,
            )
            if bottom is not None:
                points = (top, right, bottom, left)
                found.append(Outline(points, bbox_of(points), -1, solid=False, drawn=True))
    return found


class _Starts:
    """Lines by where they begin; none where more begin than in any form."""

    def __init__(self, lines: Iterable[tuple[Point, Point]]) -> None:
        self._squares: dict[tuple[int, int], list[tuple[Point, Point]]] = {}
        for line in lines:
            self._squares.setdefault(self._square(line[0]), []).append(line)

    @staticmethod
    def _square(p: Point) -> tuple[int, int]:
        return int(p[0] // _MEET), int(p[1] // _MEET)

    def at(self, p: Point) -> list[tuple[Point, Point]]:
        """The lines that begin here."""
        x, y = self._square(p)
        near = [self._squares.get((x + i, y + k), ()) for i in (-1, 0, 1) for k in (-1, 0, 1)]
        if sum(map(len, near)) > _MOST_HERE:
            return []
        return [line for lines in near for line in lines if math.dist(line[0], p) <= _MEET]


def _boxes_of_lines(lines: Sequence[Line]) -> list[Outline]:
    """Boxes whose four sides are lines or thin bars of their own."""
    level: dict[tuple[int, int], list[tuple[float, float, float]]] = {}
    upright: list[tuple[float, float, float]] = []
    for line in lines:
        if len(line.points) != 2:
            continue
        for is_level, at, start, end in pieces_of(line.points):
            size = end - start
            if is_level and _MIN_WIDTH <= size <= _MAX_WIDTH:
                level.setdefault((round(start / 2), round(end / 2)), []).append((at, start, end))
            elif not is_level and _MIN_HEIGHT <= size <= _MAX_HEIGHT:
                upright.append((at, start, end))
    upright.sort()
    found: list[Outline] = []
    places = [u[0] for u in upright]
    for key, sides in level.items():
        near = [
            s
            for dx in (-1, 0, 1)
            for dy in (-1, 0, 1)
            for s in level.get((key[0] + dx, key[1] + dy), ())
        ]
        near = sorted(set(near))
        if len(near) < 2:
            continue
        for top in sides:
            first = bisect_right(near, (top[0] + _MIN_HEIGHT, math.inf, math.inf))
            box = _box_below(top, near[first : first + _MOST_BELOW], upright, places)
            if box is not None:
                x0, y0, x1, y1 = box
                points = ((x0, y0), (x1, y0), (x1, y1), (x0, y1))
                found.append(Outline(points, box, -1, solid=False, drawn=True))
    return found


def _box_below(
    top: tuple[float, float, float],
    sides: Sequence[tuple[float, float, float]],
    upright: Sequence[tuple[float, float, float]],
    places: Sequence[float],
) -> BBox | None:
    """The box under a level side: the nearest like side below with uprights at both ends."""

    def side(at: float, start: float, end: float) -> bool:
        low, high = bisect_left(places, at - _CORNER), bisect_right(places, at + _CORNER)
        beside = upright[low : min(high, low + _MOST_BESIDE)]
        return any(abs(s - start) <= _CORNER and abs(e - end) <= _CORNER for _, s, e in beside)

    y, x0, x1 = top
    for at, start, end in sides:
        if at <= y + _MIN_HEIGHT or at > y + _MAX_HEIGHT:
            continue
        same = abs(start - x0) <= _CORNER and abs(end - x1) <= _CORNER
        if same and side(x0, y, at) and side(x1, y, at):
            return x0, y, x1, at
    return None
