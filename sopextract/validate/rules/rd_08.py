"""RD-08: corrections made with low confidence."""

from __future__ import annotations

from collections.abc import Iterator

from sopextract.model.finding import Kind, Severity
from sopextract.model.record import SopRecord
from sopextract.validate.doubt import SURE
from sopextract.validate.registry import Hit, rule
from sopextract.validate.sheet import existing, name_of, quote


@rule(
    "RD-08",
    Severity.INFO,
    basis="kontrak rekaman: corrections",
    good='"Kineria" menjadi "Kinerja", pasti',
    bad="Perubahan dengan kepercayaan 0,70",
    help="Cocokkan perubahan ini dengan dokumen sumber.",
    kind=Kind.READING,
)
def correction_doubtful(record: SopRecord) -> Iterator[Hit]:
    """Perubahan teks oleh program tidak pasti."""
    for change in record.corrections:
        if change.score < SURE and change.path.startswith("/"):
            path = existing(record, change.path)
            before, after = quote(change.before, 40), quote(change.after, 40)
            if path:
                yield Hit(path, f"{name_of(path)}: {before} diubah menjadi {after}, tidak pasti.")
