"""Turns of tabbed and piped sheets that no sample shows; all of them once read wrongly."""

from __future__ import annotations

import pytest

from sopextract.ingest.markup import clean_cell
from sopextract.lexicon.labels import COLUMN_GROUPS, match_label
from sopextract.model.draft import Method, Simbol
from sopextract.model.source import Place
from sopextract.normalise.durations import repair_waktu
from sopextract.normalise.names import title_case
from sopextract.parse.alur.simbol import Shape, parse_mark
from sopextract.parse.dasar_hukum.citation import parse_citation
from sopextract.parse.identitas.pengesahan import SignatureLine, read_pengesahan
from sopextract.parse.langkah.content import look_at
from tests.parse.documents import IDENTITY, items, read_one, tabs

IDENTITY_ALONE = tabs(
    "Nomor SOP | 014/53100/2024",
    "Tanggal Pembuatan | 4 Maret 2024",
    "Tanggal Revisi | -",
    "Tanggal Efektif | 1 April 2024",
    "Disahkan oleh | KEPALA BPS KABUPATEN SIKKA",
    "Nama SOP | Pengolahan Survei",
    "Dasar Hukum | Kualifikasi Pelaksana",
    "UU Nomor 16 Tahun 1997 tentang Statistik | Operator",
)


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        (r"1\. SOP Sirkulasi", "1. SOP Sirkulasi"),
        (r"041/PERPUS\_3/2024", "041/PERPUS_3/2024"),
        (r"$\square$ $\rightarrow$", "□ →"),
        (r"$\Diamond$ Ya", "◇ Ya"),
        (r"$\pm$ 30 menit", "± 30 menit"),
        ("NaN", ""),
        ("Unnamed: 4", ""),
        ("Nanas", "Nanas"),
        (r"folder\surat", r"folder\surat"),
        ("<!-- Page 2 -->", ""),
        ("<page_number>2</page_number>", "2"),
        ("![logo](media/image1.png)", ""),
    ],
)
def test_escapes_tex_and_empty_cells_of_converters(printed: str, text: str) -> None:
    assert clean_cell(printed).strip() == text


@pytest.mark.parametrize(
    ("text", "simbol"),
    [
        ("(Process)", "proses"),
        ("[Rectangle]", "proses"),
        ("Proses", "proses"),
        ("(Decision)", "keputusan"),
        ("🔷", "keputusan"),
        ("( )", "terminator"),
        ("[Oval]", "terminator"),
    ],
)
def test_symbols_in_the_words_of_describers(text: str, simbol: Simbol) -> None:
    assert parse_mark(text).shapes == (Shape(simbol, typed=False),)
    assert look_at(text).mark


@pytest.mark.parametrize("text", ["●", "O", "(Trapesium)", "[Shape]"])
def test_signs_that_say_who_but_not_what(text: str) -> None:
    assert parse_mark(text).shapes == (Shape(None, typed=True),)


@pytest.mark.parametrize("text", ["(Ya)", "(kembali ke 1)", "(belum lengkap)", "(2)"])
def test_words_in_brackets_that_are_no_form(text: str) -> None:
    assert not parse_mark(text).shapes


def test_end_ends() -> None:
    assert parse_mark("(End)").ends
    assert not parse_mark("weekend").shapes


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("Syarat/ Kelengkapan", "kelengkapan"),
        ("Hasil/", "output"),
        ("Hasil dan Keluaran", "output"),
        ("Waktu/Output", None),
        ("Langkah-langkah Kegiatan", "kegiatan"),
    ],
)
def test_joint_labels(text: str, field: str | None) -> None:
    hit = match_label(text, COLUMN_GROUPS)
    assert (hit.field if hit else None) == field


def test_sentences_beside_the_numbers_are_the_steps_whatever_their_label() -> None:
    draft = read_one(
        IDENTITY
        + tabs(
            "No | Apa yang dikerjakan | Pelaksana | | Mutu Baku | | ",
            " | | Petugas | Kepala | Syarat/ | Waktu | Hasil/",
            " | | Loket | Seksi | Kelengkapan | | Keluaran",
            "1) | Menerima berkas pemustaka | □ | | Berkas | 5 menit | Berkas diterima",
            "2) | Menyetujui berkas pemustaka | | ◇ | Berkas diterima | 1 jam | Persetujuan",
        )
    )
    rows = [langkah.row for langkah in draft.langkah]
    assert [r.kegiatan.value for r in rows] == [
        "Menerima berkas pemustaka",
        "Menyetujui berkas pemustaka",
    ]
    assert [p.nama.value for p in draft.pelaksana if p.nama] == ["Petugas Loket", "Kepala Seksi"]
    assert [[a.value for a in langkah.actors] for langkah in draft.langkah] == [[1], [2]]
    assert [r.output.value for r in rows if r.output] == ["Berkas diterima", "Persetujuan"]


