"""Step tables turned into lines."""

from __future__ import annotations

import pytest

from sopextract.model.draft import Method
from sopextract.parse.langkah.linear.table import LinearTable, find_linear_tables
from tests.parse.documents import rows

HEAD = "No Kegiatan Pelaksana Mutu Baku Keterangan\nStaf\nKepala Seksi\nKelengkapan Waktu Output\n"
STEPS = """1 Mencatat surat masuk
  Buku agenda
10 Menit
Surat tercatat
2 Memeriksa surat
  Surat tercatat
2 Jam
Paraf
"""


def read(text: str) -> list[LinearTable]:
    """The tables of a text."""
    return find_linear_tables(rows(text), [])


def cells(table: LinearTable) -> list[tuple[str | None, ...]]:
    """Kegiatan, Kelengkapan, Waktu and Output of each step."""
    return [
        (s.kegiatan.value, *(r.value if r else None for r in (s.kelengkapan, s.waktu, s.output)))
        for s in table.steps
    ]


WANTED = [
    ("Mencatat surat masuk", "Buku agenda", "10 Menit", "Surat tercatat"),
    ("Memeriksa surat", "Surat tercatat", "2 Jam", "Paraf"),
]


def test_cells_one_after_another() -> None:
    (table,) = read("Judul\n" + HEAD + STEPS)
    assert cells(table) == WANTED
    assert [p.nama.value for p in table.pelaksana if p.nama] == ["Staf", "Kepala Seksi"]
    assert dict(table.part.labels)["kegiatan"] == "Kegiatan"


def test_the_sheet_below_ends_the_table() -> None:
    (table,) = read(HEAD + STEPS + "\nDasar Hukum\n3. Undang-Undang tentang Arsip\n")
    assert cells(table) == WANTED
    assert table.end <= 12


def test_numbers_of_columns_are_no_steps() -> None:
    (table,) = read(HEAD + "1 2 3 4 5 6 7 8\n" + STEPS)
    assert cells(table) == WANTED


def test_a_time_that_names_no_amount_is_read() -> None:
    (table,) = read(HEAD + STEPS.replace("2 Jam", "Sesuai jadwal"))
    assert cells(table)[1][2] == "Sesuai jadwal"


def test_without_time_the_cells_are_unread_not_guessed() -> None:
    (table,) = read(HEAD + STEPS.replace("2 Jam\n", ""))
    waktu = table.steps[1].waktu
    assert waktu
    assert (waktu.value, waktu.method) == (None, Method.UNREAD)
    assert table.steps[0].waktu
    assert table.steps[0].waktu.value == "10 Menit"


@pytest.mark.parametrize(
    "text",
    [
        "Kegiatan hari ini\n1 Rapat\n2 Makan\n",
        "Dasar Hukum\n1. Undang-Undang\n2. Peraturan\n",
        HEAD,
        HEAD + "1 Mencatat surat\n",
    ],
)
def test_what_is_no_table(text: str) -> None:
    assert read(text) == []


def test_ranges_that_grids_hold_are_left_alone() -> None:
    found = rows(HEAD + STEPS)
    assert find_linear_tables(found, [(0, len(found))]) == []
