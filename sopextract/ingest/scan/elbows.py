"""Rules that are missing where the cells beside them would have six corners.

The cells of a table are boxes. Where a level rule and an upright one end on each other, inside the
table, what lies around that corner is none: one of the two goes on and was not seen. Under a
heading the words tell which: it stands in the middle of its columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sopextract.core.geometry import centre, exchanged, union
from sopextract.ingest.page.rules import Rule, Table, find_tables
from sopextract.ingest.page.strokes import Word

# Points: an end on a rule (page/rules.py), the two lines of a double one; what goes on, does so for
# more than a letter's height; a word as deep on both sides of a line is one that it would cut.
_END, _DOUBLE, _ON, _DEEP = 3.2, 4.0, 6.0, 2.0
_CENTRED = 6.0  # points: so exactly a heading stands in the middle of its columns (page/headers.py)


@dataclass(frozen=True, slots=True)
class _Corner:
    """The end of a level rule at an upright one that is there on one side only: `above` or below.

    `way` is the side of the upright one (-1 left, 1 right) on which the level one is not.
    """

    rule: Rule
    at: float
    way: int
    above: bool


def with_whole_cells(rules: Sequence[Rule], words: Sequence[Word]) -> list[Rule]:
    """The rules of a page, one drawn on from each corner inside a table to the next rule across.

    None is drawn through a word.
    """
    straight = [word for word in words if not word.slanted]
    more = [
        rule
        for table in find_tables(rules)
        for corner in _corners(table)
        if (rule := _lacking(corner, table, straight)) is not None
    ]
    return [*rules, *dict.fromkeys(more)]


def _corners(table: Table) -> Iterator[_Corner]:
    for rule in table.level:
        for x, way in ((rule.start, -1), (rule.end, 1)):
            ends = [
                u
                for u in table.upright
                if abs(u.at - x) <= _END and u.start - _END <= rule.at <= u.end + _END
            ]
            above = any(u.start < rule.at - _ON for u in ends)
            below = any(u.end > rule.at + _ON for u in ends)
            if above is not below and not _goes_on(rule, x, way, table.level):
                yield _Corner(rule, ends[0].at, way, above)


def _goes_on(rule: Rule, x: float, way: int, level: Sequence[Rule]) -> bool:
    """Whether another rule carries a level one on beyond its end."""
    return any(
        m is not rule
        and abs(m.at - rule.at) <= _DOUBLE
        and m.start - _DOUBLE <= x + way * _ON <= m.end + _DOUBLE
        for m in level
    )


def _lacking(corner: _Corner, table: Table, words: Sequence[Word]) -> Rule | None:
    """The rule that a corner lacks; None at a corner of the whole table, or where words stand."""
    rule, x = corner.rule, corner.at
    wall = _next(rule.at, -1 if not corner.above else 1, x, table.level)
    side = _next(x, corner.way, rule.at, table.upright)
    if wall is None or side is None:
        return None
    upright = Rule(False, x, *sorted((rule.at, wall)))
    level = Rule(True, rule.at, *sorted((x, side)))
    back = _next(x, -corner.way, (rule.at + wall) / 2, table.upright)
    both = back is not None and _heads_both(corner, wall, (back, side), words)
    found = level if both else upright
    return None if _cuts(found, words) else found


def _next(at: float, way: int, across: float, rules: Sequence[Rule]) -> float | None:
    """Where the next rule stands, on one side of a place, that reaches over another."""
    places = [r.at for r in rules if r.start - _END <= across <= r.end + _END]
    beyond = [place for place in places if (place - at) * way > _ON]
    return min(beyond, key=lambda place: abs(place - at), default=None)


def _heads_both(
    corner: _Corner, wall: float, sides: tuple[float, float], words: Sequence[Word]
) -> bool:
    """Whether what stands over a level rule is in the middle of it and what it would go on over.

    `sides` are the walls of the cell over it, the far one where it would end.
    """
    start, end = sorted(sides)
    over = [
        word.bbox
        for word in words
        if start <= centre(word.bbox)[0] <= end and wall < centre(word.bbox)[1] < corner.rule.at
    ]
    if corner.above or not over:
        return False
    middle = centre(union(over))[0]
    off = abs(middle - (start + end) / 2)
    return off <= _CENTRED and off < abs(middle - (sides[0] + corner.at) / 2)


def _cuts(rule: Rule, words: Sequence[Word]) -> bool:
    """Whether a rule runs through a word."""
    for word in words:
        x0, y0, x1, y1 = word.bbox if rule.level else exchanged(word.bbox)
        if y0 + _DEEP < rule.at < y1 - _DEEP and x0 < rule.end and rule.start < x1:
            return True
    return False