def test_a_sheet_exported_with_nan() -> None:
    draft = read_one(
        "| Unnamed: 0 | Unnamed: 1 | Unnamed: 2 | Unnamed: 3 |\n|---|---|---|---|\n"
        "| DINAS PERHUBUNGAN | NaN | Nomor SOP | : 551/04/2021 |\n"
        "| NaN | NaN | Tanggal Pembuatan | : 5 April 2021 |\n"
        "| NaN | NaN | Tanggal Revisi | NaN |\n"
        "| NaN | NaN | Nama SOP | : Uji Berkala Kendaraan |\n"
        "| Dasar Hukum | NaN | Kualifikasi Pelaksana | NaN |\n"
        "| UU Nomor 22 Tahun 2009 tentang Lalu Lintas | NaN | 1. Penguji | NaN |\n"
        "| Keterkaitan | NaN | Peralatan | NaN |\n"
        "| SOP Pendaftaran Uji | NaN | Alat uji | NaN |\n"
    )
    assert draft.nomor_sop
    assert draft.nomor_sop.value == "551/04/2021"
    assert draft.tanggal_revisi
    assert draft.tanggal_revisi.value is None
    assert items(draft.kualifikasi_pelaksana) == ["Penguji"]
    assert items(draft.keterkaitan) == ["SOP Pendaftaran Uji"]


def signer(*lines: str) -> tuple[str | None, str | None, float]:
    """Post, name and the score of the post."""
    read = read_pengesahan([SignatureLine(line, Place()) for line in lines], (), Method.LABEL)
    post = read.jabatan
    return (
        post.value if post else None,
        read.nama.value if read.nama else None,
        post.score if post else 0.0,
    )


def test_a_short_name_of_an_agency_is_no_person() -> None:
    assert signer("Kepala Baperlin Kota", "Yulius Ratu, ST", "NIP. 19710203 199703 1 004")[:2] == (
        "Kepala Baperlin Kota",
        "Yulius Ratu, ST",
    )
    assert signer("KEPALA BAPPEDA YULIUS RATU, ST")[:2] == ("KEPALA BAPPEDA", "YULIUS RATU, ST")
    # A rank or a NIP below is no second person.
    assert signer("LURAH YULIUS RATU", "Penata Tk. I", "NIP. 19710203 199703 1 004")[:2] == (
        "LURAH",
        "YULIUS RATU",
    )


def test_a_region_ends_a_post() -> None:
    assert signer("KEPALA DINAS KESEHATAN KABUPATEN SIKKA MARTEN LEWA, SKM")[:2] == (
        "KEPALA DINAS KESEHATAN KABUPATEN SIKKA",
        "MARTEN LEWA, SKM",
    )


def test_the_last_of_two_posts_after_atas_nama_is_taken_with_doubt() -> None:
    post, name, score = signer("a.n. BUPATI SIKKA SEKRETARIS DAERAH, MARTEN LEWA, S.H.")
    assert (post, name) == ("SEKRETARIS DAERAH", "MARTEN LEWA, S.H.")
    assert score < 0.9
    assert signer("Plt. KEPALA DINAS", "MARTEN LEWA, S.H.")[2] > 0.9


def test_the_region_of_an_agency_of_the_capital_is_no_government() -> None:
    draft = read_one("BADAN PUSAT STATISTIK\nKABUPATEN SIKKA\n\n" + IDENTITY_ALONE)
    assert draft.pemerintah is None
    assert draft.perangkat_daerah
    assert draft.perangkat_daerah.value == "BADAN PUSAT STATISTIK KABUPATEN SIKKA"


def test_small_l_among_capitals() -> None:
    mended, changes = title_case("PEMERlNTAH KABUPATEN SlKKA")
    assert mended == "Pemerintah Kabupaten Sikka"
    assert [c.rule for c in changes] == ["ocr.capital-i", "case.title"]
    assert title_case("Balai Pelatihan")[1] == ()


FLOW_HEADER = (
    "No | Kegiatan | Pelaksana | | Mutu Baku | | | Ket",
    " | | Pemohon | Petugas | Kelengkapan | Waktu | Output | ",
)


def edges(*steps: str) -> list[tuple[int, int, str | None, str]]:
    """The edges of a sheet with these steps of two actors."""
    draft = read_one(IDENTITY + tabs(*FLOW_HEADER, *steps))
    return [(e.dari, e.ke, e.label, e.basis) for e in draft.alur]


