"""Level lines that are underlines, told from the rules of tables by the line of text above them.

A rule between rows goes on to the walls, for cells keep a margin about their text. The underline of
a line that fills its cell comes as near to the walls as that margin is, and would end on them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from sopextract.ingest.page.rules import Rule
from sopextract.ingest.page.strokes import Word

# Of a word's height: a line lies at most so far below its box, and not above so much of it; boxes
# of letters reach below their base line.
_BELOW, _WITHIN = 0.3, 0.35
_TALLEST = 40.0  # points: larger lettering is no text of a cell
# Points: an underline begins and ends with its letters; spreadsheets keep a margin of 2.
_ENDS = 1.0


def without_underlines(rules: Sequence[Rule], words: Sequence[Word]) -> list[Rule]:
    """The rules without the level ones that run from the first letter of a line to its last."""
    said = sorted((w for w in words if w.angle == 0), key=lambda w: w.bbox[3])
    feet = [word.bbox[3] for word in said]
    kept: list[Rule] = []
    for rule in rules:
        if rule.level:
            first = bisect_left(feet, rule.at - _TALLEST)
            last = bisect_right(feet, rule.at + _TALLEST)
            over = [word for word in said[first:last] if _is_under(rule, word)]
            if over and _is_as_long(rule, over):
                continue
        kept.append(rule)
    return kept


def _is_under(rule: Rule, word: Word) -> bool:
    """Whether a level rule lies where a word's underline would be."""
    x0, y0, x1, y1 = word.bbox
    height = y1 - y0
    beside = x0 < rule.end and rule.start < x1
    return beside and y1 - _WITHIN * height <= rule.at <= y1 + _BELOW * height


def _is_as_long(rule: Rule, words: Sequence[Word]) -> bool:
    start, end = min(w.bbox[0] for w in words), max(w.bbox[2] for w in words)
    return abs(start - rule.start) <= _ENDS and abs(end - rule.end) <= _ENDS
