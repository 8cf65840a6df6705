"""How surely a word that was read is what stands there, from all that is known of it."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from enum import Enum

from sopextract.ingest.ocr.engine import ReadLine
from sopextract.lexicon.huruf import words_of
from sopextract.lexicon.kata import is_known

_ALMOST, _AGREED = 0.8, 0.985
_SURE, _SURE_FIGURE = 0.95, 0.98
_DIFFERED, _DOUBTED, _UNKNOWN = 0.85, 0.88, 0.97  # the most that is believed; below 0.9 it is told


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
    """How likely a word is right: from the engine's score, the witness, the lexicon and its kind.

    Set by hand after the first trials of two engines (docs/accuracy.md), not fitted yet: where they
    agreed 0.3 per cent of cells were wrong, where they differed a fifth; of lines that the engine
    itself gave less than 0.98 a fifth, of those below 0.9 nearly all. Figures that nothing
    confirms are doubted sooner than words that exist.
    """
    if witness is Witness.AGREES:
        return max(score, _AGREED) if score >= _ALMOST else score
    known = any(is_known(word.lower()) for word in words_of(text))
    limit = _DIFFERED if witness is Witness.DIFFERS else 1.0
    if score < _SURE or (any(c.isdigit() for c in text) and score < _SURE_FIGURE):
        limit = min(limit, _DOUBTED)
    elif not known:
        limit = min(limit, _UNKNOWN)
    return min(score, limit)


def compare(read: Sequence[str], witness: ReadLine | None) -> list[Witness]:
    """What the witness says of each word of a line; spaces and frames' rests are no difference.

    The letters of both are laid side by side: a word agrees when all its letters, in one run, are
    those of the witness.
    """
    if witness is None:
        return [Witness.NONE] * len(read)
    own, other = "".join(read), witness.text.replace(" ", "")
    matcher = SequenceMatcher(None, own, other, autojunk=False)
    same: list[int | None] = [None] * len(own)
    for block in matcher.get_matching_blocks():
        for k in range(block.size):
            same[block.a + k] = block.b + k
    said = []
    at = 0
    for word in read:
        places = same[at : at + len(word)]
        whole = places[0] is not None and all(
            place == places[0] + k for k, place in enumerate(places)
        )
        said.append(Witness.AGREES if whole else Witness.DIFFERS)
        at += len(word)
    return said
