"""A step table cut by its own white space, where the header does not say where its columns are.

A column border is where (nearly) no line has a letter; a chunk that runs over one is cut there.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from sopextract.model.source import Cell
from sopextract.parse.labels import column_label
from sopextract.parse.langkah.content import is_column_numbers
from sopextract.parse.langkah.spaced.lines import RowLine
from sopextract.parse.langkah.spaced.parts import NUMBER, Chunk
from sopextract.parse.places import least_clear

_MAX_HEADER_LINES = 40  # lines of header, column numbers and blanks; own judgement
_STRAY_LINES = 60  # one line in so many may run over a border; own judgement


def first_data(body: Sequence[RowLine]) -> int | None:
    """The line with which the first step begins; None without a 1 or 2 near the header."""
    for k, line in enumerate(body[1:_MAX_HEADER_LINES], 1):
        texts = tuple(c.text for c in line.chunks)
        if not texts or is_column_numbers(texts):
            continue
        number = NUMBER.match(texts[0])
        if number and len(texts) > 1 and int(number[1]) <= 2:
            return _back_to_row_start(body, k)
    return None


def _back_to_row_start(body: Sequence[RowLine], k: int) -> int:
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


def find_borders(body: Sequence[RowLine], first: int | None) -> list[int]:
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
    allowed = len(data) // _STRAY_LINES
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


def _groups(line: RowLine) -> tuple[Chunk, ...]:
    """The headings of several columns in a line of the header.

    "Pelaksana" among the names of posts is one of them: a heading stands beside Kegiatan or Mutu
    Baku.
    """
    fields = {c: hit.field for c in line.chunks if (hit := column_label(c.text)) is not None}
    if not {"kegiatan", "mutu_baku"} & set(fields.values()):
        return ()
    return tuple(c for c, name in fields.items() if name in ("pelaksana", "mutu_baku"))


def _with_headings(
    segments: Sequence[tuple[int, int]], header: Sequence[RowLine]
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


def cut_line(line: RowLine, borders: Sequence[int]) -> tuple[Cell, ...]:
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


def data_rows(body: Sequence[RowLine], borders: Sequence[int]) -> list[tuple[Cell, ...]]:
    """Lines gathered to rows of the sheet, one row per step number."""
    cut = [(cut_line(line, borders), not line.chunks) for line in body]
    numbered = [
        k
        for k, (cells, blank) in enumerate(cut)
        if not blank and NUMBER.match(cells[0].text) and not _all_numbers(cells)
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
        filled = [cells[k] for cells in lines if cells[k].text]
        place = filled[0].place if filled else lines[0][k].place
        text = "\n".join(cell.text for cell in filled)
        merged.append(Cell(text, least_clear(place, (cell.place for cell in filled))))
    return tuple(merged)
