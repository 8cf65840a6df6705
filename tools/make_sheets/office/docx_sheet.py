"""A whole DOCX: identity parts, step tables and the flow drawn over them."""

from __future__ import annotations

import io
import random
from dataclasses import replace
from typing import Literal, cast
from xml.sax.saxutils import escape

import docx
from docx.document import Document as DocxDocument
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import Table, _Cell

from tools.make_sheets.agencies import Agency
from tools.make_sheets.decoys import decree
from tools.make_sheets.flow import FlowTruth
from tools.make_sheets.office.docx_form import FormWriter
from tools.make_sheets.office.docx_shapes import Origin, group_run, shape_run
from tools.make_sheets.office.docx_style import PAGES_PT, DocxStyle
from tools.make_sheets.office.docx_text import (
    Look,
    element,
    fill_cell,
    middle,
    numbered,
    pr_order,
    row_height,
    set_widths,
    shade,
    write,
)
from tools.make_sheets.office.pieces import Piece, build_pieces
from tools.make_sheets.office.place import STACK_PT, Frame, make_sizes, place_marks, plan_flow
from tools.make_sheets.office.route import draw_flow
from tools.make_sheets.office.table import (
    CELL_PAD_PT,
    Columns,
    fits,
    header_height,
    make_columns,
    place_rows,
    row_heights,
    split_pages,
    texts_of,
)
from tools.make_sheets.office.vml import shape_types
from tools.make_sheets.office.zipparts import pack, unpack
from tools.make_sheets.sheet import Sheet
from tools.make_sheets.wording import Words

_OLD_WORD = "Mengusulkan"  # what tracked changes take out
_IDS_PER_SOP = 500  # python-docx numbers its pictures from the highest id on
_SPARE_PT = 30.0  # left at the foot of a page: rows may come out a little higher
_TITLE_PT = 24.0  # exact height of the line above a step table


