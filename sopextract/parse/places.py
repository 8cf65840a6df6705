"""Places of what was joined out of several pieces."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sopextract.core.geometry import union
from sopextract.model.source import Cell, Place, WordScores


def join_places(places: Iterable[Place]) -> Place:
    """The first place, its box grown over all the boxes that lie on its page.

    A value that goes on over a page break is shown where it begins. The score is the least of all.
    """
    known = tuple(places)
    first = next((p for p in known if p != Place()), Place())
    boxes = [p.bbox for p in known if p.bbox is not None and p.page == first.page]
    if first.bbox is None or len(boxes) < 2:
        return least_clear(first, known)
    upright = [p.as_read for p in known if p.as_read is not None and p.page == first.page]
    return Place(
        first.page,
        union(boxes),
        first.line,
        first.where,
        *_seen(known),
        union(upright) if first.upright is not None else None,
    )


def least_clear(place: Place, others: Iterable[Place]) -> Place:
    """The place, seen no more clearly than the least of the others; their words are its own."""
    score, words = _seen((place, *others))
    if score == place.score and words == place.words:
        return place
    return replace(place, score=score, words=words)


def _seen(places: Iterable[Place]) -> tuple[float, WordScores]:
    """The least of the scores, and the words of all, each list of them once."""
    score = 1.0
    lists: list[WordScores] = []
    for place in places:
        score = min(score, place.score)
        if place.words and not any(place.words is words for words in lists):
            lists.append(place.words)
    return score, tuple(word for words in lists for word in words)


def join_cells(one: Cell | None, other: Cell | None) -> Cell | None:
    """Two cells as one: their texts on lines of their own, their symbols, the box over both."""
    if one is None or not (one.text or one.symbols):
        return other if other is not None else one
    if other is None or not (other.text or other.symbols):
        return one
    text = "\n".join(t for t in (one.text, other.text) if t)
    return Cell(text, join_places((one.place, other.place)), one.symbols + other.symbols)
