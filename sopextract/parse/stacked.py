"""Cells that hold several labels one below the other, taken apart into a row for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sopextract.lexicon.labels import IDENTITY_GROUPS, match_label
from sopextract.model.source import Cell
from sopextract.parse.rows import Row

_MOST_LINES = 40  # a cell with more is a page set as one cell; its lines are not labels


def unstack_labels(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Rows of exact grids in which a cell holds two labels or more ("Nomor SOP : …⏎Tanggal …").

    Each label begins a row of its own, with the lines below it up to the next; what stands in the
    other cells stays in the first of these rows. A single label above its value stays as it is.
    """
    unstacked: list[Row] = []
    for row in rows:
        unstacked.extend(_rows_of(row) if row.grid is not None else (row,))
    return tuple(unstacked)


def _rows_of(row: Row) -> Sequence[Row]:
    for column, cell in enumerate(row.cells):
        if cell.text.count("\n") == 0 or ":" not in cell.text:
            continue
        groups = _groups(cell.text.split("\n"))
        if len(groups) < 2:
            continue
        first = replace(row, cells=_with(row.cells, column, groups[0]))
        empty = tuple(Cell("", c.place) for c in row.cells)
        below = [replace(row, cells=_with(empty, column, group)) for group in groups[1:]]
        return [first, *below]
    return (row,)


def _with(cells: Sequence[Cell], column: int, text: str) -> tuple[Cell, ...]:
    return (
        *cells[:column],
        Cell(text, cells[column].place),
        *cells[column + 1 :],
    )


def _groups(lines: Sequence[str]) -> list[str]:
    """The lines of a cell from label to label; one group when there are not two labels."""
    if len(lines) > _MOST_LINES:
        return ["\n".join(lines)]
    groups: list[list[str]] = [[]]
    labels = 0
    for line in lines:
        if _begins_with_label(line):
            labels += 1
            if groups[-1]:
                groups.append([])
        groups[-1].append(line)
    return ["\n".join(group) for group in groups] if labels > 1 else ["\n".join(lines)]


def _begins_with_label(line: str) -> bool:
    """Whether a line is a label of the identity part with a colon behind it."""
    head, colon, _ = line.partition(":")
    return bool(colon) and match_label(head.strip(), IDENTITY_GROUPS) is not None
