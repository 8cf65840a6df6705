"""What Excel cannot hold is told; what a spreadsheet would compute stays a text."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from sopextract.core.spreadsheet import MAX_CELL, defuse, defuse_csv, printable, utf16_length
from sopextract.export import export
from sopextract.export.rows import record_rows
from sopextract.export.schema import TABLES
from sopextract.export.workbook import ExcelFile
from tests.export.reading import read_tables
from tests.factories import langkah, record

LIVE = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠SUM(A1)",
    " =1", "\u00a0=1", "\u200b=1", "\ufeff=1", "\u2066=1", "−1", "﹦1", "=cmd|' /C calc'!A0",
    "=HYPERLINK(\"http://127.0.0.1/\",\"x\")", "\x01=1",
]  # fmt: skip
PLAIN = ["", "2 Hari", "a=1", "1-2", "'=1", "Kepala Seksi @ Loket", "a + b"]


@pytest.mark.parametrize("text", LIVE)
def test_what_would_be_computed_gets_an_apostrophe(text: str) -> None:
    assert defuse(text) == "'" + text
    assert defuse_csv(text).startswith("'" + text[0])


@pytest.mark.parametrize("text", PLAIN)
def test_a_plain_text_stays(text: str) -> None:
    assert defuse(text) == text
    assert defuse_csv(text) == text


@pytest.mark.parametrize("cut", [";", "\n", "\r\n", "\t"])
def test_where_a_line_of_csv_may_be_cut_nothing_is_computed_either(cut: str) -> None:
    assert defuse_csv(f"a{cut}=1") == f"a{cut}'=1"
    assert defuse_csv(f"a{cut} ＝1") in (f"a{cut}' ＝1", f"a{cut} '＝1")


def test_controls_are_not_printed() -> None:
    assert printable("a\x00\x1b[31m\ud800b\tc\nd\x85") == "a\ufffd\ufffd[31m\ufffdb\tc\nd\ufffd"


def test_a_workbook_does_not_say_when_it_was_made(tmp_path: Path) -> None:
    export((("a", record()),), tmp_path / "x.xlsx")
    data = (tmp_path / "x.xlsx").read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        assert {item.date_time for item in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = openpyxl.load_workbook(io.BytesIO(data)).properties
    assert properties.created == properties.modified
    assert properties.created.year == 1980


@pytest.mark.parametrize("letter", ["x", "😀"])
def test_a_text_beyond_a_cell_is_cut_and_told(tmp_path: Path, letter: str) -> None:
    fits = letter * (MAX_CELL // utf16_length(letter))
    long = fits + "yz"
    steps = (langkah(1, fits), langkah(2, long))
    done = export((("a", record(langkah=steps, alur=())),), tmp_path / "x.xlsx")
    assert (done.limits.cut_cells, done.limits.first_cut) == (1, ("langkah", "kegiatan", "a"))
    whole, cut = (str(row[3]) for row in read_tables(tmp_path / "x.xlsx")["langkah"])
    assert whole == fits
    assert utf16_length(cut) <= MAX_CELL
    assert cut.endswith(f" … [dipotong: {len(long)} huruf, batas satu sel Excel]")
    assert cut.startswith(fits[:10_000])
    done = export((("a", record(langkah=steps, alur=())),), tmp_path / "x.csv")
    assert done.limits.cut_cells == 0
    assert read_tables(tmp_path / "x.csv")["langkah"][1][3] == long


def test_a_full_sheet_goes_on_in_another(tmp_path: Path) -> None:
    tables = TABLES[:-1]
    sink = ExcelFile(tmp_path / "x.xlsx", tables, max_rows=5)
    for i in range(3):  # of three steps each: 9 rows, 4 to a sheet under its header
        rows = record_rows(f"k{i}", record())
        for table in tables:
            sink.add(table, rows[table.name])
    limits = sink.close()
    assert [name for name in limits.more_sheets if name.startswith("langkah_")][:2] == [
        "langkah_2",
        "langkah_3",
    ]
    found = read_tables(tmp_path / "x.xlsx")
    names = [name for name in found if name.startswith("langkah") and "pel" not in name]
    assert names == ["langkah", "langkah_2", "langkah_3"]
    assert [len(found[name]) for name in names] == [4, 4, 1]
    assert [row[0] for name in names for row in found[name]] == ["k0"] * 3 + ["k1"] * 3 + ["k2"] * 3


def test_an_escape_of_the_file_format_stays_the_text_that_it_is(tmp_path: Path) -> None:
    export((("a", record(langkah=(langkah(1, "_x003D_1+1"),), alur=())),), tmp_path / "x.xlsx")
    with zipfile.ZipFile(tmp_path / "x.xlsx") as book:
        texts = b"".join(book.read(name) for name in book.namelist())
    assert b">_x005F_x003D_1+1<" in texts
    assert b">_x003D_" not in texts


def test_an_error_value_is_a_text(tmp_path: Path) -> None:
    export((("a", record(langkah=(langkah(1, "#REF!"),), alur=())),), tmp_path / "x.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "x.xlsx")["langkah"]["D2"]
    assert (cell.value, cell.data_type) == ("#REF!", "s")
