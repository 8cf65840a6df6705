"""Words from pixels that nobody knows: run together, torn apart, misread."""

from __future__ import annotations

import re

from sopextract.lexicon.kata import domain_words, is_known, listed_words
from sopextract.lexicon.misread import (
    lost_its_first,
    may_be_misread,
    misread_post,
    misread_word,
    run_together,
)
from sopextract.lexicon.unit_kata import unit_words
from sopextract.normalise.tokens import (
    CURATED_ONLY,
    NOTHING,
    Hit,
    Token,
    cut_like,
    find_tokens,
    fold_word,
    follows_name,
    is_abbreviation,
    is_name,
    like_case,
)

_SCORE_MISREAD = 0.94  # below the promise: about 1 in 100 of damaged words becomes another word
_SCORE_RUN = 0.97  # of pairs and triples of words without spaces 1 in 500 is cut otherwise
_SCORE_TORN, _MIN_TORN = 0.97, 5  # letters; the two pieces of a shorter word may be abbreviations
_CAPITALISED = re.compile(r"[A-Z][a-z]{2,}")
_ABBREVIATED = re.compile(r"([A-Z]{2,6})([a-z]{5,})")
_CAPITALS = re.compile(rf"(?:{_CAPITALISED.pattern}){{2,4}}")


def suspects(text: str) -> tuple[str, ...]:
    """Words of a text from pixels, as corrected, that may be misread however sure the engine was.

    Abbreviations and parts of numbers and addresses are none.
    """
    found = (t.text for t in find_tokens(text) if t.free and not is_abbreviation(t.text))
    return tuple(dict.fromkeys(word for word in found if may_be_misread(fold_word(word))))


def run_at(text: str, tokens: tuple[Token, ...], place: int) -> Hit:
    """ "KELAUTANDANPERIKANAN": words of the form without their spaces."""
    token = tokens[place]
    if not token.free or is_name(text, tokens, place) or follows_name(text, tokens, place):
        return NOTHING
    pieces = run_together(token.low) or _at_capital(token.text)
    if pieces is None:
        return NOTHING
    return 1, cut_like(token.text, pieces), "ocr.lost-space", _SCORE_RUN


def _at_capital(word: str) -> tuple[str, ...] | None:
    """ "KasubbagUmum": known words, one of them of the form or of a unit; no "WhatsApp".

    "SOPterkait": an abbreviation and a listed word.
    """
    if (match := _ABBREVIATED.fullmatch(word)) and match[2] in listed_words():
        return match[1].lower(), match[2]
    if not _CAPITALS.fullmatch(word):
        return None
    pieces = tuple(piece.lower() for piece in _CAPITALISED.findall(word))
    usual = any(piece in domain_words() or piece in unit_words() for piece in pieces)
    return pieces if usual and all(map(is_known, pieces)) else None


def torn_at(text: str, tokens: tuple[Token, ...], place: int) -> Hit | None:
    """ "L oket": two pieces that are no words and that together are one."""
    if place + 1 == len(tokens):
        return None
    first, last = tokens[place : place + 2]
    whole, apart = first.low + last.low, text[first.end : last.start]
    if apart != " " or not (first.free and last.free) or is_known(first.low) or is_known(last.low):
        return None
    if len(whole) < _MIN_TORN or not (last.text.islower() or (first.text + last.text).isupper()):
        return None
    if is_name(text, tokens, place) or follows_name(text, tokens, place):
        return None
    if whole not in listed_words() and whole not in unit_words():
        return None
    return 2, first.text + last.text, "ocr.split", _SCORE_TORN


def misread_at(text: str, tokens: tuple[Token, ...], place: int, field: str) -> Hit:
    """What a word was that the engine read with doubt and that nobody knows."""
    token = tokens[place]
    if not token.free or is_known(token.low):
        return NOTHING
    if is_name(text, tokens, place) or follows_name(text, tokens, place):
        return NOTHING
    if is_abbreviation(token.text):
        return NOTHING
    low, plain = token.low, token.text.islower()
    half = low[: len(low) // 2]
    if low == half * 2 and is_known(half):
        return 1, f"{token.text[: len(half)]}-{half}", "ocr.lost-hyphen", _SCORE_MISREAD
    posts = field.startswith(CURATED_ONLY)
    right = misread_post(low) if posts else misread_word(low, plain=plain)
    if right is None:
        return NOTHING
    if len(right) > 1:
        return 1, cut_like(token.text, right), "ocr.lost-space", _SCORE_MISREAD
    before = _even_case(token.text)
    if before is None:
        return NOTHING
    after = like_case(right[0], before)
    if plain and _stands_large(tokens, place) and lost_its_first(right[0], low):
        after = after[0].upper() + after[1:]
    return 1, after, "ocr.misread", _SCORE_MISREAD


def _even_case(word: str) -> str | None:
    """The word with its capitals as they were printed ("DlNAS"); None where that is not clear."""
    large = sum(letter.isupper() for letter in word)
    if large > len(word) / 2:
        return word.upper()
    return word if word[1:].islower() else None


def _stands_large(tokens: tuple[Token, ...], place: int) -> bool:
    """Whether a word whose first letter was lost had a capital: the first, or one among such."""
    beside = tokens[max(place - 1, 0) : place] or tokens[place + 1 : place + 2]
    return place == 0 or (bool(beside) and beside[0].text[0].isupper())
