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
_ACTORS = re.compile(r"/langkah/\d+/pelaksana(?:/\d+)?")
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


def dim_columns(record: SopRecord) -> frozenset[str]:
    """The actors whose label was read from pixels with doubt; RD-18 tells of the label."""
    wanted = dim_texts(record, figures=False)
    grounds = ((one.nama, f"/pelaksana/{i}/nama") for i, one in enumerate(record.pelaksana))
    return frozenset(
        name
        for name, path in grounds
        if (given := record.provenance.get(path)) is not None and wanted(path, given)
    )


def is_in_dim_column(record: SopRecord, pointer: str, columns: frozenset[str]) -> bool:
    """Whether a pointer names actors of a step, and one of them is of these columns."""
    if not columns or not _ACTORS.fullmatch(pointer):
        return False
    value = value_at(record, pointer)
    names = value if isinstance(value, tuple) else (value,)
    return not columns.isdisjoint(name for name in names if isinstance(name, str))


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
