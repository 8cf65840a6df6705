"""The document as one flat list of rows: a line of text is a row of one cell."""

from __future__ import annotations

from dataclasses import dataclass

from sopextract.core.text import squeeze
from sopextract.model.source import Cell, Emphasis, Grid, Place, SourceDocument
from sopextract.parse.furniture import content_blocks


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `grid` numbers the grid that it belongs to; None for a line of running text.

    `wrapped` says that one row of the sheet may be spread over several of these (the lines of
    `pdftotext -layout`), so that a row without a number goes on with the row above it. `page`
    counts the pages from 0; `score` says how surely the cells are those of this row.
    """

    cells: tuple[Cell, ...]
    grid: int | None
    emphasis: Emphasis = Emphasis.PLAIN
    wrapped: bool = False
    page: int = 0
    score: float = 1.0

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
    """All rows of a document in reading order, blank lines included, page furniture left out."""
    rows: list[Row] = []
    grid = 0
    for number, page in enumerate(document.pages):
        for block in content_blocks(page):
            if isinstance(block, Grid):
                rows.extend(Row(cells, grid, page=number) for cells in block.rows)
                grid += 1
            else:
                cells = (Cell(block.text, block.place),)
                rows.append(Row(cells, None, block.emphasis, page=number))
    return tuple(rows)
