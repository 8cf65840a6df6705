"""Which act a citation seems to mean when its kind, number or title does not fit the register."""

from __future__ import annotations

import re

from sopextract.lexicon.peraturan import Regulation, load_register
from sopextract.model.record import DasarHukum
from sopextract.validate.legal import SAME_TITLE, is_regional, known, title_key, title_likeness

_DIGITS = re.compile(r"\d+")
_SHORTEST = 2  # words; "Statistik" alone is the title of too many things


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
