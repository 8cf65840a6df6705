"""Step tables without any table left: the cells of each row one after another as lines of text.

This is what `pdftotext` (without `-layout`) and many OCR engines make of a table. What is left of
its grid: lines that hold only spaces and leading spaces stand for cell borders, an empty line only
for a paragraph, and the amount of time is the fixed point between Kelengkapan and Output.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sopextract.core.text import squeeze
from sopextract.lexicon.instansi import level_of
from sopextract.model.draft import (
    Mark,
    MaybeText,
    Method,
    PelaksanaDraft,
    Reading,
    StepRow,
    TablePart,
)
from sopextract.model.source import Place
from sopextract.parse.labels import column_label, find_in_line
from sopextract.parse.langkah.actor_names import split_names
from sopextract.parse.langkah.columns import QUALITY
from sopextract.parse.langkah.content import look_at
from sopextract.parse.lines import join_lines
from sopextract.parse.rows import Row
from sopextract.parse.tanggal import is_blank

_STEP = re.compile(r"^\s{0,8}(\d{1,2})\s?[.)]?(?:\s+(?P<rest>\S.*)|\s*)$")
_UNIT = r"(?:menit|mnt|jam|hari|hr|minggu|mgg|bulan|bln|tahun|thn|detik)"
_AMOUNT = re.compile(
    rf"""(?<![\w/])
    (?: (?:maks(?:imal)?\.?|paling\ lama|±|<|kurang\ dari)\s* )?
    (?: \d+(?:[.,]\d+)? | ½ | \d+/\d+ ) \s*
    (?: (?:-|–|s/d|sampai)\s*\d+\s* )? (?: \([a-z ]+\)\s* )? (?: x\s*24\s* )?
    {_UNIT}\b (?: \s+(?:kerja|kalender|efektif)\b )?
    (?: \s*(?:/|per)\s*
        (?:berkas|dokumen|orang|surat|lembar|kegiatan|pemohon|unit|permohonan)\b )?""",
    re.VERBOSE | re.IGNORECASE,
)
_OPEN_TIME = re.compile(
    r"^\s*(?:sesuai\s+(?:jadwal|kebutuhan|ketentuan|agenda)[^.;]*|menyesuaikan|tentatif"
    r"|insidentil|setiap\s+(?:hari|bulan|minggu|tahun)|triwulanan|semesteran|bulanan|tahunan)\s*$",
    re.IGNORECASE,
)
_MARK_WORD = re.compile(r"m?ulai|s?elesai|ya|tidak|y|t", re.IGNORECASE)
_MIN_HEADER_FIELDS = 3
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
_MAX_HEADER_LINES = 120
_LONGEST_NAME = 70  # letters; the longest post in the word lists has 62


@dataclass(frozen=True, slots=True)
class LinearTable:
    """A step table read from lines; rows `start` to `end` (exclusive) of the document hold it."""

    start: int
    end: int
    pelaksana: tuple[PelaksanaDraft, ...]
    steps: tuple[StepRow, ...]
    part: TablePart


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Lines of one cell. `gap` is what stood before it: 0 nothing, 1 empty line, 2 cell border."""

    text: str
    gap: int
    place: Place


def find_linear_tables(rows: Sequence[Row], taken: Sequence[tuple[int, int]]) -> list[LinearTable]:
    """All linearised tables outside the ranges already `taken` by grids, in reading order."""
    tables = []
    i = 0
    while i < len(rows):
        inside = next((end for start, end in taken if start <= i < end), None)
        if inside is not None:
            i = inside
            continue
        header = _read_header(rows, i) if rows[i].grid is None else None
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


@dataclass(frozen=True, slots=True)
class _Header:
    labels: tuple[tuple[str, str], ...]
    actors: tuple[str, ...]
    first_step: int


