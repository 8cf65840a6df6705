"""How much room text takes: the advance widths of Liberation Sans, which are those of Arial."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

MM_PER_PT = 25.4 / 72
LINE_HEIGHT = 1.2  # of the type size; what every writer sets
_WIDE = 1000  # CJK, symbols: one em
_OTHER = 602  # a letter that the font has not: the width of every letter of DejaVu Sans Mono

_NO_TEXT = (0xFEFF, 0xFFFE, 0xFFFF)  # PDF/A refuses them, though fonts have glyphs for some

_WORD = re.compile(r"[^ ]+ *| +")
_PART = re.compile(r"[^/-]+[/-]* *|[/-]+ *| +")

_Widths = dict[int, int]


@lru_cache(maxsize=1)
def _tables() -> tuple[_Widths, _Widths, tuple[tuple[int, int], ...]]:
    data = json.loads(files("sopextract.render.sheet").joinpath("widths.json").read_text("utf-8"))
    fallback = tuple((first, last) for first, last in data["fallback"])
    return _by_code(data["regular"]), _by_code(data["bold"]), fallback


def _by_code(runs: list[list[int]]) -> _Widths:
    """Runs of a first code point and the widths from it on, as widths by code point."""
    return {run[0] + i: width for run in runs for i, width in enumerate(run[1:])}


def has_glyph(char: str) -> bool:
    """Whether the fonts that PDF sheets are set in have this character."""
    regular, _, ranges = _tables()
    code = ord(char)
    if code in _NO_TEXT:
        return False
    return code in regular or any(first <= code <= last for first, last in ranges)


def _advance(char: str, table: _Widths) -> int:
    width = table.get(ord(char))
    if width is not None:
        return width
    if unicodedata.combining(char):
        return 0
    return _WIDE if unicodedata.east_asian_width(char) in "WF" else _OTHER


@lru_cache(maxsize=8192)
def text_width_mm(text: str, size_pt: float, bold: bool = False) -> float:
    """Width of one line of text."""
    regular, heavy, _ = _tables()
    table = heavy if bold else regular
    units = sum([_advance(char, table) for char in text])
    return units / 1000 * size_pt * MM_PER_PT


def wrap_lines(text: str, width_mm: float, size_pt: float, bold: bool = False) -> tuple[str, ...]:
    """The lines of text wrapped greedily after spaces.

    Lines keep the space that they end with, so that joined they are the text again. A word wider
    than the line is broken after a hyphen or slash, or where it must be: a line that ends so is
    read as two words, whoever reads it. Empty text has no line; a line break in the text ends
    a line.

    >>> wrap_lines("Surat masuk", 10, 8)
    ('Surat ', 'masuk')
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += _wrap_paragraph(paragraph, width_mm, size_pt, bold)
    return tuple(lines)


def _wrap_paragraph(text: str, width_mm: float, size_pt: float, bold: bool) -> list[str]:
    lines: list[str] = []
    line, used = "", 0.0
    for word in _pieces(text, width_mm, size_pt, bold):
        width = text_width_mm(word.rstrip(" "), size_pt, bold)
        if line and used + width > width_mm:
            lines.append(line)
            line, used = "", 0.0
        if width > width_mm:
            *whole, word = _broken(word, width_mm, size_pt, bold)
            lines += whole
        line += word
        used += text_width_mm(word, size_pt, bold)
    return [*lines, line] if line.strip() else lines


def _pieces(text: str, width_mm: float, size_pt: float, bold: bool) -> Iterator[str]:
    """Words with the space that ends them; one too wide in parts that end in hyphen or slash."""
    for word in _WORD.findall(text):
        if text_width_mm(word.rstrip(" "), size_pt, bold) <= width_mm:
            yield word
        else:
            yield from _PART.findall(word)


def _broken(word: str, width_mm: float, size_pt: float, bold: bool) -> list[str]:
    """A word wider than the line in parts that are not; each holds one character at least."""
    parts, part = [], ""
    for char in word:
        if part and text_width_mm(part + char.rstrip(" "), size_pt, bold) > width_mm:
            parts.append(part)
            part = ""
        part += char
    return [*parts, part]


def count_lines(text: str, width_mm: float, size_pt: float, bold: bool = False) -> int:
    """Lines that text takes when wrapped; empty text takes none."""
    return len(wrap_lines(text, width_mm, size_pt, bold))


def text_height_mm(lines: int, size_pt: float) -> float:
    """Height of that many lines."""
    return lines * size_pt * LINE_HEIGHT * MM_PER_PT
