"""Lines between symbols among pixels, and their heads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from sopextract.core.geometry import Point
from sopextract.ingest.page.strokes import Word
from sopextract.ingest.scan.connectors import PixelConnectors, find_connectors
from sopextract.ingest.scan.ink import read_print
from sopextract.ingest.scan.rules import find_rules
from sopextract.ingest.scan.symbols import find_symbols
from tests.ingest.scan.drawing import PER_PT, Sheet, words_of

UPPER, LOWER = (80.0, 20.0, 120.0, 36.0), (80.0, 90.0, 120.0, 106.0)
RIGHT = (180.0, 90.0, 220.0, 106.0)
DOWN, TO_RIGHT, UP = (0.0, 1.0), (1.0, 0.0), (0.0, -1.0)


def sheet_with(*boxes: tuple[float, float, float, float], width: float = 260.0) -> Sheet:
    sheet = Sheet(width, 130)
    for box in boxes:
        sheet.shape("box", box)
    return sheet


def connectors_of(sheet: Sheet, words: Sequence[Word] | None = None) -> PixelConnectors:
    printed = read_print(sheet.raster)
    symbols = find_symbols(printed, PER_PT)
    rules = find_rules(printed.dark, symbols, PER_PT)
    lanes = (20.0, 10.0, sheet.width - 20, sheet.height - 10)
    said = words_of(sheet) if words is None else words
    return find_connectors(printed, symbols, rules, said, lanes, PER_PT)


def near(*points: Point, within: float = 1.2) -> object:
    """Compares with points, each to so much."""
    return pytest.approx([v for p in points for v in p], abs=within)


def flat_points(line: Sequence[Point]) -> list[float]:
    """A line's coordinates in one row, its upper left end first."""
    return [v for p in sorted(line) for v in p]


def tips(found: PixelConnectors) -> list[tuple[tuple[int, int], Point]]:
    """Each head's direction and its tip, in order."""
    heads = []
    for tip, a, b in found.heads:
        dx, dy = tip[0] - (a[0] + b[0]) / 2, tip[1] - (a[1] + b[1]) / 2
        way = (0, 1 if dy > 0 else -1) if abs(dy) > abs(dx) else (1 if dx > 0 else -1, 0)
        heads.append((way, tip))
    return sorted(heads, key=lambda h: h[1])


@dataclass(frozen=True)
class Drawn:
    """How a head may be drawn."""

    filled: bool

    def on(self, sheet: Sheet, tip: Point, way: Point) -> None:
        (sheet.head if self.filled else sheet.open_head)(tip, way)


@pytest.mark.parametrize("filled", [True, False])
def test_a_straight_line_with_its_head(filled: bool) -> None:
    sheet = sheet_with(UPPER, LOWER)
    sheet.line((100, 36), (100, 90))
    Drawn(filled).on(sheet, (100, 90), DOWN)
    found = connectors_of(sheet)
    (line,) = found.lines
    assert flat_points(line) == near((100, 36), (100, 89), within=1.8)
    ((way, tip),) = tips(found)
    assert way == DOWN
    assert [*tip] == near((100, 89), within=1.8)


@pytest.mark.parametrize("filled", [True, False])
@pytest.mark.parametrize("dash", [None, (3.0, 2.0)])
def test_an_elbow(filled: bool, dash: tuple[float, float] | None) -> None:
    sheet = sheet_with(UPPER, RIGHT)
    sheet.line((120, 28), (200, 28), dash=dash)
    sheet.line((200, 28), (200, 90), dash=dash)
    Drawn(filled).on(sheet, (200, 90), DOWN)
    found = connectors_of(sheet)
    level, upright = sorted(found.lines, key=lambda line: min(p[0] for p in line))
    assert flat_points(level) == near((120, 28), (200, 28), within=2.5)
    assert flat_points(upright) == near((200, 28), (200, 89), within=2.5)
    # both ends at the corner are one point
    assert {round(level[1][0], 1), round(level[1][1], 1)} & {round(v, 1) for v in upright[0]}
    assert [way for way, _ in tips(found)] == [DOWN]