def _read_header(rows: Sequence[Row], start: int) -> _Header | None:
    """A header that begins in this row: `No` first, then column labels, then the actors."""
    first = squeeze(rows[start].text)
    if not first or len(first) > 80:
        return None
    opening = _labels_of(first)
    if not opening or opening[0][0] not in ("no", "kegiatan"):
        return None
    step = _first_step(rows, start + 1)
    if step is None:
        return None
    labels: dict[str, str] = {}
    names: list[tuple[str, bool]] = []
    new_block = True
    for row in rows[start:step]:
        raw = row.cells[0].text
        text = squeeze(raw)
        if not text:
            new_block = new_block or bool(raw)
            continue
        if row.grid is not None:
            return None
        if all(look_at(word).number is not None for word in text.split(" ")):
            continue  # the columns' numbers
        found = _labels_of(text)
        fresh = [(field, word) for field, word in found if field not in labels]
        if fresh and not (names and fresh[0][0] == "pelaksana"):
            labels.update(fresh)
        else:
            names.append((text, new_block))
            new_block = False
    if len(labels) < _MIN_HEADER_FIELDS or "kegiatan" not in labels:
        return None
    return _Header(tuple(labels.items()), tuple(split_names(names)), step)


def _labels_of(text: str) -> list[tuple[str, str]]:
    """The column labels that a line wholly consists of; empty when anything else is in it."""
    words = text.split(" ")
    found: list[tuple[str, str]] = []
    i = 0
    while i < len(words):
        best: tuple[float, str, int] = (0.0, "", 0)
        for size in range(min(4, len(words) - i), 0, -1):
            hit = column_label(" ".join(words[i : i + size]))
            # "No Kegiatan" is two labels, not one with two letters too many
            if hit is not None and hit.score + 0.02 * size > best[0]:
                best = (hit.score + 0.02 * size, hit.field, size)
        if not best[2]:
            return []
        found.append((best[1], " ".join(words[i : i + best[2]])))
        i += best[2]
    return found


def _first_step(rows: Sequence[Row], start: int) -> int | None:
    for i in range(start, min(len(rows), start + _MAX_HEADER_LINES)):
        if rows[i].grid is None and _step_number(rows[i].cells[0].text) == 1:
            follows = " ".join(r.text for r in rows[i : i + 6])
            if any(c.isalpha() for c in follows) and not _is_numbers_line(rows, i):
                return i
    return None


def _is_numbers_line(rows: Sequence[Row], i: int) -> bool:
    """Whether the line belongs to a row of column numbers, one a line or all in one line."""
    words = rows[i].text.split()
    if len(words) >= 3 and all(look_at(w).number is not None for w in words):
        return True
    following = [r.text for r in rows[i + 1 : i + 8] if r.text][:2]
    return len(words) == 1 and [look_at(t).number for t in following] == [2, 3]


def _step_number(line: str) -> int | None:
    match = _STEP.match(line)
    if match is None:
        return None
    if match["rest"] and _AMOUNT.match(line.strip()):
        return None  # "2 Jam" is an amount, not step 2
    return int(match[1])


def _read_table(rows: Sequence[Row], start: int, header: _Header) -> LinearTable | None:
    starts: list[tuple[int, int]] = []
    end = len(rows)
    for i in range(header.first_step, len(rows)):
        if rows[i].grid is not None or (len(starts) > 1 and _ends_table(rows[i])):
            end = i
            break
        number = _step_number(rows[i].cells[0].text)
        expected = starts[-1][1] + 1 if starts else 1
        if number is not None and expected <= number <= expected + (2 if starts else 0):
            starts.append((i, number))
    if len(starts) < 2:
        return None
    steps: list[StepRow] = []
    stop = start
    fields = [name for name, _ in header.labels]
    for k, (i, number) in enumerate(starts):
        last = k + 1 == len(starts)
        limit = end if last else starts[k + 1][0]
        step, stop = _read_step(rows, i, limit, number, fields)
        steps.append(step)
    stop, loose = _loose_marks(rows, stop, end)
    steps = _hand_out(steps, loose)
    pelaksana = tuple(
        PelaksanaDraft(k, Reading(name, name, rows[start].place, Method.LINE, _name_score(name)))
        for k, name in enumerate(header.actors, 1)
    )
    part = TablePart(tuple(header.actors), header.labels, (), (1, len(steps)))
    return LinearTable(start, stop, pelaksana, tuple(steps), part)


def _name_score(name: str) -> float:
    """How surely a text of the header names one actor; what holds numbers or runs on does not."""
    return 0.95 if len(name) <= _LONGEST_NAME and not any(c.isdigit() for c in name) else 0.5


