"""Labels of the form: accepted spellings, misspellings, what is none."""

from __future__ import annotations

import pytest

from sopextract.lexicon.labels import COLUMN_GROUPS, IDENTITY_GROUPS, label_key, match_label


@pytest.mark.parametrize(
    ("text", "field", "wrong"),
    [
        ("NOMOR SOP", "nomor_sop", False),
        ("No. SOP :", "nomor_sop", False),
        ("MOR SOP", "nomor_sop", True),
        ("Nomor S0P", "nomor_sop", True),
        ("TGL. EFEKTIP", "tanggal_efektif", True),
        ("Tanggal Pengesahan", "tanggal_pengesahan", False),
        ("REV. 03", None, False),
        ("DASAR HUKUM,", "dasar_hukum", False),
        ("IKUALIFIKASI", "kualifikasi_pelaksana", True),
        ("Pencatatan & Pendaftaran", "pencatatan_pendataan", True),
        ("Peralatan / Perlengkapan", "peralatan_perlengkapan", False),
        ("Pengesahan Dokumen Anggaran", None, False),
        ("Nomor 3", None, False),
        ("", None, False),
        ("Judul buku yang dipinjam oleh pemustaka pada hari kerja sampai pukul empat", None, False),
    ],
)
def test_labels_of_the_identity_sheet(text: str, field: str | None, wrong: bool) -> None:
    hit = match_label(text, IDENTITY_GROUPS)
    assert (hit.field if hit else None) == field
    if hit:
        assert hit.wrong is wrong


@pytest.mark.parametrize("text", ["Not", "Kata", "Hasi", "Wakt"])
def test_short_labels_must_agree_in_full(text: str) -> None:
    assert match_label(text, COLUMN_GROUPS) is None


def test_the_key_has_letters_alone() -> None:
    assert label_key("TGL. Pembuatan : 1") == "tanggalpembuatan"
