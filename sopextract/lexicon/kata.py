"""Known words, and what an unknown one may be by a single confusion.

`data/kata.txt` holds words as they are, `data/akar.txt` roots: a root with the affixes of the
language is known too. `data/kata_domain.txt` holds the words of SOP sheets, the only ones that a
confused word may become. All three are our own, from the vocabulary of the form and of sheets read.
`data/akar_umum.txt` holds roots of the language at large, our own as well: they say of a word from
pixels that it may be right, and no more.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files

# Letters and groups that OCR takes for one another, counted in real scans (read form → printed).
_CONFUSIONS = (
    ("rn", "m"),
    ("m", "rn"),
    ("rr", "n"),
    ("nr", "m"),
    ("c", "e"),
    ("e", "c"),
    ("i", "l"),
    ("l", "i"),
    ("i", "j"),
    ("l", "j"),
    ("l", "t"),
    ("h", "b"),
    ("b", "h"),
    ("u", "n"),
    ("n", "u"),
    ("cl", "d"),
    ("ci", "d"),
    ("ls", "ks"),
    ("tr", "h"),
    ("zu", "ri"),
)
# Short words have too many neighbours that are words of their own.
_MIN_CONFUSED = 6
_MIN_ONE_LETTER = 8
_MIN_GLUED = 4  # each half; shorter ones (di, ke, per) are affixes

_PREFIXES = re.compile(
    r"^(?:di|ke|se|ter|ber|be|memper|diper|pember|per|pe|me(?:ng|ny|n|m)?|pe(?:ng|ny|n|m)|keter|"
    r"keber|antar|non|pra|pasca|sub|multi)"
)
_SUFFIXES = ("kannya", "annya", "inya", "nya", "kan", "an", "i", "lah", "kah", "pun", "ku", "mu")
# A nasal prefix swallows the first letter of the root: menulis = me + tulis.
_SWALLOWED = {"meny": "s", "peny": "s", "mem": "p", "pem": "p", "men": "t", "pen": "t"}
_SWALLOWED |= {"meng": "k", "peng": "k"}
_MIN_ROOT = 3
_USUAL_SUFFIXES = ("", "an", "kan", "i", "nya", "annya")


@lru_cache(maxsize=32768)
def is_known(word: str) -> bool:
    """Whether the word, in small letters, exists as far as we know; a lone letter does not."""
    return len(word) > 1 and (word in _words() or any(r in _roots() for r in _stems(word)))


@lru_cache(maxsize=32768)
def confused_with(word: str) -> str | None:
    """The one domain word that an unknown word is by a single confusion; None when there is none,
    when there are several, or when the word exists.

    >>> confused_with("pernerintah"), confused_with("pelayaran")
    ('pemerintah', None)
    """
    if len(word) < _MIN_CONFUSED or is_known(word):
        return None
    confused = set(_confusions(word))
    candidates = {c for c in confused.union(_one_letter(word)) if is_known(c)}
    if len(candidates) != 1:
        return None
    right = candidates.pop()
    likely = right in confused or len(word) >= _MIN_ONE_LETTER
    return right if likely and right in domain_words() else None


@lru_cache(maxsize=32768)
def split_glued(word: str) -> tuple[str, str] | None:
    """The two domain words that an unknown word is glued from; None when not just one way fits.

    >>> split_glued("laporanhasil"), split_glued("tandatangan")
    (('laporan', 'hasil'), None)
    """
    if len(word) < 2 * _MIN_GLUED or is_known(word):
        return None
    cuts = range(_MIN_GLUED, len(word) - _MIN_GLUED + 1)
    pairs = [(word[:cut], word[cut:]) for cut in cuts]
    fitting = [pair for pair in pairs if domain_words().issuperset(pair)]
    return fitting[0] if len(fitting) == 1 else None


@lru_cache(maxsize=8192)
def is_at_large(word: str) -> bool:
    """Whether a word, in small letters, is one of the language at large that no sheet has shown."""
    return len(word) > 1 and any(root in _roots_at_large() for root in _stems(word))


def is_word(word: str) -> bool:
    """Whether a word, in small letters, is known or may be one of the language at large."""
    return is_known(word) or is_at_large(word)


def all_words() -> frozenset[str]:
    """Every word and root of the lists."""
    return _words() | _roots()


def listed_words() -> frozenset[str]:
    """The words as they are, those of SOP sheets among them; no roots."""
    return _words()


@cache
def inflected() -> frozenset[str]:
    """All roots, those at large among them, with the usual affixes.

    More than the language has: what is no word among them is a neighbour to be careful of, too.
    """
    forms: set[str] = set()
    for root in _roots() | _roots_at_large():
        nasal = _nasal(root)
        for prefix in ("", "di", "ter", "ber", "pe", "per", "diper", "memper"):
            forms |= {f"{prefix}{root}{suffix}" for suffix in _USUAL_SUFFIXES}
        forms |= {f"ke{root}an", f"ke{root}annya", f"se{root}", f"se{root}nya"}
        for prefix in ("me", "pe"):
            forms |= {f"{prefix}{nasal}{suffix}" for suffix in _USUAL_SUFFIXES}
    return frozenset(forms)


def _nasal(root: str) -> str:
    """The root as it stands behind me- and pe-: "tulis" → "nulis", "ambil" → "ngambil"."""
    first = root[0]
    swallowed = {"p": "m", "t": "n", "k": "ng", "s": "ny"}
    if first in swallowed:
        return swallowed[first] + root[1:]
    before = {"m": "bfv", "n": "dcjz", "ng": "aiueogh"}
    return next((nasal for nasal, letters in before.items() if first in letters), "") + root


@cache
def domain_words() -> frozenset[str]:
    """The words of SOP sheets that a confused word may become."""
    return frozenset(_read("kata_domain.txt").split())


def _confusions(word: str) -> Iterator[str]:
    for read, printed in _CONFUSIONS:
        place = word.find(read)
        while place >= 0:
            yield word[:place] + printed + word[place + len(read) :]
            place = word.find(read, place + 1)
    for place in range(1, len(word)):  # a letter typed twice
        if word[place] == word[place - 1]:
            yield word[:place] + word[place + 1 :]


def _one_letter(word: str) -> Iterator[str]:
    """Domain words with one inner letter more, less, or swapped with its neighbour."""
    yield from _by_deletion().get(word, ())
    for place in range(1, len(word) - 1):
        yield word[:place] + word[place + 1 :]
        yield word[:place] + word[place + 1] + word[place] + word[place + 2 :]


@cache
def _by_deletion() -> Mapping[str, tuple[str, ...]]:
    """Domain words by what is left of them when one letter, not the first, is lost."""
    table: dict[str, set[str]] = defaultdict(set)
    for word in domain_words():
        for place in range(1, len(word)):
            if place < len(word) - 1 or word.endswith("n"):  # the last one only of -an, -kan
                table[word[:place] + word[place + 1 :]].add(word)
    return {short: tuple(sorted(words)) for short, words in table.items()}


def _stems(word: str) -> Iterator[str]:
    bases = {word}
    bases |= {word[: -len(s)] for s in _SUFFIXES if word.endswith(s)}
    for base in bases:
        yield base
        for cut in _unprefixed(base):
            yield cut
            yield from _unprefixed(cut)  # "dipertanggung", "keterlambat"


def _unprefixed(base: str) -> Iterator[str]:
    for length in range(2, min(7, len(base) - _MIN_ROOT + 1)):
        prefix, rest = base[:length], base[length:]
        if _PREFIXES.fullmatch(prefix):
            yield rest
        if prefix in _SWALLOWED:
            yield _SWALLOWED[prefix] + rest


@cache
def _words() -> frozenset[str]:
    return frozenset(_read("kata.txt").split()) | domain_words()


@cache
def _roots() -> frozenset[str]:
    return frozenset(_read("akar.txt").split())


@cache
def _roots_at_large() -> frozenset[str]:
    return frozenset(_read("akar_umum.txt").split())


def _read(name: str) -> str:
    return (files("sopextract.lexicon") / "data" / name).read_text(encoding="utf-8")
