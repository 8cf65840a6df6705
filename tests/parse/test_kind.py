"""What is a sheet, and what only lies in the same archives."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sopextract.errors import NotASopError
from sopextract.model.source import Page, Place, ScanReading, TextLine
from sopextract.parse import parse
from sopextract.settings import ParseSettings
from tests.factories import drawn_document, drawn_page, exact_grid
from tests.parse.documents import SHEET, read, tabs
from tests.parse.test_drawn_sheets import IDENTITY, flow_pages, identity_page
from tests.parse.test_drawn_sheets import read_one as record_of

LETTER = """PEMERINTAH KABUPATEN SIKKA
DINAS PERPUSTAKAAN DAN KEARSIPAN
Nomor : 005/12/2024
Sifat : Biasa
Lampiran : 1 berkas
Perihal : Undangan rapat penyusunan SOP
Kepada Yth. Para Kepala Bidang
di -
Tempat
Dengan hormat, sehubungan dengan penyusunan SOP, Saudara diundang hadir pada
Tanggal : 4 Maret 2024
Demikian disampaikan, atas perhatian diucapkan terima kasih.
KEPALA DINAS
MARTEN LEWA
NIP. 19710203 199703 1 004
"""
BUDGET = "RENCANA KERJA DAN ANGGARAN\nPagu APBD, kode rekening 5.1\n" + tabs(
    "No | Kegiatan | Waktu | Output | Belanja (Rp) | Keterangan",
    "1 | Rapat koordinasi | 1 hari | Laporan | 500.000 | ",
    "2 | Bimbingan teknis | 2 hari | Laporan | 700.000 | ",
)
PUSKESMAS = """SOP PENDAFTARAN PASIEN
No. Dokumen : 440/SOP/PKM/2024
No. Revisi : 00
Tanggal Terbit : 4 Maret 2024
Halaman : 1/2
UPT PUSKESMAS NITA
1. Pengertian Pendaftaran adalah proses menerima pasien
2. Tujuan Sebagai acuan petugas
3. Kebijakan SK Kepala Puskesmas
4. Referensi Buku pedoman
5. Prosedur / Langkah-langkah
a. Petugas menyapa pasien
6. Unit terkait Poli umum
"""
PELAYANAN = """STANDAR PELAYANAN
1. Persyaratan : KTP
2. Sistem, mekanisme dan prosedur : pemohon datang
3. Jangka waktu penyelesaian : 1 hari
4. Biaya/tarif : gratis
5. Produk pelayanan : kartu
6. Penanganan pengaduan : kotak saran
7. Dasar hukum : Undang-Undang Nomor 25 Tahun 2009
8. Kompetensi pelaksana : SMA
"""
DECREE = """KEPUTUSAN KEPALA DINAS
NOMOR 4 TAHUN 2024
TENTANG STANDAR OPERASIONAL PROSEDUR
Menimbang : a. bahwa perlu ada prosedur
Mengingat : 1. Undang-Undang Nomor 43 Tahun 2007;
MEMUTUSKAN
Menetapkan : SOP
KESATU : Menetapkan SOP.
KEDUA : Berlaku sejak ditetapkan.
"""
SLIDES = """PENGERTIAN SOP
Bimbingan Teknis
Manfaat SOP
Nomor SOP
Tanggal Pembuatan
Tanggal Revisi
Disahkan oleh
Nama SOP
Dasar Hukum
Kualifikasi Pelaksana
Keterkaitan
Peringatan
Terima kasih
"""


@pytest.mark.parametrize(
    ("text", "likeness"),
    [
        (LETTER, "a letter"),
        (BUDGET, "a budget"),
        (PUSKESMAS, "a puskesmas accreditation SOP"),
        (PELAYANAN, "a Standar Pelayanan"),
        (DECREE, "a decree or regulation"),
        (SLIDES, "slides or training material"),
    ],
    ids=("letter", "budget", "puskesmas", "pelayanan", "decree", "slides"),
)
def test_a_look_alike_is_refused_by_name(text: str, likeness: str) -> None:
    with pytest.raises(NotASopError, match=f"looks like {likeness}"):
        read(text)


def test_a_sheet_behind_a_decree_is_still_a_sheet() -> None:
    (draft,) = read(DECREE + "\n\n" + SHEET)
    assert draft.nomor_sop
    assert draft.nomor_sop.value == "12/DISPUSIP/2024"
    assert len(draft.langkah) == 4


def test_a_sheet_about_letters_is_a_sheet() -> None:
    (draft,) = read(SHEET.replace("Peminjaman Buku", "Undangan: Perihal dan Tembusan Surat"))
    assert len(draft.langkah) == 4


CLEAR = ScanReading("an engine", "1", 0.97, 0.9, 300, 2)
DIM = ScanReading("an engine", "1", 0.5, 0.08, 40, 31, poor="3 dari 40 kata dikenal")
BLANK = ScanReading("an engine", "1", None, None, 0, 0)
SCRIBBLED = ScanReading("an engine", "1", 0.5, 1.0, 63, 119, poor="119 kata tidak terbaca")


def scrawl(number: int, scan: ScanReading) -> Page:
    """A page with some words that say nothing."""
    line = TextLine("vvlla onn ,tj", Place(number), score=0.4)
    return Page(number, (line,) if scan.words else (), size_pt=(595.0, 842.0), scan=scan)


@pytest.mark.parametrize(
    ("pages", "why"),
    [
        ((BLANK,), "page 1: no words"),
        ((DIM,), "page 1: 3 of 40 words known"),
        ((SCRIBBLED,), "page 1: 119 of 182 words not readable, as in handwriting"),
        ((BLANK, DIM), "page 1: no words, page 2: 3 of 40 words known"),
        (
            (DIM,) * 6,
            ", ".join(f"page {n}: 3 of 40 words known" for n in (1, 2, 3)) + " and 3 more",
        ),
    ],
)
def test_a_scan_that_cannot_be_read_is_named(pages: tuple[ScanReading, ...], why: str) -> None:
    scans = [scrawl(number, scan) for number, scan in enumerate(pages, 1)]
    with pytest.raises(NotASopError) as caught:
        parse(drawn_document(*scans), ParseSettings())
    assert str(caught.value) == f"is a scan that cannot be read ({why})"
    assert (
        caught.value.hint
        == "scan it again at 300 dpi, straight and in good light; handwriting cannot be read"
    )


def test_a_scan_that_was_read_and_is_no_sheet_is_not_called_unreadable() -> None:
    with pytest.raises(NotASopError, match="holds no SOP sheet: neither its labels"):
        parse(drawn_document(scrawl(1, CLEAR), scrawl(2, DIM)), ParseSettings())


def test_a_few_labels_on_a_page_that_can_hardly_be_read_make_no_record() -> None:
    steps = flow_pages()[0].blocks
    labels = exact_grid(*IDENTITY[1:4])
    found = drawn_page(1, labels, *steps, scan=CLEAR)
    assert len(parse(drawn_document(found), ParseSettings())) == 1
    with pytest.raises(NotASopError, match="is a scan that cannot be read"):
        parse(drawn_document(replace(found, scan=DIM)), ParseSettings())


def test_a_poor_page_among_good_ones_is_told_of() -> None:
    good = [replace(page, scan=CLEAR) for page in (identity_page(), *flow_pages())]
    record = record_of(*good, scrawl(4, DIM))
    assert record.nama_sop == "Peminjaman Buku"
    assert len(record.langkah) == 4
    assert record.source.pages == (1, 4)
    told = {f.rule: f.message for f in record.findings}
    assert told["RD-16"] == "Halaman 4 hasil pindai kurang terbaca: 3 dari 40 kata dikenal."


LIST = tabs(
    "DAFTAR SOP BAGIAN ORGANISASI TAHUN 2024",
    "No | Unit Kerja | Nomor SOP | Nama SOP | Tanggal Pembuatan | Tanggal Efektif | Disahkan oleh",
    *(
        f"{n} | Dinas Sosial | 065/{n}/DINSOS | Pelayanan {n} | 2023-01-02 | 2023-02-03 | Kepala"
        for n in range(1, 9)
    ),
    "No | Kegiatan | Pelaksana | Waktu | Output | Keterangan",
    "1 | Rapat koordinasi | Bagian Organisasi | 2 hari | Notula | -",
    "2 | Evaluasi | Bagian Organisasi | 2 hari | Laporan | -",
)


@pytest.mark.parametrize("text", [LIST, LIST.split("No | Kegiatan")[0]])
def test_a_list_of_sops_is_none(text: str) -> None:
    with pytest.raises(NotASopError):
        read(text)


def test_a_form_with_its_labels_side_by_side_is_one() -> None:
    """One row of values stands below its labels, then the step table begins."""
    labels = "Nomor SOP | Tanggal Pembuatan | Tanggal Revisi | Tanggal Efektif | Disahkan oleh"
    steps = (
        "No | Kegiatan | Kepala | Staf | Kelengkapan | Waktu | Output",
        "1 | Menerima surat | | □ | Surat | 5 menit | Surat diterima",
        "2 | Membaca surat | □ | | Surat | 5 menit | Disposisi",
        "3 | Menyimpan surat | | □ | Surat | 5 menit | Arsip",
    )
    values = "065/1/2023 | 4 Januari 2023 | - | 5 Februari 2023 | Kepala Dinas"
    (draft,) = read("DINAS SOSIAL\n" + tabs("SOP PELAYANAN SURAT MASUK", labels, values, *steps))
    assert len(draft.langkah) == 3


def test_counts_beside_labels_are_no_values() -> None:
    """A table of how many sheets of each agency have which item of the form."""
    rows = (
        f"Dinas {agency} | {item} | {n} | 0 | {n + 1}"
        for agency in ("Sosial", "Perikanan")
        for n, item in enumerate(
            ("Nomor SOP", "Tanggal Pembuatan", "Tanggal Efektif", "Nama SOP", "Dasar Hukum",
             "Keterkaitan", "Peringatan")
        )
    )  # fmt: skip
    with pytest.raises(NotASopError):
        read(tabs("Perangkat daerah | Butir | Terisi | Kosong | Jumlah", *rows))
