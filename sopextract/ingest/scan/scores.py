"""How surely a word that was read is what stands there, as a probability.

The engine's own score is near 1 for most words, right or wrong, and means more for a word that
exists than for a name or a number. Hence a logistic model of what is known of a word. It was fitted
to 38,600 words in the cells of 24 made PDF sheets (seed 7, layouts P to R), each drawn at 200 and
300 dots an inch, clean and with four kinds of wear, of which 390 were read wrongly; over sheets
that it was not fitted to, words given 0.9 to 0.95 were right in 95 of 100 cases, 0.8 to 0.9 in 89,
0.5 to 0.7 in 62, below 0.3 in 13.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from difflib import SequenceMatcher
from enum import Enum

from sopextract.ingest.ocr.engine import ReadLine
from sopextract.lexicon.huruf import words_of
from sopextract.lexicon.kata import is_known

# The model: a constant, what a tenfold smaller doubt of the engine adds, what the kind of word
# takes away (a known word nothing), and what a witness that reads something else takes away.
_WITH = {"": 1.71, "sure": 1.88, "strange": -2.59, "digits": -2.11, "short": -2.14}
_WITHOUT = {"": 1.06, "sure": 2.12, "strange": -2.66, "digits": -2.51, "short": -2.30}
_DIFFERS = -1.07
_LEAST_DOUBT = 3e-4  # of the engine: smaller ones tell nothing
# Figures on which the two differ are never sure, though 98 of 100 of them were right: nothing else
# would notice the other two.
_UNCONFIRMED = 0.89


class Witness(Enum):
    """What the second engine says of a word."""

    NONE = "none"  # there is none
    AGREES = "agrees"
    DIFFERS = "differs"


def scored(read: ReadLine, witness: ReadLine | None) -> ReadLine:
    """The line with the probability of each word in place of the engine's own score.

    `witness` is what the second engine read in the same picture; None where there is none.
    """
    said = compare([word[0] for word in read.words], witness)
    return ReadLine(
        tuple(
            (text, begin, end, probability(text, score, other))
            for (text, begin, end, score), other in zip(read.words, said, strict=True)
        )
    )


def probability(text: str, score: float, witness: Witness) -> float:
    """How likely a word is right: from the engine's score, the witness, and its kind.

    >>> [round(probability(text, 0.99, Witness.AGREES), 3) for text in ("laporan", "Sukmadita")]
    [0.996, 0.946]
    >>> round(probability("laporan", 0.99, Witness.DIFFERS), 3)
    0.988
    """
    weights = _WITHOUT if witness is Witness.NONE else _WITH
    kind = _kind(text)
    sure = -math.log10(1 - min(score, 1.0) + _LEAST_DOUBT)
    evidence = weights[""] + weights["sure"] * sure + weights.get(kind, 0.0)
    if witness is Witness.DIFFERS:
        evidence += _DIFFERS
    chance = 1 / (1 + math.exp(-evidence))
    if witness is Witness.DIFFERS and kind == "digits":
        return min(chance, _UNCONFIRMED)
    return chance


def _kind(text: str) -> str:
    """What sort of word: "digits", "short" (nothing to look up), "known" or "strange"."""
    if any(c.isdigit() for c in text):
        return "digits"
    words = words_of(text)
    if not words:
        return "short"
    return "known" if all(is_known(word.lower()) for word in words) else "strange"


def compare(read: Sequence[str], witness: ReadLine | None) -> list[Witness]:
    """What the witness says of each word of a line.

    Spaces and what it reads of frames besides are no difference: the letters of both are laid side
    by side, and a word agrees when its letters are those of the witness, in one run. Of a word with
    figures only these must agree; a point more or less is no other number.
    """
    if witness is None:
        return [Witness.NONE] * len(read)
    own, other = "".join(read), witness.text.replace(" ", "")
    matcher = SequenceMatcher(None, own, other, autojunk=False)
    same = [-1] * len(own)
    for block in matcher.get_matching_blocks():
        same[block.a : block.a + block.size] = range(block.b, block.b + block.size)
    said = []
    at = 0
    for word in read:
        places = same[at : at + len(word)]
        said.append(Witness.AGREES if _agrees(word, places, other) else Witness.DIFFERS)
        at += len(word)
    return said


def _agrees(word: str, places: Sequence[int], other: str) -> bool:
    """Whether a word's letters, at these places of the witness (-1: not there), are its own."""
    if any(c.isdigit() for c in word):
        figures = [place for c, place in zip(word, places, strict=True) if c.isdigit()]
        if -1 in figures:
            return False
        between = other[figures[0] : figures[-1] + 1]
        return [c for c in between if c.isdigit()] == [c for c in word if c.isdigit()]
    return places[0] >= 0 and list(places) == list(range(places[0], places[0] + len(places)))
