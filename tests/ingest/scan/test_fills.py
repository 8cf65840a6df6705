"""Dark areas made paper."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sopextract.ingest.scan.fills import open_fills
from sopextract.ingest.scan.ink import read_print
from sopextract.ingest.scan.rules import find_rules
from sopextract.ingest.scan.symbols import find_symbols
from sopextract.model.source import Outline
from tests.ingest.scan.drawing import BLACK, PER_PT, Colour, Sheet

WHITE, NAVY, GREEN, GREY = (255, 255, 255), (30, 56, 102), (0, 90, 50), (100, 100, 100)


def headed(fill: Colour, rule: Colour) -> Sheet:
    """A table of two columns whose first row is filled."""
    sheet = Sheet(240, 150)
    sheet.table((20, 120, 220), (20, 60, 100, 130))
    sheet.fill((20, 20), (220, 20), (220, 60), (20, 60), colour=fill)
    sheet.line((120, 20), (120, 60), colour=rule)
    sheet.write("KEGIATAN", (40, 32), 12, WHITE)
    sheet.write("Menyusun", (24, 63), 9)
    return sheet


def grey_at(pixels: np.ndarray, x: float, y: float, reach: float = 0.0) -> int:
    """How light the darkest pixel round about a point is."""
    x0, x1 = round((x - reach) * PER_PT), round((x + reach) * PER_PT) + 1
    y0, y1 = round((y - reach) * PER_PT), round((y + reach) * PER_PT) + 1
    return int(pixels[y0:y1, x0:x1].mean(axis=2).min())


@pytest.mark.parametrize(
    ("fill", "rule"),
    [(NAVY, WHITE), (GREEN, WHITE), (BLACK, WHITE), (GREY, WHITE), (GREY, BLACK), (GREEN, BLACK)],
)
def test_a_dark_header_becomes_paper(fill: Colour, rule: Colour) -> None:
    sheet = headed(fill, rule)
    opened = open_fills(sheet.pixels, PER_PT)
    x0, y0, x1, y1 = sheet.said[0][1]
    part = opened[round(y0 * PER_PT) : round(y1 * PER_PT), round(x0 * PER_PT) : round(x1 * PER_PT)]
    assert 0.1 < (part.mean(axis=2) < 128).mean() < 0.6  # letters, dark on light
    assert grey_at(opened, 30, 30) > 230
    assert grey_at(opened, 120, 40, 0.7) < 200
    assert grey_at(opened, 80, 20, 0.7) < 60
    below = np.s_[round(62 * PER_PT) :]
    assert np.array_equal(opened[below], sheet.pixels[below])


def test_its_edges_are_rules() -> None:
    sheet = headed(NAVY, WHITE)
    printed = read_print(replace(sheet.raster, pixels=open_fills(sheet.pixels, PER_PT)))
    rules = find_rules(printed.dark, find_symbols(printed, PER_PT), PER_PT, printed.grey)
    assert sorted(r.at for r in rules if r.level) == pytest.approx([20, 60, 100, 130], abs=0.8)
    assert sorted(r.at for r in rules if not r.level) == pytest.approx([20, 120, 220], abs=0.6)
    assert {(round(r.start / 2), round(r.end / 2)) for r in rules} == {(10, 110), (10, 65)}


@pytest.mark.parametrize(
    ("fill", "rule"),
    [((72, 72, 72), (0, 102, 102)), ((0, 122, 0), (0, 102, 102))],
)
def test_rules_as_dark_as_the_filling_are_seen_by_their_colour(fill: Colour, rule: Colour) -> None:
    sheet = headed(fill, rule)
    printed = read_print(replace(sheet.raster, pixels=open_fills(sheet.pixels, PER_PT)))
    rules = find_rules(printed.dark, find_symbols(printed, PER_PT), PER_PT, printed.grey)
    assert sorted(r.at for r in rules if not r.level) == pytest.approx([20, 120, 220], abs=0.8)
    assert {round(r.start / 2) for r in rules if not r.level} == {10}


@pytest.mark.parametrize("fill", [(175, 175, 175), (250, 230, 179)])
def test_a_shaded_header_becomes_paper_without_an_edge(fill: Colour) -> None:
    sheet = Sheet(240, 150)
    sheet.fill((20, 20), (220, 20), (220, 60), (20, 60), colour=fill)
    sheet.line((120, 20), (120, 60), colour=(90, 90, 90))
    opened = open_fills(sheet.pixels, PER_PT)
    assert grey_at(opened, 70, 40, 4) > 235
    assert grey_at(opened, 120, 40, 0.7) < 200
    assert grey_at(opened, 70, 20, 1.5) > 200
    assert np.array_equal(opened[: round(15 * PER_PT)], sheet.pixels[: round(15 * PER_PT)])


def test_what_was_stamped_on_a_filling_keeps_its_colour() -> None:
    sheet = headed((128, 128, 128), BLACK)
    sheet.fill((150, 30), (190, 30), (190, 34), (150, 34), colour=(40, 60, 170))
    red, _, blue = open_fills(sheet.pixels, PER_PT)[round(32 * PER_PT), round(170 * PER_PT)]
    assert int(blue) - int(red) > 60


def test_a_filled_symbol_keeps_its_outline() -> None:
    sheet = Sheet(240, 150)
    sheet.fill((60, 50), (80, 40), (100, 50), (80, 60), colour=NAVY)
    printed = read_print(replace(sheet.raster, pixels=open_fills(sheet.pixels, PER_PT)))
    (symbol,) = find_symbols(printed, PER_PT)
    assert symbol.kind is Outline.DIAMOND
    assert symbol.bbox == pytest.approx((60, 40, 100, 60), abs=1.5)


def test_letters_lines_and_heads_stay() -> None:
    sheet = Sheet(240, 150)
    sheet.table((20, 120, 220), (20, 60, 100, 130), 1.5)
    sheet.write("STANDAR OPERASIONAL PROSEDUR", (24, 30), 11)
    sheet.line((30, 80), (90, 80))
    sheet.head((90, 80), (1, 0))
    assert open_fills(sheet.pixels, PER_PT) is sheet.pixels
