"""LB-01: a citation says kind, number, year and title."""

from __future__ import annotations

from collections.abc import Iterator

from sopextract.model.finding import Severity
from sopextract.model.record import DasarHukum, SopRecord
from sopextract.validate.legal import citations
from sopextract.validate.registry import Hit, rule
from sopextract.validate.sheet import existing, quote

_NO_NUMBER = frozenset({"UUD", "UUD 1945", "TAP MPR", "Tap MPR", "TAPMPR"})
_PARTS = (("jenis", "jenis"), ("nomor", "nomor"), ("tahun", "tahun"), ("tentang", "judul"))


@rule(
    "LB-01",
    Severity.WARNING,
    basis="UU 12/2011, lampiran II: penulisan peraturan dalam dasar hukum",
    good="Peraturan Presiden Nomor 29 Tahun 2014 tentang Sistem Akuntabilitas Kinerja",
    bad="Undang-Undang No. 30 tentang Administrasi Pemerintahan",
    help="Tulis jenis, nomor, tahun, dan judul peraturan secara lengkap.",
)
def citation_complete(record: SopRecord) -> Iterator[Hit]:
    """Dasar hukum dikutip lengkap: jenis, nomor, tahun, dan judul.

    Kutipan yang tidak lengkap tidak dapat ditelusuri.
    """
    for path, entry in citations(record):
        amending = path.count("/") > 2
        lacking = _lacking(entry, with_title=not amending)
        if lacking:
            missing = ", ".join(lacking)
            message = f"Kutipan {quote(entry.teks)} tidak menyebut {missing}."
            yield Hit(path, message)
    for change in record.corrections:
        if change.rule == "list.empty-item" and change.path.startswith("/dasar_hukum"):
            said = f" {quote(change.before)}" if change.before.strip() else ""
            message = f"Dasar Hukum memuat butir bernomor yang kosong{said}."
            advice = "Isi atau hapus butir kosong."
            yield Hit(existing(record, change.path), message, advice, grounds=())


def _lacking(entry: DasarHukum, *, with_title: bool) -> list[str]:
    """What the citation does not say; amending acts are as a rule cited without their title."""
    if entry.jenis in _NO_NUMBER:
        return []
    lacking = [said for name, said in _PARTS if getattr(entry, name) is None]
    return lacking if with_title else [said for said in lacking if said != "judul"]
