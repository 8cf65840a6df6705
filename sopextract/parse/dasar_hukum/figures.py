"""Number, year and date of one citation, with the figures that were repaired."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from sopextract.parse.dasar_hukum.tokens import (
    DATE_WORDS,
    TYPE_CODE,
    is_number_word,
    is_title_word,
    is_year_word,
)
from sopextract.parse.dasar_hukum.words import Word, repair_number, repair_year, year_in_number

# A number as printed: runs without spaces, or with spaces around "/" and after "PK." or "PER-".
_CHUNK = re.compile(
    r"""(?: (?:PER|KEP|SE|INS|PK|SKEP|M)\s?[.\-/]\s?     # a type code in front
          | (?-i:[A-Z]{1,4})\.?\s? (?=\d) )?              # "PM 19", "KM. 55"
        [0-9A-Za-z][\w.\-]*
        (?: \s?/\s? [\w.\-]+ )*""",
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Repair:
    """A figure that was misread: `path` relative to the citation ("/tahun")."""

    path: str
    before: str
    after: str


@dataclass(slots=True)
class Figures:
    """Number and year while they are being read; `announced` when "Nomor" stood before."""

    nomor: str | None = None
    tahun: int | None = None
    announced: bool = False
    repairs: list[Repair] = field(default_factory=list)


def read_figures(text: str, words: Sequence[Word], at: int, figures: Figures) -> int:
    """Read number, year and date from word `at` on; gives the index of the first word after."""
    before = -1
    while before < at < len(words):
        before, word = at, words[at]
        code = at + 1 < len(words) and bool(
            TYPE_CODE.fullmatch(text[word.start : words[at + 1].start].lstrip())
        )
        if is_number_word(word) and figures.nomor is None:
            figures.announced = True
            at = _number(text, words, at + 1, figures)
        elif is_year_word(word):
            at = _year(text, words, at + 1, figures)
        elif word.folded in DATE_WORDS:
            at = _date(text, words, at + 1, figures)
        elif figures.nomor is None and (word.folded[0].isdigit() or code):
            at = _number(text, words, at, figures)
        elif figures.tahun is None and figures.nomor and repair_year(text[word.start : word.end]):
            at = _year(text, words, at, figures)
        else:
            break
    if figures.tahun is None and figures.nomor:
        figures.tahun = year_in_number(figures.nomor)
        if short := re.fullmatch(r"(\d+[A-D]?)/(\d{4})", figures.nomor):
            figures.nomor = short[1]
    return at


def _number(text: str, words: Sequence[Word], at: int, figures: Figures) -> int:
    if (
        at >= len(words)
        or is_year_word(words[at])
        or is_title_word(words[at])
        or is_number_word(words[at])
    ):
        return at  # "Nomor Tahun 2007": the number is missing
    chunk = _CHUNK.match(text, words[at].start)
    if chunk is None:
        return at
    raw = re.split(r"(?i)(?<=\d)(?=tahun|thn|tentang)", chunk.group())[0].rstrip(".-/ ")
    raw = re.sub(r"\s*/\s*", "/", raw)
    fixed = repair_number(raw)
    if not any(c.isdigit() for c in fixed):
        return at
    at_end = chunk.start() + len(chunk.group())
    nomor = fixed
    if figures.tahun is None and "/" not in fixed and repair_year(fixed) and not figures.announced:
        figures.tahun = repair_year(fixed)  # "UUD 1945"
    else:
        figures.nomor = nomor
        if nomor != raw:
            figures.repairs.append(Repair("/nomor", raw, nomor))
    after = at
    while after < len(words) and words[after].start < at_end:
        if after > at and (is_year_word(words[after]) or is_title_word(words[after])):
            break
        after += 1
    return after


def _year(text: str, words: Sequence[Word], at: int, figures: Figures) -> int:
    if at >= len(words):
        return at
    raw = text[words[at].start : words[at].end]
    year, used = repair_year(raw), 1
    if year is None and at + 1 < len(words):  # "20 14", "2 014"
        joined = raw + text[words[at + 1].start : words[at + 1].end]
        if raw[:1].isdigit() and re.fullmatch(r"\d\w{3}", joined):
            year, used = repair_year(joined), 2
    if year is None:
        return at
    if figures.tahun is None:
        figures.tahun = year
        if raw != str(year):
            end = words[at + used - 1].end
            figures.repairs.append(Repair("/tahun", text[words[at].start : end], str(year)))
    return at + used


def _date(text: str, words: Sequence[Word], at: int, figures: Figures) -> int:
    """ "tanggal 17 Januari 2014": its year, when no year was given otherwise."""
    for ahead in range(at, min(at + 4, len(words))):
        if is_title_word(words[ahead]):
            return ahead
        if year := repair_year(text[words[ahead].start : words[ahead].end]):
            figures.tahun = figures.tahun or year
            return ahead + 1
    return at
