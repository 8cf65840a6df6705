"""Columns made of spaces: the output of `pdftotext -layout` turned into grids.

Where the columns are is settled by the whole region together: a column border is where (nearly) no
line has a letter. Which lines make one row of the sheet is settled by the step numbers, blank lines
and the way texts begin, because numbers are often printed in the middle of their row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from sopextract.lexicon.instansi import level_of
from sopextract.lexicon.labels import IDENTITY_GROUPS, match_label
from sopextract.model.source import Cell
from sopextract.parse.labels import column_label
from sopextract.parse.langkah.content import is_column_numbers, look_at
from sopextract.parse.langkah.spaced.table import Chunk, Line, MadeRow, read_spaced_table
from sopextract.parse.nip import find_nip
from sopextract.parse.rows import Row

_CHUNK = re.compile(r"\S+(?: \S+)*")
_WIDE_GAP = re.compile(r"\S {3,}\S")
_NUMBER = re.compile(r"^\(?(\d{1,3})[.)]?$")
_SIGNER = re.compile(
    r"^(?:plt|plh|pj|a\.?n)?\.?\s*(?:kepala|sekretaris|camat|lurah|bupati|wali\s?kota|gubernur|direktur"
    r"|inspektur|ditandatangani|ditetapkan|mengetahui)\b",
    re.IGNORECASE,
)
_MIN_WIDE_LINES = 4  # fewer lines with wide gaps are no table
_FIRST_GRID = 1_000_000  # numbers of these grids, clear of those that the reader gave


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the document: its position, its row, its chunks."""

    position: int
    row: Row
    chunks: tuple[Chunk, ...]


