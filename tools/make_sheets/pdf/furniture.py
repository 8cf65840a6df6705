"""What stands on pages besides the sheet: footers, page numbers, stamps, logos."""

from __future__ import annotations

import io
import random
import re

from PIL import Image

from tools.make_sheets.pdf.looks import Look
from tools.make_sheets.pdf.pen import BLACK, Box, Colour, Font, Pen, around, wrap
from tools.make_sheets.pdf.symbols import draw_qr

_GREY: Colour = (0.4, 0.4, 0.4)
_PALE: Colour = (0.88, 0.88, 0.88)
_RED: Colour = (0.75, 0.1, 0.1)
FOOTER = 34.0  # height kept free at the lower end of a page
# Own wording, close to what signing services print.
_SIGNED = (
    "* Dokumen ini ditandatangani secara elektronik dengan sertifikat elektronik yang diterbitkan "
    "Balai Besar Sertifikasi Elektronik (BSrE), BSSN",
    "* Pindai kode QR di samping ini untuk melihat berkas aslinya",
)
_PLAIN = ("Dicetak dari aplikasi naskah dinas. Salinan ini tidak dikendalikan.",)


def picture_of(rng: random.Random, size: int = 32) -> bytes:
    """A small picture of coloured squares as PNG."""
    colours = [(0, 0, 0), (255, 255, 255), (40, 90, 160), (200, 120, 30)]
    image = Image.new("RGB", (size, size), (255, 255, 255))
    for x in range(0, size, 4):
        for y in range(0, size, 4):
            image.paste(rng.choice(colours), (x, y, x + 4, y + 4))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def is_signed(look: Look) -> bool:
    """Whether the sheet says that it was signed electronically."""
    signed = ("electronic", "qr and text")
    return look.page.footer in ("bsre", "bsre image") or look.signature in signed


def draw_furniture(pen: Pen, look: Look, number: int, count: int, seed: int) -> None:
    """Footer, page number and stamp of one page; the same code on every page of a sheet."""
    rng = random.Random(seed)
    footer = look.page.footer
    y = pen.height - FOOTER + 2
    if footer.startswith("bsre"):
        box = Box(12, y, 12 + 26, y + 26)
        if footer == "bsre":
            draw_qr(pen, box, rng)
        else:
            pen.picture(box, picture_of(rng))
    if footer == "path":
        _path_line(pen, look, rng, y)
    elif footer:
        font = Font("helvetica", 2, 5.5)
        for k, line in enumerate(_PLAIN if footer == "plain" else _SIGNED):
            pen.text(44, y + 12 + k * 7, line, font, _GREY)
    _number(pen, look, number, count)
    if look.page.stamp and number == 1:
        _stamp(pen, rng)


def _path_line(pen: Pen, look: Look, rng: random.Random, y: float) -> None:
    """Where the file lay and when it was printed, as spreadsheets put it there."""
    font = look.font.sized(6.0)
    folder = rng.choice(("D:\\SOP\\FINAL", "C:\\Users\\ACER\\Documents", "E:\\ORTALA\\2022"))
    name = rng.choice(("sop revisi 3.xlsx", "SOP_fix_cetak.xls", "format sop.docx"))
    pen.text(36, y + 14, f"{folder}\\{name}", font)
    when = f"{rng.randint(1, 28):02}/{rng.randint(1, 12):02}/2023 {rng.randint(8, 15):02}:14"
    pen.text((pen.width - font.width(when)) / 2, y + 14, when, font)


def draw_ground(pen: Pen, look: Look) -> None:
    """What lies below all else: a word across the page, a frame around it."""
    extras = look.extras
    if extras.watermark:
        font = Font("helvetica", 1, 84)
        half = font.width(extras.watermark) / 2 * 0.7071
        x, y = pen.width / 2 - half + 20, pen.height / 2 + half + 20
        pen.upright(x, y, extras.watermark, font, _PALE, turn=45)
    page = Box(0, 0, pen.width, pen.height)
    if extras.frame:
        pen.rect(page.grown(-5), 0.75)
    if extras.frame == "double":
        pen.rect(page.grown(-7.5), 0.75)


