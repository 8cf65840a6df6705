"""Where the flow of a page is looked for: not in its identity sheet, nor beyond its margins."""

from __future__ import annotations

import pytest

pytest.importorskip("cv2")

from sopextract.core.geometry import BBox
from sopextract.ingest.page.lattice import Lattice, Span
from sopextract.ingest.scan.lanes import find_lanes
from sopextract.ingest.scan.symbols import PixelSymbol
from sopextract.model.source import Outline

# One table of an identity sheet (a logo in its first cell) and steps with lanes at 100 and 160.
YS = (50.0, 200.0, 400.0, 440.0, 480.0, 520.0)
XS = (40.0, 100.0, 160.0, 220.0, 400.0)


def test_a_logo_in_the_table_of_the_steps_does_not_widen_the_lanes() -> None:
    symbols = [at(60, 80), at(120, 420), at(190, 460), at(120, 500)]
    assert find_lanes(symbols, [lattice()]) == (100.0, 400.0, 220.0, 520.0)


def test_of_two_forms_and_two_symbols_the_lower_are_the_flow() -> None:
    symbols = [at(60, 80), at(90, 80), at(120, 420), at(120, 460)]
    assert find_lanes(symbols, [lattice()]) == (100.0, 400.0, 160.0, 480.0)


def test_what_stands_below_the_lanes_goes_on_but_a_seal_in_the_margin_does_not() -> None:
    symbols = [at(120, 420), at(120, 500), at(130, 535), at(380, 560)]
    lanes = find_lanes(symbols, [lattice()])
    assert lanes == (100.0, 400.0, 160.0, 541.0)
    assert find_lanes([at(380, 560)], [lattice()]) == (374.0, 554.0, 386.0, 566.0)
    assert find_lanes([], [lattice()]) is None


def lattice() -> Lattice:
    columns, rows = len(XS) - 1, len(YS) - 1
    cells = [Span(r, r, c, c) for r in range(rows) for c in range(columns)]
    owner = tuple(tuple(range(r * columns, (r + 1) * columns)) for r in range(rows))
    return Lattice(XS, YS, tuple(cells), owner)


def at(x: float, y: float) -> PixelSymbol:
    box: BBox = (x - 6, y - 6, x + 6, y + 6)
    points = ((box[0], box[1]), (box[2], box[1]), (box[2], box[3]), (box[0], box[3]))
    return PixelSymbol(Outline.BOX, points, box, 1.0)
