"""Values read from scanned pages: which are in doubt, and whether of their figures or words."""

from __future__ import annotations

import re
from collections.abc import Callable

from sopextract.model.draft import Method
from sopextract.model.record import UNTRUSTED_FACTOR, Provenance, SopRecord
from sopextract.validate.below import pointers_below
from sopextract.validate.doubt import SURE
from sopextract.validate.doubtful_values import said
from sopextract.validate.sheet import quote, value_at

# Read as text; symbols and what follows from them are no words.
_TEXT = (Method.LABEL, Method.CELL, Method.LINE)
_DRAWN = re.compile(r"/langkah/\d+/(?:pelaksana|bentuk|simbol)\b|/alur\b")
# One word of these tells who it is; such a value is quoted whole, so that it can be masked whole.
_PERSONS = ("/disahkan_oleh", "/lainnya")
_DIGIT = re.compile(r"\d")
_MOST_WORDS = 6  # of one value; own judgement, what fits a line of a report


def scanned_pages(record: SopRecord) -> frozenset[int | None]:
    """The pages that were read from pixels, wholly or a picture on them."""
    return frozenset(note.page for note in record.page_notes if note.scan is not None)


def doubted_pages(record: SopRecord) -> frozenset[int | None]:
    """Pages all of whose values lost confidence; RD-13 and RD-16 tell of each page once."""
    return frozenset(
        note.page
        for note in record.page_notes
        if note.untrusted or (note.scan is not None and note.scan.poor)
    )


def sure_on(page: int | None, doubted: frozenset[int | None]) -> float:
    """The confidence below which a value of a page is told of by itself."""
    return SURE * UNTRUSTED_FACTOR if page in doubted else SURE


def is_scanned_text(pointer: str, given: Provenance, scanned: frozenset[int | None]) -> bool:
    """Whether a value is a text that was read from pixels."""
    return given.page in scanned and given.method in _TEXT and not _DRAWN.match(pointer)


def dim_texts(record: SopRecord, *, figures: bool) -> Callable[[str, Provenance], bool]:
    """Which values are texts of scans in doubt, of their digits or of their words."""
    scanned, doubted = scanned_pages(record), doubted_pages(record)

    def wanted(pointer: str, given: Provenance) -> bool:
        return (
            given.confidence < sure_on(given.page, doubted)
            and is_scanned_text(pointer, given, scanned)
            and _is_of_figures(record, pointer) is figures
        )

    return wanted


def _is_of_figures(record: SopRecord, pointer: str) -> bool:
    """Whether digits are in doubt: of the doubtful words or, if none is named, of the value."""
    dim = record.doubtful_words.get(pointer)
    if dim:
        return any(map(_DIGIT.search, dim))
    value = value_at(record, pointer)
    text = getattr(value, "teks", value)
    return isinstance(text, int) or (isinstance(text, str) and bool(_DIGIT.search(text)))


def doubted(record: SopRecord, pointer: str) -> str:
    """What is in doubt at a pointer, with a space before it: its doubtful words, else the value.

    "" for a list as a whole.
    """
    whole = said(record, pointer)
    if pointer.startswith(_PERSONS):
        return whole
    paths = (pointer, *pointers_below(record, pointer))
    dim = dict.fromkeys(word for path in paths for word in record.doubtful_words.get(path, ()))
    if not dim:
        return whole
    shown = [quote(word, 30) for word in list(dim)[:_MOST_WORDS]]
    return f" {', '.join(shown)}{' …' if len(dim) > _MOST_WORDS else ''}"
