"""RD-09: symbols that were not read."""

from __future__ import annotations

from collections.abc import Iterator

from sopextract.model.draft import Method
from sopextract.model.finding import Kind, Severity
from sopextract.model.record import SopRecord
from sopextract.validate.doubt import method_of
from sopextract.validate.registry import Hit, rule


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
    for start in (i for i in lost if i - 1 not in lost):
        end = start
        while end + 1 in lost:
            end += 1
        span = f"{start + 1}" if end == start else f"{start + 1}-{end + 1}"
        yield Hit(f"/langkah/{start}/simbol", f"Simbol langkah {span} tidak terbaca.")
