"""What the readers of a spaced table hand each other."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sopextract.model.source import Cell, Place

NUMBER = re.compile(r"^\(?(\d{1,3})[.)]?$")
NUMBER_AND_TEXT = re.compile(r"^(\d{1,3})[.)]?\s(\S.*)$")
AMOUNT = re.compile(
    r"(?<!\S)(?:\d+(?:\s?[-–]\s?\d+)?\s(?:menit|jam|hari|minggu|bulan|tahun)(?:\s(?:kerja|kalender))?"
    r"|sesuai\s(?:kebutuhan|jadwal|ketentuan))(?!\S)",
    re.IGNORECASE,
)
SLACK = 3  # characters that a text may stand off its column where the line is crowded
SIDE = 8  # characters that a number may stand off its heading


@dataclass(frozen=True, slots=True)
class Chunk:
    """Words set apart by two spaces or more, with their first and last character position."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table: its page (from 0), where it stands, its chunks."""

    page: int
    place: Place
    chunks: tuple[Chunk, ...]


@dataclass(frozen=True, slots=True)
class MadeRow:
    """One row of the sheet; `score` says how surely its lines belong to it."""

    cells: tuple[Cell, ...]
    score: float


@dataclass(slots=True)
class Column:
    """A column by its header: role, label, extent of the header's texts."""

    role: str
    start: int
    end: int
    lines: list[tuple[int, str]] = field(default_factory=list)

    @property
    def label(self) -> str:
        return "\n".join(text for _, text in sorted(self.lines, key=lambda at: at[0]))


@dataclass(frozen=True, slots=True)
class Placed:
    """One line cut to the table's columns; `doubt` where a text runs over a border."""

    page: int
    place: Place
    texts: tuple[str, ...]
    doubt: bool
