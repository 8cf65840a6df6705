"""Walls between cells that are told by what the rest of their rule looks like."""

from __future__ import annotations

import numpy as np
import pytest

from sopextract.ingest.page.rules import Rule
from sopextract.ingest.scan.walls import with_walls
from tests.ingest.scan.drawing import PER_PT, Sheet, as_rows

UPRIGHT = [Rule(False, x, 20, 100) for x in (20.0, 50.0, 120.0, 220.0)]
LEVEL = [Rule(True, y, 20, 220) for y in (20.0, 100.0)]
SEEN = Rule(True, 60, 120, 220)
PALE = (215, 215, 215)


def drawn_on(sheet: Sheet, rules: list[Rule]) -> list[tuple[str, int, int, int]]:
    hidden = np.zeros(sheet.grey.shape, np.uint8)
    return as_rows(with_walls(rules, sheet.grey, hidden, PER_PT))


@pytest.mark.parametrize("dash", [None, (0.8, 1.2)])
def test_a_rule_goes_on_over_columns_too_narrow_for_a_run(dash: tuple[float, float] | None) -> None:
    sheet = Sheet(240, 120)
    sheet.table((20, 50, 120, 220), (20, 100))
    for start, end in ((22, 48), (52, 118), (122, 218)):
        sheet.line((start, 60), (end, 60), colour=PALE, dash=dash)
    assert ("level", 60, 20, 220) in drawn_on(sheet, [*UPRIGHT, *LEVEL, SEEN])


def test_a_rule_ends_where_nothing_goes_on() -> None:
    sheet = Sheet(240, 120)
    sheet.table((20, 50, 120, 220), (20, 100))
    sheet.line((120, 60), (220, 60), colour=PALE)
    assert ("level", 60, 120, 220) in drawn_on(sheet, [*UPRIGHT, *LEVEL, SEEN])


def test_half_of_a_stretch_is_no_wall() -> None:
    sheet = Sheet(240, 120)
    sheet.table((20, 50, 120, 220), (20, 100))
    sheet.line((85, 60), (220, 60), colour=PALE)
    assert ("level", 60, 120, 220) in drawn_on(sheet, [*UPRIGHT, *LEVEL, SEEN])


def test_a_rule_no_darker_than_what_is_beside_it_is_noise() -> None:
    sheet = Sheet(240, 120)
    sheet.table((20, 50, 120, 220), (20, 100))
    for y in range(52, 70, 2):
        sheet.line((120, y), (220, y), colour=PALE)
    found = drawn_on(sheet, [*UPRIGHT, *LEVEL, SEEN])
    assert [row for row in found if row[:2] == ("level", 60)] == []
