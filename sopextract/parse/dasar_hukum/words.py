"""Words of a citation: tokens with their place, tolerant comparison, numbers and years."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from sopextract.core.text import fold
from sopextract.parse.tanggal import FIRST_YEAR, LAST_YEAR

_TOKEN = re.compile(r"undang2|\d\w*|[^\W\d_]+", re.IGNORECASE)
# Letters that OCR gives for one another, folded to one of them (domain notes 4.1).
_OCR = (("rn", "m"), ("nr", "m"), ("zu", "ri"), ("cl", "d"), ("ci", "d"), ("c", "e"))
_OCR_SINGLE = str.maketrans("0158lj!|", "oisbiiii")

# Words compared by spelling alone; everything else may differ by one letter from five letters on.
_REAL_WORDS = frozenset(
    "pengaturan perairan pemerintahan perintah tantangan materi darah dengar sampah tahan".split()  # noqa: SIM905 - a word list reads best as words
)


@dataclass(frozen=True, slots=True)
class Word:
    """One token: `folded` for comparing, `start` and `end` in the text."""

    folded: str
    start: int
    end: int


@lru_cache(maxsize=4096)
def ocr_key(word: str) -> str:
    """A folded word with OCR's usual confusions made equal.

    >>> ocr_key("pernerintah") == ocr_key("pemerintah")
    True
    """
    for wrong, right in _OCR:
        word = word.replace(wrong, right)
    return word.translate(_OCR_SINGLE)


@lru_cache(maxsize=8192)
def is_word(folded: str, *targets: str) -> bool:
    """Whether a word is one of the targets, allowing an OCR confusion or one wrong letter."""
    if folded in targets:
        return True
    if folded in _REAL_WORDS:
        return False
    key = ocr_key(folded)
    for target in targets:
        wanted = ocr_key(target)
        if key == wanted:
            return True
        if len(wanted) >= 5 and folded[:1] == target[:1]:
            limit = 2 if len(wanted) >= 9 else 1
            if Levenshtein.distance(key, wanted, score_cutoff=limit) <= limit:
                return True
    return False


def tokenize(text: str) -> tuple[Word, ...]:
    """Runs of letters and runs that begin with a digit; "tentangPetunjuk" becomes two words."""
    out: list[Word] = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        raw = match.group()
        cut = 7 if re.match(r"(?i)tentang[A-Z]", raw) and raw[7:8].isupper() else 0
        if not cut and re.match(r"\d+(?i:tahun|th|thn|tentang)$", raw):
            cut = re.match(r"\d+", raw).end()  # type: ignore[union-attr]  # it matched just above
        if cut:
            out.append(Word(fold(raw[:cut]), start, start + cut))
            start += cut
        out.append(Word(fold(text[start:end]), start, end))
    return tuple(out)


_DIGITS = str.maketrans("OoQDlIiL|!SsBZzgqa", "000011111155822994")
_CONFUSABLE = re.compile(r"[0-9OoQlI|!SsBZzg]+\Z")
_SUFFIX = re.compile(r"(\d+)([A-D])\Z")  # true letter suffixes: 12A, 18B


def repair_year(raw: str) -> int | None:
    """A year of four figures, letters read as figures; None when it is none.

    >>> repair_year("2Ol4"), repair_year("2OLa"), repair_year("89")
    (2014, 2014, None)
    """
    raw = raw.strip(".,;:()[]- ")
    if len(raw) != 4 or not any(c.isdigit() for c in raw):
        return None
    fixed = raw.translate(_DIGITS)
    if not fixed.isdecimal() or not fixed.isascii():
        return None
    year = int(fixed)
    return year if FIRST_YEAR <= year <= LAST_YEAR else None


def repair_number(raw: str) -> str:
    """The number of a regulation with letters read as figures; true letters stay.

    "lO7" is 107, "I1" is 11, "113/PMK.O5/2Ol2" is 113/PMK.05/2012; 12A and XI/MPR/1998 stay.
    """
    pieces = re.split(r"([/.\-\s])", raw)
    whole = len(pieces) == 1
    return "".join(_repair_piece(piece, whole) for piece in pieces)


def _repair_piece(piece: str, whole: bool) -> str:
    if piece.isdigit() or _SUFFIX.match(piece):
        return piece
    if whole and piece in {"l", "I"}:
        return "1"
    if (year := repair_year(piece)) is not None:
        return str(year)
    if _CONFUSABLE.match(piece) and (any(c.isdigit() for c in piece) or (whole and piece == "lO")):
        return piece.translate(_DIGITS)
    return piece


def year_in_number(nomor: str) -> int | None:
    """The year with which a number like 113/PMK.05/2012 ends; None without one."""
    last = nomor.rsplit("/", 1)
    return repair_year(last[1]) if len(last) == 2 else None
