"""How much the letters of a text look like words, whether we know those words or not.

Words of the neighbour languages, English ones and names are strange to the word list, yet their
letters follow one another as in Indonesian. Letters that were exchanged for others do not.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from sopextract.lexicon.kata import all_words, is_known

# A pair of letters that makes up less than this of the pairs in the word list is a rare one: 274
# pairs are not.
_RARE = 0.0003
_WORD = re.compile(r"[^\W\d_]+")
_MIN_LETTERS = 3
_ABBREVIATION = 5  # letters in capitals; "KAK", "DPPKB": nobody's word list holds them all


def words_of(text: str) -> list[str]:
    """The Latin words of a text that can be judged: no numbers, abbreviations or other scripts."""
    return [
        word
        for word in _WORD.findall(text)
        if len(word) >= _MIN_LETTERS
        and not (word.isupper() and len(word) <= _ABBREVIATION)
        and _plain(word) is not None
    ]


def known_share(words: Sequence[str]) -> float:
    """Which share of the words is known, 0 to 1; 1 when there is none."""
    return sum(is_known(word.lower()) for word in words) / len(words) if words else 1.0


def likely_share(words: Iterable[str]) -> float:
    """Which share of the pairs of letters is usual, ends of words among them; 1 without any.

    >>> round(likely_share(["weather", "kalurahan"]), 2), round(likely_share(["xhfdw", "vxudw"]), 2)
    (0.94, 0.17)
    """
    usual = _usual_pairs()
    good = total = 0
    for word in words:
        pairs = _pairs(_plain(word) or "")
        good += sum(pair in usual for pair in pairs)
        total += len(pairs)
    return good / total if total else 1.0


@lru_cache(maxsize=32768)
def _plain(word: str) -> str | None:
    """The word in small letters without accents; None when it has letters other than Latin ones."""
    letters = (
        c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c)
    )
    plain = "".join(letters)
    return plain if plain.isascii() else None


def _pairs(word: str) -> list[tuple[str, str]]:
    return list(pairwise(f"^{word}$")) if word else []


@cache
def _usual_pairs() -> frozenset[tuple[str, str]]:
    counts = Counter(pair for word in all_words() if word.isalpha() for pair in _pairs(word))
    total = sum(counts.values())
    return frozenset(pair for pair, count in counts.items() if count >= _RARE * total)
