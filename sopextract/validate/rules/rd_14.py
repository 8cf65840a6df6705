"""RD-14: what of a page found no place in the record."""

from __future__ import annotations

from collections.abc import Iterator

from sopextract.model.finding import Kind, Severity
from sopextract.model.record import SopRecord
from sopextract.model.source import ResidueKind
from sopextract.validate.registry import Hit, rule

_NAMES = {
    ResidueKind.WORD: "kata",
    ResidueKind.SYMBOL: "simbol",
    ResidueKind.CONNECTOR: "garis penghubung",
    ResidueKind.STROKE: "goresan",
    ResidueKind.PICTURE: "gambar",
}


@rule(
    "RD-14",
    Severity.INFO,
    basis="kontrak rekaman: page_notes residue",
    good="Semua isi halaman masuk ke rekaman",
    bad="Dua kata dan satu simbol tidak masuk ke isian mana pun",
    help="Lihat halaman itu: mungkin ada isian yang terlewat.",
    kind=Kind.READING,
)
def left_on_the_page(record: SopRecord) -> Iterator[Hit]:
    """Sebagian isi halaman tidak masuk ke isian mana pun."""
    for i, note in enumerate(record.page_notes):
        counts = [
            f"{note.residue[kind]} {name}"
            for kind, name in _NAMES.items()
            if note.residue.get(kind)
        ]
        if counts:
            said = f"{', '.join(counts[:-1])} dan {counts[-1]}" if counts[1:] else counts[0]
            where = f"Halaman {note.page}" if note.page is not None else "Dokumen ini"
            yield Hit(f"/page_notes/{i}", f"{where}: {said} tidak masuk ke isian mana pun.")
