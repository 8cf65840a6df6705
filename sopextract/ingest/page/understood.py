"""A drawn page understood: symbols first, tables second, then the lines between the symbols.

The order matters. A table finder that sees symbols and arrows takes them for rules; so whatever is
a symbol or hangs on an arrow head goes out first, and the rules that remain make the grid.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from statistics import median

from sopextract.core.geometry import (
    BBox,
    Point,
    centre,
    contains,
    distance_to_polyline,
    grow,
    overlaps,
)
from sopextract.ingest.page.connectors import Wiring, wire
from sopextract.ingest.page.crowded import MAX_FORMS, MAX_WIRES, fewer_rules, thin_out
from sopextract.ingest.page.headers import with_header
from sopextract.ingest.page.ink import Ink, Line
from sopextract.ingest.page.inked import read_ink
from sopextract.ingest.page.joints import Joint
from sopextract.ingest.page.lattice import Lattice, make_lattice
from sopextract.ingest.page.places import Places
from sopextract.ingest.page.pointed import pointed_lines
from sopextract.ingest.page.rules import RulePlaces, Table, find_tables, merge_lines
from sopextract.ingest.page.strokes import DrawnPage, Word
from sopextract.ingest.page.symbols import Form, find_forms
from sopextract.ingest.page.text import box_of
from sopextract.ingest.page.underlined import without_underlines
from sopextract.ingest.page.unruled import lines_as_above, lines_between
from sopextract.lexicon.cabang import is_exit
from sopextract.model.source import Outline as Kind

# Points: an off-page pentagon stands this near to the table whose flow it carries on.
_OFF_PAGE_REACH = 60.0
_BEHIND_TEXT = 1.7  # of the size: an area no higher than a line of text lies behind it
_SHADING = 2.0  # points: a shading ends at its cell's rules, or that near to them
_UNCLEAR = 8.0  # points from a line's end: a head is as long
_ONE_MAY_BE = 0.85  # a line with one end at which there may be a head, and none to be seen
# Of a frame its words fill as much both ways, and as high as the usual symbol it is at most, where
# it frames a label: those of made sheets have 0.76 and 0.53, boxes of steps with words 0.47 to 0.65
# and 0.91 (looks 9504 to 9517).
_SNUG, _LOW = 0.55, 0.62
_EDGE = 1.3  # points: a piece this near to a symbol's outline is part of it


@dataclass(slots=True)
class Understood:
    """What is known of a page while it is read; its text is put in its place by `layout`."""

    page: DrawnPage
    ink: Ink
    forms: list[Form]
    tables: list[Table]
    lattices: list[Lattice]
    wiring: Wiring
    used: set[int] = field(default_factory=set)  # words that have their place, by position
    too_full: bool = False  # more was drawn than could be looked at


def understand(page: DrawnPage, above: Sequence[float] = ()) -> Understood:
    """Symbols, tables and joints of a page."""
    page = thin_out(page)
    ink = read_ink(page.strokes)
    flow = frozenset(stroke.path for stroke in page.strokes if stroke.flow)
    forms = find_forms(ink, merge_lines(ink, ink.outlines), flow)
    too_full = page.cut or len(forms) > MAX_FORMS or len(ink.heads) > MAX_WIRES
    if too_full:
        forms, ink.heads = [], []
    rest = _without_forms(ink, forms)
    pointed = pointed_lines(rest) | {id(line) for line in rest.lines if line.path in flow}
    straight = Ink([line for line in rest.lines if id(line) not in pointed], dots=rest.dots)
    cells = [o for o in rest.outlines if o.drawn and len(o.points) == 4]
    rules = without_underlines(merge_lines(straight, cells), page.words)
    tables = find_tables(fewer_rules(rules))
    lattices = [lattice for t in tables if (lattice := make_lattice(t)) is not None]
    tables_kept = [t for t in tables if make_lattice(t) is not None]
    tables_kept = [
        with_header(table, lattice, page.words)
        for table, lattice in zip(tables_kept, lattices, strict=True)
    ]
    lattices = [make_lattice(t) or old for t, old in zip(tables_kept, lattices, strict=True)]
    lattices = [
        lines_between(lattice, table, page.words, forms)
        or lines_as_above(lattice, table, above)
        or lattice
        for lattice, table in zip(lattices, tables_kept, strict=True)
    ]
    ruled = RulePlaces(tables_kept)
    lines = [x for x in rest.lines if id(x) in pointed or not ruled.hold(x)]
    near = [lattice.bbox for lattice in lattices]
    forms = [f for f in forms if _in_flow(f, near) and not _is_shading(f, lattices, page.words)]
    usual = median(f.bbox[3] - f.bbox[1] for f in forms) if forms else 0.0
    forms = [f for f in forms if not _is_label_box(f, page.words, usual)]
    lines = [line for line in lines if _reaches(line.bbox, near)]
    if len(lines) > MAX_WIRES:
        too_full, lines, rest.heads = True, [], []
    wiring = _without_guesses(wire(lines, rest.heads, forms), page.unclear)
    return Understood(page, ink, forms, tables_kept, lattices, wiring, too_full=too_full)


def _without_guesses(wiring: Wiring, unclear: Sequence[Point]) -> Wiring:
    """The wiring without lines that show no head but may have one: where they lead is unread.

    Where only one end may have it, and both stand at symbols, the line leads there, in doubt.
    """
    if not unclear:
        return wiring
    kept: list[Joint] = []
    loose: list[Line] = []
    for joint in wiring.joints:
        start, end = (_is_near(joint.points[k], unclear) for k in (0, -1))
        if joint.directed or not (start or end):
            kept.append(joint)
        elif start is end or joint.tail is None or joint.head is None:
            loose.append(Line(joint.points, -1))
        else:
            score = min(joint.score, _ONE_MAY_BE)
            kept.append(replace(joint if end else joint.reversed, directed=True, score=score))
    return Wiring(tuple(kept), (*wiring.loose, *loose), wiring.heads_left)


def _is_near(point: Point, places: Sequence[Point]) -> bool:
    return any(math.dist(point, place) <= _UNCLEAR for place in places)


def _without_forms(ink: Ink, forms: Sequence[Form]) -> Ink:
    """The ink that is left when the symbols are taken away, with the sides that make them up."""
    places = Places(grow(form.bbox, _EDGE) for form in forms)

    def near(box: BBox) -> list[Form]:
        return [forms[k] for k in places.near(box)]

    lines = [line for line in ink.lines if not any(_is_side(line, f) for f in near(line.bbox))]
    outlines = [o for o in ink.outlines if not any(_is_part(o.bbox, f) for f in near(o.bbox))]
    dots = [dot for dot in ink.dots if not any(_is_part(dot[0], f) for f in near(dot[0]))]
    return Ink(lines, outlines, ink.heads, dots)


def _is_part(box: BBox, form: Form) -> bool:
    """Whether something lies wholly in a symbol."""
    x0, y0, x1, y1 = grow(form.bbox, _EDGE)
    return x0 <= box[0] and y0 <= box[1] and box[2] <= x1 and box[3] <= y1


def _is_side(line: Line, form: Form) -> bool:
    """Whether a line is part of a symbol's outline (a symbol drawn as separate lines)."""
    if not _is_part(line.bbox, form):
        return False
    around = (*form.points, form.points[0])
    return all(distance_to_polyline(p, around) <= _EDGE for p in line.points)


