"""Names of agencies, posts and sheets: their casing, prefixes and marks, never their letters."""

from __future__ import annotations

import re

from sopextract.lexicon.ejaan import KATA_TUGAS, SINGKATAN_NAMA
from sopextract.model.draft import Change

CASE_TITLE = "case.title"
TITLE_PREFIX = "title.prefix"
STATUS_FORM = "status.form"
CAPITAL_I = "ocr.capital-i"
RANK_I = "ocr.rank-i"
# Mechanical changes: nothing is guessed, so they cost the value nothing worth naming.
_MECHANICAL = 1.0

# OCR's small L, one or bar for the I among capitals (DlNAS): no Indonesian word has either there.
_MISREAD_I = re.compile(r"(?<=[A-Z])[l1|](?=[A-Z])")
# Of the ranks of civil servants some have a first degree, "Pembina Tk. I", and none another.
_RANK = re.compile(r"((?:\bTk\.?|\bTingkat)\s?)[1l|](?!\w)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_SPECIAL_REGION = re.compile(r"\bdi(?= Yogyakarta\b)")  # Daerah Istimewa, not "in"
_ROMAN = re.compile(r"(?:X{0,3})(?:IX|IV|V?I{0,3})")
_TITLE_PREFIX = re.compile(
    r"""
    \s*(?:
        (?:standard?|standart)\s+(?:operasional|operating|oprasional)\s+(?:prosedure?|procedures?)
        (?:\s+(?:administrasi\s+pemerintahan|ap))?
        (?:\s*\(\s*s\s?\.?\s?[o0]\s?\.?\s?p\s?\.?(?:\s?-?ap)?\s*\))?
      | s\.?\s?[o0]\.?\s?p\.?(?:[\s\-]ap)?(?![\w.])
    )
    \s*[:\-–—.]*\s*
    """,
    re.VERBOSE | re.IGNORECASE,
)
_STATUS = {
    "plt": "Plt.",
    "plh": "Plh.",
    "pj": "Pj.",
    "pjs": "Pjs.",
    "pgs": "Pgs.",
    "an": "a.n.",
    "atasnama": "a.n.",
    "ub": "u.b.",
    "pelaksanatugas": "Plt.",
    "pelaksanaharian": "Plh.",
    "penjabat": "Pj.",
}


def title_case(text: str) -> tuple[str, tuple[Change, ...]]:
    """An agency's name printed in capitals, in the form `Dinas Perdagangan dan Energi`.

    Text that has any small letter of its own stays as printed. Abbreviations (UPT, RSUD, those
    without a vowel) and Roman numbers keep their capitals.

    >>> title_case("SEKRETARIAT DPRD KOTA BIMA")[0]
    'Sekretariat DPRD Kota Bima'
    """
    mended = _MISREAD_I.sub("I", text)
    if not mended.isupper():
        return text, ()
    cased = _WORD.sub(lambda m: _cased(m[0], first=m.start() == 0), mended)
    cased = _SPECIAL_REGION.sub("DI", cased)
    misread = _changed(text, mended, CAPITAL_I)
    return cased, (*misread, *_changed(mended, cased, CASE_TITLE))


def strip_title(text: str) -> tuple[str, tuple[Change, ...]]:
    """A sheet's name without a leading "SOP" or "Standar Operasional Prosedur (SOP)".

    A name that is nothing else stays.

    >>> strip_title("SOP : Pengelolaan Surat Masuk")[0]
    'Pengelolaan Surat Masuk'
    """
    stripped = text
    while (match := _TITLE_PREFIX.match(stripped)) and match.end() < len(stripped):
        stripped = stripped[match.end() :]
    return stripped, _changed(text, stripped, TITLE_PREFIX)


def fix_rank(text: str) -> tuple[str, tuple[Change, ...]]:
    """A rank read from pixels with its I read as a one: "Pembina Tk. 1 /IV/b".

    >>> fix_rank("Pembina Tk. 1 /IV/b")[0], fix_rank("Penata, III/c")[0]
    ('Pembina Tk. I /IV/b', 'Penata, III/c')
    """
    mended = _RANK.sub(r"\1I", text)
    return mended, _changed(text, mended, RANK_I)


def fix_status(text: str) -> tuple[str, tuple[Change, ...]]:
    """The mark before a signer's post in its usual form: "PLT" → "Plt.", "an." → "a.n.".

    >>> fix_status("PLT")[0]
    'Plt.'
    """
    usual = _STATUS.get(re.sub(r"[\W_]", "", text.casefold()), text)
    return usual, _changed(text, usual, STATUS_FORM)


def _changed(before: str, after: str, rule: str) -> tuple[Change, ...]:
    return (Change("", before, after, rule, _MECHANICAL),) if before != after else ()


def _cased(word: str, *, first: bool) -> str:
    low = word.casefold()
    if word in SINGKATAN_NAMA or _ROMAN.fullmatch(word) or not set(low) & set("aeiou"):
        return word
    return low if low in KATA_TUGAS and not first else word[0] + low[1:]
