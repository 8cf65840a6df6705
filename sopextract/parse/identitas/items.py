"""Lists in the identity sheet: items apart, numbering off."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from sopextract.core.text import squeeze
from sopextract.model.draft import Change, Reading
from sopextract.parse.lines import join_lines
from sopextract.parse.places import join_places
from sopextract.parse.tanggal import is_blank

_NUMBER = re.compile(r"^\s*\(?(\d{1,2})\s?[.)]\s*(?=\S|$)")
MARKER = re.compile(r"^\s*(?:\(?\d{1,2}\s?[.)]|[•●▪■◦‣·\-–—*])\s*(?=\S)")  # at the head of a line
_LETTER = re.compile(r"^\s*\(?([a-z])\s?[.)]\s+", re.IGNORECASE)
_BULLET = re.compile(r"^\s*(?:[•●▪■◦‣·\-–—*o✓√➢\uf0b7\uf0a7\uf0d8\uf076])\s+")
_BARE_NUMBER = re.compile(r"^\s*(\d{1,2})\s+(?=[A-Z])")
# A number with its dot and nothing behind it ends a line of items: "1. Renja 2.".
_LAST_EMPTY = re.compile(r"\s\(?(\d{1,2})\s?[.)]$")
# A number that opens an item inside a line: after a space, followed by a word.
_INNER = re.compile(r"(?:(?<=^)|(?<=[\s.;,]))\(?(\d{1,2})\s?[.)]\s*(?=[A-Za-z(“\"])")
# In scans a number's dot is read as another mark, or dirt as one more: "3:", "3..". At the head of
# a line, those among them behind one that ended for want of room.
_WORN_NUMBER = re.compile(
    r"""(?:(?<=^)|(?<=\v))(?P<before>\s*['`·.,]?)(?P<number>\d{1,2})
    (?P<mark>\s?[.)]\s?[.,:;'`·]*|\s?[:;,·]) \s*(?=[^\W\d_(“"])""",
    re.VERBOSE,
)

_LOST_MARKER = 0.85  # below the sure line: a line of a scan that may be an item or go on with one

_Piece = tuple[str | None, str, Reading[str]]  # marker, text, where it stood


def split_items(
    readings: Sequence[Reading[str]], path: str
) -> tuple[tuple[Reading[str], ...], tuple[Change, ...]]:
    """The items of a list section, and a change for every numbered item that is empty.

    Reads one item a line, items glued in one text ("1. Renja 2. Komputer"), letters, bullets, and
    lines that go on with the item above. A list without any marker is split by lines only when
    each line begins anew (capital letter, the line above at its end).
    """
    pieces: list[_Piece] = []
    for reading in readings:
        for line in reading.value.split("\n"):
            if reading.place.score < 1.0:
                line = _with_clean_number(line, pieces)
            pieces.extend((marker, text, reading) for marker, text in _markers(line, pieces))
    pieces = _with_lost_markers(pieces)
    items: list[Reading[str]] = []
    changes: list[Change] = []
    marked = any(marker for marker, _, _ in pieces)
    for marker, text, reading in pieces:
        if marker is not None or not items or (not marked and _begins_anew(text, items[-1].value)):
            if is_blank(text):
                if marker is not None and marker not in "-•":
                    changes.append(Change(path, f"{marker}.", "", "list.empty-item", 1.0))
                if marker is None:
                    continue
            items.append(Reading(text, text, reading.place, reading.method, reading.score))
        elif text:
            last = items[-1]
            joined = join_lines((last.value, text))
            place = join_places((last.place, reading.place))
            items[-1] = Reading(joined, joined, place, last.method, last.score)
    return tuple(item for item in items if not is_blank(item.value)), tuple(changes)


def _with_lost_markers(pieces: Sequence[_Piece]) -> list[_Piece]:
    """The pieces of a scan with the markers that were not read: each begins a line and anew.

    Numbers that the next one leaves out are certain; after the last number, and among bullets, it
    may be the rest of the item above, so it is doubted.
    """
    out = list(pieces)
    for k, (marker, text, reading) in enumerate(pieces):
        above = next((p for p in reversed(out[:k]) if p[0] is not None), None)
        if marker is not None or above is None or reading.place.score == 1.0 or k == 0:
            continue
        if not text[:1].isupper() or not _begins_anew(text, pieces[k - 1][1]):
            continue
        following = next((m for m, _, _ in pieces[k + 1 :] if m is not None), None)
        if above[0] is not None and above[0].isdecimal():
            number = int(above[0]) + 1
            if following is not None and following.isdecimal() and int(following) <= number:
                continue  # the next number is this one's: none is left out
            sure = following is not None and following.isdecimal()
            out[k] = (str(number), text, reading if sure else _doubted(reading))
        elif above[0] == "-":
            out[k] = ("-", text, _doubted(reading))
    return out


def _doubted(reading: Reading[str]) -> Reading[str]:
    return replace(reading, score=min(reading.score, _LOST_MARKER))


def _with_clean_number(line: str, before: Sequence[_Piece]) -> str:
    """A line of a scan with the marks behind its item's number as they were printed: "3:", "3..".

    Only the number that comes next is one.
    """
    last = _last_number(before)

    def clean(match: re.Match[str]) -> str:
        nonlocal last
        if int(match["number"]) != last + 1:
            return match[0]
        last += 1
        return f"{last}. "

    return _WORN_NUMBER.sub(clean, line)


def _last_number(pieces: Sequence[_Piece]) -> int:
    return next((int(m) for m, _, _ in reversed(pieces) if m and m.isdecimal()), 0)


def _markers(line: str, before: Sequence[_Piece]) -> list[tuple[str | None, str]]:
    """Marker and text of each item in a line; the marker is None for text that goes on."""
    text = join_lines((line,))
    if not text:
        return []
    match = _BULLET.match(text)
    if match:
        return [("-", text[match.end() :])]
    last = _last_number(before)
    cuts: list[tuple[int, int, int]] = []
    expected = last + 1
    for found in _INNER.finditer(text):
        number = int(found[1])
        if number == expected or (found.start() == 0 and number >= 1):
            cuts.append((found.start(), found.end(), number))
            expected = number + 1
    numbered = _NUMBER.match(text)
    if numbered and not cuts and squeeze(text[numbered.end() :]) == "":
        return [(numbered[1], "")]
    if not cuts:
        bare = _BARE_NUMBER.match(text)
        if bare and int(bare[1]) == last + 1:
            return [(bare[1], text[bare.end() :])]
        letter = _LETTER.match(text)
        if letter:
            return [(letter[1], text[letter.end() :])]
        return [(None, text)]
    out: list[tuple[str | None, str]] = []
    if cuts[0][0] > 0:
        out.append((None, squeeze(text[: cuts[0][0]])))
    for k, (_, start, number) in enumerate(cuts):
        end = cuts[k + 1][0] if k + 1 < len(cuts) else len(text)
        item = squeeze(text[start:end])
        empty = _LAST_EMPTY.search(item) if k + 1 == len(cuts) else None
        if empty is not None and int(empty[1]) == number + 1:
            return [*out, (str(number), item[: empty.start()]), (empty[1], "")]
        out.append((str(number), item))
    return out


def _begins_anew(text: str, above: str) -> bool:
    """Whether an unmarked line is an item of its own rather than the rest of the one above."""
    if not text[:1].isupper() and not text[:1].isdigit():
        return False
    before = above.rstrip()
    if before.endswith((",", "-", "/", "(", ":")):
        return False
    last = before.rsplit(" ", 1)[-1].casefold()
    return last not in {
        "dan",
        "atau",
        "serta",
        "di",
        "ke",
        "dari",
        "dengan",
        "untuk",
        "yang",
        "pada",
    }
