"""Finds the labels of the identity sheet in the rows of a document, and the values beside them.

Labels are looked for wherever they may stand: alone in a cell or a line, before a colon, before
their value, several in one line, or all of them first and the values later. What a value is made
of is decided by position alone: to the right in the same row, below in the same column, or the
lines that follow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sopextract.core.text import squeeze
from sopextract.lexicon.labels import (
    COLUMN_GROUPS,
    IDENTITY_GROUPS,
    LabelHit,
    label_key,
    match_label,
)
from sopextract.model.source import Place
from sopextract.parse.rows import Row
from sopextract.parse.tanggal import parse_tanggal

_GLUED = re.compile(
    r"(?<=[A-Za-z)])"
    r"(?=(?:Tgl|Tanggal|TANGGAL|TGL|Disahkan|Nama SOP|Judul|Dasar Hukum|Kualifikasi)\b)"
)
# Letters that a part of a label must have: fewer could begin other words. Own judgement.
_LEAST_OF_A_LABEL = 5
_PART_OF_A_LABEL = 0.8  # far from sure: the table says nothing else about it
_MAX_LABEL_WORDS = 9  # words; no spelling in lexicon/data/labels.toml has more
_INLINE_SEPARATORS = (":", "：")


@dataclass(slots=True)
class Found:
    """One label as found, gathering its value: `pieces` in reading order.

    `row` is the position of its row, `column` that of its cell; `pair` the label that shares its
    line with it (two-column form turned into lines), when the value could not be told apart.
    `doubt` is the most that its value may be trusted, 1.0 for fully.
    """

    hit: LabelHit
    text: str
    place: Place
    row: int
    column: int
    pieces: list[tuple[str, Place, int]] = field(default_factory=list)
    inline: bool = False
    doubt: float = 1.0

    @property
    def name(self) -> str:
        """The canonical field."""
        return self.hit.field


@dataclass(frozen=True, slots=True)
class LabelAt:
    """A label in a row: its cell, the hit, its text, and what stands behind it in the cell."""

    column: int
    hit: LabelHit
    text: str
    rest: str | None

    @property
    def weak(self) -> bool:
        """One common word ("Nomor", "Revisi"): no label in the middle of running text."""
        return self.hit.group != "bagian" and " " not in self.text.strip(" :")


def find_in_row(row: Row) -> list[LabelAt]:
    """The labels of one row, left to right; a line of several labels gives all of them."""
    if row.grid is None:
        return find_in_line(squeeze(row.cells[0].text))
    found: list[LabelAt] = []
    for column, cell in enumerate(row.cells):
        text = squeeze(cell.text)
        if text:
            found.extend(_at_cell(column, cell.text, text))
    return found


def _at_cell(column: int, raw: str, text: str) -> Iterator[LabelAt]:
    hit = match_label(text, IDENTITY_GROUPS)
    if hit is not None and not _first_line_is_surer(raw, hit):
        yield LabelAt(column, hit, text, None)
        return
    head, separator, rest = _cut(text)
    if separator and (hit := match_label(head, IDENTITY_GROUPS)) is not None:
        yield LabelAt(column, hit, head, raw.partition(separator)[2].strip() or rest)
        return
    first, newline, below = raw.partition("\n")
    if newline and (hit := match_label(squeeze(first), IDENTITY_GROUPS)) is not None:
        yield LabelAt(column, hit, squeeze(first), below)
        return
    prefix = _label_before_value(text)
    if prefix is not None:
        yield LabelAt(column, prefix[0], prefix[1], prefix[2])


def _first_line_is_surer(raw: str, whole: LabelHit) -> bool:
    """Whether the first line alone is a label as printed, and the whole cell only nearly one."""
    first, newline, _ = raw.partition("\n")
    if not newline or not whole.wrong:
        return False
    hit = match_label(squeeze(first), IDENTITY_GROUPS)
    return hit is not None and not hit.wrong and hit.score > whole.score


def find_in_line(text: str) -> list[LabelAt]:
    """The labels of a line of text: the whole line, before a colon, several, or before a value."""
    if not text or len(text) > 400:
        return []
    hit = match_label(text, IDENTITY_GROUPS)
    if hit is not None:
        return [LabelAt(0, hit, text, None)]
    broken = _around_value(text)
    if broken is not None:
        return [broken]
    text = unglue(text)
    several = _several(text)
    if several:
        return several
    head, separator, rest = _cut(text)
    if separator and (hit := match_label(head, IDENTITY_GROUPS)) is not None:
        other = match_label(rest, ("bagian",)) if rest else None
        if other is not None and hit.group == "bagian":
            return [LabelAt(0, hit, head, None), LabelAt(1, other, rest, None)]
        return [LabelAt(0, hit, head, rest)]
    prefix = _label_before_value(text)
    return [LabelAt(0, *prefix)] if prefix is not None else []


def unglue(text: str) -> str:
    """Labels printed without a space between them ("Nomor SOPTgl Revisi"), set apart."""
    return _GLUED.sub(" ", text)


def _around_value(text: str) -> LabelAt | None:
    """A date label broken around its value: "TANGGAL 5 Desember 2017 PEMBUATAN"."""
    parts = text.replace(":", " ").split()
    if len(parts) < 3:
        return None
    label, value = f"{parts[0]} {parts[-1]}", " ".join(parts[1:-1])
    hit = match_label(label, ("identitas",), 0.9)
    if hit is None or not hit.field.startswith("tanggal_") or parse_tanggal(value) is None:
        return None
    return LabelAt(0, hit, label, value)


def _cut(text: str) -> tuple[str, str, str]:
    for separator in _INLINE_SEPARATORS:
        head, found, rest = text.partition(separator)
        if found:
            return head.strip(), found, rest.strip()
    return text, "", ""


def _several(text: str) -> list[LabelAt]:
    """Two or more labels that make up the whole line, colons between them allowed."""
    parts = text.replace(":", " : ").split()
    found: list[LabelAt] = []
    i = 0
    while i < len(parts):
        if parts[i] == ":":
            i += 1
            continue
        size, hit = longest_label(parts, i)
        if hit is None:
            return []
        found.append(LabelAt(len(found), hit, " ".join(parts[i : i + size]), None))
        i += size
    return found if len(found) > 1 else []


def longest_label(parts: Sequence[str], start: int) -> tuple[int, LabelHit | None]:
    """The longest label that begins at a word, and how many words it takes; (0, None) for none."""
    best: tuple[float, int, LabelHit | None] = (0.0, 0, None)
    for size in range(min(_MAX_LABEL_WORDS, len(parts) - start), 0, -1):
        piece = parts[start : start + size]
        if ":" in piece:
            continue
        hit = match_label(" ".join(piece), IDENTITY_GROUPS, 0.88)
        if hit is not None and hit.score + 0.02 * size > best[0]:
            best = (hit.score + 0.02 * size, size, hit)
    return best[1], best[2]


def _label_before_value(text: str) -> tuple[LabelHit, str, str] | None:
    """A label of two or more words at the head of a text, with no colon before its value."""
    parts = text.split(" ")
    for size in range(min(5, len(parts) - 1), 1, -1):
        head = " ".join(parts[:size])
        hit = match_label(head, ("identitas",), 0.9)
        if hit is not None and (hit.score >= 0.93 or hit.wrong):
            rest = " ".join(parts[size:])
            if hit.field == "nama_sop" and rest[:1].islower():
                return None
            return hit, head, rest
    return None


def column_label(text: str) -> LabelHit | None:
    """The column label that a header cell holds, or None.

    A table cut in two may cut the group header "Pelaksana" too: its first or last letters alone
    ("PELAK") are read as it.
    """
    hit = match_label(squeeze(text), COLUMN_GROUPS)
    if hit is not None:
        return hit
    key, whole = label_key(text), label_key("Pelaksana")
    part = _LEAST_OF_A_LABEL <= len(key) < len(whole)
    if part and (whole.startswith(key) or whole.endswith(key)):
        return LabelHit("kolom", "pelaksana", "Pelaksana", _PART_OF_A_LABEL, True)
    return None
