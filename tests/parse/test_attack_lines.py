"""Sheets as `pdftotext` prints them, covers and forms: invented agencies and people."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from sopextract.errors import NotASopError
from sopextract.model.record import SopRecord
from sopextract.model.source import SourceFile
from sopextract.pipeline import read_sops
from sopextract.settings import Settings

_CERTIFICATE = (
    "* Dokumen ini telah ditandatangani secara elektronik menggunakan sertifikat elektronik yang"
    " diterbitkan oleh Balai Sertifikasi Elektronik (BSrE), BSSN\n"
    "* Pindai kode QR di samping untuk menampilkan file asli\n"
)


def read(folder: Path, text: str, name: str = "a.txt") -> tuple[SopRecord, ...]:
    location = folder / name
    data = text.encode()
    location.write_bytes(data)
    digest = hashlib.sha256(data).hexdigest()
    return read_sops(SourceFile(name, digest, "text/plain", location, len(data)), Settings())


def spaced(*rows: tuple[tuple[int, str], ...]) -> str:
    """Lines with texts at given positions."""
    lines = []
    for row in rows:
        line = ""
        for at, text in row:
            line = line.ljust(at) + text
        lines.append(line)
    return "\n".join(lines) + "\n"


_BOX = spaced(
    ((60, "Nomor SOP"), (90, "500/7/SOP/2023")),
    ((60, "Tanggal Pembuatan"), (90, "3 April 2023")),
    ((60, "Tanggal Revisi"), (90, "-")),
    ((10, "PEMERINTAH KABUPATEN NGAWI"), (60, "Tanggal Efektif"), (90, "1 Mei 2023")),
    ((10, "DINAS PERIKANAN"), (60, "Disahkan Oleh"), (90, "Kepala Dinas Perikanan")),
    ((90, "Drs. WAHYU PRANOTO"),),
    ((90, "NIP. 196802021993031004"),),
    ((90, "Penyaluran Benih Ikan kepada Kelompok"),),
    ((60, "Nama SOP"),),
    ((90, "Pembudidaya"),),
    ((5, "Dasar Hukum"), (60, "Kualifikasi Pelaksana")),
    ((5, "1. Undang-Undang Nomor 23 Tahun 2014"), (60, "1. Memahami pembenihan")),
    ((8, "tentang Pemerintahan Daerah"), (60, "2. Mampu menyusun laporan")),
    ((5, "Peringatan"), (60, "Pencatatan dan Pendataan")),
    ((5, "Jika terlambat maka benih mati"), (60, "Buku penyaluran")),
)
_TABLE = spaced(
    ((48, "Pelaksana"), (86, "Mutu Baku")),
    ((0, "No"), (16, "Kegiatan"), (46, "Kepala")),
    ((58, "Staf"), (68, "Kelengkapan"), (86, "Waktu"), (98, "Output")),
    ((46, "Bidang"),),
    (),
    ((6, "Memeriksa permohonan"), (66, "Surat permohonan"), (98, "Permohonan")),
    ((0, "1"), (85, "2 jam")),
    ((6, "benih dari kelompok"), (66, "dan proposal"), (98, "terperiksa")),
    ((6, "Menyiapkan benih di"), (66, "Benih, kantong")),
    ((0, "2"), (85, "1 hari"), (98, "Benih siap")),
    ((6, "kolam penampungan"), (66, "plastik")),
)
_NEXT_PAGE = spaced(
    ((5, "Menyerahkan benih kepada"), (60, "Benih dan berita"), (92, "Berita acara")),
    ((0, "3"), (78, "3 jam")),
    ((5, "kelompok"), (60, "acara"), (92, "serah terima")),
)


def test_rows_with_numbers_in_their_middle_over_two_pages(tmp_path: Path) -> None:
    text = _BOX + "\n" + _CERTIFICATE + "\f" + _TABLE + "\n" + _CERTIFICATE + "\f" + _NEXT_PAGE
    (record,) = read(tmp_path, text)
    assert [a.nama for a in record.pelaksana] == ["Kepala Bidang", "Staf"]
    assert [step.kegiatan for step in record.langkah] == [
        "Memeriksa permohonan benih dari kelompok",
        "Menyiapkan benih di kolam penampungan",
        "Menyerahkan benih kepada kelompok",
    ]
    assert [step.kelengkapan for step in record.langkah] == [
        "Surat permohonan dan proposal",
        "Benih, kantong plastik",
        "Benih dan berita acara",
    ]
    assert [step.waktu and step.waktu.teks for step in record.langkah] == [
        "2 jam",
        "1 hari",
        "3 jam",
    ]
    assert [step.output for step in record.langkah] == [
        "Permohonan terperiksa",
        "Benih siap",
        "Berita acara serah terima",
    ]


def test_certificate_is_recorded_and_not_read(tmp_path: Path) -> None:
    (record,) = read(tmp_path, _BOX + "\n" + _CERTIFICATE + "\f" + _TABLE)
    assert record.disahkan_oleh.tanda_tangan_elektronik
    assert record.pencatatan_pendataan == ("Buku penyaluran",)
    (plain,) = read(tmp_path, _BOX + "\n" + _TABLE)
    assert not plain.disahkan_oleh.tanda_tangan_elektronik


def test_title_around_its_label(tmp_path: Path) -> None:
    (record,) = read(tmp_path, _BOX + "\n" + _TABLE)
    assert record.nama_sop == "Penyaluran Benih Ikan kepada Kelompok Pembudidaya"
    assert record.disahkan_oleh.nama == "Drs. WAHYU PRANOTO"


def test_sections_that_ran_together_are_never_sure(tmp_path: Path) -> None:
    text = """Nomor SOP : 500/7/SOP/2023
