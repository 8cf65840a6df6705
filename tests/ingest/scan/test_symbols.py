"""Symbols among pixels: what ink encloses."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import pytest

from sopextract.core.geometry import BBox
from sopextract.ingest.page.rules import Rule
from sopextract.ingest.scan.apart import without_rules
from sopextract.ingest.scan.ink import Print, read_print
from sopextract.ingest.scan.shapes import ideal_outline
from sopextract.ingest.scan.symbols import (
    PixelSymbol,
    find_crossed_symbols,
    find_symbols,
    without_parts,
)
from sopextract.model.source import Outline as Kind
from tests.ingest.page.canvas import SHAPES
from tests.ingest.scan.drawing import PER_PT, Sheet

KINDS = ("capsule", "box", "diamond", "off_page")
BOX = (40.0, 30.0, 82.0, 50.0)
SIZES = {"capsule": BOX, "box": BOX, "diamond": (40.0, 26.0, 82.0, 54.0),
         "off_page": (50.0, 30.0, 70.0, 50.0)}  # fmt: skip


def sheet_with(kind: str, width: float = 0.75) -> Sheet:
    sheet = Sheet(140, 84)
    sheet.shape(kind, SIZES[kind], width=width)
    return sheet


def symbols_of(sheet: Sheet) -> list[PixelSymbol]:
    return find_symbols(read_print(sheet.raster), PER_PT)


def crossed_symbols_of(sheet: Sheet, rules: Sequence[Rule] = ()) -> list[PixelSymbol]:
    ink = without_rules(sheet.dark.astype(np.uint8), rules, PER_PT, every=True)
    return find_crossed_symbols(ink, PER_PT, [])


def told(symbols: Sequence[PixelSymbol]) -> list[tuple[str, BBox]]:
    return [(s.kind.value, s.bbox) for s in symbols]


def stands(kind: str, within: float = 1.0) -> list[tuple[str, object]]:
    """What is told of the symbol; where the tips of a diamond end is known less exactly."""
    return [(kind, pytest.approx(SIZES[kind], abs=1.6 if kind == "diamond" else within))]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("width", [0.5, 0.75, 1.5])
def test_each_kind_in_lines_thin_and_thick(kind: str, width: float) -> None:
    symbols = symbols_of(sheet_with(kind, width))
    assert told(symbols) == stands(kind)
    assert symbols[0].score >= 0.95
    assert not symbols[0].touching


@pytest.mark.parametrize("kind", KINDS)
def test_filled_ones(kind: str) -> None:
    sheet = Sheet(140, 84)
    sheet.fill(*SHAPES[kind](SIZES[kind]), colour=(143, 170, 220))
    (symbol,) = symbols_of(sheet)
    assert told([symbol]) == stands(kind)
    assert 0.9 <= symbol.score <= 0.97


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("pixels", "score"), [(2, 1.0), (4, 0.98)])
def test_a_small_gap_in_the_outline_costs_little(kind: str, pixels: int, score: float) -> None:
    sheet = sheet_with(kind)
    x0, y0, x1, y1 = SIZES[kind]
    # of the left side, or of an edge that leans
    x, y = (x0, (y0 + y1) / 2) if kind != "diamond" else ((3 * x0 + x1) / 4, (3 * y0 + y1) / 4)
    half = pixels / 2 / PER_PT
    sheet.wipe((x - max(half, 0.5), y - half, x + max(half, 0.5), y + half))
    (symbol,) = symbols_of(sheet)
    assert told([symbol]) == stands(kind)
    assert symbol.score == pytest.approx(score, abs=0.03)


@pytest.mark.parametrize("kind", KINDS)
def test_a_wide_gap_is_no_outline(kind: str) -> None:
    sheet = sheet_with(kind)
    x0, y0, _, y1 = SIZES[kind]
    sheet.wipe((x0 - 2, y0 - 2, x0 + 6, y1 + 2))
    assert symbols_of(sheet) == []


@pytest.mark.parametrize("kind", KINDS)
def test_pale_outlines_beside_one_that_is_seen(kind: str) -> None:
    sheet = Sheet(240, 84)
    sheet.shape(kind, SIZES[kind], width=0.75, colour=(226, 226, 226))
    sheet.shape("box", (150, 28, 196, 56))
    noise = np.random.default_rng(3).normal(0, 7, sheet.pixels.shape[:2])
    worn = sheet.pixels + noise[:, :, None]
    sheet.pixels[:] = np.clip(worn, 0, 255).astype(np.uint8)
    dark = read_print(sheet.raster).dark[: round(84 * PER_PT), : round(120 * PER_PT)]
    assert dark.sum() < 400  # too pale for most of it
    found = sorted(symbols_of(sheet), key=lambda s: s.bbox)
    assert [s.kind.value for s in found] == [kind, "box"]
    assert found[0].bbox == pytest.approx(SIZES[kind], abs=1.8)


@pytest.mark.parametrize("kind", ["capsule", "box", "diamond"])
def test_words_inside_leave_it_a_symbol(kind: str) -> None:
    sheet = sheet_with(kind)
    sheet.write("Mulai", (50, 34), 8)
    assert told(symbols_of(sheet)) == stands(kind)


@pytest.mark.parametrize("kind", ["capsule", "box"])
def test_words_that_touch_the_outline(kind: str) -> None:
    sheet = sheet_with(kind)
    sheet.write("Mulai", (49, 42.0), 9)  # its letters stand on the lower side
    found = symbols_of(sheet) or crossed_symbols_of(sheet)
    assert told(found) == stands(kind, 1.5)


def test_a_word_that_touches_the_sides_of_a_flat_diamond() -> None:
    sheet, diamond = Sheet(140, 84), (40.0, 28.0, 80.0, 50.0)
    sheet.shape("diamond", diamond, width=1.4)
    sheet.write("Setuju?", (46.5, 33.5), 7.5)
    found = symbols_of(sheet)
    assert [kind for kind, _ in told(found)] == ["diamond"]
    assert found[0].bbox == pytest.approx(diamond, abs=1.6)


@pytest.mark.parametrize("filled", [False, True])
def test_a_head_over_the_tip_of_a_diamond_is_no_part_of_it(filled: bool) -> None:
    sheet, diamond = Sheet(160, 84), (40.0, 28.0, 80.0, 50.0)
    if filled:
        sheet.fill((60, 28), (80, 39), (60, 50), (40, 39), colour=(90, 155, 215))
    sheet.shape("diamond", diamond, width=1.4)
    sheet.write("Setuju?", (45.5, 33.5), 8)
    sheet.line((110, 20), (110, 39), (80, 39), width=1.4)
    for side in (-3.2, 3.2):
        sheet.line((84.5, 39 + side), (77.5, 39), width=1.4)
    found = symbols_of(sheet) or crossed_symbols_of(sheet)
    assert [kind for kind, _ in told(found)] == ["diamond"]
    assert found[0].bbox == pytest.approx(diamond, abs=3.4)


def test_what_broken_lines_enclose_hides_no_symbol() -> None:
    sheet = Sheet(220, 160)
    diamond = (40.0, 60.0, 70.0, 78.0)
    sheet.shape("diamond", diamond)
    sheet.fill((43, 69), (46, 66), (64, 66), (67, 69), (64, 72), (46, 72))  # its word
    sheet.line((55, 60), (55, 12), (120, 12), (120, 120), (55, 120), (55, 78), dash=(3, 2))
    known = [PixelSymbol(Kind.BOX, (), (140.0, 30.0, 176.0, 46.0), 1.0)]
    found = find_crossed_symbols(sheet.dark.astype(np.uint8), PER_PT, known)
    assert [kind for kind, _ in told(found)] == ["diamond"]
    assert found[0].bbox == pytest.approx(diamond, abs=1.6)


def test_a_box_one_of_whose_sides_is_worn_to_dots() -> None:
    sheet, box = Sheet(140, 84), (40.0, 30.0, 75.0, 43.0)
    sheet.shape("box", box)
    sheet.wipe((39, 31, 41, 42))
    sheet.line((40, 33), (40, 41), dash=(0.8, 2.2))
    found = symbols_of(sheet)
    assert [kind for kind, _ in told(found)] == ["box"]
    assert found[0].bbox == pytest.approx(box, abs=1.0)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("share", [0.2, 0.3, 0.45, 0.6])
def test_one_that_lies_over_a_rule(kind: str, share: float) -> None:
    sheet = sheet_with(kind)
    _, y0, _, y1 = SIZES[kind]
    at = y0 + share * (y1 - y0)
    sheet.line((10, at), (130, at))
    assert told(symbols_of(sheet)) == []  # its halves are none
    (symbol,) = crossed_symbols_of(sheet, [Rule(True, at, 10, 130)])
    assert told([symbol]) == stands(kind, 1.5)
    assert symbol.score < 0.98


@pytest.mark.parametrize(("width", "height"), [(60, 30), (50, 18), (30, 22), (36, 36)])
@pytest.mark.parametrize("share", [0.15, 0.25, 0.35, 0.65, 0.75])
def test_flat_and_steep_diamonds_over_a_rule(width: float, height: float, share: float) -> None:
    sheet = Sheet(140, 84)
    box = (70 - width / 2, 42 - height / 2, 70 + width / 2, 42 + height / 2)
    sheet.shape("diamond", box)
    at = box[1] + share * height
    sheet.line((10, at), (130, at))
    (symbol,) = crossed_symbols_of(sheet, [Rule(True, at, 10, 130)])
    assert symbol.kind.value == "diamond"
    assert symbol.bbox == pytest.approx(box, abs=2)


def test_a_box_on_a_rule_counts_where_another_is_like_it() -> None:
    sheet = Sheet(240, 84)
    sheet.line((10, 50), (130, 50))
    sheet.shape("box", BOX)
    assert told(symbols_of(sheet)) == []
    sheet.shape("box", (150, 20, 192, 40))
    free, standing = sorted(symbols_of(sheet), key=lambda s: s.touching)
    assert free.bbox == pytest.approx((150, 20, 192, 40), abs=1)
    assert standing.bbox == pytest.approx(BOX, abs=1)


def test_lines_that_lead_to_symbols_are_no_part_of_them() -> None:
    sheet = Sheet(240, 120)
    sheet.shape("capsule", (100, 10, 142, 26))
    sheet.shape("box", (100, 46, 142, 66))
    sheet.shape("diamond", (100, 82, 142, 112))
    for y0, y1 in ((26, 46), (66, 82)):
        sheet.line((121, y0), (121, y1))
        sheet.head((121, y1), (0, 1))
    sheet.line((142, 97), (200, 97))
    found = sorted(symbols_of(sheet), key=lambda s: s.bbox[1])
    assert [s.kind.value for s in found] == ["capsule", "box", "diamond"]
    for symbol, box in zip(
        found, ((100, 10, 142, 26), (100, 46, 142, 66), (100, 82, 142, 112)), strict=True
    ):
        assert symbol.bbox == pytest.approx(box, abs=1.6)


def test_cells_are_none() -> None:
    sheet = Sheet(260, 160)
    sheet.table((20, 62, 104, 180, 240), (20, 40, 60, 100, 140))
    sheet.write("Kepala", (24, 24))
    assert symbols_of(sheet) == []


def test_a_flat_cell_with_worn_corners_is_none() -> None:
    sheet = Sheet(240, 150)
    sheet.table((20.0, 60.0, 200.0, 220.0), (20.0, 50.0, 64.0, 130.0))
    sheet.write("STANDAR MUTU BAKU", (80, 53), 8)
    for x, way in ((60, 1), (200, -1)):
        for y in (50, 64):
            side = 1 if y == 50 else -1
            sheet.fill((x, y), (x + way * 4, y), (x, y + side * 4))
    assert find_symbols(read_print(sheet.raster), PER_PT) == []


def test_what_is_as_low_as_a_line_of_letters_is_none() -> None:
    sheet = Sheet(140, 84)
    sheet.fill(*SHAPES["capsule"]((40.0, 40.0, 94.0, 47.6)))
    assert symbols_of(sheet) == []


def test_the_squares_of_a_code_are_none() -> None:
    sheet = Sheet(120, 120)
    squares = np.random.default_rng(3).random((25, 25)) < 0.5
    for corner in ((0, 0), (0, 18), (18, 0)):
        y, x = corner
        squares[y : y + 7, x : x + 7] = True
        squares[y + 1 : y + 6, x + 1 : x + 6] = False
        squares[y + 2 : y + 5, x + 2 : x + 5] = True
    for y, x in np.argwhere(squares).tolist():
        x0, y0 = 20 + 3 * x, 20 + 3 * y
        sheet.fill((x0, y0), (x0 + 3, y0), (x0 + 3, y0 + 3), (x0, y0 + 3))
    assert symbols_of(sheet) == []


def test_letters_are_none() -> None:
    sheet = Sheet(300, 60)
    sheet.write("DOKUMEN BOQ 0808", (10, 10), 24)
    assert symbols_of(sheet) == []


def paper(sheet: Sheet, box: BBox) -> None:
    """A sheet of paper with a wave below, white inside."""
    points = ideal_outline(Kind.DOCUMENT, box)
    sheet.fill(*points, colour=(255, 255, 255))
    sheet.line(*points, points[0])


def test_a_sheet_of_paper() -> None:
    sheet = sheet_with("box")
    paper(sheet, (40.0, 58.0, 82.0, 80.0))
    box, document = symbols_of(sheet)
    assert (box.kind, document.kind) == (Kind.BOX, Kind.DOCUMENT)
    assert document.bbox == pytest.approx((40.0, 58.0, 82.0, 80.0), abs=1.0)
    assert document.score >= 0.95


def test_a_stack_of_sheets_is_one_symbol() -> None:
    sheet = sheet_with("box")
    for k in (2, 1, 0):
        paper(sheet, (90.0 + 2 * k, 50.0 - 2 * k, 120.0 + 2 * k, 67.0 - 2 * k))
    first = symbols_of(sheet)
    ink = without_rules(sheet.dark.astype(np.uint8), (), PER_PT, every=True)
    found = without_parts([*first, *find_crossed_symbols(ink, PER_PT, first)])
    assert sorted(s.kind.value for s in found) == ["box", "document"]
    (stack,) = (s for s in found if s.kind is Kind.DOCUMENT)
    assert stack.bbox == pytest.approx((90.0, 46.0, 124.0, 67.0), abs=1.5)


def test_a_box_beside_a_slanted_line_is_no_sheet_of_paper() -> None:
    sheet = sheet_with("diamond")
    x0, y0, x1, y1 = SIZES["diamond"]
    # lines that go round from the diamond's side to its top enclose a box with a corner cut off
    sheet.line((x0, (y0 + y1) / 2), (20, (y0 + y1) / 2), (20, 10), ((x0 + x1) / 2, 10))
    sheet.line(((x0 + x1) / 2, 10), ((x0 + x1) / 2, y0))
    assert Kind.DOCUMENT not in [s.kind for s in symbols_of(sheet)]


def test_a_pentagon_with_its_letter_and_head_over_a_double_rule() -> None:
    sheet = Sheet(140, 84)
    sheet.shape("off_page", SIZES["off_page"])
    sheet.write("B", (57, 33), 8)
    sheet.line((60, 5), (60, 30))
    sheet.head((60, 30), (0.0, 1.0))
    rules = [Rule(True, 42.0, 10, 130), Rule(True, 44.5, 10, 130)]
    for rule in rules:
        sheet.line((10, rule.at), (130, rule.at))
    (symbol,) = crossed_symbols_of(sheet, rules)
    assert told([symbol]) == stands("off_page", 2.0)


def test_a_box_whose_outline_is_paler_for_two_points() -> None:
    """Its gap closes in fainter ink, of which there is hardly more than in the dark."""
    page = np.full((300, 400), 250, np.uint8)
    for x, y, w, h in ((56, 56, 111, 56), (56, 167, 111, 56), (250, 83, 122, 72)):
        cv2.rectangle(page, (x, y), (x + w, y + h), 60, 2, cv2.LINE_AA)
    cut = page[80:87, 308:315]
    cut[cut < 228] = 228
    found = find_symbols(Print(page, page < 180, np.zeros(page.shape, np.bool_), ()), PER_PT)
    assert [symbol.kind for symbol in found] == [Kind.BOX] * 3
