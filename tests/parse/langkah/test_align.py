"""Cells laid over the columns of their table."""

from __future__ import annotations

from sopextract.parse.langkah.align import align_row
from sopextract.parse.langkah.columns import Columns

COLUMNS = Columns(
    0,
    1,
    ((2, "Staf"), (3, "Kasi")),
    {"kelengkapan": 4, "waktu": 5, "output": 6, "keterangan": 7},
    {},
    8,
)
STRAIGHT = ["1", "Mencatat surat", "√", "", "Surat", "5 Menit", "Surat tercatat", ""]


def test_a_row_that_fits_stays() -> None:
    assert align_row(STRAIGHT, COLUMNS) == (tuple(range(8)), False)


def test_a_cell_too_many_is_skipped() -> None:
    path, moved = align_row([*STRAIGHT[:2], "", *STRAIGHT[2:]], COLUMNS)
    assert moved
    assert path[4:7] == (5, 6, 7)


def test_a_cell_too_few_leaves_a_column_empty() -> None:
    path, moved = align_row(["2", "Memeriksa surat", "√", "Surat", "10 Menit", "Paraf"], COLUMNS)
    assert moved
    assert (path[4], path[5], path[6]) == (3, 4, 5)


def test_an_amount_under_output_is_not_moved_when_waktu_is_filled() -> None:
    row = ["3", "Menyusun laporan", "√", "", "Data", "15 Menit", "7 Hari", ""]
    assert align_row(row, COLUMNS) == (tuple(range(8)), False)


def test_a_short_row_ends_in_no_cells() -> None:
    path, moved = align_row(STRAIGHT[:7], COLUMNS)
    assert (path, moved) == ((0, 1, 2, 3, 4, 5, 6, None), False)
