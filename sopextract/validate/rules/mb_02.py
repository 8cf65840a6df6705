"""MB-02: the time is an amount."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sopextract.model.finding import Kind, Severity
from sopextract.model.record import SopRecord
from sopextract.validate.registry import Hit, rule
from sopextract.validate.sheet import quote

_AMOUNT = re.compile(r"\d\s*(?:\(\w+\)\s*)?(?:menit|jam|hari|minggu|bulan)\b", re.IGNORECASE)


@rule(
    "MB-02",
    Severity.WARNING,
    basis="PermenPANRB 35/2012, lampiran, Bagian Flowchart: Waktu",
    good="2 hari kerja",
    bad="Sesuai jadwal",
    help="Tulis lama waktu dengan satuannya, misalnya 30 menit atau 2 hari kerja.",
)
def time_is_amount(record: SopRecord) -> Iterator[Hit]:
    """Waktu menyebut lama pengerjaan dengan satuan.

    "Sesuai jadwal" atau angka tanpa satuan tidak dapat diukur.
    """
    for i, step in enumerate(record.langkah):
        if step.waktu is None or step.waktu.durasi is not None or step.waktu.durasi_maks:
            continue
        text = step.waktu.teks
        bare = text.strip().replace(",", "").replace(".", "").isdigit()
        said = "tidak bersatuan" if bare else "tidak menyebut lama waktu"
        if _AMOUNT.search(text):  # several amounts, or a form that the program cannot count
            message = f"Waktu {quote(text)} pada langkah {i + 1} tidak dapat dihitung."
            yield Hit(f"/langkah/{i}/waktu", message, kind=Kind.READING)
            continue
        yield Hit(f"/langkah/{i}/waktu", f"Waktu {quote(text)} pada langkah {i + 1} {said}.")
