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
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise

from rapidfuzz.distance import Levenshtein

from sopextract.core.text import fold, squeeze
from sopextract.lexicon.kata import (
    confused_with,
    domain_words,
    is_at_large,
    is_known,
    listed_words,
    split_glued,
)
from sopextract.lexicon.misread import (
    lost_its_first,
    may_be_misread,
    misread_post,
    misread_word,
    run_together,
)
from sopextract.lexicon.typos import Typo, load_typos, passive_stems
from sopextract.lexicon.unit_kata import unit_words
from sopextract.model.draft import Change

# Scores: a safe entry is a form of the form's own vocabulary; a suggested one was seen in a sheet
# and has one right form; a confusion is reasoned. Refined by the gold through `fit`.
_SCORES = {"safe": 0.99, "suggest": 0.98}
_SCORE_CONFUSION = 0.95
_SCORE_INNER_CAPITAL = 0.99
_SCORE_DI = 0.97
_SCORE_STRAY = 0.95
_SCORE_GLUED = 0.96
_SCORE_DIGIT = 0.96
_SCORE_COMMA = 0.99
_SCORE_MISREAD = 0.94  # below the promise: about 1 in 100 of damaged words becomes another word
_SCORE_STRAY_MARK = 0.98
_STRAY_MARK = re.compile(
    r"(?<!\S)[·.'`’‘\"“”|_~^°¬¦]+(?!\S)"
)  # no dash, no bullet: they mean something
_TRAILING = re.compile(r"(?:\s+[-–—.,])+$")  # "Karcis timbang -"
_LONE_ITEM = re.compile(r"[-–—*] (?!.*\s[-–—*] )", re.DOTALL)
_SPECK = re.compile(r"(?<!\S)[.,'`]([^\W\d_]{4,})")  # ".jika"
_SPECK_BETWEEN = re.compile(r"(?<![\w.@/])([A-Za-z]{4,})[.'`·]([a-z]{4,})(?![\w.@/])")
_SCORE_RUN = 0.97  # of pairs and triples of words without spaces 1 in 500 is cut otherwise
_SCORE_TORN, _MIN_TORN = 0.97, 5  # letters; the two pieces of a shorter word may be abbreviations
_LONGEST_ABBREVIATION = 5  # letters; any capitals may stand in one
# Words that the engine was surer of are left alone: of the unknown words of made scans that were
# read right 235 of 254 had 0.97 or more, of those read wrong 15 of 211.
_SURELY_READ = 0.97
_MOST_ROUNDS = 4
_MIN_NEIGHBOUR = 4  # letters; a stray letter is known by the whole words round it

_WORD = re.compile(r"[^\W\d_]+")
_NO_WORD = re.compile(r"[\d_@]")
_INNER_CAPITAL = re.compile(r"[A-Z]{2}[a-z]{2,}")
# Only from a small letter: "InfoPublik", "WhatsApp" are names that their owners write so.
_CAMEL = re.compile(r"([a-z]{3,})([A-Z][a-z]{3,})")
_TWO_CAPITALS = re.compile(r"([A-Z][a-z]{2,})([A-Z][a-z]{2,})")
_COMMA = re.compile(r"(?<![\w.,/@\-])[^\W\d_]{3,}(?:,[^\W\d_]{3,})+(?![\w@/\-])")
# The digit has letters on both sides: "Waktu1" may be a footnote, "SE01A" is no word.
_DIGIT_WORD = re.compile(r"(?<![\w/.\-])[A-Za-z]+(?:[01]+[A-Za-z]+)+(?![\w/\-])")
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


Seen = Callable[[str], float]  # how surely a word of the text was read from pixels


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    low: str
    start: int
    end: int
    free: bool  # not beside a digit, an underscore or an @: part of no number and no address


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
        text, stray = _without_stray_marks(text)
    text, first = _fix_digits(text)
    second: tuple[Change, ...] = ()
    for _ in range(_MOST_ROUNDS):  # a word may be known by what the one beside it became
        text, more = _fix_words(text, field, seen)
        if not more:
            break
        second += more
    text, third = _fix_commas(text, field)
    return text, stray + first + second + third


def suspects(text: str) -> tuple[str, ...]:
    """Words of a text from pixels, as corrected, that may be misread however sure the engine was.

    Abbreviations and parts of numbers and addresses are none.
    """
    found = (t.text for t in _tokens(text) if t.free and not _is_abbreviation(t.text))
    return tuple(dict.fromkeys(word for word in found if may_be_misread(_fold(word))))