def heading_parts(text: str, font: Font, kind: str) -> list[tuple[str, Font, float]]:
    """A heading as runs of text, each with its type and what is put after every letter."""
    if kind == "apart":
        return [(text, font, font.size * 0.12)]
    if kind == "typed apart":
        return [("   ".join(" ".join(word) for word in text.split()), font, 0.0)]
    if kind != "small caps":
        return [(text, font, 0.0)]
    small = font.sized(font.size * 0.8)
    parts = re.findall(r"\S\S*\s*", text.upper())
    runs = [((part[0], font, 0.0), (part[1:], small, 0.0)) for part in parts]
    return [run for pair in runs for run in pair if run[0]]


def heading_width(text: str, font: Font, kind: str) -> float:
    """The width of a heading on one line."""
    return sum(
        face.width(part) + apart * len(part)
        for part, face, apart in heading_parts(text, font, kind)
    )


def write_heading(
    pen: Pen, x: float, baseline: float, text: str, font: Font, kind: str, ink: Colour = BLACK
) -> None:
    """A heading on one line from `x`."""
    for part, face, apart in heading_parts(text, font, kind):
        pen.text(x, baseline, part, face, ink, apart=apart)
        x += face.width(part) + apart * len(part)


def _number(pen: Pen, look: Look, number: int, count: int) -> None:
    font = look.font
    text = {
        "- 2 -": f"- {number} -",
        "Halaman 2 dari 3": f"Halaman {number} dari {count}",
        "2": f"{number}",
        "Hal. 2/3": f"Hal. {number}/{count}",
        "2 | Halaman": f"{number} | Halaman",
    }.get(look.page.numbering, "")
    if look.page.numbering in ("Halaman 2 dari 3", "Hal. 2/3", "2 | Halaman"):
        pen.text(pen.width - 36 - font.width(text), pen.height - 16, text, font)
    elif number > 1 or look.page.numbering == "2":
        pen.text((pen.width - font.width(text)) / 2, 19, text, font)


def _stamp(pen: Pen, rng: random.Random) -> None:
    """A stamp of a controlled copy in the upper corner."""
    font = Font("helvetica", 1, 9)
    text = rng.choice(("SALINAN", "DOKUMEN TERKENDALI", "ASLI"))
    box = Box(pen.width - 40 - font.width(text), 8, pen.width - 28, 24)
    pen.rect(box, 1.0, _RED)
    pen.text(box.x0 + 6, box.y1 - 5, text, font, _RED)


def draw_logo(pen: Pen, look: Look, cx: float, top: float, size: float, seed: int) -> float:
    """An invented coat of arms; gives the height it takes."""
    rng = random.Random(seed)
    if look.logo == "none":
        return 0.0
    box = around(cx, top + size / 2, size, size)
    if look.logo == "picture":
        pen.picture(box, picture_of(rng))
        return size + 4
    x0, y0, x1, y1 = box.x0, box.y0, box.x1, box.y1
    blue, gold = (0.1, 0.35, 0.65), (0.95, 0.75, 0.1)
    pen.path(
        [
            ("M", x0, y0),
            ("L", x1, y0),
            ("L", x1, y0 + size * 0.6),
            ("C", x1, y1 - size * 0.1, box.cx + size * 0.2, y1, box.cx, y1),
            ("C", box.cx - size * 0.2, y1, x0, y1 - size * 0.1, x0, y0 + size * 0.6),
            ("Z",),
        ],
        0.8,
        (0, 0, 0),
        blue,
    )
    middle = around(box.cx, box.cy - size * 0.05, size * 0.4, size * 0.4)
    pen.polygon(
        [
            (middle.cx, middle.y0),
            (middle.x1, middle.cy),
            (middle.cx, middle.y1),
            (middle.x0, middle.cy),
        ],
        fill=gold,
    )
    for k in range(3):
        pen.rect(
            Box(
                x0 + size * (0.15 + 0.25 * k),
                y1 - size * 0.3,
                x0 + size * (0.3 + 0.25 * k),
                y1 - size * 0.22,
            ),
            stroke=None,
            fill=gold,
        )
    return size + 4


def write_lines(
    pen: Pen, x: float, top: float, width: float, text: str, font: Font, centred: bool = False
) -> float:
    """A wrapped text; gives its lower edge."""
    y = top
    for line in wrap(text, font, width):
        shift = (width - font.width(line)) / 2 if centred else 0.0
        pen.text(x + shift, y + font.size * 0.9, line, font)
        y += font.leading
    return y
