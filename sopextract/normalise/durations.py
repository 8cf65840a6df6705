"""The record's time object: what the Waktu cell says, and its working minutes."""

from __future__ import annotations

import re
from decimal import Decimal

from sopextract.lexicon.misread import misreading_cost
from sopextract.lexicon.satuan import Hari, WaktuDraft, duration_parts, parse_waktu
from sopextract.model.draft import Change
from sopextract.model.record import Waktu
from sopextract.settings import NormaliseSettings

_REPAIRED = 0.85  # below the sure line, so that a finding points at it
_LOOKALIKES = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "|": "1"})
# Digits with letters among them, or such a letter alone before a word: "l Jam".
_DIGITS = re.compile(
    r"(?<![A-Za-z\d])(?:(?=[OolI|]*\d)[\dOolI|]+|[lI|](?=\s+[A-Za-z]))(?![A-Za-z\d])"
)
_WORDS = re.compile(r"[A-Za-z][A-Za-z1!|]{2,}")
_UNITS = ("detik", "menit", "jam", "hari", "minggu", "bulan", "tahun", "kerja", "kalender")
_SPELT = (*_UNITS, *(f"se{unit}" for unit in ("menit", "jam", "hari", "minggu", "bulan", "tahun")))
_MOST_MISREAD = 0.6  # one letter lost or exchanged for one of its shape (lexicon/misread.py)
_CALENDAR_DAYS_PER_WEEK = 7
_MONTHS_PER_YEAR = 12
_HOURS_PER_CALENDAR_DAY = 24


def repair_waktu(teks: str) -> tuple[str, tuple[Change, ...]]:
    """A time with OCR's usual confusions undone, where only then it names an amount.

    >>> repair_waktu("3O Mcnit")[0]
    '30 Menit'
    """
    if _names_amount(teks):
        return teks, ()
    mended = _WORDS.sub(lambda m: _unit_of(m[0]), _DIGITS.sub(_as_digits, teks))
    if mended == teks or not _names_amount(mended):
        return teks, ()
    return mended, (Change("", teks, mended, "ocr.waktu", _REPAIRED),)


def _names_amount(teks: str) -> bool:
    draft = parse_waktu(teks, None)
    return bool(draft.durasi or draft.durasi_maks)


def _as_digits(match: re.Match[str]) -> str:
    return match[0].translate(_LOOKALIKES)


def _unit_of(word: str) -> str:
    unit = _UNIT_WORDS.get(_shape(word)) or _misread_unit(word.casefold())
    if unit is None or unit == word.casefold():
        return word
    return unit.capitalize() if word[:1].isupper() else unit


def _misread_unit(low: str) -> str | None:
    """The one unit that a word is a likely misreading of: "semingu", "mnit"; None for others."""
    costs = sorted((misreading_cost(unit, low, _MOST_MISREAD), unit) for unit in _SPELT)
    return costs[0][1] if costs[0][0] < costs[1][0] else None


def _shape(word: str) -> str:
    """What OCR leaves of a word: letters that it takes for one another are one."""
    low = word.casefold().replace("rn", "m").replace("c", "e")
    return re.sub("[l1tj!|]", "i", low)


def read_waktu(teks: str, unit_hint: str | None, settings: NormaliseSettings) -> Waktu:
    """The time object for a cell's text; `durasi` None where the text names no amount.

    `unit_hint` is the unit that the column's label gives ("Waktu (menit)"). `menit_kerja` is the
    working time of `durasi`, or of `durasi_maks` where only a bound is given.
    """
    draft = parse_waktu(teks, unit_hint)
    return Waktu(
        teks=teks,
        durasi=draft.durasi,
        durasi_maks=draft.durasi_maks,
        hari=draft.hari,
        menit_kerja=_working_minutes(draft, settings),
    )


def working_minutes(iso: str, hari: Hari | None, settings: NormaliseSettings) -> float:
    """Working minutes of an ISO 8601 duration as `parse_waktu` writes it.

    Days are working days unless `hari` is "kalender": then five sevenths of them are. Weeks,
    months and years have as many working days as the settings say.

    >>> working_minutes("P1D", None, NormaliseSettings())
    450.0
    """
    day = Decimal(str(settings.jam_per_hari)) * 60
    days_a_week = Decimal(settings.hari_per_minggu)
    calendar = days_a_week / _CALENDAR_DAYS_PER_WEEK if hari == "kalender" else Decimal(1)
    minutes = {
        "detik": Decimal(1) / 60,
        "menit": Decimal(1),
        "jam": Decimal(60),
        "hari": day * calendar,
        "minggu": day * days_a_week,
        "bulan": day * settings.hari_per_bulan,
        "tahun": day * settings.hari_per_bulan * _MONTHS_PER_YEAR,
    }
    total = sum((number * minutes[unit] for number, unit in duration_parts(iso)), Decimal(0))
    return round(float(total), 2)


def _working_minutes(draft: WaktuDraft, settings: NormaliseSettings) -> float | None:
    iso = draft.durasi or draft.durasi_maks
    if iso is None:
        return None
    if draft.round_the_clock:  # "1 x 24 jam": a calendar day, not 24 hours at a desk
        hours = sum((number for number, _ in duration_parts(iso)), Decimal(0))
        return working_minutes(f"P{hours / _HOURS_PER_CALENDAR_DAY:f}D", "kalender", settings)
    return working_minutes(iso, draft.hari, settings)


_UNIT_WORDS = {_shape(unit): unit for unit in _UNITS}
