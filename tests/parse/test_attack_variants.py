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
from tests.parse.documents import IDENTITY, STEPS, items, read_one, tabs


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


_TABLE = (
    "No | Kegiatan | Pelaksana | | | Mutu Baku | | | Keterangan",
    " | | Pemustaka | Petugas Layanan | Kepala Seksi | Kelengkapan | Waktu | Output | ",
)


def test_a_lost_label_of_a_section_beside_its_partner() -> None:
    sheet = tabs(
        "Nomor SOP | 12/PERPUS/2024",
        "Nama SOP | Peminjaman Buku",
        "Dasar Hukum | Kualifikasi Pelaksana",
        "UU Nomor 43 Tahun 2007 tentang Perpustakaan | Ramah",
        "Keterkaitan | ",
        "1. SOP Pengembalian 2. SOP Denda | 1. Komputer 2. Pemindai",
        " | Pencatatan dan Pendataan",
        "Jika kartu hilang maka peminjaman ditunda | Buku peminjaman",
        *_TABLE,
        *STEPS,
    )
    draft = read_one(sheet)
    assert items(draft.keterkaitan) == ["SOP Pengembalian", "SOP Denda"]
    assert items(draft.peralatan_perlengkapan) == ["Komputer", "Pemindai"]
    assert items(draft.peringatan) == ["Jika kartu hilang maka peminjaman ditunda"]
    assert items(draft.pencatatan_pendataan) == ["Buku peminjaman"]
    for section in (draft.peralatan_perlengkapan, draft.peringatan):
        assert section.label is None
        assert all(item.score < 0.9 for item in section.items)


def test_labels_of_number_and_date_side_by_side_above_their_values() -> None:
    sheet = tabs(
        "Nomor SOP | Tanggal Pembuatan",
        "12/PERPUS/2024 | 4 Maret 2024",
        "Nama SOP | Peminjaman Buku",
        *_TABLE,
        *STEPS,
    )
    draft = read_one(sheet)
    assert draft.nomor_sop is not None
    assert draft.tanggal_pembuatan is not None
    assert (draft.nomor_sop.value, draft.tanggal_pembuatan.value) == (
        "12/PERPUS/2024",
        "2024-03-04",
    )


def test_government_and_agency_in_one_line() -> None:
    sheet = (
        "PEMERINTAH KABUPATEN SIKKA DINAS PERPUSTAKAAN\nDAN KEARSIPAN\nBIDANG LAYANAN\n\n"
        + tabs("Nomor SOP | 12/PERPUS/2024", "Nama SOP | Peminjaman Buku", *_TABLE, *STEPS)
    )
    draft = read_one(sheet)
    assert draft.pemerintah is not None
    assert draft.perangkat_daerah is not None
    assert draft.pemerintah.value == "PEMERINTAH KABUPATEN SIKKA"
    assert draft.perangkat_daerah.value == "DINAS PERPUSTAKAAN DAN KEARSIPAN"
    assert [unit.value for unit in draft.unit_kerja] == ["BIDANG LAYANAN"]


def test_a_number_inside_the_text_of_its_step() -> None:
    steps = [step.replace("2 | Mem", " | 2. Mem").replace("3 | Mem", " | 7 Mem") for step in STEPS]
    draft = read_one(IDENTITY + tabs(*_TABLE, *steps))
    second, third = (draft.langkah[k].row for k in (1, 2))
    assert second.no is not None
    assert (second.no.value, second.kegiatan.value) == (2, "Memeriksa keanggotaan")
    assert third.kegiatan.value == "7 Memberikan persetujuan"


def test_remarks_beside_their_label() -> None:
    rows = [step + " |" for step in STEPS]
    head = ("No | Kegiatan | Pelaksana | | | Mutu Baku | | | | Ket", _TABLE[1])
    draft = read_one(IDENTITY + tabs(*head, *rows))
    remark = draft.langkah[3].row.keterangan
    assert remark is not None
    assert remark.value == "Rak A"


@pytest.mark.parametrize(
    ("under", "surest"),
    [
        (" | | Pemustaka | Petugas Layanan | Kelengkapan | Waktu | Output | ", 0.89),
        (_TABLE[1], 0.98),
    ],
)
def test_names_that_may_be_one_column_off_are_doubted(under: str, surest: float) -> None:
    draft = read_one(IDENTITY + tabs(_TABLE[0], under, *STEPS))
    scores = [actor.score for step in draft.langkah for actor in step.actors]
    assert len(scores) == 4
    assert max(scores) <= surest
    assert surest == 0.89 or min(scores) == surest


def test_a_time_cut_in_two_cells() -> None:
    steps = [STEPS[0], STEPS[1].replace("5 Menit", "5 | Menit"), *STEPS[2:]]
    row = read_one(IDENTITY + tabs(*_TABLE, *steps)).langkah[1].row
    assert row.waktu is not None
    assert row.output is not None
    assert (row.waktu.value, row.output.value) == ("5 Menit", "Data anggota")
