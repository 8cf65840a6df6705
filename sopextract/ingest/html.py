"""HTML files and HTML tables inside OCR text, with the standard library's tolerant parser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from sopextract.core.text import squeeze, strip_controls
from sopextract.ingest.markup import clean_html_cell
from sopextract.ingest.own_flow import read_edges, read_symbols
from sopextract.model.source import (
    Block,
    Cell,
    Emphasis,
    Grid,
    Page,
    Place,
    Symbol,
    TextLine,
)

_DOCUMENT = re.compile(
    r"^\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE
)
_TABLE = re.compile(r"<table\b.*?(?:</table\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_BLOCK_TAGS = frozenset(
    (
        "p",
        "div",
        "section",
        "article",
        "header",
        "footer",
        "main",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "pre",
        "address",
    )
)
_HIDDEN_TAGS = frozenset(("script", "style", "template", "noscript"))
_MAX_DEPTH = 20  # tables in tables; word processors make two or three, a hostile file thousands
_MAX_SPAN = 60  # columns; the widest sheet seen has 22, and a hostile file may claim a million


def looks_like_html(text: str) -> bool:
    """Whether the text is an HTML document (not merely text with a few tags in it)."""
    return _DOCUMENT.match(text) is not None


def split_html_tables(text: str) -> Iterator[tuple[str, int, bool]]:
    """Cut a text at its `<table>` elements: pieces, first line of each from 1, is it a table."""
    if "<table" not in text and "<TABLE" not in text:
        yield text, 1, False
        return
    position, line = 0, 1
    for match in _TABLE.finditer(text):
        for piece, is_table in ((text[position : match.start()], False), (match.group(), True)):
            if piece.strip():
                yield piece, line, is_table
            line += piece.count("\n")
        position = match.end()
    if text[position:].strip():
        yield text[position:], line, False


def parse_html(text: str, first_line: int = 1) -> tuple[Block, ...]:
    """The blocks of an HTML text. Scripts and styles are not text; a table in a cell of a
    layout table is a grid of its own, a small one the text of its cell."""
    return tuple(_parse(text, first_line).blocks)


def parse_html_page(text: str) -> Page:
    """A whole HTML document as a page; a sheet drawn by this program with its flow."""
    parser = _parse(text, 1)
    symbols = tuple(parser.symbols)
    known = frozenset(symbol.id for symbol in symbols)
    if len(known) < len(symbols):  # numbers that stand twice say nothing
        return Page(None, tuple(parser.blocks))
    edges = tuple(e for said in parser.edges for e in read_edges(said, known, Place(line=1)))
    return Page(None, tuple(parser.blocks), symbols, edges)


def _parse(text: str, first_line: int) -> _BlockParser:
    parser = _BlockParser(first_line)
    parser.feed(text)
    parser.close()
    parser.end()
    return parser


_Outer = tuple[list[list[Cell]], dict[int, int], list[str] | None, tuple[int, int]]


def _is_own_grid(rows: tuple[tuple[Cell, ...], ...]) -> bool:
    """Whether a table inside a cell is one that is read, not a frame around a few words."""
    return len(rows) >= 3 and max(sum(bool(cell.text) for cell in row) for row in rows) >= 2


class _BlockParser(HTMLParser):
    def __init__(self, first_line: int) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._first_line = first_line
        self._text: list[str] = []
        self._emphasis = Emphasis.PLAIN
        self._rows: list[list[Cell]] | None = None
        self._spans: dict[int, int] = {}
        self._cell: list[str] | None = None
        self._cell_span = (1, 1)
        self._outer: list[_Outer] = []  # the tables around the innermost, outermost first
        self._hidden = 0
        self.symbols: list[Symbol] = []
        self.edges: list[str] = []
        self._symbols: tuple[Symbol, ...] = ()

    def _place(self) -> Place:
        return Place(line=self.getpos()[0] + self._first_line - 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN_TAGS:
            self._hidden += 1
        elif tag == "svg" and self._symbols:
            self._hidden += 1  # its words are the symbol's
        elif tag == "table":
            self._begin_table()
            self.edges += [said for name, said in attrs if name == "data-alur" and said]
        elif tag == "tr" and self._rows is not None:
            self._end_cell()
            self._rows.append([])
        elif tag in ("td", "th") and self._rows is not None:
            self._end_cell()
            self._begin_cell(dict(attrs))
        elif tag in ("br", "li") or tag in _BLOCK_TAGS:
            self._break(tag)
        elif tag in ("b", "strong") and not "".join(self._text).strip():
            self._emphasis = Emphasis.BOLD

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN_TAGS or (tag == "svg" and self._symbols):
            self._hidden = max(0, self._hidden - 1)
        elif tag == "table" and self._rows is not None:
            self._end_table()
        elif tag in ("td", "th"):
            self._end_cell()
        elif tag in _BLOCK_TAGS or tag == "li":
            self._break(tag)

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        if self._cell is not None:
            self._cell.append(data)
        elif self._rows is None:
            self._text.append(data)

    def _break(self, tag: str) -> None:
        if self._cell is not None:
            self._cell.append("\n")
        elif self._rows is None:
            self._flush()
            if tag.startswith("h") and tag[1:].isdecimal():
                self._emphasis = Emphasis.HEADING

    def _flush(self) -> None:
        text = squeeze(strip_controls("".join(self._text)))
        if text:
            self.blocks.append(TextLine(text, self._place(), self._emphasis))
        self._text, self._emphasis = [], Emphasis.PLAIN

    def _begin_cell(self, attrs: dict[str, str | None]) -> None:
        if self._rows is not None and not self._rows:
            self._rows.append([])
        self._fill_spanned()
        self._cell = []
        self._symbols = read_symbols(attrs.get("data-simbol"), self._place())
        self._cell_span = (_span(attrs.get("colspan")), _span(attrs.get("rowspan")))

    def _fill_spanned(self) -> None:
        if self._rows is None:
            return
        row = self._rows[-1]
        while self._spans.get(len(row), 0) > 0:
            self._spans[len(row)] -= 1
            row.append(Cell("", self._place()))

    def _end_cell(self) -> None:
        if self._cell is None or self._rows is None:
            return
        raw = strip_controls("".join(self._cell))
        lines = [squeeze(line) for line in raw.split("\n")]
        text = clean_html_cell("\n".join(line for line in lines if line))
        columns, rows = self._cell_span
        row = self._rows[-1]
        for offset in range(columns):
            if rows > 1:
                self._spans[len(row)] = rows - 1
            drawn = self._symbols if offset == 0 else ()
            row.append(Cell(text if offset == 0 else "", self._place(), drawn))
            self.symbols += drawn
        self._cell, self._symbols = None, ()
        self._fill_spanned()

    def _begin_table(self) -> None:
        if self._rows is None:
            self._flush()
        elif len(self._outer) < _MAX_DEPTH:
            self._outer.append((self._rows, self._spans, self._cell, self._cell_span))
        else:  # no page is laid out so deep; the rest joins the table it stands in
            return
        self._rows, self._spans, self._cell = [], {}, None

    def _end_table(self) -> None:
        """Close the innermost table: a grid of its own, or the text of the cell around it."""
        self._end_cell()
        rows = tuple(tuple(row) for row in self._rows or () if any(cell.text for cell in row))
        self._rows = None
        if not self._outer:
            if rows:
                drawn = any(cell.symbols for row in rows for cell in row)
                self.blocks.append(Grid(rows, exact=drawn))
            return
        self._rows, self._spans, self._cell, self._cell_span = self._outer.pop()
        if _is_own_grid(rows):
            self.blocks.append(Grid(rows))
        elif self._cell is not None:
            for row in rows:
                self._cell.append("\n" + " ".join(cell.text for cell in row if cell.text) + "\n")

    def end(self) -> None:
        """Close what the file left open."""
        while self._rows is not None:
            self._end_table()
        self._flush()


def _span(value: str | None) -> int:
    digits = (value or "").strip()
    return min(max(int(digits), 1), _MAX_SPAN) if digits.isdecimal() and len(digits) < 7 else 1
