"""The values of labels: one text, a date, a list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from sopextract.core.text import squeeze
from sopextract.model.draft import Change, MaybeText, Method, Reading, Section
from sopextract.model.source import Place
from sopextract.parse.identitas.items import MARKER, split_items
from sopextract.parse.identitas.merged import doubt_merged
from sopextract.parse.identitas.sheet import Identity
from sopextract.parse.labels import Found
from sopextract.parse.places import join_places
from sopextract.parse.tanggal import is_blank, parse_tanggal, repair_tanggal

# Said in words: there is no such date.
_NUMBER_PART = re.compile(r":?\s?[\w./\-]*[\w/\-]")  # of a number of a sheet, without spaces
_NO_DATE = re.compile(
    r"\W*(?:nihil|tidak\s+ada|belum\s+(?:ada|pernah|direvisi)|n\s?/\s?a|0{1,2}\W0{1,2}\W0{2,4})\W*",
    re.IGNORECASE,
)
# Letters O, l and I among the digits of a run: OCR, or an office's code; which, nothing tells.
_MIXED_DIGITS = re.compile(r"(?<![A-Za-z])(?=[\dOolI|]*\d)(?=\d*[OolI|])[\dOolI|]{2,}(?![A-Za-z])")
# Spaces at slashes and a colon inside, which a scan puts there, and a word of the label before it.
_ODD_NUMBER = re.compile(r":|/\s|\s/|^(?:SOP|Nomor|No)\b(?!\s?/)", re.IGNORECASE)
_REPAIRED = 0.8  # digits that OCR turned into letters: read, but never silently


def readings(found: Sequence[Found]) -> list[Reading[str]]:
    """Every line beside or below these labels as a reading of its own, in order.

    The number or bullet at its head is no part of what its text says: how surely it was read is no
    doubt of the words behind it.
    """
    return [
        Reading(
            line,
            squeeze(MARKER.sub("", line)),
            place,
            Method.LABEL,
            min(label.hit.score, label.doubt),
        )
        for label in found
        for text, place, _ in label.pieces
        for line in text.split("\n")
    ]


def label_of(found: Sequence[Found]) -> Reading[str] | None:
    """The first printed of these labels: canonical wording, text; None when there is none."""
    first = next((label for label in found if label.text), None)
    if first is None:
        return None
    return Reading(first.hit.canonical, first.text, first.place, Method.LABEL, first.hit.score)


def section(identity: Identity, name: str) -> tuple[Section, tuple[Change, ...]]:
    """A list field with its items, and a change for each numbered item that is empty."""
    found = identity.of(name)
    items, changes = split_items(readings(found), f"/{name}")
    return Section(label_of(found), tuple(map(doubt_merged, items))), changes


def single(found: Sequence[Found]) -> MaybeText | None:
    """The value of a label that has one: the first filled one, else absent; None without label."""
    if not found:
        return None
    for label in found:
        text = value_of(label)
        if not is_blank(text):
            score = min(label.hit.score, label.doubt)
            return doubt_merged(Reading(text, text, _place_of(label), Method.LABEL, score))
    return Reading(None, value_of(found[0]), found[0].place, Method.ABSENT, 1.0)


def value_of(label: Found) -> str:
    """Everything that belongs to a label as one text."""
    return squeeze(" ".join(piece for piece, _, _ in label.pieces))


def _place_of(label: Found) -> Place:
    """Where all of it stands."""
    return join_places(place for _, place, _ in label.pieces)


def date(found: Sequence[Found], path: str) -> tuple[MaybeText | None, tuple[Change, ...]]:
    """A date as ISO 8601 at the precision printed, and the change when its digits were repaired.

    Unread when something stands there that is no date.
    """
    reading = single(found)
    if reading is None or reading.value is None:
        return reading, ()
    if _NO_DATE.fullmatch(reading.text):
        return Reading(None, reading.text, reading.place, Method.ABSENT, 1.0), ()
    iso = parse_tanggal(reading.text)
    if iso is not None:
        return Reading(iso, reading.text, reading.place, reading.method, reading.score), ()
    repaired = repair_tanggal(reading.text)
    if repaired is None:
        return Reading(None, reading.text, reading.place, Method.UNREAD, 1.0), ()
    change = Change(path, reading.text, repaired, "ocr.digit", _REPAIRED)
    return Reading(repaired, reading.text, reading.place, reading.method, _REPAIRED), (change,)


def number(found: Sequence[Found]) -> MaybeText | None:
    """The number of the sheet as printed; doubted where letters stand among its digits."""
    reading = single([_unbroken(label) for label in found])
    if reading is None or reading.value is None:
        return reading
    odd = reading.place.score < 1.0 and _ODD_NUMBER.search(reading.value)
    if not odd and not _MIXED_DIGITS.search(reading.value):
        return reading
    return replace(reading, score=min(reading.score, _REPAIRED))


def _unbroken(label: Found) -> Found:
    """The label with a number that its narrow cell broke made whole ("…/DISPORA/20" / "19").

    Only one that has no space of its own, and not behind a mark that ends it.
    """
    pieces = [(_whole_number(text), place, row) for text, place, row in label.pieces]
    return replace(label, pieces=pieces)


def _whole_number(text: str) -> str:
    lines = [squeeze(line) for line in re.split(r"[\n\v]", text) if line.strip()]
    if len(lines) == 2 and _NUMBER_PART.fullmatch(lines[0]) and _NUMBER_PART.fullmatch(lines[1]):
        return "".join(lines)
    return text


def others(identity: Identity) -> list[tuple[str, Reading[str]]]:
    """Labelled values outside the form's 13 items, by the canonical wording of their label."""
    return [
        (
            label.hit.canonical,
            Reading(value_of(label), value_of(label), _place_of(label), Method.LABEL, 0.95),
        )
        for label in identity.found
        if label.hit.group == "lainnya" or label.name == "nomor_revisi"
        if not is_blank(value_of(label))
    ]
