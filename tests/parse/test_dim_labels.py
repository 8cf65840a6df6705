"""Labels and numbers of a scan that were read badly: the form and the order say what they are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sopextract.model.draft import Method, Reading, SopDraft
from sopextract.model.source import Cell, Grid, Page, Place, ScanReading
from sopextract.parse import parse
from sopextract.parse.dim_labels import mend_labels
from sopextract.parse.langkah.numbering import mended_number
from sopextract.parse.rows import flatten
from sopextract.settings import ParseSettings
from tests.factories import drawn_document, drawn_page, exact_grid
from tests.parse.test_drawn_sheets import ARROWS, FLOW, IDENTITY, identity_page


def misread(page: Page, swaps: dict[str, str], score: float = 0.7) -> Page:
    """The page with texts of cells read as something else, with doubt."""

    def cell(old: Cell) -> Cell:
        return replace(old, text=swaps[old.text], score=score) if old.text in swaps else old

    (grid,) = page.blocks
    assert isinstance(grid, Grid)
    rows = tuple(tuple(map(cell, row)) for row in grid.rows)
    return replace(page, blocks=(replace(grid, rows=rows),))


def flow_page(*lines: str) -> Page:
    return drawn_page(2, exact_grid(*FLOW[:2], *lines, page=2), arrows=ARROWS[:3])


def read(*pages: Page) -> SopDraft:
    (draft,) = parse(drawn_document(*pages), ParseSettings())
    return draft


def test_a_misread_label_is_the_one_that_is_missing() -> None:
    swaps = {"Tanggal Efektif": "Tagl. Efehiif", "Keterkaitan": "Ketrraiian"}
    draft = read(misread(identity_page(), swaps), flow_page(*FLOW[2:4]))
    assert draft.tanggal_efektif is not None
    assert (draft.tanggal_efektif.value, draft.tanggal_efektif.score) == ("2024-04-01", 0.8)
    assert [(i.value, i.score) for i in draft.keterkaitan.items] == [("SOP Pengembalian Buku", 0.8)]
    mended = [c for c in draft.changes if c.rule == "label.misread"]
    assert [(c.path, c.before, c.after, c.score) for c in mended] == [
        ("label:tanggal_efektif", "Tagl. Efehiif", "Tanggal Efektif", 0.8),
        ("label:keterkaitan", "Ketrraiian", "Keterkaitan", 0.8),
    ]


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("Tagl. Efehiif", 0.99),  # the engine was sure: that is what is printed
        ("Kepala Dinas", 0.7),  # like no label
        ("Tanggal", 0.7),  # like several that are missing
    ],
)
def test_what_is_no_misread_label_stays(text: str, score: float) -> None:
    lines = [line for line in IDENTITY if "Tanggal Revisi" not in line]
    page = misread(drawn_page(1, exact_grid(*lines)), {"Tanggal Efektif": text}, score)
    rows = flatten(drawn_document(page))
    assert all(row.mended == () for row in mend_labels(rows))


def test_a_misread_header_keeps_its_column() -> None:
    page = flow_page(*FLOW[2:])
    swaps = {"Kelengkapan": "elerqkepan", "Waktu": "Vaktv", "Kegiatan": "Kcgiaton"}
    draft = read(identity_page(), misread(page, swaps))
    assert [p.nama and p.nama.value for p in draft.pelaksana] == [
        "Kepala Seksi",
        "Petugas Layanan",
        "Pemustaka",
    ]
    assert [s.row.output and s.row.output.value for s in draft.langkah] == [
        "Buku diterima",
        "Data anggota",
        "Persetujuan",
    ]
    assert {c.path for c in draft.changes if c.rule == "label.misread"} == {
        "label:kegiatan",
        "label:kelengkapan",
    }


def test_a_row_of_column_numbers_is_no_step_though_a_one_is_an_l() -> None:
    numbers = "l | 2 | 3 | 4 | 5 | 6 | | 8 | 9"
    page = misread(flow_page(numbers, *FLOW[2:4]), {"l": "l"})
    draft = read(identity_page(), page)
    assert len(draft.langkah) == 2
    assert draft.bagian_tabel[0].nomor_kolom == (1, 2, 3, 4, 5, 6, 8, 9)


def test_dirt_beside_numbers_is_no_part_of_them() -> None:
    numbers = "(1). | (2) | (3) | · (5) | (6) | (7) | (8) | (9) | (10)"
    lines = (numbers, "• 1. " + FLOW[2][1:], *FLOW[3:4])
    page = misread(flow_page(*lines), {"(1).": "(1).", "· (5)": "· (5)", "• 1.": "• 1."})
    draft = read(identity_page(), page)
    assert [s.row.no and s.row.no.value for s in draft.langkah] == [1, 2]
    assert draft.bagian_tabel[0].nomor_kolom == (1, 2, 3, 5, 6, 7, 8, 9, 10)


def test_cells_that_ran_into_one_another_are_doubted() -> None:
    header = FLOW[1].replace("Petugas Layanan", "Pelaksana Kepala Petugas")
    lines = (*FLOW[2:4], "3 | Memberi izin | □3 | | | Data anggota 10 Menit | | Persetujuan | ")
    page = drawn_page(2, exact_grid(FLOW[0], header, *lines, page=2), arrows=ARROWS[:3])
    dim = misread(page, {t: t for t in ("Pelaksana Kepala Petugas", "Data anggota 10 Menit")}, 0.99)
    draft = read(identity_page(), dim)
    assert [p.nama and p.nama.score for p in draft.pelaksana] == [1.0, 0.5, 1.0]
    mixed = draft.langkah[2].row.kelengkapan
    assert mixed is not None
    assert (mixed.value, mixed.score) == ("Data anggota 10 Menit", 0.6)
    printed = read(identity_page(), page).langkah[2].row.kelengkapan
    assert printed is not None
    assert printed.score == 1.0


def test_a_capsule_in_the_middle_of_a_scanned_flow_is_doubted() -> None:
    lines = (FLOW[2], FLOW[3].replace("◇2", "⬭2"), FLOW[4])
    page = flow_page(*lines)
    scan = ScanReading("an engine", "1", 0.99, 0.9, 200, 0)
    kinds = [step.simbol for step in read(identity_page(), replace(page, scan=scan)).langkah]
    assert [k and (k.value, k.score < 0.9) for k in kinds] == [
        ("terminator", False),
        ("terminator", True),
        ("proses", False),
    ]
    plain = [step.simbol for step in read(identity_page(), page).langkah]
    assert [k and k.score < 0.9 for k in plain] == [False, False, False]


def test_lost_and_confused_numbers_of_steps_follow_from_the_others() -> None:
    lines = ("l" + FLOW[2][1:], " " + FLOW[3][1:], FLOW[4], *_more(4))
    page = misread(flow_page(*lines), {"l": "l"})
    draft = read(identity_page(), page)
    numbers = [step.row.no for step in draft.langkah]
    assert [n and n.value for n in numbers] == [1, 2, 3, 4]
    assert [n and n.method for n in numbers] == [
        Method.CELL, Method.INFERRED, Method.CELL, Method.CELL,
    ]  # fmt: skip
    assert [n.score for n in numbers if n] == [0.7, 0.85, 1.0, 1.0]
    (change,) = (c for c in draft.changes if c.rule == "ocr.digit")
    assert (change.path, change.before, change.after) == ("/langkah/0/no", "l", "1")


def test_a_sheet_that_is_no_scan_is_not_numbered_for_its_author() -> None:
    lines = (FLOW[2], " " + FLOW[3][1:], FLOW[4])
    draft = read(identity_page(), flow_page(*lines))
    assert [s.row.no and s.row.no.value for s in draft.langkah] == [1, None, 3]


def _more(number: int) -> tuple[str, ...]:
    return (f"{number} | Menerima buku | | | ⬭4 | Buku | 3 Menit | Buku dipinjam | ",)


def number(value: int | None, text: str, score: float) -> Reading[int] | Reading[None]:
    method = Method.CELL if value is not None else Method.UNREAD
    return Reading(value, text, Place(1, score=score), method, 1.0)  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("text", "value", "mended"),
    [("l", None, None), ("3", 3, 3), ("Z", None, None), ("E", None, None), ("B", None, None)],
)
def test_only_the_number_that_comes_next_is_put_for_a_letter(
    text: str, value: int | None, mended: int | None
) -> None:
    above = [number(1, "1", 1.0), number(2, "2", 1.0)]
    found, change = mended_number(number(value, text, 1.0), above, "/langkah/2/no")
    assert (found.value, change) == (mended, None)


def test_the_number_that_comes_next_is_surer_than_it_was_read() -> None:
    above = [number(1, "1", 1.0)]
    assert mended_number(number(2, "2", 0.6), above, "")[0].score == pytest.approx(0.92)
    assert mended_number(number(7, "7", 0.6), above, "")[0].score == 0.6
