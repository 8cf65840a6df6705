"""The labels of the form, and a tolerant match of a piece of text against them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files

from rapidfuzz import fuzz, process

from sopextract.core.text import fold

# Digits that OCR puts inside a word of letters: "0leh", "PR0SEDUR", "Efekt1f", "5OP"; "K3" is none.
_DIGIT_IN_WORD = re.compile(
    r"(?<=[^\W\d_])[015](?=[^\W\d_])|\b[05](?=[^\W\d_]{2})|(?<=S)0(?=P)"
    r"|(?<=[^\W\d_][^\W\d_][^\W\d_][^\W\d_])[015]\b"
)
_LETTER_OF = str.maketrans("015", "OIS")
# Letters of one shape to OCR; a label that differs from a spelling only by these is that label.
_SHAPES = str.maketrans({"l": "i", "t": "i", "f": "i", "v": "u", "c": "e", "q": "g", "h": "b"})
_AS_SHAPED = 0.9  # below every accepted spelling, above what min_score asks of a near miss
_NOT_LETTER = re.compile(r"[^a-z]+")
_DATE_SHORT = re.compile(r"^(?:tgl|tggl|tngl)")

# Shorter labels are told apart by single letters (No, Ket, Hal), so they must agree in full.
_EXACT_BELOW = 5


@dataclass(frozen=True, slots=True)
class LabelHit:
    """A piece of text read as a label.

    `group` is `identitas`, `bagian`, `lainnya` or `kolom`; `field` the canonical name; `canonical`
    the form's own wording; `score` from 0 to 1; `wrong` whether the print departs from every
    accepted spelling.
    """

    group: str
    field: str
    canonical: str
    score: float
    wrong: bool


@dataclass(frozen=True, slots=True)
class _Variant:
    group: str
    field: str
    canonical: str
    wrong: bool


def canonical_label(field: str) -> str:
    """The form's own wording of a field's label. Raises KeyError when the form has no such field.

    >>> canonical_label("peralatan_perlengkapan")
    'Peralatan/Perlengkapan'
    """
    return _canonical()[field]


@cache
def spellings_of(*groups: str) -> dict[str, tuple[str, ...]]:
    """The keys (`label_key`) of every accepted spelling, by the fields of these groups."""
    loaded = _load()
    return {
        field: tuple(label_key(spelling) for spelling in spellings["benar"])
        for group in groups
        for field, spellings in loaded[group].items()
    }


@cache
def _canonical() -> dict[str, str]:
    """The first accepted spelling of every label, by field."""
    return {
        field: spellings["benar"][0]
        for group in _load().values()
        for field, spellings in group.items()
    }


@cache
def _load() -> dict[str, dict[str, dict[str, list[str]]]]:
    return tomllib.loads((files(__package__) / "data/labels.toml").read_text(encoding="utf-8"))


def label_key(text: str) -> str:
    """What is compared: letters alone, folded, "Tgl" written out.

    >>> label_key("TGL. Pembuatan :")
    'tanggalpembuatan'
    """
    return _DATE_SHORT.sub("tanggal", _NOT_LETTER.sub("", fold(text)))


@cache
def _table(groups: tuple[str, ...]) -> tuple[dict[str, _Variant], list[str]]:
    raw = _load()
    table: dict[str, _Variant] = {}
    for group in groups:
        for field, spellings in raw[group].items():
            canonical = spellings["benar"][0]
            for wrong, key in ((False, "benar"), (True, "salah")):
                for spelling in spellings.get(key, ()):
                    variant = _Variant(group, field, canonical, wrong)
                    table.setdefault(label_key(spelling), variant)
    return table, list(table)


def _shape_key(key: str) -> str:
    return key.replace("rn", "m").translate(_SHAPES)


@cache
def _shaped(groups: tuple[str, ...]) -> dict[str, _Variant]:
    """The accepted spellings by the shapes of their letters; none that two fields share."""
    found: dict[str, _Variant] = {}
    shared: set[str] = set()
    for key, variant in _table(groups)[0].items():
        shape = _shape_key(key)
        if found.setdefault(shape, variant).field != variant.field:
            shared.add(shape)
    return {s: v for s, v in found.items() if s not in shared and len(s) >= _EXACT_BELOW}


@lru_cache(maxsize=20_000)
def match_label(text: str, groups: tuple[str, ...], min_score: float = 0.84) -> LabelHit | None:
    """The label that the whole of `text` is, or None.

    Case, spaces and punctuation do not count; a few wrong letters are tolerated in labels of five
    letters or more. Near misses it refuses: a label followed by a value, a label inside a sentence.
    """
    if len(text) > 70:  # the longest label has 47 letters
        return None
    mended = _DIGIT_IN_WORD.sub(lambda m: m[0].translate(_LETTER_OF), text)
    if any(c.isdigit() for c in mended):
        return None
    if mended != text:
        hit = match_label(mended, groups, min_score)
        return replace(hit, wrong=True) if hit is not None else None
    key = label_key(text)
    if not key:
        return None
    table, keys = _table(groups)
    exact = table.get(key)
    if exact is not None:
        return LabelHit(exact.group, exact.field, exact.canonical, 1.0, exact.wrong)
    whole = _compound(text, groups)
    if whole is not None:
        return whole
    if len(key) < _EXACT_BELOW:
        return None
    shaped = _shaped(groups).get(_shape_key(key))
    if shaped is not None and min_score <= _AS_SHAPED:
        return LabelHit(shaped.group, shaped.field, shaped.canonical, _AS_SHAPED, True)
    best = process.extractOne(key, keys, scorer=fuzz.ratio, score_cutoff=100 * min_score)
    if best is None or len(best[0]) < _EXACT_BELOW:
        return None
    variant = table[best[0]]
    return LabelHit(variant.group, variant.field, variant.canonical, best[1] / 100, True)


# What joins two names of one thing, and a remark behind a name: "Hasil/Keluaran", "Syarat dan
# Kelengkapan", "Output (Hasil)".
_JOINT = re.compile(r"[/&,()]|\b(?:dan|atau)\b", re.IGNORECASE)


def _compound(text: str, groups: tuple[str, ...]) -> LabelHit | None:
    """The label that all parts of a joint one name alike; None when a part is no label.

    Only parts in an accepted spelling count, and two labels ("Waktu/Output") are none.
    """
    parts = [key for part in _JOINT.split(text) if (key := label_key(part))]
    if len(parts) < 2:
        return None
    table, _ = _table(groups)
    hits = [table.get(part) for part in parts]
    first = hits[0]
    if first is None or any(h is None or h.field != first.field for h in hits):
        return None
    return LabelHit(first.group, first.field, first.canonical, 1.0, False)


IDENTITY_GROUPS = ("identitas", "bagian", "lainnya")
COLUMN_GROUPS = ("kolom",)
