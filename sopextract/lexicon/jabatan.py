"""Posts: their abbreviations, their rank, and whether two ways of writing mean the same post.

The words and their origin are in `data/jabatan.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import cast

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from sopextract.core.text import fold, squeeze

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
# Below this length one wrong letter makes another real word (Kasi/Kasa, dinas/dinar).
_MIN_FUZZY_LENGTH = 6
# One letter away from a post, but words of their own.
_NOT_POSTS = frozenset({"kepada", "analisa", "analisis", "pelaksanaan", "sekretariat", "kepalan"})


@dataclass(frozen=True, slots=True)
class Post:
    """One post: `head` is its kind ("kepala subbagian"), `of` the words that say which one."""

    head: str
    of: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Head:
    rank: float
    group: str


@dataclass(frozen=True, slots=True)
class _Spellings:
    """One pattern for a whole list, one group per entry, and the meaning of each group."""

    pattern: re.Pattern[str]
    meanings: tuple[str, ...]

    def replace(self, text: str, *, upper: bool = False) -> str:
        """The text with every entry found replaced by its meaning, in capitals if `upper`."""

        def meaning(match: re.Match[str]) -> str:
            found = self.meanings[(match.lastindex or 1) - 1]
            return found.upper() if upper else found

        return self.pattern.sub(meaning, text)


@dataclass(frozen=True, slots=True)
class _Lexicon:
    contractions: _Spellings
    initials: _Spellings
    units: _Spellings
    spellings: _Spellings
    general: frozenset[str]
    unit_words: frozenset[str]
    heads: Mapping[tuple[str, ...], _Head]
    head_words: frozenset[str]
    first_words: frozenset[str]


def expand_jabatan(label: str) -> str:
    """Give the label with its abbreviations written out, all else as printed.

    "Kasubbag TU" becomes "Kepala Subbagian Tata Usaha". What means different posts in different
    agencies (PKP, PPK) stays; so does "Karo" behind "Kabupaten", which is a regency.

    >>> expand_jabatan("Karo Organisasi")
    'Kepala Biro Organisasi'
    """
    lexicon = _lexicon()
    text = squeeze(label)
    text = lexicon.initials.replace(text)
    text = lexicon.contractions.replace(text, upper=text.isupper())
    return lexicon.units.replace(text, upper=text.isupper())


def match_jabatan(mention: str, label: str) -> float:
    """Say from 0 to 1 how well `mention` names the post of a column's `label`.

    Abbreviations, spellings and a missing or added unit are tolerated ("Kasubag" for "Kasubbag TU
    Biro"); of a composite label ("Sekretaris Dinas/Ketua Tim") one part is enough. Near misses
    refused: "Kepala Desa" for "Kepala Dinas", "Sekretariat" for "Sekretaris", one Kasubbag for
    another.
    """
    return match_posts(parse_posts(mention), parse_posts(label))


def match_posts(mention: Iterable[Post], label: Iterable[Post]) -> float:
    """`match_jabatan` on posts already parsed; 0 when either has none."""
    named = tuple(label)
    return max((_match(a, b) for a in mention for b in named), default=0.0)


def rank_jabatan(label: str) -> float | None:
    """Give the rank of a label, 1 highest; of a composite the highest; None for no rank."""
    heads = _lexicon().heads
    ranks = (heads[key].rank for p in parse_posts(label) if (key := tuple(p.head.split())) in heads)
    return min((rank for rank in ranks if rank), default=None)


@lru_cache(maxsize=4096)
def parse_posts(text: str) -> tuple[Post, ...]:
    """Split a label or mention into the posts that it names; empty for a text without words."""
    tokens = compare_words(text)
    cuts = [0]
    for i in range(1, len(tokens)):
        if tokens[i].joined and find_head(tokens, i):
            cuts.append(i)
    posts = []
    for start, end in zip(cuts, [*cuts[1:], len(tokens)], strict=True):
        part = tokens[start:end]
        size = find_head(part, 0) or (1 if part else 0)
        if size:
            head = " ".join(t.word for t in part[:size])
            posts.append(Post(head, frozenset(t.word for t in part[size:])))
    return tuple(posts)


@dataclass(frozen=True, slots=True)
class Token:
    """A word in its spelling for comparing; `joined`: a comma, slash or "dan" stands before it."""

    word: str
    capital: bool
    joined: bool
    stop: bool  # sentence punctuation stands before it


@lru_cache(maxsize=8192)
def compare_words(text: str) -> tuple[Token, ...]:
    """The words of a text with posts written out and spelled one way; "dan" is kept as a word."""
    lexicon = _lexicon()
    expanded = lexicon.spellings.replace(expand_jabatan(text))
    tokens: list[Token] = []
    last = 0
    for match in _WORD.finditer(expanded):
        gap, raw = expanded[last : match.start()], match[0]
        last = match.end()
        conjunction = bool(tokens) and tokens[-1].word in _JOINERS
        joined = conjunction or any(c in gap for c in ",/&;")
        word = _corrected(fold(raw))
        tokens.append(Token(word, raw[0].isupper(), joined, any(c in gap for c in ".;:")))
    return tuple(tokens)


_JOINERS = frozenset({"dan", "atau", "serta", "selaku", "dengan", "sebagai"})


def find_head(tokens: tuple[Token, ...], start: int) -> int:
    """Give the number of words of the post's head that begins at `start`; 0 when none does."""
    lexicon = _lexicon()
    if start >= len(tokens) or tokens[start].word not in lexicon.first_words:
        return 0
    heads = lexicon.heads
    for size in (4, 3, 2, 1):
        words = tuple(t.word for t in tokens[start : start + size])
        if len(words) == size and words in heads:
            return size
    return 0


def is_unit_word(word: str) -> bool:
    """Whether a word behind a post belongs to the post's name ("Tata Usaha", "Keuangan")."""
    return word in _lexicon().unit_words


def is_unit_head(head: str) -> bool:
    """Whether a head names a unit, not a person ("bidang")."""
    found = _lexicon().heads.get(tuple(head.split()))
    return found is not None and found.group == "unit"


def is_archivist(label: str) -> bool:
    """Whether the column is the one that keeps the archive."""
    return any(
        p.head == "arsiparis" or (p.head in _KEEPERS and p.of & {"arsip", "kearsipan", "surat"})
        for p in parse_posts(label)
    )


_KEEPERS = frozenset({"pengadministrasi", "pengelola", "petugas", "staf"})


def _match(a: Post, b: Post) -> float:
    """The figures order the cases; tests/parse/alur/test_flow.py measures that they suffice."""
    heads = _lexicon().heads
    one, two = heads.get(tuple(a.head.split())), heads.get(tuple(b.head.split()))
    if a.head == b.head:
        return _match_units(a.of, b.of)
    if one is None or two is None:
        texts = [" ".join([p.head, *sorted(p.of)]) for p in (a, b)]
        score = fuzz.token_sort_ratio(*texts) / 100
        return score if score >= 0.85 else 0.0
    if one.group and one.group == two.group == "staf":
        return 0.6 * _match_units(a.of, b.of)
    if a.head == f"kepala {b.head}" or b.head == f"kepala {a.head}":
        return 0.6 * _match_units(a.of, b.of)
    if {a.head, b.head} == {"unit kerja", "kepala bidang"}:
        return 0.5
    return 0.0


def _match_units(a: frozenset[str], b: frozenset[str]) -> float:
    if a == b:
        return 1.0
    general = _lexicon().general
    a, b = a - general, b - general
    if a == b:
        return 0.97
    if not a or not b:
        return 0.9
    if a <= b or b <= a:
        return 0.95
    if _initials_of(a, b) or _initials_of(b, a):
        return 0.8
    shared = len(a & b) / len(a | b)
    return 0.4 + 0.4 * shared if shared else 0.05


def _initials_of(short: frozenset[str], long: frozenset[str]) -> bool:
    """Whether `short` is one word made of the first letters of `long` ("pkp")."""
    return len(short) == 1 and len(long) > 1 and sorted(*short) == sorted(w[0] for w in long)


@lru_cache(maxsize=8192)
def _corrected(word: str) -> str:
    known = _lexicon().head_words
    if len(word) < _MIN_FUZZY_LENGTH or word in known or word in _NOT_POSTS:
        return word
    # The same first letter: "menyusun" is a verb, "penyusun" a post.
    near = [k for k in known if k[0] == word[0] and len(k) >= _MIN_FUZZY_LENGTH]
    hits = [k for k in near if Levenshtein.distance(k, word, score_cutoff=1) == 1]
    return hits[0] if len(hits) == 1 else word


@lru_cache(maxsize=1)
def _lexicon() -> _Lexicon:
    raw = files("sopextract.lexicon").joinpath("data/jabatan.toml").read_text(encoding="utf-8")
    data = tomllib.loads(raw)
    heads: dict[tuple[str, ...], _Head] = {}
    for group in data["jabatan"]:
        for name in group["nama"]:
            heads[tuple(name.split())] = _Head(float(group["rank"]), group.get("golongan", ""))
    behind = r"(?i:(?<=bagian )|(?<=bag )|(?<=bag\. )|(?<=staf )|(?<=biro )|(?<=urusan ))"
    return _Lexicon(
        contractions=_patterns(data["kontraksi"], r"(?i)(?<![\w.])(?:{})(?![\w])\.?(?!\w)"),
        initials=_patterns(data["akronim"], r"(?<![\w-])(?:{})(?![\w-])"),
        units=_patterns(data["satuan"], behind + r"(?i:{})(?!\w)"),
        spellings=_patterns(data["banding"], r"(?i)(?<!\w)(?:{})\.?(?!\w)"),
        general=frozenset(data["umum"]),
        unit_words=frozenset(data["unit"]),
        heads=heads,
        head_words=frozenset(word for key in heads for word in key),
        first_words=frozenset(key[0] for key in heads),
    )


def _patterns(entries: object, frame: str) -> _Spellings:
    rows = cast(list[dict[str, str]], entries)
    pattern = frame.format("|".join(f"({row['pola']})" for row in rows))
    return _Spellings(re.compile(pattern), tuple(row["arti"] for row in rows))
