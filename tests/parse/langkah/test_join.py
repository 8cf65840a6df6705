"""Parts of one step table put together."""

from __future__ import annotations

from sopextract.parse.langkah.join import cell_text, is_marks_only, join_parts
from sopextract.parse.langkah.parts import find_parts
from tests.parse.documents import HEADER, STEPS, rows, tabs

LEFT = ["No | Kegiatan | Pelaksana", " | | Staf"]
RIGHT = ["Mutu Baku | | ", "Kelengkapan | Waktu | Output"]


def test_no_part_no_table() -> None:
    assert join_parts(()) is None


def test_halves_of_unequal_length_are_joined_with_less_trust() -> None:
    left = tabs(
        *LEFT, "1 | Mencatat surat | √", "2 | Memeriksa surat | √", "3 | Menyimpan surat | √"
    )
    right = tabs(*RIGHT, "Buku | 5 Menit | Catatan", "Surat | 2 Jam | Paraf")
    table = join_parts(find_parts(rows(left + "\n\n" + right)))
    assert table
    assert [row.score for row in table.rows] == [0.6, 0.6, 0.6]
    assert [(c.before, c.after, c.rule) for c in table.changes] == [
        ("3 | 2", "3", "layout.halves-unequal")
    ]
    assert [cell_text(row.quality["waktu"]) for row in table.rows] == ["5 Menit", "2 Jam", ""]


def test_actors_of_a_narrower_part_are_matched_by_name() -> None:
    narrow = [
        "No | Kegiatan | Pelaksana | | Mutu Baku | | | Keterangan",
        " | | Petugas Layanan | Kepala Seksi | Kelengkapan | Waktu | Output | ",
        "5 | Menyimpan kartu | √ | | Kartu | 1 Menit | Kartu tersimpan | ",
    ]
    table = join_parts(find_parts(rows(tabs(*HEADER, *STEPS) + "\n\n" + tabs(*narrow))))
    assert table
    assert table.actors == ("Pemustaka", "Petugas Layanan", "Kepala Seksi")
    assert [cell_text(c) for c in table.rows[-1].actors] == ["", "√", ""]
    assert [part.rows for part in table.parts] == [(1, 4), (5, 5)]


def test_rows_of_symbols_alone() -> None:
    table = join_parts(find_parts(rows(tabs(*HEADER, STEPS[0], " | | ↓ | | | | | | ", STEPS[1]))))
    assert table
    assert [is_marks_only(row) for row in table.rows] == [False, True, False]
