"""The printed numbers of steps, where a scan lost or confused them: their order tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sopextract.model.draft import Change, Method, Reading, StepRow

Number = Reading[int] | Reading[None]

# What engines read for a lone digit, set apart in a narrow column.
_DIGITS = str.maketrans(
    {"O": "0", "o": "0", "S": "5", "s": "5", "B": "8", "Z": "2", "z": "2", "G": "6"}
)
_DIGITS |= str.maketrans(dict.fromkeys("lI|!i", "1"))
_MENDED = 0.8  # a digit that was taken for a letter: read, but never silently
_LOST = 0.85  # certain but for sheets that skip a number; inferred, so that it is told of
# What is left of an engine's doubt about a digit that is the one that comes next: own judgement, as
# numbers out of order are one in some hundreds.
_STILL_DOUBTED = 0.2


def mended_number(
    number: Number, above: Sequence[Number | None], path: str
) -> tuple[Number, Change | None]:
    """The number of a step of a scan, as the numbers of the steps `above` it tell.

    Surer where it is the one that comes next; what was no number but has the shape of that one is
    read as it, with a change.
    """
    if number.place.score == 1.0:
        return number, None
    expected = _expected(above)
    if number.value is not None:
        if number.value != expected:
            return number, None
        score = 1 - (1 - number.place.score) * _STILL_DOUBTED
        place = replace(number.place, score=score, words=())
        return Reading(number.value, number.text, place, number.method, score), None
    bare = number.text.strip(" .)(").translate(_DIGITS)
    if number.method is not Method.UNREAD or bare != str(expected):
        return number, None
    read = Reading(expected, number.text, number.place, Method.CELL, _MENDED)
    return read, Change(path, number.text, bare, "ocr.digit", _MENDED)


def _expected(above: Sequence[Number | None]) -> int:
    """The number that comes next: one more than the last, and one more for each without any."""
    for back, number in enumerate(reversed(above)):
        if number is not None and number.value is not None:
            return number.value + back + 1
    return len(above) + 1


def with_lost_numbers(steps: Sequence[StepRow]) -> list[StepRow]:
    """The steps of a scan with the numbers that lie between two others, which say what they are.

    Where the first steps have none, the first that has one says it: it is the third, and has a 3.
    """
    out = list(steps)
    last, number = -1, 0
    for k, step in enumerate(steps):
        if step.no is None or step.no.value is None:
            continue
        if step.no.value - number == k - last:
            for i in range(last + 1, k):
                lost = steps[i].no
                if lost is not None and lost.method is Method.ABSENT:
                    value = number + i - last
                    read = Reading(value, "", lost.place, Method.INFERRED, _LOST)
                    out[i] = replace(steps[i], no=read)
        last, number = k, step.no.value
    return out