def test_a_line_without_head_is_given_without() -> None:
    sheet = sheet_with(UPPER, LOWER)
    sheet.line((100, 36), (100, 90))
    found = connectors_of(sheet)
    assert [flat_points(line) for line in found.lines] == [near((100, 36), (100, 90), within=1.8)]
    assert found.heads == ()
    assert found.unclear == ()


def test_an_end_where_half_a_head_is_left_is_unclear() -> None:
    sheet = sheet_with(UPPER, LOWER)
    sheet.line((100, 36), (100, 90))
    sheet.fill((100, 90), (96.5, 83), (100, 83))  # the other half is worn away
    found = connectors_of(sheet)
    assert len(found.lines) == 1
    assert found.heads == ()
    assert [[*p] for p in found.unclear] == [near((100, 89), within=2.5)]


def test_heads_at_both_ends() -> None:
    sheet = sheet_with(UPPER, LOWER)
    sheet.line((100, 36), (100, 90))
    sheet.head((100, 90), DOWN)
    sheet.head((100, 36), UP)
    found = connectors_of(sheet)
    assert len(found.lines) == 1
    assert [way for way, _ in tips(found)] == [UP, DOWN]


def test_a_short_arrow_has_one_head() -> None:
    sheet = sheet_with(UPPER, (80.0, 48.0, 120.0, 64.0))
    sheet.line((100, 36), (100, 48))
    sheet.head((100, 48), DOWN)
    assert [way for way, _ in tips(connectors_of(sheet))] == [DOWN]


@pytest.mark.parametrize("to", [88.0, 58.0])
def test_a_long_slim_head_on_a_thick_line_that_ends_before_its_symbol(to: float) -> None:
    sheet = sheet_with(UPPER, (80.0, to + 4, 120.0, to + 20))
    sheet.line((100, 36), (100, to - 4), width=1.4)
    sheet.fill((100, to), (98.3, to - 8.6), (101.7, to - 8.6))
    ((way, tip),) = tips(connectors_of(sheet))
    assert way == DOWN
    assert [*tip] == near((100, to), within=1.5)


def test_a_crumb_of_an_outline_before_a_head_is_not_its_tip() -> None:
    sheet = sheet_with(UPPER, LOWER)
    sheet.line((100, 36), (100, 83))
    sheet.head((100, 83), DOWN)
    sheet.fill((99, 87.4), (101, 87.4), (101, 87.6), (99, 87.6))
    assert [way for way, _ in tips(connectors_of(sheet))] == [DOWN]


def test_the_frame_of_a_name_of_a_way_out_is_no_line() -> None:
    sheet = sheet_with(UPPER, LOWER)
    sheet.line((100, 36), (100, 90), width=1.0)
    sheet.head((100, 90), DOWN)
    x0, y0, x1, y1 = sheet.write("Setuju", (110, 52), 8)
    sheet.shape("box", (x0 - 1.5, y0 - 2, x1 + 1.5, y1 + 2), width=0.5)
    word = Word("Setuju", (x0, y0 - 1.5, x1, y1 + 1), 8)  # as read: what ascends and descends
    (line,) = connectors_of(sheet, [word]).lines
    assert flat_points(line) == near((100, 36), (100, 89), within=1.8)


def test_a_line_of_the_flow_along_the_frame_of_a_name_stays() -> None:
    sheet = sheet_with((40.0, 60.0, 60.0, 76.0), (140.0, 60.0, 180.0, 76.0))
    sheet.line((60, 68), (140, 68), width=1.0)
    sheet.head((140, 68), TO_RIGHT)
    x0, y0, x1, _ = sheet.write("Setuju", (80, 57), 8)
    sheet.shape("box", (x0 - 1.5, y0 - 1.5, x1 + 1.5, 67.7), width=0.5)
    found = connectors_of(sheet)
    assert flat_points(max(found.lines, key=lambda p: p[1][0] - p[0][0])) == near(
        (60, 68), (139, 68), within=2.5
    )
    assert [way for way, _ in tips(found)] == [TO_RIGHT]


