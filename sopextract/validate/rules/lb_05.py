"""LB-05: the kind of the act."""

from __future__ import annotations

from collections.abc import Iterator

from sopextract.model.finding import Severity
from sopextract.model.record import SopRecord
from sopextract.validate.confused_acts import kind_confused
from sopextract.validate.legal import by_register, citations, name_by_id, short_name
from sopextract.validate.registry import Hit, rule


@rule(
    "LB-05",
    Severity.WARNING,
    basis="UU 12/2011 pasal 7-8; tabel peraturan internal",
    good="Peraturan Presiden Nomor 86 Tahun 2007",
    bad="Keputusan Presiden Nomor 86 Tahun 2007",
    help="Perbaiki jenis peraturan.",
)
def kind_right(record: SopRecord) -> Iterator[Hit]:
    """Jenis peraturan tidak tertukar.

    Dilaporkan bila nomor, tahun, dan judul yang sama terdaftar dengan jenis lain.
    """
    for path, entry in citations(record):
        act = kind_confused(entry)
        if act is not None:
            message = (
                f"{short_name(entry)} tampaknya {name_by_id(act.id)}: jenisnya tertukar, "
                f"{by_register(act.mark)}."
            )
            yield Hit(path, message)
