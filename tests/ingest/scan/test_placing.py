"""Places of a flat page told on the page itself."""

from __future__ import annotations

from sopextract.core.geometry import BBox
from sopextract.ingest.page.moved import moved_back
from sopextract.ingest.scan.flat import Bend, Flat
from sopextract.model.source import (
    Cell,
    Connector,
    Grid,
    Outline,
    Page,
    Place,
    Residue,
    ResidueKind,
    Symbol,
    TextLine,
)

# A flat page of 200 by 100 that lay on its side: its box (10, 20, 40, 30) at (20, 160, 30, 190).
LAY = Flat((200, 100), turn=90)


def at(*box: float, score: float = 1.0) -> Place:
    x0, y0, x1, y1 = box
    return Place(1, (x0, y0, x1, y1), score=score)


def moved(x0: float, y0: float, x1: float, y1: float) -> BBox:
    return y0, 200 - x1, y1, 200 - x0


def test_every_place_is_moved() -> None:
    symbol = Symbol(7, Outline.BOX, at(10, 20, 40, 30), "A", 0.9)
    page = Page(
        1,
        (
            TextLine("Judul", at(50, 5, 90, 15), score=0.8),
            Grid(((Cell("□", at(0, 10, 60, 50), (symbol,), 0.7), Cell("", Place(1))),), exact=True),
        ),
        (symbol,),
        (
            Connector(
                7, None, at(40, 25, 80, 25), "Ya", points=((40, 25), (80, 25)),
                label_place=at(50, 15, 60, 24),
            ),
        ),
        (200, 100),
        (Residue(ResidueKind.WORD, at(1, 2, 3, 4), "x"),),
    )  # fmt: skip
    placed = moved_back(page, LAY.back, (100, 200))
    assert placed.size_pt == (100, 200)
    line, grid = placed.blocks
    assert isinstance(line, TextLine)
    assert isinstance(grid, Grid)
    assert (line.text, line.place.bbox, line.score) == ("Judul", moved(50, 5, 90, 15), 0.8)
    assert line.place.as_read == (50, 5, 90, 15)
    cell, empty = grid.rows[0]
    assert (cell.text, cell.place.bbox, cell.score) == ("□", moved(0, 10, 60, 50), 0.7)
    assert empty.place == Place(1)
    assert grid.exact
    (own,) = cell.symbols
    assert own == placed.symbols[0]
    assert (own.id, own.place.bbox, own.text, own.score) == (7, (20, 160, 30, 190), "A", 0.9)
    (line_,) = placed.connectors
    assert line_.place.bbox == moved(40, 25, 80, 25)
    assert line_.points == ((25, 160), (25, 120))
    assert line_.label_place is not None
    assert line_.label_place.bbox == moved(50, 15, 60, 24)
    assert placed.residue[0].place.bbox == moved(1, 2, 3, 4)


def test_a_place_keeps_its_page_and_its_score() -> None:
    place = at(10, 20, 40, 30, score=0.6)
    (line,) = moved_back(Page(3, (TextLine("x", place),)), LAY.back, (100, 200)).blocks
    assert isinstance(line, TextLine)
    assert (line.place.page, line.place.score) == (1, 0.6)


def test_places_on_a_bent_page_are_told_to_a_tenth_of_a_point() -> None:
    flat = Flat((200, 100), level=Bend((0.0, 0.0, 3.33, 0.0, 0.0)))
    (line,) = moved_back(Page(1, (TextLine("x", at(0, 40, 20, 50)),)), flat.back, (200, 100)).blocks
    assert isinstance(line, TextLine)
    assert line.place.bbox == (0.0, 42.1, 20.0, 53.3)


def test_places_of_an_enlarged_page_are_held_against_those_of_others_in_its_own_size() -> None:
    page = Page(1, (TextLine("x", at(0, 40, 20, 50)),))
    flat = Flat((200, 400), scale=2.0)
    (line,) = moved_back(page, flat.back, (100, 200), flat.scale).blocks
    assert isinstance(line, TextLine)
    assert line.place.bbox == (0, 20, 10, 25)
    assert line.place.as_read == (0, 20, 10, 25)
