"""ID-05: one title everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz.fuzz import ratio

from sopextract.core.text import fold, words
from sopextract.model.finding import Severity
from sopextract.model.record import SopRecord
from sopextract.validate.registry import Hit, rule
from sopextract.validate.sheet import quote

_LEAD = re.compile(
    r"^\W*(?:[ivx]+\.\s+)?(?:(?:dokumen dasar|lampiran|judul|nama)\s*:?\s+)?"
    r"(?:standar\w*\s+op\w+\s+pro\w+\s*)?(?:\(?\s*s[o0]p\s*\)?\s*)?\W*"
)
_AGENCY = re.compile(r"(?:pemerintah|dinas|badan|kecamatan|inspektorat|sekretariat|kabupaten)\b")
_SAME = frozenset({"dan", "the", "di"})
_SLIP = 92.0  # one or two letters in a title of usual length (25 letters and more)


@rule(
    "ID-05",
    Severity.WARNING,
    basis="PermenPANRB 35/2012, lampiran, Bagian Identitas butir 7",
    good='Sampul, identitas, dan kepala tabel: "Penerimaan Surat Masuk"',
    bad='Identitas "Penerimaan Surat Masuk", kepala tabel "Penerbitan Izin Kapal"',
    help="Samakan judul pada sampul, identitas, dan kepala tabel.",
)
def one_title(record: SopRecord) -> Iterator[Hit]:
    """Judul SOP sama pada sampul, lembar identitas, dan kepala tabel.

    Judul yang berbeda sering berarti lembar disalin dari SOP lain.
    """
    if record.nama_sop is None:
        return
    name = _key(record.nama_sop)
    seen: set[str] = set()
    for i, title in enumerate(record.judul_lain):
        other = _key(title)
        if not other or other == name or other in seen or _AGENCY.match(other):
            continue
        seen.add(other)
        slip = ratio(name, other) >= _SLIP
        message = f"Judul {quote(title)} berbeda dari Nama SOP {quote(record.nama_sop)}."
        severity = Severity.INFO if slip else None
        path = f"/judul_lain/{i}"
        yield Hit(path, message, severity=severity, grounds=(path, "/nama_sop"))


def _key(title: str) -> str:
    """The title without "SOP", case, punctuation and "dan"."""
    bare = _LEAD.sub("", fold(title))
    return " ".join(w for w in words(bare) if w not in _SAME)
