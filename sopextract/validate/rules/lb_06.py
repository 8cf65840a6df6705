"""LB-06: number and year of the act."""

from __future__ import annotations

from collections.abc import Iterator

from sopextract.model.finding import Severity
from sopextract.model.record import SopRecord
from sopextract.validate.confused_acts import other_act
from sopextract.validate.legal import by_register, citations, name_by_id, short_name
from sopextract.validate.registry import Hit, rule


@rule(
    "LB-06",
    Severity.WARNING,
    basis="tabel peraturan internal",
    good="PermenPANRB 12/2011 tentang Pedoman Penataan Tatalaksana",
    bad="PermenPANRB 12/2012 tentang Pedoman Penataan Tatalaksana",
    help="Periksa nomor dan tahun peraturan pada naskah resminya.",
)
def number_right(record: SopRecord) -> Iterator[Hit]:
    """Nomor dan tahun peraturan sesuai dengan judulnya.

    Dilaporkan bila judulnya milik peraturan lain yang sejenis.
    """
    for path, entry in citations(record):
        act = other_act(entry)
        if act is not None:
            message = (
                f"Judul pada kutipan {short_name(entry)} adalah judul {name_by_id(act.id)}; nomor "
                f"atau tahunnya mungkin salah, {by_register(act.mark)}."
            )
            yield Hit(path, message)
