"""LB-05: the kind of the act."""

from __future__ import annotations

from collections.abc import Iterator

from sopextract.lexicon.peraturan import Regulation, load_register
from sopextract.model.finding import Severity
from sopextract.model.record import DasarHukum, SopRecord
from sopextract.validate.legal import (
    SAME_TITLE,
    by_register,
    citations,
    is_regional,
    known,
    name_by_id,
    short_name,
    title_likeness,
)
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


def kind_confused(entry: DasarHukum) -> Regulation | None:
    """The act of another kind with this number, year and title; None when there is none."""
    if not (entry.jenis and entry.nomor and entry.tahun and entry.tentang) or is_regional(entry):
        return None
    act = known(entry)
    if act is not None and title_likeness(entry.tentang, act.tentang or "") >= SAME_TITLE:
        return None
    for other in load_register().same_number(entry.nomor, entry.tahun):
        same = title_likeness(entry.tentang, other.tentang or "") >= SAME_TITLE
        if same and other is not act and other.jenis != entry.jenis:
            return other
    return None
