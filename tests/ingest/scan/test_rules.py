"""Rules among pixels: what ends on one another."""

from __future__ import annotations

import numpy as np
import pytest

from sopextract.ingest.page.rules import Rule
from sopextract.ingest.scan.apart import without_rules
from sopextract.ingest.scan.ink import read_print
from sopextract.ingest.scan.rules import find_rules
from sopextract.ingest.scan.standing import bridged
from sopextract.ingest.scan.symbols import find_symbols
from tests.ingest.scan.drawing import PER_PT, Sheet, as_rows

COLUMNS, ROWS = (20.0, 60.0, 140.0, 220.0), (20.0, 50.0, 90.0, 130.0)
LEVEL = [("level", y, 20, 220) for y in (20, 50, 90, 130)]
UPRIGHT = [("upright", x, 20, 130) for x in (20, 60, 140, 220)]
Rows = list[tuple[str, int, int, int]]


def table() -> Sheet:
    sheet = Sheet(240, 150)
    sheet.table(COLUMNS, ROWS)
    return sheet


def rules_of(sheet: Sheet) -> Rows:
    printed = read_print(sheet.raster)
    symbols = find_symbols(printed, PER_PT)
    return as_rows(find_rules(printed.dark, symbols, PER_PT, printed.grey))


@pytest.mark.parametrize("width", [0.5, 0.75, 1.5])
def test_a_table(width: float) -> None:
    sheet = Sheet(240, 150)
    sheet.table(COLUMNS, ROWS, width)
    assert rules_of(sheet) == LEVEL + UPRIGHT


def test_a_merged_cell_stops_its_rules() -> None:
    sheet = Sheet(240, 150)
    sheet.table(COLUMNS, ROWS)
    sheet.wipe((60.6, 45, 139.4, 55))  # rows 1 and 2 of the second column
    parted = [("level", 50, 20, 60), ("level", 50, 140, 220)]
    assert rules_of(sheet) == [LEVEL[0], *parted, *LEVEL[2:], *UPRIGHT]


def test_a_worn_rule_is_one() -> None:
    sheet = table()
    for x in range(64, 138, 9):
        sheet.wipe((x, 88, x + 1.4, 92))
    sheet.wipe((170, 88, 178, 92))  # wider than an even wear
    assert rules_of(sheet) == LEVEL + UPRIGHT


@pytest.mark.parametrize("dash", [(0.75, 1.5), (1.5, 1.5), (3.0, 2.0)])
def test_a_dotted_rule_is_one(dash: tuple[float, float]) -> None:
    sheet = Sheet(240, 150)
    sheet.table(COLUMNS, (20.0, 50.0, 130.0))
    sheet.line((20, 90), (220, 90), dash=dash)
    assert rules_of(sheet) == LEVEL + UPRIGHT


def test_both_lines_of_a_double_rule() -> None:
    sheet = table()
    sheet.line((20, 52.2), (220, 52.2))
    assert rules_of(sheet) == [*LEVEL[:2], ("level", 52, 20, 220), *LEVEL[2:], *UPRIGHT]


def test_a_rule_goes_on_under_what_was_stamped_out() -> None:
    sheet = table()
    sheet.wipe((70, 86, 130, 94))  # hangs on both sides of the gap
    assert rules_of(sheet) == LEVEL + UPRIGHT


def test_a_connector_that_turns_is_no_rule() -> None:
    sheet = table()
    sheet.shape("box", (80, 60, 110, 78))
    sheet.shape("box", (165, 102, 195, 120))
    sheet.line((110, 69), (180, 69), (180, 102))
    sheet.head((180, 102), (0, 1))
    assert rules_of(sheet) == LEVEL + UPRIGHT


def test_a_connector_from_box_to_box_is_no_rule() -> None:
    sheet = table()
    sheet.shape("box", (80, 55, 120, 70))
    sheet.shape("box", (80, 105, 120, 120))
    sheet.line((100, 70), (100, 105))
    sheet.head((100, 105), (0, 1))
    assert rules_of(sheet) == LEVEL + UPRIGHT


def test_a_row_of_letters_is_none() -> None:
    sheet = table()
    sheet.write("TTTEEEFFFLLLHHHIIITTTEEE", (62, 60), 10)
    sheet.write("STANDAR OPERASIONAL", (64, 100), 7)
    assert rules_of(sheet) == LEVEL + UPRIGHT


