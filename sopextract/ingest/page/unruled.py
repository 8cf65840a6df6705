"""Actor columns that no rule parts: found from the header's names and the row of column numbers.

Some sheets rule only round the whole of Pelaksana (real sheet 001). What parts the lanes then is
the header: names side by side in one cell, and the column numbers below them.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from sopextract.core.geometry import BBox, centre
from sopextract.ingest.page.bands import Band, find_bands
from sopextract.ingest.page.lattice import Lattice, Span, make_lattice
from sopextract.ingest.page.rules import Rule, Table
from sopextract.ingest.page.strokes import Word
from sopextract.ingest.page.symbols import Form
from sopextract.model.source import Grid

_HEADER_ROWS = 5  # the tallest header seen has three, and a row of column numbers
_NAME_GAP = 5.0  # points between the names of two columns; words of one name stand 2 to 4 apart
_SAME_EDGE = 3.0  # points; a repeated table stands where it stood to a fraction of a point
_ASIDE = 40.0  # points; sheets lie as far off one another under a scanner's lid, or were cut so
_STRETCHED = 0.012  # as a share; pages of one worn scan differ by half as much
_ON_EDGE = 3.0  # points; a symbol that stands on an edge belongs to neither lane
_MIN_LANE = 25.0  # points; the narrowest lane of the real sheets has 36
_MOST_WORDS = 3  # in a lane's cell of one row: exits and the words of symbols


def lines_between(
    lattice: Lattice, table: Table, words: Sequence[Word], forms: Sequence[Form]
) -> Lattice | None:
    """The lattice with the rules that are missing between lanes; None when none is."""
    by_cell: dict[int, list[Word]] = {}
    for word in words:
        cell = lattice.cell_at(centre(word.bbox))
        if cell is not None:
            by_cell.setdefault(cell, []).append(word)
    added: list[Rule] = []
    for column in range(len(lattice.xs) - 1):
        if lattice.xs[column + 1] - lattice.xs[column] < 2 * _MIN_LANE:
            continue
        added.extend(_between(lattice, column, by_cell, forms))
    added.extend(_ruled_in_header(lattice, forms))
    if not added:
        return None
    return make_lattice(replace(table, upright=(*table.upright, *added)))


def lines_as_above(lattice: Lattice, table: Table, above: Sequence[float]) -> Lattice | None:
    """The lattice with the rules that the same table has on the page before; None for another one.

    It is the same table when all its edges are among those of that page, the outermost too. A
    scanner takes the next page a little to one side, and paper that is drawn in unevenly comes out
    a little longer or shorter.
    """
    if len(above) <= len(lattice.xs):
        return None
    first, last = lattice.xs[0], lattice.xs[-1]
    stretch = (last - first) / (above[-1] - above[0])
    if abs(first - above[0]) > _ASIDE or abs(stretch - 1) > _STRETCHED:
        return None
    above = [first + stretch * (edge - above[0]) for edge in above]
    if not all(any(abs(x - a) <= _SAME_EDGE for a in above) for x in lattice.xs):
        return None
    missing = [a for a in above if all(abs(x - a) > _SAME_EDGE for x in lattice.xs)]
    y0, y1 = lattice.ys[0], lattice.ys[-1]
    rules = [Rule(False, x, y0, y1) for x in missing]
    return make_lattice(replace(table, upright=(*table.upright, *rules)))


def edges_of(grid: Grid) -> tuple[float, ...]:
    """The edges of a grid's columns in points, from the places of its cells."""
    lefts: set[float] = set()
    right = 0.0
    for row in grid.rows:
        for cell in row:
            if cell.place.bbox is not None:
                lefts.add(cell.place.bbox[0])
                right = max(right, cell.place.bbox[2])
    return (*sorted(lefts), right) if lefts else ()


def _between(
    lattice: Lattice, column: int, by_cell: dict[int, list[Word]], forms: Sequence[Form]
) -> list[Rule]:
    """The rules missing in one column of the lattice."""
    cells = _cells_of(lattice, column)
    numbers_at = next(
        (k for k, n in enumerate(cells[:_HEADER_ROWS]) if len(_numbers(by_cell.get(n, ()))) > 1),
        None,
    )
    if numbers_at is not None:
        numbers = _numbers(by_cell[cells[numbers_at]])
        centres = [centre(word.bbox)[0] for word in numbers]
        names = by_cell.get(cells[numbers_at - 1], []) if numbers_at else []
        cuts = _cuts(centres, names)
        top = lattice.cells[cells[max(0, numbers_at - 1)]].top
    else:
        found = _names_side_by_side(lattice, cells, by_cell, forms)
        if found is None:
            return []
        top, cuts = found
    y0, y1 = lattice.ys[top], lattice.ys[-1]
    edges = [lattice.xs[column], *cuts, lattice.xs[column + 1]]
    if min(b - a for a, b in itertools.pairwise(edges)) < _MIN_LANE:
        return []
    return [Rule(False, x, y0, y1) for x in cuts]


