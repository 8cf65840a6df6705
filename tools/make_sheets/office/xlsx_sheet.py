"""A whole XLSX: worksheets with identity parts, step tables and the flow drawn over them."""

from __future__ import annotations

import datetime
import io
import random
import re
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.drawing.image import Image
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from tools.make_sheets.flow import FlowTruth
from tools.make_sheets.form import PAIRS, items, label, upper_agency
from tools.make_sheets.office.docx_form import signature
from tools.make_sheets.office.measure import text_height
from tools.make_sheets.office.pieces import Ink, build_pieces, make_ink, seen_box
from tools.make_sheets.office.place import Frame, make_sizes, place_marks, plan_flow
from tools.make_sheets.office.route import draw_flow
from tools.make_sheets.office.table import (
    Columns,
    header_height,
    make_columns,
    row_heights,
    split_pages,
    texts_of,
)
from tools.make_sheets.office.xlsx_drawing import (
    AnchorKind,
    Ruler,
    anchor,
    drawing_part,
    group,
    shape,
)
from tools.make_sheets.office.xlsx_zip import Cached, finish
from tools.make_sheets.sheet import Sheet, When
from tools.make_sheets.wording import Words

PX_PER_PT = 96 / 72
_PX_PER_CHAR = 7  # width of a digit in Calibri 11, in which Excel counts column widths
_ROW_STEP_PT = 0.75  # Excel keeps row heights in whole pixels
_TOTAL_PT = 760.0  # width of a sheet; printed to fit a landscape page
_PAGE_ROOM_PT = 470.0  # height that a landscape page takes at about that width
_DATE_FORMATS = ("d mmmm yyyy", "[$-421]dd mmmm yyyy;@", "dd/mm/yyyy", "[$-3809]dd mmmm yyyy;@")
_MONTH_FORMATS = ("mmmm yyyy", "[$-421]mmmm yyyy;@")
_AMOUNT = re.compile(r"(\d+) (Menit|menit|Jam|jam|Hari|hari)")


@dataclass(frozen=True)
class XlsxStyle:
    """How one workbook is built.

    `narrow`: every column is made of narrow ones, joined by merges. `item_rows`: every item of a
    list has a row of its own. `sub_rows`: worksheet rows per step. `pages`: the step table is cut
    by page breaks, with pentagons. `offset`: empty columns and rows before the sheet.
    """

    ink: Ink
    narrow: bool
    item_rows: bool
    sub_rows: int
    pages: bool
    offset: tuple[int, int]
    anchor: AnchorKind
    edit_as: str
    grouped: bool
    scale: float
    real_dates: bool
    real_amounts: bool
    formulas: bool
    count_row: str | None
    logo: bool
    size_pt: float
    font: str
    head_fill: str | None
    hidden_row: bool


def make_xlsx_style(rng: random.Random, held_out: bool) -> XlsxStyle:
    """One author's workbook."""
    kinds: tuple[AnchorKind, ...] = ("two", "two", "two", "one")
    return XlsxStyle(
        ink=make_ink(rng, held_out),
        narrow=rng.random() < 0.4,
        item_rows=rng.random() < 0.5,
        sub_rows=rng.choice((1, 1, 1, 2, 3)),
        pages=rng.random() < 0.3,
        offset=rng.choice(((0, 0), (0, 1), (1, 1), (1, 2))),
        anchor=rng.choice((*kinds, "absolute") if held_out else kinds),
        edit_as=rng.choice(("", "", "oneCell", "absolute")),
        grouped=rng.random() < (0.25 if held_out else 0.12),
        scale=rng.choice((1.0, 1.0, 0.5, 1.37)),
        real_dates=rng.random() < 0.6,
        real_amounts=rng.random() < 0.3,
        formulas=rng.random() < 0.4,
        count_row=rng.choice((None, None, "{}", "({})")),
        logo=rng.random() < 0.6,
        size_pt=rng.choice((8.0, 9.0, 9.0, 10.0)),
        font=rng.choice(("Arial", "Arial", "Calibri", "Tahoma", "Bookman Old Style")),
        head_fill=rng.choice((None, None, "D9D9D9", "BDD7EE", "FFE699")),
        hidden_row=rng.random() < 0.1,
    )


_THIN = Side(style="thin")


