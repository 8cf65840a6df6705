"""Finds the printed parts of the step table among the rows of a document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from sopextract.core.text import squeeze
from sopextract.lexicon.labels import label_key
from sopextract.model.source import Cell
from sopextract.parse.labels import column_label
from sopextract.parse.langkah.align import align_row
from sopextract.parse.langkah.columns import Columns, find_columns
from sopextract.parse.langkah.content import is_column_numbers, is_row_of_numbers, look_at
from sopextract.parse.langkah.exact import Layout, read_exact
from sopextract.parse.langkah.exact_rows import (
    body_end,
    exact_header_end,
    lay_out_exact,
    may_go_on,
)
from sopextract.parse.langkah.laid import PartRow
from sopextract.parse.places import join_places, least_clear
from sopextract.parse.rows import Row, without_symbols

_MAX_HEADER_ROWS = 10  # lines of `pdftotext -layout`; three in a table of cells
_MOST_LINES = 5  # lines that the cells of one row may be broken over; own judgement
_MAX_LABEL = 70  # characters; own judgement, the longest label has 47 letters
_TIME = 0.8  # what look_at gives an amount with its unit
# Labels that no cell of a step holds alone, unlike "Keterangan", "Dokumen" or "Hasil".
_NEVER_IN_CELLS = ("waktu", "mutu_baku", "pelaksana", "kegiatan")


@dataclass(frozen=True, slots=True)
class Part:
    """One printed part: rows `start` to `end` (exclusive) of the document hold it.

    `layout` says how the columns of its grid make up the table's, in an exact grid.
    """

    start: int
    end: int
    columns: Columns
    rows: tuple[PartRow, ...]
    numbers: tuple[int, ...] = ()
    layout: Layout | None = None


def find_parts(rows: Sequence[Row]) -> tuple[Part, ...]:
    """All parts of step tables in reading order.

    A part begins with a header (two or more column labels in one row of a grid), or goes on
    without one where a grid continues the numbering of the part before it.
    """
    parts: list[Part] = []
    i = 0
    while i < len(rows):
        row = rows[i]
        if row.grid is None:
            i += 1
        elif is_header(row):
            part = _read_part(rows, i, parts[-1] if parts else None)
            if part is not None:
                parts.append(part)
            i = part.end if part is not None else i + 1
        elif row.exact:
            rest = _exact_rest(rows, i, parts[-1]) if parts else None
            parts += [rest] if rest is not None else []
            i = rest.end if rest is not None else i + 1
        elif parts and parts[-1].end <= i and _continues(rows, i, parts[-1]):
            end = _grid_end(rows, i)
            parts.append(_headless(rows, i, end, parts[-1].columns))
            i = end
        else:
            i += 1
    return tuple(parts)


def is_header(row: Row) -> bool:
    """Whether a row of a grid begins the header of a step table."""
    fields = set()
    for text in without_symbols(row).filled:
        if len(text) > _MAX_LABEL:
            return False
        content = look_at(text)
        if content.counts or content.duration >= 0.8:
            return False
        hit = column_label(text)
        if hit is not None:
            fields.add(hit.field)
    if len(fields) < 2:
        return False
    if fields & {"pelaksana", "mutu_baku"}:
        return True
    return bool(
        ("kegiatan" in fields and fields & {"no", "waktu", "output", "kelengkapan"})
        or {"waktu", "output"} <= fields
    )


def is_data(row: Row) -> bool:
    """Whether a row of a grid is a step's: words beside a number or a symbol, or an amount."""
    contents = [look_at(text) for text in row.filled]
    # "Dokumen", "Hasil" and "Catatan" are labels of columns, and what stands in them as well.
    if any(c.duration >= 0.8 for c in contents) and not any(
        (hit := column_label(c.text)) and hit.field in _NEVER_IN_CELLS for c in contents
    ):
        return True
    stepped = any(c.counts for c in contents[:2]) or any(c.symbol for c in contents)
    return stepped and any(len(c.text) > 5 and c.prose for c in contents)


def _grid_end(rows: Sequence[Row], start: int) -> int:
    end = start
    while end < len(rows) and rows[end].grid == rows[start].grid:
        end += 1
    return end