Tanggal Pembuatan : 3 April 2023
Tanggal Efektif : 1 Mei 2023
Nama SOP : Penyaluran Benih Ikan
Dasar Hukum
Kualifikasi Pelaksana
1.
2.
1. Memahami pembenihan
Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah
Peringatan
Peraturan Pemerintah Nomor 18 Tahun 2016 tentang Perangkat Daerah
1. Buku penyaluran
2. Kartu benih
1. Jika terlambat maka benih mati
Pencatatan dan Pendataan
Pelaksana
"""
    (record,) = read(tmp_path, text)
    for field in ("kualifikasi_pelaksana", "peringatan", "pencatatan_pendataan"):
        for i, _ in enumerate(getattr(record, field)):
            assert record.provenance[f"/{field}/{i}"].confidence < 0.9
    assert record.nomor_sop == "500/7/SOP/2023"
    assert record.provenance["/nomor_sop"].confidence >= 0.9


def _sheet(number: str, title: str) -> str:
    return f"""Nomor SOP\t{number}
Tanggal Pembuatan\t3 Februari 2023
Tanggal Efektif\t1 Maret 2023
Disahkan oleh\tKepala Dinas
Nama SOP\t{title}
Dasar Hukum\tKualifikasi Pelaksana
Undang-Undang Nomor 43 Tahun 2007 tentang Perpustakaan\tMemahami katalog
Keterkaitan\tPeralatan/Perlengkapan
SOP Pendaftaran Anggota\tKomputer
No\tKegiatan\tPelaksana\t\tMutu Baku\t\t
\t\tPustakawan\tKepala Seksi\tKelengkapan\tWaktu\tOutput
1\tMenerima berkas\t□\t\tBerkas\t10 Menit\tBerkas diterima
2\tMenyimpan berkas\t\t□\tBerkas\t5 Menit\tBerkas tersimpan
"""


def test_a_decree_before_the_sheets_shifts_none_of_them(tmp_path: Path) -> None:
    decree = """PEMERINTAH KABUPATEN NGAWI
DINAS PERPUSTAKAAN
KEPUTUSAN KEPALA DINAS PERPUSTAKAAN
Menimbang : bahwa perlu ditetapkan SOP;
Mengingat : Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik;
MEMUTUSKAN :
KESATU : Menetapkan SOP.
"""
    sheets = [_sheet(f"04{k}/SOP/2023", f"Layanan {k}") for k in (1, 2, 3)]
    records = read(tmp_path, "\f".join([decree, *sheets]))
    assert [(r.nomor_sop, r.nama_sop) for r in records] == [
        ("041/SOP/2023", "Layanan 1"),
        ("042/SOP/2023", "Layanan 2"),
        ("043/SOP/2023", "Layanan 3"),
    ]
    for record in records:
        assert record.instansi.perangkat_daerah == "Dinas Perpustakaan"
        given = record.provenance["/instansi/perangkat_daerah"]
        assert given.method == "inferred"
        assert given.confidence < 0.9


def test_two_labels_over_text_without_columns(tmp_path: Path) -> None:
    text = """Nomor SOP : 061/3/2022
Tanggal Pembuatan : Maret 2022
Tanggal Efektif : April 2022
Disahkan Oleh : Kepala Dinas
Nama SOP : Penanganan Pengaduan

Dasar Hukum :   Kualifikasi Pelaksana
Undang-Undang Nomor 32 Tahun 2009 tentang Perlindungan dan Pengelolaan Lingkungan Hidup
Peraturan Pemerintah Nomor 22 Tahun 2021 tentang Penyelenggaraan Perlindungan dan
Pengelolaan Lingkungan Hidup
Memahami peraturan lingkungan
Peringatan     Pencatatan dan Pendataan
Apabila pengaduan tidak ditangani maka pencemaran meluas
Buku register pengaduan
"""
    (record,) = read(tmp_path, text)
    assert len(record.dasar_hukum) == 2
    assert record.kualifikasi_pelaksana == ("Memahami peraturan lingkungan",)
    assert record.pencatatan_pendataan == ("Buku register pengaduan",)


def test_a_form_that_nobody_filled_in_is_refused(tmp_path: Path) -> None:
    text = """Nomor SOP\t:
Tanggal Pembuatan\t:
Tanggal Efektif\t: ........
Disahkan oleh\t:
Nama SOP\t:
Dasar Hukum\tKualifikasi Pelaksana
\t
No\tKegiatan\tPelaksana\t\tMutu Baku\t\t
\t\t\t\tKelengkapan\tWaktu\tOutput
1\t\t\t\t\t\t
2\t\t\t\t\t\t
"""
    with pytest.raises(NotASopError, match="nobody has filled in"):
        read(tmp_path, text)