def may_hold_dirt(text: str) -> bool:
    """Whether a text from pixels begins or ends with a mark that dirt may be, or a lone item's.

    >>> [may_hold_dirt(text) for text in ("- Daftar", "Barang *", "- Map - Buku", "Daftar")]
    [True, True, False, False]
    """
    return bool(_LONE_ITEM.match(text)) or text.endswith(" *")


def _without_speck(match: re.Match[str]) -> str:
    """ "bantuan.sesuai": a speck where a space was, between two known words, the second small."""
    first, last = match[1].lower(), match[2]
    return f"{match[1]} {last}" if _is_word(first) and _is_word(last) else match[0]


def _is_word(low: str) -> bool:
    return is_known(low) or is_at_large(low)


def _is_abbreviation(word: str) -> bool:
    return len(word) <= _LONGEST_ABBREVIATION and word.isupper()


def _without_stray_marks(text: str) -> tuple[str, tuple[Change, ...]]:
    """ "Hasil kunjungan ·": dirt that stands alone beside words and was read as a mark."""
    bare = _TRAILING.sub("", _STRAY_MARK.sub(" ", text))
    clean = squeeze(_SPECK.sub(r"\1", bare))
    clean = _SPECK_BETWEEN.sub(_without_speck, clean)
    if clean.startswith("• ") and clean.count("•") == 1:  # one alone heads no list
        clean = clean[2:]
    if clean == squeeze(text) or not _WORD.search(clean):
        return text, ()
    return clean, (Change("", text, clean, "ocr.stray-mark", _SCORE_STRAY_MARK),)


def _fix_commas(text: str, field: str) -> tuple[str, tuple[Change, ...]]:
    """ "Persyaratan,Waktu": a space behind the comma, where every word of the row is known."""
    if "," not in text or field.startswith(_CURATED_ONLY):
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


def _fix_digits(text: str) -> tuple[str, tuple[Change, ...]]:
    """ "S0P", "lap0ran": a nought or one inside a word that is known with the letter."""
    if "0" not in text and "1" not in text:
        return text, ()
    changes: list[Change] = []

    def fix(match: re.Match[str]) -> str:
        before = match[0]
        for one in "li":
            low = before.casefold().replace("0", "o").replace("1", one)
            if low in domain_words() or low == "sop":
                after = _like_case(low, before)
                changes.append(Change("", before, after, "ocr.digit", _SCORE_DIGIT))
                return after
        return before

    return _DIGIT_WORD.sub(fix, text), tuple(changes)


def _fix_words(text: str, field: str, seen: Seen | None) -> tuple[str, tuple[Change, ...]]:
    words = _WORD.findall(text)
    if all(map(_is_plain, words)) and (seen is None or all(is_known(_fold(w)) for w in words)):
        return text, ()
    tokens = _tokens(text)
    pieces: list[str] = []
    changes: list[Change] = []
    done = place = 0
    while place < len(tokens):
        dim = seen is not None and seen(tokens[place].text) < _SURELY_READ
        used, after, rule, score = _correct_at(text, tokens, place, field, dim=dim)
        if seen is not None and not used:
            used, after, rule, score = _torn_at(text, tokens, place) or _run_at(text, tokens, place)
        if dim and not used:
            used, after, rule, score = _misread_at(text, tokens, place, field)
        if used:
            start, end = tokens[place].start, tokens[place + used - 1].end
            pieces += [text[done:start], after]
            changes.append(Change("", text[start:end], after, rule, score))
            done = end
        place += used or 1
    if not changes:
        return text, ()
    return "".join(pieces) + text[done:], tuple(changes)


# Names of units, posts and places stand here: only forms that a person listed are changed.
_CURATED_ONLY = ("instansi", "disahkan_oleh", "pelaksana")
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
_NAME_WORDS = 3  # words of a place's name: Hulu Sungai Selatan

_NOTHING = (0, "", "", 0.0)
_Hit = tuple[int, str, str, float]


def _correct_at(
    text: str, tokens: tuple[_Token, ...], place: int, field: str, *, dim: bool
) -> _Hit:
    """What to do at one word: words used (0: leave it), replacement, rule, score.

    Of a `dim` word single confusions are not undone: `_misread_at` weighs them against all others.
    """
    token = tokens[place]
    if not token.free or _is_name(text, tokens, place):
        return _NOTHING
    for typo in load_typos().get(token.low, ()):
        used = _matches(text, tokens, place, typo, field)
        if used:
            before = text[token.start : tokens[place + used - 1].end]
            after = _like_case(typo.right, before)
            if after != before:
                return used, after, typo.rule, _SCORES[typo.level]
    if token.low == "di":
        return _join_di(text, tokens, place)
    if field.startswith(_CURATED_ONLY):
        head = None if dim else _head_of_post(tokens, place)
        return head or _inner_capital(token) or _NOTHING
    if (stray := _stray_letter(text, tokens, place)) is not None:
        return stray
    if _follows_name(text, tokens, place):
        return _NOTHING
    certain = _inner_capital(token) or _inner_word(token)
    return certain or (_NOTHING if dim else _correct_word(token))


