"""Lines that run along a rule of the table for a stretch."""

from __future__ import annotations

from sopextract.ingest.scan.bars import Bar
from sopextract.ingest.scan.on_rules import Ground, with_lines_on_rules
from tests.ingest.scan.drawing import PER_PT, Sheet
from tests.ingest.scan.test_connectors import connectors_of, flat_points, near, tips

UP = (0.0, -1.0)
DOTS = (1.0, 2.0)


def two_rows(darker: bool) -> Sheet:
    """A box above a rule, another below and to the right; a line leads back on the rule."""
    sheet = Sheet(260, 150)
    sheet.table((20, 130, 240), (10, 76, 140), width=0.4)
    sheet.shape("box", (50, 24, 90, 40))
    sheet.shape("box", (170, 100, 210, 116))
    sheet.line((190, 100), (190, 76), width=0.9, dash=DOTS)
    if darker:
        sheet.line((190, 76), (70, 76), width=1.1, dash=DOTS)
    sheet.line((70, 76), (70, 45), width=0.9, dash=DOTS)
    sheet.head((70, 41), UP)
    return sheet


def test_a_line_goes_on_along_a_rule_that_is_darker_there() -> None:
    found = connectors_of(two_rows(darker=True))
    level = [line for line in found.lines if abs(line[0][1] - line[1][1]) < 1]
    (line,) = level
    assert flat_points(line) == near((70, 76), (190, 76), within=2.0)
    ((way, _),) = tips(found)
    assert way == UP


def test_two_ends_at_a_rule_that_is_the_same_all_along_are_not_joined() -> None:
    found = connectors_of(two_rows(darker=False))
    assert [line for line in found.lines if abs(line[0][1] - line[1][1]) < 1] == []


def test_the_sides_of_a_symbol_that_go_on_to_a_rule_are_no_line() -> None:
    sheet = Sheet(260, 150)
    sheet.table((20, 130, 240), (10, 76, 140), width=0.4)
    sheet.shape("box", (60, 40, 110, 60))
    for x in (66, 104):
        sheet.line((x, 60), (x, 76), width=0.9, dash=DOTS)
    sheet.line((66, 76), (104, 76), width=1.1, dash=DOTS)
    found = connectors_of(sheet)
    assert [line for line in found.lines if abs(line[0][1] - line[1][1]) < 1] == []


def test_the_dashes_of_a_rule_are_no_line_on_it() -> None:
    sheet = Sheet(260, 150)
    sheet.line((20, 10), (240, 10), width=1.2)
    sheet.line((133, 68), (60, 68), width=0.6)
    column = round(130 * PER_PT)
    for y in range(round(10 * PER_PT), round(128 * PER_PT), 14):  # dashes of 9 pixels, gaps of 5
        if not 75 * PER_PT < y < 100 * PER_PT:  # where another rule hides them
            sheet.pixels[y : y + 9, column - 1 : column + 2] = 60
    rules = [(20.0, 10.0, 240.0, 10.0), (130.0, 10.0, 130.0, 128.0)]
    ground = Ground(sheet.grey, sheet.dark, [(140.0, 2.0, 170.0, 20.0)], rules, PER_PT)
    line = Bar(True, 68.0, 60.0, 133.0)
    assert with_lines_on_rules([line], ground) == [line]
