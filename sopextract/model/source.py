"""What ingest gives to parse: one document model for every format."""

from __future__ import annotations

from dataclasses import dataclass, field
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


WordScores = tuple[tuple[str, float], ...]  # words, and how surely each is what stands there


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands in its source; what is not known is None.

    `line` and `page` count from 1. `bbox` is left, top, right, bottom in points with the origin at
    the top left of the page. `where` names a part of an office file: `sheet!B4`. `score` says how
    surely the reader saw what stands there, and so how surely any value taken from there can be
    known: below 1 only in scans; `words` says it of each word. Parse gives them the score and words
    of the line or cell; they go wherever the place goes, and two places that differ in them alone
    are the same place. `upright` is the box on the page as it is read, where that lies otherwise
    than the page itself: turned, or made flat.
    """

    page: int | None = None
    bbox: tuple[float, float, float, float] | None = None
    line: int | None = None
    where: str | None = None
    score: float = field(default=1.0, compare=False)
    words: WordScores = field(default=(), compare=False, repr=False)
    upright: tuple[float, float, float, float] | None = field(
        default=None, compare=False, repr=False
    )

    @property
    def as_read(self) -> tuple[float, float, float, float] | None:
        """The box with the top of the print at its top: what is above and left of what."""
        return self.bbox if self.upright is None else self.upright


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
    linearised tables. `score` says how surely this is what stands there: below 1 only in scans,
    which may also say it of each word.
    """

    text: str
    place: Place
    emphasis: Emphasis = Emphasis.PLAIN
    score: float = 1.0
    words: WordScores = ()


class Outline(StrEnum):
    """The form's symbols by their outline (PermenPANRB 35/2012, appendix, part D).

    And one that it does not have but sheets use: the sheet of paper, or several in a stack.
    """

    CAPSULE = "capsule"
    BOX = "box"
    DIAMOND = "diamond"
    OFF_PAGE = "off_page"  # the pentagon that joins symbols on different pages
    DOCUMENT = "document"  # a sheet whose lower edge is a wave: says who, not which kind of step


# How a drawn symbol stands in the text of its cell, so that drawn and typed forms read alike.
SIGNS = {
    Outline.CAPSULE: "⬭",
    Outline.BOX: "□",
    Outline.DIAMOND: "◇",
    Outline.OFF_PAGE: "⌂",
    Outline.DOCUMENT: "▤",
}


@dataclass(frozen=True, slots=True)
class Symbol:
    """One drawn symbol. `id` is unique in the document; `text` is what is written inside it.

    `score` says how surely the outline is that of this symbol.
    """

    id: int
    outline: Outline
    place: Place
    text: str = ""
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Connector:
    """One drawn line between two symbols, from `tail` to `head` (ids; None: it ends at nothing).

    A line with a head at both ends is two connectors. `directed` False: no head was drawn, and
    tail and head are in reading order. `label` is the word at the line ("Ya"), as printed. `score`
    says how surely it joins these two in this direction. `points` are its corners from tail to
    head in points of the page, `label_place` is where its label stands; both only where drawn.
    """

    tail: int | None
    head: int | None
    place: Place
    label: str = ""
    directed: bool = True
    score: float = 1.0
    points: tuple[tuple[float, float], ...] = ()
    label_place: Place | None = None


class ResidueKind(StrEnum):
    """What of a page found no place in any value."""

    WORD = "word"
    SYMBOL = "symbol"
    CONNECTOR = "connector"
    STROKE = "stroke"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Residue:
    """Something on the page that nothing explains; `text` is empty for what is no word."""

    kind: ResidueKind
    place: Place
    text: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a grid; text without markup, line breaks inside it as newlines.

    Where the page shows that a line ended only for want of room, a vertical tab stands in place of
    the newline: what follows goes on with it.

    `symbols` are those drawn in the cell, from top left; each also stands in `text` as its sign of
    `SIGNS`, so that drawn and typed symbols read alike. Words inside a symbol and words that label
    a connector are not part of `text`. `score` says how surely `text` is what stands there: below 1
    only in scans, which may also say it of each word, so that what doubt there is of one word does
    not fall on a value beside it in the cell.
    """

    text: str
    place: Place
    symbols: tuple[Symbol, ...] = ()
    score: float = 1.0
    words: WordScores = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as the source draws it: rows of cells, not necessarily equally long.

    Trailing empty cells are kept, because in OCR output their number carries meaning. `exact` says
    that each cell stands in its true column (drawn rules, cells of an office file): all rows are
    equally long, a merged cell stands at its top left with empty cells for the rest of it.
    """

    rows: tuple[tuple[Cell, ...], ...]
    exact: bool = False


Block = TextLine | Grid


class InkKind(StrEnum):
    """What was put on a printed page afterwards."""

    STAMP = "stamp"
    SIGNATURE = "signature"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class InkCrop:
    """Coloured ink cut out of a scan before its print was read; `png` is the picture of it."""

    kind: InkKind
    place: Place
    png: bytes


@dataclass(frozen=True, slots=True)
class ScanReading:
    """How well one page was read from pixels.

    `engine` names the program that read the words, with its `version`. `mean_confidence` is that
    of its words, weighted by their letters; `known_share` is the share of words (of letters, three
    or longer) that the lexicon knows; both None for a page without words. `words` counts all,
    `unread` those left out because they could not be read. `turn` is by how many degrees the page
    was turned clockwise to stand upright, `skew_deg` what was left after that. `poor` says in
    Bahasa Indonesia why the page cannot be relied on and what to do; None for a page that was read
    well.
    """

    engine: str
    version: str
    mean_confidence: float | None
    known_share: float | None
    words: int
    unread: int
    turn: int = 0
    skew_deg: float = 0.0
    poor: str | None = None
    crops: tuple[InkCrop, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """The blocks of one page in reading order; `number` counts from 1, None for plain text.

    `symbols` are all of the page, those in cells among them; `connectors` name them by id.
    `size_pt` is width and height as seen (after rotation). `residue` is what found no place.
    `picture_flow` says that the flow seems to be a picture, `untrusted` that its text layer lies.
    `scan` says how well the page, or a picture on it, was read from pixels; None where it was not.
    """

    number: int | None
    blocks: tuple[Block, ...]
    symbols: tuple[Symbol, ...] = ()
    connectors: tuple[Connector, ...] = ()
    size_pt: tuple[float, float] | None = None
    residue: tuple[Residue, ...] = ()
    picture_flow: bool = False
    untrusted: str | None = None
    scan: ScanReading | None = None


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """What a reader made of a source file; `encoding` is None for formats that are not text."""

    file: SourceFile
    pages: tuple[Page, ...]
    encoding: str | None = None
