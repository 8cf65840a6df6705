"""Where a step table begins and ends, and which column of a row is which."""

from __future__ import annotations

import pytest

from sopextract.parse.langkah.parts import find_parts, is_data, is_header
from sopextract.parse.rows import Row
from tests.parse.documents import HEADER, STEPS, rows, tabs


def row(line: str) -> Row:
    """One row of a grid."""
    return rows(tabs(line))[0]


@pytest.mark.parametrize(
    "line",
    [
        "No | Kegiatan | Pelaksana | Mutu Baku | Ket",
        "NO. | Uraian Prosedur | PELAKSANA | MUTU BUKU | Keterangan",
        "No | Aktivitas | Waktu | Output",
        "PELAK | Mutu Baku",
    ],
)
def test_a_header(line: str) -> None:
    assert is_header(row(line))


@pytest.mark.parametrize(
    "line",
    [
        "1 | Kegiatan | Pelaksana | 5 menit",
        "No | Nama Barang | Jumlah",
        "Dasar Hukum | Kualifikasi Pelaksana",
        "Nama SOP | Kegiatan Rapat",
        "Keterangan | Catatan",
    ],
)
def test_what_is_no_header(line: str) -> None:
    assert not is_header(row(line))


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("1 | Mencatat surat | √", True),
        ("| Mencatat surat | √ | | 5 menit", True),
        ("1 | 2 | 3 | 4", False),
        ("| | √ | |", False),
        ("Dokumen | 5 Menit | Catatan", True),
        ("Waktu | 5 Menit | Catatan", False),
        ("No | Kegiatan | Waktu", False),
    ],
)
def test_a_row_of_a_step(line: str, wanted: bool) -> None:
    assert is_data(row(line)) is wanted


def test_a_table_with_its_column_numbers() -> None:
    numbers = "1 | 2 | 3 | 4 | 6 | 7 | 8 | 9 | 10"
    (part,) = find_parts(rows(tabs(*HEADER, numbers, *STEPS)))
    assert part.numbers == (1, 2, 3, 4, 6, 7, 8, 9, 10)
    assert len(part.rows) == 4
    assert part.columns.actors == (
        (2, "Pemustaka"),
        (3, "Petugas Layanan"),
        (4, "Kepala Seksi"),
    )


def test_a_continuation_needs_numbers_that_go_on() -> None:
    top = tabs(*HEADER, *STEPS[:2])
    assert len(find_parts(rows(top + "\n\n" + tabs(*STEPS[2:])))) == 2
    assert len(find_parts(rows(top + "\n\n" + tabs(*STEPS[:2])))) == 1


def test_another_table_is_no_continuation() -> None:
    other = tabs("1 | Buku | 10", "2 | Rak | 4")
    assert len(find_parts(rows(tabs(*HEADER, *STEPS) + "\n" + other))) == 1


def test_a_repeated_header_in_one_grid_begins_a_new_part() -> None:
    found = find_parts(rows(tabs(*HEADER, *STEPS[:2], *HEADER, *STEPS[2:])))
    assert [len(part.rows) for part in found] == [2, 2]


def test_cells_broken_over_lines_make_one_row() -> None:
    text = (
        "No\tKegiatan\tStaf\tKelengkapan\tWaktu\tOutput\n"
        "1\tMemeriksa berkas;\n"
        "mencatat hasilnya\t□\tBerkas,\n"
        "formulir\t5 menit\tCatatan\n"
        "2\tMengarsipkan\t□\tCatatan\t5 menit\tArsip\n"
    )
    (part,) = find_parts(rows(text))
    texts = [[cell.text if cell else "" for cell in r.cells] for r in part.rows]
    assert texts == [
        [
            "1",
            "Memeriksa berkas;\nmencatat hasilnya",
            "□",
            "Berkas,\nformulir",
            "5 menit",
            "Catatan",
        ],
        ["2", "Mengarsipkan", "□", "Catatan", "5 menit", "Arsip"],
    ]


def test_a_cell_broken_once_is_whole_again() -> None:
    text = (
        "No\tKegiatan\tStaf\tKelengkapan\tWaktu\tOutput\n"
        "1\tMemeriksa berkas\t□\tBerkas,\n"
        "formulir\t5 menit\tCatatan\n"
        "2\tMengarsipkan\t□\tCatatan\t5 menit\tArsip\n"
    )
    (part,) = find_parts(rows(text))
    texts = [[cell.text if cell else "" for cell in r.cells] for r in part.rows]
    assert texts == [
        ["1", "Memeriksa berkas", "□", "Berkas,\nformulir", "5 menit", "Catatan"],
        ["2", "Mengarsipkan", "□", "Catatan", "5 menit", "Arsip"],
    ]


def test_parts_of_steps_and_times_without_unit_are_no_header() -> None:
    text = (
        "No\tKegiatan\tPemohon\tPetugas\tKelengkapan\tWaktu (menit)\tOutput\n"
        "1a\tMengajukan permohonan\t⬭\t\tBerkas\t10\tTanda terima\n"
        "1b\tMemeriksa berkas\t\t□\tBerkas\t60\tBerita acara\n"
        "2\tMenyerahkan surat\t\t⬭\tSurat\t5\tSurat diterima\n"
    )
    (part,) = find_parts(rows(text))
    assert part.columns.actors == ((2, "Pemohon"), (3, "Petugas"))
    assert [r.cells[0].text for r in part.rows if r.cells[0]] == ["1a", "1b", "2"]
