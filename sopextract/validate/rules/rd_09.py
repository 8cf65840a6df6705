"""RD-09: symbols that were not read."""

from __future__ import annotations

from collections.abc import Iterator

from sopextract.model.draft import Method
from sopextract.model.finding import Kind, Severity
from sopextract.model.record import SopRecord
from sopextract.validate.doubt import method_of
from sopextract.validate.registry import Hit, rule
from sopextract.validate.sheet import runs


@rule(
    "RD-09",
    Severity.INFO,
    basis="kontrak rekaman: simbol null bila tidak terbaca",
    good="Simbol terbaca",
    bad="Baris tanpa simbol yang terbaca",
    help="Lihat simbolnya pada dokumen sumber.",
    kind=Kind.READING,
)
def symbol_unread(record: SopRecord) -> Iterator[Hit]:
    """Simbol langkah tidak terbaca.

    Baris yang berturut-turut dilaporkan bersama pada baris pertamanya.
    """
    lost = [
        i
        for i, step in enumerate(record.langkah)
        if step.simbol is None and method_of(record, f"/langkah/{i}/simbol") != Method.UNREAD
    ]
    for run in runs(lost):
        span = f"{run[0] + 1}" if len(run) == 1 else f"{run[0] + 1}-{run[-1] + 1}"
        yield Hit(f"/langkah/{run[0]}/simbol", f"Simbol langkah {span} tidak terbaca.")
