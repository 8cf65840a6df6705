"""Rules that are missing where two others make a corner inside their table."""

from __future__ import annotations

import pytest

from sopextract.ingest.page.lattice import make_lattice
from sopextract.ingest.page.rules import Rule, find_tables
from sopextract.ingest.page.strokes import Word
from sopextract.ingest.scan.elbows import with_whole_cells

XS = (20.0, 120.0, 200.0, 280.0, 360.0, 420.0)
# A header of two rows over one of steps: what is between 120 and 360 has a heading.
LEVEL = [Rule(True, y, 20.0, 420.0) for y in (20.0, 80.0, 120.0)]
SIDES = [Rule(False, x, 20.0, 120.0) for x in (20.0, 420.0)]
INNER = [Rule(False, x, 40.0, 120.0) for x in (200.0, 280.0)]


def heading(middle: float) -> Word:
    return Word("PELAKSANA", (middle - 30, 26, middle + 30, 34), 8)


def top_cells(rules: list[Rule]) -> list[tuple[float, float, int]]:
    """From where to where the cells of the first row go, and how many rows they have."""
    (table,) = find_tables(rules)
    lattice = make_lattice(table)
    assert lattice is not None
    return [
        (lattice.xs[c.left], lattice.xs[c.right + 1], c.bottom - c.top + 1)
        for c in lattice.cells
        if c.top == 0
    ]


WANTED = [(20, 120, 2), (120, 360, 1), (360, 420, 2)]


@pytest.mark.parametrize("side", [120.0, 360.0])
def test_a_wall_beside_a_heading_goes_up_to_the_top(side: float) -> None:
    other = 480.0 - side
    rules = [*LEVEL, *SIDES, *INNER, Rule(True, 40.0, 120.0, 360.0)]
    rules += [Rule(False, side, 40.0, 120.0), Rule(False, other, 20.0, 120.0)]
    found = with_whole_cells(rules, [heading(240.0)])
    assert found == [*rules, Rule(False, side, 20.0, 40.0)]
    assert top_cells(found) == WANTED


def test_the_rule_under_a_heading_goes_on_until_it_stands_in_the_middle() -> None:
    rules = [*LEVEL, *SIDES, *INNER, Rule(True, 40.0, 120.0, 280.0)]
    rules += [Rule(False, x, 20.0, 120.0) for x in (120.0, 360.0)]
    found = with_whole_cells(rules, [heading(240.0)])
    assert found == [*rules, Rule(True, 40.0, 280.0, 360.0)]
    assert top_cells(found) == WANTED


def test_nothing_is_drawn_through_words_nor_at_whole_corners() -> None:
    rules = [*LEVEL, *SIDES, *INNER, Rule(True, 40.0, 120.0, 360.0)]
    rules += [Rule(False, 120.0, 40.0, 120.0), Rule(False, 360.0, 20.0, 120.0)]
    assert with_whole_cells(rules, [heading(130.0)]) == rules
    whole = [*rules, Rule(False, 120.0, 20.0, 40.0)]
    assert with_whole_cells(whole, [heading(240.0)]) == whole
