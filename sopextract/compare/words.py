"""The texts of the report in its two languages, and figures in the words of each."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from sopextract.compare.comparison import Figures
from sopextract.core.resources import templates_dir
from sopextract.validate.registry import find_rule

Lang = Literal["id", "en"]
LANGUAGES: tuple[Lang, ...] = ("id", "en")
_PLACE = re.compile(r"\{([a-z_]+)\}")
_NO_KEY = re.compile(r"\W+")
_MONTHS = tuple(range(1, 13))


@dataclass(frozen=True, slots=True)
class Words:
    """The table of one language: `texts` by key, `single` those that differ for one thing."""

    lang: Lang
    texts: Mapping[str, str]
    single: Mapping[str, str]

    def say(self, key: str, **values: str | int) -> str:
        """The text of a key, its `{places}` filled; `n` also chooses between one and many.

        Whole numbers are written with points or commas between thousands. Raises KeyError for an
        unknown key and for a place that is not given.
        """
        text = self.texts[key]
        if values.get("n") == 1:
            text = self.single.get(key, text)

        def fill(found: re.Match[str]) -> str:
            value = values[found[1]]
            return self.whole(value) if isinstance(value, int) else value

        return _PLACE.sub(fill, text)

    def item(self, name: str) -> str:
        """An item of the form ("Nomor SOP") or a column of its steps in this language."""
        return self.texts[item_key(name)]

    def whole(self, count: int) -> str:
        """A count with marks between thousands."""
        text = f"{count:,}"
        return text.replace(",", ".") if self.lang == "id" else text

    def amount(self, value: float, digits: int = 2) -> str:
        """At most `digits` decimals, none that say nothing."""
        text = f"{value:,.{digits}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        if self.lang == "id":
            text = text.translate(str.maketrans(",.", ".,"))
        return text

    def percent(self, share: float | None) -> str:
        """A share as a whole percentage, never rounded up to 100; "–" for None."""
        return "–" if share is None else f"{floor_share(share, 100)}%"

    def minutes(self, minutes: float) -> str:
        """A length of time in hours and minutes. Days are not used: their length is a setting."""
        hours = int(minutes) // 60
        rest = minutes - hours * 60
        parts = []
        if hours:
            parts.append(self.say("time.hours", n=hours))
        if rest or not hours:
            parts.append(self.texts["time.minutes"].replace("{n}", self.amount(rest)))
        return " ".join(parts)

    def hours(self, figures: Figures) -> str:
        """The working time of a sheet; "≥" when a step's time is not known or is a range."""
        if figures.menit_kerja is None:
            return self.say("time.unknown")
        text = self.minutes(figures.menit_kerja)
        return f"≥ {text}" if figures.time_unknown or figures.time_ranges else text

    def date(self, iso: str) -> str:
        """An ISO date at the precision it has: "8 Mei 2024", "Mei 2024", "2024"."""
        parts = iso.split("-")
        if len(parts) == 1 or not all(p.isdecimal() for p in parts):
            return iso
        month = int(parts[1])
        if month not in _MONTHS:
            return iso
        named = [self.texts[f"month.{month}"], parts[0]]
        return " ".join([str(int(parts[2])), *named] if len(parts) > 2 else named)


def floor_share(share: float, whole: int) -> int:
    """A share in parts of `whole`, rounded down, but not because 0.29 has no exact double.

    >>> floor_share(0.29, 100), floor_share(0.999, 100)
    (29, 99)
    """
    return int(round(share * whole, 6))


def item_key(name: str) -> str:
    """The key of an item of the form.

    >>> item_key("Peralatan/Perlengkapan")
    'item.peralatan_perlengkapan'
    """
    return "item." + _NO_KEY.sub("_", name.lower())


def rule_title(lang: Lang, rule_id: str) -> str:
    """What a rule asks, in the language of the report; "" where nobody has said it in English."""
    if lang == "en":
        return load_rules_in_english().get(rule_id, "")
    rule = find_rule(rule_id)
    return rule.summary if rule else ""


@lru_cache(maxsize=1)
def load_rules_in_english() -> dict[str, str]:
    """What the rules ask by id, from `templates/report/rules.en.toml`."""
    text = (templates_dir() / "report" / "rules.en.toml").read_text(encoding="utf-8")
    found: dict[str, str] = tomllib.loads(text)
    return found


@lru_cache(maxsize=2)
def load_words(lang: Lang) -> Words:
    """The table of a language from `templates/report/words.toml`."""
    texts: dict[str, str] = {}
    single: dict[str, str] = {}
    for key, entry in load_table().items():
        texts[key] = entry[lang]
        if one := entry.get(f"{lang}_one"):
            single[key] = one
    return Words(lang, texts, single)


def load_table() -> dict[str, dict[str, str]]:
    """Every key ("column" and "agency" with a point between) with its texts by language."""
    text = (templates_dir() / "report" / "words.toml").read_text(encoding="utf-8")
    parts: dict[str, dict[str, dict[str, str]]] = tomllib.loads(text)
    return {f"{p}.{name}": entry for p, names in parts.items() for name, entry in names.items()}
