"""Lanes that no rule parts: from column numbers, names, the header's rules, the page before."""

from __future__ import annotations

import pytest

from sopextract.ingest.page import lay_out_page
from sopextract.ingest.page.lattice import Lattice
from sopextract.ingest.page.understood import understand
from sopextract.ingest.page.unruled import edges_of
from sopextract.model.source import Grid
from tests.ingest.page.canvas import Canvas, box_at

# No, Kegiatan, three lanes between 200 and 500, Output; the lanes' middles are 250, 350, 450.
XS = (50.0, 90.0, 200.0, 500.0, 600.0)
LANES = (250.0, 350.0, 450.0)
YS = (50.0, 80.0, 110.0, 150.0, 190.0, 230.0)


def sheet(numbers: bool, written: str = "{}") -> Canvas:
    """A step table whose lanes have no rules; a row of column numbers, as written, or none."""
    canvas = Canvas().grid(XS, YS if numbers else (50, 80, 150, 190, 230))
    for name, x in zip(("Kepala", "Staf", "Sekretaris"), LANES, strict=True):
        canvas.text(name, x - 2 * len(name), 70)
    canvas.text("Kegiatan", 100, 70)
    if numbers:
        for number, x in zip("12345678", (65, 140, *LANES, 545), strict=False):
            canvas.text(written.format(number), x, 100)
    for x, y in ((250, 130), (450, 170), (350, 210)):
        canvas.symbol("box", box_at(x, y if numbers else max(y, 110)))
    return canvas


def lattice(canvas: Canvas, above: tuple[float, ...] = ()) -> Lattice:
    (found,) = understand(canvas.page(), above).lattices
    return found


@pytest.mark.parametrize("written", ["{}", "({})", "{}."])
def test_column_numbers_part_the_lanes(written: str) -> None:
    xs = lattice(sheet(numbers=True, written=written)).xs
    assert len(xs) == 7
    assert xs[:3] == XS[:3]
    assert 266 < xs[3] < 334
    assert 366 < xs[4] < 430


def test_names_side_by_side_part_the_lanes() -> None:
    xs = lattice(sheet(numbers=False)).xs
    assert len(xs) == 7
    assert 266 < xs[3] < 342
    assert 360 < xs[4] < 430


def test_the_symbols_stand_in_their_lanes() -> None:
    page = lay_out_page(sheet(numbers=True).page(), 0)
    (grid,) = (block for block in page.blocks if isinstance(block, Grid))
    lanes = [[bool(cell.symbols) for cell in row][2:5] for row in grid.rows[2:]]
    assert lanes == [[True, False, False], [False, False, True], [False, True, False]]


def test_a_name_of_two_words_parts_nothing() -> None:
    canvas = Canvas().grid(XS, YS).text("Kepala Dinas", 300, 70)
    canvas.symbol("box", box_at(250, 130)).symbol("box", box_at(450, 170))
    assert lattice(canvas).xs == XS


def test_columns_of_text_stay_whole() -> None:
    canvas = Canvas().grid(XS, YS).text("Persyaratan", 220, 70).text("Kelengkapan", 400, 70)
    for y in (130, 170, 210):
        canvas.text("Surat masuk dan lembar disposisi", 210, y)
    assert lattice(canvas).xs == XS


def test_a_table_that_goes_on_has_the_lanes_of_the_page_before() -> None:
    canvas = Canvas().grid(XS, (50, 90, 130)).symbol("box", box_at(250, 70))
    above = (50.0, 90.0, 200.0, 300.0, 400.0, 500.0, 600.0)
    assert lattice(canvas, above).xs == above


def test_the_next_page_of_a_scan_may_lie_aside() -> None:
    canvas = Canvas().grid(XS, (50, 90, 130)).symbol("box", box_at(250, 70))
    above = (50.0, 90.0, 200.0, 300.0, 400.0, 500.0, 600.0)
    assert lattice(canvas, tuple(edge - 12 for edge in above)).xs == above
    assert lattice(canvas, tuple(edge - 60 for edge in above)).xs == XS


@pytest.mark.parametrize(("stretch", "same"), [(1.006, True), (0.992, True), (1.03, False)])
def test_paper_drawn_in_unevenly_is_a_little_longer_on_the_next_page(
    stretch: float, same: bool
) -> None:
    canvas = Canvas().grid(XS, YS)
    wanted = (50.0, 90.0, 200.0, 300.0, 400.0, 500.0, 600.0)
    above = tuple(40 + (edge - 50) * stretch for edge in wanted)
    assert lattice(canvas, above).xs == (pytest.approx(wanted, abs=0.1) if same else XS)


def test_another_table_has_its_own_columns() -> None:
    canvas = Canvas().grid(XS, (50, 90, 130)).symbol("box", box_at(250, 70))
    assert lattice(canvas, (50.0, 90.0, 190.0, 300.0, 400.0, 500.0, 600.0)).xs == XS
    assert lattice(canvas, (50.0, 90.0, 200.0, 300.0, 400.0, 500.0, 700.0)).xs == XS


def test_the_edges_of_a_grid() -> None:
    page = lay_out_page(Canvas().grid(XS, YS).page(), 0)
    (grid,) = page.blocks
    assert isinstance(grid, Grid)
    assert edges_of(grid) == XS
    assert edges_of(Grid(())) == ()
