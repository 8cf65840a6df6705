"""Numbers as the sheet shows them: number formats of Excel, dates in Indonesian."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from sopextract.lexicon.bulan import NAMA_BULAN

# Formats that files name by number only: ECMA-376 part 1, 18.8.30. What depends on the country
# (14 to 22) is written as Excel shows it in Indonesia.
BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
    11: "0.00E+00", 12: "General", 13: "General", 14: "dd/mm/yyyy", 15: "d-mmm-yy", 16: "d-mmm",
    17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss",
    22: "dd/mm/yyyy h:mm", 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 45: "mm:ss",
    46: "[h]:mm:ss", 47: "mm:ss.0", 48: "0.0E+0", 49: "@",
}  # fmt: skip
_TOKEN = re.compile(
    r"""
      "(?P<quoted>[^"]*)"? | \\(?P<escaped>.) | [_*]. | \[\$(?P<currency>[^\]-]*)[^\]]*\]
    | (?P<elapsed>\[(?:h+|m+|s+)\]) | \[[^\]]*\]
    | (?P<general>General) | (?P<half>AM/PM|A/P)
    | (?P<date>y+|m+|d+|h+|s+(?:\.0+)?|e+|b+)
    | (?P<digits>[0#?.,]*[0#?][0#?.,]*) | (?P<exponent>E[+-][0#?]+) | (?P<other>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_MAX_GENERAL = Decimal(10) ** 11  # Excel shows larger numbers in powers of ten
_FIRST_FORM = datetime(1899, 12, 30)  # day 0 of serial numbers from 1 March 1900 on
_FORM_1904 = datetime(1904, 1, 1)
_LEAP_BUG = 60  # Excel counts a 29 February 1900; days before it stand one later
_LAST_DAY = 2_958_466  # 1 January 10000
_LONGEST = 30  # digits; more than any number a cell can hold shows


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


def show_number(value: float, code: str, date_1904: bool = False) -> str | None:
    """A number in a number format; None for what the program shows as an error (#####).

    Whole numbers have no decimals, decimals a comma. A format with a day, a month or a year gives
    those that it has, in the order of Indonesian, whatever its own order: "2 Januari 2024",
    "Januari 2024". A time keeps its colons. Day 0 is None: what a formula makes of an empty cell.

    >>> show_number(45293.0, "dd-mmm-yy"), show_number(3.0, "General"), show_number(0.5, "0%")
    ('2 Januari 2024', '3', '50%')
    >>> show_number(30, '0 "menit"')
    '30 menit'
    """
    section = _section(code, value)
    tokens = _tokens(section)
    if any(token.kind in ("date", "elapsed") for token in tokens):
        return _moment(value, tokens, date_1904)
    negative = value < 0 and section is _sections(code)[0]
    return ("-" if negative else "") + _amount(abs(value), tokens)


def show_text(text: str, code: str) -> str:
    """A text in a number format: the fourth section, or one with `@`, adds words to it.

    >>> show_text("tiga", '@" hari"')
    'tiga hari'
    """
    sections = _sections(code)
    section = sections[3] if len(sections) > 3 else sections[-1] if "@" in sections[-1] else "@"
    if "@" not in section and len(sections) <= 3:
        return text
    parts = (text if t == _Token("other", "@") else t.text for t in _tokens(section))
    return "".join(parts)


@lru_cache(maxsize=500)
def _sections(code: str) -> tuple[str, ...]:
    found, current, quoted = [], "", False
    for i, letter in enumerate(code):
        if letter == '"' and code[i - 1 : i] != "\\":
            quoted = not quoted
        if letter == ";" and not quoted:
            found.append(current)
            current = ""
        else:
            current += letter
    return (*found, current)


def _section(code: str, value: float) -> str:
    sections = _sections(code)
    if value < 0 and len(sections) > 1:
        return sections[1]
    if value == 0 and len(sections) > 2:
        return sections[2]
    return sections[0]


@lru_cache(maxsize=500)
def _tokens(section: str) -> tuple[_Token, ...]:
    tokens = []
    for match in _TOKEN.finditer(section):
        kind = match.lastgroup
        if kind is not None:
            text = match[kind]
            kind = "other" if kind in ("escaped", "currency") else kind
            tokens.append(_Token(kind, text))
    return tuple(tokens)


def _amount(value: float, tokens: tuple[_Token, ...]) -> str:
    percent = sum(token.text == "%" for token in tokens if token.kind == "other")
    amount = Decimal(repr(value)) * 100**percent
    if any(token.kind == "exponent" for token in tokens):
        return _power(amount)
    written, shown = False, ""
    for token in tokens:
        if token.kind == "general":
            shown += _general(amount)
        elif token.kind != "digits":
            shown += token.text
        elif not written:  # "0-0": digits in several places are too rare to spread
            shown += _digits(amount, token.text)
            written = True
    return shown


def _general(amount: Decimal) -> str:
    if amount >= _MAX_GENERAL or 0 < amount < Decimal("1e-9"):
        return _power(amount)
    if amount == amount.to_integral_value():
        return str(int(amount))
    return f"{amount:.10g}".replace(".", ",")


def _power(amount: Decimal) -> str:
    return f"{amount:.5E}".replace(".", ",")


def _digits(amount: Decimal, pattern: str) -> str:
    grouped = "," in pattern.rstrip(",")
    amount /= Decimal(1000) ** (len(pattern) - len(pattern.rstrip(",")))
    before, _, after = pattern.rstrip(",").partition(".")
    least = sum(c == "0" for c in before)
    after = after.replace(",", "")
    places = min(len(after), _LONGEST)
    if amount >= Decimal(10) ** _LONGEST:
        return _power(amount)
    rounded = amount.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    whole, _, decimals = f"{rounded:f}".partition(".")
    kept = len(after.rstrip("#?"))
    decimals = decimals[:kept] + decimals[kept:].rstrip("0")
    whole = whole.zfill(least) if least or whole != "0" else ""
    if grouped:
        whole = f"{int(whole or 0):,}".replace(",", ".")
    return f"{whole},{decimals}" if decimals else whole


def _moment(value: float, tokens: tuple[_Token, ...], date_1904: bool) -> str | None:
    if not 0 <= value < _LAST_DAY:
        return None
    dates = [token.text.lower() for token in tokens if token.kind == "date"]
    fields = {text[0] for text in dates if not text.startswith("ddd")}  # "dddd": the weekday
    minutes = _minutes(tokens)
    dated = fields & {"d", "y", "e"} or ("m" in fields and not minutes)
    shown = []
    if dated:
        if value < 1 and not date_1904:
            return None
        shown.append(_day(value, fields, date_1904))
    if fields & {"h", "s"} or minutes or any(token.kind == "elapsed" for token in tokens):
        shown.append(_time(value, tokens))
    shown += (token.text.strip() for token in tokens if token.kind == "quoted")
    return " ".join(part for part in shown if part)


def _minutes(tokens: tuple[_Token, ...]) -> bool:
    """Whether an "m" of the format means minutes: beside hours or seconds."""
    kinds = [
        token.text.strip("[]")[0].lower() for token in tokens if token.kind in ("date", "elapsed")
    ]
    pairs = zip(kinds, [*kinds[1:], ""], strict=True)
    return any(pair in (("h", "m"), ("m", "s")) for pair in pairs) or (
        any(token.kind == "elapsed" and "m" in token.text.lower() for token in tokens)
    )


def _day(value: float, fields: set[str], date_1904: bool) -> str:
    days = int(value)
    if date_1904:
        moment = _FORM_1904 + timedelta(days=days)
    else:
        moment = _FIRST_FORM + timedelta(days=days + (days < _LEAP_BUG))
    parts = []
    if "d" in fields:
        parts.append(str(moment.day))
    if "m" in fields:
        parts.append(NAMA_BULAN[moment.month - 1])
    if fields & {"y", "e"}:
        parts.append(str(moment.year))
    return " ".join(parts)


def _time(value: float, tokens: tuple[_Token, ...]) -> str:
    """Hours, minutes and seconds as the format has them; `[h]` counts on over midnight."""
    elapsed = next((t.text.strip("[]").lower() for t in tokens if t.kind == "elapsed"), "")
    timed = [t.text.lower() for t in tokens if t.kind == "date" and t.text[0].lower() in "hms"]
    seconds = round((value if elapsed else value % 1) * 86_400)
    if not any(text.startswith("s") for text in timed) and "s" not in elapsed:
        seconds = round(seconds / 60) * 60
    hours, rest = divmod(seconds, 3600)
    parts = []
    if elapsed.startswith("h"):
        parts.append(str(hours))
    elif elapsed.startswith("m"):
        parts.append(str(seconds // 60))
    elif elapsed.startswith("s"):
        parts.append(str(seconds))
    elif (hour := next((t for t in timed if t.startswith("h")), "")) and not elapsed:
        parts.append(f"{hours % 24:02d}" if len(hour) > 1 else str(hours % 24))
    if any(t.startswith("m") for t in timed) and not elapsed.startswith(("m", "s")):
        parts.append(f"{rest // 60:02d}")
    if any(t.startswith("s") for t in timed):
        parts.append(f"{seconds % 60:02d}")
    return ":".join(parts)
