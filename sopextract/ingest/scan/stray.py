"""Rules that part one cell and nothing else: underlines and strokes of ink that reach its walls.

A rule makes a row or a column of its whole table, so a false one shifts all that comes after it. A
cell alone is parted where what stands in it is two things: a heading and what it is over, a label
and its value. A line under the words of a cell, or a stroke of a signature in it, has words on one
side only, or runs through them. So has an underline of two cells that the wall between them joins.
Under the first line of a text it has the next line below, as near as lines of one text stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from sopextract.core.geometry import BBox, centre, exchanged
from sopextract.ingest.page.lattice import make_lattice
from sopextract.ingest.page.rules import Rule, Table, find_tables
from sopextract.ingest.page.strokes import Word

# Points: rules nearer than this are one edge (lattice.py); so far a rule may overshoot a wall.
_SAME, _OVER = 4.0, 2.0
# Of a table's extent an underline has at most. In looks 9509 to 9518 and 9551 to 9556 what parted
# as little, and had words on one side only or ran through them, was false all ten times; two rows
# alone are parted by halves.
_MOST = 0.33
# Of the cells of one column or row: a worn rule lacks one or two, the columns of two tables that
# lie below one another have more between them.
_FAR = 3
# Points: words that come as near to a rule on both its sides are the two parts of one that it runs
# through; cells keep more. Of its height a word's neighbours on its line stand nearer: between two
# of them a stroke is a sign, where no other row has a wall and its own no other like it.
_CUT, _SPACE = 1.2, 0.75
# Of the height of their words the lines of one text lie apart: made sheets have 1.15 to 1.3; a
# rule between two rows keeps a margin from both.
_PITCH = 1.35
# Of its height so far below a word an underline lies at most; points: about a line that fills its
# cell so much is free, word processors keep 5.4.
_UNDER, _MARGIN = 0.35, 8.0
# Of a word's height its upper and lower rim; of a cell's width what a line of small print covers
# that was taken for a rule of dots.
_CORE, _COVERED = 0.25, 0.5


def without_strays(rules: Sequence[Rule], words: Sequence[Word]) -> list[Rule]:
    """The rules of a page without those that part a single cell with words on one side only."""
    said = [w for w in words if not w.slanted and any(c.isalnum() for c in w.text)]
    stray = {rule for table in find_tables(rules) for rule in _strays(table, said)}
    return [rule for rule in rules if rule not in stray]


def _strays(table: Table, words: Sequence[Word]) -> Iterator[Rule]:
    lattice = make_lattice(table)
    if lattice is None:
        return
    ways = (
        (table.level, table.upright, lattice.ys, lattice.xs),
        (table.upright, table.level, lattice.xs, lattice.ys),
    )
    for rules, others, edges, across in ways:
        most = _MOST * (across[-1] - across[0])
        for at in edges[1:-1]:
            for its in _runs([r for r in rules if abs(r.at - at) <= _SAME], across):
                cells = _cells(its, others)
                if _carries(its, others):
                    continue
                if max(r.end for r in its) - its[0].start > most:
                    stray = len(cells) == 1 and (
                        _is_underline(its, cells[0], rules, words)
                        or _is_line_of_letters(its, cells[0], words)
                    )
                else:
                    stray = (its[0].level or len(cells) == 1) and not any(
                        _parts_words(its, cell, rules, words) for cell in cells
                    )
                if stray:
                    yield from its


def _runs(rules: Sequence[Rule], across: Sequence[float]) -> Iterator[list[Rule]]:
    """Rules of one edge, those apart that many cells lie between."""
    run: list[Rule] = []
    for rule in sorted(rules, key=lambda r: r.start):
        end = max((r.end for r in run), default=rule.start)
        if run and sum(end <= at <= rule.start for at in across) > _FAR:
            yield run
            run = []
        run.append(rule)
    if run:
        yield run


def _met(its: Sequence[Rule], others: Sequence[Rule]) -> Iterator[tuple[Rule, bool]]:
    """The rules across that meet an edge between its ends, and whether they go on beyond it."""
    at, start, end = its[0].at, its[0].start, max(r.end for r in its)
    for other in others:
        if start + _SAME < other.at < end - _SAME:
            before, after = other.start < at - _SAME, other.end > at + _SAME
            if other.start - _OVER <= at <= other.end + _OVER:
                yield other, before and after


def _carries(its: Sequence[Rule], others: Sequence[Rule]) -> bool:
    """Whether a rule across ends on an edge."""
    whole = [other.at for other, passes in _met(its, others) if passes]
    ends = [other.at for other, passes in _met(its, others) if not passes]
    return any(all(abs(at - other) > _SAME for other in whole) for at in ends)


def _cells(its: Sequence[Rule], others: Sequence[Rule]) -> list[tuple[float, float]]:
    """From where to where the cells go that an edge parts."""
    inner = sorted(other.at for other, passes in _met(its, others) if passes)
    walls = [its[0].start, *inner, max(r.end for r in its)]
    return [(a, b) for a, b in pairwise(walls) if b - a > _SAME]


def _parts_words(
    its: Sequence[Rule], stretch: tuple[float, float], rules: Sequence[Rule], words: Sequence[Word]
) -> bool:
    """Whether an edge has words on both sides, up to the next on its way, and runs through none."""
    level, at = its[0].level, sum(r.at for r in its) / len(its)
    sides = _beside(its, stretch, rules, words)
    if sides is None:
        return True
    before, after = sides
    boxes = [*before, *after]
    sign = not level and not _has_fellows(its, rules)
    near = [max(_CUT, _SPACE * (box[2] - box[0])) if sign else _CUT for box in boxes]
    reach = dict(zip(boxes, near, strict=True))
    if not (before and after) or (level and _one_text(before, after)):
        return False
    return not any(
        a[3] >= at - reach[a] and b[1] <= at + reach[b] and a[0] < b[2] and b[0] < a[2]
        for a in (*before, *(box for box in after if box[1] < at - _CUT))
        for b in (*after, *(box for box in before if box[3] > at + _CUT))
    )


def _beside(
    its: Sequence[Rule], stretch: tuple[float, float], rules: Sequence[Rule], words: Sequence[Word]
) -> tuple[list[BBox], list[BBox]] | None:
    """The boxes of words before and after an edge, up to the next; None where there is no next.

    They lie as if the edge were level.
    """
    level, middle = its[0].level, sum(stretch) / 2
    at = sum(r.at for r in its) / len(its)
    walls = [r.at for r in rules if r.start - _OVER < middle < r.end + _OVER]
    low = max((wall for wall in walls if wall < at - _SAME), default=None)
    high = min((wall for wall in walls if wall > at + _SAME), default=None)
    if low is None or high is None:
        return None
    boxes = [word.bbox if level else exchanged(word.bbox) for word in words]
    boxes = [box for box in boxes if stretch[0] <= centre(box)[0] <= stretch[1]]
    before = [box for box in boxes if low < centre(box)[1] < at]
    return before, [box for box in boxes if at < centre(box)[1] < high]


def _is_underline(
    its: Sequence[Rule], stretch: tuple[float, float], rules: Sequence[Rule], words: Sequence[Word]
) -> bool:
    """Whether a level edge lies right below a line that fills its cell, and above the next one."""
    sides = _beside(its, stretch, rules, words) if its[0].level else None
    if sides is None or not all(sides):
        return False
    before, after = sides
    at = sum(r.at for r in its) / len(its)
    line = [box for box in before if at - box[3] <= _UNDER * (box[3] - box[1])]
    if not line or not _one_text(before, after):
        return False
    free = min(box[0] for box in line) - stretch[0], stretch[1] - max(box[2] for box in line)
    return max(free) <= _MARGIN


def _is_line_of_letters(
    its: Sequence[Rule], stretch: tuple[float, float], words: Sequence[Word]
) -> bool:
    """Whether a level edge runs through the middles of words for the most part of a cell."""
    if not its[0].level:
        return False
    at, (start, end) = sum(r.at for r in its) / len(its), stretch
    boxes = [word.bbox for word in words]
    read = [b for b in boxes if b[1] + _CORE * (b[3] - b[1]) < at < b[3] - _CORE * (b[3] - b[1])]
    covered = sum(max(0.0, min(b[2], end) - max(b[0], start)) for b in read)
    return covered >= _COVERED * (end - start)


def _has_fellows(its: Sequence[Rule], rules: Sequence[Rule]) -> bool:
    """Whether others begin and end with an edge: walls between lanes that the header alone has."""
    start, end = its[0].start, max(r.end for r in its)
    return any(
        rule not in its and abs(rule.start - start) <= _SAME and abs(rule.end - end) <= _SAME
        for rule in rules
    )


def _one_text(before: Sequence[BBox], after: Sequence[BBox]) -> bool:
    """Whether the last line above and the first below lie as near as lines of one text do."""
    above = max(before, key=lambda box: centre(box)[1])
    below = min(after, key=lambda box: centre(box)[1])
    height = max(box[3] - box[1] for box in (above, below))
    return centre(below)[1] - centre(above)[1] < _PITCH * height
