"""LB-02: the title of the act."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sopextract.core.text import fold
from sopextract.lexicon.peraturan import Regulation
from sopextract.model.finding import Kind, Severity
from sopextract.model.record import DasarHukum, SopRecord
from sopextract.validate.confused_acts import other_act
from sopextract.validate.legal import (
    by_register,
    citations,
    known,
    short_name,
    title_key,
    title_likeness,
)
from sopextract.validate.registry import Hit, rule
from sopextract.validate.sheet import quote

_CUT = re.compile(
    r"(?:\b(?:dan|atau|atas|tentang|serta|di|dengan|yang|dalam|untuk|pada)"
    r"|\bperubahan(?: \w+)? atas (?:peraturan|undang)[^\d]*)$"
)
_SLIP = 0.97  # one letter in a title of 35; sheets copy titles letter by letter


@rule(
    "LB-02",
    Severity.WARNING,
    basis="UU 12/2011, lampiran II; tabel peraturan internal",
    good="Perpres 29/2014 tentang Sistem Akuntabilitas Kinerja Instansi Pemerintah",
    bad="Perpres 29/2014 tentang Sistem Akuntabilitas Pemerintah",
    help="Perbaiki judul menurut naskah resmi peraturan.",
)
def title_right(record: SopRecord) -> Iterator[Hit]:
    """Judul peraturan sama dengan judul resminya.

    Judul dibandingkan dengan tabel internal; judul yang terputus juga dilaporkan.
    """
    for path, entry in citations(record):
        title = entry.tentang
        if not title:
            continue
        where = f"{path}/tentang"
        act = known(entry)
        if act is not None and act.tentang:
            if other_act(entry) is None:  # else the number belongs to another act: LB-06
                yield from _compare(entry, act, where)
        elif _CUT.search(fold(title)):
            message = f"Judul {short_name(entry)} terpotong: {quote(title)}."
            yield Hit(where, message)


def _compare(entry: DasarHukum, act: Regulation, where: str) -> Iterator[Hit]:
    """The printed title beside the official one."""
    printed, official = entry.tentang or "", act.tentang or ""
    likeness = title_likeness(printed, official)
    if likeness == 1.0:
        return
    grounds = (where, where.replace("/tentang", "/id"))
    if title_key(printed).startswith(title_key(official) + " "):
        message = f"Judul {short_name(entry)} diikuti teks lain: {quote(printed, 300)}."
        advice = "Periksa apakah dua butir dasar hukum terbaca sebagai satu."
        yield Hit(where, message, advice, kind=Kind.READING)
        return
    cut = title_key(official).startswith(title_key(printed))
    message = (
        f"Judul {short_name(entry)} {'terpotong' if cut else 'berbeda'}: tertulis "
        f"{quote(printed, 300)}, seharusnya {quote(official, 300)}, {by_register(act.mark)}."
    )
    severity = Severity.INFO if likeness >= _SLIP else None
    yield Hit(where, message, severity=severity, grounds=grounds)
