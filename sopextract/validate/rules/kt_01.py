"""KT-01: related procedures."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from rapidfuzz.fuzz import token_set_ratio

from sopextract.core.text import fold, words
from sopextract.model.finding import Severity
from sopextract.model.record import SopRecord
from sopextract.validate.registry import Hit, archive_rule, rule
from sopextract.validate.sheet import quote

_BASIS = "PermenPANRB 35/2012, lampiran, Bagian Identitas butir 9"
_LAW = re.compile(
    r"^(?:uu|pp|perpres|undang|peraturan|permen\w*|perda|pergub|perbup|perwal\w*|keputusan)\b"
)
_LEAD = re.compile(r"^\W*(?:sop|standar operasional prosedur)\b\W*")
_MIN_ARCHIVE = 5  # an agency with fewer sheets in the archive has the rest elsewhere
_RESOLVES = 85.0  # a name with one word more or less of four or five


@rule(
    "KT-01",
    Severity.INFO,
    basis=_BASIS,
    good="SOP Pengelolaan Surat Keluar",
    bad="Undang-Undang Nomor 23 Tahun 2014",
    help="Isi Keterkaitan dengan nama SOP lain yang berhubungan.",
)
def related_are_sops(record: SopRecord) -> Iterator[Hit]:
    """Keterkaitan memuat nama SOP lain.

    Bukan peraturan dan bukan SOP itu sendiri.
    """
    own = _key(record.nama_sop or "")
    for i, item in enumerate(record.keterkaitan):
        path = f"/keterkaitan/{i}"
        if _LAW.search(fold(item)):
            message = f"Keterkaitan {quote(item)} adalah peraturan, bukan SOP."
            yield Hit(path, message, "Pindahkan ke Dasar Hukum.")
        elif own and _key(item) == own:
            message = f"Keterkaitan {quote(item)} adalah SOP ini sendiri."
            yield Hit(path, message, grounds=(path, "/nama_sop"))


@archive_rule("KT-01", Severity.INFO, basis=_BASIS, help="Periksa nama SOP yang dirujuk.")
def related_exist(records: Sequence[SopRecord]) -> Iterator[tuple[int, Hit]]:
    """SOP yang disebut dalam Keterkaitan ada dalam arsip."""
    agencies: dict[str, list[int]] = defaultdict(list)
    for place, record in enumerate(records):
        if record.instansi.perangkat_daerah:
            agencies[fold(record.instansi.perangkat_daerah)].append(place)
    for places in agencies.values():
        names = {_key(records[p].nama_sop or "") for p in places} - {""}
        if len(names) < _MIN_ARCHIVE:
            continue
        for place in places:
            for i, item in enumerate(records[place].keterkaitan):
                if not any(token_set_ratio(_key(item), name) >= _RESOLVES for name in names):
                    message = f"SOP {quote(item)} tidak ditemukan dalam arsip instansi ini."
                    yield place, Hit(f"/keterkaitan/{i}", message)


def _key(name: str) -> str:
    return " ".join(words(_LEAD.sub("", fold(name))))
