"""Cells: what stands in them, which of them show, where they are."""

from __future__ import annotations

import datetime
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from sopextract.model.source import Cell, ResidueKind, TextLine
from tests.ingest.xlsx.sheets import sop_workbook
from tests.ingest.xlsx.workbooks import grids, pack, read, read_page, save, source, texts


def two_columns(*values: object) -> Workbook:
    """Labels beside values: a grid of two columns."""
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row, value in enumerate(values, 1):
        sheet.cell(row, 1).value = "Nomor SOP"
        sheet.cell(row, 2).value = value  # type: ignore[assignment] # any value is tried
    return workbook


def values(workbook: Workbook, tmp_path: Path) -> list[str]:
    page = read_page(save(workbook, tmp_path / "a.xlsx"))
    return [row[1].text for row in grids(page)[0].rows]


def test_values_as_displayed(tmp_path: Path) -> None:
    rich = CellRichText("Undang-", TextBlock(InlineFont(b=True), "Undang"))
    workbook = two_columns("0012", 12, 12.5, True, datetime.date(2024, 1, 2), "a\nb", rich)
    assert values(workbook, tmp_path) == [
        "0012", "12", "12,5", "TRUE", "2 Januari 2024", "a\nb", "Undang-Undang",
    ]  # fmt: skip


def test_a_workbook_that_counts_from_1904(tmp_path: Path) -> None:
    workbook = two_columns(datetime.date(2024, 1, 2))
    workbook.epoch = datetime.datetime(1904, 1, 1)
    assert values(workbook, tmp_path) == ["2 Januari 2024"]


def changed(workbook: Workbook, tmp_path: Path, old: str, new: str, part: str = "") -> Path:
    """A saved workbook with a piece of one part replaced."""
    file = save(workbook, tmp_path / "a.xlsx")
    name = part or "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(file.location) as archive:
        files = {n: archive.read(n) for n in archive.namelist()}
    assert old in files[name].decode()
    files[name] = files[name].decode().replace(old, new, 1).encode()
    return pack(files, tmp_path / "b.xlsx").location


def test_formulas_show_what_the_program_last_computed(tmp_path: Path) -> None:
    path = changed(two_columns("=1+1", "x"), tmp_path, "<v></v>", "<v>2</v>")
    page = read_page(source(path))
    assert [row[1].text for row in grids(page)[0].rows] == ["2", "x"]


def test_an_error_is_no_value_but_residue(tmp_path: Path) -> None:
    page = read_page(save(two_columns("#REF!", "x"), tmp_path / "a.xlsx"))
    assert [row[1].text for row in grids(page)[0].rows] == ["", "x"]
    assert [(r.kind, r.text, r.place.where) for r in page.residue] == [
        (ResidueKind.WORD, "#REF!", "Sheet!B1")
    ]


def test_a_tick_of_a_symbol_font(tmp_path: Path) -> None:
    workbook = two_columns("ü")
    sheet = workbook.active
    assert sheet is not None
    sheet["B1"].font = Font(name="Wingdings")
    assert values(workbook, tmp_path) == ["√"]


def test_hidden_rows_and_columns_are_not_there(tmp_path: Path) -> None:
    workbook = two_columns("a", "b", "c")
    sheet = workbook.active
    assert sheet is not None
    sheet["C1"], sheet["D1"] = "rahasia", "tampak"
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["C"].hidden = True
    page = read_page(save(workbook, tmp_path / "a.xlsx"))
    assert texts(grids(page)[0]) == [["Nomor SOP", "a", "tampak"], ["Nomor SOP", "c", ""]]


def test_identity_and_steps_are_grids_of_their_own(tmp_path: Path) -> None:
    workbook, header = sop_workbook()
    page = read_page(save(workbook, tmp_path / "a.xlsx"))
    title = page.blocks[1]
    assert [len(grid.rows[0]) for grid in grids(page)] == [3, 9]
    assert texts(grids(page)[0])[5:9] == [
        ["", "Nama SOP", "Peminjaman Buku"],
        ["Dasar Hukum", "Kualifikasi Pelaksana", ""],
        ["1. Undang-Undang Nomor 43 Tahun 2007 tentang Perpustakaan",
         "1. Memahami layanan sirkulasi", ""],
        ["2. Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik",
         "2. Mampu mengoperasikan komputer", ""],
    ]  # fmt: skip
    assert isinstance(title, TextLine)
    assert title.text == "SOP PEMINJAMAN BUKU"
    assert texts(grids(page)[1])[2] == [
        "1", "Menerima kartu anggota", "", "", "", "Kartu anggota", "5 menit", "Kartu diterima", "",
    ]  # fmt: skip
    first = grids(page)[0].rows[0][1]
    assert isinstance(first, Cell)
    assert (first.place.page, first.place.where) == (1, "SOP 1!G1")
    assert grids(page)[1].rows[2][1].place.where == f"SOP 1!B{header + 2}"


@pytest.mark.parametrize("gap", [0, 1, 3])
def test_empty_rows_between_the_parts_change_nothing(tmp_path: Path, gap: int) -> None:
    workbook, _ = sop_workbook(gap=gap, title="")
    page = read_page(save(workbook, tmp_path / "a.xlsx"))
    assert [(len(g.rows), len(g.rows[0])) for g in grids(page)] == [(14, 3), (5, 9)]


def test_a_time_in_two_cells_below_one_label_is_one(tmp_path: Path) -> None:
    workbook, header = sop_workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.unmerge_cells(f"H{header + 2}:I{header + 2}")
    sheet[f"I{header + 2}"] = "asli"
    page = read_page(save(workbook, tmp_path / "a.xlsx"))
    assert texts(grids(page)[1])[2][5] == "Kartu anggota asli"


def test_what_follows_the_table_is_not_of_it(tmp_path: Path) -> None:
    workbook, header = sop_workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet[f"J{header + 6}"] = "KEPALA DINAS"
    sheet[f"J{header + 8}"] = "MARTEN LEWA, S.Sos"
    page = read_page(save(workbook, tmp_path / "a.xlsx"))
    assert [b.text for b in page.blocks[3:] if isinstance(b, TextLine)] == [
        "KEPALA DINAS",
        "MARTEN LEWA, S.Sos",
    ]
    assert len(grids(page)[1].rows) == 5


def test_a_broken_style_is_a_plain_one(tmp_path: Path) -> None:
    path = changed(two_columns(7), tmp_path, '<c r="B1"', '<c s="9999" r="B1"')
    assert texts(grids(read(source(path)).pages[0])[0]) == [["Nomor SOP", "7"]]
