"""ID-07: traces of another agency."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sopextract.core.text import fold
from sopextract.lexicon.wilayah import find_wilayah
from sopextract.model.finding import Severity
from sopextract.model.record import SopRecord
from sopextract.validate.registry import Hit, rule
from sopextract.validate.sheet import agency_kind, is_foreign, own_region, quote, texts_of

_TITLES = {"dinas": "Dinas", "badan": "Badan", "satuan": "Satuan", "kecamatan": "Kecamatan"}
# Units that exist only in the agencies named after them: Biro in a provincial secretariat (and in
# ministries), Bagian in a secretariat, of the region or its parliament (and in hospitals).
_FOREIGN_UNITS = {
    "dinas": (r"biro|karo", r"kabag|kepala bagian", r"kaban$|kepala badan$"),
    "badan": (r"biro|karo", r"kabag|kepala bagian", r"kadis$|kepala dinas$"),
    "satuan": (r"biro|karo", r"kabag|kepala bagian", r"kadis$|kepala dinas$"),
    "kecamatan": (r"biro|karo", r"kabag|kepala bagian"),
}
_SCOPE = r"\b(?:lingkup|lingkungan|se)\s*({others})\b(?!\s+[A-Z])"
_OUTSIDE = re.compile(r"\b(setda|sekretariat daerah|sekda|hukum|pengadaan|pbj|ulp|setwan)\b")
_ADDRESSED = re.compile(r"\b(?:kepada|ke|dari|dengan|oleh|pada)\s+(?:\w+\s+)?$")


@rule(
    "ID-07",
    Severity.WARNING,
    basis="PermenPANRB 35/2012, asas penyusunan (kepatuhan, kejelasan); temuan SOP salinan",
    good='Dinas Perikanan: pelaksana "Sekretaris", "Kepala Bidang"',
    bad='Dinas Perikanan: pelaksana "Kepala Biro Organisasi"',
    help="Sesuaikan teks dengan susunan organisasi instansi sendiri; periksa apakah SOP disalin.",
)
def no_foreign_agency(record: SopRecord) -> Iterator[Hit]:
    """Teks tidak menyebut unit, jabatan, atau daerah milik instansi lain.

    Biro hanya ada di sekretariat daerah provinsi, Bagian di sekretariat; penyebutannya dalam SOP
    dinas berarti lembar disalin tanpa disesuaikan.
    """
    kind = agency_kind(record)
    patterns = _FOREIGN_UNITS.get(kind or "", ())
    own = _TITLES.get(kind or "", "")
    for i, actor in enumerate(record.pelaksana):
        unit = _unit(patterns, actor.nama)
        if unit and not _OUTSIDE.search(fold(actor.nama)):
            message = f"Pelaksana {quote(actor.nama)} tidak lazim dalam {own}; {_where(unit)}."
            path = f"/pelaksana/{i}"
            yield Hit(path, message, grounds=(f"{path}/nama", "/instansi/perangkat_daerah"))
    if patterns:
        yield from _units_in_texts(record, kind or "", own)
    yield from _regions_in_texts(record)


def _units_in_texts(record: SopRecord, kind: str, own: str) -> Iterator[Hit]:
    others = "|".join(t for k, t in _TITLES.items() if k != kind) + "|Biro|Bagian Setda"
    scope = re.compile(_SCOPE.format(others=_any_case(others)))
    unit = re.compile(r"\bbiro\b(?!\s+(?:perjalanan|jasa|iklan|pusat))")
    for path, text in texts_of(record):
        folded = fold(text)
        found = scope.search(text)
        if found:
            message = f"{quote(found[0])} disebut, padahal lembar ini milik {own}."
        elif path.startswith("/langkah") and (match := unit.search(folded)):
            if _OUTSIDE.search(folded) or _ADDRESSED.search(folded[: match.start()]):
                continue
            message = f'"Biro" disebut dalam {quote(text)}, padahal lembar ini milik {own}.'
        else:
            continue
        yield Hit(path, message, grounds=(path, "/instansi/perangkat_daerah"))


def _any_case(alternatives: str) -> str:
    """The words with either case of their first letter, so that a following name still shows."""
    words = alternatives.split("|")
    return "|".join(f"[{w[0].upper()}{w[0].lower()}]{w[1:].lower()}|{w.upper()}" for w in words)


def _regions_in_texts(record: SopRecord) -> Iterator[Hit]:
    own = own_region(record)
    if own is None:
        return
    for path, text in texts_of(record):
        for region in find_wilayah(text):
            if is_foreign(region, own):
                message = f"{quote(region)} disebut, padahal lembar ini milik {own}."
                yield Hit(path, message, grounds=(path, "/instansi/pemerintah"))


def _unit(patterns: tuple[str, ...], name: str) -> str | None:
    folded = fold(name)
    return next((p for p in patterns if re.search(rf"\b(?:{p})\b", folded)), None)


def _where(pattern: str) -> str:
    if pattern.startswith("biro"):
        return "Biro hanya ada di sekretariat daerah provinsi"
    if pattern.startswith("kabag"):
        return "Bagian hanya ada di sekretariat"
    return "jabatan ini milik instansi jenis lain"
