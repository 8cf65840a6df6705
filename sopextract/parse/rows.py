"""The document as one flat list of rows: a line of text is a row of one cell."""

from __future__ import annotations

from dataclasses import dataclass

from sopextract.core.text import squeeze
from sopextract.model.source import Cell, Emphasis, Grid, Place, SourceDocument


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `grid` numbers the grid that it belongs to; None for a line of running text.

    `wrapped` says that one row of the sheet may be spread over several of these (the lines of
    `pdftotext -layout`), so that a row without a number goes on with the row above it.
    """

    cells: tuple[Cell, ...]
    grid: int | None
    emphasis: Emphasis = Emphasis.PLAIN
    wrapped: bool = False

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
    """All rows of a document in reading order, blank lines included."""
    rows: list[Row] = []
    grid = 0
    for page in document.pages:
        for block in page.blocks:
            if isinstance(block, Grid):
                rows.extend(Row(cells, grid) for cells in block.rows)
                grid += 1
            else:
                rows.append(Row((Cell(block.text, block.place),), None, block.emphasis))
    return tuple(rows)