@pytest.mark.parametrize(
    "remark",
    [
        "Jika tidak lengkap kembali ke nomor 1",
        "Tidak: ke no 1",
        "Ya lanjut, Tidak kembali ke (1)",
        "Belum lengkap dikembalikan ke Pemohon",
    ],
)
def test_a_remark_sends_back(remark: str) -> None:
    found = edges(
        "1 | Menyerahkan berkas | □ | | KTP | 5 menit | Berkas | ",
        f"2 | Memeriksa berkas | | ◇ | Berkas | 5 menit | Berkas lengkap | {remark}",
        "3 | Mencatat berkas | | □ | Berkas lengkap | 5 menit | Catatan | ",
    )
    assert (2, 1, "Tidak", "text") in found
    assert [(a, b) for a, b, _, _ in found if b > a] == [(1, 2), (2, 3)]


@pytest.mark.parametrize(
    "remark", ["Jika jaringan normal", "Dikembalikan dalam 1 hari", "Ya/Tidak"]
)
def test_a_remark_that_leads_nowhere(remark: str) -> None:
    found = edges(
        "1 | Menyerahkan berkas | □ | | KTP | 5 menit | Berkas | ",
        f"2 | Memeriksa berkas | | □ | Berkas | 5 menit | Berkas lengkap | {remark}",
        "3 | Mencatat berkas | | □ | Berkas lengkap | 5 menit | Catatan | ",
    )
    assert found == [(1, 2, None, "order"), (2, 3, None, "order")]


def test_ya_beside_a_decision_goes_on() -> None:
    found = edges(
        "1 | Memeriksa berkas | | ◇ Ya ↓ | Berkas | 5 menit | Berkas lengkap | ",
        "2 | Mencatat berkas | | □ Ya | Berkas lengkap | 5 menit | Catatan | ",
        "3 | Menyimpan berkas | | □ | Catatan | 5 menit | Arsip | ",
    )
    assert found == [(1, 2, "Ya", "order"), (2, 3, None, "order")]


def test_mulai_and_selesai_in_keterangan_are_terminators_inferred() -> None:
    draft = read_one(
        IDENTITY
        + tabs(
            "No | Kegiatan | Pelaksana | Kelengkapan | Waktu | Output | Keterangan",
            "1 | Menyusun laporan | Staf | Data | 3 hr | Draf | Mulai",
            "2 | Memeriksa laporan | Kasubbag | Draf | 1 hr | Draf | Mulai bulan Mei",
            "3 | Mengirim laporan | Staf | Draf | 1 hr | Laporan | Selesai",
        )
    )
    kinds = [(k.simbol.value, k.simbol.method) if k.simbol else None for k in draft.langkah]
    ends = ("terminator", Method.INFERRED)
    assert kinds == [ends, None, ends]


def test_a_group_heading_broken_over_two_cells() -> None:
    draft = read_one(
        IDENTITY
        + tabs(
            "No | Kegiatan | Pelak | sana | Mutu | Baku | ",
            " | | Pemohon | Petugas | Kelengkapan | Waktu | Output",
            "1 | Menyerahkan berkas | √ | | KTP | 5 menit | Berkas",
            "2 | Memeriksa berkas | | √ | Berkas | 5 menit | Catatan",
        )
    )
    assert [p.nama.value for p in draft.pelaksana if p.nama] == ["Pemohon", "Petugas"]


def test_a_signature_above_the_table_is_no_title() -> None:
    draft = read_one(
        IDENTITY_ALONE
        + "\nMARTEN LEWA, SST\nPembina\nNIP. 19710203 199703 1 004\n\n"
        + tabs(*FLOW_HEADER, "1 | Menyusun laporan | □ | | Data | 3 jam | Draf | ")
    )
    assert draft.judul_lain == ()


def test_tex_in_cells_of_html() -> None:
    draft = read_one(
        IDENTITY
        + "\n<table><tr><th>No<th>Kegiatan<th>Pemohon<th>Petugas<th>Kelengkapan<th>Waktu"
        + "<th>Output</tr><tr><td>1<td>Menyerahkan berkas<td>$\\bigcirc$ $\\rightarrow$<td>"
        + "<td>KTP<td>5 menit<td>Berkas</tr><tr><td>2<td>Memeriksa berkas<td><td>$\\Diamond$"
        + "<td>Berkas<td>5 menit<td>NaN</tr></table>\n"
    )
    assert [k.simbol.value if k.simbol else None for k in draft.langkah] == [
        "terminator",
        "keputusan",
    ]
    output = draft.langkah[1].row.output
    assert output
    assert output.value is None


