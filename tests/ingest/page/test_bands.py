"""Tables that share rules are cut where the columns of one end and those of the other begin."""

from __future__ import annotations

from sopextract.ingest.page import lay_out_page
from sopextract.ingest.page.bands import Band, find_bands
from sopextract.ingest.page.lattice import make_lattice
from sopextract.ingest.page.rules import find_tables, merge_lines
from sopextract.model.source import Grid, TextLine
from tests.ingest.page.canvas import Canvas, box_at

IDENTITY = (50.0, 250.0, 450.0)
STEPS = (50.0, 90.0, 200.0, 300.0, 450.0)


def bands(canvas: Canvas) -> list[Band]:
    (table,) = find_tables(merge_lines(canvas.ink))
    lattice = make_lattice(table)
    assert lattice is not None
    return find_bands(lattice)


def touching() -> Canvas:
    """An identity table of two columns right above a step table of four."""
    return Canvas().grid(IDENTITY, (50, 80, 110)).grid(STEPS, (110, 140, 170, 200))


def test_one_table_is_one_band() -> None:
    assert bands(Canvas().grid(STEPS, (110, 140, 170))) == [Band(0, 1, (0, 1, 2, 3, 4))]


def test_tables_with_columns_of_their_own_are_cut_apart() -> None:
    # xs: 50 90 200 250 300 450
    assert bands(touching()) == [Band(0, 1, (0, 3, 5)), Band(2, 4, (0, 1, 2, 4, 5))]


def test_a_header_with_fewer_columns_stays_with_its_table() -> None:
    canvas = Canvas().grid((50, 90, 450), (80, 110)).grid(STEPS, (110, 140, 170))
    assert bands(canvas) == [Band(0, 2, (0, 1, 2, 3, 4))]


def test_a_title_between_tables_stands_alone() -> None:
    canvas = Canvas().grid(IDENTITY, (50, 80)).grid((50, 450), (80, 110))
    canvas.grid(STEPS, (110, 140, 170))
    found = bands(canvas)
    assert [(band.top, band.bottom, len(band.edges)) for band in found] == [
        (0, 0, 3),
        (1, 1, 2),
        (2, 3, 5),
    ]


def test_rows_joined_by_a_cell_are_not_cut() -> None:
    canvas = (
        Canvas().line((50, 50), (450, 50)).line((50, 110), (450, 110)).line((90, 80), (450, 80))
    )
    for x in (50, 90, 450):
        canvas.line((x, 50), (x, 110))
    canvas.line((200, 50), (200, 80)).line((300, 80), (300, 110))
    assert [(band.top, band.bottom) for band in bands(canvas)] == [(0, 1)]


def test_each_band_becomes_a_block() -> None:
    canvas = touching().text("Nomor", 60, 70).text("Kegiatan", 95, 130).text("1", 60, 190)
    page = lay_out_page(canvas.page(), 0)
    grids = [block for block in page.blocks if isinstance(block, Grid)]
    assert [[len(row) for row in grid.rows] for grid in grids] == [[2, 2], [4, 4, 4]]
    assert grids[0].rows[0][0].text == "Nomor"
    assert grids[1].rows[0][1].text == "Kegiatan"
    assert grids[1].rows[2][0].text == "1"


def test_a_cell_over_several_rows_gives_its_text_once() -> None:
    # a title cell beside which nothing is ruled, but whose table has rules at that height elsewhere
    canvas = Canvas().grid((50, 450), (50, 110)).grid(STEPS, (110, 140, 170))
    canvas.line((50, 80), (52, 80)).text("Bagan alir", 60, 70).text("1", 60, 130)
    page = lay_out_page(canvas.page(), 0)
    lines = [block.text for block in page.blocks if isinstance(block, TextLine)]
    assert lines == ["Bagan alir"]


def test_symbols_in_a_single_column_have_a_cell() -> None:
    canvas = Canvas().grid((50, 450), (50, 110, 170)).symbol("box", box_at(200, 80))
    canvas.symbol("box", box_at(200, 140)).arrow((200, 88), (200, 132))
    page = lay_out_page(canvas.page(), 0)
    (grid,) = (block for block in page.blocks if isinstance(block, Grid))
    assert [[cell.text for cell in row] for row in grid.rows] == [["□"], ["□"]]
    assert page.residue == ()
