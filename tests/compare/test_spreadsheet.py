"""Tables as .xlsx: read back by openpyxl, text stays text, same bytes."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from sopextract.compare import spreadsheet
from sopextract.compare.spreadsheet import Column, Heading, Row, Table, letters, render_tables

COLUMNS = (Column("Nama", 20), Column("Jumlah", 8), Column("Mirip", 8, share=True))


def read(*rows: Row, **fields: object) -> Worksheet:
    table = Table("Lembar", COLUMNS, rows, **fields)  # type: ignore[arg-type]  # passed on
    return openpyxl.load_workbook(io.BytesIO(render_tables([table], "Judul")))["Lembar"]


def test_values_come_back() -> None:
    sheet = read(("Dinas & <Badan>", 3, 0.5), (None, None, None), ("baris\ndua", 1.25, None))
    assert list(sheet.values) == [
        ("Nama", "Jumlah", "Mirip"), ("Dinas & <Badan>", 3, 0.5), (None, None, None),
        ("baris\ndua", 1.25, None),
    ]  # fmt: skip
    assert sheet["C2"].number_format == "0%"
    assert sheet["A1"].font.bold
    assert sheet.column_dimensions["A"].width == 20
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:C4"
    assert sheet.print_title_rows == "$1:$1"


@pytest.mark.parametrize("text", ["=1+1", "+62 812", "-", "@SUM(A1)", "  =HYPERLINK(1)"])
def test_what_looks_like_a_formula_is_text(text: str) -> None:
    cell = read((text, None, None))["A2"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix


def test_control_characters_go_and_long_texts_are_cut() -> None:
    sheet = read(("a\x00b\x0bc\u202ed", None, None), ("x" * 40_000, None, None))
    assert sheet["A2"].value == "abcd"
    assert len(sheet["A3"].value) == 32_767


def test_long_texts_have_high_rows() -> None:
    sheet = read(("pendek", 1, None), ("kata " * 20, 1, None))
    short, long = sheet.row_dimensions[2].height, sheet.row_dimensions[3].height
    assert long > 4 * short


def test_plain_sheets_have_no_filter_and_headings_are_bold() -> None:
    sheet = read((Heading("Bagian"), None, None), plain=True, frozen=1)
    assert sheet.auto_filter.ref is None
    assert sheet["A2"].font.bold
    assert sheet.freeze_panes == "B2"


def test_same_bytes_without_a_clock() -> None:
    table = Table("A'B", COLUMNS, [("x", 1, 0.1)])
    data = render_tables([table], "Judul")
    assert data == render_tables([table], "Judul")
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.properties.created == datetime(1980, 1, 1)  # as openpyxl reads it
    assert book.sheetnames == ["A'B"]


def test_more_columns_than_letters() -> None:
    wide = Table("Luas", [Column(str(i), 5) for i in range(800)], [list(range(800))])
    sheet = openpyxl.load_workbook(io.BytesIO(render_tables([wide], "")))["Luas"]
    assert sheet.cell(2, 800).value == 799
    assert letters(702) == "ZZ"
    assert letters(703) == "AAA"


def test_rows_beyond_a_sheet_go_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "MAX_ROWS", 4)
    rows = [(f"r{i}", i, None) for i in range(7)]
    data = render_tables([Table("L" * 31, COLUMNS, rows), Table("Lain", COLUMNS, [])], "")
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["L" * 31, "L" * 29 + " 2", "L" * 29 + " 3", "Lain"]
    told = [row[1] for ws in book.worksheets for row in list(ws.values)[1:]]
    assert told == list(range(7))
    assert book.worksheets[1].auto_filter.ref == "A1:C4"


def test_what_excel_would_change_or_not_hold() -> None:
    """Its own notation of characters stays text, and what is cut says so."""
    rows = [("_x0041_ dan ＝1", 1, None), ("a" * 40_000, 2, None)]
    data = render_tables([Table("T", COLUMNS, rows)], "")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert "_x005F_x0041_ dan ＝1" in archive.read("xl/sharedStrings.xml").decode()
    long = list(openpyxl.load_workbook(io.BytesIO(data))["T"].values)[2][0]
    assert len(str(long)) <= 32_767
    assert str(long).endswith("[dipotong: 40000 huruf, batas satu sel Excel]")
