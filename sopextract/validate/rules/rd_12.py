"""RD-12: the flow is a picture."""

from __future__ import annotations

from collections.abc import Iterator

from sopextract.model.finding import Kind, Severity
from sopextract.model.record import SopRecord
from sopextract.validate.registry import Hit, rule

_READ_IN_VAIN = "Minta berkas aslinya kepada instansi, atau pindai ulang dengan 300 dpi."


@rule(
    "RD-12",
    Severity.ERROR,
    basis="kontrak rekaman: page_notes picture_flow",
    good="Bagan alir berupa tabel dan simbol",
    bad="Bagan alir ditempel sebagai gambar",
    help="Pasang OCR (sopextract doctor menyebut caranya), atau minta berkas aslinya.",
    kind=Kind.READING,
)
def flow_is_a_picture(record: SopRecord) -> Iterator[Hit]:
    """Bagan alir berupa gambar dan langkahnya tidak terbaca.

    Tanpa OCR gambar tidak dapat dibaca; dengan OCR gambarnya mungkin terlalu kecil atau buram.
    Lembarnya tidak salah; hanya identitasnya yang terbaca.
    """
    notes = [note for note in record.page_notes if note.picture_flow]
    if notes and not record.langkah:
        known = [str(note.page) for note in notes if note.page is not None]
        where = f" pada halaman {', '.join(known)}" if known else ""
        if all(note.scan is not None for note in notes):
            message = f"Alur{where} berupa gambar dan langkahnya tidak terbaca."
            yield Hit("/langkah", message, _READ_IN_VAIN)
        else:
            yield Hit("/langkah", f"Alur{where} berupa gambar, perlu OCR.")
