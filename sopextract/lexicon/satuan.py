"""Units of time and the grammar of amounts in the Waktu column.

It stands here, and not in a stage, because two stages need it: parse to tell the time column from
its neighbours, normalise to give the record its durations. Forms: domain notes, section 2.6.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

from sopextract.core.text import squeeze, strip_controls

Hari = Literal["kerja", "kalender"]


@dataclass(frozen=True, slots=True)
class WaktuDraft:
    """An allowance: `durasi` and the upper end `durasi_maks` as ISO 8601, None where not said.

    An upper bound alone ("maks. 3 hari") has only `durasi_maks`. `hari` is None unless the text
    says which days. `round_the_clock` marks "1 x 24 jam": hours that pass also at night.
    """

    durasi: str | None = None
    durasi_maks: str | None = None
    hari: Hari | None = None
    round_the_clock: bool = False


_UNIT_FORMS = MappingProxyType(
    {
        "detik": "detik dtk second seconds",
        "menit": "menit mnt minit ' ′ ’",
        "jam": "jam j",
        "hari": "hari hr hri",
        "minggu": "minggu mgg mg pekan",
        "bulan": "bulan bln",
        "tahun": "tahun thn th",
    }
)
_UNITS = MappingProxyType({f: unit for unit, forms in _UNIT_FORMS.items() for f in forms.split()})
_SE = MappingProxyType({f"se{u}": u for u in ("jam", "hari", "minggu", "bulan", "tahun")})

# Minutes, only to see that a range rises; the record's working minutes come from the settings.
_ROUGH_MINUTES = MappingProxyType(
    {
        "detik": Decimal(1) / 60,
        "menit": Decimal(1),
        "jam": Decimal(60),
        "hari": Decimal(1440),
        "minggu": Decimal(10080),
        "bulan": Decimal(43200),
        "tahun": Decimal(525600),
    }
)
_ISO_LETTER = MappingProxyType(
    {"detik": "S", "menit": "M", "jam": "H", "hari": "D", "minggu": "W", "bulan": "M", "tahun": "Y"}
)
_ORDER = ("tahun", "bulan", "minggu", "hari", "jam", "menit", "detik")

_ONES = MappingProxyType(
    {
        w: n
        for n, w in enumerate(
            [
                "nol",
                "satu",
                "dua",
                "tiga",
                "empat",
                "lima",
                "enam",
                "tujuh",
                "delapan",
                "sembilan",
                "sepuluh",
                "sebelas",
            ]
        )
    }
)
_FRACTIONS = MappingProxyType({"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")})

_WORD_NUMBER = r"(?:(?:se(?:puluh|belas|ratus)|" + "|".join(_ONES) + r"|belas|puluh|ratus)\s?)+"
_NUMBER = rf"""
    (?: \d+\s+1/2 | \d+/\d+ | \d{{1,3}}(?:\.\d{{3}})+ | \d+[.,]\d{{1,2}}(?!\d)
      | \d+\s?[½¼¾] | [½¼¾] | \d\s0(?!\d) | \d+
      | (?:{_WORD_NUMBER})?setengah | {_WORD_NUMBER} )