def _read_part(rows: Sequence[Row], start: int, last: Part | None) -> Part | None:
    end = _grid_end(rows, start)
    if rows[start].exact:
        return _read_exact_part(rows, start, end, last)
    header, numbers, first = _header_rows(rows, start, end)
    stop = first
    while stop < end and not (stop > first and is_header(rows[stop])):
        stop += 1
    usual = max((len(row.cells) for row in header), default=0)
    body = [_time_in_one_cell(row, usual) for row in _whole_rows(rows[first:stop], usual)]
    columns = find_columns(
        [[cell.text for cell in row.cells] for row in header],
        [[cell.text for cell in row.cells] for row in body if is_data(row)]
        or [[cell.text for cell in row.cells] for row in body],
    )
    if columns is None:
        return None
    where = join_places(cell.place for row in header for cell in row.cells)
    columns = replace(columns, places=tuple((j, where) for j, _ in columns.actors))
    return Part(start, stop, columns, _lay_out(body, columns), numbers)


def _read_exact_part(rows: Sequence[Row], start: int, end: int, last: Part | None) -> Part | None:
    """A part whose cells stand in their true columns: its header is believed, nothing is moved.

    Unless it is the header of the part before with a rule too many, which cuts a name in two.
    """
    head_end = exact_header_end(rows, start, end)
    numbered = head_end < end and is_row_of_numbers(_texts(rows[head_end]))
    numbers = _numbers_in(_texts(rows[head_end])) if numbered else ()
    first = head_end + numbered
    heads = (i for i in range(first + 1, end) if is_header(rows[i]))
    stop = body_end(rows, first, next(heads, end))
    read = read_exact(rows[start:head_end], rows[first:stop])
    if read is None:
        return None
    columns, layout = read
    if last is not None and last.layout is not None:
        before = last.layout.fitting(rows[start:stop])
        if before is not None and _cuts_names(columns, layout, last.columns, before):
            columns, layout = last.columns, before
    return Part(
        start, stop, columns, lay_out_exact(rows[first:stop], columns, layout), numbers, layout
    )


def _cuts_names(columns: Columns, layout: Layout, before: Columns, fitting: Layout) -> bool:
    """Whether these lanes are those of the part before, some of them cut in two with their name."""
    if len(columns.actors) <= len(before.actors):
        return False
    starts = [fitting.starts[k] for k, _ in before.actors]
    joined = [""] * len(starts)
    for k, label in columns.actors:
        left = layout.starts[k]
        under = [
            i for i, s in enumerate(starts) if s is not None and left is not None and s <= left + 1
        ]
        if not under:
            return False
        joined[under[-1]] += label_key(label or "")
    return joined == [label_key(label or "") for _, label in before.actors]


def _exact_rest(rows: Sequence[Row], start: int, last: Part) -> Part | None:
    """The part without a header that goes on with `last`; None when this grid does not."""
    stop = _grid_end(rows, start)
    first_of_grid = start == 0 or rows[start - 1].grid != rows[start].grid
    if last.layout is None or not first_of_grid or any(map(is_header, rows[start:stop][:2])):
        return None
    end = body_end(rows, start, stop)
    end = next((i for i in range(start + 1, end) if is_header(rows[i])), end)  # printed again
    layout = last.layout.fitting(rows[start:end])
    if layout is None:
        return None
    laid = lay_out_exact(rows[start:end], last.columns, layout)
    if not laid or not may_go_on(rows[start:end], laid, last.rows, last.columns):
        return None
    return Part(start, end, last.columns, laid, (), layout)


def _texts(row: Row) -> tuple[str, ...]:
    return tuple(cell.text for cell in row.cells)


def _numbers_in(texts: Sequence[str]) -> tuple[int, ...]:
    return tuple(n for t in texts if (n := look_at(t).number) is not None)


def _whole_rows(body: Sequence[Row], width: int) -> list[Row]:
    """Rows of tab-separated text whose cells were broken over lines, made whole.

    The last cell of a short row goes on in the first cell of the next when both together have as
    many cells as the table is wide and the second begins with no step number. Near misses: a short
    row of its own, a row of the usual width.
    """
    whole: list[Row] = []
    i = 0
    while i < len(body):
        size = next((n for n in range(2, _MOST_LINES + 1) if _is_one(body[i : i + n], n, width)), 1)
        whole.append(body[i] if size == 1 else _joined(body[i : i + size]))
        i += size
    return whole


