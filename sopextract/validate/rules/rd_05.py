"""RD-05: actor columns whose label is lost."""

from __future__ import annotations

from collections.abc import Iterator

from sopextract.model.finding import Kind, Severity
from sopextract.model.record import SopRecord
from sopextract.validate.registry import Hit, rule


@rule(
    "RD-05",
    Severity.WARNING,
    basis="kontrak rekaman: kolom pelaksana",
    good="Kolom 1, 2, 3 berjudul",
    bad="Kolom 2 tanpa judul",
    help="Lihat judul kolom pada dokumen sumber.",
    kind=Kind.READING,
)
def column_label_lost(record: SopRecord) -> Iterator[Hit]:
    """Judul kolom pelaksana tidak terbaca atau tidak ada."""
    columns = sorted(a.kolom for a in record.pelaksana)
    lost = [n for n in range(1, max(columns, default=0)) if n not in columns]
    for number in lost:
        after = next(i for i, a in enumerate(record.pelaksana) if a.kolom > number)
        message = f"Judul kolom pelaksana {number} tidak terbaca atau tidak ada."
        yield Hit(f"/pelaksana/{after}/kolom", message)
    if lost:
        return
    for i, part in enumerate(record.bagian_tabel):
        for j, label in enumerate(part.pelaksana):
            if label is None:
                message = f"Judul kolom pelaksana {j + 1} tidak terbaca atau tidak ada."
                yield Hit(f"/bagian_tabel/{i}/pelaksana/{j}", message)
                return
