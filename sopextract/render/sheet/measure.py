"""How much room text takes: the advance widths of Liberation Sans, which are those of Arial."""

from __future__ import annotations

import json
import unicodedata
from functools import lru_cache
from importlib.resources import files

MM_PER_PT = 25.4 / 72
LINE_HEIGHT = 1.2  # of the type size; what every writer sets
_WIDE = 1000  # CJK, symbols: one em
_OTHER = 602  # a letter that the font has not: the width of every letter of DejaVu Sans Mono

_Widths = dict[int, int]


@lru_cache(maxsize=1)
def _tables() -> tuple[_Widths, _Widths, tuple[tuple[int, int], ...]]:
    data = json.loads(files("sopextract.render.sheet").joinpath("widths.json").read_text("utf-8"))
    regular, bold = (
        {run[0] + i: width for run in data[face] for i, width in enumerate(run[1:])}
        for face in ("regular", "bold")
    )
    return regular, bold, tuple((first, last) for first, last in data["fallback"])


def has_glyph(char: str) -> bool:
    """Whether the fonts that PDF sheets are set in have this character."""
    regular, _, ranges = _tables()
    code = ord(char)
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
    table = _tables()[1 if bold else 0]
    units = sum(_advance(char, table) for char in text)
    return units / 1000 * size_pt * MM_PER_PT


def wrap_lines(text: str, width_mm: float, size_pt: float, bold: bool = False) -> tuple[str, ...]:
    """The lines of text wrapped greedily after spaces, hyphens and slashes.

    Lines keep the space that they end with, so that joined they are the text again. A word wider
    than the line is broken where it must be. Empty text has no line; a line break in the text ends
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
    for word in _pieces(text):
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


@lru_cache(maxsize=4096)
def _pieces(text: str) -> tuple[str, ...]:
    """Words with the space, hyphen or slash that ends them."""
    found: list[str] = []
    start = 0
    for i, char in enumerate(text):
        if char in " -/" and text[i + 1 : i + 2] not in (" ", "-", "/"):
            found.append(text[start : i + 1])
            start = i + 1
    return (*found, text[start:]) if start < len(text) else tuple(found)


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
