"""LB-06: number and year of the act."""

from __future__ import annotations

import re
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
    title_key,
    title_likeness,
)
from sopextract.validate.registry import Hit, rule
from sopextract.validate.rules.lb_05 import kind_confused

_DIGITS = re.compile(r"\d+")
_SHORTEST = 2  # words; "Statistik" alone is the title of too many things


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


def other_act(entry: DasarHukum) -> Regulation | None:
    """The act of the same kind whose title this citation carries; None when the number fits.

    Regional law and amending acts are left out: their titles repeat. So is a title that several
    acts share when the citation fits one of them.
    """
    title = entry.tentang
    if not title or not (entry.nomor and entry.tahun) or is_regional(entry):
        return None
    key = title_key(title)
    if key.startswith("perubahan") or len(key.split()) < _SHORTEST or kind_confused(entry):
        return None
    own = known(entry)
    if own is not None and own.tentang and title_likeness(title, own.tentang) >= _near(key):
        return None
    for act, _ in load_register().find_title(title):
        same_kind = act.jenis == entry.jenis
        same_number = act.nomor == entry.nomor and act.tahun == entry.tahun
        if not same_kind or same_number or act is own:
            continue
        if title_likeness(title, act.tentang or "") < SAME_TITLE:
            continue
        if _DIGITS.findall(title) == _DIGITS.findall(act.tentang or "") and (
            own is not None or _is_near(entry, act)
        ):
            return act
    return None


def _is_near(entry: DasarHukum, act: Regulation) -> bool:
    """Whether number or year could be a slip; else it is a newer act that kept the title."""
    same_number = _DIGITS.findall(entry.nomor or "")[:1] == _DIGITS.findall(act.nomor)[:1]
    return same_number or abs((entry.tahun or 0) - act.tahun) <= 1


def _near(key: str) -> float:
    """Below this a title is not a slip of the right one; short titles have no room for slips."""
    return 0.6 if len(key.split()) > 4 else 0.75
