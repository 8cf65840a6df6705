"""Columns made of spaces."""

from __future__ import annotations

from sopextract.parse.langkah.spaced.grids import grid_spaced_columns
from tests.parse.documents import rows

TABLE = """
No   Kegiatan              Pelaksana          Mutu Baku               Ket
                           Staf    Kasi   Kelengkapan   Waktu     Output
1    Mencatat surat yang   √              Surat         5 Menit   Surat
     masuk hari ini                                               tercatat

     Memeriksa surat
2    yang sudah                    √      Surat         2 Jam     Paraf
     tercatat
"""


def grids(text: str) -> list[list[str]]:
    """The rows of cells that the lines of a text give, each text on one line."""
    made = grid_spaced_columns(rows(text))
    return [[" ".join(c.text.split()) for c in row.cells] for row in made if row.wrapped]


def test_lines_are_gathered_to_rows_around_their_numbers() -> None:
    assert grids(TABLE)[-2:] == [
        [
            "1",
            "Mencatat surat yang masuk hari ini",
            "√",
            "",
            "Surat",
            "5 Menit",
            "Surat tercatat",
            "",
        ],
        ["2", "Memeriksa surat yang sudah tercatat", "", "√", "Surat", "2 Jam", "Paraf", ""],
    ]


def test_a_group_heading_covers_no_border() -> None:
    assert [len(row) for row in grids(TABLE)] == [8, 8, 8, 8]


def test_two_sections_side_by_side() -> None:
    text = """
Dasar Hukum                       Kualifikasi Pelaksana
1. Peraturan Bupati tentang       1. Memahami arsip
   Arsip                          2. Teliti
Keterkaitan                       Peralatan/Perlengkapan
SOP Surat                         Komputer
"""
    assert grids(text) == [
        ["Dasar Hukum", "Kualifikasi Pelaksana"],
        ["1. Peraturan Bupati tentang", "1. Memahami arsip"],
        ["Arsip", "2. Teliti"],
        ["Keterkaitan", "Peralatan/Perlengkapan"],
        ["SOP Surat", "Komputer"],
    ]


def test_running_text_stays_as_it_is() -> None:
    found = rows("Satu kalimat saja.\nKalimat lain,   dengan celah.\n")
    assert grid_spaced_columns(found) == found
