"""The rows of an exact table: where its header and its body end, and which of them are steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from logging import getLogger

from sopextract.core.text import squeeze
from sopextract.model.source import Cell
from sopextract.parse.labels import column_label, find_in_row
from sopextract.parse.langkah.columns import QUALITY, Columns
from sopextract.parse.langkah.content import is_row_of_numbers, look_at
from sopextract.parse.langkah.exact import Layout, column_lefts
from sopextract.parse.langkah.header_tree import HeaderTree
from sopextract.parse.langkah.laid import PartRow
from sopextract.parse.nip import find_nip
from sopextract.parse.rows import Row, plain, without_symbols
from sopextract.parse.signature import begins_signature

log = getLogger(__name__)

_MAX_HEADER_ROWS = 6  # two are usual; the tree of a large table has four, and empty ones between
_TIME = 0.8  # what look_at gives an amount with its unit
_FULL_ROW = 3  # cells; a step's row has at least number, words and time
_FIRST_ROWS = 3  # so many rows show whether a grid is an identity sheet rather than a table's rest


def exact_header_end(rows: Sequence[Row], start: int, end: int) -> int:
    """Where the header that begins at `start` ends (exclusive)."""
    i = start + 1
    while i < min(end, start + _MAX_HEADER_ROWS):
        if is_row_of_numbers(tuple(cell.text for cell in rows[i].cells)):
            break
        if not _in_header(rows[start:i], rows[i]):
            break
        i += 1
    while i > start + 1 and not without_symbols(rows[i - 1]).filled:
        i -= 1  # empty rows below the labels are no header
    return i


def _in_header(header: Sequence[Row], row: Row) -> bool:
    """Whether a row goes on with the header: labels, or names below a group that has none yet."""
    filled = [(j, t) for j, cell in enumerate(row.cells) if (t := squeeze(plain(cell).text))]
    if not filled:
        return not any(cell.symbols for cell in row.cells)
    contents = [look_at(text) for _, text in filled]
    labels = [column_label(text) for _, text in filled]
    if contents[0].counts or any(
        c.duration >= _TIME and label is None for c, label in zip(contents, labels, strict=True)
    ):
        return False
    tree = HeaderTree.of(header, column_lefts([*header, row]))
    if any(_has_body_label(tree, j) for j, _ in filled):
        return False
    if any(labels):
        return True
    names = all(_in_lane(tree, j) for j, _ in filled) and not any(c.mark for c in contents)
    return names and any(_lacks_name(tree, j) for j, _ in filled)


def _has_body_label(tree: HeaderTree, column: int) -> bool:
    """Whether a column's own label stands above: what follows in it is a step's."""
    leaf = tree.leaf(column)
    if leaf is None or leaf.column != column:
        return False
    return leaf.field in (*QUALITY, "kegiatan", "no")


def _in_lane(tree: HeaderTree, column: int) -> bool:
    leaf = tree.leaf(column)
    return leaf is None or leaf.field in (None, "pelaksana", "mutu_baku")


def _lacks_name(tree: HeaderTree, column: int) -> bool:
    """Whether only a group's heading stands above, or nothing yet."""
    leaf = tree.leaf(column)
    return leaf is None or leaf.field is not None or tree.spans_many(leaf)


def body_end(rows: Sequence[Row], first: int, end: int) -> int:
    """Where the body ends (exclusive): the grid may go on with a signature or an identity sheet."""
    return next((i for i in range(first, end) if _is_foreign(rows[i])), end)


def _is_foreign(row: Row) -> bool:
    """Whether a row belongs to an identity sheet or a signature: no number, no symbol, labels."""
    bare = without_symbols(row)
    filled = bare.filled
    if not filled or look_at(filled[0]).counts or bare is not row:
        return False
    if begins_signature(bare.text) or (find_nip(bare.text) and len(filled) < _FULL_ROW):
        return True
    labels = [at for at in find_in_row(bare) if not at.weak and at.hit.group != "lainnya"]
    return len(labels) > 1 or bool(labels and filled[0].startswith(labels[0].text))


def lay_out_exact(body: Sequence[Row], columns: Columns, layout: Layout) -> tuple[PartRow, ...]:
    """The body's rows in the table's columns, empty ones and rows of column numbers left out.

    A heading merged over the whole width is no step and is left out too.
    """
    laid: list[PartRow] = []
    for row in body:
        cells = layout.collapse(row)
        if not any(c.text or c.symbols for c in cells):
            continue
        if is_row_of_numbers(tuple(cell.text for cell in cells)):
            continue
        if _over_number_and_words(cells, columns):
            cells = _as_kegiatan(cells, columns)
            if sum(bool(cell.text) for cell in cells) == 1:
                log.debug("a heading inside the table is left out")
                continue
        place = next((c.place for c in cells if c.text), row.place)
        raw = " | ".join(squeeze(cell.text) for cell in cells)
        laid.append(PartRow(cells, place, raw, False, row.score, exact=True))
    return tuple(laid)


def _over_number_and_words(cells: Sequence[Cell], columns: Columns) -> bool:
    """Whether words stand in the number column: their cell is merged over it and Kegiatan."""
    if columns.no is None or columns.kegiatan is None or cells[columns.kegiatan].text:
        return False
    content = look_at(cells[columns.no].text)
    return not (content.empty or content.counts or content.mark)


def _as_kegiatan(cells: Sequence[Cell], columns: Columns) -> tuple[Cell, ...]:
    """The row with the words of its number column under Kegiatan."""
    words = cells[columns.no] if columns.no is not None else None
    return tuple(
        cell
        if words is None
        else words
        if k == columns.kegiatan
        else replace(cell, text="")
        if k == columns.no
        else cell
        for k, cell in enumerate(cells)
    )


def may_go_on(
    rows: Sequence[Row], laid: Sequence[PartRow], above: Sequence[PartRow], columns: Columns
) -> bool:
    """Whether rows that fit the columns of a table go on with it.

    Not an identity sheet that happens to have as many columns, and not rows that begin their
    numbering anew. The first row may have no number: it is the rest of a row that the page cut.
    """
    if any(_is_foreign(row) for row in rows[:_FIRST_ROWS]):
        return False
    if not any(_is_step(row, columns) for row in laid):
        return False
    before, here = _numbers(above, columns), _numbers(laid, columns)
    return not before or not here or here[0] > before[-1]


def _is_step(row: PartRow, columns: Columns) -> bool:
    """Whether a row holds what only a step holds: a number, a time or a symbol."""
    no = row.cells[columns.no] if columns.no is not None else None
    waktu = row.cells[columns.quality["waktu"]] if "waktu" in columns.quality else None
    return (
        (no is not None and look_at(no.text).counts)
        or (waktu is not None and look_at(waktu.text).duration >= _TIME)
        or any(cell is not None and cell.symbols for cell in row.cells)
    )


def _numbers(rows: Sequence[PartRow], columns: Columns) -> list[int]:
    if columns.no is None:
        return []
    cells = [row.cells[columns.no] for row in rows]
    return [
        n for cell in cells if cell is not None and (n := look_at(cell.text).number) is not None
    ]
