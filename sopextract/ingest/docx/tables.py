"""A Word table as rows of cells in their true columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from statistics import median_low

from sopextract.ingest.docx.story import Content, StoryCell, StoryRow, Table
from sopextract.ingest.docx.xml import Element, find, name, value, whole

_MAX_COLUMNS = 60  # the widest sheet seen has 22; a hostile file may claim a million
_TWIPS = 20.0
# Borders of cells that should be one are drawn by hand and miss each other by a few points; no
# column that holds something is narrower than a digit and its padding.
_MIN_COLUMN_PT = 6.0
_USUAL_PADDING_PT = 5.4  # Word's own: 108 twentieths of a point
_USUAL_COLUMN_PT = 60.0  # where neither the grid nor any cell says a width
_WRAPPERS = frozenset(name(f"w:{t}") for t in ("sdt", "sdtContent", "customXml", "ins", "moveTo"))

ReadCell = Callable[[Element], Content]


@dataclass(frozen=True, slots=True)
class _RawCell:
    element: Element
    start: int
    end: int
    ordinal: int
    continues: bool  # goes on with the cell above


def read_table(
    element: Element, number: int, read_cell: ReadCell, text_width_pt: float, modern: bool
) -> Table:
    """Read one `w:tbl`. `read_cell` is asked for the cells in reading order.

    Columns that no cell begins at are left out, and so are slivers between borders that miss each
    other. `modern` says that a table without indent begins with its border at the margin.
    """
    rows = list(_rows(element))
    laid = [_lay(row) for row in rows]
    edges = _edges(element, laid)
    kept = _kept_edges(edges, laid)
    column_of = {edge: i for i, edge in enumerate(kept)}
    canon = [min(kept, key=lambda k: abs(edges[k] - edge)) for edge in edges]
    story: list[StoryRow] = []
    for row, cells in zip(rows, laid, strict=True):
        made = [
            StoryCell(
                column_of[canon[c.start]],
                column_of[canon[c.end]],
                c.ordinal,
                read_cell(c.element),
                0 if c.continues else 1,
                value(c.element, "w:tcPr/w:vAlign") or "top",
            )
            for c in cells
        ]
        height = find(row, "w:trPr/w:trHeight")
        height_pt = whole(height.get(name("w:val"))) / _TWIPS if height is not None else 0.0
        exact = height is not None and height.get(name("w:hRule")) == "exact"
        story.append(StoryRow(tuple(_without_slivers(made)), height_pt, exact))
    padding = _padding(element)
    at = tuple(edges[k] for k in kept)
    left = _left(element, at[-1], text_width_pt, 0.0 if modern else padding)
    return Table(number, at, _joined(story), left, padding)


def _rows(element: Element) -> Iterator[Element]:
    """The rows, those in content controls too; deleted ones are not there."""
    for child in element:
        if child.tag == name("w:tr"):
            if find(child, "w:trPr/w:del") is None:
                yield child
        elif child.tag in _WRAPPERS:
            yield from _rows(child)


def _cells(row: Element) -> Iterator[Element]:
    for child in row:
        if child.tag == name("w:tc"):
            yield child
        elif child.tag in _WRAPPERS:
            yield from _cells(child)


def _lay(row: Element) -> list[_RawCell]:
    """The cells of a row with the columns of the grid that they take."""
    column = min(max(whole(value(row, "w:trPr/w:gridBefore")), 0), _MAX_COLUMNS - 1)
    laid: list[_RawCell] = []
    for ordinal, cell in enumerate(_cells(row), 1):
        span = min(max(whole(value(cell, "w:tcPr/w:gridSpan"), 1), 1), _MAX_COLUMNS)
        end = min(column + span, _MAX_COLUMNS)
        if column >= end:
            break
        across = find(cell, "w:tcPr/w:hMerge")
        if across is not None and laid and across.get(name("w:val")) != "restart":
            laid[-1] = replace(laid[-1], end=end)
        else:
            down = find(cell, "w:tcPr/w:vMerge")
            continues = down is not None and down.get(name("w:val")) != "restart"
            laid.append(_RawCell(cell, column, end, ordinal, continues))
        column = end
    return laid


def _edges(element: Element, laid: list[list[_RawCell]]) -> list[float]:
    """Where the columns of the grid begin: by the widths of cells that take one, else by the grid.

    Word lays a table out by its cells and keeps the grid in step; programs that write only one of
    them leave the other stale.
    """
    count = max((c.end for row in laid for c in row), default=1)
    grid = find(element, "w:tblGrid")
    columns = [] if grid is None else list(grid.iter(name("w:gridCol")))
    by_grid = [max(whole(c.get(name("w:w"))), 0) / _TWIPS for c in columns[:count]]
    by_grid += [0.0] * (count - len(by_grid))
    by_cell: dict[int, list[float]] = {}
    for cell in (c for row in laid for c in row if c.end - c.start == 1):
        width = find(cell.element, "w:tcPr/w:tcW")
        if width is not None and width.get(name("w:type")) in (None, "dxa"):
            own = whole(width.get(name("w:w"))) / _TWIPS
            if own > 0:
                by_cell.setdefault(cell.start, []).append(own)
    edges = [0.0]
    for column, given in enumerate(by_grid):
        width_pt = median_low(by_cell[column]) if column in by_cell else given
        edges.append(edges[-1] + (width_pt or _USUAL_COLUMN_PT))
    return edges


def _kept_edges(edges: list[float], laid: list[list[_RawCell]]) -> list[int]:
    """The edges of the grid that are edges of columns: used by a cell, and apart from the last."""
    used = sorted({e for row in laid for c in row for e in (c.start, c.end)} | {0, len(edges) - 1})
    kept = [used[0]]
    for edge in used[1:]:
        if edges[edge] - edges[kept[-1]] >= _MIN_COLUMN_PT:
            kept.append(edge)
    if len(kept) == 1:
        kept.append(len(edges) - 1)
    elif kept[-1] != used[-1]:
        kept[-1] = used[-1]  # the last sliver belongs to the column before it
    return kept


def _without_slivers(cells: list[StoryCell]) -> list[StoryCell]:
    """Cells of no width give what they hold to the cell beside them."""
    made: list[StoryCell] = []
    waiting: Content = ()
    for cell in cells:
        if cell.end <= cell.start:
            if made:
                made[-1] = replace(made[-1], content=made[-1].content + _filled(cell.content))
            else:
                waiting += _filled(cell.content)
        else:
            made.append(replace(cell, content=waiting + cell.content))
            waiting = ()
    return made


def _filled(content: Content) -> Content:
    """What of a content shows anything."""
    return tuple(p for p in content if isinstance(p, Table) or p.text.strip() or p.drawings)


def _joined(rows: list[StoryRow]) -> tuple[StoryRow, ...]:
    """The rows with the spans of vertically merged cells counted."""
    tops: dict[tuple[int, int], tuple[int, int]] = {}  # columns → row and cell of the top
    spans: dict[tuple[int, int], int] = {}
    parts: set[tuple[int, int]] = set()
    for r, row in enumerate(rows):
        open_now: dict[tuple[int, int], tuple[int, int]] = {}
        for c, cell in enumerate(row.cells):
            columns = (cell.start, cell.end)
            top = tops.get(columns)
            if cell.rows == 0 and top is not None:
                spans[top] += 1
                parts.add((r, c))
                open_now[columns] = top
            else:
                spans[r, c] = 1
                open_now[columns] = (r, c)
        tops = open_now
    return tuple(
        replace(
            row,
            cells=tuple(
                replace(cell, rows=0 if (r, c) in parts else spans[r, c])
                for c, cell in enumerate(row.cells)
            ),
        )
        for r, row in enumerate(rows)
    )


def _padding(element: Element) -> float:
    own = find(element, "w:tblPr/w:tblCellMar/w:left")
    if own is None:
        own = find(element, "w:tblPr/w:tblCellMar/w:start")
    return whole(own.get(name("w:w"))) / _TWIPS if own is not None else _USUAL_PADDING_PT


def _left(element: Element, width: float, text_width_pt: float, outdent: float) -> float:
    """Where the table's left border lies, from the left of the text."""
    floating = find(element, "w:tblPr/w:tblpPr")
    if floating is not None and floating.get(name("w:tblpX")) is not None:
        return whole(floating.get(name("w:tblpX"))) / _TWIPS
    align = value(element, "w:tblPr/w:jc")
    if align == "center":
        return (text_width_pt - width) / 2
    if align in ("right", "end"):
        return text_width_pt - width
    return whole(value(element, "w:tblPr/w:tblInd", "w:w")) / _TWIPS - outdent
