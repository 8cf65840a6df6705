"""LB-02: the title of the act."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sopextract.core.text import fold
from sopextract.model.finding import Severity
from sopextract.model.record import SopRecord
from sopextract.validate.legal import (
    by_register,
    citations,
    known,
    short_name,
    title_key,
    title_likeness,
)
from sopextract.validate.registry import Hit, rule
from sopextract.validate.rules.lb_06 import other_act
from sopextract.validate.sheet import quote

_CUT = re.compile(
    r"(?:\b(?:dan|atau|atas|tentang|serta|di|dengan|yang|dalam|untuk|pada)"
    r"|\bperubahan(?: \w+)? atas (?:peraturan|undang)[\w -]*?)\W*$"
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
            likeness = title_likeness(title, act.tentang)
            if likeness == 1.0 or other_act(entry) is not None:
                continue  # the number belongs to another act: LB-06
            severity = Severity.INFO if likeness >= _SLIP else None
            state = (
                "terpotong" if title_key(act.tentang).startswith(title_key(title)) else "berbeda"
            )
            message = (
                f"Judul {short_name(entry)} {state}: tertulis {quote(title, 300)}, seharusnya "
                f"{quote(act.tentang, 300)}, {by_register(act.mark)}."
            )
            yield Hit(where, message, severity=severity, grounds=(where, f"{path}/id"))
        elif _CUT.search(fold(title)):
            message = f"Judul {short_name(entry)} terpotong: {quote(title)}."
            yield Hit(where, message)
