"""RD-04: steps whose actor could not be settled."""

from __future__ import annotations

from collections.abc import Iterator

from sopextract.model.draft import Method
from sopextract.model.finding import Kind, Severity
from sopextract.model.record import SopRecord
from sopextract.validate.doubt import doubts, method_of
from sopextract.validate.registry import Hit, rule
from sopextract.validate.sheet import quote


@rule(
    "RD-04",
    Severity.WARNING,
    basis="kontrak rekaman: nilai yang tidak pasti tidak diisi",
    good="Pelaksana langkah diketahui",
    bad="Pelaksana langkah tidak dapat ditentukan",
    help="Tentukan pelaksananya dari dokumen sumber.",
    kind=Kind.READING,
)
def actor_unsettled(record: SopRecord) -> Iterator[Hit]:
    """Pelaksana suatu langkah tidak dapat ditentukan."""
    for i, step in enumerate(record.langkah):
        path = f"/langkah/{i}/pelaksana"
        sure = method_of(record, path) == Method.ABSENT and not doubts(record, path)
        if not step.pelaksana and not sure:
            message = f"Pelaksana langkah {i + 1} ({quote(step.kegiatan, 50)}) tidak dapat "
            yield Hit(path, f"{message}ditentukan.")
