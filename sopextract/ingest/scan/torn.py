"""Words that an engine tears apart where print is set wide or worn: "Aktiv itas", "( 7)".

The vocabulary says that only the whole is a word, the ink that no space is between the pieces.
"""

from __future__ import annotations

import re
from itertools import pairwise

from sopextract.ingest.ocr.engine import ReadLine
from sopextract.ingest.scan.gaps import ReadWord, Sight
from sopextract.ingest.scan.raster import Mask
from sopextract.lexicon.kata import is_word

# In sizes of the font, the widest gap within a word: spaces leave 0.3 to be seen, and behind
# letters that lean away, whose thin ends are lost to wear, there is more. Behind a bracket no space
# is printed; about a slash without one a slash leans on its letters.
_CLOSED, _LEANING, _BRACKET, _SLASH = 0.22, 0.34, 0.42, 0.14
_LEAN = "vwyVWY"
_LEAST = 5  # letters of the whole; the pieces of shorter ones may be abbreviations
_FIRST = re.compile(r"[A-Za-z][a-z]*|[A-Z]+")
_REST = re.compile(r"([a-z]+|[A-Z]+)[.,:;)]?")


def closed_up(read: ReadLine, ink: Mask) -> ReadLine:
    """The line, the pieces joined that are one word, a bracket and what it opens, about a slash.

    `ink` is that of the picture that was read.
    """
    torn = [_are_one(a[0], b[0]) for a, b in pairwise(read.words)]
    if not any(torn):
        return read
    sight = Sight.of(read, ink)
    words: list[ReadWord] = [read.words[0]]
    for word, before, is_torn in zip(read.words[1:], read.words, torn, strict=False):
        if is_torn and sight.between(before, word) <= _widest(before[0], word[0]):
            first = words[-1]
            words[-1] = (first[0] + word[0], first[1], word[2], min(first[3], word[3]))
        else:
            words.append(word)
    return ReadLine(tuple(words))


def _widest(first: str, rest: str) -> float:
    """How wide a gap may be behind the first piece of one word."""
    if first == "(":
        return _BRACKET
    if "/" in (first, rest):
        return _SLASH
    return _LEANING if first.endswith(tuple(_LEAN)) else _CLOSED


def _are_one(first: str, rest: str) -> bool:
    """Whether only the two together are a word, the first opens a bracket, or one is a slash."""
    if first == "(" or "/" in (first, rest):
        return True
    match = _REST.fullmatch(rest)
    if match is None or not _FIRST.fullmatch(first) or len(first + match[1]) < _LEAST:
        return False
    if match[1].isupper() is not first.isupper():
        return False
    apart = (first.lower(), match[1].lower())
    return is_word("".join(apart)) and not any(map(is_word, apart))
