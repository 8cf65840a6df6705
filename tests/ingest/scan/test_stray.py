"""Rules that part one cell alone: kept where it holds two things, taken away where it holds one."""

from __future__ import annotations

from itertools import pairwise

import pytest

from sopextract.ingest.page.rules import Rule
from sopextract.ingest.page.strokes import Word
from sopextract.ingest.scan.stray import without_strays

XS = (20.0, 40.0, 140.0, 200.0, 260.0, 320.0, 400.0)
YS = (20.0, 50.0, 90.0, 130.0, 170.0, 210.0)
TABLE = [
    *(Rule(True, y, XS[0], XS[-1]) for y in YS),
    *(Rule(False, x, YS[0], YS[-1]) for x in XS),
]


def word(text: str, x0: float, y0: float, x1: float) -> Word:
    return Word(text, (x0, y0, x1, y0 + 8), 8)


def words() -> list[Word]:
    """One in the middle of every cell."""
    return [
        word("kata", (a + b) / 2 - 8, (top + bottom) / 2 - 4, (a + b) / 2 + 8)
        for a, b in pairwise(XS)
        for top, bottom in pairwise(YS)
    ]


def test_the_table_itself_stays() -> None:
    assert without_strays(TABLE, words()) == TABLE


def test_an_underline_from_wall_to_wall_is_no_row() -> None:
    underline = Rule(True, 115.5, 320.0, 400.0)
    assert without_strays([*TABLE, underline], words()) == TABLE


def test_an_underline_of_two_cells_joined_is_no_row() -> None:
    """The wall between the cells joins what is one line to the eye."""
    underline = Rule(True, 75.5, 200.0, 320.0)
    assert without_strays([*TABLE, underline], words()) == TABLE


def test_a_value_beside_its_label_is_a_row_though_it_is_empty() -> None:
    parts = Rule(True, 65.0, 40.0, 200.0)
    labels = [word("Revisi", 50, 54, 80), word("Berlaku", 50, 72, 80)]
    assert without_strays([*TABLE, parts], [*words(), *labels]) == [*TABLE, parts]


def test_a_stroke_before_a_colon_is_no_column() -> None:
    stroke = Rule(False, 372.0, 90.0, 130.0)
    assert without_strays([*TABLE, stroke], [*words(), word(":", 376, 106, 378)]) == TABLE


def test_a_line_through_words_is_no_row() -> None:
    struck = Rule(True, 110.0, 320.0, 400.0)
    parts = [word("kata", 350, 101.5, 370), word("kata", 350, 110.5, 370)]
    assert without_strays([*TABLE, struck], [*words(), *parts]) == TABLE


def test_a_heading_over_one_value_stays() -> None:
    parts = Rule(True, 110.0, 320.0, 400.0)
    two = [word("Bahan", 350, 95, 370), word("Map", 350, 116, 370)]
    bare = [w for w in words() if not (w.bbox[0] > 320 and 90 < w.bbox[1] < 130)]
    assert without_strays([*TABLE, parts], [*bare, *two]) == [*TABLE, parts]


WIDE = [
    *(Rule(True, y, 20.0, 400.0) for y in (20.0, 100.0, 200.0)),
    *(Rule(False, x, 20.0, 200.0) for x in (20.0, 300.0, 400.0)),
]
TEXT = [
    word("Dasar", 25, 110, 60),
    *(word("Peraturan", x, 124, x + 66) for x in (24, 94, 164, 230)),
    word("Nomor", 25, 134, 60),
    word("Kualifikasi", 305, 110, 350),
]


@pytest.mark.parametrize("at", [128.0, 132.5])
def test_a_line_of_small_print_that_fills_a_wide_cell_is_no_row(at: float) -> None:
    """Neither what was taken for a rule of dots nor its underline."""
    assert without_strays([*WIDE, Rule(True, at, 20.0, 300.0)], TEXT) == WIDE


@pytest.mark.parametrize("at", [122.0, 150.0])
def test_a_row_of_a_wide_cell_stays(at: float) -> None:
    """Over its line, which begins a row; and below text that keeps a margin."""
    row = Rule(True, at, 20.0, 300.0)
    assert without_strays([*WIDE, row], [*TEXT, word("Kepala", 25, 170, 60)]) == [*WIDE, row]


