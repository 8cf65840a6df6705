"""Tables with symbols that belong to no step table: what was in them is told, not dropped.

The rest of a table on a later page without a header is read by the columns of the one above it.
Where it fits these nowhere (columns lost in a scan, another layout), its steps are missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from sopextract.model.source import Page, Residue, ResidueKind
from sopextract.parse.labels import find_in_row
from sopextract.parse.langkah.content import look_at
from sopextract.parse.langkah.parts import Part, is_data
from sopextract.parse.rows import Row, without_symbols

_LEAST_LABELS = 3  # the identity box has six in its column of labels
_TIME, _LEAST_TIMES = 0.8, 3  # how sure an amount of time is; so many lines of a letter have none
_LEAST_STEPS, _LEAST_COLUMNS = 2, 5  # a list with numbers and dates has fewer columns


def with_unread_tables(
    pages: Sequence[Page], rows: Sequence[Row], parts: Sequence[Part]
) -> tuple[Page, ...]:
    """The pages with the words and symbols of such tables among what found no place.

    `rows` are those of `pages`, as `find_parts` saw them.
    """
    residue: dict[int, list[Residue]] = {}
    for row in (*_unread(rows, parts), *_unruled(rows, parts)):
        residue.setdefault(row.page, []).extend(_contents(row))
    return tuple(
        replace(page, residue=(*page.residue, *residue[k])) if k in residue else page
        for k, page in enumerate(pages)
    )


def _unread(rows: Sequence[Row], parts: Sequence[Part]) -> Iterator[Row]:
    """The rows of grids below the first part that hold symbols and are of no part."""
    if not parts:
        return
    taken = {k for part in parts for k in range(part.start, part.end)}
    below = ((k, row) for k, row in enumerate(rows) if k >= parts[0].end and row.grid is not None)
    for _, numbered in groupby(below, key=lambda item: item[1].grid):
        grid = list(numbered)
        body = [row for _, row in grid]
        if any(k in taken for k, _ in grid) or _is_identity(body):
            continue  # read as steps; the identity sheet of the next SOP, whose logo looks like one
        if any(cell.symbols for row in body for cell in row.cells) or _are_steps(body):
            yield from body


def _unruled(rows: Sequence[Row], parts: Sequence[Part]) -> Iterator[Row]:
    """The lines of a scan's page behind the first part whose table was not seen: lines of steps.

    An edge that was cut away or hidden leaves no table, and the words of its cells stand free.
    """
    known = {row.page for part in parts for row in rows[part.start : part.end]}
    for page, its in groupby(rows, key=lambda row: row.page):
        lines = [row for row in its if row.text]
        if not known or page <= min(known) or page in known:
            continue
        free = [row for row in lines if row.grid is None and row.place.score < 1.0]
        times = sum(any(look_at(t).duration >= _TIME for t in _cells(row)) for row in free)
        if times >= _LEAST_TIMES and not _is_identity(lines):
            yield from free


def _cells(row: Row) -> list[str]:
    """What stands apart in a line of text."""
    return [part for cell in row.cells for part in re.split(r"\s{3,}", cell.text.strip())]


def _is_identity(rows: Sequence[Row]) -> bool:
    """Whether there are labels of the form; a cell of a step may happen to be the word of one."""
    return sum(bool(find_in_row(row)) for row in rows) >= _LEAST_LABELS


def _are_steps(rows: Sequence[Row]) -> bool:
    """Whether rows of a scan, whose symbols may be lost as well, are steps by their words."""
    scanned = any(cell.place.score < 1.0 for row in rows for cell in row.cells)
    wide = max(len(row.cells) for row in rows) >= _LEAST_COLUMNS
    return scanned and wide and sum(map(is_data, rows)) >= _LEAST_STEPS


def _contents(row: Row) -> Iterator[Residue]:
    """The words and symbols of a row, a merged cell's in its first row alone."""
    for cell, bare in zip(row.cells, without_symbols(row).cells, strict=True):
        yield from (Residue(ResidueKind.SYMBOL, symbol.place) for symbol in cell.symbols)
        yield from (Residue(ResidueKind.WORD, cell.place, word) for word in bare.text.split())