def test_a_row_of_small_letters_that_run_together_is_none() -> None:
    sheet = table()
    for x in range(66, 132, 9):
        sheet.fill((x, 68), (x + 7.8, 68), (x + 7.8, 71), (x, 71))
        if x % 2:
            sheet.fill((x, 66), (x + 1, 66), (x + 1, 71), (x, 71))
    assert rules_of(sheet) == LEVEL + UPRIGHT


def test_an_underlined_heading_is_none() -> None:
    sheet = Sheet(240, 180)
    box = sheet.write("PENGESAHAN", (60, 8), 12)
    sheet.line((box[0], 24), (box[2], 24))
    sheet.table(COLUMNS, (50.0, 80.0, 120.0, 160.0))
    assert [r[1] for r in rules_of(sheet) if r[0] == "level"] == [50, 80, 120, 160]


def test_the_sides_of_symbols_are_none() -> None:
    sheet = table()
    for x in (70, 150):
        sheet.shape("box", (x, 60, x + 40, 80))
    assert rules_of(sheet) == LEVEL + UPRIGHT


def test_a_rule_that_overshoots_is_cut_and_one_that_fades_is_drawn_on() -> None:
    sheet = Sheet(240, 150)
    sheet.table(COLUMNS, (20.0, 50.0, 130.0))
    sheet.line((14, 90), (217.5, 90))
    assert rules_of(sheet) == LEVEL + UPRIGHT


def test_both_rules_of_a_corner_are_drawn_to_it() -> None:
    sheet = Sheet(240, 150)
    sheet.table(COLUMNS, (20.0, 50.0, 90.0, 116.0, 120.4))
    sheet.wipe((18, 113.2, 22, 115.4))
    sheet.wipe((18, 116.6, 22, 119.6))  # the side fades before the last rule but one
    level = [("level", y, 20, 220) for y in (20, 50, 90, 116, 120)]
    assert rules_of(sheet) == [*level, *(("upright", x, 20, 120) for x in (20, 60, 140, 220))]


def test_a_long_rule_fades_farther_than_a_short_one() -> None:
    sheet = Sheet(240, 260)
    sheet.table(COLUMNS, (20.0, 60.0, 100.0, 140.0, 180.0, 240.0))
    sheet.wipe((58, 21, 62, 30))  # of 220 points
    assert ("upright", 60, 20, 240) in rules_of(sheet)


def test_ink_without_rules_keeps_what_crosses_them() -> None:
    sheet = Sheet(120, 80)
    sheet.line((10, 40), (110, 40), width=1.0)
    sheet.line((60, 10), (60, 70))
    sheet.line((20, 15), (50, 65))
    left = without_rules(sheet.dark.astype(np.uint8), [Rule(True, 40, 10, 110)], PER_PT) > 0
    row = left[round(40 * PER_PT)]
    middles = [(a + b) / 2 / PER_PT for a, b in spans(row[40:-40])]
    assert middles == pytest.approx([35 - 40 / PER_PT, 60 - 40 / PER_PT], abs=0.7)
    assert left[round(20 * PER_PT), round(59 * PER_PT) : round(61 * PER_PT)].any()


