"""Turns of lines that rules hide."""

from __future__ import annotations

import numpy as np
import pytest

from sopextract.core.geometry import BBox
from sopextract.ingest.scan.bars import Bar
from sopextract.ingest.scan.turns import Seen, hidden_turns
from tests.ingest.scan.drawing import PER_PT, Sheet

UPPER, LOWER = (40.0, 20.0, 80.0, 36.0), (40.0, 60.0, 80.0, 76.0)
# out of the lower symbol to the right, and up to the height of the upper one
OUT, UP = Bar(True, 68.0, 81.0, 96.0), Bar(False, 96.0, 28.0, 68.0)


def turns_of(
    sheet: Sheet, bars: list[Bar], symbols: list[BBox], rules: list[BBox] | None = None
) -> list[tuple[bool, float, float, float, float]]:
    ink = sheet.dark.astype(np.uint8)
    found = hidden_turns(bars, Seen((ink, ink), sheet.dark, symbols, rules or [], PER_PT))
    return [(b.level, b.at, b.start, b.end, b.score) for b in found]


def test_a_dashed_turn_with_its_head() -> None:
    sheet = Sheet(160, 100)
    sheet.line((96, 28), (86, 28), dash=(2.5, 1.5))
    sheet.head((82, 28), (-1, 0))
    ((level, at, start, end, score),) = turns_of(sheet, [OUT, UP], [UPPER, LOWER])
    assert level
    assert (at, start, end) == pytest.approx((28, 80, 96), abs=0.6)
    assert score == 0.93


def test_a_turn_on_a_rule_is_doubted() -> None:
    rule = (10.0, 28.0, 150.0, 28.0)
    near = Bar(False, 90.0, 28.0, 68.0)
    sheet = Sheet(160, 100)
    sheet.line((10, 28), (150, 28))
    out = Bar(True, 68.0, 81.0, 90.0)
    assert turns_of(sheet, [out, near], [UPPER, LOWER], [rule]) == [(True, 28.0, 80.0, 90.0, 0.85)]


@pytest.mark.parametrize(
    ("bars", "symbols", "rule"),
    [
        ([OUT, UP], [UPPER, LOWER], 28),  # too far for a line that is not seen
        ([Bar(True, 68, 81, 90), Bar(False, 90, 28, 68)], [UPPER, LOWER], 33),  # on no rule
        ([Bar(False, 90, 28, 68)], [UPPER], 28),  # a piece that hangs on nothing
        (
            [Bar(True, 68, 81, 90), Bar(False, 90, 28, 68)],
            [UPPER, LOWER, (98.0, 20.0, 138.0, 36.0)],  # one on either side
            28,
        ),
        (
            [Bar(True, 68, 81, 90), Bar(False, 90, 28, 68), Bar(True, 28, 90, 120)],
            [UPPER, LOWER],  # it goes on elsewhere
            28,
        ),
    ],
)
def test_what_is_no_turn(bars: list[Bar], symbols: list[BBox], rule: float) -> None:
    sheet = Sheet(160, 100)
    sheet.line((10, rule), (150, rule))
    assert turns_of(sheet, bars, symbols, [(10.0, rule, 150.0, rule)]) == []


@pytest.mark.parametrize(("at", "found"), [(28.0, True), (22.5, False)])
def test_a_short_leg_that_a_word_hides_leads_to_the_middle_of_a_side(
    at: float, found: bool
) -> None:
    sheet = Sheet(160, 100)
    sheet.line((80, at), (88, at))
    up, out = Bar(False, 88.0, at, 68.0), Bar(True, 68.0, 81.0, 88.0)
    turned = turns_of(sheet, [out, up], [UPPER, LOWER])
    assert [(level, start, end, score) for level, _, start, end, score in turned] == (
        [(True, 80.0, 88.0, 0.93)] if found else []
    )
