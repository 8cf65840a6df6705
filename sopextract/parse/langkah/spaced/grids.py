"""Columns made of spaces: the output of `pdftotext -layout` turned into grids.

Where the columns are is settled by the whole region together: a column border is where (nearly) no
line has a letter. Which lines make one row of the sheet is settled by the step numbers, blank lines
and the way texts begin, because numbers are often printed in the middle of their row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from logging import getLogger

from sopextract.lexicon.instansi import level_of
from sopextract.parse.langkah.spaced.borders import cut_line, data_rows, find_borders, first_data
from sopextract.parse.langkah.spaced.identity import identity_region
from sopextract.parse.langkah.spaced.lines import (
    RowLine,
    chunks_of,
    is_header,
    is_sheet_label,
    pair_labels,
)
from sopextract.parse.langkah.spaced.parts import Line, MadeRow
from sopextract.parse.langkah.spaced.table import read_spaced_table
from sopextract.parse.nip import find_nip
from sopextract.parse.rows import Row
from sopextract.parse.signature import begins_signature

log = getLogger(__name__)

_WIDE_GAP = re.compile(r"\S {3,}\S")
_MIN_WIDE_LINES = 4  # fewer lines with wide gaps are no table; own judgement
_MIN_COLUMNS = 3  # Kegiatan and two more, as a header has
_HEADER_LINES = 8  # so far down the header itself may go on; own judgement
_LABEL_COLUMN = 24  # characters; own judgement, a single word further right is a cell's last
_FIRST_GRID = 1_000_000  # numbers of these grids, clear of those that the reader gave


def grid_spaced_columns(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows with every space-aligned region replaced by rows of cells; others as they are."""
    lines = {
        i: RowLine(i, row, chunks_of(row.cells[0].text))
        for i, row in enumerate(rows)
        if row.grid is None
    }
    if sum(bool(_WIDE_GAP.search(rows[i].cells[0].text)) for i in lines) < _MIN_WIDE_LINES:
        return tuple(rows)
    out: list[Row] = []
    i, grid = 0, _FIRST_GRID
    while i < len(rows):
        region = _table_region(rows, lines, i) or identity_region(rows, lines, i)
        if region is None:
            out.append(rows[i])
            i += 1
            continue
        made, i = region
        out.extend(Row(m.cells, grid, wrapped=True, score=m.score) for m in made)
        grid += 1
    return tuple(out)


def _table_region(
    rows: Sequence[Row], lines: dict[int, RowLine], start: int
) -> tuple[list[MadeRow], int] | None:
    """The step table that begins in this row, and the row behind it; None when none does.

    By its header page by page; where that fails, by the white space of the whole region.
    """
    line = lines.get(start)
    if line is None or not is_header(line):
        return None
    end = _table_end(rows, lines, start)
    heads = (i for i in range(start + _HEADER_LINES, end) if i in lines and is_header(lines[i]))
    stop = next(heads, end)  # the next page repeats the header
    table = [
        Line(x.row.page, x.row.place, x.chunks)
        for i in range(start, stop)
        if (x := lines.get(i)) is not None
    ]
    made = read_spaced_table(table)
    if made is not None:
        return made, stop
    body = [lines[i] for i in range(start, end) if i in lines]
    first = first_data(body)
    borders = find_borders(body, first)
    if first is None or len(borders) < _MIN_COLUMNS:
        log.debug("row %d: a header with %d columns of spaces, no table", start, len(borders))
        return None
    header = [cut_line(line, borders) for line in body[:first] if line.chunks]
    data = data_rows(body[first:], borders)
    return [MadeRow(cells, 1.0) for cells in header + data], end


def _table_end(rows: Sequence[Row], lines: dict[int, RowLine], start: int) -> int:
    """The table goes on to an identity label, an agency line, a signature or a grid."""
    blanks = 0
    for i in range(start + 1, len(rows)):
        line = lines.get(i)
        if line is None:
            return i
        if not line.chunks:
            blanks += 1
            continue
        text = rows[i].text
        # "SOP terkait" may stand under Keterangan: only the head of a line, or a pair, is a label.
        if i > start + _HEADER_LINES and (_labels_sheet(line) or pair_labels(line)):
            return i
        if blanks >= 1 and (find_nip(text) or begins_signature(text) or level_of(text)):
            return i
        blanks = 0
    return len(rows)


def _labels_sheet(line: RowLine) -> bool:
    """A label at the head of a line; the one word "pendataan" there may be a cell's last."""
    head = line.chunks[0]
    if head.text[:1].islower() or (" " not in head.text and head.start > _LABEL_COLUMN):
        return False
    return is_sheet_label(head.text)