class Page:
    """One worksheet while it is filled; rows and columns count from 0."""

    def __init__(self, sheet: Worksheet, style: XlsxStyle) -> None:
        self.sheet, self.style = sheet, style
        self.ruler = Ruler()
        self.row = 0
        self.cached: Cached = {}
        self.anchors: list[str] = []
        self.next_id = 2

    def add_column(self, width_pt: float) -> None:
        """The next column, in whole pixels."""
        pixels = max(round(width_pt * PX_PER_PT), 3)
        index = len(self.ruler.columns)
        self.sheet.column_dimensions[get_column_letter(index)].width = pixels / _PX_PER_CHAR
        self.ruler.columns.append(self.ruler.columns[-1] + pixels / PX_PER_PT)

    def add_row(self, height_pt: float, hidden: bool = False) -> int:
        """The next row; gives its index."""
        steps = -(-height_pt // _ROW_STEP_PT)
        height = steps * _ROW_STEP_PT
        dimension = self.sheet.row_dimensions[self.row + 1]
        dimension.height = height
        if hidden:
            dimension.hidden, height = True, 0.0
        self.ruler.rows.append(self.ruler.rows[-1] + height)
        self.row += 1
        return self.row - 1

    def put(
        self,
        area: tuple[int, int, int, int],
        value: object,
        bold: bool = False,
        align: str = "left",
        vertical: str = "center",
        fill: str | None = None,
        number_format: str = "General",
        border: bool = True,
    ) -> None:
        """A value into (row, first column, last row, last column), merged if it is larger than one."""
        top, left, bottom, right = area
        if border:
            self.frame(area)
        cell = self.sheet.cell(top + 1, left + 1)
        cell.value = value  # type: ignore[assignment]
        cell.font = Font(name=self.style.font, size=self.style.size_pt, bold=bold)
        cell.alignment = Alignment(horizontal=align, vertical=vertical, wrap_text=True)
        cell.number_format = number_format
        if fill:
            cell.fill = PatternFill("solid", fgColor=fill)
        if (top, left) != (bottom, right):
            self.sheet.merge_cells(
                start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1
            )

    def frame(self, area: tuple[int, int, int, int]) -> None:
        """Rules around an area."""
        top, left, bottom, right = area
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                self.sheet.cell(row + 1, column + 1).border = Border(
                    left=_THIN if column == left else None,
                    right=_THIN if column == right else None,
                    top=_THIN if row == top else None,
                    bottom=_THIN if row == bottom else None,
                )

    def width(self, left: int, right: int) -> float:
        return self.ruler.columns[right + 1] - self.ruler.columns[left]


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
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = self.rng.choice((9, 9, 5, 1))
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_setup.fitToWidth = 1
        sheet.page_setup.fitToHeight = 0
        sheet.page_margins.left = sheet.page_margins.right = 0.4
        sheet.page_margins.top = sheet.page_margins.bottom = 0.5
        page = Page(sheet, self.style)
        self.pages[len(self.book.worksheets)] = page
        return page

    def add(self, page: Page, sheet: Sheet, flow: FlowTruth) -> bool:
        """Write one SOP below what the page holds; False when its flow cannot be drawn clearly."""
        size = self.style.size_pt
        columns = make_columns(self.rng, self.words, sheet, _TOTAL_PT, size)
        spans = self._columns(page, columns)
        for _ in range(self.style.offset[1] if page.row == 0 else 3):
            page.add_row(15)
        self._identity(page, sheet, spans)
        page.add_row(15)
        return self._steps(page, sheet, flow, columns, spans)

    def _columns(self, page: Page, columns: Columns) -> list[tuple[int, int]]:
        """First and last worksheet column of every step column."""
        if len(page.ruler.columns) > 1:
            raise ValueError("a second sheet below needs the columns of the first")
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

    def _cut(self, page: Page, spans: list[tuple[int, int]], share: float) -> int:
        """The worksheet column that begins nearest to a share of the table's width."""
        first, last = spans[0][0], spans[-1][1]
        left, right = page.ruler.columns[first], page.ruler.columns[last + 1]
        goal = left + (right - left) * share
        return min(range(first + 2, last), key=lambda c: abs(page.ruler.columns[c] - goal))

    def _identity(self, page: Page, sheet: Sheet, spans: list[tuple[int, int]]) -> None:
        first, last = spans[0][0], spans[-1][1]
        middle = self._cut(page, spans, self.rng.uniform(0.5, 0.58))
        value = max(middle + 1, self._cut(page, spans, 0.72))
        size = self.style.size_pt
        top = page.row
        signed = signature(self.rng, sheet)
        facts: list[tuple[str, object, str]] = [(label(self.rng, self.words, "nomor_sop"), sheet.nomor, "General")]  # fmt: skip
        for key, when in sheet.dates.items():
            shown, form = self._date(when)
            facts.append((label(self.rng, self.words, key), shown, form))
        facts.append((label(self.rng, self.words, "disahkan_oleh"), "\n".join(signed), "General"))
        facts.append((label(self.rng, self.words, "nama_sop"), sheet.nama, "General"))
        for name, shown, form in facts:
            text = str(shown or "")
            high = max(15.0, text_height(text, page.width(value, last) - 6, size) + 4)
            row = page.add_row(high)
            is_signed = "\n" in text
            page.put((row, middle, row, value - 1), name)
            page.put(
                (row, value, row, last), shown or None, number_format=form,
                align="center" if is_signed else "left", bold=text == sheet.nama,
            )  # fmt: skip
        self._agency(page, sheet, (top, first, page.row - 1, middle - 1))
        for pair in PAIRS:
            row = page.add_row(15)
            for key, left, right in ((pair[0], first, middle - 1), (pair[1], middle, last)):
                page.put((row, left, row, right), label(self.rng, self.words, key), bold=True, fill=self.style.head_fill)  # fmt: skip
            self._items(page, sheet, pair, (first, middle, last))

    def _agency(self, page: Page, sheet: Sheet, area: tuple[int, int, int, int]) -> None:
        lines = upper_agency(sheet, self.rng)
        page.put(area, "\n".join(lines), bold=True, align="center", vertical="bottom" if self.style.logo else "center")  # fmt: skip

    def _date(self, when: When) -> tuple[object, str]:
        """A real date with its format, or the text."""
        if not self.style.real_dates or when.iso is None:
            return when.shown, "General"
        year, month, *day = (int(part) for part in when.iso.split("-"))
        formats = _DATE_FORMATS if day else _MONTH_FORMATS
        return datetime.date(year, month, day[0] if day else 1), self.rng.choice(formats)

    def _items(
        self, page: Page, sheet: Sheet, pair: tuple[str, str], edges: tuple[int, int, int]
    ) -> None:
        first, middle, last = edges
        size = self.style.size_pt
        halves = [(pair[0], first, middle - 1), (pair[1], middle, last)]
        texts = [_numbered(items(sheet, key)) for key, _, _ in halves]
        if not self.style.item_rows:
            joined = ["\n".join(text) for text in texts]
            high = max(
                text_height(text, page.width(left, right) - 6, size)
                for text, (_, left, right) in zip(joined, halves, strict=True)
            )
            row = page.add_row(max(15.0, high + 4))
            for text, (_, left, right) in zip(joined, halves, strict=True):
                page.put((row, left, row, right), text, vertical="top")
            return
        for k in range(max(len(text) for text in texts)):
            shown = [text[k] if k < len(text) else "" for text in texts]
            high = max(
                text_height(text, page.width(left, right) - 6, size)
                for text, (_, left, right) in zip(shown, halves, strict=True)
            )
            row = page.add_row(max(13.5, high + 2))
            for text, (_, left, right) in zip(shown, halves, strict=True):
                page.put((row, left, row, right), text or None, vertical="top")

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
        pages = split_pages(rough, _PAGE_ROOM_PT) if self.style.pages else (range(len(rough)),)
        plan = plan_flow(self.rng, flow, pages)
        if plan is None:
            return False
        heights = row_heights(sheet, columns, plan.marks, size, spare)
        sizes = make_sizes(self.rng)
        if self.rng.random() < 0.6:
            row = page.add_row(18)
            page.put((row, spans[0][0], row, spans[-1][1]), f"SOP {sheet.nama_title.upper()}", True, "center", border=False)  # fmt: skip
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
            drawing = draw_flow(self.rng, frame, boxes, plan.edges)
            if not drawing.clear:
                return False
            pieces = build_pieces(self.rng, ink, drawing, plan.marks, page.next_id)
            page.next_id += len(pieces) + 1
            if self.style.grouped:
                page.anchors.append(group(page.ruler, pieces, ink, page.next_id - 1, self.style.scale))  # fmt: skip
            else:
                page.anchors += [
                    anchor(page.ruler, seen_box(p), shape(p, ink), self.style.anchor, self.style.edit_as)  # fmt: skip
                    for p in pieces
                ]
        return True

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
                page.put((row, first, row, end), int(shown) if shown.isdigit() else shown, align="center")  # fmt: skip

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
        page.put((top, spans[0][0], low, spans[0][1]), number, align="center")
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
            page.put((top, first, low, end), value, align="left" if at == 1 else "center", number_format=form)  # fmt: skip
        return top, top

    def save(self) -> bytes:
        """The file's bytes, the same for the same content."""
        found = io.BytesIO()
        self.book.save(found)
        drawings = {n: drawing_part(page.anchors) for n, page in self.pages.items() if page.anchors}
        return finish(found.getvalue(), drawings, {n: page.cached for n, page in self.pages.items()})


def _numbered(texts: list[str]) -> list[str]:
    return [f"{i}. {t}" for i, t in enumerate(texts, 1)] if len(texts) > 1 else texts


_ = Image
