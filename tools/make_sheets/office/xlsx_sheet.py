"""A whole XLSX: worksheets with identity parts, step tables and the flow drawn over them."""

from __future__ import annotations

import io
import random
import re
from dataclasses import replace

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from tools.make_sheets.agencies import Agency
from tools.make_sheets.flow import FlowTruth
from tools.make_sheets.office.pieces import Piece, build_pieces, seen_box
from tools.make_sheets.office.place import Frame, make_sizes, place_marks, plan_flow
from tools.make_sheets.office.route import draw_flow
from tools.make_sheets.office.table import (
    Columns,
    fits,
    header_height,
    make_columns,
    row_heights,
    split_pages,
    texts_of,
)
from tools.make_sheets.office.xlsx_drawing import (
    anchor,
    drawing_part,
    group,
    shape,
)
from tools.make_sheets.office.xlsx_form import XlsxForm
from tools.make_sheets.office.xlsx_page import Page
from tools.make_sheets.office.xlsx_style import XlsxStyle
from tools.make_sheets.office.xlsx_zip import SheetParts, finish
from tools.make_sheets.sheet import Sheet
from tools.make_sheets.wording import Words

_TOTAL_PT = 760.0  # width of a sheet; printed to fit a landscape page
_PAGE_ROOM_PT = 510.0  # height of A4 landscape without margins, a little less
_AMOUNT = re.compile(r"(\d+) (Menit|menit|Jam|jam|Hari|hari)")


