"""Labels that stand one after another in lines, and their values after them in the same order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sopextract.core.text import squeeze
from sopextract.model.source import Place
from sopextract.parse.labels import Found, LabelAt, longest_label, unglue
from sopextract.parse.rows import Row
from sopextract.parse.tanggal import is_blank, parse_tanggal, repair_tanggal

_GUESSED = 0.6  # far below the sure line, as every value whose place was guessed
_MAX_WORDS = 60  # words looked at; own judgement, the labels of the box have about 25
_LIST_NUMBER = re.compile(r"\d{1,2}[.)]")
_NUMBER_LIKE = re.compile(r"\d.*[/\-.]|[/\-].*\d|^\s*\d+\s*$")


@dataclass(frozen=True, slots=True)
class LabelRun:
    """Labels that stand one after another in lines, their values still to come."""

    labels: tuple[tuple[LabelAt, int], ...]
    end: int


def find_run(rows: Sequence[Row], start: int, inside: set[int]) -> LabelRun | None:
    """Three or more labels on successive lines with no value between them."""
    words: list[tuple[str, int]] = []
    i, blanks = start, 0
    while i < len(rows) and i not in inside and rows[i].grid is None and len(words) < _MAX_WORDS:
        text = squeeze(rows[i].cells[0].text)
        blanks = blanks + 1 if not text else 0
        if blanks > 3 or len(text) > 90:
            break
        words.extend((word, i) for word in unglue(text).replace(":", " : ").split())
        i += 1
    labels: list[tuple[LabelAt, int]] = []
    k, end = 0, start
    parts = [word for word, _ in words]
    while k < len(parts):
        if parts[k] == ":" and (k + 1 == len(parts) or words[k + 1][1] != words[k][1]):
            k += 1
            continue
        size, hit = longest_label(parts, k)
        if hit is None or hit.group != "identitas":
            break
        labels.append((LabelAt(0, hit, " ".join(parts[k : k + size]), None), words[k][1]))
        k += size
        end = words[k - 1][1] + 1
        after = k
        while after < len(parts) and parts[after] == ":" and words[after][1] < end:
            after += 1
        if after < len(parts) and words[after][1] < end:
            end = words[k - 1][1]  # the line goes on: it must be labels to its end
    whole = [(at, row) for at, row in labels if row < end]
    return LabelRun(tuple(whole), end) if len(whole) >= 3 else None


def fits(name: str, text: str) -> bool:
    """Whether a text may be the value of a short identity label."""
    if name.startswith("tanggal"):
        return is_blank(text) or (parse_tanggal(text) or repair_tanggal(text)) is not None
    if name == "nomor_sop":
        number = bool(_NUMBER_LIKE.search(text)) and not _LIST_NUMBER.fullmatch(text)
        return number and parse_tanggal(text) is None
    return is_blank(text) or sum(c.isalpha() for c in text) >= 3


def doubt_dates(labels: Sequence[Found]) -> None:
    """Fewer dates than labels of dates: which of them is missing is a guess."""
    dates = [f for f in labels if f.name.startswith("tanggal")]
    if any(f.pieces for f in dates) and not all(f.pieces for f in dates):
        for label in dates:
            label.doubt = min(label.doubt, _GUESSED)


def fits_any(labels: Sequence[Found], text: str) -> bool:
    """Whether a text may be the value of one of these labels, titles and signers left out."""
    return any(fits(f.name, text) for f in labels if f.name not in ("nama_sop", "disahkan_oleh"))


def assign_values(
    labels: Sequence[Found], values: Sequence[tuple[str, Place, int]]
) -> list[tuple[Found, tuple[str, Place, int]]]:
    """Each value to a label it fits, both in order; what fits none goes on with the one before."""
    pairs: list[tuple[Found, tuple[str, Place, int]]] = []
    k = 0
    for value in values:
        fitting = next((j for j in range(k, len(labels)) if fits(labels[j].name, value[0])), None)
        if fitting is None:
            if pairs:  # the rest of a value that takes more than one line
                pairs.append((pairs[-1][0], value))
            continue
        pairs.append((labels[fitting], value))
        k = fitting + 1
    return pairs
