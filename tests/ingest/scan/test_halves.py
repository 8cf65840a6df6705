"""Sheets that show two pages side by side, and those that only look so."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from sopextract.ingest.scan.direction import Turn
from sopextract.ingest.scan.halves import find_gutter, find_halves
from sopextract.ingest.scan.raster import Grey, Raster
from sopextract.settings import IngestSettings

_DPI = 100
_PER_PT = _DPI / 72
A3, A4 = (1654, 1169), (1169, 827)  # pixels, lying
TWO_LYING = (2339, 827)  # two sheets of A4 that lie


def raster(grey: Grey) -> Raster:
    return Raster(np.repeat(grey[:, :, None], 3, axis=2), _PER_PT)


def sheet(size: tuple[int, int], rows: tuple[tuple[int, ...], ...], gap: float = 0.06) -> Grey:
    """Two tables side by side, each with its rules at these shares of the height (in percent)."""
    width, height = size
    paper = np.full((height, width), 235, np.uint8)
    edge, half = int(0.04 * width), width // 2
    between = int(gap / 2 * width)
    spans = ((edge, half - between), (half + between, width - edge))
    for (left, right), heights in zip(spans, rows, strict=True):
        for share in heights:
            y = share * height // 100
            cv2.line(paper, (left, y), (right, y), 20, 2)
        for x in (left, (left + right) // 2, right):
            cv2.line(
                paper, (x, heights[0] * height // 100), (x, heights[-1] * height // 100), 20, 2
            )
    return paper


ONE, OTHER = (8, 20, 31, 60, 90), (8, 25, 44, 71, 85)


@pytest.mark.parametrize("size", [A3, A4, TWO_LYING])
def test_two_tables_with_rules_of_their_own_are_two_pages(size: tuple[int, int]) -> None:
    assert find_gutter(raster(sheet(size, (ONE, OTHER)))) == pytest.approx(size[0] / 2, abs=6)


def test_shade_and_a_slant_do_not_hide_the_gutter() -> None:
    paper = sheet(A3, (ONE, OTHER)).astype(np.float32)
    across = (np.arange(A3[0]) - A3[0] / 2) / 40
    paper *= (1 - 0.6 * np.exp(-np.square(across)))[None, :]
    turn = cv2.getRotationMatrix2D((A3[0] / 2, A3[1] / 2), 1.2, 1.0)
    askew = cv2.warpAffine(paper.astype(np.uint8), turn, A3, borderValue=235)
    assert find_gutter(raster(np.asarray(askew, np.uint8))) == pytest.approx(A3[0] / 2, abs=12)


def test_the_columns_of_a_form_are_one_page() -> None:
    assert find_gutter(raster(sheet(A4, (ONE, ONE)))) is None


def test_a_heading_over_the_middle_makes_one_page() -> None:
    paper = sheet(A4, (ONE, OTHER))
    cv2.putText(
        paper, "STANDAR OPERASIONAL PROSEDUR", (350, 50), cv2.FONT_HERSHEY_SIMPLEX, 1, 20, 2
    )
    assert find_gutter(raster(paper)) is None


def test_a_table_over_the_middle_makes_one_page() -> None:
    assert find_gutter(raster(sheet(A4, (ONE, OTHER), gap=0.0))) is None


@pytest.mark.parametrize("size", [(827, 1169), (1654, 700), (900, 900)])
def test_pages_of_other_shapes_are_left_alone(size: tuple[int, int]) -> None:
    upright = sheet((1169, 827), (ONE, ONE))
    paper = np.asarray(cv2.resize(upright, size), np.uint8)
    assert find_gutter(raster(paper)) is None


def test_a_blank_page_and_noise_are_one_page() -> None:
    noise = np.random.default_rng(3).integers(0, 255, A3[::-1], dtype=np.uint8)
    assert find_gutter(raster(np.full(A3[::-1], 250, np.uint8))) is None
    assert find_gutter(raster(noise)) is None


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_the_left_page_comes_first_however_the_sheet_lies(
    turn: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sopextract.ingest.scan.halves.load_engines", lambda cache: (None, None))
    monkeypatch.setattr(
        "sopextract.ingest.scan.halves.find_turn", lambda grey, engine: Turn(turn, 1.0)
    )
    paper = sheet(A3, (ONE, OTHER))
    paper[:, : A3[0] // 2][paper[:, : A3[0] // 2] == 235] = 250  # the left page is whiter
    lying = raster(np.ascontiguousarray(np.rot90(paper, turn // 90)))
    first, second = find_halves(lying, IngestSettings())
    assert np.median(first.raster.pixels) == 250
    assert np.median(second.raster.pixels) == 235
    width, height = lying.size_pt
    far = {0: second, 180: first, 90: first, 270: second}[turn].corner
    assert far == pytest.approx((width / 2, 0) if width > height else (0, height / 2), abs=5)


def test_a_sheet_that_stands_upright_is_one_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two tables one under the other are what any page has."""
    monkeypatch.setattr("sopextract.ingest.scan.halves.load_engines", lambda cache: (None, None))
    monkeypatch.setattr(
        "sopextract.ingest.scan.halves.find_turn", lambda grey, engine: Turn(0, 1.0)
    )
    upright = np.ascontiguousarray(np.rot90(sheet(A3, (ONE, OTHER))))
    assert find_gutter(raster(upright)) is not None
    assert find_halves(raster(upright), IngestSettings()) == ()