def _ends_table(row: Row) -> bool:
    """A line of the identity sheet: a label that no step holds, or the name of a government."""
    text = squeeze(row.cells[0].text)
    if level_of(text) == "pemerintah" and text.isupper():
        return True
    return any(at.hit.field in _SHEET_LABELS for at in find_in_line(text))


def _chunks(rows: Sequence[Row], start: int, end: int) -> list[tuple[_Chunk, int]]:
    """Lines of a row of the sheet with the gap before each, and the position of each."""
    chunks: list[tuple[_Chunk, int]] = []
    gap = 0
    for i in range(start, end):
        raw = rows[i].cells[0].text
        if not raw.strip():
            gap = 2 if raw else max(gap, 1)
            continue
        if len(raw) - len(raw.lstrip()) >= 2 and i > start:
            gap = 2
        chunks.append((_Chunk(squeeze(raw), gap, rows[i].place), i))
        gap = 0
    return chunks


def _read_step(
    rows: Sequence[Row], start: int, limit: int, number: int, fields: Sequence[str]
) -> tuple[StepRow, int]:
    """One step, and the position behind its last line."""
    chunks = _chunks(rows, start, limit)
    head, place = chunks[0][0], chunks[0][0].place
    rest = _STEP.match(head.text)
    text = (rest["rest"] or "") if rest else ""
    lines = [(_Chunk(text, 0, place), start)] if text else []
    lines += chunks[1:]
    if not text and lines:
        lines[0] = (_Chunk(lines[0][0].text, 0, lines[0][0].place), lines[0][1])
    at = _find_time(lines)
    before = lines[: at.line] if at else lines
    kegiatan, marks, kelengkapan, sure = _split_before(before, at)
    output, remarks, stop = _read_output(lines, at, start)
    # Without a time nothing tells Kelengkapan from Output; without a border, nothing tells where
    # Kegiatan ends.
    score = 0.93 if sure and at is not None else 0.6
    times = sum(_AMOUNT.match(chunk.text) is not None for chunk, _ in lines[1:])
    cells: dict[str, MaybeText | None] = dict.fromkeys(QUALITY)
    if "kelengkapan" in fields:
        cells["kelengkapan"] = _cell(kelengkapan, place, score, at is None)
    if "waktu" in fields:
        cells["waktu"] = _cell(at.text if at else "", place, 0.96 if times < 2 else 0.6, at is None)
    if "output" in fields:
        cells["output"] = _cell(output, place, min(score, 0.93), at is None)
    if "keterangan" in fields:
        cells["keterangan"] = _remarks(remarks, limit < len(rows), place)
    return (
        StepRow(
            Reading(number, str(number), place, Method.LINE, 1.0),
            Reading(kegiatan, kegiatan, place, Method.LINE, score),
            marks,
            **cells,
        ),
        stop,
    )


def _remarks(chunks: Sequence[_Chunk], bounded: bool, place: Place) -> MaybeText:
    """Keterangan from what stands between the output and the next step.

    Behind the last step nothing says where the table ends, so nothing is taken for a remark.
    """
    text = join_lines([c.text for c in chunks if not _is_mark(c.text)]) if bounded else ""
    if is_blank(text):
        return Reading(None, text, place, Method.ABSENT, 0.9 if text else 0.7)
    return Reading(text, text, place, Method.LINE, 0.9)


def _cell(text: str, place: Place, score: float, unread: bool) -> MaybeText:
    if is_blank(text):
        return Reading(None, text, place, Method.UNREAD if unread else Method.ABSENT, score)
    return Reading(text, text, place, Method.LINE, score)


@dataclass(frozen=True, slots=True)
class _Time:
    """Where the time stands: line, text before and after it on that line."""

    line: int
    text: str
    before: str
    after: str


