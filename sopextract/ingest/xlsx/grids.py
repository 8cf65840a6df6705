"""Segments of a sheet as blocks of the document: grids in their true columns, lines of text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sopextract.errors import SourceError
from sopextract.ingest.xlsx.blocks import Segment, rows_of
from sopextract.ingest.xlsx.header import Lane
from sopextract.ingest.xlsx.sheet import Sheet, TextCell
from sopextract.model.source import SIGNS, Block, Cell, Grid, Place, Symbol, TextLine

_WHOLE_WIDTH = 0.8  # share of a block that a heading over all of it is wide; own judgement
_MAX_CELLS = 200_000  # of one grid; a table of 300 steps in 60 columns has 18,000

PlaceOf = Callable[[int, int], Place]


@dataclass(frozen=True, slots=True)
class Band:
    """Rows of the sheet that are one row of a table: its first and last."""

    top: int
    bottom: int


def step_bands(segment: Segment) -> tuple[Band, ...]:
    """The steps of a table, top to bottom, without gaps: a row without text goes on with the last.

    Rows that a merged Kegiatan covers, or a merged number where no new Kegiatan begins, are one
    step. The first begins right below the header.
    """
    header = segment.header
    if header is None:
        return ()
    rows = rows_of([c for c in segment.cells if c.area.top > header.bottom])
    lanes = {lane.field: lane for lane in header.lanes}
    starts: list[int] = []
    open_to = {"kegiatan": -1, "no": -1}
    for row, cells in rows.items():
        covered = {field: end >= row for field, end in open_to.items()}
        begins = {field: _in_lane(cells, lanes.get(field)) for field in open_to}
        for field, cell in begins.items():
            if cell is not None:
                open_to[field] = cell.area.bottom
        joined = begins["kegiatan"] is None and begins["no"] is None and any(covered.values())
        if not joined:
            starts.append(row)
    if not starts:
        return (Band(header.bottom + 1, segment.bottom),) if segment.bottom > header.bottom else ()
    edges = [header.bottom + 1, *starts[1:], segment.bottom + 1]
    return tuple(Band(a, b - 1) for a, b in pairwise(edges))


def _in_lane(cells: Sequence[TextCell], lane: Lane | None) -> TextCell | None:
    if lane is None:
        return None
    return next((c for c in cells if lane.left <= c.area.left <= lane.right), None)


def table_grid(
    segment: Segment, symbols: Mapping[tuple[int, int], Sequence[Symbol]], place: PlaceOf
) -> Grid:
    """The grid of a table: its header rows, then a row a step; a column a lane.

    `symbols` are those of each cell, by the positions of its band and its lane. Lanes that hold
    nothing are left out; texts in one cell of the grid are joined, beside one another by a space.
    """
    header = segment.header
    if header is None:
        raise ValueError("the segment is no table")
    lanes = _all_lanes(segment)
    bands = step_bands(segment)
    head = [Band(row, row) for row in rows_of(segment.cells) if row <= header.bottom]
    texts: dict[tuple[int, int], list[TextCell]] = {}
    all_bands = [*head, *bands]
    tops = {row: i for i, band in enumerate(all_bands) for row in _rows_in(band, segment)}
    columns = {c: j for j, lane in enumerate(lanes) for c in range(lane.left, lane.right + 1)}
    for cell in segment.cells:
        texts.setdefault((tops[cell.area.top], columns[cell.area.left]), []).append(cell)
    drawn = {(i + len(head), j): tuple(found) for (i, j), found in symbols.items()}
    held = {j for _, j in (*texts, *drawn)}
    used = sorted(held if header.printed else {*held, *range(len(lanes))})
    _check_size(len(all_bands) * len(used))
    return Grid(
        tuple(
            tuple(
                _cell(texts.get((i, j), ()), drawn.get((i, j), ()), place(band.top, lanes[j].left))
                for j in used
            )
            for i, band in enumerate(all_bands)
        ),
        exact=True,
    )


def _rows_in(band: Band, segment: Segment) -> list[int]:
    return [c.area.top for c in segment.cells if band.top <= c.area.top <= band.bottom]


def _all_lanes(segment: Segment) -> list[Lane]:
    """The header's lanes, and one for each column beyond them in which a text begins."""
    known = list(segment.header.lanes) if segment.header is not None else []
    left = known[0].left if known else 0
    right = known[-1].right if known else -1
    beyond = {c.area.left for c in segment.cells if not left <= c.area.left <= right}
    before = [Lane(c, c) for c in sorted(beyond) if c < left]
    return [*before, *known, *(Lane(c, c) for c in sorted(beyond) if c > right)]