def _in_flow(form: Form, tables: Sequence[BBox]) -> bool:
    """Whether a symbol stands in a table, or is a pentagon near one."""
    middle = centre(form.bbox)
    for x0, y0, x1, y1 in tables:
        if x0 <= middle[0] <= x1:
            if y0 <= middle[1] <= y1:
                return True
            gap = max(y0 - middle[1], middle[1] - y1)
            if gap <= _OFF_PAGE_REACH and form.kind in (Kind.OFF_PAGE, Kind.CAPSULE):
                return True
    return False


def _is_shading(form: Form, lattices: Sequence[Lattice], words: Sequence[Word]) -> bool:
    """Whether an area of ink without an edge lies behind words or fills its cell."""
    if form.drawn or form.kind is not Kind.BOX:
        return False
    height = form.bbox[3] - form.bbox[1]
    if any(
        contains(form.bbox, centre(word.bbox)) and height < _BEHIND_TEXT * word.size_pt
        for word in words
    ):
        return True
    for lattice in lattices:
        sides = (
            any(abs(form.bbox[0] - x) <= _SHADING for x in lattice.xs),
            any(abs(form.bbox[2] - x) <= _SHADING for x in lattice.xs),
            any(abs(form.bbox[1] - y) <= _SHADING for y in lattice.ys),
            any(abs(form.bbox[3] - y) <= _SHADING for y in lattice.ys),
        )
        if sum(sides) >= 3 or (sum(sides) >= 2 and lattice.best_cell(form.bbox) is not None):
            return True
    return False


def _is_label_box(form: Form, words: Sequence[Word], usual: float) -> bool:
    """Whether a box frames a label: the name of an exit, or words snugly and far below the usual.

    `usual` is how high the symbols of the page are.
    """
    if form.kind is not Kind.BOX:
        return False
    inside = [w for w in words if contains(form.bbox, centre(w.bbox))]
    if not inside:
        return False
    height, text = form.bbox[3] - form.bbox[1], box_of(inside)
    snug = text[3] - text[1] >= _SNUG * height
    wide = text[2] - text[0] >= _SNUG * (form.bbox[2] - form.bbox[0])
    return is_exit(" ".join(w.text for w in inside)) or (snug and wide and height <= _LOW * usual)


def _reaches(box: BBox, tables: Sequence[BBox]) -> bool:
    return any(overlaps(box, grow(table, _OFF_PAGE_REACH)) for table in tables)
