"""An Excel workbook, one sheet per table, written row by row."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import WorkbookAlreadySaved
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.writer.excel import ExcelWriter

from sopextract.core.spreadsheet import MAX_ROWS, cell_text, defuse, printable
from sopextract.core.workbook import DatelessZip
from sopextract.export.rows import Row
from sopextract.export.schema import Kind, Table
from sopextract.export.sink import Limits

_WIDE, _NARROW = 32, 11  # characters: a name or some words, a number or a date
_FIRST_YEAR = 1900  # Excel's calendar begins there; an earlier date stays a text


class ExcelFile:
    """Sheets `sop`, `langkah`, …; where one is full, `langkah_2` goes on."""

    def __init__(self, path: Path, tables: Sequence[Table], max_rows: int = MAX_ROWS) -> None:
        self._path, self._max_rows = path, max_rows
        self._book = Workbook(write_only=True)
        self._sheets: dict[str, list[_Sheet]] = {}
        for table in tables:
            self._sheets[table.name] = [_Sheet(self._book, table, table.name)]
        self._cut_cells = 0
        self._first_cut: tuple[str, str, str] | None = None

    def add(self, table: Table, rows: Sequence[Row]) -> None:
        """See `Sink`."""
        for row in rows:
            sheets = self._sheets[table.name]
            if sheets[-1].rows >= self._max_rows:
                name = f"{table.name}_{len(sheets) + 1}"
                place = self._book.sheetnames.index(sheets[-1].sheet.title) + 1
                sheets.append(_Sheet(self._book, table, name, place))
            for column in sheets[-1].append(row):
                self._cut_cells += 1
                self._first_cut = self._first_cut or (table.name, column, str(row[0]))

    def close(self) -> Limits:
        """See `Sink`."""
        ExcelWriter(self._book, DatelessZip(self._path)).save()  # which closes the archive
        more = tuple(s.sheet.title for sheets in self._sheets.values() for s in sheets[1:])
        return Limits(self._cut_cells, self._first_cut, more)

    def abort(self) -> None:
        """See `Sink`."""
        for sheets in self._sheets.values():
            for sheet in sheets:
                sheet.abort()


class _Sheet:
    """One sheet that is being written."""

    def __init__(self, book: Workbook, table: Table, name: str, place: int | None = None) -> None:
        self._table = table
        self.sheet: WriteOnlyWorksheet = book.create_sheet(name, place)
        self.sheet.freeze_panes = "B2"
        for number, column in enumerate(table.columns, 1):
            width = _WIDE if column.kind is Kind.TEXT else _NARROW
            self.sheet.column_dimensions[get_column_letter(number)].width = width
        self.sheet.append([column.name for column in table.columns])
        self.rows = 1
        self._dates = [column.kind is Kind.DATE for column in table.columns]

    def append(self, row: Row) -> list[str]:
        """Write one row and give the columns whose text had to be cut."""
        cut: list[str] = []
        cells: list[object] = []
        for i, value in enumerate(row):
            if isinstance(value, str):
                text, whole = cell_text(defuse(printable(value)))
                cut += [] if whole else [self._table.columns[i].name]
                cells.append(self._date(text) if self._dates[i] else self._plain(text))
            else:
                cells.append(value)
        self.sheet.append(cells)
        self.rows += 1
        return cut

    def _plain(self, text: str) -> Cell:
        cell = Cell(self.sheet, 1, 1, text)
        cell.data_type = "s"  # a text, whatever it begins with
        return cell

    def _date(self, text: str) -> date | Cell:
        day = date.fromisoformat(text)
        return day if day.year >= _FIRST_YEAR else self._plain(text)

    def abort(self) -> None:
        """Close the sheet's own temporary file, which openpyxl removes at the end."""
        with suppress(WorkbookAlreadySaved):
            self.sheet.close()
