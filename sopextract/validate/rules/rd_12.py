"""RD-12: the flow is a picture."""

from __future__ import annotations

from collections.abc import Iterator

from sopextract.model.finding import Kind, Severity
from sopextract.model.record import SopRecord
from sopextract.validate.registry import Hit, rule


@rule(
    "RD-12",
    Severity.ERROR,
    basis="kontrak rekaman: page_notes picture_flow",
    good="Bagan alir berupa tabel dan simbol",
    bad="Bagan alir ditempel sebagai gambar",
    help="Baca halaman itu dengan OCR, atau minta berkas aslinya kepada instansi.",
    kind=Kind.READING,
)
def flow_is_a_picture(record: SopRecord) -> Iterator[Hit]:
    """Bagan alir berupa gambar, sehingga langkahnya tidak dapat dibaca tanpa OCR.

    Lembarnya tidak salah; hanya identitasnya yang terbaca.
    """
    pages = [note.page for note in record.page_notes if note.picture_flow]
    if pages and not record.langkah:
        known = [str(page) for page in pages if page is not None]
        where = f" pada halaman {', '.join(known)}" if known else ""
        yield Hit("/langkah", f"Alur{where} berupa gambar, perlu OCR.")
