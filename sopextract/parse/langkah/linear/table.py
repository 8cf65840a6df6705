"""Step tables without any table left: the cells of each row one after another as lines of text.

This is what `pdftotext` (without `-layout`) and many OCR engines make of a table. What is left of
its grid: lines that hold only spaces and leading spaces stand for cell borders, an empty line only
for a paragraph, and the amount of time is the fixed point between Kelengkapan and Output.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from logging import getLogger

from sopextract.core.text import squeeze
from sopextract.lexicon.instansi import level_of
from sopextract.model.draft import Mark, Method, PelaksanaDraft, Reading, StepRow, TablePart
from sopextract.parse.labels import find_in_line
from sopextract.parse.langkah.linear.cells import is_mark, step_number
from sopextract.parse.langkah.linear.header import Header, read_header
from sopextract.parse.langkah.linear.step import read_step
from sopextract.parse.rows import Row

log = getLogger(__name__)

# Labels that no step holds; Peringatan and Peralatan are words of steps as well.
_SHEET_LABELS = frozenset(
    (
        "nomor_sop",
        "tanggal_pembuatan",
        "tanggal_revisi",
        "tanggal_efektif",
        "tanggal_pengesahan",
        "disahkan_oleh",
        "dasar_hukum",
        "kualifikasi_pelaksana",
        "keterkaitan",
    )
)
_MOST_MISSED = 2  # numbers in a row that OCR may have lost; own judgement
_LONGEST_NAME = 70  # letters; the longest post in the word lists has 62


@dataclass(frozen=True, slots=True)
class LinearTable:
    """A step table read from lines; rows `start` to `end` (exclusive) of the document hold it."""

    start: int
    end: int
    pelaksana: tuple[PelaksanaDraft, ...]
    steps: tuple[StepRow, ...]
    part: TablePart


def find_linear_tables(rows: Sequence[Row], taken: Sequence[tuple[int, int]]) -> list[LinearTable]:
    """All linearised tables outside the ranges already `taken` by grids, in reading order."""
    tables = []
    i = 0
    while i < len(rows):
        inside = next((end for start, end in taken if start <= i < end), None)
        if inside is not None:
            i = inside
            continue
        header = read_header(rows, i) if rows[i].grid is None else None
        if header is None:
            i += 1
            continue
        table = _read_table(rows, i, header)
        if table is None:
            i += 1
            continue
        tables.append(table)
        i = table.end
    return tables


def _read_table(rows: Sequence[Row], start: int, header: Header) -> LinearTable | None:
    """The table under a header; None when fewer than two steps follow it."""
    starts, end = _step_starts(rows, header.first_step)
    if len(starts) < 2:
        log.debug("row %d: a header of lines without two steps below it is no table", start)
        return None
    steps: list[StepRow] = []
    stop = start
    fields = [name for name, _ in header.labels]
    for k, (i, number) in enumerate(starts):
        last = k + 1 == len(starts)
        limit = end if last else starts[k + 1][0]
        step, stop = read_step(rows, i, limit, number, fields)
        steps.append(step)
    stop, loose = _loose_marks(rows, stop, end)
    steps = _hand_out(steps, loose)
    pelaksana = tuple(
        PelaksanaDraft(k, Reading(name, name, rows[start].place, Method.LINE, _name_score(name)))
        for k, name in enumerate(header.actors, 1)
    )
    part = TablePart(tuple(header.actors), header.labels, (), (1, len(steps)))
    return LinearTable(start, stop, pelaksana, tuple(steps), part)


def _step_starts(rows: Sequence[Row], first: int) -> tuple[list[tuple[int, int]], int]:
    """Row and number of every step from row `first` on, and the row that ends the table."""
    starts: list[tuple[int, int]] = []
    for i in range(first, len(rows)):
        if rows[i].grid is not None or (len(starts) > 1 and _ends_table(rows[i])):
            return starts, i
        number = step_number(rows[i].cells[0].text)
        expected = starts[-1][1] + 1 if starts else 1
        missed = _MOST_MISSED if starts else 0
        if number is not None and expected <= number <= expected + missed:
            starts.append((i, number))
    return starts, len(rows)


def _name_score(name: str) -> float:
    """How surely a text of the header names one actor; what holds numbers or runs on does not."""
    return 0.95 if len(name) <= _LONGEST_NAME and not any(c.isdigit() for c in name) else 0.5


def _ends_table(row: Row) -> bool:
    """A line of the identity sheet: a label that no step holds, or the name of a government."""
    text = squeeze(row.cells[0].text)
    if level_of(text) == "pemerintah" and text.isupper():
        return True
    return any(at.hit.field in _SHEET_LABELS for at in find_in_line(text))


def _loose_marks(rows: Sequence[Row], stop: int, end: int) -> tuple[int, list[Mark]]:
    """Symbols' words that stand alone behind the last row."""
    marks: list[Mark] = []
    for i in range(stop, end):
        text = squeeze(rows[i].cells[0].text)
        if not text:
            continue
        if not is_mark(text):
            break
        marks.extend(Mark(None, word, rows[i].place) for word in text.split(" "))
        stop = i + 1
    return stop, marks


def _hand_out(steps: list[StepRow], marks: Sequence[Mark]) -> list[StepRow]:
    """Loose Mulai goes to the first step, all else to the last."""
    for mark in marks:
        k = 0 if mark.text.casefold().strip("() ").endswith("ulai") else -1
        steps[k] = replace(steps[k], marks=(*steps[k].marks, mark))
    return steps
