"""RD-01: values that could not be read."""

from __future__ import annotations

from collections.abc import Iterator

from sopextract.model.draft import Method
from sopextract.model.finding import Kind, Severity
from sopextract.model.record import SopRecord
from sopextract.validate.doubtful_values import grouped
from sopextract.validate.registry import Hit, rule
from sopextract.validate.sheet import name_of


@rule(
    "RD-01",
    Severity.WARNING,
    basis="kontrak rekaman: method unread",
    good="Nilai terbaca",
    bad="Ada isian, tetapi tidak terbaca",
    help="Baca nilainya pada dokumen sumber dan isi rekamannya.",
    kind=Kind.READING,
)
def unread(record: SopRecord) -> Iterator[Hit]:
    """Ada isian yang tidak dapat dibaca.

    Instansi tidak dapat dianggap mengosongkannya.
    """
    for path, _ in grouped(record, lambda _, p: p.method == Method.UNREAD):
        yield Hit(path, f"{name_of(path)}: ada isian, tetapi tidak terbaca.")
