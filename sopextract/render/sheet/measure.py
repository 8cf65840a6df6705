"""How much room text takes, without asking a font file: Helvetica's advance widths."""

from __future__ import annotations

import json
import unicodedata
from functools import lru_cache
from importlib.resources import files

MM_PER_PT = 25.4 / 72
LINE_HEIGHT = 1.2  # of the type size; the `line-height` of the sheet's style
_WIDE = 1000  # CJK, symbols: one em
_OTHER = 600  # a letter outside ASCII without a base letter in it: wider than most


@lru_cache(maxsize=1)
def _widths() -> tuple[int, tuple[int, ...], tuple[int, ...]]:
    data = json.loads(files("sopextract.render.sheet").joinpath("widths.json").read_text("utf-8"))
    return data["first"], tuple(data["regular"]), tuple(data["bold"])


def _advance(char: str, table: tuple[int, ...], first: int) -> int:
    index = ord(char) - first
    if 0 <= index < len(table):
        return table[index]
    base = unicodedata.normalize("NFKD", char)[0]
    if base != char and 0 <= ord(base) - first < len(table):
        return table[ord(base) - first]
    return _WIDE if unicodedata.east_asian_width(char) in "WF" else _OTHER


@lru_cache(maxsize=8192)
def text_width_mm(text: str, size_pt: float, bold: bool = False) -> float:
    """Width of one line of text."""
    first, regular, heavy = _widths()
    table = heavy if bold else regular
    units = sum(_advance(char, table, first) for char in text)
    return units / 1000 * size_pt * MM_PER_PT


def count_lines(text: str, width_mm: float, size_pt: float, bold: bool = False) -> int:
    """Lines that text takes when wrapped greedily after spaces, hyphens and slashes.

    A word wider than the line is broken, as the sheet's style does; empty text takes no line.
    """
    total = 0
    for paragraph in text.split("\n"):
        used, lines = 0.0, 1
        for word in paragraph.replace("-", "- ").replace("/", "/ ").split():
            width = text_width_mm(word, size_pt, bold)
            gap = text_width_mm(" ", size_pt, bold) if used else 0.0
            if used + gap + width <= width_mm:
                used += gap + width
                continue
            lines += 1 if used else 0
            extra = int(width // width_mm) if width_mm > 0 else 0
            lines, used = lines + extra, width - extra * width_mm
        total += lines if paragraph.strip() else 0
    return total


def text_height_mm(lines: int, size_pt: float) -> float:
    """Height of that many lines."""
    return lines * size_pt * LINE_HEIGHT * MM_PER_PT
