"""Words as an engine reads them from a bad scan: letters lost, exchanged, spaces gone."""

from __future__ import annotations

import random

# How often each letter was lost, to how often it is printed (490 misread words of made scans).
_LOST = {
    "i": 5.0, "e": 3.3, "t": 3.5, "n": 1.6, "p": 5.3, "a": 0.7, "r": 2.6, "k": 2.4, "h": 3.3,
    "g": 2.3, "s": 1.3, "j": 7.5, "d": 1.3, "l": 1.5, "o": 2.0, "u": 0.8, "y": 4.0,
}  # fmt: skip
_SWAPPED = {
    "i": "ltrj", "l": "it", "t": "lir", "r": "itn", "n": "hru", "h": "nb", "u": "nv", "e": "coa",
    "a": "eo", "o": "ae", "c": "eo", "p": "rbf", "y": "v", "b": "hp", "g": "q", "k": "hr",
    "s": "z", "d": "c", "j": "i", "f": "t", "v": "y",
}  # fmt: skip
_GROUPS = (("m", "rn"), ("m", "in"), ("rn", "m"), ("ri", "n"), ("li", "h"), ("d", "cl"))


def damaged(word: str, rng: random.Random) -> str:
    """The word with one to three misreadings, most often one; capitals go with their letters."""
    for _ in range(rng.choices((1, 2, 3), (70, 24, 6))[0]):
        word = _misread(word, rng)
    return word


def _misread(word: str, rng: random.Random) -> str:
    if len(word) < 3:
        return word
    kind = rng.random()
    if kind < 0.6:
        at = rng.choices(range(len(word)), [_LOST.get(c.lower(), 1.0) for c in word])[0]
        return word[:at] + word[at + 1 :]
    if kind < 0.7:
        groups = [(a, b) for a, b in _GROUPS if a in word]
        if groups:
            printed, read = rng.choice(groups)
            return word.replace(printed, read, 1)
    if kind < 0.95:
        at = rng.randrange(len(word))
        other = rng.choice(_SWAPPED.get(word[at].lower(), word[at].lower()))
        return word[:at] + (other.upper() if word[at].isupper() else other) + word[at + 1 :]
    at = rng.randrange(1, len(word))
    return word[:at] + rng.choice("iltr") + word[at:]