def test_barbs_of_an_open_head_that_hang_on_nothing_are_its_head() -> None:
    sheet = sheet_with(UPPER, LOWER)
    sheet.line((100, 36), (100, 87.6), width=0.5, dash=(0.6, 1.6))
    for side in (-1, 1):
        sheet.line((100 + 3.4 * side, 85.4), (100 + 2.0 * side, 87.6), width=0.5)
    ((way, tip),) = tips(connectors_of(sheet))
    assert way == DOWN
    assert [*tip] == near((100, 87.6), within=1.5)


def test_a_small_head_on_a_thick_line_whose_tip_lies_under_the_outline() -> None:
    sheet = sheet_with(UPPER, LOWER)
    sheet.line((100, 36), (100, 87), width=0.75, dash=(5.0, 1.5))
    sheet.fill((100, 90.5), (97.8, 86.5), (102.2, 86.5))
    assert [way for way, _ in tips(connectors_of(sheet))] == [DOWN]


def test_an_arrow_that_is_all_head_points_to_its_tip() -> None:
    sheet = sheet_with(UPPER, (80.0, 47.0, 120.0, 63.0))
    sheet.fill((100, 46.5), (98.6, 36), (101.4, 36))
    found = connectors_of(sheet)
    assert [way for way, _ in tips(found)] == [DOWN]
    assert found.unclear == ()


def test_what_lies_in_a_head_has_no_head_of_its_own() -> None:
    sheet = sheet_with(UPPER, LOWER)
    sheet.line((100, 36), (100, 60), (150, 60), dash=(0.8, 1.4))
    sheet.line((150, 60), (150, 40), dash=(0.8, 1.4))
    sheet.fill((150, 33), (148.4, 39.5), (151.6, 39.5))
    assert [way for way, _ in tips(connectors_of(sheet))] == [UP]


@pytest.mark.parametrize("width", [0.75, 1.0, 1.2])
def test_a_line_that_crosses_a_rule_beside_its_end_has_no_head_there(width: float) -> None:
    sheet = Sheet(260, 130)
    sheet.table((30, 150, 240), (12, 120), width=1.2)
    sheet.shape("box", (160, 60, 200, 76))
    sheet.shape("box", (50, 90, 90, 106))
    sheet.line((156, 68), (70, 68), (70, 90), width=width)
    sheet.head((70, 89), DOWN)
    assert [way for way, _ in tips(connectors_of(sheet))] == [DOWN]


def test_a_line_at_the_top_of_a_words_box_is_no_stroke_of_its_letters() -> None:
    sheet = sheet_with(UPPER, (180.0, 20.0, 220.0, 36.0))
    sheet.line((120, 28), (180, 28))
    sheet.head((180, 28), TO_RIGHT)
    word = Word("Perpanjangan", (112, 27.4, 190, 37), 8)
    found = connectors_of(sheet, [word])
    assert [flat_points(line) for line in found.lines] == [near((120, 28), (179, 28), within=2)]


@pytest.mark.parametrize("text", ["4…", "F", "Ai"])
def test_a_head_that_was_read_unsurely_as_a_word_stays_a_head(text: str) -> None:
    sheet = sheet_with(UPPER, LOWER)
    sheet.line((100, 36), (100, 90), dash=(3.0, 2.0))
    sheet.head((100, 90), DOWN)
    box = (96.0, 82.0, 104.0, 92.0)
    assert [way for way, _ in tips(connectors_of(sheet, [Word(text, box, 9, score=0.4)]))] == [DOWN]
    assert tips(connectors_of(sheet, [Word("Ai", box, 9, score=0.99)])) == []