class DocxWriter:
    """Puts sheets into one document, one after the other."""

    def __init__(self, rng: random.Random, words: Words, style: DocxStyle) -> None:
        self.rng, self.words, self.style = rng, words, style
        self.document = _new_document(style)
        self.form = FormWriter(self.document, rng, words, style.form, style.look)
        self.next_id = 2
        self.types_written = style.wrap == "drawing"

    @property
    def width(self) -> float:
        return PAGES_PT[self.style.paper][0] - 2 * self.style.margin_pt

    def add(self, sheet: Sheet, flow: FlowTruth, first: bool) -> bool:
        """Write one SOP; False when its flow cannot be drawn clearly."""
        if not first:
            self._break()
        self.next_id += _IDS_PER_SOP
        self.form.write(sheet, self.width)
        return self._steps(sheet, flow)

    def cover(self, agency: Agency, names: list[str]) -> None:
        """A title page, perhaps a decree, and the list of what follows; then a new page."""
        big = replace(self.style.look, size_pt=16.0)
        lines = ["", "", "KUMPULAN STANDAR OPERASIONAL PROSEDUR", "(SOP)", "", agency.nama.upper()]
        for line in [*lines, agency.wilayah.upper(), "", str(self.rng.randint(2018, 2024))]:
            write(self.document.add_paragraph(), line, big, True, "center")
        if self.style.decree:
            self._break()
            for line in decree(self.rng, agency).splitlines():
                write(self.document.add_paragraph(), line, self.style.look)
        self._break()
        write(self.document.add_paragraph(), "DAFTAR ISI", self.style.look, True, "center")
        for k, name in enumerate(names, 1):
            write(
                self.document.add_paragraph(),
                f"{k}. SOP {name} {'.' * 20} {2 * k + 1}",
                self.style.look,
            )
        self._break()

    def _break(self) -> None:
        write(
            self.document.add_paragraph(), "", Look(size_pt=2.0)
        ).paragraph_format.page_break_before = True

    def _steps(self, sheet: Sheet, flow: FlowTruth) -> bool:
        style, size = self.style, self.style.look.size_pt
        columns = make_columns(self.rng, self.words, sheet, self.width, size, grow=False)
        spare = self.rng.choice((0.0, 4.0, 10.0))
        room = PAGES_PT[style.paper][1] - 2 * style.margin_pt - _TITLE_PT - _SPARE_PT
        head = [19.0, header_height(columns, size), *([13.0] if style.count_row else [])]
        rough = row_heights(sheet, columns, (), size, spare)
        pages = split_pages(rough, room - sum(head))
        whole = self.form.height(sheet, self.width) + sum(rough) + sum(head) + 2 * STACK_PT
        new_page = style.new_page or whole > room
        plan = plan_flow(self.rng, flow, pages)
        if plan is None:
            return False
        heights = row_heights(sheet, columns, plan.marks, size, spare)
        if not fits(heights, pages, room - sum(head) + _SPARE_PT):
            return False
        sizes = make_sizes(self.rng)
        number = self.form.numbering.start(self.rng.choice(("%1", "%1.")), 12.0)
        lanes = tuple(columns.lane(k) for k in range(len(sheet.actors)))
        for page, rows in enumerate(pages):
            headed = page == 0 or self.rng.random() < 0.6
            tops = head if headed else []
            frame = Frame(lanes, place_rows(heights, rows, sum(tops)))
            boxes = place_marks(self.rng, frame, sizes, plan.marks)
            drawing = draw_flow(self.rng, frame, boxes, plan.edges, style.ink.joins > 0)
            if not drawing.clear:
                return False
            pieces = build_pieces(self.rng, style.ink, drawing, plan.marks, self.next_id)
            self.next_id += len(pieces) + 2
            title = self._title(sheet, page, new_page)
            table = self._table(columns, tops, rows, heights, sheet, number)
            self._hang(pieces, title, table, columns, frame, len(tops) - rows[0])
        return True

    def _title(self, sheet: Sheet, page: int, new_page: bool) -> object:
        text = f"SOP {sheet.nama_title}".upper() if self.rng.random() < 0.6 else ""
        if page:
            text = f"- {page + 1} -" if self.rng.random() < 0.3 else ""
        paragraph = write(self.document.add_paragraph(), text, self.style.look, True, "center")
        paragraph.paragraph_format.line_spacing = Pt(_TITLE_PT)
        paragraph.paragraph_format.page_break_before = page > 0 or new_page
        return paragraph._p

    def _table(
        self,
        columns: Columns,
        tops: list[float],
        rows: range,
        heights: list[float],
        sheet: Sheet,
        number: int,
    ) -> Table:
        table = self.document.add_table(len(tops) + len(rows), len(columns.widths))
        table.style = "Table Grid"
        set_widths(table, list(columns.widths))
        if tops:
            self._header(table, columns, len(tops))
        for k, height in enumerate(tops):
            row_height(table, k, height, exact=True, repeat=True)
        for k, row in enumerate(rows, len(tops)):
            self._row(table, k, sheet, row, number)
            row_height(table, k, heights[row], self.style.exact)
        return cast(Table, table)

    def _header(self, table: Table, columns: Columns, count: int) -> None:
        names, actors = columns.names, len(columns.actors)
        look, last = self.style.look, len(columns.widths) - 1
        groups = [(2, 1 + actors, names["pelaksana"]), (last - 3, last - 1, names["mutu_baku"])]
        for at, key in ((0, "no"), (1, "kegiatan"), (last, "keterangan")):
            cell = table.cell(0, at).merge(table.cell(1, at))
            fill_cell(cell, [names[key]], look, True, "center")
            middle(cell)
            shade(cell, look.head_fill)
        for start, end, name in groups:
            cell = table.cell(0, start).merge(table.cell(0, end))
            fill_cell(cell, [name], look, True, "center")
            middle(cell)
            shade(cell, look.head_fill)
        below = [*columns.actors, names["kelengkapan"], names["waktu"], names["output"]]
        for k, name in enumerate(below, 2):
            fill_cell(table.cell(1, k), [name], look, True, "center")
            middle(table.cell(1, k))
            shade(table.cell(1, k), look.head_fill)
        if count > 2 and self.style.count_row:
            for k in range(last + 1):
                fill_cell(
                    table.cell(2, k), [self.style.count_row.format(k + 1)], look, False, "center"
                )

    def _row(self, table: Table, k: int, sheet: Sheet, row: int, number: int) -> None:
        step, look = sheet.steps[row], self.style.look
        cells = table.rows[k].cells
        if self.style.numbers == "word":
            fill_cell(cells[0], [""], look)
            numbered(cells[0].paragraphs[0], number)
        else:
            fill_cell(cells[0], [str(step.no)], look, align="center")
        middle(cells[0])
        for at, text in enumerate(texts_of(step, len(sheet.actors)), 1):
            lane = 2 <= at < 2 + len(sheet.actors)
            fill_cell(cells[at], [text], look, align="left" if at == 1 else "center")
            if not lane:
                middle(cells[at])
                if self.style.tracked and text and self.rng.random() < 0.15:
                    self._track(cells[at])

    def _track(self, cell: _Cell) -> None:
        """Show the first word of a cell as put in the place of another."""
        run = cell.paragraphs[0].runs[0]
        first, _, rest = run.text.partition(" ")
        run.text = f" {rest}" if rest else ""
        look = f'<w:rPr><w:sz w:val="{round(self.style.look.size_pt * 2)}"/></w:rPr>'
        by = (
            f'w:id="{self.rng.randrange(9000, 9999)}" w:author="Staf" w:date="2021-01-04T02:00:00Z"'
        )
        for change in (
            f"<w:del {by}><w:r>{look}<w:delText>{_OLD_WORD}</w:delText></w:r></w:del>",
            f"<w:ins {by}><w:r>{look}<w:t>{escape(first)}</w:t></w:r></w:ins>",
        ):
            run._r.addprevious(element(change))

    def _hang(
        self,
        pieces: list[Piece],
        title: object,
        table: Table,
        columns: Columns,
        frame: Frame,
        offset: int,
    ) -> None:
        """Anchor the shapes: `offset` is what a step's row index is moved by in this table."""
        style = self.style
        above = Origin(0.0, -_TITLE_PT)
        if style.anchors == "page":
            above = Origin(-style.margin_pt, -_TITLE_PT - style.margin_pt, "page", "page")
        if style.anchors in ("group", "canvas"):
            kind: Literal["wpg", "wpc"] = "wpg" if style.anchors == "group" else "wpc"
            self._put(
                title, group_run(pieces, style.ink, above, self.next_id - 1, kind, style.scale)
            )
            return
        first = min(frame.rows)
        for piece in pieces:
            in_cells = style.anchors == "cells" or (
                style.anchors == "mixed" and piece.kind == "symbol"
            )
            at = piece.anchor if in_cells else ((first, 0) if style.anchors == "first" else None)
            if at is None:
                self._put(title, shape_run(piece, style.ink, above, style.wrap, False))
                continue
            row, lane = at
            origin = Origin(columns.lane(lane)[0] + CELL_PAD_PT, frame.rows[row][0])
            cell = table.cell(row + offset, columns.first_lane + lane)
            self._put(cell.paragraphs[0]._p, shape_run(piece, style.ink, origin, style.wrap, True))

    def _put(self, paragraph: object, run: str) -> None:
        if not self.types_written:
            run = run.replace("<w:pict>", f"<w:pict>{shape_types()}", 1)
            self.types_written = True
        paragraph.append(element(run))  # type: ignore[attr-defined]

    def save(self) -> bytes:
        """The file's bytes, the same for the same content."""
        pr_order(self.document)
        found = io.BytesIO()
        self.document.save(found)
        return pack(unpack(found.getvalue()))


def _new_document(style: DocxStyle) -> DocxDocument:
    document = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    width, height = PAGES_PT[style.paper]
    section.page_width, section.page_height = Pt(width), Pt(height)
    margin = Pt(style.margin_pt)
    section.left_margin = section.right_margin = margin
    section.top_margin = section.bottom_margin = margin
    section.header_distance = section.footer_distance = Pt(18)
    if style.page_border:
        sides = "".join(
            f'<w:{side} w:val="{style.page_border}" w:sz="6" w:space="12" w:color="auto"/>'
            for side in ("top", "left", "bottom", "right")
        )
        border = element(f'<w:pgBorders w:offsetFrom="page">{sides}</w:pgBorders>')
        section._sectPr.find(qn("w:pgMar")).addnext(border)
    if style.footer:
        write(section.footer.paragraphs[0], style.footer, Look(size_pt=6.0))
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")  # tables begin at the margin, as since Word 2013
    return document