def _head_of_post(tokens: tuple[_Token, ...], place: int) -> _Hit | None:
    """ "KEPALH DINAS": an unknown word one letter off "Kepala", before what a Kepala leads."""
    token = tokens[place]
    if place + 1 == len(tokens) or tokens[place + 1].low not in _LED or is_known(token.low):
        return None
    if not _is_almost_kepala(token.low):
        return None
    return 1, _like_case("kepala", token.text), "ocr.post-head", _SCORE_CONFUSION


def _is_almost_kepala(low: str) -> bool:
    return Levenshtein.distance(low, "kepala", score_cutoff=1) <= 1


def _inner_capital(token: _Token) -> _Hit | None:
    if not _INNER_CAPITAL.fullmatch(token.text) or not is_known(token.low):
        return None
    fixed = token.text[0] + token.low[1:]
    return 1, fixed, "case.inner-capital", _SCORE_INNER_CAPITAL


def _inner_word(token: _Token) -> _Hit | None:
    """ "entrySurat": a known word begins with a capital within another, printed so or read so."""
    camel = _CAMEL.fullmatch(token.text)
    if camel is None or not (is_known(camel[1].lower()) and is_known(camel[2].lower())):
        return None
    return 1, f"{camel[1]} {camel[2]}", "space.glued", _SCORE_GLUED


def _correct_word(token: _Token) -> _Hit:
    """An unknown word by one confusion, or cut where two words were run together."""
    if not (token.text.isupper() or token.text[1:].islower()):
        return _NOTHING
    right = confused_with(token.low)
    if right is not None:
        return 1, _like_case(right, token.text), "ocr.confusion", _SCORE_CONFUSION
    if (pair := split_glued(token.low)) is not None:
        return 1, _like_case(" ".join(pair), token.text), "space.glued", _SCORE_GLUED
    return _NOTHING


def _run_at(text: str, tokens: tuple[_Token, ...], place: int) -> _Hit:
    """ "KELAUTANDANPERIKANAN": words of the form without their spaces."""
    token = tokens[place]
    if not token.free or _is_name(text, tokens, place) or _follows_name(text, tokens, place):
        return _NOTHING
    pieces = run_together(token.low) or _at_capital(token.text)
    if pieces is None:
        return _NOTHING
    return 1, _cut(token.text, pieces), "ocr.lost-space", _SCORE_RUN


def _at_capital(word: str) -> tuple[str, ...] | None:
    """ "KasubbagUmum": two known words, one of them of the form or of a unit; no "WhatsApp"."""
    match = _TWO_CAPITALS.fullmatch(word)
    if match is None:
        return None
    first, last = match[1].lower(), match[2].lower()
    usual = any(w in domain_words() or w in unit_words() for w in (first, last))
    return (first, last) if usual and is_known(first) and is_known(last) else None


def _torn_at(text: str, tokens: tuple[_Token, ...], place: int) -> _Hit | None:
    """ "L oket": two pieces that are no words and that together are one."""
    if place + 1 == len(tokens):
        return None
    first, last = tokens[place : place + 2]
    whole, apart = first.low + last.low, text[first.end : last.start]
    if apart != " " or not (first.free and last.free) or is_known(first.low) or is_known(last.low):
        return None
    if len(whole) < _MIN_TORN or not (last.text.islower() or (first.text + last.text).isupper()):
        return None
    if _is_name(text, tokens, place) or _follows_name(text, tokens, place):
        return None
    if whole not in listed_words() and whole not in unit_words():
        return None
    return 2, first.text + last.text, "ocr.split", _SCORE_TORN