@pytest.mark.parametrize("at", [82.0, 84.0, 86.0])
def test_a_head_that_lies_on_a_rule(at: float) -> None:
    sheet = sheet_with(UPPER, LOWER)
    sheet.table((30, 150, 240), (12, at, 120))
    sheet.line((100, 36), (100, 90))
    sheet.head((100, 90), DOWN)
    assert [way for way, _ in tips(connectors_of(sheet))] == [DOWN]


def test_a_head_is_seen_though_its_line_is_dashed_and_its_tip_lies_under_the_outline() -> None:
    sheet = sheet_with(UPPER, LOWER)
    sheet.line((100, 36), (100, 88), dash=(2.0, 2.0))
    sheet.open_head((100, 91), DOWN)
    assert [way for way, _ in tips(connectors_of(sheet))] == [DOWN]


def test_bars_tell_how_surely_they_were_followed() -> None:
    sheet = sheet_with(UPPER, LOWER)
    sheet.line((100, 36), (100, 90))
    sheet.head((100, 90), DOWN)
    assert connectors_of(sheet).line_scores == (1.0,)
    assert connectors_of(sheet).head_scores == (1.0,)
    sheet.wipe((98, 55, 102, 61))
    assert connectors_of(sheet).line_scores == (0.93,)


@pytest.mark.parametrize("at", [45.0, 60.0, 63.0, 80.0])
def test_a_line_goes_on_under_rules(at: float) -> None:
    sheet = sheet_with(UPPER, LOWER)
    sheet.table((30, 150, 240), (12, at, 120))
    sheet.line((100, 36), (100, 90))
    sheet.head((100, 90), DOWN)
    found = connectors_of(sheet)
    assert [flat_points(line) for line in found.lines] == [near((100, 36), (100, 89), within=1.8)]
    assert [way for way, _ in tips(found)] == [DOWN]


@pytest.mark.parametrize("filled", [True, False])
def test_a_dashed_line_that_crosses_a_rule(filled: bool) -> None:
    sheet = sheet_with(UPPER, LOWER, RIGHT)
    sheet.table((30, 150, 240), (12, 64, 120))
    sheet.line((120, 98), (180, 98), dash=(3, 2))
    Drawn(filled).on(sheet, (180, 98), TO_RIGHT)
    found = connectors_of(sheet)
    assert [flat_points(line) for line in found.lines] == [near((120, 98), (179, 98), within=2.5)]
    assert [way for way, _ in tips(found)] == [TO_RIGHT]


def test_a_word_in_the_middle_of_a_line() -> None:
    sheet = sheet_with(UPPER, RIGHT)
    sheet.line((120, 28), (138, 28))
    box = sheet.write("Ya", (140, 24), 7)
    sheet.line((150, 28), (200, 28), (200, 90))
    sheet.head((200, 90), DOWN)
    assert box[2] < 150
    found = connectors_of(sheet)
    level = [line for line in found.lines if line[0][1] == line[1][1]]
    assert [flat_points(line) for line in level] == [near((120, 28), (200, 28), within=2.5)]
    assert [way for way, _ in tips(found)] == [DOWN]


def test_a_word_in_the_gap_of_a_dashed_line() -> None:
    sheet = sheet_with(UPPER, LOWER)
    for piece in ((38, 40.5), (62.5, 67), (69.5, 74), (76.5, 84)):
        sheet.line(*((100, y) for y in piece))
    sheet.head((100, 88), DOWN)
    sheet.write("YA", (94.5, 46), 11)
    found = connectors_of(sheet)
    (line,) = found.lines
    assert flat_points(line) == near((100, 36), (100, 88), within=2)
    assert found.line_scores == (0.85,)  # between the letters nothing is seen


def test_a_word_beside_a_line_is_none() -> None:
    sheet = sheet_with(UPPER, LOWER)
    sheet.line((100, 36), (100, 90))
    sheet.head((100, 90), DOWN)
    sheet.write("Tidak", (104, 56), 7)
    found = connectors_of(sheet)
    assert [flat_points(line) for line in found.lines] == [near((100, 36), (100, 89), within=1.8)]
    assert len(found.heads) == 1


