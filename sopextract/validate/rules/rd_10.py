"""RD-10: branch labels in the column of somebody else."""

from __future__ import annotations

from collections.abc import Iterator

from sopextract.model.finding import Kind, Severity
from sopextract.model.record import SopRecord
from sopextract.validate.registry import Hit, rule
from sopextract.validate.sheet import existing, name_of, quote


@rule(
    "RD-10",
    Severity.WARNING,
    basis="kontrak rekaman: corrections flow.exit-beside",
    good='"Ya" dan "Tidak" berada di samping simbol keputusan',
    bad='"T" berada di kolom pelaksana lain',
    help="Lihat letak label cabang dan simbolnya pada dokumen sumber.",
    kind=Kind.READING,
)
def exit_beside(record: SopRecord) -> Iterator[Hit]:
    """Label cabang (Ya/Tidak) berada di kolom yang bukan pelaksana langkahnya."""
    for change in record.corrections:
        if change.rule == "flow.exit-beside":
            path = existing(record, change.path)
            label = quote(change.before, 20)
            yield Hit(
                path, f"{name_of(path)}: label cabang {label} berada di kolom pelaksana lain."
            )