def _misread_at(text: str, tokens: tuple[_Token, ...], place: int, field: str) -> _Hit:
    """What a word was that the engine read with doubt and that nobody knows."""
    token = tokens[place]
    if not token.free or is_known(token.low):
        return _NOTHING
    if _is_name(text, tokens, place) or _follows_name(text, tokens, place):
        return _NOTHING
    if _is_abbreviation(token.text):
        return _NOTHING
    low, plain = token.low, token.text.islower()
    half = low[: len(low) // 2]
    if low == half * 2 and is_known(half):
        return 1, f"{token.text[: len(half)]}-{half}", "ocr.lost-hyphen", _SCORE_MISREAD
    posts = field.startswith(_CURATED_ONLY)
    right = misread_post(low) if posts else misread_word(low, plain=plain)
    if right is None:
        return _NOTHING
    if len(right) > 1:
        return 1, _cut(token.text, right), "ocr.lost-space", _SCORE_MISREAD
    before = _even_case(token.text)
    if before is None:
        return _NOTHING
    after = _like_case(right[0], before)
    if plain and _stands_large(tokens, place) and lost_its_first(right[0], low):
        after = after[0].upper() + after[1:]
    return 1, after, "ocr.misread", _SCORE_MISREAD


def _even_case(word: str) -> str | None:
    """The word with its capitals as they were printed ("DlNAS"); None where that is not clear."""
    large = sum(letter.isupper() for letter in word)
    if large > len(word) / 2:
        return word.upper()
    return word if word[1:].islower() else None


def _stands_large(tokens: tuple[_Token, ...], place: int) -> bool:
    """Whether a word whose first letter was lost had a capital: the first, or one among such."""
    beside = tokens[max(place - 1, 0) : place] or tokens[place + 1 : place + 2]
    return place == 0 or (bool(beside) and beside[0].text[0].isupper())


def _matches(text: str, tokens: tuple[_Token, ...], place: int, typo: Typo, field: str) -> int:
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


def _join_di(text: str, tokens: tuple[_Token, ...], place: int) -> _Hit:
    """ "di usulkan" → "diusulkan": only before a stem that is no place, thing or time."""
    if place + 1 == len(tokens):
        return _NOTHING
    token, stem = tokens[place], tokens[place + 1]
    if text[token.end : stem.start] != " " or stem.low not in passive_stems() or not stem.free:
        return _NOTHING
    return (
        2,
        token.text + stem.text.lower() if not stem.text.isupper() else (token.text + stem.text),
        "space.di-",
        _SCORE_DI,
    )


def _stray_letter(text: str, tokens: tuple[_Token, ...], place: int) -> _Hit | None:
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


def _is_name(text: str, tokens: tuple[_Token, ...], place: int) -> bool:
    """Whether the word stands where a name does: a capital behind "Kecamatan", "Bapak", "Jl."."""
    if not place or tokens[place - 1].low not in _BEFORE_NAMES:
        return False
    gap = text[tokens[place - 1].end : tokens[place].start]
    return gap in (" ", ". ", ".") and tokens[place].text[0].isupper()


def _follows_name(text: str, tokens: tuple[_Token, ...], place: int) -> bool:
    """Whether the word may be a later word of a name: all capitalised since "Kabupaten"."""
    for back in range(place, max(place - _NAME_WORDS, 0), -1):
        if not tokens[back].text[0].isupper():
            return False
        if _is_name(text, tokens, back):
            return True
    return False


def _like_case(right: str, before: str) -> str:
    """`right` with the capitals of `before`: all, the first, or of every word.

    Where only spaces are put in, every letter stays as it was.
    """
    if right.replace(" ", "") == before.casefold():
        return _cut(before, right.split(" "))
    letters = _WORD.findall(before)
    if len(before) > 1 and before.isupper():
        return right.upper()
    if not letters[0][0].isupper():
        return right
    if len(letters) > 1 and all(word[0].isupper() for word in letters):
        return _WORD.sub(lambda m: m[0][0].upper() + m[0][1:], right)
    return right[0].upper() + right[1:]


def _cut(text: str, words: Sequence[str]) -> str:
    """The text with spaces between pieces as long as these words."""
    ends = accumulate(map(len, words))
    return " ".join(text[a:b] for a, b in pairwise((0, *ends)))


def _tokens(text: str) -> tuple[_Token, ...]:
    return tuple(_find_tokens(text))


def _find_tokens(text: str) -> Iterator[_Token]:
    for match in _WORD.finditer(text):
        start, end = match.span()
        beside = text[start - 1 : start] + text[end : end + 1]
        yield _Token(match[0], _fold(match[0]), start, end, not _NO_WORD.search(beside))


@lru_cache(maxsize=32768)
def _is_plain(word: str) -> bool:
    """Whether no rule looks at the word whatever stands round it: most words, so most cells."""
    low = _fold(word)
    if len(low) < 2 or low == "di" or low in load_typos() or _INNER_CAPITAL.fullmatch(word):
        return False
    return is_known(low) or not (
        confused_with(low)
        or split_glued(low)
        or _is_almost_kepala(low)
        or _CAMEL.fullmatch(word) is not None
    )


@lru_cache(maxsize=16384)
def _fold(word: str) -> str:
    return fold(word)
