"""White space, control characters and words: what every stage needs to look at text."""

from __future__ import annotations

import re
import unicodedata

_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff"
    r"\ud800-\udfff\ufffe\uffff]"
)
_WORD = re.compile(r"[^\W_]+", re.UNICODE)


def squeeze(text: str) -> str:
    """Runs of white space become one space; none at the ends.

    >>> squeeze("  Kepala \\n Dinas ")
    'Kepala Dinas'
    """
    return " ".join(text.split())


def strip_controls(text: str) -> str:
    """Without control, zero-width and direction characters, lone surrogates and what Unicode
    keeps for no character; tabs and line breaks stay.

    XML, Typst and terminals fail on them or are fooled by them.
    """
    return _CONTROL.sub("", text)


def fold(text: str) -> str:
    """For comparing: case folded, compatibility forms and accents dissolved, space squeezed.

    >>> fold("  DÍNAS ﬁsik ")
    'dinas fisik'
    """
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join(c for c in decomposed if not unicodedata.combining(c))
    return squeeze(text.casefold())


def words(text: str) -> list[str]:
    """The words of a text, folded, punctuation dropped.

    >>> words("Kasubbag. TU, Biro")
    ['kasubbag', 'tu', 'biro']
    """
    return _WORD.findall(fold(text))


def how_many(count: int, thing: str) -> str:
    """A count of English things.

    >>> how_many(1, "sheet"), how_many(0, "sheet")
    ('1 sheet', '0 sheets')
    """
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"
