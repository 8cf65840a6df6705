"""Writes the table of advance widths that sheets are measured with.

`python -m tools.make_widths FALLBACK.ttf`: widths are those of the fonts that come along; FALLBACK
is DejaVu Sans Mono, which the PDF engine brings for what they do not have: which characters it has.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path

from reportlab.pdfbase.ttfonts import TTFontFile

RENDER = Path(__file__).resolve().parents[1] / "sopextract" / "render"


def _runs(widths: dict[int, int]) -> list[list[int]]:
    """Code points in turn as runs: the first, then the widths from it on."""
    runs: list[list[int]] = []
    before = -2
    for code in sorted(widths):
        if code != before + 1:
            runs.append([code])
        runs[-1].append(widths[code])
        before = code
    return runs


def _ranges(codes: Iterable[int]) -> list[list[int]]:
    """Code points as ranges, first and last."""
    return [[run[0], run[0] + len(run) - 2] for run in _runs(dict.fromkeys(codes, 0))]


def _widths(name: str) -> dict[int, int]:
    font = TTFontFile(str(RENDER / "fonts" / name))
    return {code: round(font.charWidths[code]) for code in font.charToGlyph if code < 0x10000}


def main(fallback: str) -> None:
    """Write `sheet/widths.json`."""
    regular, bold = _widths("LiberationSans-Regular.ttf"), _widths("LiberationSans-Bold.ttf")
    other = set(TTFontFile(fallback).charToGlyph) - set(regular)
    table = {
        "origin": "Advance widths of Liberation Sans 2.1.5, regular and bold, in thousandths of "
        "the type size, as runs of code points; `fallback`: what DejaVu Sans Mono has beyond.",
        "regular": _runs(regular),
        "bold": _runs(bold),
        "fallback": _ranges(code for code in other if code > 0x20),
    }
    path = RENDER / "sheet" / "widths.json"
    path.write_text(json.dumps(table, separators=(",", ":")) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
