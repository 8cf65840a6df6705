"""FL-08: columns without symbols, labels that change between pages."""

from __future__ import annotations

from collections.abc import Iterator

from sopextract.model.finding import Severity
from sopextract.model.record import BagianTabel, SopRecord
from sopextract.validate.doubt import any_doubt
from sopextract.validate.registry import Hit, rule
from sopextract.validate.sheet import actor_words, quote


@rule(
    "FL-08",
    Severity.WARNING,
    basis="PermenPANRB 35/2012, lampiran, Bagian Flowchart: kolom Pelaksana",
    good="Setiap kolom dipakai, judul kolom sama pada semua halaman",
    bad='Kolom ketiga "Kasi Umum" di halaman 1 dan "Kasubbag Program" di halaman 2',
    help="Samakan judul kolom pada semua halaman; hapus kolom yang tidak dipakai.",
)
def columns_used_and_stable(record: SopRecord) -> Iterator[Hit]:
    """Setiap kolom pelaksana dipakai, dan judulnya sama pada tabel lanjutan.

    Judul yang berganti membuat pelaksana suatu langkah tidak jelas.
    """
    yield from _unused(record)
    parts = record.bagian_tabel
    for i, part in enumerate(parts[1:], 1):
        before = next((p for p in reversed(parts[:i]) if _same_columns(p, part)), None)
        if before is None:
            continue
        pairs = zip(before.pelaksana, part.pelaksana, strict=True)
        for j, (old, new) in enumerate(pairs):
            if old and new and actor_words(old) != actor_words(new):
                message = f"Judul kolom pelaksana {j + 1} berganti dari {quote(old)} menjadi "
                path = f"/bagian_tabel/{i}/pelaksana/{j}"
                yield Hit(path, f"{message}{quote(new)} pada tabel lanjutan.")


def _same_columns(one: BagianTabel, other: BagianTabel) -> bool:
    """Parts one below the other; halves side by side hold the same rows."""
    return len(one.pelaksana) == len(other.pelaksana) and one.langkah[1] < other.langkah[0]


def _unused(record: SopRecord) -> Iterator[Hit]:
    """Columns without a symbol, when every row's symbol was surely read."""
    paths = [f"/langkah/{i}/pelaksana" for i in range(len(record.langkah))]
    if not paths or any(not s.pelaksana for s in record.langkah) or any_doubt(record, paths):
        return
    used = {actor for step in record.langkah for actor in step.pelaksana}
    for i, actor in enumerate(record.pelaksana):
        if actor.nama not in used:
            message = f"Kolom pelaksana {quote(actor.nama)} tidak memuat simbol."
            yield Hit(f"/pelaksana/{i}", message)
