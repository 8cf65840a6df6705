"""Walls between cells that are told by what the rest of their rule looks like."""

from __future__ import annotations

import numpy as np
import pytest

from sopextract.core.geometry import BBox
from sopextract.ingest.page.rules import Rule
from sopextract.ingest.scan.walls import looks_at, with_walls
from tests.ingest.scan.drawing import PER_PT, Sheet, as_rows

UPRIGHT = [Rule(False, x, 20, 100) for x in (20.0, 50.0, 120.0, 220.0)]
LEVEL = [Rule(True, y, 20, 220) for y in (20.0, 100.0)]
SEEN = Rule(True, 60, 120, 220)
PALE = (215, 215, 215)


def drawn_on(sheet: Sheet, rules: list[Rule]) -> list[tuple[str, int, int, int]]:
    hidden = np.zeros(sheet.grey.shape, np.uint8)
    return as_rows(with_walls(rules, looks_at(sheet.grey, hidden, PER_PT)))


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


XS, YS = (20.0, 90.0, 220.0), (20.0, 50.0, 80.0, 110.0, 140.0)
FRAME = [
    *(Rule(False, x, 20, 140) for x in XS),
    *(Rule(True, y, 20, 220) for y in YS),
]
FAINT = (247, 247, 247)  # 8 of 255 on this paper; the noise of one pixel is as much


def noisy(sheet: Sheet) -> Sheet:
    """The sheet as a scanner gives it."""
    noise = np.random.default_rng(7).normal(0, 8, sheet.pixels.shape[:2])
    sheet.pixels = np.clip(sheet.pixels - 10.0 + noise[:, :, None], 0, 255).astype(np.uint8)
    return sheet


def found_in(
    sheet: Sheet, rules: list[Rule], symbols: tuple[BBox, ...] = ()
) -> list[tuple[str, int, int, int]]:
    hidden = np.zeros(sheet.grey.shape, np.uint8)
    return as_rows(with_walls(rules, looks_at(noisy(sheet).grey, hidden, PER_PT), symbols))


def test_a_column_too_pale_for_any_row_runs_through_the_table() -> None:
    sheet = Sheet(240, 200)
    sheet.table(XS, YS)
    sheet.line((150, 20), (150, 140), colour=FAINT)
    found = found_in(sheet, FRAME)
    assert [row for row in found if row[:2] == ("upright", 150)] == [("upright", 150, 20, 140)]
    assert len(found) == len(FRAME) + 1


def test_pale_rows_below_the_last_that_stands_are_found_with_their_columns() -> None:
    sheet = Sheet(240, 200)
    sheet.table(XS, YS)
    sheet.table(XS, YS[:3])
    for y in (80, 110, 140):
        sheet.wipe((10, y - 2, 230, y + 2))
        sheet.line((20, y), (220, y), colour=FAINT)
    for x in XS:
        sheet.wipe((x - 2, 51, x + 2, 142))
        sheet.line((x, 50), (x, 140), colour=FAINT)
    standing = [
        *(Rule(False, x, 20, 50) for x in XS),
        *(Rule(True, y, 20, 220) for y in (20.0, 50.0)),
    ]
    found = found_in(sheet, standing)
    assert [row for row in found if row[0] == "level"] == [("level", round(y), 20, 220) for y in YS]
    ends = {x: max(row[3] for row in found if row[:2] == ("upright", x)) for x in (20, 90, 220)}
    assert ends == {20: 140, 90: 140, 220: 140}


def single_row(*columns: float) -> list[Rule]:
    return [
        *(Rule(False, x, 20, 70) for x in columns),
        *(Rule(True, y, 20, 220) for y in (20.0, 70.0)),
    ]


@pytest.mark.parametrize(("columns", "found"), [((20, 90, 220), True), ((20, 220), False)])
def test_columns_of_a_single_row_show_by_themselves_but_not_in_a_frame(
    columns: tuple[float, ...], found: bool
) -> None:
    sheet = Sheet(240, 200)
    sheet.table(columns, (20, 70))
    sheet.line((150, 20), (150, 70), colour=(225, 225, 225))
    assert (("upright", 150, 20, 70) in found_in(sheet, single_row(*columns))) is found


def test_a_line_right_beside_a_longer_rule_is_none() -> None:
    sheet = Sheet(240, 200)
    sheet.table(XS, YS)
    sheet.line((96, 50), (96, 80))
    assert len(found_in(sheet, [*FRAME, Rule(False, 96, 50, 80)])) == len(FRAME)


def test_what_leads_to_a_symbol_is_no_column() -> None:
    sheet = Sheet(240, 200)
    sheet.table(XS, YS)
    sheet.line((150, 20), (150, 140), colour=FAINT)
    assert len(found_in(sheet, FRAME, ((135, 90, 165, 102),))) == len(FRAME)


def test_a_column_goes_on_to_the_end_of_its_table_where_nothing_is_seen() -> None:
    sheet = Sheet(240, 160)
    hidden = np.zeros(sheet.grey.shape, np.uint8)
    sheet.table((20, 220), (20, 50, 80, 110, 140))
    sheet.line((90, 20), (90, 80))
    hidden[round(80 * PER_PT) :] = 1  # under a stamp
    seen = [r for r in FRAME if r.at != 90] + [Rule(False, 90, 20, 80)]
    found = as_rows(with_walls(seen, looks_at(sheet.grey, hidden, PER_PT)))
    assert ("upright", 90, 80, 140) in found or ("upright", 90, 20, 140) in found


def test_a_piece_of_a_told_border_that_stands_on_one_rule_only_is_left() -> None:
    sheet = Sheet(460, 160)
    xs, ys = (20.0, 90.0, 220.0), (20.0, 50.0, 80.0, 110.0, 140.0)
    sheet.table((*xs, 440), ys)
    top = Rule(True, 20, 20, 220)  # worn from there on
    rows = [Rule(True, y, 20, 440) for y in ys[1:]]
    columns = [*(Rule(False, x, 20, 140) for x in xs), Rule(False, 440, 50, 140)]
    hidden = np.zeros(sheet.grey.shape, np.uint8)
    hidden[:, round(222 * PER_PT) :] = 1
    found = as_rows(with_walls([top, *rows, *columns], looks_at(sheet.grey, hidden, PER_PT)))
    assert [row for row in found if row[:2] == ("upright", 440)] == [("upright", 440, 50, 140)]
