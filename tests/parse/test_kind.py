"""What is a sheet, and what only lies in the same archives."""

from __future__ import annotations

import pytest

from sopextract.errors import NotASopError
from tests.parse.documents import SHEET, read, tabs

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
