"""Dates as sheets print them, to ISO 8601 at the precision printed."""

from __future__ import annotations

import re
from datetime import date

from sopextract.core.text import squeeze, strip_controls
from sopextract.lexicon.bulan import BULAN

# Characters that forms print where nothing is to be said: leaders, dashes, the label's colon.
_FILLER = re.compile(r"[\s.\-–—−…_:;/\\·•|~*]*")

# The rule on SOP sheets is of 2008 and citations of 1945 are the oldest dates a sheet can mean;
# planned review dates lie a few years ahead. Outside this a year is a misreading.
FIRST_YEAR, LAST_YEAR = 1945, 2099
# Two-digit years: 07/06/17 is 2017; nothing on a sheet is later than 2049 or older than 1950.
_CENTURY_PIVOT = 50

_MONTH = r"(?P<month>" + "|".join(sorted(BULAN, key=len, reverse=True)) + r")"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_GAP = r"[\s.,\-–/]*"

_ISO = re.compile(
    r"(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)(?:-(?P<day>\d\d)(?:[ t]\d\d:\d\d(?::\d\d)?)?)?(?!\d)"
)
_NAMED = re.compile(
    rf"""
    (?:(?<!\d)(?P<day>\d{{1,2}}){_GAP})?      # the day may be missing
    (?<![a-z]){_MONTH}(?![a-z])\.?            # a whole name: no "Mei" in "Meiwati"
    {_GAP}{_YEAR}(?!\d)
    """,
    re.VERBOSE,
)
_NUMERIC = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})\s?(?P<sep>[/.\-])\s?(?P<month>\d{1,2})\s?(?P=sep)\s?"
    r"(?P<year>(?:19|20)\d\d|\d\d)(?!\d)"
)
_MONTH_YEAR = re.compile(r"(?<!\d)(?P<month>\d{1,2})\s?[/\-]\s?(?P<year>(?:19|20)\d\d)(?!\d)")
_YEAR_ONLY = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?!\d)")
# "8 Mei 24", not "8 Mei 20": there the rest of a printed century may have been left blank.
_SHORT_YEAR = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}}){_GAP}{_MONTH}\.?{_GAP}'?(?P<year>(?!19|20)\d\d)$", re.VERBOSE
)
_FORMS = (_ISO, _NAMED, _SHORT_YEAR, _NUMERIC, _MONTH_YEAR, _YEAR_ONLY)

# What may stand round a date without making it doubtful.
_ROUND = re.compile(
    r"""
    \b(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad)\b
    | \b(?:tanggal|tgl|pada|hari|bulan|tahun|thn|wib|wita|wit)\b
    | ^[\s:]*[a-z][a-z .]{2,30},             # the place of signing: "Banyumas, 2 Juni 2025"
    """,
    re.VERBOSE,
)
_DIGIT_LOOKALIKES = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "|": "1"})
_SPECK = re.compile(r"(?<=\d)[.,·'](?=\d)")  # between two figures of one number: "1.1 Mei"
_DIGIT_RUN = re.compile(r"(?<![A-Za-z\d])(?=[\dOolI|]*\d)[\dOolI|]{1,4}(?![A-Za-z\d])")


def is_blank(text: str) -> bool:
    """Whether the text says nothing: empty, "-", "–", dots, underscores, a lone colon.

    >>> is_blank("…………"), is_blank("-"), is_blank("12")
    (True, True, False)
    """
    return _FILLER.fullmatch(strip_controls(text)) is not None


def parse_tanggal(text: str) -> str | None:
    """Read a date as ISO 8601 at the precision printed: `2024-05-08`, `2020-12` or `2021`.

    Reads "8 MEI 2024", "2 Januari2025", "9. Juni 2025", "……Oktober 2017" (no day), "07/06/17"
    (day first), "06/2021", "2-Nop-2019", "2024", "2025-06-02 09:13:22 WIB", a weekday or the place
    of signing before it. None for "-" and dots, for dates that do not exist (31 Februari), for two
    different dates in one text, and whenever letters or digits are left over that a date does not
    explain ("XG Apr 2018": the day was there and is lost). Forms: domain notes, section 2.5.

    >>> parse_tanggal(": 8 MEI 2024"), parse_tanggal("Desember 2020"), parse_tanggal("-")
    ('2024-05-08', '2020-12', None)
    """
    clean = squeeze(strip_controls(text)).casefold()
    if is_blank(clean):
        return None
    for form in _FORMS:
        matches = list(form.finditer(clean))
        if matches:
            return _settle(clean, matches)
    return None


def repair_tanggal(text: str) -> str | None:
    """The date that the text would be if its digits were misread: "2 Juni 2O25", "1.1 Mei 2024".

    Letters become digits; a single mark among the digits may be a speck. None when the text needs
    no repair, or when repair gives no date or two. A changed date needs a person's look: callers
    log it as a correction with a low score.

    >>> repair_tanggal("2 Juni 2O25"), repair_tanggal("1.1 Mei 2024"), repair_tanggal("11 Mei 2024")
    ('2025-06-02', '2024-05-11', None)
    """
    if parse_tanggal(text) is not None:
        return None
    repaired = _DIGIT_RUN.sub(lambda m: m[0].translate(_DIGIT_LOOKALIKES), text)
    if repaired != text and (iso := parse_tanggal(repaired)) is not None:
        return iso
    without = (text[: m.start()] + text[m.end() :] for m in _SPECK.finditer(text))
    found = {iso for one in without if (iso := parse_tanggal(one)) is not None}
    return found.pop() if len(found) == 1 else None


def _settle(clean: str, matches: list[re.Match[str]]) -> str | None:
    dates = {_iso(match) for match in matches}
    rest = clean
    for match in reversed(matches):
        rest = rest[: match.start()] + " " + rest[match.end() :]
    rest = _ROUND.sub(" ", rest).strip("()[] '\"")
    if len(dates) != 1 or not is_blank(rest.strip(",")):
        return None
    return dates.pop()


def _iso(match: re.Match[str]) -> str | None:
    parts = match.groupdict()
    year = int(parts["year"])
    if year < 100:
        year += 2000 if year < _CENTURY_PIVOT else 1900
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    if not parts.get("month"):
        return f"{year:04}"
    month = int(parts["month"]) if parts["month"].isdecimal() else BULAN[parts["month"]]
    if not 1 <= month <= 12:
        return None
    if not parts.get("day"):
        return f"{year:04}-{month:02}"
    try:
        return date(year, month, int(parts["day"])).isoformat()
    except ValueError:
        return None
