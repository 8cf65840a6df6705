"""RD-07: no steps at all."""

from __future__ import annotations

from collections.abc import Iterator

from sopextract.model.finding import Kind, Severity
from sopextract.model.record import SopRecord
from sopextract.validate.registry import Hit, rule


@rule(
    "RD-07",
    Severity.ERROR,
    basis="PermenPANRB 35/2012, lampiran, Bagian Flowchart",
    good="Tabel langkah terbaca",
    bad="Tabel langkah tidak ditemukan",
    help="Bila bagan alir berupa gambar atau hasil pindai, baca dengan OCR atau pindai ulang.",
    kind=Kind.READING,
)
def steps_read(record: SopRecord) -> Iterator[Hit]:
    """Tabel langkah ditemukan dan terbaca.

    Bagan alir dapat berupa gambar; itu bukan kesalahan instansi, dan RD-12 melaporkannya.
    """
    if not record.langkah and not any(note.picture_flow for note in record.page_notes):
        yield Hit("/langkah", "Tabel langkah tidak ditemukan atau tidak terbaca.")
