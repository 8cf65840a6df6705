"""Slips of marks and digits: dirt read as a mark, a comma without its space, "S0P"."""

from __future__ import annotations

import re

from sopextract.core.text import squeeze
from sopextract.lexicon.kata import domain_words, is_known, is_word
from sopextract.model.draft import Change
from sopextract.normalise.tokens import CURATED_ONLY, like_case

_SCORE_DIGIT = 0.96
_SCORE_COMMA = 0.99
_SCORE_STRAY_MARK = 0.98
_STRAY_MARK = re.compile(
    r"(?<!\S)[·.'`’‘\"“”|_~^°¬¦]+(?!\S)"
)  # no dash, no bullet: they mean something
_TRAILING = re.compile(r"(?:\s+[-–—.,])+$")  # "Karcis timbang -"
_LONE_ITEM = re.compile(r"[-–—*] (?!.*\s[-–—*] )", re.DOTALL)
_SPECK = re.compile(r"(?<!\S)[.,'`]([^\W\d_]{4,})")  # ".jika"
_SPECK_BETWEEN = re.compile(r"(?<![\w.@/])([A-Za-z]{4,})[.'`·]([a-z]{4,})(?![\w.@/])")
_COMMA = re.compile(r"(?<![\w.,/@\-])[^\W\d_]{3,}(?:,[^\W\d_]{3,})+(?![\w@/\-])")
# The digit has letters on both sides: "Waktu1" may be a footnote, "SE01A" is no word.
_DIGIT_WORD = re.compile(r"(?<![\w/.\-])[A-Za-z]+(?:[01]+[A-Za-z]+)+(?![\w/\-])")
_WORD = re.compile(r"[^\W\d_]+")


def may_hold_dirt(text: str) -> bool:
    """Whether a text from pixels begins or ends with a mark that dirt may be, or a lone item's.

    >>> [may_hold_dirt(text) for text in ("- Daftar", "Barang *", "- Map - Buku", "Daftar")]
    [True, True, False, False]
    """
    return bool(_LONE_ITEM.match(text)) or text.endswith(" *")


def without_stray_marks(text: str) -> tuple[str, tuple[Change, ...]]:
    """ "Hasil kunjungan ·": dirt that stands alone beside words and was read as a mark."""
    bare = _TRAILING.sub("", _STRAY_MARK.sub(" ", text))
    clean = squeeze(_SPECK.sub(r"\1", bare))
    clean = _SPECK_BETWEEN.sub(_without_speck, clean)
    if clean.startswith("• ") and clean.count("•") == 1:  # one alone heads no list
        clean = clean[2:]
    if clean == squeeze(text) or not _WORD.search(clean):
        return text, ()
    return clean, (Change("", text, clean, "ocr.stray-mark", _SCORE_STRAY_MARK),)


def _without_speck(match: re.Match[str]) -> str:
    """ "bantuan.sesuai": a speck where a space was, between two known words, the second small."""
    first, last = match[1].lower(), match[2]
    return f"{match[1]} {last}" if is_word(first) and is_word(last) else match[0]


def fix_commas(text: str, field: str) -> tuple[str, tuple[Change, ...]]:
    """ "Persyaratan,Waktu": a space behind the comma, where every word of the row is known."""
    if "," not in text or field.startswith(CURATED_ONLY):
        return text, ()
    changes: list[Change] = []

    def fix(match: re.Match[str]) -> str:
        before = match[0]
        if not all(is_known(word) for word in before.casefold().split(",")):
            return before
        after = before.replace(",", ", ")
        changes.append(Change("", before, after, "space.comma", _SCORE_COMMA))
        return after

    return _COMMA.sub(fix, text), tuple(changes)


def fix_digits(text: str) -> tuple[str, tuple[Change, ...]]:
    """ "S0P", "lap0ran": a nought or one inside a word that is known with the letter."""
    if "0" not in text and "1" not in text:
        return text, ()
    changes: list[Change] = []

    def fix(match: re.Match[str]) -> str:
        before = match[0]
        for one in "li":
            low = before.casefold().replace("0", "o").replace("1", one)
            if low in domain_words() or low == "sop":
                after = like_case(low, before)
                changes.append(Change("", before, after, "ocr.digit", _SCORE_DIGIT))
                return after
        return before

    return _DIGIT_WORD.sub(fix, text), tuple(changes)