def _ruled_in_header(lattice: Lattice, forms: Sequence[Form]) -> list[Rule]:
    """The rules between lanes that only the header has, drawn on through the rows below it."""
    homes = {found[0] for f in forms if (found := lattice.best_cell(f.bbox)) is not None}
    added: list[Rule] = []
    for band in find_bands(lattice):
        here = [lattice.cells[n] for n in homes if band.top <= lattice.cells[n].top <= band.bottom]
        inner = {e for cell in here for e in band.edges if cell.left < e <= cell.right}
        for edge in sorted(inner):
            x = lattice.xs[edge]
            if any(abs(centre(f.bbox)[0] - x) <= _ON_EDGE for f in forms):
                continue
            top = _below_header(lattice, band, edge)
            if top is not None:
                added.append(Rule(False, x, lattice.ys[top], lattice.ys[band.bottom + 1]))
    return added


def _below_header(lattice: Lattice, band: Band, edge: int) -> int | None:
    """The first row of a band from which on no rule stands at an edge; None when it has none."""
    rows = range(band.top, band.bottom + 1)
    last = max(
        (r for r in rows if lattice.owner[r][edge - 1] != lattice.owner[r][edge]), default=None
    )
    return None if last is None or last == band.bottom else last + 1


def _cells_of(lattice: Lattice, column: int) -> list[int]:
    """The cells that fill exactly this column, from the top."""
    cells: list[int] = []
    for row in range(len(lattice.ys) - 1):
        n = lattice.owner[row][column]
        span: Span = lattice.cells[n]
        if span.left == span.right == column and (not cells or cells[-1] != n):
            cells.append(n)
    return cells


def _numbers(words: Sequence[Word]) -> list[Word]:
    """The words of a cell when they are column numbers in order (3 4 5, (3), 3.); else none."""
    ordered = sorted(words, key=lambda w: w.bbox[0])
    values = [w.text.strip("().") for w in ordered]
    if len(values) < 2 or not all(v.isdigit() and len(v) < 3 for v in values):
        return []
    first = int(values[0])
    return ordered if [int(v) for v in values] == list(range(first, first + len(values))) else []


def _cuts(centres: Sequence[float], names: Sequence[Word]) -> list[float]:
    """Where the columns of these centres part, as far as their names leave room."""
    cuts: list[float] = []
    for a, b in itertools.pairwise(centres):
        left = [w.bbox[2] for w in names if abs(_mid(w) - a) <= abs(_mid(w) - b)]
        right = [w.bbox[0] for w in names if abs(_mid(w) - a) > abs(_mid(w) - b)]
        low = max((x for x in left if x < b), default=a)
        high = min((x for x in right if x > a), default=b)
        cuts.append((low + high) / 2 if a < low < high < b else (a + b) / 2)
    return cuts


def _mid(word: Word) -> float:
    return (word.bbox[0] + word.bbox[2]) / 2


def _names_side_by_side(
    lattice: Lattice,
    cells: Sequence[int],
    by_cell: dict[int, list[Word]],
    forms: Sequence[Form],
) -> tuple[int, list[float]] | None:
    """The top row and the cuts, from names that stand side by side over cells without text."""
    for k, n in enumerate(cells[:_HEADER_ROWS]):
        words = by_cell.get(n, [])
        groups = _groups(words)
        if len(groups) < 2:
            continue
        below = cells[k + 1 :]
        if len(below) < 2 or any(len(by_cell.get(c, ())) > _MOST_WORDS for c in below):
            return None
        cuts = [(a[1] + b[0]) / 2 for a, b in itertools.pairwise(groups)]
        box = lattice.box(lattice.cells[n])
        if not _apart(forms, cuts, box):
            return None
        return lattice.cells[n].top, cuts
    return None


def _groups(words: Sequence[Word]) -> list[tuple[float, float]]:
    """The extents of groups of words that no gap in x parts."""
    groups: list[tuple[float, float]] = []
    for word in sorted(words, key=lambda w: w.bbox[0]):
        x0, _, x1, _ = word.bbox
        if groups and x0 - groups[-1][1] < _NAME_GAP:
            groups[-1] = (groups[-1][0], max(groups[-1][1], x1))
        else:
            groups.append((x0, x1))
    return groups


def _apart(forms: Sequence[Form], cuts: Sequence[float], column: BBox) -> bool:
    """Whether the symbols of a column stand below its header cell, none on a cut, in two lanes."""
    here = [f for f in forms if column[0] <= centre(f.bbox)[0] <= column[2]]
    lanes = {sum(centre(f.bbox)[0] > cut for cut in cuts) for f in here}
    if any(centre(f.bbox)[1] < column[3] for f in here):
        return False  # no header: words beside symbols
    clear = all(abs(centre(f.bbox)[0] - cut) > 4 for f in here for cut in cuts)
    return clear and len(lanes) > 1
