"""Colours, words and lettering of the pictures, and the strip at their top that explains them."""

from __future__ import annotations

import math
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from sopextract.model.source import Grid, Outline, Page, ResidueKind

Colour = tuple[int, int, int]
Font = ImageFont.FreeTypeFont | ImageFont.ImageFont

WHITE: Colour = (255, 255, 255)
BLACK: Colour = (0, 0, 0)
CELL: Colour = (70, 150, 70)
LINE: Colour = (150, 170, 190)  # text that stands in no cell
ARROW: Colour = (215, 0, 190)
PLAIN: Colour = (0, 165, 185)  # a connector without head
LABEL: Colour = (140, 80, 20)
RESIDUE: Colour = (235, 180, 0)
SYMBOLS = {
    Outline.CAPSULE: (125, 45, 190),
    Outline.BOX: (25, 80, 220),
    Outline.DIAMOND: (215, 25, 25),
    Outline.OFF_PAGE: (240, 120, 0),
    Outline.DOCUMENT: (0, 120, 120),
}

_ENTRIES = (
    (CELL, "sel tabel"),
    (SYMBOLS[Outline.CAPSULE], "mulai/selesai"),
    (SYMBOLS[Outline.BOX], "proses"),
    (SYMBOLS[Outline.DIAMOND], "keputusan"),
    (SYMBOLS[Outline.OFF_PAGE], "penghubung halaman"),
    (SYMBOLS[Outline.DOCUMENT], "dokumen (bukan simbol baku)"),
    (ARROW, "panah (bulatan: pangkal)"),
    (PLAIN, "garis tanpa mata panah"),
    (LABEL, "label panah"),
    (LINE, "teks di luar tabel"),
    (RESIDUE, "sisa: tidak terjelaskan"),
)
_RESIDUE_WORDS = {
    ResidueKind.WORD: "kata",
    ResidueKind.SYMBOL: "simbol",
    ResidueKind.CONNECTOR: "garis penghubung",
    ResidueKind.STROKE: "garis lain",
    ResidueKind.PICTURE: "gambar",
}


@lru_cache(maxsize=16)
def font_of(size_px: float) -> Font:
    """The lettering that comes with Pillow; sizes below 6 pixels cannot be read."""
    return ImageFont.load_default(max(6.0, size_px))


def sum_up(page: Page, number: int, count: int) -> str:
    """One line on what a page holds, in Bahasa Indonesia."""
    parts = [
        f"Halaman {number} dari {count}",
        f"tabel: {sum(isinstance(block, Grid) for block in page.blocks)}",
        f"simbol: {len(page.symbols)}",
        f"penghubung: {len(page.connectors)}",
        f"label: {sum(bool(c.label) for c in page.connectors)}",
    ]
    kinds = [one.kind for one in page.residue]
    left = ", ".join(f"{_RESIDUE_WORDS[k]} {kinds.count(k)}" for k in ResidueKind if k in kinds)
    parts.append(f"sisa: {left or 'tidak ada'}")
    if page.picture_flow:
        parts.append("alur tampaknya berupa gambar")
    if page.untrusted:
        parts.append("teksnya tidak dapat dipercaya")
    if page.scan is not None:
        sure = page.scan.mean_confidence
        parts.append(
            f"dibaca dari piksel: {page.scan.words} kata"
            + (f", yakin {math.floor(100 * sure)}%" if sure is not None else "")
            + (", buruk" if page.scan.poor else "")
        )
    return "; ".join(parts)


def with_legend(picture: Image.Image, title: str, scale: float) -> Image.Image:
    """The picture under a strip with a title and what each colour stands for."""
    font = font_of(7 * scale)
    step = round(11 * scale)
    places, rows = _places(picture.width, font, step)
    strip = Image.new("RGB", (picture.width, step * (rows + 1) + 4), WHITE)
    draw = ImageDraw.Draw(strip)
    draw.text((4, 2), title, fill=BLACK, font=font)
    for (colour, words), (x, y) in zip(_ENTRIES, places, strict=True):
        draw.rectangle((x, y + 2, x + step - 4, y + step - 4), fill=colour)
        draw.text((x + step, y), words, fill=BLACK, font=font)
    draw.line((0, strip.height - 1, strip.width, strip.height - 1), fill=BLACK)
    whole = Image.new("RGB", (picture.width, picture.height + strip.height), WHITE)
    whole.paste(strip, (0, 0))
    whole.paste(picture, (0, strip.height))
    return whole


def _places(width: int, font: Font, step: int) -> tuple[list[tuple[int, int]], int]:
    """Where each entry stands below the title, and how many rows they take."""
    places: list[tuple[int, int]] = []
    x, row = 4, 1
    for _, words in _ENTRIES:
        size = step + round(font.getlength(words)) + step
        if x > 4 and x + size > width:
            x, row = 4, row + 1
        places.append((x, 2 + row * step))
        x += size
    return places, row
