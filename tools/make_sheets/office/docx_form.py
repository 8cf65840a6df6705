"""The identity part of a DOCX: box of two columns, nested tables, lists, signature, cover."""

from __future__ import annotations

import io
import random
from dataclasses import dataclass
from typing import cast

from docx.document import Document as DocxDocument
from docx.shared import Pt
from docx.table import Table, _Cell

from tools.make_sheets.form import PAIRS, items, label, upper_agency
from tools.make_sheets.office.connect import Bend
from tools.make_sheets.office.docx_shapes import Origin, shape_run
from tools.make_sheets.office.docx_text import (
    Look,
    Numbering,
    element,
    fill_cell,
    middle,
    numbered,
    set_widths,
    shade,
    write,
)
from tools.make_sheets.office.logo import make_logo
from tools.make_sheets.office.measure import text_height
from tools.make_sheets.office.pieces import Ink, Piece
from tools.make_sheets.office.place import Box
from tools.make_sheets.office.vml import shape_types
from tools.make_sheets.sheet import Sheet
from tools.make_sheets.wording import Words

_KOP_BOX = Box(20.0, 16.0, 320.0, 86.0)  # in a cell of some 120 points height
_KOP_ID = 90000


_FACT_LINES = 12  # number, name and signature with its blank lines


@dataclass(frozen=True)
class FormStyle:
    """How one author builds the identity part.

    `box`: `merged` (one table, logo cell over all facts), `nested` (facts as a table in a cell) or
    `apart` (facts and sections as two tables). `lists`: `word` (numbering), `typed`, `breaks`.
    """

    box: str
    lists: str
    colon: bool
    logo: bool
    number_form: str
    controls: bool = False
    kop_box: bool = False


def make_form_style(rng: random.Random, held_out: bool) -> FormStyle:
    """One author's way."""
    return FormStyle(
        box=rng.choice(("merged", "merged", "nested", "apart")),
        lists=rng.choice(("word", "word", "typed", "breaks")),
        colon=rng.random() < 0.35,
        logo=rng.random() < 0.7,
        number_form=rng.choice(("%1.", "%1)") if held_out else ("%1.",)),
        controls=rng.random() < (0.3 if held_out else 0.12),
        kop_box=rng.random() < (0.2 if held_out else 0.07),
    )


def signature(rng: random.Random, sheet: Sheet) -> list[str]:
    """The lines of the signature block."""
    signer = sheet.signer
    post = f"{signer.status} {signer.jabatan}" if signer.status else signer.jabatan
    lines = [post, *[""] * rng.randint(2, 4), signer.nama]
    lines += [signer.pangkat] if signer.pangkat else []
    return [*lines, f"NIP. {sheet.nip_shown}"]


def facts(rng: random.Random, words: Words, sheet: Sheet) -> list[tuple[str, list[str]]]:
    """Label and lines of every row of the right half."""
    rows = [(label(rng, words, "nomor_sop"), [sheet.nomor])]
    rows += [(label(rng, words, key), [when.shown]) for key, when in sheet.dates.items()]
    rows.append((label(rng, words, "disahkan_oleh"), signature(rng, sheet)))
    rows.append((label(rng, words, "nama_sop"), [sheet.nama]))
    return rows


