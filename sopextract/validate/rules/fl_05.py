"""FL-05: one start, one end."""

from __future__ import annotations

from collections.abc import Iterator

from sopextract.model.finding import Severity
from sopextract.model.record import SopRecord
from sopextract.validate.registry import Hit, rule

_NAMES = {"proses": "kotak proses", "keputusan": "belah ketupat keputusan"}


@rule(
    "FL-05",
    Severity.WARNING,
    basis="PermenPANRB 35/2012, lampiran: lima simbol; kapsul bagi kegiatan pertama dan terakhir",
    good="Langkah pertama dan terakhir bersimbol kapsul",
    bad="Langkah pertama bersimbol kotak",
    help="Pakai simbol kapsul (mulai/selesai) pada langkah pertama dan terakhir.",
)
def starts_and_ends(record: SopRecord) -> Iterator[Hit]:
    """Langkah pertama dan terakhir bersimbol kapsul, dan hanya ada satu permulaan.

    Beberapa akhir memang terjadi dalam praktik, karena itu tidak dilaporkan.
    """
    steps = record.langkah
    if not steps:
        return
    for i, said in ((0, "pertama"), (len(steps) - 1, "terakhir")):
        name = _NAMES.get(steps[i].simbol or "")
        if name:
            message = f"Langkah {said} bersimbol {name}, bukan kapsul (mulai/selesai)."
            yield Hit(f"/langkah/{i}/simbol", message)
    reached = {edge.ke for edge in record.alur}
    for i, step in enumerate(steps[1:-1], 1):
        if step.simbol == "terminator" and record.alur and step.urutan not in reached:
            message = f"Langkah {i + 1} adalah permulaan kedua: kapsul tanpa panah masuk."
            yield Hit(f"/langkah/{i}/simbol", message)
