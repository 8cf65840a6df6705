"""Variants of the known layouts, their faults moved elsewhere; all once read wrongly."""

from __future__ import annotations

import pytest

from sopextract.lexicon.labels import COLUMN_GROUPS, IDENTITY_GROUPS, match_label
from sopextract.model.draft import Method, Reading
from sopextract.model.source import Place
from sopextract.normalise.garbled import looks_garbled
from sopextract.normalise.typos import correct_words
from sopextract.parse.alur.simbol import parse_mark
from sopextract.parse.identitas.items import split_items
from sopextract.parse.langkah.columns import find_columns
from sopextract.parse.langkah.content import look_at


@pytest.mark.parametrize(
    ("printed", "groups", "field"),
    [
        ("Disahkan 0leh", IDENTITY_GROUPS, "disahkan_oleh"),
        ("Tanggal Efekt1f", IDENTITY_GROUPS, "tanggal_efektif"),
        ("URAIAN PR0SEDUR", COLUMN_GROUPS, "kegiatan"),
        ("Outpul", COLUMN_GROUPS, "output"),
        ("MUTU BAKV", COLUMN_GROUPS, "mutu_baku"),
    ],
)
def test_labels_with_letters_of_one_shape(
    printed: str, groups: tuple[str, ...], field: str
) -> None:
    hit = match_label(printed, groups)
    assert hit is not None
    assert (hit.field, hit.wrong) == (field, True)


@pytest.mark.parametrize("text", ["2019", "Nomor 5", "Waktu 10 menit", "Tahap 1", "K3"])
def test_a_number_is_still_no_label(text: str) -> None:
    assert match_label(text, IDENTITY_GROUPS + COLUMN_GROUPS) is None


@pytest.mark.parametrize(
    ("text", "arrow"),
    [
        ("(Panah bawah)", "down"),
        ("Panah ke kanan", "right"),
        ("(panah atas)", "up"),
        ("(Panah kiri)", "left"),
    ],
)
def test_an_arrow_in_words_is_an_arrow(text: str, arrow: str) -> None:
    signs = parse_mark(text)
    assert (signs.arrows, signs.shapes, signs.rest) == ((arrow,), (), "")
    assert look_at(text).mark


_HEAD = ["No", "Kegiatan", "Pelaksana", "", "Mutu Baku", "", "", "Ket"]
_ROWS = [
    ["1", "Menyusun jadwal giliran ronda", "□", "", "Daftar warga", "30 Menit", "Jadwal", ""],
    ["2", "Membagikan jadwal giliran ronda", "", "□", "Jadwal", "1 Hari", "Tanda terima", ""],
    ["3", "Mencatat kehadiran di buku ronda", "", "□", "Buku ronda", "15 Menit", "Catatan", ""],
]


@pytest.mark.parametrize("waktu", ["", "Wk"])
@pytest.mark.parametrize("output", ["Output", "", "Oput"])
def test_a_lost_column_label_is_settled_by_content(waktu: str, output: str) -> None:
    under = ["", "", "Ketua", "Anggota", "Kelengkapan", waktu, output, ""]
    columns = find_columns([_HEAD, under], _ROWS)
    assert columns is not None
    assert columns.quality == {"kelengkapan": 4, "waktu": 5, "output": 6, "keterangan": 7}
    assert columns.actors == ((2, "Ketua"), (3, "Anggota"))


def test_labels_of_mutu_baku_one_off_do_not_move_the_actors() -> None:
    head = ["No", "Kegiatan", "Pelaksana", "Mutu Baku", "", "", "Ket", ""]
    under = ["", "", "Ketua", "Anggota", "Kelengkapan", "", "Waktu", "Output"]
    columns = find_columns([head, under], [[*r[:2], "", "", *r[4:]] for r in _ROWS])
    assert columns is not None
    assert columns.actors == ((2, "Ketua"), (3, "Anggota"))
    assert columns.quality["waktu"] == 5
    assert columns.quality["output"] == 6


@pytest.mark.parametrize(
    ("printed", "right"),
    [
        ("KEPALH DINAS", "KEPALA DINAS"),
        ("Plt. Kepeala Bidang Aset", "Plt. Kepala Bidang Aset"),
        ("Kepada Dinas", "Kepada Dinas"),
        ("Kepalh Suku", "Kepalh Suku"),
    ],
)
def test_the_head_of_a_post(printed: str, right: str) -> None:
    assert correct_words(printed, "disahkan_oleh/jabatan")[0] == right


def _glued(text: str) -> tuple[Reading[str], ...]:
    return (Reading(text, text, Place(), Method.CELL, 1.0),)


def test_an_empty_number_at_the_end_of_glued_items() -> None:
    found, changes = split_items(_glued("1. SOP Ronda 2. SOP Kebersihan 3."), "/keterkaitan")
    assert [item.value for item in found] == ["SOP Ronda", "SOP Kebersihan"]
    assert [(c.before, c.rule) for c in changes] == [("3.", "list.empty-item")]


def test_a_number_that_does_not_follow_stays_at_the_end() -> None:
    found, _ = split_items(_glued("1. Formulir A 2. Lampiran keputusan 7."), "/keterkaitan")
    assert [item.value for item in found] == ["Formulir A", "Lampiran keputusan 7."]


@pytest.mark.parametrize(
    ("text", "garbled"),
    [("Tanda terima berkas g", True), ("Formulir tipe c", False), ("Berita acara", False)],
)
def test_a_letter_alone_at_the_end_is_doubted(text: str, garbled: bool) -> None:
    assert looks_garbled(text) is garbled
