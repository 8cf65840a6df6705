"""Records for tests of tables: one with everything in it."""

from __future__ import annotations

from sopextract.model.draft import Method
from sopextract.model.finding import Finding, Kind, Severity
from sopextract.model.record import (
    Alur,
    Bentuk,
    Correction,
    DasarHukum,
    DisahkanOleh,
    Instansi,
    Lainnya,
    Ocr,
    PageNote,
    PageScan,
    Pelaksana,
    Provenance,
    SopRecord,
    Source,
    Waktu,
)
from tests.factories import langkah


def full_record(path: str = "dinas/a.pdf") -> SopRecord:
    """One SOP in which every table has a row."""
    joined = DasarHukum(teks="UU 2/2021", jenis="UU", nomor="2", tahun=2021, id="uu/2021/2")
    amending = DasarHukum(teks="UU 3/2022", id="uu/2022/3", juncto=(joined,))
    law = DasarHukum(teks="UU 1/2020", id="uu/2020/1", diubah_dengan=(amending,))
    return SopRecord(
        id="0" * 16 + "-00",
        source=Source(
            path=path,
            sha256="0" * 64,
            media_type="application/pdf",
            index=0,
            pages=(1, 2),
            ocr=Ocr(engine="rapidocr/PP-OCRv6", version="3", mean_confidence=0.97),
        ),
        instansi=Instansi(pemerintah="Kota Contoh", unit_kerja=("Sekretariat", "Subbag Umum")),
        nama_sop="Surat Masuk",
        tanggal_pembuatan="2024-02-30",
        tanggal_revisi="2020-12",
        tanggal_efektif="2024-05-08",
        disahkan_oleh=DisahkanOleh(nip="197001011990031001", tanda_tangan_elektronik=True),
        dasar_hukum=(law, DasarHukum(teks="Perda 4")),
        peringatan=("Surat hilang", "Surat terlambat"),
        pelaksana=(Pelaksana(nama="Staf", lengkap="Staf", kolom=1),),
        langkah=(
            langkah(1, "Menerima", "Staf", bentuk=(Bentuk(pelaksana="Staf", simbol="terminator"),)),
            langkah(2, "Memeriksa", "Staf", no=None, waktu=Waktu(teks="1,5 Jam", menit_kerja=90.5)),
        ),
        alur=(Alur(dari=1, ke=2, label="Ya", label_teks="setuju", basis="drawn"),),
        judul_lain=("Penerimaan Surat",),
        lainnya=(Lainnya(label="Kode", teks="007"),),
        page_notes=(
            PageNote(
                page=1,
                residue={"word": 2, "stroke": 1},
                scan=PageScan(words=120, unread=3, mean_confidence=0.9, known_share=0.8),
            ),
        ),
        corrections=(
            Correction(path="/langkah/0/kegiatan", before="Menrima", after="Menerima", rule="typo",
                       score=0.9),
        ),
        provenance={
            "/nama_sop": Provenance(page=1, bbox=(1.0, 2.5, 3.0, 4.0), method=Method.LABEL,
                                    confidence=0.995),
            "/langkah/1/waktu": Provenance(where="s!B4", method=Method.CELL, confidence=0.7),
            "/peringatan": Provenance(line=3, method=Method.CELL, confidence=0.9),
            "/nomor_sop": Provenance(method=Method.ABSENT, confidence=0.9),
        },
        findings=(
            Finding(rule="MB-01", severity=Severity.WARNING, kind=Kind.DOCUMENT,
                    path="/langkah/1/waktu", message="Waktu kosong.", help="Isi."),
            Finding(rule="ID-01", severity=Severity.INFO, kind=Kind.READING, path="/nama_sop",
                    message="Ragu.", help="Lihat."),
        ),
    )  # fmt: skip
