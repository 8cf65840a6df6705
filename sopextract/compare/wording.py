"""Words made comparable: synonyms, abbreviations and affixes dissolved. Nothing here is printed."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

from sopextract.core.text import words
from sopextract.lexicon.jabatan import match_jabatan, parse_posts

# me-/pe- with their nasal, and the plain prefixes; what follows must leave a stem of four letters,
# or "pegawai" would lose its "pe" and "dinas" its "di". Both prefixes eat the same first letter
# (menyusun, penyusunan), so the stems meet although neither is the dictionary's.
_PREFIX = re.compile(
    r"^(?:memper|pemer|meny|peny|meng|peng|mem|pem|men|pen|me|pe|ber|ter|di)(?=.{4})"
)
_SUFFIX = re.compile(r"(?<=.{4})(?:kannya|annya|kan|an|nya)$")


@dataclass(frozen=True, slots=True)
class Synonyms:
    """The word list of `data/synonyms.toml`; phrases as tuples of words, longest first."""

    phrases: dict[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]]
    posts: dict[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]]
    stop: frozenset[str]
    title_stop: frozenset[str]
    agency: frozenset[str]
    opposites: tuple[tuple[str, str], ...]
    negations: frozenset[str]


@lru_cache(maxsize=1)
def load_synonyms() -> Synonyms:
    """The word list as shipped."""
    text = files("sopextract.compare").joinpath("data/synonyms.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    return Synonyms(
        phrases=_by_first_word(data["phrases"]),
        posts=_by_first_word(data["phrases"] | data["posts"]),
        stop=frozenset(data["words"]["stop"]),
        title_stop=frozenset(_stem(w) for w in data["words"]["title_stop"]),
        agency=frozenset(data["words"]["agency"]),
        opposites=tuple((_stem(a), _stem(b)) for a, b in data["opposites"]["pairs"]),
        negations=frozenset(_stem(w) for w in data["opposites"]["negations"]),
    )


@lru_cache(maxsize=65536)
def canonical(text: str) -> tuple[str, ...]:
    """The stems of a title, step or output, synonyms made one, filling words dropped.

    >>> canonical("Monev Kinerja") == canonical("Monitoring dan Evaluasi Kinerja")
    True
    >>> canonical("Penyusunan LAKIP") == canonical("Menyusun LKjIP")
    True
    """
    known = load_synonyms()
    found = _replace(words(text), known.phrases)
    return tuple(_stem(w) for w in found if w not in known.stop)


@lru_cache(maxsize=16384)
def canonical_post(text: str) -> frozenset[str]:
    """The words of a post, abbreviations expanded; the kind of agency is one word for all.

    "Kadis" and "Kepala Badan" are the same role; Sekretaris and Sekretariat are not.

    >>> canonical_post("Kasubbag TU") == canonical_post("Kepala Sub Bagian Tata Usaha")
    True
    >>> canonical_post("Sekretaris") == canonical_post("Sekretariat")
    False
    """
    return frozenset(_post_words(text))


def _post_words(text: str) -> list[str]:
    known = load_synonyms()
    found = _replace(words(text), known.posts)
    kept = ["instansi" if w in known.agency else w for w in found if w not in ("dan", "pada")]
    if "sekretaris" in kept:  # "Sekretaris" and "Sekretaris Dinas" are one post
        kept = [w for w in kept if w != "instansi"]
    return kept


@lru_cache(maxsize=16384)
def name_post(text: str) -> str:
    """A post under its one name, in small letters: abbreviations written out, the kind of agency
    left open. What is printed stays elsewhere.

    >>> name_post("Kasubbag TU"), name_post("Kadis"), name_post("Kepala Badan")
    ('kepala subbagian tata usaha', 'kepala instansi', 'kepala instansi')
    """
    return " ".join(_post_words(text))


# Likeness of two posts that are not the same: one names the unit and the other does not; the same
# kind of post of another unit ("Kasubbag Umum", "Kasubbag Program"). Own judgement: they order the
# cases, how much they count is fitted (tools/fit_families.py).
SAME_BUT_UNIT, SAME_KIND = 0.5, 0.3


def match_posts(a: Sequence[str], b: Sequence[str]) -> float | None:
    """Share of posts in common; a post whose words include the other's ("Kasubbag", "Kasubbag TU")
    counts half. None when a side names nobody.

    >>> match_posts(["Kadis"], ["Kepala Badan"]), match_posts(["Sekretaris"], ["Sekretariat"])
    (1.0, 0.0)
    """
    if not a or not b:
        return None
    got = sum(max(_match_post(x, y) for y in b) for x in a)
    got += sum(max(_match_post(x, y) for x in a) for y in b)
    return got / (len(a) + len(b))


@lru_cache(maxsize=65536)
def _match_post(a: str, b: str) -> float:
    one, other = canonical_post(a), canonical_post(b)
    if one == other:
        return 1.0
    if one < other or other < one:
        return SAME_BUT_UNIT
    heads = {post.head for post in parse_posts(a)} & {post.head for post in parse_posts(b)}
    return SAME_KIND if heads or match_jabatan(a, b) > 0 else 0.0


def are_opposites(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """True when one title names an act and the other its opposite, and neither names both; or when
    one says of something that it is not ("Belanja Tidak Langsung") what the other says it is."""
    left, right = set(a), set(b)
    for said, beside in ((a, right), (b, left)):
        for word, after in pairwise(said):
            if word in load_synonyms().negations and after in beside and word not in beside:
                return True
    for one, other in load_synonyms().opposites:
        for x, y in ((one, other), (other, one)):
            if x in left and y in right and x not in right and y not in left:
                return True
    return False


def _stem(word: str) -> str:
    return _SUFFIX.sub("", _PREFIX.sub("", word))


def _by_first_word(
    table: dict[str, str],
) -> dict[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]]:
    grouped: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for source, target in table.items():
        phrase = tuple(source.split())
        grouped.setdefault(phrase[0], []).append((phrase, tuple(target.split())))
    return {
        first: tuple(sorted(entries, key=lambda entry: -len(entry[0])))
        for first, entries in grouped.items()
    }


def _replace(
    found: list[str], table: dict[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]]
) -> list[str]:
    result: list[str] = []
    at = 0
    while at < len(found):
        for phrase, target in table.get(found[at], ()):
            if tuple(found[at : at + len(phrase)]) == phrase:
                result.extend(target)
                at += len(phrase)
                break
        else:
            result.append(found[at])
            at += 1
    return result