def spans(row: np.ndarray) -> list[tuple[int, int]]:
    """Starts and ends of ink along a row of pixels."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], row.astype(np.int8), [0]))))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


@pytest.mark.parametrize("tone", [205, 235])
def test_pale_rules_beside_black_ones(tone: int) -> None:
    sheet = Sheet(240, 150)
    sheet.table((20, 140, 220), (20, 50, 90, 130))
    sheet.line((60, 20), (60, 130), colour=(tone, tone, tone))
    noise = np.random.default_rng(7).normal(0, 5, sheet.pixels.shape[:2])
    sheet.pixels = np.clip(sheet.pixels - 12 + noise[:, :, None], 0, 255).astype(np.uint8)
    assert rules_of(sheet) == LEVEL + UPRIGHT


def test_letters_are_no_pale_rules() -> None:
    sheet = table()
    for k in range(3):
        sheet.write("Menelaah illlillilil", (144, 54 + 11 * k), 8)
    assert rules_of(sheet) == LEVEL + UPRIGHT


def test_a_rule_goes_on_behind_a_symbol() -> None:
    sheet = table()
    sheet.wipe((44, 96, 76, 116))
    sheet.shape("box", (44, 96, 76, 116))
    assert rules_of(sheet) == LEVEL + UPRIGHT


def test_a_line_that_stops_in_the_middle_of_a_cell_is_none() -> None:
    sheet = table()
    sheet.line((180, 20), (180, 110))
    assert rules_of(sheet) == LEVEL + UPRIGHT


def test_a_border_that_fades_in_the_middle_of_a_cell_comes_from_the_rule_above() -> None:
    level = [Rule(True, at, 20, 220) for at in ROWS]
    left = Rule(False, 20, 20, 130)
    pieces = [left, Rule(False, 220.6, 20, 51), Rule(False, 219.2, 72, 130)]
    assert [(r.start, r.end) for r in bridged(pieces, level)] == [(20, 130), (20, 130)]
    on_rules = [left, Rule(False, 220, 20, 50), Rule(False, 220, 90, 130)]
    assert bridged(on_rules, level) == on_rules
    between_tables = [Rule(False, 20, 20, 51), Rule(False, 20, 72, 130), *pieces[1:]]
    assert sorted(bridged(between_tables, level), key=str) == sorted(between_tables, key=str)


def test_a_table_whose_right_border_is_not_seen_stands() -> None:
    sheet = Sheet(460, 170)
    columns, rows = (20.0, 60.0, 200.0, 300.0, 440.0), (20.0, 50.0, 80.0, 110.0, 150.0)
    sheet.table(columns, rows)
    sheet.wipe((438.8, 22, 442, 148))
    assert ("upright", 439, 20, 150) in rules_of(sheet)


def test_the_side_of_a_round_stamp_is_no_rule() -> None:
    sheet = Sheet(300, 150)
    sheet.table((20.0, 60.0, 220.0, 280.0), (20.0, 50.0, 74.0, 130.0))
    sheet.ring((120, 62), 40, colour=(20, 20, 20))
    found = {row[1] for row in rules_of(sheet) if row[0] == "upright"}
    assert found == {20, 60, 220, 280}


def test_the_slanted_side_of_a_stamp_is_no_rule() -> None:
    sheet = Sheet(300, 150)
    sheet.table((20.0, 60.0, 110.0, 280.0), (20.0, 60.0, 130.0))
    sheet.line((56, 84), (114, 88), width=1.5)
    assert [r[1] for r in rules_of(sheet) if r[0] == "level"] == [20, 60, 130]


def test_a_connector_in_line_with_a_rule_of_the_header_leaves_it_standing() -> None:
    sheet = Sheet(460, 190)
    sheet.table((20.0, 60.0, 200.0, 340.0, 440.0), (20.0, 50.0, 110.0, 170.0))
    sheet.wipe((60.6, 50.6, 339.4, 109.4))  # lanes are parted in the header alone
    sheet.wipe((60.6, 110.6, 339.4, 169.4))
    sheet.shape("box", (100, 66, 160, 84))
    sheet.shape("box", (240, 132, 300, 150))
    sheet.line((160, 75), (200, 75), (200, 141), (240, 141), dash=(4, 2))
    sheet.head((240, 141), (1, 0))
    assert [r for r in rules_of(sheet) if r[:2] == ("upright", 200)] == [("upright", 200, 20, 50)]


def test_a_connector_in_line_with_a_wall_of_the_table_above_leaves_it_standing() -> None:
    sheet = Sheet(460, 300)
    rows = (20.0, 34.0, 48.0, 62.0, 120.0)
    sheet.table((20.0, 240.0, 300.0, 440.0), rows)
    sheet.wipe((20.6, 20.6, 239.4, 119.4))  # the head of the agency stands over all rows
    sheet.table((20.0, 60.0, 200.0, 340.0, 440.0), (150.0, 180.0, 230.0, 280.0))
    sheet.shape("box", (280, 186, 320, 200))
    sheet.shape("box", (220, 256, 262, 272))
    sheet.line((280, 193), (240.8, 193), (240.8, 256))
    sheet.head((240.8, 256), (0, 1))
    found = rules_of(sheet)
    assert ("upright", 240, 20, 120) in found
    levels = {row[1:] for row in found if row[0] == "level" and row[1] < 140}
    assert levels == {(20, 20, 440), (34, 240, 440), (48, 240, 440), (62, 240, 440), (120, 20, 440)}
