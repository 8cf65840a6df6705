"""The identity part: the two-column box of domain.md 1.3."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from tools.make_sheets.form import PAIRS, items, label, upper_agency
from tools.make_sheets.pdf.furniture import (
    draw_logo,
    heading_width,
    picture_of,
    write_heading,
    write_lines,
)
from tools.make_sheets.pdf.looks import Look
from tools.make_sheets.pdf.pen import Box, Font, Pen, wrap
from tools.make_sheets.pdf.rules import Ruler
from tools.make_sheets.pdf.symbols import draw_qr
from tools.make_sheets.sheet import Sheet
from tools.make_sheets.wording import Words

PAD = 3.0
_QR = 34.0


@dataclass(frozen=True)
class Fact:
    """A label with its value; the signer's cell is `signed`."""

    label: str
    value: str
    signed: bool = False


@dataclass(frozen=True)
class Pair:
    """Two sections side by side: their labels and items."""

    labels: tuple[str, str]
    items: tuple[tuple[str, ...], tuple[str, ...]]


class IdentityPart:
    """One sheet's identity part; the same throw of the dice for every size tried."""

    def __init__(self, rng: random.Random, words: Words, look: Look, sheet: Sheet) -> None:
        self.look, self.sheet = look, sheet
        self.seed = rng.randrange(10**6)
        self.lines = upper_agency(sheet, rng)
        self.address = sheet.address if rng.random() < 0.3 else ""
        self.colon = rng.random() < 0.3
        self.heads_bold = rng.random() < 0.5
        self.split = rng.choice((0.5, 0.5, 0.55, 0.6))
        self.prefix = rng.choice(("", "", "", "SOP ", "Standar Operasional Prosedur "))
        self.inset = rng.random() < 0.15
        self.own_rows = rng.random() < 0.75  # labels of sections in cells of their own
        self.facts = self._facts(rng, words)
        self.pairs = [
            Pair(
                (label(rng, words, left), label(rng, words, right)),
                (tuple(items(sheet, left)), tuple(items(sheet, right))),
            )
            for left, right in PAIRS
        ]
        self.nip_label = rng.choice(("NIP. ", "NIP ", "NIP. "))
        self.spare = rng.choice((0.0, 0.0, 8.0, 20.0))

    def _facts(self, rng: random.Random, words: Words) -> list[Fact]:
        sheet = self.sheet
        found = [Fact(label(rng, words, "nomor_sop"), " ".join(sheet.nomor.split()))]
        found += [Fact(label(rng, words, key), when.shown) for key, when in sheet.dates.items()]
        found.append(Fact(label(rng, words, "disahkan_oleh"), "", signed=True))
        return [*found, Fact(label(rng, words, "nama_sop"), self.prefix + sheet.nama)]

    # ---- measures

    def height(self, width: float, font: Font) -> float:
        """What the part needs at that width and size."""
        top = max(self._facts_height(width, font), self._agency_height(width, font))
        return top + sum(self._pair_height(pair, width, font) for pair in self.pairs)

    def best_font(self, width: float, room: float) -> Font:
        """The largest type up to the look's with which the part fits into the room."""
        font = self.look.font
        while font.size > 4.5 and self.height(width, font) > room:
            font = font.sized(font.size - 0.25)
        return font

    def _right(self, width: float) -> float:
        return width * (1 - self.split)

    def _value_width(self, width: float, font: Font) -> float:
        return self._right(width) - self._label_width(font)

    def _label_width(self, font: Font) -> float:
        return max(font.bold().width(f.label) for f in self.facts) + 3 * PAD

    def _fact_height(self, fact: Fact, width: float, font: Font) -> float:
        inner = self._value_width(width, font) - 2 * PAD - 6
        if not fact.signed:
            lines = len(wrap(fact.value or " ", font.bold(), inner))
            return lines * font.leading + 2 * PAD
        lines = sum(len(wrap(t, font.bold(), inner)) for t in self._signer_lines())
        return lines * font.leading + _QR + 4 * PAD

    def _signer_lines(self) -> list[str]:
        signer = self.sheet.signer
        post = f"{signer.status} {signer.jabatan}" if signer.status else signer.jabatan
        lines = [post, signer.nama]
        if signer.pangkat:
            lines.append(signer.pangkat)
        return [*lines, self.nip_label + self.sheet.nip_shown] if signer.nip else lines

    def _facts_height(self, width: float, font: Font) -> float:
        return sum(self._fact_height(f, width, font) for f in self.facts)

    def _agency_height(self, width: float, font: Font) -> float:
        inner = width * self.split - 4 * PAD
        big = font.bold().sized(font.size + 2)
        lines = sum(len(wrap(line, big, inner)) for line in self.lines)
        return 46 + lines * big.leading + (font.leading if self.address else 0) + 4 * PAD

    def _number(self, n: int, count: int) -> str:
        style = self.look.items
        if count == 1 and style != "•":
            return ""
        return {
            "a.": f"{chr(96 + n)}.",
            "1)": f"{n})",
            "•": "•",
        }.get(style, f"{n}.")

    def _list_height(self, texts: Sequence[str], width: float, font: Font) -> float:
        hang = font.width("10. ") + 3
        lines = sum(len(wrap(t, font, width - 2 * PAD - hang)) for t in texts)
        return lines * font.leading + 2 * PAD

    def _pair_height(self, pair: Pair, width: float, font: Font) -> float:
        sides = (width * self.split, self._right(width))
        body = max(self._list_height(t, w, font) for t, w in zip(pair.items, sides, strict=True))
        return font.leading + 2 * PAD + body + self.spare

    # ---- drawing

    def draw(
        self, pen: Pen, ruler: Ruler, left: float, top: float, width: float, font: Font
    ) -> float:
        """The part from `top`; gives its lower edge."""
        middle = left + width * self.split
        height = max(self._facts_height(width, font), self._agency_height(width, font))
        ruler.cell(Box(left, top, middle, top + height))
        self._draw_agency(pen, Box(left, top, middle, top + height), font)
        self._draw_facts(pen, ruler, Box(middle, top, left + width, top + height), width, font)
        y = top + height
        for pair in self.pairs:
            bottom = y + self._pair_height(pair, width, font)
            for text, texts, box in (
                (pair.labels[0], pair.items[0], Box(left, y, middle, bottom)),
                (pair.labels[1], pair.items[1], Box(middle, y, left + width, bottom)),
            ):
                self._draw_section(pen, ruler, text, texts, box, font)
            y = bottom
        ruler.box(Box(left, top, left + width, y))
        return y

    def _draw_agency(self, pen: Pen, box: Box, font: Font) -> None:
        y = box.y0 + 2 * PAD
        if self.look.extras.two_logos:
            draw_logo(pen, self.look, box.x0 + 30, y, 34.0, self.seed)
            y += draw_logo(pen, self.look, box.x1 - 30, y, 34.0, self.seed + 1)
        else:
            y += draw_logo(pen, self.look, box.cx, y, 38.0, self.seed)
        big = font.bold().sized(font.size + 2)
        for line in self.lines:
            y = write_lines(pen, box.x0 + 2 * PAD, y, box.width - 4 * PAD, line, big, centred=True)
        if self.address:
            write_lines(pen, box.x0 + PAD, y, box.width - 2 * PAD, self.address, font, centred=True)

    def _draw_facts(self, pen: Pen, ruler: Ruler, box: Box, width: float, font: Font) -> None:
        spare = box.height - self._facts_height(width, font)
        at = box.x0 + self._label_width(font)
        y = box.y0
        inset = 2.5 if self.inset else 0.0  # a table in the cell, with rules of its own
        for fact in self.facts:
            height = self._fact_height(fact, width, font) + (spare if fact.signed else 0)
            ruler.cell(Box(box.x0 + inset, y, at, y + height))
            ruler.cell(Box(at, y, box.x1 - inset, y + height))
            head = font.bold() if self.heads_bold else font
            pen.text(box.x0 + inset + PAD, y + PAD + font.size * 0.9, fact.label, head)
            cell = Box(at, y, box.x1 - inset, y + height)
            if fact.signed:
                self._draw_signer(pen, cell, font)
            else:
                bold = font.bold() if fact is self.facts[-1] else font
                x = at + PAD
                if self.colon:
                    pen.text(x, y + PAD + font.size * 0.9, ":", font)
                    x += 5
                write_lines(pen, x, y + PAD, cell.x1 - PAD - x, fact.value, bold)
            y += height

    def _draw_signer(self, pen: Pen, cell: Box, font: Font) -> None:
        post, name, *rest = self._signer_lines()
        inner = cell.width - 2 * PAD - 6
        y = write_lines(pen, cell.x0 + PAD, cell.y0 + PAD, inner, post, font, centred=True)
        tail = [name, *rest]
        lines = sum(len(wrap(t, font.bold(), inner)) for t in tail)
        below = cell.y1 - PAD - lines * font.leading
        self._draw_signature(pen, Box(cell.x0, y, cell.x1, below), font)
        y = below
        for k, text in enumerate(tail):
            bold = font.bold() if k == 0 else font
            line = wrap(text, bold, inner)
            y = write_lines(pen, cell.x0 + PAD, y, inner, text, bold, centred=True)
            if k == 0 and self.seed % 2 and len(line) == 1:
                half = bold.width(text) / 2
                cx = cell.x0 + PAD + inner / 2
                under = y - bold.leading + bold.size * 1.05
                pen.line((cx - half, under), (cx + half, under), 0.5)

    def _draw_signature(self, pen: Pen, box: Box, font: Font) -> None:
        size = min(_QR - 4, box.height - 3)
        if self.look.signature == "blank" or size < 8:
            return
        square = Box(box.cx - size / 2, box.cy - size / 2, box.cx + size / 2, box.cy + size / 2)
        rng = random.Random(self.seed)
        if self.look.signature == "picture":
            pen.picture(square, picture_of(rng))
        elif self.look.signature == "electronic":
            small = font.sized(font.size - 1)
            text = "Ditandatangani secara elektronik oleh :"
            pen.text(box.cx - small.width(text) / 2, box.cy, text, small)
        elif self.look.signature == "qr and text":
            left = Box(box.x0 + 6, square.y0, box.x0 + 6 + size, square.y1)
            draw_qr(pen, left, rng)
            small = font.sized(font.size * 0.8)
            text = "Ditandatangani secara elektronik"
            write_lines(pen, left.x1 + 6, left.y0, box.x1 - left.x1 - 9, text, small)
        else:
            draw_qr(pen, square, rng)

    def _draw_section(
        self, pen: Pen, ruler: Ruler, text: str, texts: Sequence[str], box: Box, font: Font
    ) -> None:
        head = font.bold() if self.heads_bold else font
        line = box.y0 + font.leading + 2 * PAD
        if self.own_rows:
            ruler.cell(Box(box.x0, box.y0, box.x1, line))
            ruler.cell(Box(box.x0, line, box.x1, box.y1))
        else:
            ruler.cell(box)
        kind = self.look.extras.heading.replace("typed apart", "")
        kind = kind if heading_width(text, head, kind) < box.width - 2 * PAD else ""
        write_heading(pen, box.x0 + PAD, box.y0 + PAD + font.size * 0.9, text, head, kind)
        hang = font.width("10. ") + 3
        y = line + PAD
        for n, item in enumerate(texts, 1):
            sign = self._number(n, len(texts))
            x = box.x0 + PAD + (hang if sign else 0)
            pen.text(box.x0 + PAD, y + font.size * 0.9, sign, font)
            y = write_lines(pen, x, y, box.x1 - PAD - x, item, font)
