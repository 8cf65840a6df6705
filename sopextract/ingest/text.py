"""Plain text, OCR output and Markdown: lines, and tables made of tabs or pipes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from sopextract.errors import SourceError
from sopextract.ingest.decode import decode_text
from sopextract.ingest.html import looks_like_html, parse_html, parse_html_page, split_html_tables
from sopextract.ingest.markup import clean_cell, clean_line, is_rule_line
from sopextract.model.source import (
    Block,
    Cell,
    Grid,
    Page,
    Place,
    SourceDocument,
    SourceFile,
    TextLine,
)
from sopextract.settings import IngestSettings

_LINE_BREAK = re.compile(r"\r\n|\r|\n|\f|\v|\x85|\u2028|\u2029")
_PIPE_ROW = re.compile(r"^\s*\|.*\|\s*$")
_PIPE_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_EMPTY_ROW = re.compile(r"^\s*\|(?:\s*\|)+\s*$")
_MIN_BARS = 2  # one bar alone is as often a stroke in running text
_ESCAPED_PIPE = re.compile(r"(?<!\\)\|")


def read_text(source: SourceFile, settings: IngestSettings) -> SourceDocument:
    """Read a text, Markdown or HTML file. Raises SourceError when it is empty or not text."""
    text, encoding = decode_text(source.location.read_bytes())
    if not text.strip():
        raise SourceError("is empty", hint="export or scan the document again")
    if looks_like_html(text):
        return SourceDocument(source, (parse_html_page(text),), encoding)
    return SourceDocument(source, _pages(text), encoding)


def _pages(text: str) -> tuple[Page, ...]:
    """One page for each form feed; a plain text has no page numbers all the same."""
    pages = []
    first_line = 1
    for piece in text.split("\f"):
        if piece.strip():
            pages.append(Page(None, parse_text(piece, first_line)))
        first_line += len(_LINE_BREAK.findall(piece)) + 1
    return tuple(pages)


def parse_text(text: str, first_line: int = 1) -> tuple[Block, ...]:
    """The blocks of a text in reading order; inline `<table>` elements become grids."""
    blocks: list[Block] = []
    for piece, line, is_table in split_html_tables(text):
        at = line + first_line - 1
        blocks.extend(parse_html(piece, at) if is_table else _parse_lines(piece, at))
    return tuple(blocks)


def _parse_lines(text: str, first_line: int) -> list[Block]:
    blocks: list[Block] = []
    rows: list[tuple[Cell, ...]] = []
    lines = _LINE_BREAK.split(text)
    open_rows = _open_pipe_rows(lines) if "|" in text else frozenset()
    for number, line in enumerate(lines, first_line):
        cells = _row(line, number, open_rows)
        if cells is not None:
            rows.append(cells)
            continue
        if _EMPTY_ROW.match(line) or (rows and _PIPE_RULE.match(line)):
            continue  # the head that Markdown asks of a table, left empty, and the rule below it
        if rows:
            blocks.append(Grid(tuple(rows)))
            rows = []
        if is_rule_line(line) or ("|" in line and _PIPE_RULE.match(line)):
            line = ""
        clean, emphasis = clean_line(line)
        blocks.append(TextLine(clean, Place(line=number), emphasis))
    if rows:
        blocks.append(Grid(tuple(rows)))
    return blocks


def _open_pipe_rows(lines: Sequence[str]) -> frozenset[str]:
    """Lines of pipe tables without outer bars: two bars or more, and as many in a line beside.

    Near misses: a single line with bars in running text, a rule line.
    """
    kept = [line for line in lines if not _PIPE_RULE.match(line)]
    if not kept:
        return frozenset()
    bars = [len(_ESCAPED_PIPE.findall(line)) for line in kept]
    same = [a == b and a >= _MIN_BARS for a, b in pairwise(bars)]
    return frozenset(
        line
        for line, above, below in zip(kept, [False, *same], [*same, False], strict=True)
        if above or below
    )


def _row(line: str, number: int, open_rows: frozenset[str]) -> tuple[Cell, ...] | None:
    if "\t" in line:
        return _cells(line.split("\t"), number)
    if line in open_rows and not _PIPE_ROW.match(line):
        return _cells([part.replace("\\|", "|") for part in _ESCAPED_PIPE.split(line)], number)
    if "|" in line and _PIPE_ROW.match(line) and not _PIPE_RULE.match(line):
        parts = _ESCAPED_PIPE.split(line.strip()[1:-1])
        return _cells([part.replace("\\|", "|") for part in parts], number)
    return None


def _cells(parts: list[str], number: int) -> tuple[Cell, ...] | None:
    cells = tuple(Cell(clean_cell(part).strip(), Place(line=number)) for part in parts)
    if sum(1 for cell in cells if cell.text) == 0:
        return None
    return cells
