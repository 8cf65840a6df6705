"""The curated map of slips: `data/typos.csv`, one wrong form a line.

Columns: `wrong` and `right`, small letters, one or more words; `level`: `safe` (vocabulary of the
form, months, units, posts), `suggest` (running text), `style` (the standard spelling differs; never
applied); `context`: empty, or conditions joined by `;`, each `field=a|b`, `not-field=a|b`,
`prev=a|b`, `next=a|b`, `not-prev=a|b`, `not-next=a|b`; `origin`: where the form was seen.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from types import MappingProxyType
from typing import Literal, cast

from sopextract.errors import ConfigError

Level = Literal["safe", "suggest", "style"]
_LEVELS = ("safe", "suggest", "style")
_KEYS = ("field", "not-field", "prev", "next", "not-prev", "not-next")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Typo:
    """One entry: the words of the wrong form with what stands between them, and the right form."""

    wrong: tuple[str, ...]
    gaps: tuple[str, ...]
    right: str
    level: Level
    context: tuple[tuple[str, frozenset[str]], ...]
    rule: str = "typo.curated"

    def holds_in(self, field: str) -> bool:
        """Whether the entry holds in this field."""
        return all(
            (field in values) == (key == "field")
            for key, values in self.context
            if key.endswith("field")
        )

    def holds_between(self, before: str, after: str) -> bool:
        """Whether it holds between these words; "" where the text begins or ends."""
        for key, values in self.context:
            if key.endswith("prev") and (before in values) == key.startswith("not-"):
                return False
            if key.endswith("next") and (after in values) == key.startswith("not-"):
                return False
        return True


@cache
def load_typos() -> Mapping[str, tuple[Typo, ...]]:
    """The entries to apply (not those of level style) by their first word, longest first.

    Raises ConfigError for a table with an unknown level or condition.
    """
    table: dict[str, list[Typo]] = defaultdict(list)
    for typo in read_typos(_read("typos.csv")):
        if typo.level != "style":
            table[typo.wrong[0]].append(typo)
    return MappingProxyType(
        {w: tuple(sorted(t, key=lambda typo: -len(typo.wrong))) for w, t in table.items()}
    )


@cache
def load_style() -> Mapping[str, str]:
    """Words whose standard spelling differs, and unofficial abbreviations: never applied.

    One-word entries only, small letters: {"analisa": "analisis", "kpd": "kepada"}.
    """
    entries = (typo for typo in read_typos(_read("typos.csv")) if typo.level == "style")
    return MappingProxyType({t.wrong[0]: t.right for t in entries if len(t.wrong) == 1})


@cache
def passive_stems() -> frozenset[str]:
    """Stems that make one word with a passive "di-" and mean no place, thing or time."""
    return frozenset(_read("kata_kerja_di.txt").split())


def read_typos(text: str) -> tuple[Typo, ...]:
    """The entries of a table of the shipped form. Raises ConfigError."""
    typos = []
    for line, row in enumerate(csv.DictReader(text.splitlines()), 2):
        level, wrong = row["level"], row["wrong"]
        words = list(_WORD.finditer(wrong))
        if level not in _LEVELS or not words:
            raise ConfigError(f"typos.csv, line {line}: level {level!r}, wrong {wrong!r}")
        gaps = tuple(wrong[a.end() : b.start()] for a, b in pairwise(words))
        typos.append(
            Typo(
                tuple(word[0] for word in words),
                gaps,
                row["right"],
                cast(Level, level),
                _context(row["context"], line),
            )
        )
    return tuple(typos)


def _context(text: str, line: int) -> tuple[tuple[str, frozenset[str]], ...]:
    conditions = []
    for condition in filter(None, text.split(";")):
        key, _, values = condition.partition("=")
        if key not in _KEYS or not values:
            raise ConfigError(f"typos.csv, line {line}: condition {condition!r}")
        conditions.append((key, frozenset(values.split("|"))))
    return tuple(conditions)


def _read(name: str) -> str:
    return (files("sopextract.lexicon") / "data" / name).read_text(encoding="utf-8")
