"""BH-02: steps begin with a capital letter, all of them."""

from __future__ import annotations

from collections.abc import Iterator

from sopextract.model.finding import Severity
from sopextract.model.record import SopRecord
from sopextract.validate.registry import Hit, rule
from sopextract.validate.sheet import quote


@rule(
    "BH-02",
    Severity.INFO,
    basis="Ejaan Bahasa Indonesia yang Disempurnakan: huruf kapital",
    good="Menyusun laporan; Mengarsipkan laporan",
    bad="Menyusun laporan; mengarsipkan laporan",
    help="Awali setiap uraian kegiatan dengan huruf kapital.",
)
def even_capitals(record: SopRecord) -> Iterator[Hit]:
    """Uraian kegiatan diawali huruf kapital secara seragam."""
    starts = [(i, step.kegiatan) for i, step in enumerate(record.langkah) if step.kegiatan]
    low = [(i, text) for i, text in starts if text[0].islower()]
    if not low or len(low) == len(starts):
        return
    i, text = low[0]
    more = f" dan {len(low) - 1} langkah lain" if len(low) > 1 else ""
    message = f"Langkah {i + 1} {quote(text, 40)}{more} diawali huruf kecil, langkah lain kapital."
    yield Hit(f"/langkah/{i}/kegiatan", message)