class XlsxWriter:
    """Puts sheets into one workbook."""

    def __init__(self, rng: random.Random, words: Words, style: XlsxStyle) -> None:
        self.rng, self.words, self.style = rng, words, style
        self.book = Workbook()
        self.book.remove(self.book.worksheets[0])
        self.pages: dict[int, Page] = {}

    def new_page(self, title: str) -> Page:
        """A worksheet for SOPs."""
        sheet = self.book.create_sheet(title)
        self._set_up(sheet)
        page = Page(sheet, self.style)
        self.pages[len(self.book.worksheets)] = page
        return page

    def _set_up(self, sheet: Worksheet) -> None:
        """Landscape, fitted to the width of a page."""
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = self.rng.choice((9, 9, 5, 1))
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_setup.fitToWidth = 1
        sheet.page_setup.fitToHeight = 0
        footer = sheet.oddFooter
        if self.style.footer and footer is not None:
            for side, text in ((footer.left, "&Z&F"), (footer.right, "Dicetak &D &T")):
                if side is not None:
                    side.text = text
        if self.style.frozen:
            sheet.freeze_panes = "C4"
            sheet.sheet_view.zoomScale = 70
        sheet.page_margins.left = sheet.page_margins.right = 0.4
        sheet.page_margins.top = sheet.page_margins.bottom = 0.5

    def add(self, page: Page, sheet: Sheet, flow: FlowTruth) -> bool:
        """Write one SOP below what the page holds; False when its flow cannot be drawn clearly.

        An author who keeps them apart puts the step table on a worksheet of its own.
        """
        self._identity(page, sheet)
        if self.style.apart:
            page = self.new_page(f"Flowchart {len(self.pages) // 2 + 1}")
            self._columns(page, sheet)
            page.nama = ""
        else:
            page.add_row(15)
            if self.style.pages:
                page.sheet.row_breaks.append(Break(id=page.row))
        columns = self._columns(page, sheet)
        drawn = self._steps(page, sheet, flow, columns, page.spans)
        if self.style.print_area and drawn:
            page.sheet.print_area = f"A1:{get_column_letter(len(page.ruler.columns) - 1)}{page.row}"
        return drawn

    def _columns(self, page: Page, sheet: Sheet) -> Columns:
        """Columns for a sheet: those of the page once it has some, under the sheet's own names."""
        columns = make_columns(
            self.rng, self.words, sheet, _TOTAL_PT, self.style.size_pt, grow=True
        )
        if page.columns is None:
            page.columns, page.spans = columns, self._spans(page, columns)
        return replace(columns, widths=page.columns.widths)

    def _identity(self, page: Page, sheet: Sheet) -> None:
        self._columns(page, sheet)
        for _ in range(self.style.offset[1] if page.row == 0 else 3):
            page.add_row(15)
        if page.anchors and self.style.pages:
            page.sheet.row_breaks.append(Break(id=page.row))
        XlsxForm(self.rng, self.words, self.style).write(page, sheet, page.spans)

    def cover(self, agency: Agency, names: list[str]) -> None:
        """A worksheet with the list of the SOPs in the others."""
        sheet = self.book.create_sheet("DAFTAR SOP")
        self._set_up(sheet)
        sheet["B2"] = "DAFTAR STANDAR OPERASIONAL PROSEDUR"
        sheet["B3"] = agency.nama.upper()
        sheet["B5"], sheet["C5"] = "NO", "NAMA SOP"
        for k, name in enumerate(names, 1):
            sheet[f"B{5 + k}"], sheet[f"C{5 + k}"] = k, name
        sheet.column_dimensions["C"].width = 60

    def _spans(self, page: Page, columns: Columns) -> list[tuple[int, int]]:
        """First and last worksheet column of every step column."""
        for _ in range(self.style.offset[0]):
            page.add_column(14)
        spans: list[tuple[int, int]] = []
        for width in columns.widths:
            parts = max(1, round(width / self.rng.uniform(16, 24))) if self.style.narrow else 1
            first = len(page.ruler.columns) - 1
            for _ in range(parts):
                page.add_column(width / parts)
            spans.append((first, first + parts - 1))
        return spans

    def _steps(
        self,
        page: Page,
        sheet: Sheet,
        flow: FlowTruth,
        columns: Columns,
        spans: list[tuple[int, int]],
    ) -> bool:
        size, ink = self.style.size_pt, self.style.ink
        spare = self.rng.choice((0.0, 4.0, 10.0))
        rough = row_heights(sheet, columns, (), size, spare)
        room = _PAGE_ROOM_PT - 34 - header_height(columns, size)
        pages = split_pages(rough, room) if self.style.pages else (range(len(rough)),)
        plan = plan_flow(self.rng, flow, pages)
        if plan is None:
            return False
        heights = row_heights(sheet, columns, plan.marks, size, spare)
        if self.style.pages and not fits(heights, pages, room):
            return False
        sizes = make_sizes(self.rng)
        if self.rng.random() < 0.6:
            row = page.add_row(18)
            self._title(page, row, sheet, spans)
        lanes = tuple(
            (page.ruler.columns[first], page.ruler.columns[last + 1])
            for first, last in spans[2 : 2 + len(sheet.actors)]
        )
        number: int | None = None
        for k, rows in enumerate(pages):
            if k:
                page.sheet.row_breaks.append(Break(id=page.row))
            if k == 0 or self.rng.random() < 0.6:
                self._header(page, columns, spans)
            places: dict[int, tuple[float, float]] = {}
            for row in rows:
                if self.style.hidden_row and row == rows[-1] and row:
                    self._hidden(page, sheet, spans)
                start, number = self._row(page, sheet, row, heights[row], spans, number)
                places[row] = (page.ruler.rows[start], page.ruler.rows[page.row])
            frame = Frame(lanes, places)
            boxes = place_marks(self.rng, frame, sizes, plan.marks)
            drawing = draw_flow(self.rng, frame, boxes, plan.edges, self.style.ink.joins > 0)
            if not drawing.clear:
                return False
            pieces = build_pieces(self.rng, ink, drawing, plan.marks, page.next_id)
            page.next_id += len(pieces) + 1
            self._hang(page, pieces)
        if self.style.total_row:
            self._total(page, spans)
        return True

    def _hang(self, page: Page, pieces: list[Piece]) -> None:
        """Anchor the shapes of one page, all or some of them in a group."""
        style, ink = self.style, self.style.ink
        kinds = {"all": ("symbol", "line", "label"), "symbols": ("symbol",)}.get(style.grouped, ())
        together = [piece for piece in pieces if piece.kind in kinds]
        if together:
            page.anchors.append(
                group(page.ruler, together, ink, page.next_id - 1, style.scale, style.nested)
            )
        for piece in pieces:
            if piece.kind not in kinds:
                body = shape(piece, ink)
                hung = anchor(page.ruler, seen_box(piece), body, style.anchor, style.edit_as)
                page.anchors.append(hung)

    def _total(self, page: Page, spans: list[tuple[int, int]]) -> None:
        """A row with the sum of the times below the last step."""
        row, (left, right) = page.add_row(16), spans[-3]
        page.put((row, spans[1][0], row, spans[1][1]), "Jumlah", True)
        total = f"{self.rng.randint(20, 90) * 10} menit"
        page.put((row, left, row, right), total, True, "center")

    def _title(self, page: Page, row: int, sheet: Sheet, spans: list[tuple[int, int]]) -> None:
        """The name above the step table, perhaps taken from the identity part by a formula."""
        text: str = f"SOP {sheet.nama_title.upper()}"
        area = (row, spans[0][0], row, spans[-1][1])
        if self.style.formulas and page.nama:
            page.cached[f"{get_column_letter(area[1] + 1)}{row + 1}"] = f"SOP {sheet.nama.upper()}"
            text = f'="SOP "&UPPER({page.nama})'
        page.put(area, text, True, "center", border=False)

    def _header(self, page: Page, columns: Columns, spans: list[tuple[int, int]]) -> None:
        names, actors, fill = columns.names, len(columns.actors), self.style.head_fill
        top = page.add_row(16)
        low = page.add_row(header_height(columns, self.style.size_pt))
        last = len(spans) - 1
        for at, key in ((0, "no"), (1, "kegiatan"), (last, "keterangan")):
            page.put((top, spans[at][0], low, spans[at][1]), names[key], True, "center", fill=fill)
        groups = ((2, 1 + actors, names["pelaksana"]), (last - 3, last - 1, names["mutu_baku"]))
        for start, end, name in groups:
            page.put((top, spans[start][0], top, spans[end][1]), name, True, "center", fill=fill)
        below = [*columns.actors, names["kelengkapan"], names["waktu"], names["output"]]
        for (first, end), name in zip(spans[2:], below, strict=False):
            page.put((low, first, low, end), name, True, "center", fill=fill)
        if self.style.count_row:
            row = page.add_row(12)
            for k, (first, end) in enumerate(spans, 1):
                shown = self.style.count_row.format(k)
                page.put(
                    (row, first, row, end), int(shown) if shown.isdigit() else shown, align="center"
                )

    def _hidden(self, page: Page, sheet: Sheet, spans: list[tuple[int, int]]) -> None:
        """A row that its author hid instead of deleting it."""
        row = page.add_row(20, hidden=True)
        page.put((row, spans[1][0], row, spans[1][1]), "Menyusun konsep lama (tidak dipakai)")

    def _row(
        self,
        page: Page,
        sheet: Sheet,
        row: int,
        height: float,
        spans: list[tuple[int, int]],
        before: int | None,
    ) -> tuple[int, int]:
        """One step; gives the first worksheet row and that of its number."""
        step, actors = sheet.steps[row], len(sheet.actors)
        top = page.row
        for _ in range(self.style.sub_rows):
            page.add_row(height / self.style.sub_rows)
        low = page.row - 1
        number: object = step.no
        ref = f"{get_column_letter(spans[0][0] + 1)}{top + 1}"
        if self.style.formulas and before is not None and step.no is not None:
            above = f"{get_column_letter(spans[0][0] + 1)}{before + 1}"
            gap = step.no - (sheet.steps[row - 1].no or 0)
            number = f"={above}+{gap}"
            page.cached[ref] = step.no
        place = (top, spans[0][0], low, spans[0][1])
        page.put(place, number, align="center", number_format=self.style.number_format)
        for at, text in enumerate(texts_of(step, actors), 1):
            first, end = spans[at]
            if 2 <= at < 2 + actors:
                page.frame((top, first, low, end))
                if self.style.narrow and self.rng.random() < 0.7:
                    page.put((top, first, low, end), None)
                continue
            value: object = text or None
            form = "General"
            amount = _AMOUNT.fullmatch(text)
            if self.style.real_amounts and amount and at == 2 + actors + 1:
                value, form = int(amount[1]), f'0" {amount[2]}"'
            page.put(
                (top, first, low, end),
                value,
                align="left" if at == 1 else "center",
                number_format=form,
            )
        return top, top

    def save(self) -> bytes:
        """The file's bytes, the same for the same content."""
        if self.style.hidden_sheet:
            hidden = self.book.create_sheet("Ref")
            hidden.sheet_state = "hidden"
            for k, word in enumerate(("Mulai/Selesai", "Proses", "Keputusan", "Arah", "Sambungan")):
                hidden.cell(k + 1, 1).value = word
        found = io.BytesIO()
        self.book.save(found)
        parts = {
            n: SheetParts(
                drawing_part(page.anchors) if page.anchors else None, page.logo, page.cached
            )
            for n, page in self.pages.items()
        }
        return finish(found.getvalue(), parts)
