"""Labels of a scan that were read too badly to be known: what is missing tells which they are.

A label by itself must be nearly right to be one (`lexicon/labels.py`). In a column of labels, or in
the header of a step table, far less is enough where only one label of the form is missing that it
resembles. Only words that the reader doubted are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from sopextract.core.text import squeeze
from sopextract.lexicon.jabatan import compare_words, find_head
from sopextract.lexicon.labels import canonical_label, label_key, spellings_of
from sopextract.model.draft import Change
from sopextract.model.source import Cell
from sopextract.parse.labels import column_label, find_in_row
from sopextract.parse.langkah.content import is_column_numbers, look_at
from sopextract.parse.rows import Mended, Row

_SURELY_READ = 0.97  # what the engine was surer of is no misread label (normalise/typos.py)
_WINDOW = 25  # rows in which a sheet has each of its labels once; box and sections take about 20
_NEAR = 6  # rows between a label and the next in its column, the lines of a value between them
_LONGEST, _MOST_WORDS = 45, 6  # of a label; the longest that is usual has 31 characters and 5 words
# Of 1 for the same letters. With the margin to every other label that is missing, set on labels of
# made sheets damaged at random, one letter in twelve: own judgement between what is lost and found.
_LEAST, _MARGIN = 0.6, 0.12
_DOUBT = 0.8  # below the sure line: the value of such a label is told of
_DATE = "tanggal"
_FEWEST_NUMBERS = 3  # that were read as numbers, of a row of column numbers
_DIRTY_NUMBER = re.compile(r"[^\w(]*(?P<number>\(?\s?\d{1,3}\s?[.)]?)[^\w]*")
_DIGITS = re.compile(r"[lI|!iOo]")
_DIGIT_OF = str.maketrans("lI|!iOo", "1111100")


def mend_labels(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows with such labels as the form spells them; each row says which of its cells."""
    if all(cell.place.score >= _SURELY_READ for row in rows for cell in row.cells):
        return tuple(rows)
    clean = [_without_dirt(row) for row in rows]
    return tuple(map(_numbers_mended, _header_mended(clean, _identity_mended(clean))))


def changes_of(rows: Iterable[Row]) -> tuple[Change, ...]:
    """A change for each label that was mended in these rows."""
    return tuple(
        Change(f"label:{one.field}", one.before, one.after, "label.misread", _DOUBT)
        for row in rows
        for one in row.mended
    )


def doubt_at(row: Row, column: int) -> float:
    """How far the value of the label in a cell may be trusted: 1 unless the label was mended."""
    return _DOUBT if any(one.column == column for one in row.mended) else 1.0


def _identity_mended(rows: Sequence[Row]) -> list[Row]:
    known = [
        {at.column: at.hit.field for at in find_in_row(row) if at.hit.group != "lainnya"}
        for row in rows
    ]
    fields = spellings_of("identitas", "bagian")
    out: list[Row] = []
    for i, row in enumerate(rows):
        done = row
        for column, cell in enumerate(row.cells):
            head = _head(cell)
            if not head or column in known[i] or not _in_label_column(rows, known, i, column):
                continue
            around = known[max(0, i - _WINDOW) : i + _WINDOW + 1]
            found = _missing(head, fields, {name for here in around for name in here.values()})
            if found is not None:
                done = _with(done, column, head, found)
                known[i][column] = found
        out.append(done)
    return out


def _in_label_column(
    rows: Sequence[Row], known: Sequence[dict[int, str]], i: int, column: int
) -> bool:
    """Whether a label that was read stands near, in the same column of the same grid."""
    if rows[i].grid is None:
        return False
    near = range(max(0, i - _NEAR), min(len(rows), i + _NEAR + 1))
    return any(rows[k].grid == rows[i].grid and column in known[k] for k in near)


def _header_mended(rows: Sequence[Row], identity: Sequence[Row]) -> list[Row]:
    """Header rows of step tables: two labels or more, and the row below them."""
    fields = spellings_of("kolom")
    out = list(identity)
    for i, row in enumerate(rows):
        if row.grid is None:
            continue
        own = _column_fields(row)
        above = _column_fields(rows[i - 1]) if i and rows[i - 1].grid == row.grid else set()
        if len(own) < 2 and not (own and len(above) > 1):
            continue
        below = _column_fields(rows[i + 1]) if i + 1 < len(rows) and len(own) > 1 else set()
        for column, cell in enumerate(row.cells):
            head = _head(cell)
            if not head or column_label(head) is not None or find_head(compare_words(head), 0):
                continue
            found = _missing(head, fields, own | above | below)
            if found is not None:
                out[i] = _with(out[i], column, head, found)
                own.add(found)
    return out


