"""The identity sheet made of spaces: the box with its labels, and sections side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sopextract.lexicon.labels import match_label
from sopextract.model.source import Cell
from sopextract.parse.langkah.spaced.borders import cut_line
from sopextract.parse.langkah.spaced.lines import RowLine, is_header, is_sheet_label, pair_labels
from sopextract.parse.langkah.spaced.parts import Chunk, MadeRow
from sopextract.parse.nip import find_nip
from sopextract.parse.rows import Row

_MIN_LABELS = 3  # labels of the box below one another; one or two stand in prose as well
_LEFT = 12  # characters; the agency stands left of the labels, so a label begins further right
_MAX_BETWEEN = 12  # lines from one label of the box to the next, blank ones counted
_SLACK = 3  # characters that a text may begin left of its column; own judgement, as the three above
_INLINE_LABEL = 0.88  # above the usual 0.84: what stands before a colon may be any words


def identity_region(
    rows: Sequence[Row], lines: dict[int, RowLine], start: int
) -> tuple[list[MadeRow], int] | None:
    """The part of an identity sheet that begins in this row, and the row behind it, or None."""
    line = lines.get(start)
    if line is None or not line.chunks:
        return None
    pair = pair_labels(line)
    if pair is not None:
        return _pair_region(rows, lines, start, pair)
    return _box_region(rows, lines, start)


def _pair_region(
    rows: Sequence[Row], lines: dict[int, RowLine], start: int, right: int
) -> tuple[list[MadeRow], int] | None:
    """Two sections side by side: from their labels to the next labels or the table."""
    end = start + 1
    blanks = 0
    while end < len(rows) and end in lines:
        line = lines[end]
        if not line.chunks:
            blanks += 1
        else:
            if pair_labels(line) is not None or is_header(line) or _ends_pair(line, blanks):
                break
            blanks = 0
        end += 1
    body = [lines[i] for i in range(start, end) if lines[i].chunks]
    border = _best_border(body, body[0].chunks[0].end, right)
    over = sum(c.start < border - 1 and c.end > border for line in body for c in line.chunks)
    beside = sum(c.start >= border - 2 for line in body[1:] for c in line.chunks)
    if over * 3 > len(body) or (not beside and over):
        return None  # two labels with a few spaces between them, over text that has no columns
    made = [MadeRow(cut_line(line, [0, border]), 1.0) for line in body]
    return made, end


def _ends_pair(line: RowLine, blanks: int) -> bool:
    text = line.row.text
    if any(is_sheet_label(c.text) for c in line.chunks[:1]) and line.chunks[0].start < _LEFT:
        return True
    return blanks >= 1 and (
        bool(re.match(r"(?:SOP|FLOW|BAGAN)\b", text)) or find_nip(text) is not None
    )


def _best_border(body: Sequence[RowLine], left: int, right: int) -> int:
    """The position between two labels that fewest lines cover, nearest the right label."""
    best, best_score = right, float("inf")
    for x in range(right, left, -1):
        covered = sum(c.start < x < c.end for line in body for c in line.chunks)
        score = covered + 0.01 * (right - x)
        if score < best_score:
            best, best_score = x, score
    return best


def _box_region(
    rows: Sequence[Row], lines: dict[int, RowLine], start: int
) -> tuple[list[MadeRow], int] | None:
    """The box with the agency at the left and labels with values at the right."""
    positions: list[int] = []
    end, last = start, start
    while end < len(rows) and end in lines and end - last <= _MAX_BETWEEN:
        line = lines[end]
        if pair_labels(line) is not None or is_header(line):
            break
        label = _box_label(line)
        if label is not None:
            positions.append(label.start)
            last = end
        end += 1
    if len(positions) < _MIN_LABELS:
        return None
    column = sorted(positions)[len(positions) // 2]
    if column < _LEFT:
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
        hit = match_label(label.text, ("identitas",), _INLINE_LABEL) if alone else None
        if hit is None or hit.field != "nama_sop" or not above[2].text or not below[2].text:
            continue
        if find_nip(above[2].text) is None:
            empty = Cell("", label.place)
            out[k - 1] = (above[0], label, above[2])
            out[k] = (out[k][0], empty, value)
    return out


def _box_label(line: RowLine) -> Chunk | None:
    """The chunk of a line that holds a label of the box, right of the agency."""
    for chunk in line.chunks:
        head = chunk.text.partition(":")[0].strip()
        hit = match_label(head, ("identitas",), _INLINE_LABEL)
        if hit is not None and chunk.start >= _LEFT:
            return chunk
    return None


def _box_stop(lines: dict[int, RowLine], last: int, end: int) -> int:
    """The last label's value may go on for lines that begin right of the label."""
    column = _box_label(lines[last])
    stop = last + 1
    while stop < end and lines[stop].chunks and column is not None:
        if lines[stop].chunks[-1].start <= column.start:
            break
        stop += 1
    return stop


def _box_row(line: RowLine, column: int) -> tuple[Cell, ...]:
    """Agency, label, value; a line without label has an empty cell in its place."""
    left: list[str] = []
    label = ""
    value: list[str] = []
    for chunk in line.chunks:
        head, colon, rest = chunk.text.partition(":")
        if chunk.start < column - _SLACK and chunk.end <= column:
            left.append(chunk.text)
        elif not label and not value and match_label(head.strip(), ("identitas",), _INLINE_LABEL):
            label = head.strip()
            if colon and rest.strip():
                value.append(rest.strip())
        elif chunk.start < column - _SLACK:
            cut = chunk.text.rfind(" ", 0, column - chunk.start + 1)
            left.append(chunk.text[:cut] if cut > 0 else chunk.text)
            if cut > 0:
                value.append(chunk.text[cut:].strip())
        else:
            value.append(chunk.text)
    place = line.row.place
    texts = (" ".join(left), label, " ".join(value).removeprefix(":").strip())
    return tuple(Cell(text, place) for text in texts)
