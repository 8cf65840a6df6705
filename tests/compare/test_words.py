"""The word table: every text in both languages, every key used, none missing."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from sopextract.compare.comparison import Figures
from sopextract.compare.completeness import IDENTITY_ITEMS, STEP_ITEMS
from sopextract.compare.words import (
    LANGUAGES,
    load_rules_in_english,
    load_table,
    load_words,
    rule_title,
)
from sopextract.core.resources import templates_dir
from sopextract.validate.registry import load_rules

PLACES = re.compile(r"\{([a-z_]+)\}")
TABLE = load_table()
# Literals that begin with a part of the table ("column.", f"tile.{name}"), and what `say` is
# given; a literal that ends with "." or "_" is completed by data.
_PARTS = "|".join(sorted({key.split(".")[0] for key in TABLE}))
_LITERAL = re.compile(rf"[\"']((?:{_PARTS})\.[a-z_0-9]*)")
_SAID = re.compile(r'say\("([a-z_]+\.[a-z_0-9]*)')
_HEADS = re.compile(r"\b((?:column|part|state|rank|filter)\.[a-z_0-9]+):\d")


def sources() -> Iterator[str]:
    package = templates_dir().parent / "sopextract" / "compare"
    for path in (*sorted(package.rglob("*.py")), *sorted((templates_dir() / "report").rglob("*"))):
        if path.suffix in (".py", ".js", ".j2"):
            yield path.read_text(encoding="utf-8")


def said() -> set[str]:
    found: set[str] = set()
    for text in sources():
        for pattern in (_LITERAL, _SAID, _HEADS):
            found |= set(pattern.findall(text))
    return found


def test_every_text_is_there_in_every_language() -> None:
    for key, entry in TABLE.items():
        assert all(entry[lang].strip() for lang in LANGUAGES), key
        assert set(entry) <= {"id", "en", "en_one"}, key


def test_places_are_the_same_in_every_language() -> None:
    for key, entry in TABLE.items():
        places = {lang: set(PLACES.findall(entry[lang])) for lang in LANGUAGES}
        assert places["id"] == places["en"], key
        assert set(PLACES.findall(entry.get("en_one", ""))) <= places["en"], key


def test_every_key_that_is_said_exists() -> None:
    whole = {key for key in said() if not key.endswith((".", "_"))}
    begun = {key for key in said() if key.endswith((".", "_"))}
    assert len(whole) > 150
    assert sorted(key for key in whole if key not in TABLE) == []
    assert [key for key in begun if not any(k.startswith(key) for k in TABLE)] == []


def test_no_key_is_left_over() -> None:
    found = said()
    begun = tuple(key for key in found if key.endswith((".", "_")))
    data = tuple(f"{part}." for part in ("item", "month"))
    left = [key for key in TABLE if key not in found and not key.startswith((*begun, *data))]
    assert left == []


def test_items_of_the_form_have_texts() -> None:
    words = load_words("en")
    assert words.item("Peralatan/Perlengkapan") == "Equipment"
    assert all(words.item(name) for name in (*IDENTITY_ITEMS, *STEP_ITEMS))


def test_one_and_many() -> None:
    english = load_words("en")
    assert english.say("found.error", n=1) == "1 error"
    assert english.say("found.error", n=1200) == "1,200 errors"
    assert load_words("id").say("found.error", n=1200) == "1.200 kesalahan"


def test_a_text_is_filled_once() -> None:
    said_ = load_words("id").say("column.title")
    assert said_ == "Nama SOP"
    filled = load_words("id").say("coverage.alike", name="{n} {name}")
    assert filled == "{n} {name} di beberapa daerah"
    with pytest.raises(KeyError):
        load_words("id").say("coverage.alike")


FIGURES = Figures(
    steps=3, actors=1, menit_kerja=None, time_unknown=0, time_ranges=0, handovers=0,
    handovers_unknown=0, decisions=0, decisions_unknown=0, loops=0,
)  # fmt: skip


@pytest.mark.parametrize(
    ("minutes", "unknown", "text"),
    [
        (None, 3, "tidak diketahui"),
        (0.0, 0, "0 menit"),
        (90.0, 0, "1 jam 30 menit"),
        (90.0, 1, "≥ 1 jam 30 menit"),
        (60_000.5, 0, "1.000 jam 0,5 menit"),
    ],
)
def test_hours(minutes: float | None, unknown: int, text: str) -> None:
    figures = FIGURES.model_copy(update={"menit_kerja": minutes, "time_unknown": unknown})
    assert load_words("id").hours(figures) == text


@pytest.mark.parametrize(
    ("iso", "text"),
    [("2024-05-08", "8 Mei 2024"), ("2020-12", "Desember 2020"), ("2021", "2021"), ("x-y", "x-y"),
     ("2020-13", "2020-13")],
)  # fmt: skip
def test_dates_at_the_precision_printed(iso: str, text: str) -> None:
    assert load_words("id").date(iso) == text


def test_shares_are_never_rounded_up_to_all() -> None:
    assert [load_words("id").percent(s) for s in (0.999, 1.0, None)] == ["99%", "100%", "–"]


def test_every_rule_says_in_english_what_it_asks() -> None:
    assert set(load_rules_in_english()) == {rule.id for rule in load_rules()}
    assert (
        rule_title("en", "ID-03")
        == "Dates are complete and in order: made, then revised and in force."
    )
    assert rule_title("id", "LB-03") == "Dasar hukum tidak memuat peraturan yang sudah dicabut."
    assert (rule_title("en", "X-01"), rule_title("id", "X-01")) == ("", "")
