"""Headers whose rules cannot be seen."""

from __future__ import annotations

from itertools import pairwise

from sopextract.ingest.page.headers import header_rules, under_headings, with_header
from sopextract.ingest.page.lattice import make_lattice
from sopextract.ingest.page.rules import Rule, Table
from sopextract.ingest.page.strokes import Word

XS = (20.0, 40.0, 140.0, 200.0, 260.0, 320.0, 400.0)
NAMES = ("No", "Kegiatan", "Kepala", "Sekretaris", "Staf", "Waktu")


def word(text: str, middle: float, top: float) -> Word:
    half = 2.0 * len(text)
    return Word(text, (middle - half, top, middle + half, top + 8), 8)


def middles() -> list[float]:
    return [(a + b) / 2 for a, b in pairwise(XS)]


def table(*inner: Rule) -> Table:
    """A header of one cell (20 to 80) over two rows with all columns."""
    level = tuple(Rule(True, y, XS[0], XS[-1]) for y in (20.0, 80.0, 110.0, 140.0))
    sides = [Rule(False, x, 20.0, 140.0) for x in (XS[0], XS[-1])]
    between = [Rule(False, x, 80.0, 140.0) for x in XS[1:-1]]
    upright = tuple(sorted((*sides, *between, *inner), key=lambda r: r.at))
    return Table(level, upright)


def header() -> list[Word]:
    """Names, a heading over three of them, and column numbers."""
    at = middles()
    tops = (38, 38, 46, 46, 46, 38)
    names = [word(n, x, y) for n, x, y in zip(NAMES, at, tops, strict=True)]
    numbers = [word(str(k), x, 68) for k, x in enumerate(at, 1)]
    return [*names, *numbers, word("PELAKSANA", at[3], 24)]


def test_columns_heading_and_numbers_of_a_filled_header() -> None:
    plain = table()
    lattice = make_lattice(plain)
    assert lattice is not None
    found = make_lattice(with_header(plain, lattice, header()))
    assert found is not None
    assert [round(x) for x in found.xs] == [round(x) for x in XS]
    top = [(found.xs[c.left], found.xs[c.right + 1]) for c in found.cells if c.top == 0]
    assert top == [(20, 40), (40, 140), (140, 320), (320, 400)]
    rows = sorted({round(found.ys[c.bottom + 1]) for c in found.cells})
    assert rows == [34, 61, 80, 110, 140]


def test_a_header_has_the_columns_that_any_of_the_rows_below_it_shows() -> None:
    """A rule is lost in one row, another in the next."""
    worn = {260.0: (110.0, 140.0), 140.0: (80.0, 110.0)}
    plain = table()
    upright = [Rule(False, r.at, *worn.get(r.at, (r.start, r.end))) for r in plain.upright]
    lattice = make_lattice(Table(plain.level, tuple(upright)))
    assert lattice is not None
    rules = header_rules(lattice, header())
    assert {r.at for r in rules if not r.level} == set(XS[1:-1])


def test_a_header_with_its_own_rules_is_left_alone() -> None:
    ruled = table(*(Rule(False, x, 20.0, 80.0) for x in XS[1:-1]))
    lattice = make_lattice(ruled)
    assert lattice is not None
    names = [word(n, x, 40) for n, x in zip(NAMES, middles(), strict=True)]
    assert header_rules(lattice, names) == []


def test_a_paragraph_over_a_table_is_no_header() -> None:
    lattice = make_lattice(table())
    assert lattice is not None
    lines = [
        Word("kata", (22 + 18.0 * k, 24 + 12.0 * row, 38 + 18.0 * k, 32 + 12.0 * row), 8)
        for row in range(4)
        for k in range(20)
    ]
    assert header_rules(lattice, lines) == []


def test_rules_do_not_run_up_through_the_word_of_a_heading() -> None:
    rules = [
        *(Rule(True, y, 20, 220) for y in (20.0, 60.0, 100.0)),
        *(Rule(False, x, 20, 100) for x in (20.0, 70.0, 120.0, 170.0, 220.0)),
    ]
    heading = Word("PELAKSANA", (75, 24, 165, 33), 9)
    found = under_headings(rules, [heading])
    assert Rule(False, 120.0, 35.0, 100) in found
    assert Rule(True, 35.0, 70.0, 170.0) in found
    assert Rule(False, 70.0, 20, 100) in found


