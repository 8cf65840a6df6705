"""Any page gives a result in bounded time, and keeps its words."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sopextract.ingest.page import DrawnPage, Picture, Stroke, Word, lay_out_page
from sopextract.model.source import Grid, Page, ResidueKind
from tests.ingest.page.canvas import Canvas, box_at, rectangle
from tests.ingest.page.conservation import lost_and_doubled, symbols_astray

# Places on a coarse grid and off it: lines that meet, nearly meet and do not.
_AT = st.one_of(
    st.integers(0, 12).map(lambda k: 50.0 * k), st.floats(-50, 900, allow_nan=False, width=32)
)
_POINT = st.tuples(_AT, _AT)
_LIGHT = st.one_of(st.none(), st.floats(0, 1, width=32))
_BIG = st.floats(-1e7, 1e7, allow_nan=False, width=32)


@st.composite
def strokes(draw: st.DrawFn) -> tuple[Stroke, ...]:
    made = []
    for path in range(draw(st.integers(0, 25))):
        kind = draw(st.sampled_from(("line", "rectangle", "any", "far")))
        if kind == "line":
            a, at = draw(_POINT), draw(_AT)
            points = [a, (at, a[1]) if draw(st.booleans()) else (a[0], at)]
        elif kind == "rectangle":
            (x, y), w, h = draw(_POINT), draw(st.floats(0, 200)), draw(st.floats(0, 60))
            points = [*rectangle((x, y, x + w, y + h)), (x, y)]
        else:
            place = _POINT if kind == "any" else st.tuples(_BIG, _BIG)
            points = draw(st.lists(place, min_size=2, max_size=9))
        made.append(
            Stroke(
                tuple(points),
                draw(st.integers(0, 1)) + path,
                draw(st.booleans()),
                draw(_LIGHT),
                draw(_LIGHT),
                draw(st.floats(0, 5)),
                draw(st.booleans()),
            )
        )
    return tuple(made)


@st.composite
def words(draw: st.DrawFn) -> tuple[Word, ...]:
    made = []
    for _ in range(draw(st.integers(0, 12))):
        (x, y), size = draw(_POINT), draw(st.floats(1, 30))
        text = draw(st.sampled_from(("Ya", "Tidak", "1", "2", "3", "Kepala", ".", "⬭", "setuju")))
        angle = draw(st.sampled_from((0, 0, 0, 90, 180, 270)))
        made.append(Word(text, (x, y, x + size * len(text) / 2, y + size), size, angle))
    return tuple(made)


@given(strokes(), words(), st.lists(st.tuples(_AT, _AT, _AT, _AT), max_size=2))
@settings(max_examples=150)
def test_any_page_gives_a_result_and_keeps_its_words(
    drawn: tuple[Stroke, ...],
    written: tuple[Word, ...],
    pictures: list[tuple[float, float, float, float]],
) -> None:
    page = DrawnPage(1, (842, 595), written, drawn, tuple(Picture(box) for box in pictures))
    laid = lay_out_page(page, 10)
    assert lost_and_doubled(page, laid) == ({}, {})
    assert symbols_astray(laid) == []
    ids = {symbol.id for symbol in laid.symbols}
    assert ids == set(range(10, 10 + len(ids)))
    for connector in laid.connectors:
        assert {connector.tail, connector.head} - {None} <= ids
    for block in laid.blocks:
        if isinstance(block, Grid):
            assert len({len(row) for row in block.rows}) == 1
    assert laid == lay_out_page(page, 10)


def test_a_whole_sheet() -> None:
    canvas = Canvas().grid((50, 90, 250, 350, 450, 600), (50, 80, 120, 160, 200))
    for text, x in (("No", 60), ("Kegiatan", 100), ("Kepala", 280), ("Staf", 380), ("Mutu", 460)):
        canvas.text(text, x, 70)
    for k, text in enumerate(("Menerima surat", "Menelaah", "Menyimpan")):
        canvas.text(str(k + 1), 60, 105 + 40 * k).text(text, 100, 105 + 40 * k)
    canvas.symbol("capsule", box_at(300, 100)).symbol("diamond", box_at(400, 140, 40, 20))
    canvas.symbol("capsule", box_at(300, 180))
    canvas.arrow((320, 100), (400, 100), (400, 130))
    canvas.arrow((380, 140), (300, 140), (300, 172)).text("Ya", 350, 138)
    canvas.arrow((420, 140), (435, 140), (435, 90), (300, 90), (300, 92)).text("Tidak", 412, 118)
    page = lay_out_page(canvas.page(), 0)
    (grid,) = (block for block in page.blocks if isinstance(block, Grid))
    assert [[cell.text for cell in row] for row in grid.rows] == [
        ["No", "Kegiatan", "Kepala", "Staf", "Mutu"],
        ["1", "Menerima surat", "⬭", "", ""],
        ["2", "Menelaah", "", "◇", ""],
        ["3", "Menyimpan", "⬭", "", ""],
    ]
    assert {(c.tail, c.head, c.label) for c in page.connectors} == {
        (0, 1, ""),
        (1, 2, "Ya"),
        (1, 0, "Tidak"),
    }
    assert page.residue == ()


def residue(page: Page) -> list[tuple[ResidueKind, tuple[float, float, float, float] | None]]:
    return [(one.kind, one.place.bbox) for one in page.residue]


def table() -> Canvas:
    canvas = Canvas().grid((50, 150, 250, 350, 450), (50, 80, 140, 200))
    return canvas.symbol("box", box_at(200, 110)).symbol("box", box_at(200, 170))


def test_a_line_in_the_lanes_that_joins_nothing_is_left_over() -> None:
    assert residue(lay_out_page(table().page(), 0)) == []
    stray = table().line((165, 130), (165, 195)).page()
    assert residue(lay_out_page(stray, 0)) == [(ResidueKind.CONNECTOR, (165, 130, 165, 195))]


def test_a_line_in_a_text_cell_is_left_over_unless_it_underlines() -> None:
    underlined = table().text("Rapat", 360, 110).line((360, 111), (380, 111)).page()
    assert residue(lay_out_page(underlined, 0)) == []
    stray = table().line((360, 100), (360, 112)).page()
    assert residue(lay_out_page(stray, 0)) == [(ResidueKind.STROKE, (360, 100, 360, 112))]


def test_many_strokes_in_one_cell_are_a_picture() -> None:
    canvas = table()
    for k in range(20):
        canvas.line((370, 90 + 2 * k), (390 + k % 3, 91 + 2 * k))
    assert residue(lay_out_page(canvas.page(), 0)) == [(ResidueKind.PICTURE, (370, 90, 392, 129))]


def test_lines_outside_tables_are_furniture() -> None:
    assert residue(lay_out_page(table().line((50, 560), (450, 560)).page(), 0)) == []


def hatched(count: int) -> Canvas:
    canvas = table()
    for k in range(count):
        x, y = 60 + (k * 37) % 380, 60 + (k * 17) % 130
        canvas.line((x, y), (x + 13, y + 7))
    return canvas


def comb(count: int) -> Canvas:
    """One area with very many teeth."""
    points = [(50.0, 50.0)]
    for k in range(count):
        x = 50 + 700 * k / count
        points += [(x, 90.0), (x + 0.1, 90.0), (x + 0.1, 50.5)]
    return table().fill([*points, (750.0, 50.0)])


def boxes(count: int) -> Canvas:
    canvas = Canvas().grid((50, 150, 2250), (50, 80, 2200))
    for k in range(count):
        canvas.symbol("box", box_at(200 + k % 120 * 16, 100 + k // 120 * 12, 12, 7))
    return canvas


def scribbled(count: int) -> Canvas:
    """Slanted lines that meet at their ends, none a symbol."""
    canvas = table()
    at = (60.0, 60.0)
    for k in range(count):
        to = (60.0 + (k * 97) % 380, 60.0 + (k * 61) % 130)
        canvas.line(at, to)
        at = to
    return canvas


def crossed(count: int) -> Canvas:
    """A table with very many cells."""
    far = 50.0 + 4 * count
    canvas = Canvas()
    for k in range(count + 1):
        at = 50.0 + 4 * k
        canvas.line((50, at), (far, at)).line((at, 50), (at, far))
    return canvas


_FULL = {
    "hatched": (hatched, 20_000),
    "comb": (comb, 20_000),
    "boxes": (boxes, 5_000),
    "scribbled": (scribbled, 900),
    "crossed": (crossed, 1_000),
}


@pytest.mark.parametrize("name", sorted(_FULL))
def test_pages_full_of_ink_take_seconds(name: str) -> None:
    make, count = _FULL[name]
    page = make(count).text("Kegiatan", 160, 70).page()
    start = time.perf_counter()
    laid = lay_out_page(page, 0)
    assert time.perf_counter() - start < 60  # each took hours, or all memory, without bounds
    assert lost_and_doubled(page, laid) == ({}, {})
    assert len(laid.residue) <= 500
