"""The words of a text one by one, and whether one of them is part of a name.

A correction is told as a `Hit`: words used, what stands in their place, the rule and its score.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise

from sopextract.core.text import fold

# Names of units, posts and places stand here: only forms that a person listed are changed.
CURATED_ONLY = ("instansi", "disahkan_oleh", "pelaksana")
# Behind these stands a name of a place or person: its letters are its own.
_BEFORE_NAMES = frozenset(
    [
        "kecamatan",
        "kec",
        "desa",
        "kelurahan",
        "kel",
        "kabupaten",
        "kab",
        "kota",
        "provinsi",
        "propinsi",
        "nagari",
        "gampong",
        "pekon",
        "kampung",
        "lembang",
        "dusun",
        "jalan",
        "jln",
        "jl",
        "sungai",
        "sei",
        "bapak",
        "ibu",
        "saudara",
        "sdr",
        "dr",
        "drg",
        "ir",
        "hj",
        "kh",
        "pt",
        "cv",
    ]
)
_NAME_WORDS = 3  # words of a place's name: Hulu Sungai Selatan
_LONGEST_ABBREVIATION = 5  # letters; any capitals may stand in one
_WORD = re.compile(r"[^\W\d_]+")
_NO_WORD = re.compile(r"[\d_@]")

Hit = tuple[int, str, str, float]
NOTHING = (0, "", "", 0.0)


@dataclass(frozen=True, slots=True)
class Token:
    text: str
    low: str
    start: int
    end: int
    free: bool  # not beside a digit, an underscore or an @: part of no number and no address


def find_tokens(text: str) -> tuple[Token, ...]:
    """The words of a text in order."""
    return tuple(_iter_tokens(text))


def _iter_tokens(text: str) -> Iterator[Token]:
    for match in _WORD.finditer(text):
        start, end = match.span()
        beside = text[start - 1 : start] + text[end : end + 1]
        yield Token(match[0], fold_word(match[0]), start, end, not _NO_WORD.search(beside))


def is_name(text: str, tokens: tuple[Token, ...], place: int) -> bool:
    """Whether the word stands where a name does: a capital behind "Kecamatan", "Bapak", "Jl."."""
    if not place or tokens[place - 1].low not in _BEFORE_NAMES:
        return False
    gap = text[tokens[place - 1].end : tokens[place].start]
    return gap in (" ", ". ", ".") and tokens[place].text[0].isupper()


def follows_name(text: str, tokens: tuple[Token, ...], place: int) -> bool:
    """Whether the word may be a later word of a name: all capitalised since "Kabupaten"."""
    for back in range(place, max(place - _NAME_WORDS, 0), -1):
        if not tokens[back].text[0].isupper():
            return False
        if is_name(text, tokens, back):
            return True
    return False


def is_abbreviation(word: str) -> bool:
    return len(word) <= _LONGEST_ABBREVIATION and word.isupper()


def like_case(right: str, before: str) -> str:
    """`right` with the capitals of `before`: all, the first, or of every word.

    Where only spaces are put in, every letter stays as it was.
    """
    if right.replace(" ", "") == before.casefold():
        return cut_like(before, right.split(" "))
    letters = _WORD.findall(before)
    if len(before) > 1 and before.isupper():
        return right.upper()
    if not letters[0][0].isupper():
        return right
    if len(letters) > 1 and all(word[0].isupper() for word in letters):
        return _WORD.sub(lambda m: m[0][0].upper() + m[0][1:], right)
    return right[0].upper() + right[1:]


def cut_like(text: str, words: Sequence[str]) -> str:
    """The text with spaces between pieces as long as these words."""
    ends = accumulate(map(len, words))
    return " ".join(text[a:b] for a, b in pairwise((0, *ends)))


@lru_cache(maxsize=16384)
def fold_word(word: str) -> str:
    """A word in small letters, known ones remembered."""
    return fold(word)