"""
_UNIT = (
    r"(?:" + "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True)) + r"|hk)(?![a-z])\.?"
)
_DAY_KIND = r"(?:\s*\(?\s*(?P<{0}>kerja|efektif|kalender)\b\s*\)?)?"


def _amount(tag: str) -> str:
    return rf"""
        (?: (?P<n{tag}>{_NUMBER})\s*(?:\((?!\s*{_UNIT})(?P<w{tag}>[a-z\s]+)\)\s*)?
            (?:\(?\s*(?P<u{tag}>{_UNIT})\s*\)?)?
          | (?P<se{tag}>{"|".join(_SE)})(?![a-z]) )
        {_DAY_KIND.format("k" + tag)}
    """


_DASH = r"\s*(?:-|s\.?\s?/\s?d\.?|s\.\s?d\.?|sd|sampai(?:\s+dengan)?|hingga)\s*"
_AT_MOST = (
    r"(?:maks(?:imal|imum)?|max(?:imal|imum)?|paling\s+(?:lama|lambat|banyak|lambatnya)"
    r"|selambat\s?-\s?lambatnya|selama\s?-\s?lamanya|<\s?=?|≤)\.?:?\s*"
)
_ABOUT = r"(?:±|\+\s?/?\s?-|\+|kurang\s+lebih|kira\s?-\s?kira|sekitar|estimasi|selama)\s*"
# A duration per piece stays a duration; per unit of time it is a rhythm, not an amount.
_PER = (
    r"\s*(?:/|per\b|setiap\b|untuk\s+(?:se)?tiap\b|tiap\b)\s*"
    r"(?!(?:\d|detik|menit|jam|hari|minggu|bulan|tahun|triwulan|semester|periode)\b)"
    r"[a-z][a-z\s]{1,30}"
)
_SINCE = r"\s+(?:sejak|setelah|sesudah|terhitung)\s+[a-z].{2,80}"
_TIMES = r"(?P<times>\d{1,2}|satu|dua|tiga)\s?[x×*]\s?"

_WAKTU = re.compile(
    rf"""
    (?P<most>{_AT_MOST})? (?:{_ABOUT})? (?:{_TIMES})? {_amount("1")}
    (?: {_DASH} {_amount("2")} | \s*(?:dan|,)?\s* {_amount("3")} )?
    (?P<most_after>\s*\(?\s*(?:maks(?:imal|imum)?|max(?:imal)?)\.?\s*\)?)?
    (?:{_PER})? (?:{_SINCE})? [\s.]*
    """,
    re.VERBOSE,
)
_DASHES = re.compile(r"\s*[‐‑‒–—−~]\s*")
_UNIT_IN_LABEL = re.compile(r"\(\s*(?:dalam\s+)?(?P<unit>[a-z]+)(?P<kind>\s+kerja)?\s*\)")


def find_unit(label: str) -> str | None:
    """The unit that a column's label gives in brackets: "Waktu (menit)" → "menit", else None.

    >>> find_unit("WAKTU (Dalam Menit)"), find_unit("Waktu (Dalam Periode revisi)")
    ('menit', None)
    """
    match = _UNIT_IN_LABEL.search(label.casefold())
    if match is None or match["unit"] not in _UNITS:
        return None
    return _UNITS[match["unit"]] + (match["kind"] or "")


@lru_cache(maxsize=4096)
def parse_waktu(text: str, unit_hint: str | None = None) -> WaktuDraft:
    """Read an allowance of time; every field None where the text names no amount.

    Reads "15 Menit", "5-10 menit", "30 menit - 3 Jam", "½ jam", "satu minggu", "1 (satu) hari
    kerja", "1 jam 30 menit", "1 x 24 Jam", "2 menit/berkas", "maks. 3 hari", "± 30 menit", "1 0
    Hari Kerja" (an OCR gap). Units stay as printed: one month is P1M, never P30D; only fractions of
    hours and minutes go down a unit. Refused: lists ("120 Menit / 3 Hari"), rhythms ("Triwulanan",
    "setiap hari"), windows ("1 bulan (tanggal 1-20)"), open ends ("Sesuai jadwal"), lower bounds, a
    falling range, figures and words that disagree, and a bare number, unless `unit_hint` (the unit
    of the column's label) gives its unit.

    >>> parse_waktu("2 (dua) Hari").durasi, parse_waktu("1,5 jam").durasi
    ('P2D', 'PT1H30M')
    """
    clean = squeeze(strip_controls(text)).casefold()
    clean = _DASHES.sub(" - ", clean).strip(" :;")
    match = _WAKTU.fullmatch(clean)
    if match is None:
        return WaktuDraft()
    first = _read(match, "1", unit_hint)
    second = _read(match, "2", unit_hint)
    third = _read(match, "3", None)
    if (match["n2"] or match["se2"]) and second is None:
        return WaktuDraft()
    if (match["n3"] or match["se3"]) and third is None:
        return WaktuDraft()
    if second is not None:
        return _range(match, first, second)
    if first is None or (unit := first[1]) is None:
        return WaktuDraft()
    if match["times"]:
        return _times(match, first)
    parts: tuple[tuple[Decimal, str], ...] = ((first[0], unit),)
    if third is not None:
        if third[1] is None or _ORDER.index(third[1]) <= _ORDER.index(unit):
            return WaktuDraft()
        parts += ((third[0], third[1]),)
    hari = first[2] or (third[2] if third else None)
    return _bounded(match, _iso(parts), hari)


def duration_parts(iso: str) -> tuple[tuple[Decimal, str], ...]:
    """The parts of a duration that `parse_waktu` gave: amounts with their units in Indonesian.

    Raises ValueError for text that is not such a duration.

    >>> duration_parts("PT1H30M")
    ((Decimal('1'), 'jam'), (Decimal('30'), 'menit'))
    """
    match = re.fullmatch(r"P((?:[\d.]+[YMWD])*)(?:T((?:[\d.]+[HMS])+))?", iso)
    if match is None or iso == "P":
        raise ValueError(f"not a duration: {iso}")
    names = ({"Y": "tahun", "M": "bulan", "W": "minggu", "D": "hari"}, {"H": "jam", "M": "menit"})
    parts = []
    for text, units in zip(match.groups(), (names[0], names[1] | {"S": "detik"}), strict=True):
        for number, letter in re.findall(r"([\d.]+)([A-Z])", text or ""):
            parts.append((Decimal(number), units[letter]))
    return tuple(parts)


_Amount = tuple[Decimal, str | None, Hari | None]


def _read(match: re.Match[str], tag: str, unit_hint: str | None) -> _Amount | None:
    """The amount of one group; its unit None when none was printed and no hint given."""
    kind: Hari | None = None
    printed = match[f"k{tag}"]
    if printed:
        kind = "kalender" if printed == "kalender" else "kerja"
    if match[f"se{tag}"]:
        return Decimal(1), _SE[match[f"se{tag}"]], kind
    if match[f"n{tag}"] is None:
        return None
    number = _number(match[f"n{tag}"])
    in_words = match[f"w{tag}"]
    if number is None or number <= 0 or (in_words and _word_number(in_words) != number):
        return None
    name = (match[f"u{tag}"] or "").rstrip(".") or None
    if name is None and unit_hint:
        name, _, hint_kind = unit_hint.partition(" ")
        kind = "kerja" if hint_kind == "kerja" else kind
    if name == "hk":
        return number, "hari", "kerja"
    unit = _UNITS[name] if name else None
    if kind and unit not in ("hari", None):
        # "jam kerja", "minggu kerja": still an amount; the record's `hari` speaks of days alone
        return number, unit, None
    return number, unit, kind


def _range(match: re.Match[str], first: _Amount | None, second: _Amount) -> WaktuDraft:
    if first is None or second[1] is None or match["times"] or match["most"]:
        return WaktuDraft()
    low_unit = first[1] or second[1]
    low, high = first[0] * _ROUGH_MINUTES[low_unit], second[0] * _ROUGH_MINUTES[second[1]]
    if low >= high:
        return WaktuDraft()
    return WaktuDraft(
        _iso(((first[0], low_unit),)), _iso(((second[0], second[1]),)), second[2] or first[2]
    )


def _times(match: re.Match[str], first: _Amount) -> WaktuDraft:
    """ "2 x 24 jam" is 48 hours; "2 x 1 hari" and the like are counted the same way."""
    count = _number(match["times"])
    if count is None or first[1] is None or match["n3"]:
        return WaktuDraft()
    day_and_night = first[0] == 24 and first[1] == "jam"
    draft = _bounded(match, _iso(((count * first[0], first[1]),)), first[2])
    return WaktuDraft(draft.durasi, draft.durasi_maks, draft.hari, day_and_night)


def _bounded(match: re.Match[str], iso: str, hari: Hari | None) -> WaktuDraft:
    if match["most"] or match["most_after"]:
        return WaktuDraft(None, iso, hari)
    return WaktuDraft(iso, None, hari)


def _number(text: str) -> Decimal | None:
    text = text.strip()
    if re.fullmatch(r"\d\s0", text):
        return Decimal(text.replace(" ", ""))
    if fraction := re.fullmatch(r"(?:(\d+)\s+)?(\d+)/(\d+)", text):
        whole, top, bottom = (int(g or 0) for g in fraction.groups())
        # 1/2, 3/4 …; "12/13" is a date or a list, not a part of an hour
        return whole + Decimal(top) / bottom if 0 < top < bottom <= 4 else None
    if text[-1] in _FRACTIONS:
        return Decimal(text[:-1].strip() or 0) + _FRACTIONS[text[-1]]
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", text):
        return Decimal(text.replace(".", ""))
    if text[0].isdigit():
        return Decimal(text.replace(",", "."))
    if text.endswith("setengah"):
        before = text.removesuffix("setengah").strip()
        whole_words = _word_number(before) if before else 0
        return None if whole_words is None else Decimal(whole_words) + Decimal("0.5")
    words = _word_number(text)
    return None if words is None else Decimal(words)


def _word_number(text: str) -> int | None:
    """ "empat belas" → 14, "dua puluh lima" → 25; None for what is no number below 1000."""
    total, held = 0, None
    for word in text.split():
        if word in _ONES:
            if held is not None:
                return None
            held = _ONES[word]
        elif word == "seratus":
            total += 100
        elif word in ("belas", "puluh", "ratus") and held is not None:
            total += held + 10 if word == "belas" else held * (10 if word == "puluh" else 100)
            held = None
        else:
            return None
    total += held or 0
    return total or None


def _iso(parts: tuple[tuple[Decimal, str], ...]) -> str:
    """ISO 8601 of amounts in falling units; half hours become minutes, half days stay P0.5D."""
    dates = times = ""
    for number, unit in parts:
        if unit in ("jam", "menit") and number % 1:
            smaller = "menit" if unit == "jam" else "detik"
            whole, rest = divmod(number, 1)
            if not (rest * 60) % 1:
                if whole:
                    times += f"{whole:f}{_ISO_LETTER[unit]}"
                times += f"{_plain(rest * 60)}{_ISO_LETTER[smaller]}"
                continue
        text = f"{_plain(number)}{_ISO_LETTER[unit]}"
        if unit in ("jam", "menit", "detik"):
            times += text
        else:
            dates += text
    return f"P{dates}" + (f"T{times}" if times else "")


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
