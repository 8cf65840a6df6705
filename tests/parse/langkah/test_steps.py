"""Rows of tables as steps, in the layouts in which tables are met."""

from __future__ import annotations

import pytest

from sopextract.model.draft import Change, PelaksanaDraft, StepRow, TablePart
from sopextract.parse.langkah.join import join_parts
from sopextract.parse.langkah.parts import find_parts
from sopextract.parse.langkah.steps import read_langkah
from tests.parse.documents import HEADER, STEPS, rows, tabs

Read = tuple[
    tuple[PelaksanaDraft, ...], tuple[StepRow, ...], tuple[Change, ...], tuple[TablePart, ...]
]
TEXTS = [line.split(" | ")[1] for line in STEPS]


def read(*lines: str) -> Read:
    """The table of these lines; an empty line ends a grid."""
    text = "".join(tabs(line) if line else "\n\n" for line in lines)
    table = join_parts(find_parts(rows(text)))
    assert table is not None
    return read_langkah(table)


def kegiatan(found: Read) -> list[str]:
    """The texts of the steps."""
    return [row.kegiatan.value for row in found[1]]


def marks(found: Read) -> list[list[tuple[int | None, str]]]:
    """What stands in the actor columns, per step."""
    return [[(m.kolom, m.text) for m in row.marks] for row in found[1]]


def names(found: Read) -> list[str | None]:
    """The labels of the actor columns."""
    return [p.nama.value if p.nama else None for p in found[0]]


MARKS = [[(1, "(Oval)")], [(2, "(Kotak)")], [(3, "(Bintang)")], [(2, "(Oval)")]]


def test_a_plain_table() -> None:
    found = read(*HEADER, *STEPS)
    assert (kegiatan(found), marks(found)) == (TEXTS, MARKS)
    assert names(found) == ["Pemustaka", "Petugas Layanan", "Kepala Seksi"]


def test_a_row_of_arrows_belongs_to_the_step_below() -> None:
    found = read(*HEADER, STEPS[0], " | | ↓ | | | | | | ", *STEPS[1:])
    assert kegiatan(found) == TEXTS
    assert marks(found)[1] == [(1, "↓"), (2, "(Kotak)")]


def test_rows_of_mulai_and_selesai_are_no_steps() -> None:
    found = read(*HEADER, "1 | Mulai | ⬭ | | | | | | ", *STEPS, "6 | Selesai | | ⬭ | | | | | ")
    assert kegiatan(found) == TEXTS
    assert marks(found)[0][0] == (1, "⬭")
    assert marks(found)[-1][-1] == (2, "⬭")


def test_a_step_that_begins_with_such_a_word_stays_a_step() -> None:
    line = "1 | Mulai mencatat | √ | | | Buku | 5 Menit | Catatan | "
    assert kegiatan(read(*HEADER, line, STEPS[1])) == ["Mulai mencatat", TEXTS[1]]


@pytest.mark.parametrize("word", ["Jumlah", "TOTAL WAKTU"])
def test_a_total_is_no_step(word: str) -> None:
    assert kegiatan(read(*HEADER, *STEPS, f" | {word} | | | | | 20 Menit | | ")) == TEXTS


def test_a_numbered_step_about_a_total_stays() -> None:
    line = "5 | Jumlah buku dihitung | √ | | | Buku | 5 Menit | Jumlah | "
    assert kegiatan(read(*HEADER, *STEPS, line)) == [*TEXTS, "Jumlah buku dihitung"]


def test_one_column_of_names_becomes_one_column_an_actor() -> None:
    found = read(
        "No | Kegiatan | Pelaksana | Kelengkapan | Waktu | Output | Ket",
        "1 | Menyerahkan buku | Pemustaka | Buku | 2 Menit | Buku diterima | ",
        "2 | Memeriksa kartu | Petugas Layanan | Kartu | 5 Menit | Data | ",
        "3 | Menyerahkan buku | Pemustaka | Data | 10 Menit | Persetujuan | ",
    )
    assert names(found) == ["Pemustaka", "Petugas Layanan"]
    assert marks(found) == [[(1, "√")], [(2, "√")], [(1, "√")]]


