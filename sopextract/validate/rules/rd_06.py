"""RD-06: rows and headers that were shifted back."""

from __future__ import annotations

from collections.abc import Iterator

from sopextract.model.finding import Kind, Severity
from sopextract.model.record import SopRecord
from sopextract.validate.registry import Hit, rule
from sopextract.validate.sheet import existing, name_of

_HEAD = "/bagian_tabel/0/label"


@rule(
    "RD-06",
    Severity.WARNING,
    basis="kontrak rekaman: corrections layout.*",
    good="Baris sejajar dengan judul kolom",
    bad="Baris bergeser satu kolom",
    help="Cocokkan isi baris ini dengan dokumen sumber.",
    kind=Kind.READING,
)
def layout_mended(record: SopRecord) -> Iterator[Hit]:
    """Susunan kolom digeser kembali oleh program."""
    seen: set[str] = set()
    for change in record.corrections:
        if not change.rule.startswith("layout."):
            continue
        path = existing(record, change.path if change.path.startswith("/") else _HEAD)
        if path not in seen:
            seen.add(path)
            where = name_of(path) if change.path.startswith("/") else "Judul tabel"
            yield Hit(path, f"{where}: isi bergeser dari kolomnya dan dikembalikan.")
