"""One worksheet while it is filled: columns, rows, merged cells with rules around them."""

from __future__ import annotations

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tools.make_sheets.office.pieces import DARK_FILLS
from tools.make_sheets.office.table import Columns
from tools.make_sheets.office.xlsx_drawing import Ruler
from tools.make_sheets.office.xlsx_style import XlsxStyle
from tools.make_sheets.office.xlsx_zip import Cached

PX_PER_PT = 96 / 72
_PX_PER_CHAR = 7  # width of a digit in Calibri 11, in which Excel counts column widths
_ROW_STEP_PT = 0.75  # Excel keeps row heights in whole pixels


class Page:
    """One worksheet while it is filled; rows and columns count from 0."""

    def __init__(self, sheet: Worksheet, style: XlsxStyle) -> None:
        self.sheet, self.style = sheet, style
        self.ruler = Ruler()
        self.row = 0
        self.cached: Cached = {}
        self.anchors: list[str] = []
        self.next_id = 2
        self.nama = ""  # the cell that holds the name of the last SOP
        self.logo: bytes | None = None
        self.columns: Columns | None = None
        self.spans: list[tuple[int, int]] = []
        self.side = Side(style=style.rule)

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
        """A value into an area (row, column, last row, last column), merged where it is large."""
        top, left, bottom, right = area
        if border:
            self.frame(area)
        cell = self.sheet.cell(top + 1, left + 1)
        cell.value = value  # type: ignore[assignment]
        look = self.style
        cell.font = Font(name=look.font, size=look.size_pt, bold=bold)
        if fill in DARK_FILLS:
            cell.font = Font(name=look.font, size=look.size_pt, bold=bold, color="FFFFFFFF")
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
                    left=self.side if column == left else None,
                    right=self.side if column == right else None,
                    top=self.side if row == top else None,
                    bottom=self.side if row == bottom else None,
                )

    def width(self, left: int, right: int) -> float:
        return self.ruler.columns[right + 1] - self.ruler.columns[left]
