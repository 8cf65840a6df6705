"""What an unknown word that was read from pixels must be, where only one thing is likely.

Costs are set by what was counted: 3,500 lines of made scans (200 dpi, bilevel, photographed) read
by RapidOCR 3.10 (PP-OCRv6), of which some 490 words or phrases came out wrong. Most of them had
lost letters, the narrow ones first, or the space before the next word; then letters of one shape
for another. A letter too many is rare.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from sopextract.lexicon.ejaan import KATA_TUGAS
from sopextract.lexicon.kata import (
    all_words,
    domain_words,
    inflected,
    is_at_large,
    is_known,
    listed_words,
)
from sopextract.lexicon.unit_kata import unit_words

# What one misreading costs; 1.2 is any letter for any other. Own judgement between the counts.
_LOST_OFTEN, _LOST = 0.45, 0.6
_EXTRA, _DOUBLED, _OTHER = 0.8, 0.4, 1.2
_OFTEN_LOST = frozenset("itejphy")
_LOOKALIKES = (
    ("iltrjf", 0.4),
    ("yv", 0.4),
    ("gq", 0.4),
    ("un", 0.5),
    ("ob", 0.6),
    ("uv", 0.5),
    ("bh", 0.5),
    ("hnrk", 0.55),
    ("ceoa", 0.55),
    ("prbf", 0.6),
    ("sz", 0.6),
)
# Printed, read, cost.
_GROUPS = (
    ("m", "rn", 0.3),
    ("rn", "m", 0.3),
    ("m", "in", 0.4),
    ("in", "m", 0.4),
    ("d", "cl", 0.4),
    ("cl", "d", 0.4),
    ("w", "vv", 0.4),
    ("m", "nn", 0.5),
    ("ni", "m", 0.5),
    ("n", "ri", 0.5),
    ("ri", "n", 0.5),
    ("h", "li", 0.5),
    ("li", "h", 0.5),
    ("u", "ui", 0.4),
    ("nt", "m", 0.7),
    ("ih", "n", 0.7),
)
# The rarer a known word, the dearer: the form's own words come first, then the listed ones, last
# roots with affixes, of which many are no words. With the limits below set on made and real sheets
# damaged at random (tests/normalise/test_misread.py): about one in three is rescued, 3 in 1,000
# become another word.
_COMMON, _FORMED = 0.2, 0.5
_MARGIN = 0.6  # by which no other known word may come as near
_COST_A_LETTER, _MOST_COST = 0.12, 1.5
_COST_OF_DOUBT = 0.2  # a letter
_MIN_LETTERS = 5  # printed and read; shorter words have too many neighbours
_FARTHER = 1  # letters more than the nearest: what is farther is no rival
_DISTANCE, _DISTANCE_OF_SHORT, _SHORTER_THAN = 3, 2, 8  # letters: how far known words are sought

# A space is lost more often than any letter; pieces that are short, or known by their root alone,
# are found in many words by accident.
_LOST_SPACE, _CUT_MARGIN = 0.3, 0.4
_MIN_PIECE, _MIN_LONGEST, _MIN_FORMED, _MOST_PIECES = 4, 5, 7, 4
_LEAST_REST = 3  # letters
_PREPOSITIONS = frozenset(
    ("kepada", "oleh", "secara", "sesuai", "sebagai", "melalui", "terhadap", "apabila")
)
_MIN_PARTED, _MOST_PARTS = 7, 4  # letters and words of a row whose gaps the reader looks at
# Short words that are often run together with a neighbour; those that are affixes as well (di, ke,
# se, per) are not cut off.
_SHORT = KATA_TUGAS - {"di", "ke"} | {"agar", "akan", "bila", "ini", "itu", "jika", "oleh", "tiap"}


@lru_cache(maxsize=16384)
def misread_word(word: str, *, plain: bool = True) -> tuple[str, ...] | None:
    """The word that an unknown one is a misreading of, or the words that it was run together from.

    None when it is not surely so. `word` is in small letters. `plain` False takes the form's own
    words alone: a word with a capital may be a name ("Kotabaru"). Refused are words that exist
    ("pelayaran"), and those that may be one of two ("disaikan": disampaikan, disajikan;
    "tindaklanjutjika").

    >>> misread_word("penyelesalan"), misread_word("sebagaibahan"), misread_word("pelayaran")
    (('penyelesaian',), ('sebagai', 'bahan'), None)
    >>> misread_word("disaikan"), misread_word("tindaklanjutjika")
    (None, None)
    >>> misread_word("kotabaru", plain=False)
    """
    if len(word) < _MIN_LETTERS or _exists(word):
        return None
    targets = listed_words() if plain else domain_words()
    pieces = _cut(word, plain)
    if pieces:
        (cost, _), _ = _likeliest(word)
        return pieces if cost >= _LOST_SPACE * (len(pieces) - 1) + _CUT_MARGIN else None
    nearest = _nearest(word, targets | unit_words())
    return (nearest,) if nearest else None


@lru_cache(maxsize=16384)
def run_together(word: str) -> tuple[str, ...] | None:
    """The form's own words that an unknown one was run together from; None when not surely so.

    An engine that loses a space does not know it: how surely it read the letters says nothing.

    >>> run_together("kelautandanperikanan"), run_together("sebagaibahan")
    (('kelautan', 'dan', 'perikanan'), None)
    """
    return None if len(word) < _MIN_LETTERS or _exists(word) else _cut(word, plain=False)


@lru_cache(maxsize=4096)
def misread_post(word: str) -> tuple[str, ...] | None:
    """The same for a word in the name of a post or unit, where only such words are put in.

    >>> misread_post("kepata"), misread_post("balangan")
    (('kepala',), None)
    """
    if len(word) < _MIN_LETTERS or _exists(word):
        return None
    if pieces := _cut(word, plain=False):
        return pieces
    nearest = _nearest(word, unit_words())
    return (nearest,) if nearest else None


@lru_cache(maxsize=16384)
def may_be_misread(word: str) -> bool:
    """Whether nobody knows a word and a listed one is near: a doubt, where `misread_word` is sure.

    Of the words of made and real sheets 1 in 500 to 1 in 40 is so without being misread.

    Of words of four letters it is told where an end may be lost ("dina").

    >>> may_be_misread("membat"), may_be_misread("koleksi"), may_be_misread("surat")
    (True, False, False)
    """
    if _exists(word):
        return False
    if len(word) < _MIN_LETTERS:
        return word in _without_an_end()
    if _cut(word, plain=False) or partings(word) or _begins_with_another(word):
        return True
    (cost, best), _ = _likeliest(word)
    near = cost - _rarity(best) <= _COST_OF_DOUBT * len(word)
    return near and (best in listed_words() or best in unit_words())


@lru_cache(maxsize=4096)
def partings(word: str) -> tuple[tuple[str, ...], ...]:
    """All ways to cut an unknown word into two or three known ones; () for one that exists.

    Into four where three are too few.

    For readers that can see whether there are gaps: many a cut is an accident of spelling.

    >>> partings("rencanakerjatercetak")
    (('rencana', 'kerja', 'tercetak'),)
    >>> partings("kecamatan")
    ()
    """
    if len(word) < _MIN_PARTED or _exists(word):
        return ()
    usual = tuple(_partings(word, _MOST_PARTS - 1))
    return usual or tuple(_partings(word, _MOST_PARTS))


@cache
def _without_an_end() -> frozenset[str]:
    """The form's own words of five letters without their first or their last."""
    whole = [w for w in domain_words() | unit_words() if len(w) == _MIN_LETTERS]
    return frozenset(piece for w in whole for piece in (w[1:], w[:-1]))


