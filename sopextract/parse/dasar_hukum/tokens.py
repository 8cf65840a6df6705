"""The words that hold a citation together: number, year, "tentang", date, "jo"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sopextract.parse.dasar_hukum.kinds import starts_kind
from sopextract.parse.dasar_hukum.words import Word, is_word

# Whole words may differ by a letter (`is_word`); short ones and what OCR makes of them must agree.
# Origin: the lists of legal bases of domain notes 3.2–3.4.
_NUMBER = ("nomor", "nomer")
_NUMBER_SHORT = frozenset({"no", "nmr", "nonor", "nomar"})
_YEAR = ("tahun",)
_YEAR_SHORT = frozenset({"th", "thn", "tahum", "tatrun", "tshun", "tqhun"})
_TITLE = ("tentang",)
_TITLE_SHORT = frozenset({"ttg", "ttng", "tntng"})
DATE_WORDS = frozenset({"tanggal", "tgl", "tertanggal"})
JOINDERS = frozenset({"jo", "juncto", "yo", "junto", "jis"})
# Words between "telah" and "dengan" of an amendment: "sebagaimana telah beberapa kali diubah …".
_AMEND_FILL = frozenset(
    (
        "yang", "telah", "dan", "serta", "kali", "dua", "tiga", "empat", "untuk", "kedua", "ketiga",
        "kesatu", "keempat", "pertama", "diatur", "kembali", "ditambah", "disempurnakan", "diganti",
        "dimaksud", "mana", "sebagai", "te", "lah", "juga", "yakni", "yaitu",
    )
)  # fmt: skip
MAX_HEAD = 24  # words; the longest ministry with "Republik Indonesia" and a double office has 17
_MAX_AMEND = 16  # words of such a clause, room for two repetitions; own judgement
# "PER-40/PB/2006", "PM 19": the code of the kind of act before its number. Not "PP", a kind.
TYPE_CODE = re.compile(
    r"(?:PER|KEP|SE|INS|PK|SKEP)\s?[.\-/]\s?\Z | (?:PM|KM|KP)\s?[.\-]?\s?\Z",
    re.IGNORECASE | re.VERBOSE,
)


def end_of_head(text: str, words: Sequence[Word]) -> int:
    """Index of the first word that is no part of kind and issuer; at most MAX_HEAD."""
    for i, word in enumerate(words[:MAX_HEAD]):
        ends = (
            is_number_word(word)
            or is_year_word(word)
            or is_title_word(word)
            or word.folded in DATE_WORDS
        )
        if ends or word.folded[0].isdigit():
            return _before_type_code(text, words, i)
        if i and (word.folded in JOINDERS or amend_end(words, i)):
            return i
    return min(len(words), MAX_HEAD)


def _before_type_code(text: str, words: Sequence[Word], i: int) -> int:
    """ "PER-40/PB/2006" without "Nomor": the type code is the number's, not the head's."""
    if (
        i
        and words[i].folded[0].isdigit()
        and TYPE_CODE.search(text[words[i - 1].start : words[i].start])
    ):
        return i - 1
    return i


def is_number_word(word: Word) -> bool:
    """Whether a number is announced: "Nomor", "No", "Nmr"."""
    return word.folded in _NUMBER_SHORT or is_word(word.folded, *_NUMBER)


def is_year_word(word: Word) -> bool:
    """Whether a year is announced: "Tahun", "Th", "Thn"."""
    return word.folded in _YEAR_SHORT or is_word(word.folded, *_YEAR)


def is_title_word(word: Word) -> bool:
    """Whether the title begins behind this word: "tentang", "ttg"; not "tantangan"."""
    return word.folded in _TITLE_SHORT or is_word(word.folded, *_TITLE)


def amend_end(words: Sequence[Word], i: int) -> int | None:
    """Index behind "sebagaimana telah diubah … dengan" that starts at `i`; None when none does.

    Also "yang telah diubah dengan", "telah beberapa kali diubah terakhir dengan", "terakhir diubah
    dengan", "dan terakhir dengan" (a further amendment). "Perubahan atas" is no such clause.
    """
    first = words[i].folded
    if not (
        is_word(first, "sebagaimana", "terakhir")
        or first in {"yang", "telah", "diubah", "dan", "serta"}
    ):
        return None
    changed = False
    for j in range(i, min(i + _MAX_AMEND, len(words))):
        word = words[j].folded
        if is_word(word, "diubah", "dirubah", "terakhir"):
            changed = True
        elif changed and is_word(word, "dengan", "oleh"):
            return j + 1
        elif not (word in _AMEND_FILL or is_word(word, "sebagaimana", "beberapa", "ditambah")) or (
            word in {"dan", "serta"}
            and j == i
            and not (j + 1 < len(words) and is_word(words[j + 1].folded, "terakhir", "diubah"))
        ):
            return None
    return None


def cites(words: Sequence[Word], at: int) -> bool:
    """Whether a citation follows: a kind or a number token here, and figures soon after."""
    ahead = words[at : at + MAX_HEAD]
    if not ahead or not (
        is_number_word(ahead[0]) or ahead[0].folded[0].isdigit() or starts_kind(ahead)
    ):
        return False
    return any(w.folded[0].isdigit() or is_number_word(w) for w in ahead)
