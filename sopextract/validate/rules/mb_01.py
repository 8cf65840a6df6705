"""MB-01: every step has its standard."""

from __future__ import annotations

from collections.abc import Iterator

from sopextract.model.finding import Severity
from sopextract.model.record import SopRecord
from sopextract.validate.registry import Hit, rule
from sopextract.validate.sheet import NAMES

_COLUMNS = ("kelengkapan", "waktu", "output")
_ENDS = frozenset({"mulai", "selesai"})


@rule(
    "MB-01",
    Severity.WARNING,
    basis="PermenPANRB 35/2012, lampiran, Bagian Flowchart: Mutu Baku",
    good="Kelengkapan, Waktu, dan Output terisi",
    bad="Waktu kosong",
    help="Isi kolom ini; setiap kegiatan harus terukur.",
    doubtful="drop",
)
def standard_filled(record: SopRecord) -> Iterator[Hit]:
    """Setiap langkah mempunyai Kelengkapan, Waktu, dan Output.

    Mutu Baku membuat setiap kegiatan terukur. Kolom yang tidak ada sama sekali adalah FT-01.
    """
    for name in _COLUMNS:
        if not any(getattr(step, name) is not None for step in record.langkah) and not any(
            f"/langkah/{i}/{name}" in record.provenance for i in range(len(record.langkah))
        ):
            continue
        for i, step in enumerate(record.langkah):
            if getattr(step, name) is None and step.kegiatan.strip().casefold() not in _ENDS:
                yield Hit(f"/langkah/{i}/{name}", f"{NAMES[name]} langkah {i + 1} kosong.")
