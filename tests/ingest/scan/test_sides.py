"""Borders that are told by the rules that end on them."""

from __future__ import annotations

from sopextract.ingest.page.rules import Rule
from sopextract.ingest.scan.sides import told_sides

ROWS = [Rule(True, y, 20.0, 318.0 + d) for y, d in ((20, 2), (60, 0), (100, -1), (140, 1))]
COLUMNS = [Rule(False, x, 20.0, 140.0) for x in (20.0, 70.0, 200.0, 260.0)]


def test_a_border_that_is_not_seen_stands_where_many_rows_end() -> None:
    assert told_sides([*ROWS, *COLUMNS]) == [Rule(False, 318.5, 20.0, 140.0)]


def test_a_border_that_is_seen_is_not_told_again() -> None:
    assert told_sides([*ROWS, *COLUMNS, Rule(False, 319.0, 20.0, 140.0)]) == []


def test_only_what_is_not_seen_of_a_border_is_told() -> None:
    assert told_sides([*ROWS, *COLUMNS, Rule(False, 319.0, 20.0, 90.0)]) == [
        Rule(False, 319.0, 90.0, 140.0)
    ]


def test_the_lower_border_is_as_wide_as_the_rows() -> None:
    right = Rule(False, 318.5, 20.0, 140.0)
    assert told_sides([*ROWS[:-1], *COLUMNS, right]) == [Rule(True, 140.0, 20.0, 318.5)]


def test_connectors_that_end_side_by_side_tell_none() -> None:
    flow = [Rule(True, y, 150.0, 310.0) for y in (30.0, 70.0, 110.0, 130.0)]
    right = Rule(False, 500.0, 20.0, 140.0)
    rows = [Rule(True, y, 20.0, 500.0) for y in (20.0, 60.0, 100.0, 140.0)]
    assert told_sides([*rows, *COLUMNS, right, *flow]) == []


def test_rows_of_two_tables_tell_two_borders() -> None:
    below = [Rule(r.level, r.at + 200, r.start, r.end) for r in ROWS]
    columns = [Rule(False, x.at, 220.0, 340.0) for x in COLUMNS]
    found = told_sides([*ROWS, *COLUMNS, *below, *columns])
    assert [(round(r.start), round(r.end)) for r in found] == [(20, 140), (220, 340)]
