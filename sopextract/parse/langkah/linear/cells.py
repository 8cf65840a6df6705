"""Lines of a linearised table as pieces of cells: what stood before each, step numbers, marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from sopextract.core.text import squeeze
from sopextract.model.source import Place
from sopextract.parse.langkah.content import look_at
from sopextract.parse.rows import Row

# A number at the head of a line; indented further it belongs to the text of a cell.
STEP = re.compile(r"^\s{0,8}(\d{1,2})\s?[.)]?(?:\s+(?P<rest>\S.*)|\s*)$")
_UNIT = r"(?:menit|mnt|jam|hari|hr|minggu|mgg|bulan|bln|tahun|thn|detik)"
# An amount of time inside a line. Narrower than parse/waktu, which is given a whole cell: here the
# words around it are other cells. Reads "maks. 2 jam", "3-5 hari kerja", "15 menit/berkas".
AMOUNT = re.compile(
    rf"""(?<![\w/])
    (?: (?:maks(?:imal)?\.?|paling\ lama|±|<|kurang\ dari)\s* )?
    (?: \d+(?:[.,]\d+)? | ½ | \d+/\d+ ) \s*
    (?: (?:-|–|s/d|sampai)\s*\d+\s* )? (?: \([a-z ]+\)\s* )? (?: x\s*24\s* )?
    {_UNIT}\b [.]? (?: \s+(?:kerja|kalender|efektif)\b )?
    (?: \s*(?:/|per)\s*
        (?:berkas|dokumen|orang|surat|lembar|kegiatan|pemohon|unit|permohonan)\b )?""",
    re.VERBOSE | re.IGNORECASE,
)
_INDENT = 2  # leading spaces that are a border; a single one is a stray of OCR
_MARK_WORD = re.compile(r"m?ulai|s?elesai|ya|tidak|y|t", re.IGNORECASE)


class Gap(IntEnum):
    """What stood before a line, the stronger the higher."""

    NONE = 0
    PARAGRAPH = 1  # an empty line
    BORDER = 2  # a line of spaces alone, or leading spaces: the border of a cell


@dataclass(frozen=True, slots=True)
class Piece:
    """A line of a step: `gap` is what stood before it, `position` that of its row."""

    text: str
    gap: Gap
    place: Place
    position: int


def step_number(line: str) -> int | None:
    """The number that a step begins with: "3", "3." or "3 Menerima surat"; not "2 Jam"."""
    match = STEP.match(line)
    if match is None or (match["rest"] and AMOUNT.match(line.strip())):
        return None
    return int(match[1])


def pieces_of(rows: Sequence[Row], start: int, end: int) -> list[Piece]:
    """The lines of one step, rows `start` to `end`, with what stood before each."""
    pieces: list[Piece] = []
    gap = Gap.NONE
    for i in range(start, end):
        raw = rows[i].cells[0].text
        if not raw.strip():
            gap = Gap.BORDER if raw else max(gap, Gap.PARAGRAPH)
            continue
        if len(raw) - len(raw.lstrip()) >= _INDENT and i > start:
            gap = Gap.BORDER
        pieces.append(Piece(squeeze(raw), gap, rows[i].place, i))
        gap = Gap.NONE
    return pieces


def is_mark(text: str) -> bool:
    """A symbol in running lines: words only if they are those of a terminator or a branch."""
    content = look_at(text)
    return content.mark and (not text.isalpha() or _MARK_WORD.fullmatch(text) is not None)