def _begins_with_another(word: str) -> bool:
    """Whether a longer function word stands before letters that nobody knows ("kepadaregu")."""
    return any(
        word.startswith(short) and len(word) >= len(short) + _LEAST_REST
        for short in KATA_TUGAS | _PREPOSITIONS
        if len(short) >= _MIN_PIECE
    )


def _partings(word: str, most: int) -> Iterator[tuple[str, ...]]:
    if _is_part(word):
        yield (word,)
    if most > 1:
        for cut in range(2, len(word) - 1):
            if _is_part(word[:cut]):
                for rest in _partings(word[cut:], most - 1):
                    yield (word[:cut], *rest)


def _is_part(piece: str) -> bool:
    return piece in KATA_TUGAS or (len(piece) >= _MIN_PIECE and is_known(piece))


def lost_its_first(printed: str, read: str) -> bool:
    """Whether it was the first letter of the printed word that was lost, which may be a capital."""
    return misreading_cost(printed[1:], read) < misreading_cost(printed, read)


def _exists(word: str) -> bool:
    return is_known(word) or word in unit_words() or is_at_large(word)


def _cut(word: str, plain: bool) -> tuple[str, ...] | None:
    """The words that were run together for want of their spaces, where one way alone fits."""
    # For each length: the fewest pieces that make up the start of the word, and how many ways.
    ways: list[tuple[int, int, tuple[str, ...]]] = [(0, 1, ())]
    for end in range(1, len(word) + 1):
        best: tuple[int, int, tuple[str, ...]] = (_MOST_PIECES + 1, 0, ())
        for start in range(end):
            count, number, pieces = ways[start]
            piece = word[start:end]
            if count >= _MOST_PIECES or not _is_piece(piece, plain):
                continue
            if count + 1 < best[0]:
                best = (count + 1, number, (*pieces, piece))
            elif count + 1 == best[0]:
                best = (best[0], best[1] + number, best[2])
        ways.append(best)
    count, number, pieces = ways[-1]
    if count > _MOST_PIECES or number != 1 or max(map(len, pieces)) < _MIN_LONGEST:
        return None
    return None if any(map(_may_be_two, pieces)) else pieces


