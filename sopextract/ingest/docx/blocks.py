"""The blocks that parse is given: lines of text and exact grids, with the signs of symbols."""

from __future__ import annotations

from collections.abc import Iterator

from sopextract.core.text import squeeze
from sopextract.ingest.docx.flow import DrawnFlow
from sopextract.ingest.docx.story import Content, Paragraph, StoryCell, Table
from sopextract.model.source import SIGNS, Block, Cell, Emphasis, Grid, Place, TextLine


class BlockBuilder:
    """Builds the blocks of one story. `prefix` stands before every place: "header, "."""

    def __init__(self, flow: DrawnFlow, prefix: str = "") -> None:
        self._flow, self._prefix = flow, prefix

    def build(self, content: Content) -> tuple[Block, ...]:
        """The blocks in order. A table in a cell is a grid of its own or text of its cell."""
        return tuple(self._blocks(content))

    def _blocks(self, content: Content) -> Iterator[Block]:
        for piece in content:
            if isinstance(piece, Table):
                yield from self._grids(piece)
            else:
                yield from self._lines(piece)

    def _lines(self, paragraph: Paragraph) -> Iterator[Block]:
        place = Place(where=f"{self._prefix}paragraph {paragraph.ordinal}")
        boxes = list(self._boxes(paragraph))
        if paragraph.text.strip() or not boxes:
            for line in paragraph.text.split("\n"):
                yield TextLine(line.rstrip(), place, paragraph.emphasis)
        for content in boxes:
            yield from self._blocks(content)

    def _boxes(self, paragraph: Paragraph) -> Iterator[Content]:
        """The text boxes anchored in a paragraph that hold running text."""
        for d, drawing in enumerate(paragraph.drawings):
            for s, shape in enumerate(drawing.shapes):
                if shape.text and (paragraph.number, d, s) not in self._flow.used:
                    yield shape.content

    def _grids(self, table: Table) -> Iterator[Block]:
        """The table as a grid; rows that hold tables of their own part it, and those follow."""
        rows: list[tuple[Cell, ...]] = []
        for r, row in enumerate(table.rows):
            cells = [Cell("", self._place(table, r, 0))] * table.columns
            inner: list[Block] = []
            for cell in row.cells:
                place = self._place(table, r, cell.ordinal)
                for column in range(cell.start, cell.end):
                    cells[column] = Cell("", place)
                text = "" if cell.rows == 0 else self._text(cell, inner)
                cells[cell.start] = self._cell(table, r, cell, text, place)
            self._add_stray(table, r, cells)
            if any(c.text for c in cells):
                rows.append(tuple(cells))
            if inner:
                if rows:
                    yield Grid(tuple(rows), exact=True)
                yield from inner
                rows = []
        if rows:
            yield Grid(tuple(rows), exact=True)

    def _place(self, table: Table, row: int, ordinal: int) -> Place:
        where = f"{self._prefix}table {table.number}, row {row + 1}"
        return Place(where=f"{where}, cell {ordinal}" if ordinal else where)

    def _cell(self, table: Table, row: int, cell: StoryCell, text: str, place: Place) -> Cell:
        """A cell with what is drawn in it: words first, then the signs of its symbols."""
        symbols = (self._flow.in_cells or {}).get((table.number, row, cell.start), ())
        words = (self._flow.words or {}).get((table.number, row, cell.start), ())
        signs = " ".join(SIGNS[symbol.outline] for symbol in symbols)
        lines = [text, *words, signs]
        return Cell("\n".join(line for line in lines if line), place, symbols)

    def _add_stray(self, table: Table, row: int, cells: list[Cell]) -> None:
        """Symbols in columns that no cell of the row takes (it is indented there)."""
        for (number, at, column), symbols in (self._flow.in_cells or {}).items():
            if (number, at) == (table.number, row) and not cells[column].symbols:
                signs = " ".join(SIGNS[symbol.outline] for symbol in symbols)
                cells[column] = Cell(signs, cells[column].place, symbols)

    def _text(self, cell: StoryCell, inner: list[Block]) -> str:
        """The text of a cell. Tables in it that are read by themselves go to `inner`."""
        lines: list[str] = []
        for piece in cell.content:
            if isinstance(piece, Paragraph):
                lines += [squeeze(line) for line in piece.text.split("\n")]
                lines += self._box_lines(piece)
            elif _is_own_grid(piece):
                inner += self._grids(piece)
            else:
                for block in self._grids(piece):
                    if isinstance(block, Grid):
                        lines += [
                            squeeze(" ".join(c.text for c in row if c.text)) for row in block.rows
                        ]
                    else:
                        inner.append(block)
        return "\n".join(line for line in lines if line)

    def _box_lines(self, paragraph: Paragraph) -> list[str]:
        lines: list[str] = []
        for content in self._boxes(paragraph):
            for block in self._blocks(content):
                if isinstance(block, TextLine):
                    lines.append(squeeze(block.text))
                else:
                    lines += [squeeze(" ".join(c.text for c in row)) for row in block.rows]
        return lines


def _is_own_grid(table: Table) -> bool:
    """Whether a table inside a cell is one that is read, not a frame around a few words.

    The same rule as for tables in HTML: three rows or more, and two filled cells in one of them.
    """
    filled = [sum(_is_filled(cell.content) for cell in row.cells) for row in table.rows]
    return sum(count > 0 for count in filled) >= 3 and max(filled) >= 2


def _is_filled(content: Content) -> bool:
    return any(
        piece.text.strip() or any(d.shapes for d in piece.drawings)
        if isinstance(piece, Paragraph)
        else any(_is_filled(cell.content) for row in piece.rows for cell in row.cells)
        for piece in content
    )


def is_blank(blocks: tuple[Block, ...]) -> bool:
    """Whether the blocks hold no text at all."""
    return not any(block.text.strip() if isinstance(block, TextLine) else True for block in blocks)


def plain_lines(blocks: tuple[Block, ...]) -> Iterator[tuple[str, Emphasis]]:
    """Every line and cell of blocks as text."""
    for block in blocks:
        if isinstance(block, TextLine):
            yield block.text, block.emphasis
        else:
            for row in block.rows:
                for cell in row:
                    yield cell.text, Emphasis.PLAIN