@pytest.mark.parametrize("letter", ["V", "v", "Y", "4"])
def test_a_head_that_was_read_as_a_letter_stays_a_head(letter: str) -> None:
    sheet = sheet_with(UPPER, LOWER)
    sheet.line((100, 36), (100, 90))
    sheet.head((100, 90), DOWN)
    found = connectors_of(sheet, [Word(letter, (97.5, 84.5, 102.5, 90.0), 6.0)])
    assert [flat_points(line) for line in found.lines] == [near((100, 36), (100, 89), within=1.8)]
    assert [way for way, _ in tips(found)] == [DOWN]


def test_two_lines_that_cross_stay_two() -> None:
    sheet = sheet_with(UPPER, LOWER, (20, 55, 50, 71), (180, 55, 220, 71))
    sheet.line((100, 36), (100, 90))
    sheet.head((100, 90), DOWN)
    sheet.line((50, 63), (180, 63))
    sheet.head((180, 63), TO_RIGHT)
    found = connectors_of(sheet)
    assert sorted(flat_points(line) for line in found.lines) == [
        near((50, 63), (179, 63), within=2.5),
        near((100, 36), (100, 89), within=1.8),
    ]
    assert [way for way, _ in tips(found)] == [DOWN, TO_RIGHT]


def test_a_slanted_line_is_one() -> None:
    sheet = sheet_with(UPPER, RIGHT)
    sheet.line((120, 36), (180, 90))
    found = connectors_of(sheet)
    assert [flat_points(line) for line in found.lines] == [near((120, 36), (180, 90), within=3)]


def test_words_and_dirt_are_no_lines() -> None:
    sheet = sheet_with(UPPER)
    sheet.write("Verifikasi", (40, 60), 8)
    for x, y in ((150, 50), (170, 80), (60, 110)):
        sheet.line((x, y), (x + 1.5, y + 0.5))
    found = connectors_of(sheet)
    assert found.lines == ()
    assert found.heads == ()


def test_nothing_in_the_lanes() -> None:
    found = connectors_of(sheet_with(UPPER))
    assert (found.lines, found.heads) == ((), ())


def test_the_word_in_a_symbol_is_no_gap_of_the_line_that_passes_it() -> None:
    middle = (80.0, 55.0, 120.0, 71.0)
    sheet = sheet_with((80.0, 6.0, 120.0, 20.0), middle, (80.0, 104.0, 120.0, 120.0))
    sheet.line((100, 20), (100, 54))
    sheet.line((100, 72), (100, 104))
    inside = (Word("Cek", (90.0, 57.0, 110.0, 69.0), 12.0),)
    found = connectors_of(sheet, inside)
    assert sorted(line[1][1] for line in found.lines) == pytest.approx([54, 103], abs=1.5)


def test_a_broken_line_right_under_a_word_is_followed() -> None:
    sheet = sheet_with(UPPER, RIGHT)
    sheet.line((120, 28), (200, 28), (200, 86), width=0.5, dash=(3.0, 2.0))
    sheet.head((200, 90), DOWN)
    sheet.write("Setuju", (168, 16), size=10.0)
    text, (x0, y0, x1, _) = sheet.said[0]
    sheet.said[0] = (text, (x0, y0, x1 + 2, 29.5))
    found = connectors_of(sheet)
    level = [line for line in found.lines if abs(line[0][1] - line[1][1]) < 1]
    assert flat_points(max(level, key=lambda p: abs(p[0][0] - p[1][0]))) == near(
        (121, 28), (200, 28), within=2.0
    )


def test_a_head_a_dash_away_from_its_short_line() -> None:
    sheet = sheet_with(UPPER)
    sheet.head((100, 38), UP)
    sheet.line((100, 45), (100, 47.4))
    ((way, tip),) = tips(connectors_of(sheet))
    assert way == UP
    assert [*tip] == near((100, 38), within=1.8)
