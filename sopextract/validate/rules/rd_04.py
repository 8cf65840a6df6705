"""RD-04: steps whose actor could not be settled."""

from __future__ import annotations

from collections.abc import Iterator

from sopextract.model.draft import Method
from sopextract.model.finding import Kind, Severity
from sopextract.model.record import SopRecord
from sopextract.validate.doubt import doubts, method_of
from sopextract.validate.registry import Hit, rule
from sopextract.validate.sheet import quote, runs

_TOGETHER = 3  # own judgement: two are still told one by one


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
    """Pelaksana suatu langkah tidak dapat ditentukan.

    Tiga langkah atau lebih yang berturut-turut dilaporkan bersama pada langkah pertamanya.
    """
    lost = [
        i for i, step in enumerate(record.langkah) if not step.pelaksana and not _sure(record, i)
    ]
    for run in runs(lost):
        if len(run) >= _TOGETHER:
            span = f"Pelaksana langkah {run[0] + 1} sampai {run[-1] + 1}"
            yield Hit(f"/langkah/{run[0]}/pelaksana", f"{span} tidak dapat ditentukan.")
            continue
        for i in run:
            kegiatan = quote(record.langkah[i].kegiatan, 50)
            message = f"Pelaksana langkah {i + 1} ({kegiatan}) tidak dapat ditentukan."
            yield Hit(f"/langkah/{i}/pelaksana", message)


def _sure(record: SopRecord, i: int) -> bool:
    """Whether the sheet itself has no actor there: then FL-04 says so."""
    path = f"/langkah/{i}/pelaksana"
    return method_of(record, path) == Method.ABSENT and not doubts(record, path)
