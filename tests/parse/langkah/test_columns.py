"""Which column holds what."""

from __future__ import annotations

import pytest

from sopextract.parse.labels import column_label
from sopextract.parse.langkah.columns import find_columns

HEADER = [
    ["No", "Kegiatan", "Pelaksana", "", "Mutu Baku", "", "", "Ket"],
    ["", "", "Staf", "Kasi", "Kelengkapan", "Waktu", "Output", ""],
]
DATA = [
    ["1", "Mencatat surat masuk", "√", "", "Surat", "5 Menit", "Surat tercatat", ""],
    ["2", "Memeriksa surat masuk", "", "√", "Surat tercatat", "10 Menit", "Paraf", ""],
]
QUALITY = {"kelengkapan": 4, "waktu": 5, "output": 6, "keterangan": 7}


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("NO.", "no"),
        ("Uraian Prosedur", "kegiatan"),
        ("MUTU BUKU", "mutu_baku"),
        ("PELAK", "pelaksana"),
        ("KASANA", "pelaksana"),
        ("Autput", "output"),
        ("Waktu (menit)", "waktu"),
        ("Persyaratan/ Kelengkapan", "kelengkapan"),
        ("Kepala Seksi", None),
        ("Notulen", None),
        ("5 menit", None),
    ],
)
def test_labels_of_columns(text: str, field: str | None) -> None:
    hit = column_label(text)
    assert (hit.field if hit else None) == field


def test_a_table_with_two_header_rows() -> None:
    columns = find_columns(HEADER, DATA)
    assert columns
    assert (columns.no, columns.kegiatan, columns.quality) == (0, 1, QUALITY)
    assert columns.actors == ((2, "Staf"), (3, "Kasi"))
    assert [columns.role(k) for k in (0, 1, 2, 5, 9)] == [
        "no",
        "kegiatan",
        "actor",
        "waktu",
        "none",
    ]


def test_an_actor_called_pelaksana_is_an_actor() -> None:
    columns = find_columns([HEADER[0], ["", "", "Pelaksana", *HEADER[1][3:]]], DATA)
    assert columns
    assert columns.actors == ((2, "Pelaksana"), (3, "Kasi"))


def test_content_settles_a_shifted_header() -> None:
    shifted = ["", "", "Staf", "Kelengkapan", "Waktu", "Output", "", ""]
    columns = find_columns([HEADER[0], shifted], DATA)
    assert columns
    assert columns.quality["waktu"] == 5
    assert columns.quality["output"] == 6


def test_a_table_without_kegiatan_or_mutu_baku_is_none() -> None:
    assert find_columns([["Nama", "Umur"]], [["Ana", "12"]]) is None