@pytest.mark.parametrize(
    ("text", "jenis", "nomor", "daerah"),
    [
        ("Permenhub No. PM 19 Tahun 2021 tentang Uji Berkala", "Permenhub", "PM 19", None),
        (
            "Peraturan Menteri Perhubungan Republik Indonesia PM 60 Tahun 2019 tentang Angkutan",
            "Permenhub",
            "PM 60",
            None,
        ),
        ("Permenhub Nomor KM. 55 Tahun 2012 tentang Kapal", "Permenhub", "KM. 55", None),
        (
            "Peraturan DPRD Kab. Sikka No. 1 Tahun 2019 tentang Tata Tertib",
            "Peraturan DPRD",
            "1",
            "Kabupaten Sikka",
        ),
        (
            "Kep. Bupati Sikka No. 12/KEP/HK/2020 tentang Tim",
            "Kepbup",
            "12/KEP/HK/2020",
            "Kabupaten Sikka",
        ),
    ],
)
def test_citations(text: str, jenis: str, nomor: str, daerah: str | None) -> None:
    found = parse_citation(text)
    assert found
    assert (found.jenis, found.nomor, found.daerah) == (jenis, nomor, daerah)


def test_a_grade_without_its_stroke() -> None:
    lines = ["KEPALA DINAS", "MARTEN LEWA, S.H.", "Pembina Utama Muda / IVc"]
    read = read_pengesahan([SignatureLine(line, Place()) for line in lines], (), Method.LABEL)
    assert read.pangkat
    assert read.pangkat.value == "Pembina Utama Muda / IVc"
    assert signer("LURAH IVA LESTARI, SE")[1] == "IVA LESTARI, SE"


def test_a_label_of_no_form_owns_its_own_value() -> None:
    draft = read_one(
        tabs(
            "Nomor SOP | : 551/04/2021",
            "Kode Klasifikasi | : 551.2",
            "Tgl. Terbit | : 5 April 2021",
            "Tanggal Revisi | : -",
            "Disahkan | : KEPALA DINAS",
            "Oleh | : MARTEN LEWA, S.H.",
            " | NIP. 19710203 199703 1 004",
            "Nama SOP | : Uji Berkala",
            "Dasar Hukum | Kualifikasi Pelaksana",
            "UU Nomor 22 Tahun 2009 tentang Lalu Lintas | Penguji",
        )
    )
    assert draft.nomor_sop
    assert draft.nomor_sop.value == "551/04/2021"
    assert draft.tanggal_pembuatan
    assert draft.tanggal_pembuatan.value == "2021-04-05"
    assert draft.disahkan_oleh.nama
    assert draft.disahkan_oleh.nama.value == "MARTEN LEWA, S.H."
    assert ("Kode Klasifikasi", "551.2") in [(name, r.value) for name, r in draft.lainnya]


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("3O Menit", "30 Menit"),
        ("l Jam", "1 Jam"),
        ("1 Jarn", "1 Jam"),
        ("2 Hart", "2 Hari"),
        ("1 hari kcrja", "1 hari kerja"),
        ("Sesuai jadwal", "Sesuai jadwal"),
        ("15 mnt", "15 mnt"),
        ("120 Menit / 3 Hari", "120 Menit / 3 Hari"),
    ],
)
def test_times_with_confused_letters(printed: str, text: str) -> None:
    mended, changes = repair_waktu(printed)
    assert mended == text
    assert [c.score < 0.9 for c in changes] == ([True] if printed != text else [])


def test_letters_among_the_digits_of_a_number_are_doubted() -> None:
    draft = read_one(IDENTITY_ALONE.replace("014/53100/2024", "O14/531O0/2024"))
    assert draft.nomor_sop
    assert draft.nomor_sop.value == "O14/531O0/2024"
    assert draft.nomor_sop.score < 0.9


@pytest.mark.parametrize("said", ["Nihil", "Tidak ada", "00-00-0000", "Belum pernah"])
def test_no_date_said_in_words(said: str) -> None:
    draft = read_one(IDENTITY_ALONE.replace("Revisi\t-", f"Revisi\t{said}"))
    assert draft.tanggal_revisi
    assert (draft.tanggal_revisi.value, draft.tanggal_revisi.method) == (None, Method.ABSENT)


def test_a_return_told_beside_the_symbol() -> None:
    found = edges(
        "1 | Menyerahkan berkas | □ | | KTP | 5 menit | Berkas | ",
        "2 | Memeriksa berkas | | ◇ → Tidak (kembali ke 1) | Berkas | 5 menit | Catatan | ",
        "3 | Mencatat berkas | | □ | Catatan | 5 menit | Arsip | ",
    )
    assert (2, 1, "Tidak", "text") in found
