"""The header of a linearised table: column labels and actors, one after another as lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sopextract.core.text import squeeze
from sopextract.parse.labels import column_label
from sopextract.parse.langkah.actor_names import split_names
from sopextract.parse.langkah.content import look_at
from sopextract.parse.langkah.linear.cells import step_number
from sopextract.parse.rows import Row

_MIN_HEADER_FIELDS = 3  # Kegiatan and two more; two labels stand together in prose as well
_MAX_HEADER_LINES = 120  # a line each for 15 actors of up to four lines, and blank ones; generous
_LONGEST_OPENING = 80  # characters; own judgement, a line with more is no line of labels alone
# Per word: "No Kegiatan" is two labels, not one with two letters too many, while of two readings
# that fit alike the longer label wins. Own judgement; below the distance of two scores.
_PER_WORD = 0.02


@dataclass(frozen=True, slots=True)
class Header:
    """A header as read: `labels` by canonical name, as printed; `first_step` the row of step 1."""

    labels: tuple[tuple[str, str], ...]
    actors: tuple[str, ...]
    first_step: int


def read_header(rows: Sequence[Row], start: int) -> Header | None:
    """A header that begins in this row: `No` first, then column labels, then the actors.

    None unless Kegiatan and two more labels stand there, and a step 1 follows.
    """
    first = squeeze(rows[start].text)
    if not first or len(first) > _LONGEST_OPENING:
        return None
    opening = _labels_of(first)
    if not opening or opening[0][0] not in ("no", "kegiatan"):
        return None
    step = _first_step(rows, start + 1)
    if step is None:
        return None
    labels: dict[str, str] = {}
    names: list[tuple[str, bool]] = []
    new_block = True
    for row in rows[start:step]:
        raw = row.cells[0].text
        text = squeeze(raw)
        if not text:
            new_block = new_block or bool(raw)
            continue
        if row.grid is not None:
            return None
        if all(look_at(word).number is not None for word in text.split(" ")):
            continue  # the columns' numbers
        found = _labels_of(text)
        fresh = [(field, word) for field, word in found if field not in labels]
        if fresh and not (names and fresh[0][0] == "pelaksana"):
            labels.update(fresh)
        else:
            names.append((text, new_block))
            new_block = False
    if len(labels) < _MIN_HEADER_FIELDS or "kegiatan" not in labels:
        return None
    return Header(tuple(labels.items()), tuple(split_names(names)), step)


def _labels_of(text: str) -> list[tuple[str, str]]:
    """The column labels that a line wholly consists of; empty when anything else is in it."""
    words = text.split(" ")
    found: list[tuple[str, str]] = []
    i = 0
    while i < len(words):
        best: tuple[float, str, int] = (0.0, "", 0)
        for size in range(min(4, len(words) - i), 0, -1):
            hit = column_label(" ".join(words[i : i + size]))
            if hit is not None and (score := hit.score + _PER_WORD * size) > best[0]:
                best = (score, hit.field, size)
        if not best[2]:
            return []
        found.append((best[1], " ".join(words[i : i + best[2]])))
        i += best[2]
    return found


def _first_step(rows: Sequence[Row], start: int) -> int | None:
    """The row in which step 1 begins: a 1 with words soon after, and no number of a column."""
    for i in range(start, min(len(rows), start + _MAX_HEADER_LINES)):
        if rows[i].grid is None and step_number(rows[i].cells[0].text) == 1:
            follows = " ".join(r.text for r in rows[i : i + 6])
            if any(c.isalpha() for c in follows) and not _is_numbers_line(rows, i):
                return i
    return None


def _is_numbers_line(rows: Sequence[Row], i: int) -> bool:
    """Whether the line belongs to a row of column numbers, one a line or all in one line."""
    words = rows[i].text.split()
    if len(words) >= 3 and all(look_at(w).number is not None for w in words):
        return True
    following = [r.text for r in rows[i + 1 : i + 8] if r.text][:2]
    return len(words) == 1 and [look_at(t).number for t in following] == [2, 3]