def grid_spaced_columns(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows with every space-aligned region replaced by rows of cells; others as they are."""
    lines = {
        i: _Line(i, row, _chunks(row.cells[0].text))
        for i, row in enumerate(rows)
        if row.grid is None
    }
    if sum(bool(_WIDE_GAP.search(rows[i].cells[0].text)) for i in lines) < _MIN_WIDE_LINES:
        return tuple(rows)
    out: list[Row] = []
    i, grid = 0, _FIRST_GRID
    while i < len(rows):
        region = _table_region(rows, lines, i) or _identity_region(rows, lines, i)
        if region is None:
            out.append(rows[i])
            i += 1
            continue
        made, i = region
        out.extend(Row(m.cells, grid, wrapped=True, score=m.score) for m in made)
        grid += 1
    return tuple(out)


def _chunks(text: str) -> tuple[Chunk, ...]:
    return tuple(Chunk(m.start(), m.end(), m.group()) for m in _CHUNK.finditer(text))


# -- step table -----------------------------------------------------------------------------------


def _table_region(
    rows: Sequence[Row], lines: dict[int, _Line], start: int
) -> tuple[list[MadeRow], int] | None:
    line = lines.get(start)
    if line is None or not _is_header(line):
        return None
    end = _table_end(rows, lines, start)
    heads = (i for i in range(start + 8, end) if i in lines and _is_header(lines[i]))
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
    first = _first_data(body)
    borders = _borders(body, first)
    if first is None or len(borders) < 3:
        return None
    header = [_cut(line, borders) for line in body[:first] if line.chunks]
    data = _data_rows(body[first:], borders)
    return [MadeRow(cells, 1.0) for cells in header + data], end


def _is_header(line: _Line) -> bool:
    if len(line.chunks) < 2 or any(len(c.text) > 70 for c in line.chunks):
        return False
    fields = {hit.field for c in line.chunks if (hit := column_label(c.text)) is not None}
    if any(look_at(c.text).number is not None for c in line.chunks):
        return False
    return len(fields) >= 2 and bool(fields & {"kegiatan", "pelaksana", "mutu_baku", "kelengkapan"})


def _table_end(rows: Sequence[Row], lines: dict[int, _Line], start: int) -> int:
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
        if i > start + 8 and (_labels_sheet(line) or _pair_labels(line)):
            return i
        if blanks >= 1 and (find_nip(text) or _SIGNER.match(text) or level_of(text)):
            return i
        blanks = 0
    return len(rows)


def _labels_sheet(line: _Line) -> bool:
    """A label at the head of a line; the one word "pendataan" there may be a cell's last."""
    head = line.chunks[0]
    if head.text[:1].islower() or (" " not in head.text and head.start > 24):
        return False
    return _is_sheet_label(head.text)


def _is_sheet_label(text: str) -> bool:
    hit = match_label(text, IDENTITY_GROUPS, 0.9)
    if hit is None or (hit.field == "nomor_sop" and " " not in text):  # "Nomor" heads a column
        return False
    return hit.field not in ("halaman", "peralatan_perlengkapan")


def _first_data(body: Sequence[_Line]) -> int | None:
    for k, line in enumerate(body[1:40], 1):
        texts = tuple(c.text for c in line.chunks)
        if not texts or is_column_numbers(texts):
            continue
        number = _NUMBER.match(texts[0])
        if number and len(texts) > 1 and int(number[1]) <= 2:
            return _back_to_row_start(body, k)
    return None


def _back_to_row_start(body: Sequence[_Line], k: int) -> int:
    """The first row may begin above the line of its number (printed in the middle of the row)."""
    start = k
    while start > 1 and body[start - 1].chunks:
        texts = tuple(c.text for c in body[start - 1].chunks)
        if is_column_numbers(texts) or any(column_label(t) for t in texts) or len(texts) > 3:
            break
        if not any(len(t.split()) >= 3 for t in texts):
            break
        start -= 1
    return start


def _borders(body: Sequence[_Line], first: int | None) -> list[int]:
    """Character positions where columns begin, by what no line covers and the header names."""
    if first is None:
        return []
    data = [line for line in body if line.chunks]
    width = max(c.end for line in data for c in line.chunks)
    cover = [0] * (width + 1)
    for line in data:
        for chunk in line.chunks:
            if chunk in _groups(line):
                continue  # it spans the columns below it, and the borders between them
            for x in range(chunk.start, chunk.end):
                cover[x] += 1
    allowed = len(data) // 60  # one stray line in sixty may run over a border
    segments: list[tuple[int, int]] = []
    begin: int | None = None
    for x, count in enumerate([*cover, 0]):
        if count > allowed and begin is None:
            begin = x
        elif count <= allowed and begin is not None:
            segments.append((begin, x))
            begin = None
    segments = _with_headings(segments, body[:first])
    return [start for start, _ in segments]


def _groups(line: _Line) -> tuple[Chunk, ...]:
    """The headings of several columns in a line of the header.

    "Pelaksana" among the names of posts is one of them: a heading stands beside Kegiatan or Mutu
    Baku.
    """
    fields = {c: hit.field for c in line.chunks if (hit := column_label(c.text)) is not None}
    if not {"kegiatan", "mutu_baku"} & set(fields.values()):
        return ()
    return tuple(c for c, name in fields.items() if name in ("pelaksana", "mutu_baku"))


def _with_headings(
    segments: Sequence[tuple[int, int]], header: Sequence[_Line]
) -> list[tuple[int, int]]:
    """Segments under no heading of their own belong to the column at their left."""
    chunks = [c for line in header for c in line.chunks]
    kept: list[tuple[int, int]] = []
    for start, end in segments:
        named = any(c.start < end and c.end > start for c in chunks)
        if kept and not named:
            kept[-1] = (kept[-1][0], end)
        else:
            kept.append((start, end))
    return kept


def _cut(line: _Line, borders: Sequence[int]) -> tuple[Cell, ...]:
    """The cells of one line: each chunk to the column it lies in, cut where it runs over more."""
    texts = [""] * len(borders)
    groups = _groups(line)
    for chunk in line.chunks:
        k = max((j for j, x in enumerate(borders) if x <= chunk.start), default=0)
        text, at = chunk.text, chunk.start
        while k + 1 < len(borders) and at + len(text) > borders[k + 1] and chunk not in groups:
            here = borders[k + 1] - at
            cut = text.rfind(" ", 0, here + 1)
            glued = 0 < here < len(text) and text[here - 1].islower() and text[here].isupper()
            if cut <= 0 and not glued:
                break
            cut = here if cut <= 0 else cut
            texts[k] = f"{texts[k]} {text[:cut]}".strip()
            rest = text[cut:].lstrip()
            text, at, k = rest, at + len(text) - len(rest), k + 1
        texts[k] = f"{texts[k]} {text}".strip()
    return tuple(Cell(text, line.row.place) for text in texts)


def _data_rows(body: Sequence[_Line], borders: Sequence[int]) -> list[tuple[Cell, ...]]:
    """Lines gathered to rows of the sheet, one row per step number."""
    cut = [(_cut(line, borders), not line.chunks) for line in body]
    numbered = [
        k
        for k, (cells, blank) in enumerate(cut)
        if not blank and _NUMBER.match(cells[0].text) and not _all_numbers(cells)
    ]
    starts = [0]
    for above, below in pairwise(numbered):
        starts.append(_row_start(cut, above, below))
    rows: list[tuple[Cell, ...]] = []
    for k, start in enumerate(starts):
        end = starts[k + 1] if k + 1 < len(starts) else len(cut)
        lines = [cells for cells, blank in cut[start:end] if not blank and not _all_numbers(cells)]
        lines = [cells for cells in lines if not _repeats_header(cells)]
        if lines:
            rows.append(_merge(lines))
    return rows


def _all_numbers(cells: Sequence[Cell]) -> bool:
    return is_column_numbers(tuple(c.text for c in cells))


def _repeats_header(cells: Sequence[Cell]) -> bool:
    texts = [c.text for c in cells if c.text]
    hits = {hit.field for t in texts if (hit := column_label(t)) is not None}
    return len(hits) >= 2 and len(hits) * 2 >= len(texts)


def _row_start(cut: Sequence[tuple[tuple[Cell, ...], bool]], above: int, below: int) -> int:
    """Where between two numbered lines the second row begins.

    A blank line is the strongest sign, then a text that begins with a capital letter after one
    that ended; without a sign the row begins at its number.
    """

    def sign(k: int) -> float:
        cells, _ = cut[k]
        texts = [c.text for c in cells[1:] if c.text]
        score = 1.5 if cut[k - 1][1] else 0.0
        if texts:
            score += 0.6 * sum(t[:1].isupper() or t[:1].isdigit() for t in texts) / len(texts)
            score -= 1.0 * (texts[0][:1].islower())
        return score + (0.5 if k == below else 0.0) - 0.05 * (below - k)

    candidates = [k for k in range(above + 1, below + 1) if not cut[k][1]]
    return max(candidates, key=sign, default=below)


def _merge(lines: Sequence[tuple[Cell, ...]]) -> tuple[Cell, ...]:
    merged = []
    for k in range(len(lines[0])):
        texts = [cells[k].text for cells in lines if cells[k].text]
        place = next((cells[k].place for cells in lines if cells[k].text), lines[0][k].place)
        merged.append(Cell("\n".join(texts), place))
    return tuple(merged)


# -- identity sheet -------------------------------------------------------------------------------


def _identity_region(
    rows: Sequence[Row], lines: dict[int, _Line], start: int
) -> tuple[list[MadeRow], int] | None:
    line = lines.get(start)
    if line is None or not line.chunks:
        return None
    pair = _pair_labels(line)
    if pair is not None:
        return _pair_region(rows, lines, start, pair)
    return _box_region(rows, lines, start)


def _pair_labels(line: _Line) -> int | None:
    """Where the second label begins when a line holds two section labels and nothing else."""
    if len(line.chunks) != 2:
        return None
    hits = [match_label(c.text, ("bagian",)) for c in line.chunks]
    if hits[0] is None or hits[1] is None:
        return None
    return line.chunks[1].start


def _pair_region(
    rows: Sequence[Row], lines: dict[int, _Line], start: int, right: int
) -> tuple[list[MadeRow], int] | None:
    """Two sections side by side: from their labels to the next labels or the table."""
    end = start + 1
    blanks = 0
    while end < len(rows) and end in lines:
        line = lines[end]
        if not line.chunks:
            blanks += 1
        else:
            if _pair_labels(line) is not None or _is_header(line) or _ends_pair(line, blanks):
                break
            blanks = 0
        end += 1
    body = [lines[i] for i in range(start, end) if lines[i].chunks]
    border = _best_border(body, body[0].chunks[0].end, right)
    over = sum(c.start < border - 1 and c.end > border for line in body for c in line.chunks)
    beside = sum(c.start >= border - 2 for line in body[1:] for c in line.chunks)
    if over * 3 > len(body) or (not beside and over):
        return None  # two labels with a few spaces between them, over text that has no columns
    made = [MadeRow(_cut(line, [0, border]), 1.0) for line in body]
    return made, end


def _ends_pair(line: _Line, blanks: int) -> bool:
    text = line.row.text
    if any(_is_sheet_label(c.text) for c in line.chunks[:1]) and line.chunks[0].start < 12:
        return True
    return blanks >= 1 and (
        bool(re.match(r"(?:SOP|FLOW|BAGAN)\b", text)) or find_nip(text) is not None
    )


def _best_border(body: Sequence[_Line], left: int, right: int) -> int:
    """The position between two labels that fewest lines cover, nearest the right label."""
    best, best_score = right, float("inf")
    for x in range(right, left, -1):
        covered = sum(c.start < x < c.end for line in body for c in line.chunks)
        score = covered + 0.01 * (right - x)
        if score < best_score:
            best, best_score = x, score
    return best


def _box_region(
    rows: Sequence[Row], lines: dict[int, _Line], start: int
) -> tuple[list[MadeRow], int] | None:
    """The box with the agency at the left and labels with values at the right."""
    positions: list[int] = []
    end, last = start, start
    while end < len(rows) and end in lines and end - last <= 12:
        line = lines[end]
        if _pair_labels(line) is not None or _is_header(line):
            break
        label = _box_label(line)
        if label is not None:
            positions.append(label.start)
            last = end
        end += 1
    if len(positions) < 3:
        return None
    column = sorted(positions)[len(positions) // 2]
    if column < 12:
        return None
    stop = _box_stop(lines, last, end)
    made: list[tuple[Cell, ...]] = []
    for i in range(start, stop):
        if lines[i].chunks:
            made.append(_box_row(lines[i], column))
    return [MadeRow(cells, 1.0) for cells in _titles_around(made)], stop


def _titles_around(made: Sequence[tuple[Cell, ...]]) -> list[tuple[Cell, ...]]:
    """A label alone between two lines of its title: the label moves up to the first of them."""
    out = list(made)
    for k in range(1, len(out) - 1):
        (_, label, value), above, below = out[k], out[k - 1], out[k + 1]
        alone = label.text and not value.text and not above[1].text and not below[1].text
        hit = match_label(label.text, ("identitas",), 0.88) if alone else None
        if hit is None or hit.field != "nama_sop" or not above[2].text or not below[2].text:
            continue
        if find_nip(above[2].text) is None:
            empty = Cell("", label.place)
            out[k - 1] = (above[0], label, above[2])
            out[k] = (out[k][0], empty, value)
    return out


def _box_label(line: _Line) -> Chunk | None:
    for chunk in line.chunks:
        head = chunk.text.partition(":")[0].strip()
        hit = match_label(head, ("identitas",), 0.88)
        if hit is not None and chunk.start >= 12:
            return chunk
    return None


def _box_stop(lines: dict[int, _Line], last: int, end: int) -> int:
    """The last label's value may go on for lines that begin right of the label."""
    column = _box_label(lines[last])
    stop = last + 1
    while stop < end and lines[stop].chunks and column is not None:
        if lines[stop].chunks[-1].start <= column.start:
            break
        stop += 1
    return stop


def _box_row(line: _Line, column: int) -> tuple[Cell, ...]:
    """Agency, label, value; a line without label has an empty cell in its place."""
    left: list[str] = []
    label = ""
    value: list[str] = []
    for chunk in line.chunks:
        head, colon, rest = chunk.text.partition(":")
        if chunk.start < column - 3 and chunk.end <= column:
            left.append(chunk.text)
        elif not label and not value and match_label(head.strip(), ("identitas",), 0.88):
            label = head.strip()
            if colon and rest.strip():
                value.append(rest.strip())
        elif chunk.start < column - 3:
            cut = chunk.text.rfind(" ", 0, column - chunk.start + 1)
            left.append(chunk.text[:cut] if cut > 0 else chunk.text)
            if cut > 0:
                value.append(chunk.text[cut:].strip())
        else:
            value.append(chunk.text)
    place = line.row.place
    texts = (" ".join(left), label, " ".join(value).removeprefix(":").strip())
    return tuple(Cell(text, place) for text in texts)
