"""The lines of one cell made one text again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sopextract.core.text import fold, squeeze
from sopextract.lexicon.jabatan import compare_words, find_head, is_unit_word
from sopextract.lexicon.kata import is_known
from sopextract.lexicon.unit_kata import unit_words

_LAST_WORD = re.compile(r"[^\W\d_]+$")
_MIN_PART, _MIN_BROKEN = 2, 7  # letters; shorter words are not broken in the cells seen
_HYPHEN_IN_NUMBER = re.compile(r"\w*\d\w*-$")  # "SOP-2-" / "20/17000/2024"
_ABBREVIATION_END = re.compile(r"(?<![^\W\d_])[A-Z]{2,5}-$")
_ABBREVIATION = re.compile(r"[A-Z]{2,5}(?![^\W\d_])")
_FIRST_WORD = re.compile(r"[^\W\d_]+")


def join_lines(lines: Sequence[str]) -> str:
    """Lines joined by spaces; a hyphen at the end of a line holds its word together.

    The hyphen goes when the word exists without it ("su-" / "rat"), and stays otherwise, as in a
    doubled word ("masing-" / "masing") or a compound ("e-" / "office").

    >>> join_lines(["Mencatat su-", "rat"]), join_lines(["di masing-", "masing bidang"])
    ('Mencatat surat', 'di masing-masing bidang')
    """
    out = ""
    for raw in (part for line in lines for part in line.split("\v")):
        line = squeeze(raw)
        if not line:
            continue
        if out.endswith(("-", "\u00ad")) and line[:1].islower():
            out = _hyphenated(out[:-1], line)
        elif out and _is_one(out, line):
            out += line
        else:
            out = f"{out} {line}" if out else line
    return out


def _is_one(above: str, below: str) -> bool:
    """Whether the line's end and the next line's start are one word or number."""
    if above.endswith("-") and _is_doubled(above[:-1], below):
        return True
    if _ABBREVIATION_END.search(above) and _ABBREVIATION.match(below):
        return True  # "SPH-" / "SBS"
    if _HYPHEN_IN_NUMBER.search(above) and below[:1].isdigit():
        return True
    return _is_broken(above, below)


def _is_doubled(above: str, below: str) -> bool:
    """Whether the word before the hyphen stands behind it again ("Undang-" / "Undang")."""
    left, right = _LAST_WORD.search(above), _FIRST_WORD.match(below)
    return left is not None and right is not None and left[0] == right[0]


def _is_broken(above: str, below: str) -> bool:
    """Whether a word was broken without a hyphen: only the whole exists ("kegi" "atan")."""
    left, right = _LAST_WORD.search(above), _FIRST_WORD.match(below)
    if left is None or right is None or not right[0].islower() or len(left[0]) < _MIN_PART:
        return False
    whole = fold(left[0] + right[0])
    return (
        len(whole) >= _MIN_BROKEN
        and is_known(whole)
        and not is_known(fold(left[0]))
        and not is_known(fold(right[0]))
    )


def _hyphenated(above: str, below: str) -> str:
    left, right = _LAST_WORD.search(above), _FIRST_WORD.match(below)
    if left is None or right is None:
        return f"{above}- {below}"
    whole = fold(left[0] + right[0])
    doubled = fold(left[0])[:4] == fold(right[0])[:4]  # masing-masing, data-datanya
    if not doubled and (is_known(whole) or is_office_word(whole)):
        return above + below
    return f"{above}-{below}"


def is_office_word(word: str) -> bool:
    """Whether a folded word stands in the names of offices and posts."""
    return word in unit_words() or is_unit_word(word) or find_head(compare_words(word), 0) > 0
