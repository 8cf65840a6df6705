"""The pages before the sheets of a compendium: cover, decree and list of contents."""

from __future__ import annotations

import random
from collections.abc import Sequence

from tools.make_sheets.pdf.furniture import draw_logo, write_lines
from tools.make_sheets.pdf.looks import Look
from tools.make_sheets.pdf.pen import Pen
from tools.make_sheets.sheet import Sheet

_MARGIN = 72.0
_DECREE = (
    "Menimbang : a. bahwa untuk menata pekerjaan di lingkungan {unit} perlu pedoman yang baku;",
    "b. bahwa berdasarkan pertimbangan pada huruf a perlu menetapkan standar operasional prosedur;",
    "Mengingat : 1. Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik;",
    "2. Peraturan daerah tentang pembentukan dan susunan perangkat daerah;",
    "MEMUTUSKAN :",
    "KESATU : Menetapkan standar operasional prosedur sebagaimana tercantum dalam lampiran.",
    "KEDUA : Keputusan ini mulai berlaku pada tanggal ditetapkan.",
)


def draw_cover(pen: Pen, look: Look, sheet: Sheet, year: str, seed: int) -> None:
    """The title of the book, its agency and address."""
    width = pen.width - 2 * _MARGIN
    big = look.font.bold().sized(20)
    y = 90 + draw_logo(pen, look, pen.width / 2, 80, 70, seed)
    for line in ("STANDAR OPERASIONAL PROSEDUR", "(SOP)", "", sheet.perangkat_daerah.upper()):
        y = write_lines(pen, _MARGIN, y, width, line, big, centred=True)
    y = write_lines(pen, _MARGIN, y, width, sheet.pemerintah.upper(), big, centred=True)
    y = write_lines(pen, _MARGIN, y + 20, width, f"TAHUN {year}", big, centred=True)
    write_lines(pen, _MARGIN, y + 30, width, sheet.address, look.font.sized(11), centred=True)


def draw_decree(pen: Pen, look: Look, sheet: Sheet, year: str) -> None:
    """The decision that puts the book into force."""
    width = pen.width - 2 * _MARGIN
    font = look.font.sized(10)
    y = 70.0
    head = (
        f"KEPUTUSAN KEPALA {sheet.perangkat_daerah.upper()}",
        f"NOMOR 188/{len(sheet.nama)}/{year}",
        "TENTANG",
        "PENETAPAN STANDAR OPERASIONAL PROSEDUR",
    )
    for line in head:
        y = write_lines(pen, _MARGIN, y, width, line, font.bold(), centred=True)
    y += 14
    for line in _DECREE:
        text = line.format(unit=sheet.perangkat_daerah)
        y = write_lines(pen, _MARGIN, y + 5, width, text, font, line.startswith("MEMUTUSKAN"))
    for line in ("Ditetapkan di tempat", sheet.signer.jabatan, "", "", sheet.signer.nama):
        y = write_lines(pen, pen.width * 0.6, y + 3, width / 3, line, font)


def draw_contents(pen: Pen, look: Look, names: Sequence[str], rng: random.Random) -> None:
    """The list of contents, as lines with dots."""
    font = look.font.sized(10)
    width = pen.width - 2 * _MARGIN
    y = write_lines(pen, _MARGIN, 70, width, "DAFTAR ISI", font.bold().sized(13), centred=True)
    page = 4
    for n, name in enumerate(names, 1):
        text = f"{n}. SOP {name} "
        number = f" {page}"
        dots = int((width - font.width(text + number)) / font.width("."))
        y = write_lines(pen, _MARGIN, y + 6, width + 4, text + "." * max(3, dots) + number, font)
        page += rng.randint(1, 3)
