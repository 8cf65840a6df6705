"""The columns and rows of a header whose rules cannot be seen, from the table below it.

Headers are filled dark; in grey scans and copies the rules on the filling are as dark as it is.
What is left is one wide cell full of names. Its columns are those of the row below, what spans some
of them is a heading, and column numbers are a row of their own.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sopextract.core.geometry import BBox, centre, union
from sopextract.ingest.page.lattice import Lattice, Span
from sopextract.ingest.page.phrases import grouped, is_group
from sopextract.ingest.page.rules import Rule, Table
from sopextract.ingest.page.strokes import Word

_LEAST_COLUMNS = 3  # of a header without rules; a heading may stand over two
_HEADER_ROWS = 4  # two of names, one of numbers, a title
_ROWS_BELOW = 3  # that tell the columns of a header: its numbers, a worn row, a whole one
_NAMED = 0.6  # of its columns that have a name or a number
# Names of columns stand in their middle; the words of a sentence in a merged row do so by chance.
_MIDDLE, _OFF_MIDDLE = 0.6, 0.1
_OVER = 1.5  # points; a phrase that reaches as far over an edge on both sides spans it
_NEXT_LINE = 0.2  # of a line's height: the next of the same name begins as near below it
_MOST_WORDS = 12  # of a column's name
_HIGHEST = 200.0  # points; turned names make a header as high
_NUMBER = re.compile(r"\(?(\d{1,2})[.)]?")
_LEVEL = 5.0  # points: column numbers stand on one line
_CENTRED = 6.0  # points: so exactly a heading stands in the middle of its columns
_OFF_HEADING = 8.0  # points: where it is farther off, the rules about it were not seen
_BELOW = 2.0  # points: from a heading to the rule below it
# Points, and a share of a word: as deep in it a rule runs through it, not beside it; a heading
# stands as near to the top of its table; over as many columns on each side of it at most.
_DEEP, _TOP, _MOST_SPAN = (3.0, 0.2), 14.0, 6
_ROW = 11.0  # points: as far below a heading there are the rules between its columns


@dataclass(frozen=True, slots=True)
class _Phrase:
    """Words of one line that belong together, and the columns (first, last) that they stand in."""

    text: str
    bbox: BBox
    columns: tuple[int, int]


def with_header(table: Table, lattice: Lattice, words: Sequence[Word]) -> Table:
    """The table with the rules that its header lacks; the same where it has its own."""
    added = header_rules(lattice, words)
    if not added:
        return table
    level = sorted((*table.level, *(r for r in added if r.level)), key=lambda r: r.at)
    upright = sorted((*table.upright, *(r for r in added if not r.level)), key=lambda r: r.at)
    return Table(tuple(level), tuple(upright))


def header_rules(lattice: Lattice, words: Sequence[Word]) -> list[Rule]:
    """The rules that headers of a table lack, in points; none where they have theirs."""
    found: list[Rule] = []
    for cell in lattice.cells:
        edges = _edges_below(lattice, cell)
        box = lattice.box(cell)
        if not edges or box[3] - box[1] > _HIGHEST:
            continue
        xs = (box[0], *edges, box[2])
        inside = [w for w in words if not w.slanted and _holds(box, centre(w.bbox))]
        phrases = _phrases(inside, xs)
        if phrases and (
            len(edges) >= _LEAST_COLUMNS - 1 or len(_numbers(phrases, len(xs) - 1)) == len(phrases)
        ):
            found += _rules(box, xs, phrases)
    return [*found, *_over_numbers(lattice, words)]


def _over_numbers(lattice: Lattice, words: Sequence[Word]) -> list[Rule]:
    """The rule between the names of columns and their numbers, where each cell holds both."""
    found = []
    for row in range(min(_HEADER_ROWS, len(lattice.ys) - 1)):
        cells = [lattice.cells[n] for n in dict.fromkeys(lattice.owner[row])]
        cells = [cell for cell in cells if cell.bottom == row]
        boxes = [lattice.box(cell) for cell in cells]
        if len(boxes) < _LEAST_COLUMNS:
            continue
        own = [[w for w in words if not w.slanted and _holds(b, centre(w.bbox))] for b in boxes]
        phrases = [
            _Phrase(" ".join(w.text for w in group), union(w.bbox for w in group), (k, k))
            for k, ws in enumerate(own)
            for group in grouped(ws)
        ]
        numbers = _numbers(phrases, len(boxes))
        top = min((p.bbox[1] for p in numbers), default=0.0)
        names = [p for p in phrases if p.bbox[3] <= top + _BELOW]
        if len({p.columns[0] for p in names}) >= _NAMED * len(boxes):
            at = (max(p.bbox[3] for p in names) + top) / 2
            found.append(Rule(True, at, boxes[0][0], boxes[-1][2]))
    return found


def _edges_below(lattice: Lattice, cell: Span) -> list[float]:
    """Where the rows below a cell are parted, within the cell.

    Below names without rules there may be their numbers, without rules too, and a worn rule may
    begin a row farther down.
    """
    inner = range(cell.left + 1, cell.right + 1)
    rows = lattice.owner[cell.bottom + 1 : cell.bottom + 1 + _ROWS_BELOW]
    return [lattice.xs[k] for k in inner if any(row[k - 1] != row[k] for row in rows)]


def _phrases(words: Sequence[Word], xs: Sequence[float]) -> list[_Phrase] | None:
    """The phrases of a header; None where the words are none."""
    found = [
        _Phrase(" ".join(w.text for w in group), box, _columns(box, xs))
        for group in grouped(words)
        for box in [union(w.bbox for w in group)]
    ]
    single = [p for p in found if p.columns[0] == p.columns[1]]
    named = {p.columns[0] for p in single}
    spanning = [p for p in found if p not in single]
    most = max((sum(k == _column(centre(w.bbox)[0], xs) for w in words) for k in named), default=0)
    is_header = (
        len(named) >= _NAMED * (len(xs) - 1)
        and len(spanning) <= max(2, len(found) // 4)
        and most <= _MOST_WORDS
        and sum(_is_centred(p, xs) for p in single) >= _MIDDLE * len(single)
    )
    return found if is_header else None


def _is_centred(phrase: _Phrase, xs: Sequence[float]) -> bool:
    """Whether a phrase stands in the middle of its column."""
    left, right = xs[phrase.columns[0]], xs[phrase.columns[1] + 1]
    off = abs(centre(phrase.bbox)[0] - (left + right) / 2)
    return off <= max(_BELOW, _OFF_MIDDLE * (right - left))


def _columns(box: BBox, xs: Sequence[float]) -> tuple[int, int]:
    crossed = [
        k for k in range(1, len(xs) - 1) if box[0] < xs[k] - _OVER and box[2] > xs[k] + _OVER
    ]
    if not crossed:
        column = _column(centre(box)[0], xs)
        return column, column
    return crossed[0] - 1, crossed[-1]


def _column(x: float, xs: Sequence[float]) -> int:
    return min(max(sum(edge <= x for edge in xs) - 1, 0), len(xs) - 2)


def _rules(box: BBox, xs: Sequence[float], phrases: Sequence[_Phrase]) -> list[Rule]:
    """The rules of one header: under its headings, over its numbers, between its columns."""
    numbers = _numbers(phrases, len(xs) - 1)
    names = [p for p in phrases if p not in numbers]
    bottom = box[3]
    rules: list[Rule] = []
    if numbers:
        top = min(p.bbox[1] for p in numbers)
        if above := [p.bbox[3] for p in names if p.bbox[3] <= top + _BELOW]:
            bottom = (max(above) + top) / 2
            rules.append(Rule(True, bottom, box[0], box[2]))
    starts = dict.fromkeys(range(1, len(xs) - 1), box[1])
    for heading in _headings(names):
        first, last = _span(heading, names, xs, (box[1], bottom))
        at = heading.bbox[3] + _BELOW
        if first < last:
            rules.append(Rule(True, at, xs[first], xs[last + 1]))
            starts |= dict.fromkeys(range(first + 1, last + 1), at)
    return [*rules, *(Rule(False, xs[k], top, box[3]) for k, top in starts.items())]


def _numbers(phrases: Sequence[_Phrase], columns: int) -> list[_Phrase]:
    """The phrases that number the columns in order, on one line; none where they do not."""
    found = [
        (int(match[1]), p)
        for p in phrases
        if p.columns[0] == p.columns[1] and (match := _NUMBER.fullmatch(p.text.strip()))
    ]
    if not found:
        return []
    level = sorted(centre(p.bbox)[1] for _, p in found)[len(found) // 2]
    row = sorted(
        ((n, p) for n, p in found if abs(centre(p.bbox)[1] - level) <= _LEVEL),
        key=lambda x: x[1].bbox[0],
    )
    rising = _rising(row)
    return [p for _, p in rising] if len(rising) >= _NAMED * columns else []


def _rising(row: Sequence[tuple[int, _Phrase]]) -> list[tuple[int, _Phrase]]:
    """The longest part of a row whose numbers rise: what a stamp left is no number of a column."""
    best: list[list[tuple[int, _Phrase]]] = []
    for item in row:
        before = [run for run in best if run[-1][0] < item[0]]
        best.append([*max(before, key=len, default=[]), item])
    return max(best, key=len, default=[])


def _headings(names: Sequence[_Phrase]) -> list[_Phrase]:
    """The phrases that stand over several columns, by their width or by their name."""
    return [
        p
        for p in names
        if (p.columns[0] != p.columns[1] or (is_group(p.text) and not _goes_on(p, names)))
        and any(o.bbox[1] > centre(p.bbox)[1] and _meets(o, p.columns) for o in names if o is not p)
    ]


def _goes_on(phrase: _Phrase, names: Sequence[_Phrase]) -> bool:
    """Whether a phrase is a line of a longer name: "Penanggung Jawab", below it "Gudang"."""
    _, top, _, bottom = phrase.bbox
    return any(
        o is not phrase
        and o.columns == phrase.columns
        and top < o.bbox[1] <= bottom + _NEXT_LINE * (bottom - top)
        for o in names
    )


def _meets(phrase: _Phrase, columns: tuple[int, int]) -> bool:
    return phrase.columns[0] <= columns[1] and columns[0] <= phrase.columns[1]


def _span(
    heading: _Phrase, names: Sequence[_Phrase], xs: Sequence[float], extent: tuple[float, float]
) -> tuple[int, int]:
    """The columns (first, last) under a heading: those about whose middle it is centred.

    The names of columns under a heading stand in the middle of what is left below it; those of
    others in the middle of the whole.
    """
    whole = sum(extent) / 2
    below = (heading.bbox[3] + _BELOW + extent[1]) / 2
    low = set()
    for k in range(len(xs) - 1):
        own = [p.bbox for p in names if p.columns == (k, k) and p is not heading]
        if own:
            middle = (min(b[1] for b in own) + max(b[3] for b in own)) / 2
            if abs(middle - below) < abs(middle - whole):
                low.add(k)
    first, last = heading.columns
    under = set(range(first, last + 1))
    spans = [
        (a, b)
        for a, b in itertools.product(range(first + 1), range(last, len(xs) - 1))
        if set(range(a, b + 1)) - under <= low
    ]
    least = min(_off(heading, xs, a, b) for a, b in spans)
    # an odd number of columns is centred as well as the middle one alone
    return max(
        (s for s in spans if _off(heading, xs, *s) <= least + _CENTRED),
        key=lambda s: (s[1] - s[0], -_off(heading, xs, *s)),
    )


def _off(heading: _Phrase, xs: Sequence[float], first: int, last: int) -> float:
    """How far a heading stands off the middle of some columns."""
    return abs(centre(heading.bbox)[0] - (xs[first] + xs[last + 1]) / 2)


def _holds(box: BBox, point: tuple[float, float]) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def under_headings(rules: Sequence[Rule], words: Sequence[Word]) -> list[Rule]:
    """The rules of a page read from pixels, those cut that run up through the word of a heading.

    What joins the columns of a heading is a rule below it; where it is too pale to be seen, the
    rules between them seem to go on to the top of the table.
    """
    found = list(rules)
    for group in grouped([w for w in words if w.angle == 0 and not w.slanted]):
        box = union(w.bbox for w in group)
        near = [
            r for r in found if not r.level and r.start <= box[3] + _ROW and r.end >= box[3] + _ROW
        ]
        above = [r for r in near if r.start <= box[1]]
        top = min((r.start for r in near), default=0.0)
        is_heading = is_group(" ".join(w.text for w in group))
        if not any(_cuts(r, w) for r in above for w in group) and not (
            is_heading and box[1] - top <= _TOP
        ):
            continue
        at, ends = box[3] + _BELOW, _centred(box, [r.at for r in near])
        if ends is None:  # no more of the header's columns was seen
            found = [_below(r, box, found) if r in above else r for r in found]
            continue
        if not any(ends[0] < r.at < ends[1] for r in above):
            continue
        below = [r for r in found if r.level and abs(r.at - at) <= _LEVEL and r.start <= box[0]]
        joins = Rule(True, at, *ends)
        if below:  # as far as it is seen
            start, end = min(below[0].start, ends[0]), max(below[0].end, ends[1])
            joins = replace(below[0], start=start, end=end)
        cut = [r for r in above if ends[0] < r.at < ends[1]]
        found = [replace(r, start=joins.at) if r in cut else r for r in found if r not in below[:1]]
        found.append(joins)
    return found


def _below(rule: Rule, box: BBox, rules: Sequence[Rule]) -> Rule:
    """A rule that runs up through a heading, cut at the next level rule below it."""
    if not box[0] < rule.at < box[2]:
        return rule
    floors = [r.at for r in rules if r.level and r.at > box[3] and r.start <= rule.at <= r.end]
    return replace(rule, start=min(floors)) if floors and min(floors) < rule.end else rule


def _cuts(rule: Rule, word: Word) -> bool:
    """Whether an upright rule runs through the middle of a word right below its top."""
    x0, y0, x1, _ = word.bbox
    inset = max(_DEEP[0], _DEEP[1] * (x1 - x0))
    return x0 + inset < rule.at < x1 - inset and y0 - rule.start <= _TOP


def _centred(box: BBox, places: Sequence[float]) -> tuple[float, float] | None:
    """The two places about a box in whose middle it stands best; near ones before far ones.

    None where it stands in the middle of none.
    """
    left = sorted((x for x in places if x <= box[0] + _OVER), reverse=True)[:_MOST_SPAN]
    right = sorted(x for x in places if x >= box[2] - _OVER)[:_MOST_SPAN]
    middle = centre(box)[0]
    best = min(
        itertools.product(left, right),
        key=lambda ends: (round(abs(sum(ends) / 2 - middle) / _BELOW), ends[1] - ends[0]),
        default=None,
    )
    if best is None or abs(sum(best) / 2 - middle) > _OFF_HEADING:
        return None
    return best
