"""The head of a citation: kind, issuer or region."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from sopextract.core.text import squeeze
from sopextract.lexicon.jenis_peraturan import (
    REGIONAL,
    Issuer,
    Kind,
    abbreviations,
    issuers,
    jenis_of,
    kinds,
)
from sopextract.lexicon.wilayah import JenisWilayah, canonical_wilayah
from sopextract.parse.dasar_hukum.words import Word, ocr_key

_FUZZY_FROM = 10  # letters; shorter forms (perda, perka) differ from one another by one letter
# "peraturan presiden" and "keputusan presiden" agree to 0.76, "peratumn menter" with its right
# form to 0.88.
_KIND_MIN = 0.82
_ISSUER_MIN = 88.0  # "pendayagunaan aparatur negara" against the longer new name: 71
_KIND_WORDS = 6
_STRIP_HEAD = frozenset({"negara"})
_DROP_LEAD = frozenset(
    ("berdasarkan", "menurut", "sesuai", "lampiran", "salinan", "dasar", "hukum")
)
_GLUED = ("permeneg", "permen", "kepmeneg", "kepmen", "perka", "kepka", "undangundang")
_LEVEL: dict[str, JenisWilayah] = {"provinsi": "Provinsi", "kabupaten": "Kabupaten", "kota": "Kota"}


@dataclass(frozen=True, slots=True)
class Head:
    """Kind with its issuer (`penerbit`) or region (`daerah`), and the `Kind` behind it."""

    jenis: str
    kind: Kind
    penerbit: str | None = None
    daerah: str | None = None


@cache
def _exact() -> dict[str, tuple[Kind, Issuer | None]]:
    codes: dict[tuple[str, str], Issuer] = {(i.jenis, i.kode): i for i in issuers()}
    table: dict[str, tuple[Kind, Issuer | None]] = {
        form.replace(" ", ""): (kind, None) for kind in kinds().values() for form in kind.bentuk
    }
    for short, (jenis, kode) in abbreviations().items():
        kind = kinds()[jenis]
        table[short.replace(" ", "")] = (kind, codes[kind.sifat, kode])
    return table


@cache
def _long_forms() -> dict[str, Kind]:
    return {
        ocr_key(form.replace(" ", "")): kind
        for kind in kinds().values()
        for form in kind.bentuk
        if len(form.replace(" ", "")) >= _FUZZY_FROM
    }


@cache
def _issuer_forms(sifat: str) -> dict[str, Issuer]:
    return {f.replace(" ", ""): i for i in issuers() if i.jenis == sifat for f in i.bentuk}


@lru_cache(maxsize=2048)
def _match_kind(folded: tuple[str, ...]) -> tuple[Kind, Issuer | None, int, str] | None:
    """Kind, issuer when the short form names it, words used, letters left over of a glued word."""
    table = _exact()
    exact: tuple[Kind, Issuer | None, int, str] | None = None
    for count in range(min(_KIND_WORDS + 2, len(folded)), 0, -1):
        if hit := table.get("".join(folded[:count])):
            exact = (*hit, count, "")
            break
    # "Peraturan" alone is the shortest form of all: "Peraturan Pernerintah" must not stop at it.
    if exact and not (exact[0].sifat == "lembaga" and exact[1] is None and exact[2] == 1):
        return exact
    if folded[0] in {"per", "kep"} and folded[1:2] and folded[1].startswith("men"):
        glued = "".join(folded[:2])  # "Kep. Menpan"
        return *table[glued[:6]], 2, glued[6:]
    best = _fuzzy_kind(folded)
    if best and (exact is None or best[1] > exact[2]):
        return best[0], None, best[1], ""
    if exact:
        return exact
    for prefix in _GLUED:
        rest = folded[0].removeprefix(prefix)
        if rest and rest != folded[0]:
            return *table[prefix.replace("meneg", "men")], 1, rest
    return None


def _fuzzy_kind(folded: tuple[str, ...]) -> tuple[Kind, int] | None:
    best: tuple[float, int, Kind] | None = None
    for count in range(1, min(_KIND_WORDS + 2, len(folded)) + 1):
        compact = ocr_key("".join(folded[:count]))
        if len(compact) < _FUZZY_FROM - 2:
            continue
        hit = process.extractOne(
            compact,
            _long_forms().keys(),
            scorer=Levenshtein.normalized_similarity,
            score_cutoff=_KIND_MIN,
        )
        if hit and (best is None or (hit[1], count) > best[:2]):
            best = (hit[1], count, _long_forms()[hit[0]])
    return (best[2], best[1]) if best else None


@lru_cache(maxsize=2048)
def _match_issuer(compact: str, sifat: str) -> Issuer | None:
    for tail in ("", "republikindonesia", "ri"):
        name = compact.removesuffix(tail)
        if found := _issuer_forms(sifat).get(name):
            return found
    compact = compact.removesuffix("republikindonesia")
    if len(compact) < _FUZZY_FROM - 2:
        return None
    hit = process.extractOne(
        compact, _issuer_forms(sifat).keys(), scorer=fuzz.ratio, score_cutoff=_ISSUER_MIN
    )
    return _issuer_forms(sifat)[hit[0]] if hit else None


def _printed(text: str, words: Sequence[Word]) -> str | None:
    """The words as they stand in the text, without "Republik Indonesia" behind them."""
    folded = [w.folded for w in words]
    if folded[-2:] == ["republik", "indonesia"]:
        words = words[:-2]
    elif folded[-1:] == ["ri"]:
        words = words[:-1]
    return squeeze(text[words[0].start : words[-1].end]) if words else None


def starts_kind(words: Sequence[Word]) -> bool:
    """Whether these words begin with a kind of regulation.

    "Peraturan" and "Keputusan" alone begin many things: they count with a body they name.
    """
    if not words:
        return False
    folded = tuple(w.folded for w in words[:8])
    match = _match_kind(folded)
    if match is None or match[0].sifat != "lembaga" or match[1] is not None:
        return match is not None
    names = folded[match[2] :]
    return any(
        "".join(names[:n]) in _issuer_forms("lembaga") for n in range(1, len(names) + 1)
    ) or (match[2] > 1)


def parse_head(text: str, words: Sequence[Word]) -> Head | None:
    """Read the words before number, year and title as kind and issuer.

    Reads "Peraturan Menteri Negara PAN dan RB", "PermenPANRB", "PMK", "Perka BPS", "Perda Kota
    Bima", with OCR's confusions. None when no kind stands there.
    """
    while words and words[0].folded in _DROP_LEAD:
        words = words[1:]
    if not words:
        return None
    match = _match_kind(tuple(w.folded for w in words[:8]))
    if match is None:
        return None
    kind, issuer, used, glued = match
    rest = words[used:]
    if issuer:
        return Head(jenis_of(kind, issuer), kind)
    if kind.sifat in ("menteri", "lembaga"):
        return _with_issuer(text, kind, rest, glued)
    if kind.sifat in REGIONAL:
        return Head(kind.jenis, kind, daerah=_region(text, kind, rest))
    if kind.sifat == "penerbit":
        return Head(kind.jenis, kind, penerbit=_addresser(text, rest))
    if kind.sifat == "instansi":
        return Head(kind.jenis, kind, penerbit=_printed(text, rest))
    return Head(kind.jenis, kind)


def _with_issuer(text: str, kind: Kind, rest: Sequence[Word], glued: str) -> Head | None:
    names = [glued, *(w.folded for w in rest)] if glued else [w.folded for w in rest]
    while names and names[0] in _STRIP_HEAD and not glued:
        names, rest = names[1:], rest[1:]
    compact = "".join(names)
    issuer = _match_issuer(compact, kind.sifat)
    if issuer is None and compact.startswith("negara"):
        issuer = _match_issuer(compact.removeprefix("negara"), kind.sifat)
    if issuer:
        return Head(jenis_of(kind, issuer), kind)
    return Head(kind.jenis, kind, penerbit=_printed(text, rest) or (glued or None))


def _addresser(text: str, rest: Sequence[Word]) -> str | None:
    """Who wrote a circular: "Mendagri" for the minister of home affairs, else as printed."""
    names = [w.folded for w in rest]
    while names and names[0] in {"menteri", "negara", "bersama"}:
        names = names[1:]
    compact = "".join(names)
    short = compact.removeprefix("men")
    for candidate in (compact, short):
        if issuer := _match_issuer(candidate, "menteri"):
            return f"Men{issuer.nama}"
    body = compact.removeprefix("kepala").removeprefix("ketua")
    if issuer := _match_issuer(body, "lembaga"):
        return issuer.nama
    return _printed(text, rest)


def _region(text: str, kind: Kind, rest: Sequence[Word]) -> str | None:
    """The region in the head: canonical when known, else as printed with its level."""
    printed = _printed(text, rest)
    if not printed:
        return None
    level = _LEVEL.get(kind.sifat)
    if known := canonical_wilayah(printed, level):
        return known
    if level:
        return None
    first = rest[0].folded
    if first in {"provinsi", "kabupaten", "kota"} and 2 <= len(rest) <= 5:
        return printed.title() if printed.isupper() else printed
    return None


def region_of_title(title: str, kind: Kind) -> str | None:
    """The region with which the title of a regional law ends; None when it does not end so."""
    words = title.split()
    level = _LEVEL.get(kind.sifat)
    for count in range(7, 1, -1):
        tail = " ".join(words[-count:]).strip(" .;,")
        first = tail.split(" ", 1)[0].casefold().strip(".")
        if first in {"provinsi", "propinsi", "kabupaten", "kab", "kota"}:
            found = canonical_wilayah(tail)
            if found and (level is None or found.startswith(level + " ")):
                return found
    return None
