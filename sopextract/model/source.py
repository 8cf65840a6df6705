"""What ingest gives to parse: one document model for every format."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One input file as found on disk.

    `path` is relative to the input folder given, `/` between parts, bytes that are not UTF-8
    as `%XX`. `location` is where the bytes lie; it never reaches a record.
    """

    path: str
    sha256: str
    media_type: str
    location: Path
    size: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands in its source; what is not known is None.

    `line` and `page` count from 1. `bbox` is left, top, right, bottom in points with the origin at
    the top left of the page. `where` names a part of an office file: `sheet!B4`.
    """

    page: int | None = None
    bbox: tuple[float, float, float, float] | None = None
    line: int | None = None
    where: str | None = None


class Emphasis(StrEnum):
    """How a line was set off by markup, where the format has markup."""

    PLAIN = "plain"
    BOLD = "bold"
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of running text.

    `text` keeps leading spaces and inner runs of spaces (the columns of `pdftotext -layout` are
    made of them) and has no markup left. An empty or blank line is kept: it separates cells in
    linearised tables.
    """

    text: str
    place: Place
    emphasis: Emphasis = Emphasis.PLAIN


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a grid; text without markup, line breaks inside it as newlines."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as the source draws it: rows of cells, not necessarily equally long.

    Trailing empty cells are kept, because in OCR output their number carries meaning.
    """

    rows: tuple[tuple[Cell, ...], ...]


Block = TextLine | Grid


@dataclass(frozen=True, slots=True)
class Page:
    """The blocks of one page in reading order; `number` counts from 1, None for plain text."""

    number: int | None
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """What a reader made of a source file; `encoding` is None for formats that are not text."""

    file: SourceFile
    pages: tuple[Page, ...]
    encoding: str | None = None
