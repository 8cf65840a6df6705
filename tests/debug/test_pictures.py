"""Pictures of what was understood: marks stand where things stand, hostile sizes are bounded."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image

from sopextract.debug import draw_pages
from sopextract.debug.marks import bounded_scale
from sopextract.debug.palette import ARROW, CELL, LABEL, LINE, PLAIN, RESIDUE, SYMBOLS, sum_up
from sopextract.errors import SourceError
from sopextract.model.source import (
    Cell,
    Connector,
    Grid,
    Outline,
    Page,
    Place,
    Residue,
    ResidueKind,
    ScanReading,
    SourceDocument,
    Symbol,
    TextLine,
)
from tests.factories import source_file

Pixel = tuple[int, int, int]


def at(*box: float) -> Place:
    return Place(1, (box[0], box[1], box[2], box[3]))


BOX = Symbol(0, Outline.BOX, at(120, 60, 160, 80))
DIAMOND = Symbol(1, Outline.DIAMOND, at(120, 140, 160, 160))
PAGE = Page(
    1,
    (
        TextLine("SOP", at(20, 10, 60, 20)),
        Grid(
            (
                (Cell("1", at(20, 50, 100, 100)), Cell("□", at(100, 50, 180, 100), (BOX,))),
                (Cell("2", at(20, 100, 100, 180)), Cell("◇", at(100, 100, 180, 180), (DIAMOND,))),
            ),
            exact=True,
        ),
    ),
    (BOX, DIAMOND),
    (
        Connector(0, 1, at(140, 80, 140, 140), points=((140, 80), (140, 140))),
        Connector(
            1,
            0,
            at(160, 70, 170, 150),
            "Tidak",
            points=((160, 150), (170, 150), (170, 70), (160, 70)),
            label_place=at(172, 140, 192, 148),
        ),
    ),
    (200.0, 200.0),
    (Residue(ResidueKind.STROKE, at(30, 150, 60, 150)),),
)


def document(*pages: Page) -> SourceDocument:
    return SourceDocument(source_file("a.xlsx"), pages)


def picture(page: Page, scale: float = 2.0) -> Image.Image:
    """The page's picture without the legend."""
    (_, data) = next(draw_pages(document(page), scale))
    whole = Image.open(io.BytesIO(data)).convert("RGB")
    if page.size_pt is None:
        return whole
    height = round(page.size_pt[1] * scale)
    return whole.crop((0, whole.height - height, whole.width, whole.height))


def near(image: Image.Image, x: float, y: float, colour: Pixel, scale: float = 2.0) -> bool:
    """Whether a pixel of this colour stands within a point of a place."""
    px, py = round(x * scale), round(y * scale)
    around = (
        image.getpixel((px + dx, py + dy)) for dx in (-2, -1, 0, 1, 2) for dy in (-2, -1, 0, 1, 2)
    )
    return colour in around


@pytest.mark.parametrize(
    ("x", "y", "colour"),
    [
        (20, 75, CELL),
        (100, 150, CELL),
        (60, 180, CELL),
        (20, 15, LINE),
        (120, 70, SYMBOLS[Outline.BOX]),
        (130, 145, SYMBOLS[Outline.DIAMOND]),
        (140, 110, ARROW),
        (170, 110, ARROW),
        (182, 140, LABEL),
        (30, 148.5, RESIDUE),
    ],
)
def test_marks_stand_where_things_stand(x: float, y: float, colour: Pixel) -> None:
    assert near(picture(PAGE), x, y, colour)


def test_a_head_is_drawn_only_where_one_was_seen() -> None:
    directed = picture(PAGE)
    bare = replace(PAGE.connectors[0], directed=False)
    plain = picture(replace(PAGE, connectors=(bare,)))
    assert near(directed, 141, 136, ARROW)
    assert near(plain, 140, 110, PLAIN)
    assert not near(plain, 142.5, 136, PLAIN)


def test_an_end_at_nothing_is_ringed() -> None:
    loose = replace(PAGE.connectors[0], head=None)
    assert near(picture(replace(PAGE, connectors=(loose,))), 140, 143.5, RESIDUE)
    assert not near(picture(PAGE), 140, 143.5, RESIDUE)


def test_a_connector_without_points_goes_from_symbol_to_symbol() -> None:
    bare = replace(PAGE.connectors[0], points=())
    assert near(picture(replace(PAGE, connectors=(bare,))), 140, 110, ARROW)


@pytest.mark.parametrize("kind", list(Outline))
def test_every_symbol_is_drawn_in_its_colour(kind: Outline) -> None:
    symbol = replace(BOX, outline=kind)
    image = picture(replace(PAGE, symbols=(symbol,), connectors=()))
    assert near(image, 140, 60, SYMBOLS[kind])


def test_a_page_without_places_is_drawn_as_a_scheme() -> None:
    where = Place(where="table 1")
    box = replace(BOX, place=where)
    diamond = replace(DIAMOND, place=where)
    capsule = Symbol(2, Outline.CAPSULE, where)
    rows = ((Cell("□", where, (box,)),), (Cell("◇", where, (diamond,)),))
    page = Page(
        None,
        (TextLine("SOP", where), Grid(rows, exact=True)),
        (box, diamond, capsule),
        (Connector(0, 1, where, "Ya"), Connector(1, 2, where, directed=False)),
        residue=(Residue(ResidueKind.PICTURE, where),),
    )
    colours = {colour for _, colour in picture(page).getcolors(1 << 20) or ()}
    assert {CELL, ARROW, PLAIN, *(SYMBOLS[s.outline] for s in page.symbols)} <= colours


def test_the_line_at_the_top_sums_the_page_up() -> None:
    assert sum_up(PAGE, 1, 3) == (
        "Halaman 1 dari 3; tabel: 1; simbol: 2; penghubung: 2; label: 1; sisa: garis lain 1"
    )
    bare = Page(1, (), picture_flow=True, untrusted="x")
    assert sum_up(bare, 2, 2) == (
        "Halaman 2 dari 2; tabel: 0; simbol: 0; penghubung: 0; label: 0; sisa: tidak ada; "
        "alur tampaknya berupa gambar; teksnya tidak dapat dipercaya"
    )
    read = Page(1, (), scan=ScanReading("made", "1", 0.973, 0.9, 12, 0, poor="kabur"))
    assert sum_up(read, 1, 1).endswith("; dibaca dari piksel: 12 kata, yakin 97%, buruk")


def test_one_page_can_be_asked_for() -> None:
    two = document(PAGE, PAGE)
    assert [number for number, _ in draw_pages(two, 1.0)] == [1, 2]
    assert [number for number, _ in draw_pages(two, 1.0, only=2)] == [2]
    with pytest.raises(SourceError, match="has no page 3") as caught:
        list(draw_pages(two, 1.0, only=3))
    assert caught.value.hint == "it has 2 pages"


def test_a_page_of_any_size_is_bounded() -> None:
    assert bounded_scale(2.0, (842.0, 595.0)) == 2.0
    scale = bounded_scale(6.0, (14400.0, 14400.0))
    assert (14400 * scale) ** 2 <= 40_000_001
    ((_, data),) = draw_pages(document(replace(PAGE, size_pt=(0.0, 0.0))), 2.0)
    assert Image.open(io.BytesIO(data)).width == 1


def test_a_scheme_of_any_size_is_bounded() -> None:
    cell = Cell("kata " * 1000, Place())
    many = Grid((((cell,) * 500),) * 8 + ((Cell("", Place()),) * 2,) * 2000)
    image = picture(Page(None, (many,)), 6.0)
    assert image.width * image.height <= 42_000_000
