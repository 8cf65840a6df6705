"""Lines of the flow that were taken for rules."""

from __future__ import annotations

from sopextract.ingest.page.rules import Rule
from sopextract.ingest.scan.ink import read_print
from sopextract.ingest.scan.symbols import find_symbols
from sopextract.ingest.scan.taken_back import without_flow
from tests.ingest.scan.drawing import PER_PT, Sheet, as_rows

TABLE = [Rule(False, x, 10, 150) for x in (20, 100, 180, 260)]
TABLE += [Rule(True, y, 20, 260) for y in (10, 80, 150)]
DOTS = (1.0, 2.0)


def table_with(*boxes: tuple[float, float, float, float]) -> Sheet:
    sheet = Sheet(280, 160)
    sheet.table((20, 100, 180, 260), (10, 80, 150), width=0.5)
    for box in boxes:
        sheet.shape("box", box)
    return sheet


def kept(sheet: Sheet, *more: Rule) -> list[tuple[str, int, int, int]]:
    """Which of some rules that were found beside those of the table are left."""
    printed = read_print(sheet.raster)
    symbols = find_symbols(printed, PER_PT)
    left = without_flow([*TABLE, *more], symbols, printed.dark, PER_PT)
    assert [r for r in left if r in TABLE] == TABLE
    return as_rows([r for r in left if r in more])


def test_a_line_with_a_leg_to_a_symbol_at_its_corner() -> None:
    sheet = table_with((40, 20, 80, 36), (190, 110, 230, 126))
    sheet.line((60, 36), (60, 60), (245, 60), (245, 118), width=0.7, dash=DOTS)
    assert kept(sheet, Rule(True, 60, 20, 260)) == []


def test_a_line_from_symbol_to_symbol_of_which_a_rule_is_a_part() -> None:
    sheet = table_with((40, 40, 80, 56), (190, 40, 230, 56))
    sheet.line((82, 48), (186, 48), width=0.7, dash=DOTS)
    assert kept(sheet, Rule(True, 48, 100, 180)) == []


def test_a_rule_that_ends_on_rules_stays_though_symbols_lie_on_it() -> None:
    sheet = table_with((60, 40, 80, 56), (190, 40, 230, 56))
    sheet.line((20, 48), (60, 48), width=0.7, dash=DOTS)
    sheet.line((80, 48), (190, 48), width=0.7, dash=DOTS)
    sheet.line((230, 48), (260, 48), width=0.7, dash=DOTS)
    assert kept(sheet, Rule(True, 48, 20, 260)) == [("level", 48, 20, 260)]


def test_a_rule_worn_at_its_ends_stays() -> None:
    sheet = table_with((40, 20, 80, 36))
    sheet.line((60, 60), (220, 60), width=0.7)
    assert kept(sheet, Rule(True, 60, 20, 260)) == [("level", 60, 20, 260)]


def test_a_line_down_through_the_middles_of_symbols_is_no_column() -> None:
    sheet = table_with((120, 20, 160, 36), (120, 100, 160, 116))
    sheet.line((140, 36), (140, 100), width=0.7, dash=DOTS)
    sheet.line((140, 116), (140, 150), width=0.7, dash=DOTS)
    assert kept(sheet, Rule(False, 140, 10, 150)) == []


def test_a_wall_that_two_symbols_reach_over_stays() -> None:
    sheet = table_with((110, 20, 156, 36), (124, 100, 170, 116))
    sheet.line((140, 10), (140, 150), width=0.7)
    assert kept(sheet, Rule(False, 140, 10, 150)) == [("upright", 140, 10, 150)]
