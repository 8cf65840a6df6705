"""Rows that go on behind the frame of a stamp."""

from __future__ import annotations

from sopextract.ingest.page.rules import Rule
from sopextract.ingest.scan.over_rules import joined_behind

FRAME = (100.0, 30.0, 220.0, 70.0)


def pair(at: float) -> list[Rule]:
    return [Rule(True, at, 20.0, 98.0), Rule(True, at + 0.4, 222.0, 300.0)]


def test_two_rows_go_on_behind_a_frame() -> None:
    found = joined_behind([*pair(40.0), *pair(60.0)], [FRAME])
    assert [(r.start, r.end) for r in found] == [(20.0, 300.0), (20.0, 300.0)]


def test_a_line_into_a_symbol_and_one_out_of_it_stay_two() -> None:
    lines = pair(50.0)
    assert joined_behind(lines, [FRAME]) == lines


def test_lines_at_other_heights_stay_as_they_are() -> None:
    lines = [Rule(True, 40.0, 20.0, 98.0), Rule(True, 45.0, 222.0, 300.0), *pair(60.0)]
    assert joined_behind(lines, [FRAME]) == lines
