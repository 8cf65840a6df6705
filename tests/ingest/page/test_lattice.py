"""Cells from rules: merged ones, worn rules, forms that are no rectangle."""

from __future__ import annotations

from sopextract.ingest.page.lattice import Lattice, Span, make_lattice
from sopextract.ingest.page.rules import find_tables, merge_lines
from tests.ingest.page.canvas import Canvas

XS, YS = (50.0, 150.0, 250.0, 350.0), (100.0, 140.0, 180.0, 220.0)


def lattice(canvas: Canvas) -> Lattice:
    (table,) = find_tables(merge_lines(canvas.ink))
    made = make_lattice(table)
    assert made is not None
    # every place has one cell, and cells are rectangles
    for n, cell in enumerate(made.cells):
        for row in range(cell.top, cell.bottom + 1):
            assert set(made.owner[row][cell.left : cell.right + 1]) == {n}
    assert all(n >= 0 for row in made.owner for n in row)
    return made


def frame() -> Canvas:
    return Canvas().grid((50, 350), (100, 220))


def test_a_plain_grid() -> None:
    made = lattice(Canvas().grid(XS, YS))
    assert (made.xs, made.ys) == (XS, YS)
    assert len(made.cells) == 9
    assert made.box(made.cells[4]) == (150, 140, 250, 180)
    assert made.bbox == (50, 100, 350, 220)


def test_cells_merged_across() -> None:
    canvas = frame().line((50, 140), (350, 140)).line((50, 180), (350, 180))
    canvas.line((150, 140), (150, 220)).line((250, 140), (250, 220))
    made = lattice(canvas)
    assert made.cells[0] == Span(0, 0, 0, 2)
    assert len(made.cells) == 7


def test_cells_merged_down() -> None:
    canvas = frame().line((150, 100), (150, 220)).line((250, 100), (250, 220))
    canvas.line((150, 140), (350, 140)).line((150, 180), (350, 180))
    made = lattice(canvas)
    assert Span(0, 2, 0, 0) in made.cells
    assert len(made.cells) == 7


def test_cells_merged_both_ways() -> None:
    canvas = frame().line((250, 100), (250, 220)).line((50, 180), (350, 180))
    canvas.line((250, 140), (350, 140)).line((150, 180), (150, 220))
    made = lattice(canvas)
    assert Span(0, 1, 0, 1) in made.cells
    assert len(made.cells) == 6


def test_a_worn_wall_is_whole() -> None:
    canvas = frame().line((50, 140), (350, 140)).line((50, 180), (350, 180))
    canvas.line((150, 100), (150, 220)).line((250, 100), (250, 150)).line((250, 152), (250, 220))
    assert len(lattice(canvas).cells) == 9


def test_half_a_wall_is_none() -> None:
    canvas = frame().line((50, 140), (350, 140)).line((50, 180), (350, 180))
    canvas.line((150, 100), (150, 220)).line((250, 100), (250, 140)).line((250, 180), (250, 220))
    assert Span(1, 1, 1, 2) in lattice(canvas).cells


def test_double_rules_are_one_edge() -> None:
    canvas = Canvas().grid(XS, YS).line((50, 142), (350, 142)).line((152, 100), (152, 220))
    made = lattice(canvas)
    assert made.xs == (50, 151, 250, 350)
    assert made.ys == (100, 141, 180, 220)
    assert len(made.cells) == 9


def test_a_table_in_the_form_of_an_l() -> None:
    canvas = Canvas().line((50, 100), (150, 100)).line((50, 140), (350, 140))
    canvas.line((50, 220), (350, 220)).line((50, 100), (50, 220)).line((150, 100), (150, 220))
    canvas.line((350, 140), (350, 220))
    made = lattice(canvas)
    assert made.cell_at((100, 120)) == 0
    assert made.box(made.cells[made.cell_at((300, 180)) or 0]) == (150, 140, 350, 220)


def test_points_and_boxes_find_their_cell() -> None:
    made = lattice(Canvas().grid(XS, YS))
    assert made.cell_at((200, 160)) == 4
    assert made.cell_at((20, 160)) is None
    assert made.cell_at((200, 300)) is None
    assert made.best_cell((160, 150, 200, 170)) == (4, 1.0)
    n, share = made.best_cell((130, 150, 170, 170)) or (None, 0.0)
    assert (n, share) == (3, 0.5)
    assert made.best_cell((400, 400, 420, 420)) is None


def test_a_mere_frame_has_no_cells() -> None:
    (table,) = find_tables(merge_lines(frame().ink))
    assert make_lattice(table) is None
