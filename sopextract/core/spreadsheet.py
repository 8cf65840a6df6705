"""Texts from documents in spreadsheets: shown, never computed."""

from __future__ import annotations

import re

# What a spreadsheet program takes for the start of a formula (OWASP, "CSV Injection"), with the
# forms that are normalised to these (full width, small, raised; the mathematical minus).
_SIGN = "[=+\\-@＝＋－＠﹦﹢﹣﹫⁼⁺⁻₌₊₋−]"
# Typed before a formula these are skipped: blanks, controls, and what has no width.
_SKIPPED = r"[\s\x00-\x1f\x7f-\x9f\xa0\xad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]*"
_FORMULA = re.compile(rf"{_SKIPPED}{_SIGN}|[\t\r\n]")
# Where the machine's list separator is no comma (in Indonesia it is the semicolon) a spreadsheet
# program cuts a line of CSV at that, and at every line break, whatever the quotes say.
_FORMULA_INSIDE = re.compile(rf"(?:(?<=[;\t\n])|(?<=\r)(?!\n))(?={_SKIPPED}{_SIGN})")
# XML 1.0 forbids these, openpyxl refuses them, and a terminal obeys some.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# The file format's own notation for a character, such as _x000D_.
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")

_CUT = " … [dipotong: {} huruf, batas satu sel Excel]"

MAX_CELL = 32_767  # UTF-16 units in a cell, and …
MAX_ROWS = 1_048_576  # … rows in a sheet: Microsoft, "Excel specifications and limits"


def defuse(text: str) -> str:
    """A text that a spreadsheet would compute gets an apostrophe in front; any other stays.

    >>> defuse("=1+1"), defuse("- diisi petugas"), defuse("2 Hari"), defuse(" ＝1")
    ("'=1+1", "'- diisi petugas", '2 Hari', "' ＝1")
    """
    return "'" + text if is_computed(text) else text


def defuse_csv(text: str) -> str:
    """As `defuse`, and the same inside the text after semicolons, tabs and line breaks.

    >>> defuse_csv("a;=1+1"), defuse_csv("a, b; c"), defuse_csv("-1")
    ("a;'=1+1", 'a, b; c', "'-1")
    """
    return _FORMULA_INSIDE.sub("'", defuse(text))


def printable(text: str) -> str:
    """The text with U+FFFD for control characters and lone surrogates; tab and breaks stay."""
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def cell_text(text: str) -> tuple[str, bool]:
    """A printable text as a cell of Excel may hold it, and whether that is all of it.

    What is too long is cut and says so. What Excel would read as a character's number in the
    notation of the file format, `_x0041_`, is told not to be.

    >>> cell_text("_x0041_ dan _x")
    ('_x005F_x0041_ dan _x', True)
    """
    shown = _ESCAPE.sub("_x005F_", text)
    if utf16_length(shown) <= MAX_CELL:
        return shown, True
    said = _CUT.format(len(text))
    room = MAX_CELL - len(said)
    kept = shown.encode("utf-16-le")[: 2 * room].decode("utf-16-le", "ignore")
    return kept + said, False


def is_computed(text: str) -> bool:
    """Whether a spreadsheet would take the text for a formula."""
    return _FORMULA.match(text) is not None


def utf16_length(text: str) -> int:
    """How long a text is as Excel counts it."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
