"""How surely a text in a scan was read: by its own words, not by those beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sopextract.model.source import Place

_MARKS = re.compile(r"[\W_]+")


def clarity(text: str, place: Place) -> float:
    """The least score of the words of `text` as they were read at `place`.

    A word that does not stand there as such was joined or cut by parse: it counts as the words that
    hold it or that it holds, else as the whole place. So does a text without letters and digits.
    """
    if not place.words:
        return place.score
    return min((score for _, score in _seen(text, place)), default=place.score)


def dim_words(text: str, place: Place, below: float) -> tuple[str, ...]:
    """The words of `text` that were read less surely than `below`, in their order, each once."""
    if not place.words:
        return ()
    return tuple(dict.fromkeys(word for word, score in _seen(text, place) if score < below))


def _seen(text: str, place: Place) -> Iterator[tuple[str, float]]:
    read: dict[str, float] = {}
    for word, score in place.words:
        key = _key(word)
        if key:
            read[key] = min(score, read.get(key, 1.0))
    for word in text.split():
        key = _key(word)
        if not key:
            continue
        found = read.get(key)
        if found is None:
            parts = [score for part, score in read.items() if part in key or key in part]
            found = min(parts, default=place.score)
        yield word, found


def _key(word: str) -> str:
    return _MARKS.sub("", word).casefold()
