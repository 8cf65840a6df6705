"""Pages made flat, and places told on the page as it lay."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from sopextract.core.geometry import Point
from sopextract.ingest.scan.flat import Bend, Flat, flatten, turned
from sopextract.ingest.scan.raster import Pixels, Raster
from tests.ingest.scan.drawing import BLUE, PER_PT, Sheet

DOTS = ((60.0, 45.0), (350.0, 45.0), (240.0, 150.0), (60.0, 250.0), (350.0, 250.0))


def ruled_sheet() -> Sheet:
    """A table with words, and coloured dots that can be found again."""
    sheet = Sheet(420, 300)
    sheet.table((30, 90, 180, 300, 390), (30, 60, 110, 170, 230, 270))
    for k in range(4):
        sheet.write("Kegiatan", (100, 66 + 50 * k))
    for x, y in DOTS:
        sheet.fill((x - 3, y - 3), (x + 3, y - 3), (x + 3, y + 3), (x - 3, y + 3), colour=BLUE)
    return sheet


def dots_in(pixels: Pixels) -> list[Point]:
    """The middles of what is coloured, in points, from the top, then from the left."""
    coloured = (np.ptp(pixels.astype(np.int16), axis=2) > 60).astype(np.uint8)
    _, _, stats, middles = cv2.connectedComponentsWithStats(coloured)
    found = [
        ((float(x) + 0.5) / PER_PT, (float(y) + 0.5) / PER_PT)
        for (x, y), size in zip(middles[1:], stats[1:, 4], strict=True)
        if size > 100
    ]
    return sorted(found, key=lambda p: (round(p[1] / 60), p[0]))


def askew(sheet: Sheet, degrees: float) -> Raster:
    """The sheet fed askew, turned clockwise about its middle."""
    height, width = sheet.pixels.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2 - 0.5, height / 2 - 0.5), -degrees, 1)
    pixels = cv2.warpAffine(sheet.pixels, matrix, (width, height), borderValue=(255, 255, 255))
    return Raster(np.asarray(pixels, np.uint8), PER_PT)


def bent(sheet: Sheet, across_pt: float, along_pt: float = 0.0) -> Raster:
    """The sheet with level lines pushed down, most in their middle, upright ones to the right."""
    height, width = sheet.pixels.shape[:2]
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    s, t = 2 * xs / width - 1, 2 * ys / height - 1
    from_x = (xs - along_pt * PER_PT * (1 - t * t)).astype(np.float32)
    from_y = (ys - across_pt * PER_PT * (1 - s * s)).astype(np.float32)
    pixels = cv2.remap(sheet.pixels, from_x, from_y, cv2.INTER_LINEAR, borderValue=(255, 255, 255))
    return Raster(np.asarray(pixels, np.uint8), PER_PT)


def leads_back(page: Raster, straight: Raster, flat: Flat) -> bool:
    """Whether every dot of the flat page is told where it lies on the page, to half a point."""
    on_page, on_flat = dots_in(page.pixels), dots_in(straight.pixels)
    assert len(on_page) == len(on_flat) == len(DOTS)
    return all(
        flat.back(p) == pytest.approx(q, abs=0.5) for p, q in zip(on_flat, on_page, strict=True)
    )


@pytest.mark.parametrize("degrees", [1.7, -1.7, 0.4, 5.0])
def test_skew_is_found_to_a_tenth_of_a_degree(degrees: float) -> None:
    page = askew(ruled_sheet(), degrees)
    straight, flat = flatten(page)
    assert flat.skew_deg == pytest.approx(degrees, abs=0.1)
    assert dots_in(straight.pixels) == [pytest.approx(dot, abs=0.6) for dot in DOTS]
    assert leads_back(page, straight, flat)


@pytest.mark.parametrize(("across", "along"), [(4.0, 0.0), (-6.0, 0.0), (0.0, 3.0), (5.0, -3.0)])
def test_a_bend_is_taken_out_to_half_a_point(across: float, along: float) -> None:
    page = bent(ruled_sheet(), across, along)
    straight, flat = flatten(page)
    assert flat.skew_deg == pytest.approx(0, abs=0.1)
    # where the lines lie as a whole is their own affair: the sheet's middle stays where it was
    wanted = [pytest.approx((x + along, y + across), abs=0.6) for x, y in DOTS]
    assert dots_in(straight.pixels) == wanted
    assert leads_back(page, straight, flat)


def test_skew_and_bend_together() -> None:
    sheet = ruled_sheet()
    sheet.pixels = bent(sheet, 4.0).pixels
    page = askew(sheet, 1.2)
    straight, flat = flatten(page)
    assert flat.skew_deg == pytest.approx(1.2, abs=0.1)
    assert leads_back(page, straight, flat)
    upper, lower = dots_in(straight.pixels)[:2], dots_in(straight.pixels)[3:]
    assert upper[0][1] == pytest.approx(upper[1][1], abs=0.3)
    assert lower[0][1] == pytest.approx(lower[1][1], abs=0.3)


def test_a_flat_page_and_one_without_lines_stay_as_they_are() -> None:
    empty, sheet = Sheet(300, 200), ruled_sheet()
    spotted = Sheet(300, 200)
    spotted.fill((100, 80), (140, 80), (140, 120), (100, 120))
    for one in (empty, spotted, sheet):
        page = one.raster
        straight, flat = flatten(page)
        assert straight is page
        assert flat == Flat(page.size_pt)
        assert flat.back((31.0, 47.0)) == pytest.approx((31.0, 47.0))


def test_rules_drawn_anew_in_every_row_do_not_lean() -> None:
    sheet = Sheet(420, 330)
    rows = [30.0 + 36 * k for k in range(8)]
    for y in rows:
        sheet.line((30, y), (390, y))
    for x in (30, 90, 180, 300, 390):
        for k, y in enumerate(rows[:-1]):  # each row beside the last, as word processors do
            at = x + 0.75 * (k % 3)
            sheet.line((at, y), (at, y + 36), width=0.75)
    for degrees in (1.6, -1.6):
        _, flat = flatten(askew(sheet, degrees))
        ends = np.array([-1.0, 0.0, 1.0])
        assert flat.upright.at(ends, np.zeros(3)) == pytest.approx(0, abs=0.35)


def test_upright_lines_turn_with_level_ones() -> None:
    sheet = Sheet(420, 300)
    for y in (30, 80, 130, 180, 230):
        sheet.line((30, y), (390, y))
    for x in (60, 200):  # what is short and leans is no rule
        sheet.line((x, 90), (x + 1, 126))
    _, flat = flatten(askew(sheet, 0.8))
    ends = np.array([-1.0, 0.0, 1.0])
    assert flat.upright.at(ends, np.zeros(3)) == pytest.approx(0, abs=0.6)


def test_a_lone_slanted_line_bends_nothing() -> None:
    sheet = ruled_sheet()
    sheet.line((90, 230), (180, 170))
    _, flat = flatten(sheet.raster)
    assert flat.is_still


@pytest.mark.parametrize("turn", [0, 90])
def test_places_of_an_enlarged_page_are_those_of_the_page(turn: int) -> None:
    _, plain = flatten(ruled_sheet().raster, turn)
    _, twice = flatten(ruled_sheet().raster, turn, 2.0)
    x, y = plain.back((100, 60))
    assert twice.back((100, 60)) == pytest.approx((x / 2, y / 2))
    assert twice.own_size_pt == tuple(side / 2 for side in plain.own_size_pt)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_places_on_a_turned_page(turn: int) -> None:
    lying = turned(ruled_sheet().raster, (360 - turn) % 360)
    upright = turned(lying, turn)
    straight, flat = flatten(upright, turn)
    assert (upright.pixels == ruled_sheet().pixels).all()
    assert flat.own_size_pt == lying.size_pt
    on_page = sorted(dots_in(lying.pixels))
    told = sorted(flat.back(dot) for dot in dots_in(straight.pixels))
    assert told == [pytest.approx(dot, abs=0.1) for dot in on_page]


@pytest.mark.parametrize(
    ("turn", "wanted"),
    [(0, (10, 20, 40, 30)), (90, (20, 160, 30, 190)), (180, (160, 70, 190, 80)),
     (270, (70, 10, 80, 40))],
)  # fmt: skip
def test_boxes_on_a_turned_page(turn: int, wanted: tuple[float, float, float, float]) -> None:
    assert Flat((200, 100), turn).box_back((10, 20, 40, 30)) == pytest.approx(wanted)


def test_a_box_on_a_bent_page_reaches_round_its_corners() -> None:
    flat = Flat((200, 100), level=Bend((2.0, 0.0, 0.0, 0.0, 0.0)))  # left up, right down
    assert flat.box_back((0, 40, 200, 50)) == pytest.approx((0, 38, 200, 52))


@pytest.mark.parametrize("degrees", [0.8, -1.1])
def test_one_bit_pixels_of_a_slant_are_no_stairs(degrees: float) -> None:
    sheet = Sheet(1000, 600)
    columns, rows = (36, 54, 276, 357, 431, 505, 633, 786, 950), range(40, 560, 42)
    sheet.table(columns, tuple(rows))
    height, width = sheet.pixels.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2 - 0.5, height / 2 - 0.5), -degrees, 1)
    pixels = cv2.warpAffine(
        np.where(sheet.pixels < 150, 0, 255).astype(np.uint8),
        matrix,
        (width, height),
        flags=cv2.INTER_NEAREST,
        borderValue=(255, 255, 255),
    )
    _, flat = flatten(Raster(np.asarray(pixels, np.uint8), PER_PT))
    assert flat.skew_deg == pytest.approx(degrees, abs=0.06)
    assert max(map(abs, (*flat.level.terms, *flat.upright.terms))) < 0.5


def test_two_sides_of_a_stamp_do_not_turn_a_page() -> None:
    sheet = Sheet(900, 300)
    for k in range(9):
        sheet.write("Menyerahkan surat keberatan beserta salinan ketetapan", (40, 60 + 22 * k))
    for y in (20.0, 44.0):
        sheet.line((560, y), (680, y - 2.4), width=1.5)
    _, flat = flatten(sheet.raster)
    assert abs(float(flat.level.at(np.array(1.0), np.array(0.0)))) < 1.0  # the stamp says 9