def test_a_row_without_number_goes_on_with_the_one_above() -> None:
    rest = " | dan mencatatnya di buku | | | | Buku induk | | | "
    found = read(*HEADER, STEPS[0], rest, *STEPS[1:])
    assert kegiatan(found) == [f"{TEXTS[0]} dan mencatatnya di buku", *TEXTS[1:]]
    first = found[1][0].kelengkapan
    assert first
    assert first.value == "Buku Buku induk"


def test_half_tables_are_joined_side_by_side() -> None:
    cells = [[c.strip() for c in line.split("|")] for line in STEPS]
    found = read(
        "No | Kegiatan | PELAK | ",
        " | | Pemustaka | Petugas Layanan",
        *[" | ".join(c[:4]) for c in cells],
        "",
        "KASANA | Mutu Baku | | | Keterangan",
        "Kepala Seksi | Kelengkapan | Waktu | Output | ",
        *[" | ".join(c[4:]) for c in cells],
    )
    assert (kegiatan(found), marks(found)) == (TEXTS, MARKS)
    assert names(found) == ["Pemustaka", "Petugas Layanan", "Kepala Seksi"]
    assert [r.waktu.value for r in found[1] if r.waktu] == [c[6] for c in cells]


def test_a_shifted_row_is_laid_right_and_logged() -> None:
    shifted = (
        "2 | Memeriksa keanggotaan | | | (Kotak) | | Kartu anggota | 5 Menit | Data anggota | "
    )
    found = read(*HEADER, STEPS[0], shifted, *STEPS[2:])
    row = found[1][1]
    assert [r.value for r in (row.kelengkapan, row.waktu, row.output) if r] == [
        "Kartu anggota",
        "5 Menit",
        "Data anggota",
    ]
    assert [(c.path, c.rule) for c in found[2]] == [("/langkah/1", "layout.shift")]


def test_an_empty_cell_too_many_at_the_end_is_no_shift() -> None:
    found = read(*HEADER, *[line + " | " for line in STEPS])
    assert (marks(found), found[2]) == (MARKS, ())


def test_a_header_that_is_shifted_against_its_data() -> None:
    found = read(
        "No | Kegiatan | Pelaksana | | Mutu Baku | | | Ket",
        " | | Pemustaka | Petugas Layanan | Kepala Seksi | Kelengkapan | Waktu | Output",
        *STEPS,
    )
    assert names(found) == ["Pemustaka", "Petugas Layanan", "Kepala Seksi"]
    assert [r.waktu.value for r in found[1] if r.waktu] == [
        "2 Menit",
        "5 Menit",
        "10 Menit",
        "3 Menit",
    ]


def test_a_column_whose_label_is_lost_is_kept() -> None:
    found = read(
        HEADER[0], " | | Pemustaka | | Kepala Seksi | Kelengkapan | Waktu | Output | ", *STEPS
    )
    assert names(found) == ["Pemustaka", None, "Kepala Seksi"]
    assert marks(found) == MARKS


def test_other_labels_on_the_next_page_are_kept_beside_the_first() -> None:
    second = " | | Pemustaka | Pustakawan | Kasi | Kelengkapan | Waktu | Output | "
    found = read(*HEADER, *STEPS[:2], "", HEADER[0], second, *STEPS[2:])
    assert names(found) == ["Pemustaka", "Petugas Layanan", "Kepala Seksi"]
    assert [[a.value for a in p.also] for p in found[0]] == [[], ["Pustakawan"], ["Kasi"]]
    assert kegiatan(found) == TEXTS


def test_an_unreadable_number_is_unread_and_a_missing_one_absent() -> None:
    found = read(*HEADER, STEPS[0].replace("1 |", "l. |"), STEPS[1].replace("2 |", " |"), STEPS[2])
    assert [(r.no.value, r.no.method.value) for r in found[1] if r.no] == [
        (None, "unread"),
        (None, "absent"),
        (3, "cell"),
    ]


def test_parts_count_steps_not_printed_rows() -> None:
    arrows = " | | ↓ | | | | | |"
    found = read(*HEADER, STEPS[0], arrows, STEPS[1], "", *HEADER, arrows, STEPS[2], STEPS[3])
    assert [part.rows for part in found[3]] == [(1, 2), (3, 4)]