def _find_time(lines: Sequence[tuple[_Chunk, int]]) -> _Time | None:
    """The amount that best marks the Waktu cell: at the head of a line, past the first line."""
    best: tuple[float, _Time] | None = None
    for k, (chunk, _) in enumerate(lines):
        if k and _OPEN_TIME.match(chunk.text):
            candidates = [(2.5 + 0.5 * chunk.gap, _Time(k, chunk.text, "", ""))]
        else:
            candidates = [
                (
                    (2.0 if not m.start() and k else 0.0)
                    + 0.5 * chunk.gap
                    + 0.3 * (k > 0)
                    + 0.01 * k,
                    _Time(
                        k,
                        squeeze(m.group()),
                        chunk.text[: m.start()].strip(),
                        chunk.text[m.end() :].strip(),
                    ),
                )
                for m in _AMOUNT.finditer(chunk.text)
            ]
        for score, time in candidates:
            if best is None or score > best[0]:
                best = (score, time)
    if best is None:  # a dash in its place
        dashes = [k for k, (c, _) in enumerate(lines) if k and c.text and is_blank(c.text)]
        return _Time(dashes[0], lines[dashes[0]][0].text, "", "") if dashes else None
    return best[1]


def _split_before(
    lines: Sequence[tuple[_Chunk, int]], at: _Time | None
) -> tuple[str, tuple[Mark, ...], str, bool]:
    """Kegiatan, marks and Kelengkapan from what stands before the time; whether it is sure."""
    marks = tuple(Mark(None, c.text, c.place) for c, _ in lines[1:] if _is_mark(c.text))
    texts = [(k, c) for k, (c, _) in enumerate(lines) if k == 0 or not _is_mark(c.text)]
    tail = [at.before] if at and at.before else []
    borders = [n for n, (_, c) in enumerate(texts) if n and c.gap == 2]
    for n in range(1, len(texts)):  # a mark between two texts is a border as well
        if texts[n][0] - texts[n - 1][0] > 1 and n not in borders:
            borders.append(n)
    if at and at.before and not borders and lines:
        borders = [len(texts)]
    sure = bool(borders)
    cut = min(borders) if borders else _guess_border([c for _, c in texts])
    kegiatan = join_lines([c.text for _, c in texts[:cut]])
    kelengkapan = join_lines([*(c.text for _, c in texts[cut:]), *tail])
    return kegiatan, marks, kelengkapan, sure


def _guess_border(chunks: Sequence[_Chunk]) -> int:
    """Without a cell border: the last line that starts like a new cell (capital, empty line)."""
    for n in range(len(chunks) - 1, 0, -1):
        if chunks[n].gap and chunks[n].text[:1].isupper():
            return n
    for n in range(len(chunks) - 1, 0, -1):
        if chunks[n].text[:1].isupper() and not chunks[n - 1].text.endswith((",", "dan", "-")):
            return n
    return len(chunks)


def _is_mark(text: str) -> bool:
    """A symbol in running lines: words only if they are those of a terminator or a branch."""
    content = look_at(text)
    return content.mark and (not text.isalpha() or _MARK_WORD.fullmatch(text) is not None)


def _read_output(
    lines: Sequence[tuple[_Chunk, int]], at: _Time | None, start: int
) -> tuple[str, tuple[_Chunk, ...], int]:
    """The output, what follows it behind a border, and the position behind the output."""
    if at is None:
        return "", (), (lines[-1][1] if lines else start) + 1
    texts = [at.after] if at.after else []
    stop = lines[at.line][1] + 1
    for k, (chunk, position) in enumerate(lines[at.line + 1 :], at.line + 1):
        if _is_mark(chunk.text) or (texts and chunk.gap == 2):
            return join_lines(texts), tuple(c for c, _ in lines[k:]), stop
        texts.append(chunk.text)
        stop = position + 1
    return join_lines(texts), (), stop


def _loose_marks(rows: Sequence[Row], stop: int, end: int) -> tuple[int, list[Mark]]:
    """Symbols' words that stand alone behind the last row."""
    marks: list[Mark] = []
    for i in range(stop, end):
        text = squeeze(rows[i].cells[0].text)
        if not text:
            continue
        if not _is_mark(text):
            break
        marks.extend(Mark(None, word, rows[i].place) for word in text.split(" "))
        stop = i + 1
    return stop, marks


def _hand_out(steps: list[StepRow], marks: Sequence[Mark]) -> list[StepRow]:
    """Loose Mulai goes to the first step, all else to the last."""
    for mark in marks:
        k = 0 if mark.text.casefold().strip("() ").endswith("ulai") else -1
        step = steps[k]
        steps[k] = StepRow(
            step.no,
            step.kegiatan,
            (*step.marks, mark),
            step.kelengkapan,
            step.waktu,
            step.output,
            step.keterangan,
        )
    return steps
