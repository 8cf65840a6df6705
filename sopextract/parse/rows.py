"""The document as one flat list of rows: a line of text is a row of one cell."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from sopextract.core.text import squeeze
from sopextract.model.source import SIGNS, Cell, Emphasis, Grid, Place, SourceDocument
from sopextract.parse.furniture import content_blocks

_LINE = re.compile(r"(^|[\n\v])([^\n\v]*)")  # how the line before ended tells how names go on


@dataclass(frozen=True, slots=True)
class Mended:
    """A label that was read badly and put as the form spells it: its cell, field, both texts."""

    column: int
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `grid` numbers the grid that it belongs to; None for a line of running text.

    `wrapped` says that one row of the sheet may be spread over several of these (the lines of
    `pdftotext -layout`), so that a row without a number goes on with the row above it. `page`
    counts the pages from 0; `score` says how surely the cells are those of this row. `exact` says
    that every cell stands in its true column. `mended` are labels that were read badly.
    """

    cells: tuple[Cell, ...]
    grid: int | None
    emphasis: Emphasis = Emphasis.PLAIN
    wrapped: bool = False
    page: int = 0
    score: float = 1.0
    exact: bool = False
    mended: tuple[Mended, ...] = ()

    @property
    def place(self) -> Place:
        """Where its first cell stands."""
        return self.cells[0].place

    @property
    def text(self) -> str:
        """All its text, cells apart by one space."""
        return squeeze(" ".join(cell.text for cell in self.cells))

    @property
    def filled(self) -> tuple[str, ...]:
        """The squeezed texts of its cells that hold any."""
        return tuple(t for t in (squeeze(cell.text) for cell in self.cells) if t)


def flatten(document: SourceDocument) -> tuple[Row, ...]:
    """All rows of a document in reading order, blank lines included, page furniture left out.

    From here on the places of lines and cells carry the scores that the reader gave them.
    """
    rows: list[Row] = []
    grid = 0
    for number, page in enumerate(document.pages):
        for block in content_blocks(page):
            if isinstance(block, Grid):
                rows.extend(
                    Row(tuple(map(_scored, cells)), grid, page=number, exact=block.exact)
                    for cells in block.rows
                    if cells
                )
                grid += 1
            else:
                cells = (_scored(Cell(block.text, block.place, (), block.score, block.words)),)
                rows.append(Row(cells, None, block.emphasis, page=number))
    return tuple(rows)


def _scored(cell: Cell) -> Cell:
    """The cell at a place that knows how surely its text was read, and each of its words."""
    if cell.score >= cell.place.score:
        return cell
    return replace(cell, place=replace(cell.place, score=cell.score, words=cell.words))


def plain(cell: Cell) -> Cell:
    """The cell without its drawn symbols and without their signs in its text."""
    if not cell.symbols:
        return cell
    text = cell.text
    for symbol in cell.symbols:
        text = text.replace(SIGNS[symbol.outline], "", 1)
    lines = [(end, squeeze(line)) for end, line in _LINE.findall(text)]
    kept = "".join(f"{end}{line}" for end, line in lines if line)
    return Cell(kept.lstrip("\n\v"), cell.place)


def without_symbols(row: Row) -> Row:
    """The row without drawn symbols, for where no flow stands: a logo may look like one."""
    if not any(cell.symbols for cell in row.cells):
        return row
    return replace(row, cells=tuple(plain(cell) for cell in row.cells))
