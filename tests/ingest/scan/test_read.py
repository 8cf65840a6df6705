"""A drawn step table read from its pixels to the page that parse is given."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import pytest

from sopextract.core.geometry import BBox
from sopextract.ingest.page.lattice import Lattice
from sopextract.ingest.page.rules import Rule
from sopextract.ingest.page.strokes import Word
from sopextract.ingest.pixels import Course, read_pixels
from sopextract.ingest.scan.flat import turned
from sopextract.ingest.scan.raster import Raster
from sopextract.ingest.scan.read import _is_stem, _may_be_symbol
from sopextract.ingest.scan.symbols import PixelSymbol
from sopextract.model.source import Grid, InkKind, Outline, Page
from sopextract.settings import IngestSettings
from tests.ingest.scan.drawing import BLUE, Sheet
from tests.ingest.scan.sight import SheetEngine

COLUMNS = (30.0, 58.0, 178.0, 248.0, 318.0, 392.0)
ROWS = (30.0, 60.0, 112.0, 164.0, 220.0)
START, WORK, CHECK = (192, 78, 232, 94), (262, 128, 302, 148), (189, 178, 235, 206)
HEADER = ("No", "Kegiatan", "Kepala", "Arsiparis", "Waktu")
STEPS = (
    ("1", "Menerima surat masuk", "10 menit"),
    ("2", "Menyusun berkas arsip", "2 hari"),
    ("3", "Memeriksa berkas", "30 menit"),
)


def step_sheet(last_head: str = "whole") -> Sheet:
    sheet = Sheet(420, 260)
    sheet.table(COLUMNS, ROWS)
    for text, x in zip(HEADER, COLUMNS, strict=False):
        sheet.write(text, (x + 6, 40), 9)
    for (number, said, time), y in zip(STEPS, ROWS[1:], strict=False):
        sheet.write(number, (41, y + 20), 9)
        sheet.write(said, (64, y + 20), 9)
        sheet.write(time, (326, y + 20), 9)
    sheet.shape("capsule", START)
    sheet.shape("box", WORK)
    sheet.shape("diamond", CHECK)
    sheet.line((232, 86), (282, 86), (282, 128))
    sheet.head((282, 128), (0, 1))
    sheet.line((282, 148), (282, 192), (235, 192))
    sheet.head((235, 192), (-1, 0))
    sheet.line((212, 178), (212, 94))
    if last_head == "whole":
        sheet.head((212, 94), (0, -1))
    elif last_head == "half":
        sheet.fill((212, 94), (208.5, 101), (212, 101))
    sheet.write("Tidak", (186, 132), 8)
    return sheet


@dataclass(frozen=True)
class Seen:
    """What of a page is compared."""

    cells: tuple[tuple[str, ...], ...]
    symbols: list[tuple[str, BBox]]
    joints: list[tuple[str | None, str | None, str, bool]]


def read(sheet: Sheet, raster: Raster, monkeypatch: pytest.MonkeyPatch) -> Page:
    engine = SheetEngine(sheet)
    monkeypatch.setattr("sopextract.ingest.scan.read.load_engines", lambda _: (engine, None))
    (page,) = read_pixels(raster, 1, Course(), IngestSettings())
    return page


def seen(page: Page) -> Seen:
    (grid,) = (block for block in page.blocks if isinstance(block, Grid))
    kinds = {s.id: s.outline.value for s in page.symbols}
    return Seen(
        tuple(tuple(cell.text for cell in row) for row in grid.rows),
        [(s.outline.value, s.place.bbox or (0, 0, 0, 0)) for s in page.symbols],
        sorted(
            (kinds.get(c.tail or 0), kinds.get(c.head or 0), c.label, c.directed)
            for c in page.connectors
        ),
    )


CELLS = (
    HEADER,
    ("1", "Menerima surat masuk", "⬭", "", "10 menit"),
    ("2", "Menyusun berkas arsip", "", "□", "2 hari"),
    ("3", "Memeriksa berkas", "◇", "", "30 menit"),
)
JOINTS = [
    ("box", "diamond", "", True),
    ("capsule", "box", "", True),
    ("diamond", "capsule", "Tidak", True),
]


def test_a_step_table_with_its_flow(monkeypatch: pytest.MonkeyPatch) -> None:
    page = read(step_sheet(), step_sheet().raster, monkeypatch)
    its = seen(page)
    assert its.cells == CELLS
    assert its.joints == JOINTS
    assert [kind for kind, _ in its.symbols] == ["capsule", "box", "diamond"]
    for (_, box), drawn in zip(its.symbols, (START, WORK, CHECK), strict=True):
        assert box == pytest.approx(drawn, abs=1)
    assert page.residue == ()
    reading = page.scan
    assert reading is not None
    assert (reading.engine, reading.version, reading.turn, reading.skew_deg) == ("sheet", "1", 0, 0)
    assert (reading.words, reading.unread, reading.poor) == (23, 0, None)
    assert reading.mean_confidence == pytest.approx(0.9747, abs=1e-4)  # as likely as they are


def test_a_line_drawn_without_head_is_a_joint_without_direction(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sheet = step_sheet(last_head="none")
    page = read(sheet, sheet.raster, monkeypatch)
    assert seen(page).joints == [*JOINTS[:2], ("capsule", "diamond", "", False)]


def test_a_line_whose_head_is_half_gone_leads_there_in_doubt(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sheet = step_sheet(last_head="half")
    page = read(sheet, sheet.raster, monkeypatch)
    assert seen(page).joints == [*JOINTS[:2], ("diamond", "capsule", "Tidak", True)]
    assert [c.score for c in page.connectors if c.label == "Tidak"] == [0.85]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_says_the_same_in_its_own_points(
    turn: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = step_sheet()
    lying = turned(sheet.raster, 360 - turn)
    page = read(sheet, lying, monkeypatch)
    its = seen(page)
    assert its.cells == CELLS
    assert its.joints == JOINTS
    assert page.scan is not None
    assert page.scan.turn == turn
    assert page.size_pt == lying.size_pt
    width, height = sheet.raster.size_pt
    for (kind, box), drawn in zip(its.symbols, (START, WORK, CHECK), strict=True):
        x0, y0, x1, y1 = drawn
        wanted = {
            90: (y0, width - x1, y1, width - x0),
            180: (width - x1, height - y1, width - x0, height - y0),
            270: (height - y1, x0, height - y0, x1),
        }[turn]
        assert box == pytest.approx(wanted, abs=1.6), kind


def test_a_stamp_over_a_table_is_cut_out(monkeypatch: pytest.MonkeyPatch) -> None:
    sheet, ink = step_sheet(), Sheet(420, 260)
    for radius in (34, 29):
        ink.ring((355, 190), radius, colour=BLUE)
    stamped = step_sheet()
    stamped.pixels = stamped.pixels.copy()
    stamped.pixels[ink.pixels.min(axis=2) < 200] = BLUE
    black = sheet.grey < 128
    stamped.pixels[black] = sheet.pixels[black]
    page = read(sheet, stamped.raster, monkeypatch)
    its = seen(page)
    assert its.cells == CELLS
    assert its.joints == JOINTS
    assert page.scan is not None
    (crop,) = page.scan.crops
    assert crop.kind is InkKind.STAMP
    assert crop.place.bbox == pytest.approx((321, 156, 389, 224), abs=4)


def test_a_page_of_twice_the_dots_is_read_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = step_sheet()
    fine = Raster(sheet.pixels.repeat(2, axis=0).repeat(2, axis=1), 2 * sheet.raster.per_pt)
    its = seen(read(sheet, fine, monkeypatch))
    assert its.cells == CELLS
    assert its.joints == JOINTS


def test_an_empty_page(monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = Sheet(300, 200)
    page = read(sheet, sheet.raster, monkeypatch)
    assert page.blocks == ()
    assert page.symbols == ()
    assert page.scan is not None
    assert (page.scan.words, page.scan.mean_confidence, page.scan.poor) == (0, None, None)


@pytest.mark.parametrize(
    ("dpi", "poor"), [(None, None), (300.0, None), (150.0, "gambarnya hanya setara 106 dpi")]
)
def test_a_shrunk_sheet_is_read_as_the_sheet_it_was(
    monkeypatch: pytest.MonkeyPatch, dpi: float | None, poor: str | None
) -> None:
    whole = step_sheet().raster
    small = cv2.resize(whole.pixels, None, fx=0.65, fy=0.65, interpolation=cv2.INTER_AREA)
    page = read(step_sheet(), Raster(np.asarray(small, np.uint8), whole.per_pt, dpi), monkeypatch)
    its = seen(page)
    assert [row[1:] for row in its.cells] == [row[1:] for row in CELLS]  # 1, 2, No are a blur
    assert [joint[:2] for joint in its.joints] == [joint[:2] for joint in JOINTS]
    for (_, box), drawn in zip(its.symbols, (START, WORK, CHECK), strict=True):
        assert box == pytest.approx([0.65 * side for side in drawn], abs=1)
    assert page.size_pt == pytest.approx((0.65 * 420, 0.65 * 260), abs=0.5)
    assert page.scan is not None
    assert (page.scan.poor or "").split(",")[0] == (poor or "")


def test_a_stem_of_a_large_letter_is_no_rule() -> None:
    """A grey stamp lay over the table's head; the stem of its N stood on both rules of the row."""
    stamp = (Word("SALINAN", (192, 32, 290, 59), 24), Word("Kepala", (340, 40, 372, 51), 9))
    assert _is_stem(Rule(False, 213, 30, 60), stamp)
    assert not _is_stem(Rule(False, 213, 30, 220), stamp)  # the rule between two columns
    assert not _is_stem(Rule(False, 310, 30, 60), stamp)  # beside the word
    assert not _is_stem(Rule(False, 350, 30, 60), stamp)  # through a word of the table
    assert not _is_stem(Rule(True, 45, 200, 230), stamp)


@pytest.mark.parametrize(("text", "may"), [("M", True), ("KOTA", False)])
def test_a_symbol_in_a_hand_that_was_read_as_a_letter_is_one(text: str, may: bool) -> None:
    symbol = PixelSymbol(Outline.DIAMOND, (), (80.0, 40.0, 120.0, 56.0), 1.0)
    lattice = Lattice((0.0, 200.0), (0.0, 200.0), (), ((0,),))
    word = Word(text, (40.0, 30.0, 125.0, 70.0), 40.0)
    assert _may_be_symbol(symbol, [lattice], [word]) is may
