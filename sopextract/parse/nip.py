"""Civil-servant numbers (NIP): 18 digits that carry dates, and what is wrong with them.

Layout after Perka BKN 22/2007: birth date YYYYMMDD, first appointment YYYYMM, sex 1 or 2, and a
serial of three. Contract staff (PPPK) carry 21 in place of the month of appointment. Before 2008 a
NIP had nine digits. Elected heads, police and army have none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from sopextract.core.text import squeeze, strip_controls

NIP_LENGTH = 18
OLD_LENGTH = 9  # before Perka BKN 22/2007
_PPPK_MONTH = 21  # the contract code stands where others have the month
_FIRST_BIRTH_YEAR = 1940  # nobody older signs a sheet made under the rule of 2008 or later
_YOUNGEST_AT_APPOINTMENT = 17  # the law says 18; one year for the month not counted

# OCR confusions of digits that were counted in real sheets; see the domain notes, 4.1.
_LOOKALIKES = str.maketrans(
    {"O": "0", "o": "0", "Q": "0", "l": "1", "I": "1", "|": "1", "S": "5", "B": "8", "g": "9"}
)
_D = r"[\dOoQlI|SBg]"
_SEP = r"[ .\-]{0,3}"
_LABEL = r"(?<![A-Za-z])N\s?\.?\s?[I1l]\s?\.?\s?P(?![A-Za-z])[\s.:;,\-]*"
_EIGHTEEN = rf"(?:{_D}{_SEP}){{17}}{_D}(?![\dA-Za-z])"
_LABELLED = re.compile(rf"{_LABEL}(?P<body>{_EIGHTEEN})")
# Without the label only the printed grouping 8-6-1-3, or 18 digits in one run, is a NIP.
_BARE = re.compile(
    r"(?<![\d/.])(?P<body>(?:19|20)\d{6}[ .\-]{0,2}(?:19|20)\d{4}[ .\-]{0,2}[12][ .\-]{0,2}\d{3})"
    r"(?![\d/])"
)
_LABELLED_ANY = re.compile(rf"{_LABEL}(?P<body>\d[\d .\-]{{4,30}}\d|)")


@dataclass(frozen=True, slots=True)
class NipMatch:
    """A NIP found in running text: `start` and `end` span label and digits; see `parse_nip`."""

    text: str
    start: int
    end: int
    nip: str | None
    problems: tuple[str, ...]


def check_nip(nip: str, today: date | None = None) -> tuple[str, ...]:
    """What is wrong with 18 digits: any of `length`, `old`, `birth_date`, `appointment`, `sex`,
    `serial`; empty when nothing is.

    `today` bounds the dates from above; without it only their order is checked. Age at signing and
    sex against the name are for the rules, not for here.
    """
    if not nip.isdecimal() or len(nip) != NIP_LENGTH:
        return ("old",) if nip.isdecimal() and len(nip) == OLD_LENGTH else ("length",)
    problems = []
    born = _born(nip)
    if born is None or born.year < _FIRST_BIRTH_YEAR or (today is not None and born > today):
        problems.append("birth_date")
    year, month = int(nip[8:12]), int(nip[12:14])
    too_early = born is not None and year < born.year + _YOUNGEST_AT_APPOINTMENT
    too_late = today is not None and year > today.year
    if not (1 <= month <= 12 or month == _PPPK_MONTH) or too_early or too_late:
        problems.append("appointment")
    if nip[14] not in "12":
        problems.append("sex")
    if nip[15:] == "000":
        problems.append("serial")
    return tuple(problems)


def parse_nip(text: str) -> tuple[str | None, tuple[str, ...]]:
    """Read a NIP, with or without its label, as 18 digits and the problems it has.

    Reads "NIP. 19700101 199503 1 001", "197001011995031001", "19700101.199503.1.001". Digits that
    OCR turned into letters are repaired only when the result passes every check; `repaired` is then
    among the problems and the caller logs a correction. Eighteen printed digits are given as they
    stand, even when a check fails: that is the sheet's fault, not the reading's. None with `length`
    or `old` for another number of digits, None without problems where there are none at all.

    >>> parse_nip("NIP. 19700101 199503 1 001")
    ('197001011995031001', ())
    """
    found = find_nip(text)
    if found is not None:
        return found.nip, found.problems
    clean = squeeze(strip_controls(text))
    if re.fullmatch(rf"[\s.:]*{_EIGHTEEN}[\s.,]*", clean):
        return _judge(clean)
    digits = re.sub(r"\D", "", clean)
    if not digits:
        return None, ()
    return None, ("old",) if len(digits) == OLD_LENGTH else ("length",)


def find_nip(text: str) -> NipMatch | None:
    """The first NIP of a text, None when there is none.

    A label with too few or too many digits behind it is found too, with `nip` None and `length` or
    `old` among the problems; without a label only the grouping of a NIP is taken for one.
    """
    match = _LABELLED.search(text) or _BARE.search(text) or _LABELLED_ANY.search(text)
    if match is None:
        return None
    nip, problems = _judge(match["body"])
    return NipMatch(match[0], match.start(), match.end(), nip, problems)


def mask_nip(nip: str) -> str:
    """The NIP as shared reports may show it: the year of birth only.

    >>> mask_nip("197001011995031001")
    '1970**************'
    """
    return nip[:4] + "*" * (len(nip) - 4)


def _judge(body: str) -> tuple[str | None, tuple[str, ...]]:
    packed = re.sub(r"[\s.:;,\-]", "", body)
    if not packed:
        return None, ()
    digits = packed.translate(_LOOKALIKES)
    problems = check_nip(digits)
    if not digits.isdecimal() or len(digits) != NIP_LENGTH:
        return None, problems
    if digits == packed:
        return digits, problems
    return (None, ("unreadable",)) if problems else (digits, ("repaired",))


def _born(nip: str) -> date | None:
    try:
        return date(int(nip[:4]), int(nip[4:6]), int(nip[6:8]))
    except ValueError:
        return None