def test_rules_end_on_the_part_of_the_rule_below_a_heading_that_is_seen() -> None:
    rules = [
        *(Rule(True, y, 20, 220) for y in (20.0, 60.0, 100.0)),
        *(Rule(False, x, 20, 100) for x in (20.0, 70.0, 120.0, 170.0, 220.0)),
        Rule(True, 37.0, 70.0, 120.0),  # worn to the right of it
    ]
    found = under_headings(rules, [Word("PELAKSANA", (75, 24, 165, 33), 9)])
    assert [r for r in found if r.level and 30 < r.at < 45] == [Rule(True, 37.0, 70.0, 170.0)]
    assert Rule(False, 120.0, 37.0, 100) in found


def test_an_actor_called_pelaksana_is_no_heading() -> None:
    rules = [
        *(Rule(True, y, 20, 220) for y in (20.0, 40.0, 100.0)),
        *(Rule(False, x, 20, 100) for x in (20.0, 220.0)),
        *(Rule(False, x, 40, 100) for x in (70.0, 120.0, 170.0)),
    ]
    assert under_headings(rules, [Word("Pelaksana", (75, 52, 115, 60), 8)]) == rules


def test_a_sentence_set_wide_in_a_merged_row_is_no_header() -> None:
    lattice = make_lattice(table())
    assert lattice is not None
    places = (22, 48, 104, 142, 181, 203, 240, 262, 301, 340, 372)
    words = [Word("kata", (x, 40.0, x + 16.0, 48.0), 8) for x in places]
    assert header_rules(lattice, words) == []


def test_a_heading_of_spaced_letters_is_one() -> None:
    rules = [
        *(Rule(True, y, 20, 220) for y in (20.0, 60.0, 100.0)),
        *(Rule(False, x, 20, 100) for x in (20.0, 70.0, 120.0, 170.0, 220.0)),
    ]
    spaced = [
        Word("MUTU", (78, 24, 114, 33), 9),
        Word("BAKU", (124, 24, 160, 33), 9),  # farther apart than two columns may be
    ]
    names = [Word("Waktu", (x, 46, x + 21, 55), 9) for x in (80.0, 130.0)]
    found = under_headings(rules, [*spaced, *names])
    assert Rule(False, 120.0, 35.0, 100) in found


def test_a_heading_that_stands_in_the_middle_of_nothing_is_cut_free() -> None:
    rules = [
        *(Rule(True, y, 20, 420) for y in (20.0, 60.0, 100.0)),
        *(Rule(False, x, 20, 100) for x in (20.0, 320.0, 420.0)),
    ]
    found = under_headings(rules, [Word("MUTU BAKU", (280, 24, 330, 33), 9)])
    assert Rule(False, 320.0, 60.0, 100) in found
    assert [r for r in found if r.level] == [r for r in rules if r.level]


def test_names_above_numbers_that_have_no_rules_either() -> None:
    level = tuple(Rule(True, y, XS[0], XS[-1]) for y in (20.0, 64.0, 80.0, 110.0, 140.0))
    sides = [Rule(False, x, 20.0, 140.0) for x in (XS[0], XS[-1])]
    between = [Rule(False, x, 80.0, 140.0) for x in XS[1:-1]]
    plain = Table(level, tuple(sorted((*sides, *between), key=lambda r: r.at)))
    lattice = make_lattice(plain)
    assert lattice is not None
    words = [w for w in header() if w.text != "PELAKSANA"]
    found = make_lattice(with_header(plain, lattice, words))
    assert found is not None
    assert [sum(c.top == row for c in found.cells) for row in (0, 1)] == [6, 6]


def test_lines_of_one_name_are_no_heading_over_one_another() -> None:
    plain = table()
    lattice = make_lattice(plain)
    assert lattice is not None
    at = middles()
    words = [w for w in header() if w.text not in ("PELAKSANA", "Sekretaris")]
    name = [word("Pelaksana", at[3], 38), word("Gudang", at[3], 46)]
    found = make_lattice(with_header(plain, lattice, [*words, *name]))
    assert found is not None
    assert sum(c.top == 0 for c in found.cells) == 6