def _without_dirt(row: Row) -> Row:
    """The row with numbers free of the dirt beside them that was read as marks: "• 1.", "(5).'"."""
    if row.grid is None:
        return row
    cells = []
    for cell in row.cells:
        dirty = _DIRTY_NUMBER.fullmatch(cell.text) if cell.place.score < _SURELY_READ else None
        cells.append(
            replace(cell, text=dirty["number"].replace(" ", "")) if dirty is not None else cell
        )
    return replace(row, cells=tuple(cells)) if tuple(cells) != row.cells else row


def _numbers_mended(row: Row) -> Row:
    """A row of column numbers with those that were read as letters: "l 2 3", from left to right."""
    texts = [squeeze(cell.text) for cell in row.cells]
    filled = [(column, text) for column, text in enumerate(texts) if text]
    plain = {column: text for column, text in filled if look_at(text).number is not None}
    if row.grid is None or len(plain) < max(_FEWEST_NUMBERS, len(filled) / 2):
        return row
    digits = [_DIGITS.sub(lambda m: m[0].translate(_DIGIT_OF), text) for _, text in filled]
    if len(plain) == len(filled) or not is_column_numbers(tuple(digits)):
        return row
    for (column, text), read in zip(filled, digits, strict=True):
        if text != read:
            cell = replace(row.cells[column], text=read)
            cells = (*row.cells[:column], cell, *row.cells[column + 1 :])
            mended = Mended(column, "nomor_kolom", text, read)
            row = replace(row, cells=cells, mended=(*row.mended, mended))
    return row


def _column_fields(row: Row) -> set[str]:
    texts = [text for text in row.filled if len(text) <= _LONGEST]
    if any(look_at(text).counts for text in texts):
        return set()  # a step, whose texts may be names of columns as well
    return {hit.field for text in texts if (hit := column_label(text)) is not None}


def _head(cell: Cell) -> str:
    """The text of a cell that may be a misread label: up to its colon; "" where it is none."""
    if cell.place.score >= _SURELY_READ or cell.symbols:
        return ""
    head = squeeze(cell.text.partition(":")[0])
    words = head.split(" ")
    if not 4 <= len(head) <= _LONGEST or len(words) > _MOST_WORDS:
        return ""
    return "" if any(letter.isdigit() for letter in head) else head


def _missing(head: str, fields: dict[str, tuple[str, ...]], there: set[str]) -> str | None:
    """The one field of those that are not there whose label the text resembles."""
    key = label_key(head)
    likeness = {field: max(_alike(key, one) for one in known) for field, known in fields.items()}
    missing = sorted(fields.keys() - there, key=lambda field: -likeness[field])
    if not missing:
        return None
    best = missing[0]
    rivals = [likeness[field] for field in fields if field != best and field not in there]
    if any(likeness[field] >= likeness[best] for field in there & fields.keys()):
        return None
    sure = likeness[best] >= _LEAST and likeness[best] >= max(rivals, default=0.0) + _MARGIN
    return best if sure else None


def _alike(key: str, spelling: str) -> float:
    """From 0 to 1. Two dates are told apart by what follows "tanggal"."""
    if spelling.startswith(_DATE) and fuzz.ratio(key[: len(_DATE)], _DATE) >= 100 * _LEAST:
        key, spelling = key[len(_DATE) :], spelling[len(_DATE) :]
    return fuzz.ratio(key, spelling) / 100


def _with(row: Row, column: int, head: str, found: str) -> Row:
    cell = row.cells[column]
    _, colon, rest = cell.text.partition(":")
    after = canonical_label(found)
    whole = replace(cell, text=after + colon + rest)
    cells = (*row.cells[:column], whole, *row.cells[column + 1 :])
    mended = Mended(column, found, head, after)
    return replace(row, cells=cells, mended=(*row.mended, mended))
