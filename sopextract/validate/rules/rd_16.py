"""RD-16: scanned pages that can hardly be read."""

from __future__ import annotations

from collections.abc import Iterator

from sopextract.model.finding import Kind, Severity
from sopextract.model.record import SopRecord
from sopextract.validate.registry import Hit, rule


@rule(
    "RD-16",
    Severity.WARNING,
    basis="kontrak rekaman: page_notes scan",
    good="Hasil pindai 300 dpi, lurus dan terang",
    bad="Hasil pindai buram; separuh katanya tidak dikenal",
    help="Pindai ulang halaman itu dengan 300 dpi, lurus dan terang; cocokkan semua nilainya.",
    kind=Kind.READING,
)
def scan_hardly_read(record: SopRecord) -> Iterator[Hit]:
    """Halaman hasil pindai kurang terbaca.

    Kepercayaan semua nilai dari halaman itu diturunkan.
    """
    for i, note in enumerate(record.page_notes):
        if note.scan is not None and note.scan.poor:
            where = f"Halaman {note.page}" if note.page is not None else "Gambar ini"
            why = note.scan.poor.rstrip(".")
            yield Hit(f"/page_notes/{i}", f"{where} hasil pindai kurang terbaca: {why}.")
