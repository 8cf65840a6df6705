"""Print told from what was put on the page by hand."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from sopextract.ingest.scan.ink import read_print
from sopextract.ingest.scan.raster import Raster
from sopextract.model.source import InkKind
from tests.ingest.scan.drawing import BLACK, BLUE, PER_PT, Sheet


def darkness(mask: np.ndarray, x: float, y: float, reach: float = 0.6) -> float:
    """Which share of the pixels round a point is ink."""
    x0, x1 = round((x - reach) * PER_PT), round((x + reach) * PER_PT)
    y0, y1 = round((y - reach) * PER_PT), round((y + reach) * PER_PT)
    return float(mask[y0:y1, x0:x1].mean())


def scribble(sheet: Sheet, x: float, y: float, width: float, height: float) -> None:
    """A signature: loops from left to right."""
    t = np.linspace(0, 1, 120)
    xs = x + width * (t + 0.12 * np.sin(2 * np.pi * 4 * t))
    ys = y + height / 2 * (1 + 0.9 * np.cos(2 * np.pi * 4 * t + 0.5) * (1 - 0.4 * t))
    sheet.line(*zip(xs.tolist(), ys.tolist(), strict=True), width=1.2, colour=BLUE)


def printed_sheet() -> Sheet:
    sheet = Sheet(260, 180)
    sheet.line((20, 90), (240, 90), width=1.0)
    sheet.write("KEPALA DINAS PERPUSTAKAAN", (60, 60), 10)
    return sheet


def stamped(signed: bool = True) -> Sheet:
    """The sheet with ink over its print: black stays black under it."""
    sheet, ink = printed_sheet(), Sheet(260, 180)
    for radius in (42, 36):
        ink.ring((130, 90), radius)
    if signed:
        scribble(ink, 105, 70, 50, 40)
    sheet.pixels = np.minimum(sheet.pixels, ink.pixels)
    return sheet


@pytest.mark.parametrize("signed", [True, False])
def test_a_stamp_is_taken_away_and_kept(signed: bool) -> None:
    printed = read_print(stamped(signed).raster)
    (stamp,) = printed.hand
    assert stamp.kind is InkKind.STAMP
    box = [v / PER_PT for v in stamp.bbox]
    assert box == pytest.approx([88, 48, 172, 132], abs=5)
    assert stamp.mask.shape == (stamp.bbox[3] - stamp.bbox[1], stamp.bbox[2] - stamp.bbox[0])
    for x, y in ((100.3, 119.7), (159.7, 119.7), (130, 132)):  # on the outer ring
        assert darkness(printed.coloured, x, y) > 0.9
        assert darkness(printed.dark, x, y) == 0
        assert printed.grey[round(y * PER_PT), round(x * PER_PT)] > 200


def test_letters_and_flat_parts_of_a_stamp_go_with_it() -> None:
    sheet = stamped(signed=False)
    sheet.line((110, 90.0), (114, 90.0), (114, 98), width=1.0, colour=BLUE)
    sheet.line((118, 98), (122, 98), (122, 104), width=1.0, colour=BLUE)
    printed = read_print(sheet.raster)
    for x, y in ((114, 95), (120, 98), (122, 102), (130, 48), (88.2, 86)):
        assert darkness(printed.dark, x, y) == 0


def test_black_print_under_a_stamp_stays() -> None:
    printed, wanted = read_print(stamped().raster), read_print(printed_sheet().raster).dark
    near = cv2.dilate(printed.dark.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    assert (near & wanted).sum() > 0.99 * wanted.sum()
    assert printed.dark.sum() < 1.1 * wanted.sum()


def test_a_signature_is_told_from_a_stamp() -> None:
    sheet = Sheet(260, 120)
    sheet.write("Nama Pejabat", (80, 80), 10)
    scribble(sheet, 80, 30, 90, 38)
    printed = read_print(sheet.raster)
    assert [one.kind for one in printed.hand] == [InkKind.SIGNATURE]
    plain = Sheet(260, 120)
    plain.write("Nama Pejabat", (80, 80), 10)
    assert (printed.dark == read_print(plain.raster).dark).mean() > 0.999


def test_what_is_printed_in_blue_stays() -> None:
    sheet = Sheet(300, 200)
    for k, kind in enumerate(("capsule", "box", "diamond", "off_page")):
        sheet.shape(kind, (20 + 60 * k, 20, 62 + 60 * k, 40), width=1.0, colour=BLUE)
    sheet.line((41, 40), (41, 80), (101, 80), colour=BLUE)
    sheet.head((101, 80), (1, 0), colour=BLUE)
    sheet.fill((20, 100), (80, 100), (80, 122), (20, 122), colour=(91, 155, 213))
    box = sheet.write("https://jdih.example.go.id", (20, 150), 9, colour=BLUE)
    sheet.line((box[0], 161), (box[2], 161), colour=BLUE)
    printed = read_print(sheet.raster)
    assert printed.hand == ()
    for x, y in ((101, 20), (41, 60), (98, 80), (60, 161)):
        assert darkness(printed.dark, x, y) > 0.4, (x, y)
        assert darkness(printed.coloured, x, y) > 0.4, (x, y)
    assert 120 < printed.grey[round(111 * PER_PT), round(50 * PER_PT)] < 190  # filled, no paper


@pytest.mark.parametrize("high", [14, 20, 30, 40])
@pytest.mark.parametrize("round_all_over", [True, False])
def test_a_blue_start_symbol_is_no_hand_ink(high: float, round_all_over: bool) -> None:
    sheet = Sheet(140, 90)
    if round_all_over:
        middle, axes = (round(60 * PER_PT), round(45 * PER_PT)), (70, round(high / 2 * PER_PT))
        cv2.ellipse(sheet.pixels, middle, axes, 0, 0, 360, BLUE, 3, cv2.LINE_AA)
    else:
        sheet.shape("capsule", (35, 45 - high / 2, 85, 45 + high / 2), width=1.0, colour=BLUE)
    sheet.write("Mulai", (50, 40), 8, colour=BLUE)
    sheet.line((85, 45), (120, 45), colour=BLUE)
    printed = read_print(sheet.raster)
    assert printed.hand == ()
    assert darkness(printed.dark, 60, 45 - high / 2) > 0.4


@pytest.mark.parametrize("worn", [False, True])
def test_dashes_and_heads_at_a_blue_box_are_no_signature(worn: bool) -> None:
    sheet = Sheet(260, 150)
    sheet.shape("box", (100, 60, 139, 76), width=1.2, colour=BLUE)
    if worn:
        sheet.wipe((136, 58, 136.8, 62))
    for tip, way in (((100, 68), (1, 0)), ((120, 60), (0, 1)), ((120, 76), (0, -1))):
        x, y = tip[0] - 5 * way[0], tip[1] - 5 * way[1]
        for side in (-2.4, 2.4):
            sheet.line((x + side * way[1], y + side * way[0]), tip, width=1.0, colour=BLUE)
    for a, b in (((60, 68), (99, 68)), ((97, 20), (97, 120)), ((120, 120), (120, 82))):
        sheet.line(a, b, colour=BLUE, dash=(3, 3.5))
    printed = read_print(sheet.raster)
    assert printed.hand == ()
    assert darkness(printed.dark, 97, 68, reach=3) > 0.1


@pytest.mark.parametrize("dash", [(3.0, 3.5), (2.6, 1.6)])  # the gaps of the latter run together
def test_a_coloured_diamond_amid_dashes_and_open_heads_is_no_stamp(
    dash: tuple[float, float],
) -> None:
    sheet, red = Sheet(300, 220), (150, 20, 25)
    sheet.shape("diamond", (120, 100, 170, 119), width=1.1, colour=red)
    for points in (
        ((145, 100), (145, 60), (200, 60)),
        ((230, 68), (230, 109), (172, 109)),
        ((145, 119), (145, 160), (240, 160)),
    ):
        sheet.line(*points, width=1.3, colour=red, dash=dash)
        (x, y), (px, py) = points[-1], points[-2]
        way = ((x > px) - (x < px), (y > py) - (y < py))
        for side in (-3.0, 3.0):
            back = (x - 6 * way[0] + side * way[1], y - 6 * way[1] + side * way[0])
            sheet.line(back, (x - 3 * way[0], y - 3 * way[1]), (x, y), width=1.3, colour=red)
    printed = read_print(sheet.raster)
    assert printed.hand == ()
    assert darkness(printed.dark, 145, 119, reach=2) > 0.2


def test_a_filling_hardly_coloured_enough_is_no_signature() -> None:
    sheet = Sheet(200, 120)
    tips = ((90, 50), (112, 61), (90, 72), (68, 61))
    sheet.fill(*tips, colour=(240, 225, 196))
    sheet.shape("diamond", (68, 50, 112, 72), width=0.75, colour=(190, 90, 80))
    noise = np.random.default_rng(5).normal(0, 22, sheet.pixels.shape)
    worn = np.clip(sheet.pixels + cv2.GaussianBlur(noise, (3, 3), 0), 0, 255).astype(np.uint8)
    printed = read_print(Raster(worn, PER_PT))
    coloured = darkness(printed.coloured, 90, 61, reach=12)
    assert 0.1 < coloured < 0.9  # half specks
    assert printed.hand == ()
    assert darkness(printed.dark, 79, 55.5, reach=2) > 0.2


def test_nothing_is_coloured_in_black_print() -> None:
    sheet = Sheet(200, 100)
    sheet.write("Menimbang", (20, 20), 12)
    sheet.ring((150, 50), 30, colour=BLACK)
    printed = read_print(sheet.raster)
    assert not printed.coloured.any()
    assert printed.hand == ()
    assert darkness(printed.dark, 150, 20) > 0.4


def test_shade_is_levelled() -> None:
    sheet = Sheet(300, 200)
    for k in range(6):
        sheet.line((20, 20 + 30 * k), (280, 20 + 30 * k), width=0.75)
    shade = np.linspace(1.0, 0.55, sheet.pixels.shape[1])[None, :, None]
    sheet.pixels = (sheet.pixels * shade).astype(np.uint8)
    printed = read_print(sheet.raster)
    for x in (10, 150, 290):
        assert printed.grey[round(35 * PER_PT), round(x * PER_PT)] >= 240
        assert darkness(printed.dark, x, 35) == 0
    for x in (30, 150, 270):
        assert darkness(printed.dark, x, 80, 0.3) == 1


def test_faint_print_is_seen_and_paper_is_not() -> None:
    sheet = Sheet(200, 100)
    sheet.line((20, 50), (180, 50), width=0.75, colour=(190, 190, 190))
    noise = np.random.default_rng(7).normal(0, 4, sheet.pixels.shape)
    sheet.pixels = np.clip(sheet.pixels - 8 + noise, 0, 255).astype(np.uint8)
    printed = read_print(sheet.raster)
    assert printed.dark[round(50 * PER_PT) - 1 : round(50 * PER_PT) + 2].any(axis=0).mean() > 0.79
    assert printed.dark[: round(45 * PER_PT)].mean() < 0.001


def test_broken_lines_at_a_coloured_diamond_are_no_stamp() -> None:
    red = (170, 50, 50)
    sheet = Sheet(260, 220)
    sheet.shape("diamond", (40, 90, 100, 120), colour=red)
    sheet.shape("box", (150, 40, 190, 60), colour=red)
    sheet.shape("box", (170, 160, 210, 180), colour=red)
    for line in (((70, 90), (70, 50), (146, 50)), ((70, 120), (70, 170), (166, 170))):
        sheet.line(*line, width=1.2, dash=(4, 4), colour=red)
    for tip in ((150, 50), (170, 170)):
        sheet.head(tip, (1, 0), colour=red)
    assert read_print(sheet.raster).hand == ()


def test_a_rule_under_a_stamp_goes_on() -> None:
    sheet, ink = printed_sheet(), Sheet(260, 180)
    for radius in (42, 36):
        ink.ring((130, 90), radius)
    ink.line((80, 91), (180, 91), width=0.2, colour=BLUE)  # ink that ran along it
    sheet.pixels = np.minimum(sheet.pixels, ink.pixels)
    printed = read_print(sheet.raster)
    row = round(90 * PER_PT)
    assert printed.dark[row, round(30 * PER_PT) : round(230 * PER_PT)].mean() > 0.97


def test_a_pale_coloured_rule_in_the_box_of_a_stamp_stays() -> None:
    pale = (212, 228, 214)
    sheet, ink = Sheet(260, 180), Sheet(260, 180)
    sheet.line((20, 78), (240, 78), width=1.2, colour=pale)
    before = read_print(sheet.raster).grey
    for radius in (42, 36):
        ink.ring((130, 90), radius)
    sheet.pixels = np.minimum(sheet.pixels, ink.pixels)
    printed = read_print(sheet.raster)
    assert printed.hand
    inside = slice(round(110 * PER_PT), round(150 * PER_PT))
    assert (
        np.abs(
            printed.grey[round(78 * PER_PT), inside]
            - before[round(78 * PER_PT), inside].astype(int)
        ).max()
        < 8
    )
