"""Labels in lines and cells, wherever they stand; what only looks like one."""

from __future__ import annotations

import pytest

from sopextract.parse.labels import find_in_line, find_in_row, unglue
from tests.parse.documents import rows, tabs


def fields(text: str) -> list[tuple[str, str | None]]:
    """The fields found in a line, each with what stands behind it."""
    return [(at.hit.field, at.rest) for at in find_in_line(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Dasar Hukum", [("dasar_hukum", None)]),
        ("NOMOR SOP : 1/A/2024", [("nomor_sop", "1/A/2024")]),
        ("TGL. REVISI :", [("tanggal_revisi", None)]),
        ("NOMOR SOP 1/A/2024", [("nomor_sop", "1/A/2024")]),
        ("TANGGAL 5 Desember 2017 PEMBUATAN", [("tanggal_pembuatan", "5 Desember 2017")]),
        (
            "Dasar Hukum Kualifikasi Pelaksana",
            [("dasar_hukum", None), ("kualifikasi_pelaksana", None)],
        ),
        (
            "Peringatan : Pencatatan dan Pendataan :",
            [("peringatan", None), ("pencatatan_pendataan", None)],
        ),
        (
            "Nomor SOPTgl PembuatanTgl Revisi",
            [("nomor_sop", None), ("tanggal_pembuatan", None), ("tanggal_revisi", None)],
        ),
        ("ERKAITAN", [("keterkaitan", None)]),
        ("Nama S0P : Surat Masuk", [("nama_sop", "Surat Masuk")]),
    ],
)
def test_labels_of_a_line(text: str, wanted: list[tuple[str, str | None]]) -> None:
    assert fields(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Kepala Dinas memeriksa nomor surat",
        "SOP Pengelolaan Arsip",
        "TANGGAL rapat bulanan PEMBUATAN",
        "Undang-Undang Nomor 23 Tahun 2014",
        "Menyiapkan peralatan yang akan dipakai",
        "",
    ],
)
def test_what_is_no_label(text: str) -> None:
    assert fields(text) == []


def test_cells_of_a_row() -> None:
    row = rows(tabs("Dasar Hukum | | Kualifikasi Pelaksana"))[0]
    assert [(at.column, at.hit.field) for at in find_in_row(row)] == [
        (0, "dasar_hukum"),
        (2, "kualifikasi_pelaksana"),
    ]


def test_words_are_set_apart_only_before_a_label() -> None:
    assert unglue("Nomor SOPTgl Revisi") == "Nomor SOP Tgl Revisi"
    assert unglue("ProTanggalan") == "ProTanggalan"