@pytest.mark.parametrize("at", [80.0, 110.0])
def test_a_stroke_between_two_rows_is_no_column(at: float) -> None:
    """Beside the words of a cell or through one of them."""
    stroke = Rule(False, at, 90.0, 130.0)
    through = [word("mengenai", at - 10, 95, at + 20), word("kata", 45, 95, 60)]
    assert without_strays([*TABLE, stroke], words()) == TABLE
    assert without_strays([*TABLE, stroke], [*words(), *through]) == TABLE


def test_a_stroke_above_another_tables_column_is_none_of_it() -> None:
    """Two tables hang together; the lower has a column where there is a stroke in the upper."""
    lower = [Rule(True, y, 20.0, 400.0) for y in (240.0, 270.0)]
    sides = [Rule(False, x, 210.0, 270.0) for x in (20.0, 80.0, 400.0)]
    below = [word("kata", x, 220, x + 16) for x in (30.0, 90.0)]
    stroke = Rule(False, 80.0, 20.0, 50.0)
    rules = [*TABLE, *lower, *sides]
    assert without_strays([*rules, stroke], [*words(), *below]) == rules


def test_a_worn_rule_with_one_cell_left_stays() -> None:
    """A column whose rule is lost in one row goes on below it."""
    broken = [r for r in TABLE if r.level or r.at != 260.0]
    pieces = [Rule(False, 260.0, 20.0, 130.0), Rule(False, 260.0, 170.0, 210.0)]
    empty = [w for w in words() if w.bbox[0] < 190 or w.bbox[0] > 330]
    assert without_strays([*broken, *pieces], empty) == [*broken, *pieces]


def test_a_rule_on_which_others_stand_stays() -> None:
    """The heading of a group has none of its columns' names read."""
    joined = [r for r in TABLE if r.level or r.at not in (200.0,)]
    group = [Rule(True, 35.0, 140.0, 260.0), Rule(False, 200.0, 35.0, 210.0)]
    kept = without_strays([*joined, *group], [word("PELAKSANA", 180, 24, 220)])
    assert kept == [*joined, *group]


def test_a_stroke_between_two_words_of_a_line_is_no_column() -> None:
    """A slash between them; a wall has the margin of its cell on one side at least."""
    stroke = Rule(False, 96.0, 90.0, 130.0)
    line = [word("ALAT", 70, 106, 91), word("BAHAN", 101, 106, 130)]
    cell = [word("ALAT", 50, 106, 70), word("BAHAN", 101, 106, 130)]
    bare = [w for w in words() if not (40 < w.bbox[0] < 140 and 90 < w.bbox[1] < 130)]
    assert without_strays([*TABLE, stroke], [*bare, *line]) == TABLE
    assert without_strays([*TABLE, stroke], [*bare, *cell]) == [*TABLE, stroke]


@pytest.mark.parametrize(("below", "kept"), [(110.2, False), (113.0, True)])
def test_an_underline_with_the_next_line_right_below_is_no_row(below: float, kept: bool) -> None:
    line = Rule(True, 109.6, 40.0, 140.0)
    text = [word("Menempelkan label", 45, 101, 135), word("batang", 45, below, 70)]
    bare = [w for w in words() if not (40 < w.bbox[0] < 140 and 90 < w.bbox[1] < 130)]
    assert (line in without_strays([*TABLE, line], [*bare, *text])) is kept


def test_walls_that_the_header_alone_has_stay_though_names_fill_their_columns() -> None:
    sides = [Rule(False, x, 20.0, 210.0) for x in (20.0, 400.0)]
    rows = [Rule(True, y, 20.0, 400.0) for y in YS]
    walls = [Rule(False, x, 20.0, 50.0) for x in (140.0, 200.0, 260.0)]
    names = [word("Bendahara", a + 3, 31, b - 3) for a, b in pairwise((80, 140, 200, 260, 320))]
    lanes = [*rows, *sides, *walls]
    assert without_strays(lanes, names) == lanes
