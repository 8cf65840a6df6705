"""Level lines: from the first letter of a line to its last an underline, farther a rule."""

from __future__ import annotations

import pytest

from sopextract.ingest.page.rules import Rule, find_tables
from sopextract.ingest.page.strokes import Word
from sopextract.ingest.page.underlined import without_underlines

CELL = [
    *(Rule(True, y, 20.0, 400.0) for y in (20.0, 60.0, 100.0)),
    *(Rule(False, x, 20.0, 100.0) for x in (20.0, 120.0, 400.0)),
]
TEXT = [
    Word("Memeriksa", (122, 65, 200, 75), 9),
    Word("berkas", (260, 65, 398, 75), 9),
    Word("lengkap", (122, 76, 160, 86), 9),
]


@pytest.mark.parametrize("at", [74.0, 75.5, 77.5])
def test_the_underline_of_a_line_that_fills_its_cell_is_no_rule(at: float) -> None:
    underline = Rule(True, at, 122.0, 398.0)
    (table,) = find_tables([*CELL, underline])
    assert underline in table.level  # it ends on the walls, as near as a margin is
    assert without_underlines([*CELL, underline], TEXT) == CELL


@pytest.mark.parametrize(
    "rule",
    [
        Rule(True, 75.5, 120.0, 400.0),  # to the walls
        Rule(True, 80.0, 122.0, 398.0),  # too far below
        Rule(True, 68.0, 122.0, 398.0),  # through the letters
        Rule(True, 75.5, 122.0, 300.0),  # less than the line
        Rule(False, 75.5, 122.0, 398.0),
    ],
)
def test_others_stay(rule: Rule) -> None:
    assert without_underlines([*CELL, rule], TEXT) == [*CELL, rule]
