"""ID-01: the thirteen items of the identity part."""

from __future__ import annotations

from collections.abc import Iterator

from sopextract.model.draft import Method
from sopextract.model.finding import Severity
from sopextract.model.record import DAFTAR, SopRecord
from sopextract.validate.doubt import method_of
from sopextract.validate.registry import Hit, rule
from sopextract.validate.sheet import NAMES

_SINGLE = ("nomor_sop", "nama_sop", "tanggal_pembuatan")


@rule(
    "ID-01",
    Severity.ERROR,
    basis="PermenPANRB 35/2012, lampiran, Bagian Identitas: 13 butir",
    good='Nomor SOP "01/DISKAN/2024", semua butir terisi; Tanggal Revisi boleh "-".',
    bad="Nama SOP kosong.",
    help="Lengkapi butir ini pada lembar identitas.",
    doubtful="drop",
)
def identity_complete(record: SopRecord) -> Iterator[Hit]:
    """Setiap butir identitas SOP ada dan terisi.

    Lembar identitas memuat 13 butir; tanpa salah satunya SOP belum lengkap. Tanggal Revisi boleh
    "-" bagi SOP yang belum pernah diubah.
    """
    if not record.instansi.perangkat_daerah and not record.instansi.unit_kerja:
        yield Hit("/instansi/perangkat_daerah", "Nama perangkat daerah/unit kerja tidak tercantum.")
    for name in _SINGLE:
        if getattr(record, name) is None:
            yield _missing(record, name)
    if _name_was_empty(record):
        message = f'Nama SOP kosong pada lembar identitas; "{record.nama_sop}" diambil dari judul.'
        yield Hit("/nama_sop", message, grounds=())
    if record.tanggal_efektif is None and record.tanggal_pengesahan is None:
        by_variant = "/tanggal_pengesahan" in record.provenance
        yield _missing(record, "tanggal_pengesahan" if by_variant else "tanggal_efektif")
    revision_label = "/tanggal_revisi" in record.provenance or not record.provenance
    if record.tanggal_revisi is None and not revision_label:
        yield _missing(record, "tanggal_revisi", Severity.INFO)
    signer = record.disahkan_oleh
    if signer.jabatan is None and signer.nama is None:
        message = "Pengesahan kosong: jabatan dan nama pejabat tidak tercantum."
        parts = ("/disahkan_oleh", "/disahkan_oleh/jabatan", "/disahkan_oleh/nama")
        yield Hit("/disahkan_oleh", message, grounds=parts)
    for name in ("dasar_hukum", *DAFTAR):
        if not getattr(record, name):
            yield _missing(record, name)


def _missing(record: SopRecord, name: str, severity: Severity | None = None) -> Hit:
    lost = record.provenance and method_of(record, f"/{name}") is None
    state = "tidak ada pada formulir" if lost else "kosong"
    return Hit(f"/{name}", f"{NAMES[name]} {state}.", severity=severity)


def _name_was_empty(record: SopRecord) -> bool:
    """Inferred from another title, and the log says that nothing stood beside the label."""
    if method_of(record, "/nama_sop") != Method.INFERRED:
        return False
    return any(c.path == "/nama_sop" and not c.before.strip() for c in record.corrections)