def _is_piece(piece: str, plain: bool) -> bool:
    if len(piece) < _MIN_PIECE or piece in _SHORT:
        return piece in _SHORT
    if not plain:
        return piece in domain_words() or piece in unit_words()
    return piece in listed_words() or (len(piece) >= _MIN_FORMED and is_known(piece))


def _may_be_two(piece: str) -> bool:
    """Whether a piece is itself two words that are often printed apart: "ke tahap", "kerja sama".

    Or a word and a number: "tahap i".
    """
    if piece in _SHORT:
        return False
    words = all_words()
    if piece not in listed_words() and (
        (piece[-1] == "i" and piece[:-1] in words)
        or (piece[:2] in ("di", "ke") and piece[2:] in words)
    ):
        return True
    if piece[:3] in ("sub", "ter") and piece[3:] in words:
        return True
    cuts = range(_MIN_PIECE, len(piece) - _MIN_PIECE + 1)
    return any(piece[:cut] in words and piece[cut:] in words for cut in cuts)


def _nearest(word: str, targets: frozenset[str]) -> str | None:
    (cost, best), (second, _) = _likeliest(word)
    if best not in targets or len(best) < _MIN_LETTERS or second < cost + _MARGIN:
        return None
    allowed = min(_COST_A_LETTER * len(best), _MOST_COST)
    return best if cost - _rarity(best) <= allowed else None


def _likeliest(word: str) -> tuple[tuple[float, str], tuple[float, str]]:
    """The two known words that a word is likeliest, each with its cost; no word costs infinity."""
    far = _DISTANCE if len(word) >= _SHORTER_THAN else _DISTANCE_OF_SHORT
    near = process.extract(
        word, _known_forms(), scorer=Levenshtein.distance, score_cutoff=far, limit=None
    )
    first, second = (float("inf"), ""), (float("inf"), "")
    for known, distance, _ in near:  # the nearest first
        if distance > near[0][1] + _FARTHER:
            break
        rarity = _rarity(known)
        cost = misreading_cost(known, word, first[0] + _MARGIN - rarity) + rarity
        first, second, _ = sorted((first, second, (cost, known)))
    return first, second


def misreading_cost(printed: str, read: str, most: float = float("inf")) -> float:
    """How unlikely it is that `read` is read where `printed` stands; 0 for the same word.

    Infinite when it is more than `most`.
    """
    never = float("inf")
    rows = [[never] * (len(read) + 1) for _ in range(len(printed) + 1)]
    rows[0][0] = 0.0
    for i, row in enumerate(rows):
        below = rows[i + 1] if i < len(printed) else row
        if min(min(row), min(below)) > most:  # a group of two letters may have passed over a row
            return never
        for j, here in enumerate(row):
            for down, along, step in _steps(printed, read, i, j):
                rows[i + down][j + along] = min(rows[i + down][j + along], here + step)
    return rows[-1][-1] if rows[-1][-1] <= most else never


def _steps(printed: str, read: str, i: int, j: int) -> list[tuple[int, int, float]]:
    """What may come next: letters printed, letters read, cost."""
    steps = []
    if i < len(printed):
        steps.append((1, 0, _LOST_OFTEN if printed[i] in _OFTEN_LOST else _LOST))
        if j < len(read):
            steps.append((1, 1, _swap(printed[i], read[j])))
    if j < len(read):
        steps.append((0, 1, _DOUBLED if j and read[j] == read[j - 1] else _EXTRA))
    for group, as_read, cost in _GROUPS:
        if printed.startswith(group, i) and read.startswith(as_read, j):
            steps.append((len(group), len(as_read), cost))
    return steps


@cache
def _swap(printed: str, read: str) -> float:
    if printed == read:
        return 0.0
    alike = [cost for letters, cost in _LOOKALIKES if printed in letters and read in letters]
    return min(alike, default=_OTHER)


def _rarity(word: str) -> float:
    if word in domain_words():
        return 0.0
    return _COMMON if word in listed_words() or word in unit_words() else _FORMED


@cache
def _known_forms() -> tuple[str, ...]:
    return tuple(sorted(listed_words() | unit_words() | inflected()))
