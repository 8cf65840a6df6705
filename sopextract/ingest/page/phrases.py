"""Words that stand together on a line of a header: names of columns and of their groups."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from sopextract.core.geometry import centre
from sopextract.core.letters import advance
from sopextract.ingest.page.strokes import Word
from sopextract.lexicon.labels import match_label

_SPACE = 0.62  # of the size: words of one name stand nearer than those of two columns
_LABEL_SPACE = 1.2  # those of a label known by name
# Of the size: letters that stand as much farther apart than the others of a header do are spaced
# ("M U T U  B A K U"), and so are their words.
_SPACED = 0.15
_LINE = 0.5  # of the size: words are on one line when their middles are as near
# Headings of groups are known by name too: one over three columns may stand over its middle one.
_GROUPS = ("pelaksana", "mutu_baku")


def grouped(words: Sequence[Word]) -> list[list[Word]]:
    """Words that follow one another on a line; a turned one is a phrase of its own."""
    groups: list[list[Word]] = []
    usual = median([_breadth(w) for w in words if len(w.text) > 1] or [1.0])
    for word in sorted(words, key=lambda w: w.bbox[0]):
        home = next((g for g in groups if _follows(g[-1], word, usual)), None)
        if home is None:
            groups.append([word])
        else:
            home.append(word)
    return _with_labels(groups)


def _with_labels(groups: list[list[Word]]) -> list[list[Word]]:
    """Groups of words, those joined that are the label of a group of columns together."""
    found: list[list[Word]] = []
    for group in groups:
        home = next((g for g in found if _are_label(g, group)), None)
        if home is None:
            found.append(list(group))
        else:
            home.extend(group)
    return found


def _are_label(group: Sequence[Word], other: Sequence[Word]) -> bool:
    last, word = group[-1], other[0]
    size = max(last.size_pt, word.size_pt)
    return (
        last.angle == word.angle == 0
        and 0 < word.bbox[0] - last.bbox[2] <= _LABEL_SPACE * size
        and abs(centre(last.bbox)[1] - centre(word.bbox)[1]) <= _LINE * size
        and is_group(" ".join(w.text for w in (*group, *other)))
    )


def _follows(last: Word, word: Word, usual: float) -> bool:
    size = max(last.size_pt, word.size_pt)
    spacing = max(_spacing(last, usual), _spacing(word, usual))
    return (
        last.angle == word.angle == 0
        and word.bbox[0] - last.bbox[2] <= _SPACE * size + 2 * spacing
        and abs(centre(last.bbox)[1] - centre(word.bbox)[1]) <= _LINE * size
    )


def _spacing(word: Word, usual: float) -> float:
    """By how much the letters of a word stand farther apart than `usual`, in points."""
    if len(word.text) < 2:
        return 0.0
    own = advance(word.text) * word.size_pt * usual
    more = (word.bbox[2] - word.bbox[0] - own) / (len(word.text) - 1)
    return more if more >= _SPACED * word.size_pt else 0.0


def _breadth(word: Word) -> float:
    """How many times as broad a word is as its letters are as a rule."""
    return (word.bbox[2] - word.bbox[0]) / (advance(word.text) * word.size_pt)


def is_group(text: str) -> bool:
    """Whether a text is the label of a group of columns."""
    hit = match_label(text, ("kolom",))
    return hit is not None and hit.field in _GROUPS
