"""Records as flat tables: one row per SOP, step, actor, edge, regulation, finding, correction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sopextract.model.record import DasarHukum, SopRecord

Value = str | int | float | bool | None
Row = dict[str, Value]

# Every table and its columns, in order, so that an empty table has its columns too. `berkas` and
# `indeks` name the record (source.path, source.index): two copies of a file share their id.
KEY = ("berkas", "indeks")
COLUMNS: dict[str, tuple[str, ...]] = {
    "sop": (
        *KEY, "id", "sha256", "media_type", "pemerintah", "perangkat_daerah", "unit_kerja",
        "nomor_sop", "nama_sop", "tanggal_pembuatan", "tanggal_revisi", "tanggal_efektif",
        "tanggal_pengesahan", "disahkan_jabatan", "disahkan_nama", "disahkan_nip",
        "disahkan_pangkat", "disahkan_status", "tanda_tangan_elektronik", "kualifikasi_pelaksana",
        "keterkaitan", "peralatan_perlengkapan", "peringatan", "pencatatan_pendataan",
    ),
    "langkah": (
        *KEY, "urutan", "no", "kegiatan", "pelaksana", "simbol", "kelengkapan", "waktu_teks",
        "durasi", "durasi_maks", "hari", "menit_kerja", "output", "keterangan",
    ),
    "pelaksana": (*KEY, "kolom", "nama", "lengkap"),
    "alur": (
        *KEY, "dari", "ke", "dari_pelaksana", "ke_pelaksana", "label", "label_teks", "basis",
    ),
    "dasar_hukum": (
        *KEY, "urutan", "hubungan", "teks", "jenis", "nomor", "tahun", "tentang", "daerah",
        "penerbit", "id", "status",
    ),
    "temuan": (*KEY, "rule", "severity", "kind", "path", "message", "help"),
    "koreksi": (*KEY, "path", "before", "after", "rule", "score"),
}  # fmt: skip


def build_tables(records: Sequence[SopRecord]) -> dict[str, list[Row]]:
    """All tables by name; lists inside a cell are joined by line breaks."""
    tables: dict[str, list[Row]] = {name: [] for name in COLUMNS}
    for record in records:
        key: Row = {"berkas": record.source.path, "indeks": record.source.index}
        tables["sop"].append(key | _sop(record))
        tables["langkah"] += [key | row for row in _langkah(record)]
        tables["pelaksana"] += [key | p.model_dump() for p in record.pelaksana]
        tables["alur"] += [key | edge.model_dump() for edge in record.alur]
        for urutan, dasar in enumerate(record.dasar_hukum, 1):
            tables["dasar_hukum"] += [key | row for row in _dasar(dasar, urutan, "utama")]
        tables["temuan"] += [key | f.model_dump(mode="json") for f in record.findings]
        tables["koreksi"] += [key | c.model_dump() for c in record.corrections]
    return tables


def _sop(record: SopRecord) -> Row:
    signed = record.disahkan_oleh
    row: Row = {
        "id": record.id,
        "sha256": record.source.sha256,
        "media_type": record.source.media_type,
        "pemerintah": record.instansi.pemerintah,
        "perangkat_daerah": record.instansi.perangkat_daerah,
        "unit_kerja": _join(record.instansi.unit_kerja),
        "nomor_sop": record.nomor_sop,
        "nama_sop": record.nama_sop,
        "tanggal_pembuatan": record.tanggal_pembuatan,
        "tanggal_revisi": record.tanggal_revisi,
        "tanggal_efektif": record.tanggal_efektif,
        "tanggal_pengesahan": record.tanggal_pengesahan,
        "disahkan_jabatan": signed.jabatan,
        "disahkan_nama": signed.nama,
        "disahkan_nip": signed.nip,
        "disahkan_pangkat": signed.pangkat,
        "disahkan_status": signed.status,
        "tanda_tangan_elektronik": signed.tanda_tangan_elektronik,
        "kualifikasi_pelaksana": _join(record.kualifikasi_pelaksana),
        "keterkaitan": _join(record.keterkaitan),
        "peralatan_perlengkapan": _join(record.peralatan_perlengkapan),
        "peringatan": _join(record.peringatan),
        "pencatatan_pendataan": _join(record.pencatatan_pendataan),
    }
    return row


def _langkah(record: SopRecord) -> Iterator[Row]:
    for step in record.langkah:
        waktu = step.waktu
        yield {
            "urutan": step.urutan,
            "no": step.no,
            "kegiatan": step.kegiatan,
            "pelaksana": _join(step.pelaksana),
            "simbol": step.simbol,
            "kelengkapan": step.kelengkapan,
            "waktu_teks": waktu.teks if waktu else None,
            "durasi": waktu.durasi if waktu else None,
            "durasi_maks": waktu.durasi_maks if waktu else None,
            "hari": waktu.hari if waktu else None,
            "menit_kerja": waktu.menit_kerja if waktu else None,
            "output": step.output,
            "keterangan": step.keterangan,
        }


def _dasar(dasar: DasarHukum, urutan: int, hubungan: str) -> Iterator[Row]:
    """The regulation and those it names, each a row; `hubungan` says which of these it is."""
    values = dasar.model_dump(exclude={"diubah_dengan", "juncto"})
    yield {"urutan": urutan, "hubungan": hubungan, **values}
    for other in dasar.diubah_dengan:
        yield from _dasar(other, urutan, "diubah dengan")
    for other in dasar.juncto:
        yield from _dasar(other, urutan, "juncto")


def _join(items: Sequence[str]) -> str | None:
    return "\n".join(items) or None
