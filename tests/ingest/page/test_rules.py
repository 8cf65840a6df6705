"""Which of a page's lines are the rules of its tables."""

from __future__ import annotations

import pytest

from sopextract.ingest.page.rules import Rule, RulePlaces, Table, find_tables, merge_lines
from tests.ingest.page.canvas import Canvas, rectangle

XS, YS = (50.0, 150.0, 250.0, 350.0), (100.0, 140.0, 180.0, 220.0)


def tables(canvas: Canvas) -> list[Table]:
    return find_tables(merge_lines(canvas.ink))


def places(rules: tuple[Rule, ...]) -> list[float]:
    return [round(rule.at, 1) for rule in rules]


def one(canvas: Canvas) -> Table:
    found = tables(canvas)
    assert len(found) == 1
    return found[0]


def test_rules_that_meet_are_a_table() -> None:
    table = one(Canvas().grid(XS, YS))
    assert places(table.upright) == list(XS)
    assert places(table.level) == list(YS)
    assert table.bbox == (50, 100, 350, 220)


def test_a_connector_between_two_rules_is_none() -> None:
    canvas = Canvas().grid(XS, YS)
    canvas.line((200, 110), (200, 130))  # ends at symbols, not at rules
    canvas.line((160, 120), (240, 120))
    table = one(canvas)
    assert places(table.upright) == list(XS)
    assert places(table.level) == list(YS)


def test_an_underline_is_none() -> None:
    assert places(one(Canvas().grid(XS, YS).line((60, 131), (120, 131))).level) == list(YS)


def test_what_hung_on_a_line_that_is_none_falls_with_it() -> None:
    canvas = Canvas().grid(XS, YS)
    canvas.line((160, 150), (160, 170))  # stands on nothing
    canvas.line((160, 160), (250, 160))  # stands on that, and on a rule
    assert places(one(canvas).level) == list(YS)


def test_rules_broken_at_every_cell_are_whole() -> None:
    canvas = Canvas()
    for y in YS:
        for a, b in ((50, 149.5), (150.5, 249), (251, 350)):
            canvas.line((a, y), (b, y))
    for x in XS:
        for a, b in ((100, 139.4), (140.6, 179), (181, 220)):
            canvas.line((x, a), (x, b))
    table = one(canvas)
    assert [(r.start, r.end) for r in table.level] == [(50, 350)] * 4
    assert [(r.start, r.end) for r in table.upright] == [(100, 220)] * 4


def test_a_gap_that_is_too_wide_parts_a_rule() -> None:
    canvas = Canvas().grid(XS, (100, 220))
    canvas.line((50, 160), (150, 160)).line((250, 160), (350, 160))
    level = sorted((r.start, r.end) for r in one(canvas).level if r.at == 160)
    assert level == [(50, 150), (250, 350)]


def test_double_rules_are_two_lines_of_one_table() -> None:
    canvas = Canvas().grid(XS, YS).line((50, 102), (350, 102)).line((52, 100), (52, 220))
    table = one(canvas)
    assert places(table.level) == [100, 102, 140, 180, 220]


def test_a_rule_of_many_dots_is_a_line() -> None:
    canvas = Canvas().grid(XS, (100, 220))
    at = 50.0
    while at < 350:
        canvas.fill(rectangle((at, 159.6, at + 0.7, 160.3)))
        at += 2.1
    assert places(one(canvas).level) == pytest.approx([100, 160, 220], abs=0.1)


def test_dots_far_apart_are_no_rule() -> None:
    canvas = Canvas().grid(XS, (100, 220))
    for k in range(40):  # the leaders of a list stand 6 or more apart
        canvas.fill(rectangle((50 + k * 7.5, 159.6, 50.7 + k * 7.5, 160.3)))
    assert places(one(canvas).level) == [100, 220]


def test_open_sides_are_closed() -> None:
    canvas = Canvas()
    for y in YS:
        canvas.line((50, y), (350, y))
    canvas.line((150, 100), (150, 220))
    table = one(canvas)
    assert places(table.upright) == [50, 150, 350]


def test_two_long_lines_are_no_table() -> None:
    assert tables(Canvas().line((50, 60), (350, 60)).line((50, 540), (350, 540))) == []


def test_squares_of_a_code_beside_the_frame_of_a_page_are_no_table() -> None:
    canvas = Canvas().grid(XS, YS).grid((5, 931), (5, 607))  # the frame
    canvas.line((15, 595), (23, 595)).line((12, 600), (34, 600))
    canvas.line((12.6, 598), (12.6, 607)).line((20, 595), (20, 607)).line((33, 598), (33, 607))
    canvas.line((15, 595), (15, 600)).line((23, 595), (23, 600))
    assert tables(canvas) == tables(Canvas().grid(XS, YS))


def test_a_row_with_one_rule_in_its_middle_is_a_table() -> None:
    table = one(Canvas().grid((50, 350), (100, 140)).line((150, 100), (150, 140)))
    assert places(table.upright) == [50, 150, 350]


def test_tables_that_do_not_touch_are_two() -> None:
    canvas = Canvas().grid(XS, YS).grid(XS, (300, 340, 380))
    assert sorted(t.bbox for t in tables(canvas)) == [(50, 100, 350, 220), (50, 300, 350, 380)]


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        (((60, 140.8), (120, 140.8)), True),
        (((60, 140), (400, 140)), False),
        (((60, 150), (120, 150)), False),
        (((60, 140), (150, 140), (150, 180)), True),
        (((60, 140), (120, 170)), False),
    ],
)
def test_pieces_of_rules(points: tuple[tuple[float, float], ...], expected: bool) -> None:
    canvas = Canvas().grid(XS, YS)
    (line,) = Canvas().line(*points).ink.lines
    assert RulePlaces(tables(canvas)).hold(line) is expected
