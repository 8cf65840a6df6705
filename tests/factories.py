"""Builds model objects for tests in few words; every person in them is invented."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sopextract.model.draft import (
    LangkahDraft,
    Method,
    PelaksanaDraft,
    Reading,
    SopDraft,
    StepRow,
)
from sopextract.model.record import Alur, Langkah, Pelaksana, Provenance, SopRecord, Source, Waktu
from sopextract.model.source import Place, SourceFile


def reading(text: str, *, method: Method = Method.CELL, score: float = 1.0) -> Reading[str]:
    """A reading whose value is its text."""
    return Reading(text, text, Place(line=1), method, score)


def source_file(path: str = "a.txt") -> SourceFile:
    """A source file that is not on disk."""
    return SourceFile(path, "0" * 64, "text/plain", Path(path), 1)


def pelaksana_draft(*names: str) -> tuple[PelaksanaDraft, ...]:
    """Actor columns 1, 2, … with these labels."""
    return tuple(PelaksanaDraft(i, reading(n)) for i, n in enumerate(names, 1))


def step_row(no: int, kegiatan: str, **fields: Any) -> StepRow:
    """A step row with its number and text."""
    return StepRow(Reading(no, str(no), Place(), Method.CELL, 1.0), reading(kegiatan), **fields)


def draft_of_steps(*texts: str) -> SopDraft:
    """A draft that has only steps with these texts, without actors."""
    steps = tuple(LangkahDraft(step_row(i, text)) for i, text in enumerate(texts, 1))
    return SopDraft(source_file(), 0, langkah=steps)


def langkah(urutan: int, kegiatan: str, *actors: str, **fields: Any) -> Langkah:
    """A complete step."""
    values: dict[str, Any] = {
        "no": urutan,
        "simbol": "proses",
        "kelengkapan": "Dokumen",
        "waktu": Waktu(teks="15 Menit", durasi="PT15M", menit_kerja=15),
        "output": "Laporan",
    }
    return Langkah(urutan=urutan, kegiatan=kegiatan, pelaksana=actors, **(values | fields))


def record(**fields: Any) -> SopRecord:
    """A small, complete SOP: two actors, three steps."""
    steps = (
        langkah(1, "Menerima surat masuk", "Petugas Loket", simbol="terminator"),
        langkah(2, "Memeriksa kelengkapan surat", "Kepala Seksi"),
        langkah(3, "Mengarsipkan surat", "Petugas Loket", simbol="terminator"),
    )
    values: dict[str, Any] = {
        "id": "0" * 16 + "-00",
        "source": Source(path="a.txt", sha256="0" * 64, media_type="text/plain", index=0),
        "instansi": {
            "pemerintah": "Pemerintah Kabupaten Banyumas",
            "perangkat_daerah": "Dinas Perikanan",
        },
        "nomor_sop": "01/DISKAN/2024",
        "nama_sop": "Penerimaan Surat Masuk",
        "tanggal_pembuatan": "2024-01-02",
        "tanggal_efektif": "2024-02-01",
        "disahkan_oleh": {
            "jabatan": "Kepala Dinas Perikanan",
            "nama": "RATNA KUSUMADEWI, S.Pi",
            "nip": "198001012005012003",
        },
        "kualifikasi_pelaksana": ("Memahami tata naskah dinas",),
        "keterkaitan": ("SOP Pengelolaan Surat Keluar",),
        "peralatan_perlengkapan": ("Komputer",),
        "peringatan": ("Jika surat tidak dicatat maka surat tidak dapat dilacak",),
        "pencatatan_pendataan": ("Buku agenda",),
        "pelaksana": (
            Pelaksana(nama="Petugas Loket", lengkap="Petugas Loket", kolom=1),
            Pelaksana(nama="Kepala Seksi", lengkap="Kepala Seksi", kolom=2),
        ),
        "langkah": steps,
        "alur": tuple(Alur(dari=i, ke=i + 1, basis="order") for i in (1, 2)),
    }
    return SopRecord(**(values | fields))


def provenance(confidence: float = 0.99, method: str = "cell") -> Provenance:
    """Grounds for a value on line 1."""
    return Provenance(line=1, method=method, confidence=confidence)