class FormWriter:
    """Writes identity parts into a document."""

    def __init__(
        self, document: DocxDocument, rng: random.Random, words: Words, style: FormStyle, look: Look
    ) -> None:
        self.document, self.rng, self.words = document, rng, words
        self.style, self.look = style, look
        self.numbering = Numbering(document)

    def write(self, sheet: Sheet, width: float) -> None:
        """The whole identity part, `width` points wide."""
        rows = facts(self.rng, self.words, sheet)
        if self.style.box == "nested":
            self._nested(sheet, rows, width)
        elif self.style.box == "apart":
            self._apart(sheet, rows, width)
        else:
            self._merged(sheet, rows, width)

    def height(self, sheet: Sheet, width: float) -> float:
        """About what the identity part measures in points, rather too much than too little."""
        size = self.look.size_pt
        line = size * 1.25
        total = line * (_FACT_LINES + len(sheet.dates)) + 2 * line * len(PAIRS)
        for pair in PAIRS:
            total += max(
                sum(text_height(text, width * 0.4, size) for text in items(sheet, key)) + line
                for key in pair
            )
        return total

    def _table(self, rows: int, widths: list[float]) -> Table:
        table = self.document.add_table(rows, len(widths))
        table.style = "Table Grid"
        set_widths(table, widths)
        return cast(Table, table)

    def _agency(self, cell: _Cell, sheet: Sheet) -> None:
        lines = upper_agency(sheet, self.rng)
        if self.rng.random() < 0.3:
            lines.append(sheet.address)
        if self.style.kop_box:
            self._kop_box(cell, lines)
            return
        middle(cell)
        if self.style.logo:
            paragraph = write(cell.paragraphs[0], "", self.look, align="center")
            paragraph.add_run().add_picture(io.BytesIO(make_logo(self.rng)), height=Pt(54))
            for line in lines:
                write(cell.add_paragraph(), line, self.look, bold=True, align="center")
        else:
            fill_cell(cell, lines, self.look, bold=True, align="center")

    def _kop_box(self, cell: _Cell, lines: list[str]) -> None:
        """The agency in a text box that floats over its cell."""
        paragraph = write(cell.paragraphs[0], "", self.look)
        id = _KOP_ID + len(self.document.tables)
        box = Piece(id, "label", Bend("rect", _KOP_BOX), "\n".join(lines))
        ink = Ink({}, font_pt=self.look.size_pt)
        run = shape_run(box, ink, Origin(0.0, 0.0), "both", in_cell=True)
        paragraph._p.append(element(run.replace("<w:pict>", f"<w:pict>{shape_types()}", 1)))

    def _fact_rows(self, table: Table, rows: list[tuple[str, list[str]]], first: int) -> None:
        """Label, perhaps a colon of its own, and value, from column `first` on."""
        for k, (name, lines) in enumerate(rows):
            cells = table.rows[k].cells
            fill_cell(cells[first], [name], self.look)
            value = cells[-1]
            if self.style.colon:
                fill_cell(cells[first + 1], [":"], self.look)
            signed = len(lines) > 1
            fill_cell(
                value,
                lines,
                self.look,
                bold=k == len(rows) - 1,
                align="center" if signed else "left",
            )
            if signed:
                middle(cells[first])
            if self.style.controls and not signed and lines != [""]:
                self._control(value)

    def _control(self, cell: _Cell) -> None:
        """Put the runs of a cell into a content control."""
        paragraph = cell.paragraphs[0]._p
        runs = list(paragraph.r_lst)
        box = element(
            f'<w:sdt><w:sdtPr><w:id w:val="{self.rng.randrange(10**6, 10**9)}"/><w:text/></w:sdtPr>'
            "<w:sdtContent/></w:sdt>"
        )
        runs[0].addprevious(box)
        box[-1].extend(runs)

    def _widths(self, width: float) -> list[float]:
        """Left half, label, (colon,) value."""
        left = width * self.rng.uniform(0.5, 0.56)
        name = self.rng.uniform(95, 115)
        if self.style.colon:
            return [left, name, 12, width - left - name - 12]
        return [left, name, width - left - name]

    def _merged(self, sheet: Sheet, rows: list[tuple[str, list[str]]], width: float) -> None:
        widths = self._widths(width)
        table = self._table(len(rows) + 2 * len(PAIRS), widths)
        self._fact_rows(table, rows, 1)
        self._agency(table.cell(0, 0).merge(table.cell(len(rows) - 1, 0)), sheet)
        for k, pair in enumerate(PAIRS):
            at = len(rows) + 2 * k
            for row in (at, at + 1):
                table.cell(row, 1).merge(table.cell(row, len(widths) - 1))
            self._pair(table, at, sheet, pair)

    def _nested(self, sheet: Sheet, rows: list[tuple[str, list[str]]], width: float) -> None:
        widths = self._widths(width)
        halves = [widths[0], width - widths[0]]
        table = self._table(1 + 2 * len(PAIRS), halves)
        self._agency(table.cell(0, 0), sheet)
        outer = table.cell(0, 1)
        inner = outer.add_table(len(rows), len(widths) - 1)
        inner.style = "Table Grid"
        set_widths(inner, [widths[1] - 6, *widths[2:-1], widths[-1] - 8])
        outer._tc.remove(outer.paragraphs[0]._p)
        if not outer.paragraphs:
            outer.add_paragraph()
        write(outer.paragraphs[-1], "", Look(self.look.font, 2.0))
        self._fact_rows(inner, rows, 0)
        for k, pair in enumerate(PAIRS):
            self._pair(table, 1 + 2 * k, sheet, pair)

    def _apart(self, sheet: Sheet, rows: list[tuple[str, list[str]]], width: float) -> None:
        widths = self._widths(width)
        table = self._table(len(rows), widths)
        self._fact_rows(table, rows, 1)
        self._agency(table.cell(0, 0).merge(table.cell(len(rows) - 1, 0)), sheet)
        write(self.document.add_paragraph(), "", Look(self.look.font, 3.0))
        below = self._table(2 * len(PAIRS), [widths[0], width - widths[0]])
        for k, pair in enumerate(PAIRS):
            self._pair(below, 2 * k, sheet, pair)

    def _pair(self, table: Table, row: int, sheet: Sheet, pair: tuple[str, str]) -> None:
        for column, key in enumerate(pair):
            head = table.cell(row, column)
            fill_cell(head, [label(self.rng, self.words, key)], self.look, bold=True)
            shade(head, self.look.head_fill)
            self._items(table.cell(row + 1, column), items(sheet, key))

    def _items(self, cell: _Cell, texts: list[str]) -> None:
        way = self.style.lists
        typed = [f"{i}. {t}" for i, t in enumerate(texts, 1)] if len(texts) > 1 else texts
        if way == "typed":
            fill_cell(cell, typed, self.look)
        elif way == "breaks":
            fill_cell(cell, ["\n".join(typed)], self.look)
        else:
            fill_cell(cell, texts, self.look)
            if len(texts) > 1:
                number = self.numbering.start(self.style.number_form)
                for paragraph in cell.paragraphs:
                    numbered(paragraph, number)