def used_lanes(
    segment: Segment, symbols: Mapping[tuple[int, int], Sequence[Symbol]]
) -> tuple[Lane, ...]:
    """The lanes of a table that its grid has as columns."""
    lanes = _all_lanes(segment)
    begins = {cell.area.left for cell in segment.cells}
    drawn = {lane for _, lane in symbols}
    kept = segment.header is not None and not segment.header.printed
    return tuple(
        lane
        for j, lane in enumerate(lanes)
        if kept or j in drawn or any(lane.left <= c <= lane.right for c in begins)
    )


def lane_offset(segment: Segment) -> int:
    """How many lanes of the grid stand left of the header's."""
    header = segment.header
    return _all_lanes(segment).index(header.lanes[0]) if header is not None else 0


def _cell(texts: Sequence[TextCell], symbols: Sequence[Symbol], place: Place) -> Cell:
    written = "\n".join(
        " ".join(cell.text.strip("\n") for cell in row) for row in rows_of(texts).values()
    )
    signs = " ".join(SIGNS[symbol.outline] for symbol in symbols)
    return Cell("\n".join(part for part in (written, signs) if part), place, tuple(symbols))


def plain_blocks(segment: Segment, sheet: Sheet, place: PlaceOf) -> list[Block]:
    """The blocks of what is no table: headings over its whole width as lines, the rest as grids."""
    rows = rows_of(segment.cells)
    left = min(c.area.left for c in segment.cells)
    right = max(c.area.right for c in segment.cells)
    start = sheet.columns.start
    width = start(right + 1) - start(left)
    boxed = any(row in sheet.ruled for row in rows)
    blocks: list[Block] = []
    waiting: list[TextCell] = []
    for row, cells in rows.items():
        area = cells[0].area
        covered = any(c.area.top < row <= c.area.bottom for c in waiting)
        wide = start(area.right + 1) - start(area.left) >= _WHOLE_WIDTH * width
        outside = boxed and row not in sheet.ruled
        if len(cells) == 1 and not covered and (wide or outside):
            blocks.extend(_grid(waiting, place))
            waiting = []
            at = place(area.top, area.left)
            blocks.extend(TextLine(line, at) for line in cells[0].text.split("\n"))
        else:
            waiting.extend(cells)
    return [*blocks, *_grid(waiting, place)]


def _grid(cells: Sequence[TextCell], place: PlaceOf) -> list[Grid]:
    """A grid whose columns are those that its cells tell apart."""
    if not cells:
        return []
    rows = rows_of(cells)
    columns = _columns(cells)
    _check_size(len(rows) * len(set(columns.values())))
    firsts = sorted(set(columns.values()))
    laid = []
    for row, here in rows.items():
        by_column = {columns[c.area.left]: c for c in here}
        laid.append(
            tuple(
                Cell(cell.text, place(row, cell.area.left))
                if (cell := by_column.get(first)) is not None
                else Cell("", place(row, first))
                for first in firsts
            )
        )
    return [Grid(tuple(laid), exact=True)]


def _columns(cells: Sequence[TextCell]) -> dict[int, int]:
    """For each column in which a cell begins the first column of its grid column.

    Neighbours are one when a cell reaches over both and no row has a cell in each.
    """
    rows: dict[int, set[int]] = {}
    reach: dict[int, int] = {}
    for cell in cells:
        rows.setdefault(cell.area.left, set()).update((cell.area.top,))
        reach[cell.area.left] = max(reach.get(cell.area.left, -1), cell.area.right)
    found: dict[int, int] = {}
    first = -1
    for column in sorted(rows):
        if first >= 0 and reach[first] >= column and not rows[first] & rows[column]:
            rows[first] |= rows[column]
            reach[first] = max(reach[first], reach[column])
        else:
            first = column
        found[column] = first
    return found


def _check_size(cells: int) -> None:
    if cells > _MAX_CELLS:
        raise SourceError(
            f"has a sheet of {cells:,} cells, too large for a SOP",
            hint="save the sheets with SOPs in a workbook of their own, or set print areas",
        )
