"""Rules drawn out past the border of their table."""

from __future__ import annotations

from sopextract.ingest.page.rules import Rule
from sopextract.ingest.scan.overdrawn import cut_back

FRAME = [Rule(False, x, 5.0, 300.0) for x in (5.0, 435.0)]
FRAME += [Rule(True, y, 5.0, 435.0) for y in (5.0, 300.0)]
SIDES = [Rule(False, x, 40.0, 200.0) for x in (35.0, 55.0, 400.0)]
ROWS = [Rule(True, y, 35.0, 400.0) for y in (40.0, 80.0, 120.0, 160.0)]


def test_a_bottom_rule_drawn_to_the_pages_frame_ends_where_the_rows_do() -> None:
    drawn, seen = Rule(True, 200.0, 5.0, 400.0), Rule(True, 200.0, 33.0, 401.0)
    rules = [*FRAME, *SIDES, *ROWS, drawn]
    found = cut_back(rules, [*FRAME, *SIDES, *ROWS, seen])
    assert found == [*FRAME, *SIDES, *ROWS, Rule(True, 200.0, 35.0, 400.0)]


def test_a_row_that_fades_in_the_first_column_stays_as_wide_as_the_others() -> None:
    drawn, seen = Rule(True, 200.0, 35.0, 400.0), Rule(True, 200.0, 56.0, 401.0)
    rules = [*FRAME, *SIDES, *ROWS, drawn]
    assert cut_back(rules, [*FRAME, *SIDES, *ROWS, seen]) == rules


def test_a_rule_that_is_seen_as_far_stays() -> None:
    wide = Rule(True, 200.0, 5.0, 400.0)
    rules = [*FRAME, *SIDES, *ROWS, wide]
    assert cut_back(rules, rules) == rules
