"""Which sheets and ranges are pages, and what the parser makes of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from sopextract.model.source import ResidueKind, SourceFile
from sopextract.parse import parse
from sopextract.settings import ParseSettings
from tests.ingest.xlsx.sheets import put_identity, put_steps, sop_workbook
from tests.ingest.xlsx.workbooks import (
    cell_of,
    cxn,
    flow_sheet,
    grids,
    in_cell,
    read,
    read_page,
    save,
    sp,
    texts,
)


def sops(file: SourceFile) -> list[tuple[str | None, int]]:
    """The numbers of the SOPs of a file, and how many steps each has."""
    return [
        (draft.nomor_sop.value if draft.nomor_sop else None, len(draft.langkah))
        for draft in parse(read(file), ParseSettings())
    ]


def test_a_page_a_sheet(tmp_path: Path) -> None:
    workbook, _ = sop_workbook()
    other = workbook.create_sheet("SOP 2")
    put_steps(other, put_identity(other, nomor="13/DISPUSIP/2024"))
    file = save(workbook, tmp_path / "a.xlsx")
    assert [page.number for page in read(file).pages] == [1, 2]
    assert sops(file) == [("12/DISPUSIP/2024", 3), ("13/DISPUSIP/2024", 3)]


@pytest.mark.parametrize("gap", [0, 1, 4])
def test_two_sops_below_one_another(tmp_path: Path, gap: int) -> None:
    workbook, header = sop_workbook()
    sheet = workbook.active
    assert sheet is not None
    put_steps(sheet, put_identity(sheet, header + 5 + gap, "13/DISPUSIP/2024"))
    file = save(workbook, tmp_path / "a.xlsx")
    assert [len(grid.rows) for grid in grids(read_page(file))] == [14, 5, 14, 5]
    assert sops(file) == [("12/DISPUSIP/2024", 3), ("13/DISPUSIP/2024", 3)]


def test_steps_beside_the_identity_part(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    put_identity(sheet)
    source = workbook.create_sheet("tabel")
    put_steps(source, 1)
    for row in source.iter_rows():
        for cell in row:
            if cell.value is not None:
                sheet.cell(cell.row + 1, cell.column + 13).value = cell.value
    for merged in source.merged_cells.ranges:
        sheet.merge_cells(
            start_row=merged.min_row + 1, end_row=merged.max_row + 1,
            start_column=merged.min_col + 13, end_column=merged.max_col + 13,
        )  # fmt: skip
    workbook.remove(source)
    page = read_page(save(workbook, tmp_path / "a.xlsx", {0: [in_cell("R4", sp(2, "rect"))]}))
    assert [(len(g.rows), len(g.rows[0])) for g in grids(page)] == [(14, 3), (5, 9)]
    assert [cell_of(symbol) for symbol in page.symbols] == ["R4"]
    assert texts(grids(page)[1])[2][2] == "□"


def test_hidden_sheets_are_left_out_and_said_so(tmp_path: Path) -> None:
    workbook, _ = sop_workbook()
    for state in ("hidden", "veryHidden"):
        hidden = workbook.create_sheet(f"lama {state}")
        put_identity(hidden)
        hidden.sheet_state = state
    page = read_page(save(workbook, tmp_path / "a.xlsx"))
    assert [(r.kind, r.text, r.place.where) for r in page.residue] == [
        (ResidueKind.WORD, "lama hidden", "lama hidden!A1"),
        (ResidueKind.WORD, "lama veryHidden", "lama veryHidden!A1"),
    ]


def test_sheets_that_say_nothing_of_a_sop_are_left_out(tmp_path: Path) -> None:
    workbook, _ = sop_workbook()
    other = workbook.create_sheet("Anggaran", 0)
    other["A1"], other["B1"] = "Belanja", 120_000
    workbook.create_sheet("Sheet3")
    page = read_page(save(workbook, tmp_path / "a.xlsx"))
    assert page.number == 1
    assert grids(page)[0].rows[0][0].place.where == "SOP 1!A1"


def test_only_what_is_printed_is_the_sheet(tmp_path: Path) -> None:
    workbook, header = sop_workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet["P3"] = "catatan kerja"
    sheet.print_area = f"A1:L{header - 2},A{header}:L{header + 4}"
    first, second = read(save(workbook, tmp_path / "a.xlsx")).pages
    assert [len(grid.rows) for grid in grids(first)] == [14]
    assert [len(grid.rows) for grid in grids(second)] == [5]
    assert (first.number, second.number) == (1, 2)
    assert [(r.text, r.place.where) for r in first.residue] == [
        ("catatan kerja", "SOP 1!P3"),
        ("SOP PEMINJAMAN BUKU", f"SOP 1!A{header - 1}"),
    ]


def test_a_table_goes_on_in_the_lanes_of_the_sheet_before(tmp_path: Path) -> None:
    workbook = flow_sheet()
    more = workbook.create_sheet("lanjutan")
    for row, step in enumerate((4, 5), 1):
        values = (step, f"Melakukan langkah {step}", "Berkas", "5 menit", "Dokumen")
        for column, value in zip("ABFGH", values, strict=True):
            more[f"{column}{row}"] = value
        more.row_dimensions[row].height = 40
    for column in "ABCDEFGHI":
        more.column_dimensions[column].width = 80 / 7
    shapes = {
        0: [in_cell("C3", sp(2, "rect")), in_cell("E5", sp(3, "rect"))],
        1: [in_cell("D1", sp(2, "rect")), in_cell("C2", sp(3, "rect")), in_cell("D2", cxn(4))],
    }
    first, second = read(save(workbook, tmp_path / "a.xlsx", shapes)).pages
    assert texts(grids(second)[0]) == [
        ["4", "Melakukan langkah 4", "", "□", "", "Berkas", "5 menit", "Dokumen", ""],
        ["5", "Melakukan langkah 5", "□", "", "", "Berkas", "5 menit", "Dokumen", ""],
    ]
    assert [symbol.id for page in (first, second) for symbol in page.symbols] == [0, 1, 2, 3]


def test_agency_in_a_text_box(tmp_path: Path) -> None:
    workbook, _ = sop_workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet["A1"] = None
    shape = in_cell("C3", sp(2, "rect", "PEMERINTAH KABUPATEN SIKKA", line=False, text_box=True))
    page = read_page(save(workbook, tmp_path / "a.xlsx", {0: [shape]}))
    assert texts(grids(page)[0])[0][0] == "PEMERINTAH KABUPATEN SIKKA"
