"""Words of running text: corrected by curated maps and known slips, never by nearest word.

Grounds, each with its rule id in the log:

- `typo.curated`: the form stands in `lexicon/data/typos.csv`, level safe or suggest;
- `ocr.confusion`: a word that nobody knows becomes, by one confusion that was counted in real
  sheets, exactly one word of the domain;
- `ocr.post-head`: "KEPALH DINAS", in the names of posts;
- `case.inner-capital`: "KInerja", Shift held too long;
- `space.di-`, `space.glued`, `space.comma`: "di usulkan", "tentangPetunjuk", "Syarat,Waktu";
- `ocr.stray-letter`, `ocr.digit`: "Monitoring g Evaluasi", "S0P".

Of words from pixels that the engine was unsure of, those that nobody knows are read as well with
`lexicon/misread.py`: `ocr.misread` ("penyelesalan"), `ocr.lost-space`, `ocr.lost-hyphen`; and
however sure it was, `ocr.split` joins what was torn apart ("L oket") and `ocr.stray-mark` takes
away dirt that was read as a mark.

A word that exists is never touched, nor is one next to a digit or inside an address.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from sopextract.lexicon.kata import confused_with, is_known, split_glued
from sopextract.lexicon.typos import Typo, load_typos, passive_stems
from sopextract.model.draft import Change
from sopextract.normalise.pixel_words import misread_at, run_at, torn_at
from sopextract.normalise.slips import fix_commas, fix_digits, without_stray_marks
from sopextract.normalise.tokens import (
    CURATED_ONLY,
    NOTHING,
    Hit,
    Token,
    find_tokens,
    fold_word,
    follows_name,
    is_name,
    like_case,
)

# Scores: a safe entry is a form of the form's own vocabulary; a suggested one was seen in a sheet
# and has one right form; a confusion is reasoned. Refined by the gold through `fit`.
_SCORES = {"safe": 0.99, "suggest": 0.98}
_SCORE_CONFUSION = 0.95
_SCORE_INNER_CAPITAL = 0.99
_SCORE_DI = 0.97
_SCORE_STRAY = 0.95
_SCORE_GLUED = 0.96
# Words that the engine was surer of are left alone: of the unknown words of made scans that were
# read right 235 of 254 had 0.97 or more, of those read wrong 15 of 211.
_SURELY_READ = 0.97
_MOST_ROUNDS = 4
_MIN_NEIGHBOUR = 4  # letters; a stray letter is known by the whole words round it
_WORD = re.compile(r"[^\W\d_]+")
_INNER_CAPITAL = re.compile(r"[A-Z]{2}[a-z]{2,}")
# Only from a small letter: "InfoPublik", "WhatsApp" are names that their owners write so.
_CAMEL = re.compile(r"([a-z]{3,})([A-Z][a-z]{3,})")
# A letter alone may be a name of something: these words make it so. Left out are the vowels, and
# letters that abbreviate or stand for things (s.d., k., n, x, y).
_STRAY = frozenset("bcfghjlmpqrtvwz")
_NAMES_A_LETTER = frozenset(
    [
        "huruf",
        "tipe",
        "type",
        "kelas",
        "golongan",
        "poin",
        "point",
        "butir",
        "lampiran",
        "model",
        "seri",
        "formulir",
        "form",
        "blok",
        "ruang",
        "gedung",
        "vitamin",
        "hepatitis",
        "pasal",
        "ayat",
        "angka",
        "kategori",
        "akreditasi",
        "grade",
        "plan",
        "opsi",
        "bagian",
        "tahap",
        "eselon",
        "nilai",
        "kode",
        "format",
        "jenis",
        "kolom",
        "tim",
        "zona",
    ]
)
_LED = frozenset(
    [
        "dinas",
        "badan",
        "bagian",
        "bidang",
        "biro",
        "balai",
        "kantor",
        "satuan",
        "seksi",
        "sub",
        "subbag",
        "subbagian",
        "subbidang",
        "unit",
        "upt",
        "uptd",
        "puskesmas",
        "sekretariat",
    ]
)

Seen = Callable[[str], float]  # how surely a word of the text was read from pixels


def correct_words(
    text: str, field: str = "", seen: Seen | None = None
) -> tuple[str, tuple[Change, ...]]:
    """The text with its words corrected, and one change for each word or phrase.

    `field` is the record's name of the field ("kegiatan"): some entries hold in some fields only.
    `seen` says how surely each word was read from pixels; None for what was not. Capitals stay as
    they were. Doing it twice changes nothing. A change's path is empty: the caller knows where the
    text stands.

    >>> correct_words("Memerintahkan KABID Utuk menghimpun")[0]
    'Memerintahkan KABID Untuk menghimpun'
    """
    stray: tuple[Change, ...] = ()
    if seen is not None:
        text, stray = without_stray_marks(text)
    text, first = fix_digits(text)
    second: tuple[Change, ...] = ()
    for _ in range(_MOST_ROUNDS):  # a word may be known by what the one beside it became
        text, more = _fix_words(text, field, seen)
        if not more:
            break
        second += more
    text, third = fix_commas(text, field)
    return text, stray + first + second + third


def _fix_words(text: str, field: str, seen: Seen | None) -> tuple[str, tuple[Change, ...]]:
    words = _WORD.findall(text)
    if all(map(_is_plain, words)) and (seen is None or all(is_known(fold_word(w)) for w in words)):
        return text, ()
    tokens = find_tokens(text)
    pieces: list[str] = []
    changes: list[Change] = []
    done = place = 0
    while place < len(tokens):
        dim = seen is not None and seen(tokens[place].text) < _SURELY_READ
        used, after, rule, score = _correct_at(text, tokens, place, field, dim=dim)
        if seen is not None and not used:
            used, after, rule, score = torn_at(text, tokens, place) or run_at(text, tokens, place)
        if dim and not used:
            used, after, rule, score = misread_at(text, tokens, place, field)
        if used:
            start, end = tokens[place].start, tokens[place + used - 1].end
            pieces += [text[done:start], after]
            changes.append(Change("", text[start:end], after, rule, score))
            done = end
        place += used or 1
    if not changes:
        return text, ()
    return "".join(pieces) + text[done:], tuple(changes)


def _correct_at(text: str, tokens: tuple[Token, ...], place: int, field: str, *, dim: bool) -> Hit:
    """What to do at one word: words used (0: leave it), replacement, rule, score.

    Of a `dim` word single confusions are not undone: `misread_at` weighs them against all others.
    """
    token = tokens[place]
    if not token.free or is_name(text, tokens, place):
        return NOTHING
    for typo in load_typos().get(token.low, ()):
        used = _matches(text, tokens, place, typo, field)
        if used:
            before = text[token.start : tokens[place + used - 1].end]
            after = like_case(typo.right, before)
            if after != before:
                return used, after, typo.rule, _SCORES[typo.level]
    if token.low == "di":
        return _join_di(text, tokens, place)
    if field.startswith(CURATED_ONLY):
        head = None if dim else _head_of_post(tokens, place)
        return head or _inner_capital(token) or NOTHING
    if (stray := _stray_letter(text, tokens, place)) is not None:
        return stray
    if follows_name(text, tokens, place):
        return NOTHING
    certain = _inner_capital(token) or _inner_word(token)
    return certain or (NOTHING if dim else _correct_word(token))


def _head_of_post(tokens: tuple[Token, ...], place: int) -> Hit | None:
    """ "KEPALH DINAS": an unknown word one letter off "Kepala", before what a Kepala leads."""
    token = tokens[place]
    if place + 1 == len(tokens) or tokens[place + 1].low not in _LED or is_known(token.low):
        return None
    if not _is_almost_kepala(token.low):
        return None
    return 1, like_case("kepala", token.text), "ocr.post-head", _SCORE_CONFUSION


def _is_almost_kepala(low: str) -> bool:
    return Levenshtein.distance(low, "kepala", score_cutoff=1) <= 1


def _inner_capital(token: Token) -> Hit | None:
    if not _INNER_CAPITAL.fullmatch(token.text) or not is_known(token.low):
        return None
    fixed = token.text[0] + token.low[1:]
    return 1, fixed, "case.inner-capital", _SCORE_INNER_CAPITAL


def _inner_word(token: Token) -> Hit | None:
    """ "entrySurat": a known word begins with a capital within another, printed so or read so."""
    camel = _CAMEL.fullmatch(token.text)
    if camel is None or not (is_known(camel[1].lower()) and is_known(camel[2].lower())):
        return None
    return 1, f"{camel[1]} {camel[2]}", "space.glued", _SCORE_GLUED


def _correct_word(token: Token) -> Hit:
    """An unknown word by one confusion, or cut where two words were run together."""
    if not (token.text.isupper() or token.text[1:].islower()):
        return NOTHING
    right = confused_with(token.low)
    if right is not None:
        return 1, like_case(right, token.text), "ocr.confusion", _SCORE_CONFUSION
    if (pair := split_glued(token.low)) is not None:
        return 1, like_case(" ".join(pair), token.text), "space.glued", _SCORE_GLUED
    return NOTHING


def _matches(text: str, tokens: tuple[Token, ...], place: int, typo: Typo, field: str) -> int:
    """The number of words that the entry covers here, 0 when it does not hold."""
    used = len(typo.wrong)
    part = tokens[place : place + used]
    if tuple(t.low for t in part) != typo.wrong or not typo.holds_in(field):
        return 0
    gaps = [text[a.end : b.start] for a, b in pairwise(part)]
    if gaps != list(typo.gaps) or not all(t.free for t in part):
        return 0
    before = tokens[place - 1].low if place else ""
    after = tokens[place + used].low if place + used < len(tokens) else ""
    return used if typo.holds_between(before, after) else 0


def _join_di(text: str, tokens: tuple[Token, ...], place: int) -> Hit:
    """ "di usulkan" → "diusulkan": only before a stem that is no place, thing or time."""
    if place + 1 == len(tokens):
        return NOTHING
    token, stem = tokens[place], tokens[place + 1]
    if text[token.end : stem.start] != " " or stem.low not in passive_stems() or not stem.free:
        return NOTHING
    return (
        2,
        token.text + stem.text.lower() if not stem.text.isupper() else (token.text + stem.text),
        "space.di-",
        _SCORE_DI,
    )


def _stray_letter(text: str, tokens: tuple[Token, ...], place: int) -> Hit | None:
    """ "Monitoring g Evaluasi": the phrase without the letter; None where it may mean something."""
    if place + 2 >= len(tokens):
        return None
    first, letter, last = tokens[place : place + 3]
    if letter.text not in _STRAY or first.low in _NAMES_A_LETTER:
        return None
    if text[first.end : last.start] != f" {letter.text} ":
        return None
    if min(len(first.low), len(last.low)) < _MIN_NEIGHBOUR:
        return None
    if not (is_known(first.low) and is_known(last.low)):
        return None
    return 3, f"{first.text} {last.text}", "ocr.stray-letter", _SCORE_STRAY


@lru_cache(maxsize=32768)
def _is_plain(word: str) -> bool:
    """Whether no rule looks at the word whatever stands round it: most words, so most cells."""
    low = fold_word(word)
    if len(low) < 2 or low == "di" or low in load_typos() or _INNER_CAPITAL.fullmatch(word):
        return False
    return is_known(low) or not (
        confused_with(low)
        or split_glued(low)
        or _is_almost_kepala(low)
        or _CAMEL.fullmatch(word) is not None
    )