def _is_one(rows: Sequence[Row], size: int, width: int) -> bool:
    """Whether these rows are the lines of one: together as wide as the table, no new number."""
    if len(rows) < size or any(row.wrapped or len(row.cells) >= width for row in rows):
        return False
    if sum(len(row.cells) for row in rows) - (size - 1) != width:
        return False
    begins = any(look_at(row.cells[0].text).counts for row in rows[1:])
    breaks = all(a.cells[-1].text and b.cells[0].text for a, b in pairwise(rows))
    return breaks and not begins


def _joined(rows: Sequence[Row]) -> Row:
    cells = list(rows[0].cells)
    for row in rows[1:]:
        place = least_clear(cells[-1].place, (row.cells[0].place,))
        cells[-1] = Cell(f"{cells[-1].text}\n{row.cells[0].text}", place)
        cells.extend(row.cells[1:])
    return replace(rows[0], cells=tuple(cells))


def _header_rows(
    rows: Sequence[Row], start: int, end: int
) -> tuple[Sequence[Row], tuple[int, ...], int]:
    """The header's rows, the printed column numbers, and where the data begin."""
    i = start + 1
    while i < min(end, start + _MAX_HEADER_ROWS):
        texts = _texts(rows[i])
        if is_column_numbers(texts):
            return rows[start:i], _numbers_in(texts), i + 1
        if is_data(rows[i]) or _only_marks(rows[i]):
            break
        i += 1
    if i == min(end, start + _MAX_HEADER_ROWS) and not rows[start].wrapped:
        # No row looked like data: the header is what holds labels, the rest are rows.
        i = start + 1
        while i < end and any(column_label(text) for text in rows[i].filled):
            i += 1
    return rows[start:i], (), i


def _only_marks(row: Row) -> bool:
    return bool(row.filled) and all(look_at(text).mark for text in row.filled)


def _lay_out(body: Sequence[Row], columns: Columns) -> tuple[PartRow, ...]:
    laid: list[PartRow] = []
    for row in body:
        texts = _texts(row)
        if is_column_numbers(texts) or not row.filled:
            continue
        positions, moved = (
            (tuple(range(columns.width)), False) if row.wrapped else align_row(texts, columns)
        )
        cells = tuple(
            row.cells[p] if p is not None and p < len(row.cells) else None for p in positions
        )
        raw = " | ".join(squeeze(text) for text in texts)
        # A moved row rests on what its cells look like, not on where they stand.
        score = 0.9 if moved else 1.0
        laid.append(PartRow(cells, row.place, raw, moved, min(score, row.score)))
    return tuple(laid)


def _time_in_one_cell(row: Row, width: int) -> Row:
    """A row that is a cell longer than the header, its time cut in two, mended: "30" | "Menit"."""
    if row.wrapped or len(row.cells) <= width:
        return row
    for k in range(2, len(row.cells) - 1):
        count, unit = row.cells[k], row.cells[k + 1]
        whole = f"{squeeze(count.text)} {squeeze(unit.text)}"
        if (
            look_at(count.text).number is not None
            and look_at(unit.text).number is None
            and look_at(unit.text).duration < _TIME <= look_at(whole).duration
        ):
            cells = (*row.cells[:k], replace(count, text=whole), *row.cells[k + 2 :])
            return replace(row, cells=cells)
    return row


def _continues(rows: Sequence[Row], start: int, last: Part) -> bool:
    """Whether the grid at `start` goes on with the table of `last` without a header."""
    end = _grid_end(rows, start)
    body = [row for row in rows[start:end] if row.filled]
    if not body or last.columns.no is None or any(is_header(row) for row in body[:2]):
        return False
    if last.layout is not None:
        return False  # its columns are those of a grid that said where they are
    widths = {len(row.cells) for row in body}
    if max(widths) < last.columns.width - 2 or sum(is_data(row) for row in body) * 2 < len(body):
        return False
    numbers = [
        n
        for part_row in last.rows
        if (cell := part_row.cells[last.columns.no]) is not None
        for n in [look_at(cell.text).number]
        if n is not None
    ]
    first = next(
        (n for text in body[0].filled[:1] if (n := look_at(text).number) is not None), None
    )
    return first is None or not numbers or first > numbers[-1]


def _headless(rows: Sequence[Row], start: int, end: int, columns: Columns) -> Part:
    return Part(start, end, columns, _lay_out(rows[start:end], columns))
