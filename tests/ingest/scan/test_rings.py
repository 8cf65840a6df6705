"""Rings of stamps: told by their circle where neither colour nor bends are sure."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("cv2")

from sopextract.ingest.scan.ink import read_print
from sopextract.ingest.scan.raster import Mask
from sopextract.ingest.scan.rings import find_rings
from sopextract.model.source import InkKind
from tests.ingest.scan.drawing import PER_PT, Sheet

FAINT = (196, 200, 232)  # the blue of a worn stamp: less coloured than a link


def coloured(sheet: Sheet) -> Mask:
    return np.asarray(sheet.pixels.min(axis=2) < 240)


def test_a_ring_is_found_with_its_lines_through_gaps() -> None:
    sheet = Sheet(200, 160)
    for radius in (42, 30):
        sheet.ring((100, 80), radius)
    ink = coloured(sheet)
    ink[round(110 * PER_PT) : round(118 * PER_PT)] = False  # print lies over it
    (ring,) = find_rings(ink, PER_PT)
    assert (ring.x / PER_PT, ring.y / PER_PT) == pytest.approx((100, 80), abs=1.5)
    assert ring.radii[0] / PER_PT == pytest.approx(42, abs=2)
    within, on_line = ring.masks((0, 0, ink.shape[1], ink.shape[0]))
    assert within[ink].mean() > 0.95
    assert on_line[ink].mean() > 0.95
    assert not within[0, 0]


def test_what_is_no_circle_or_has_ink_all_around_is_none() -> None:
    sheet = Sheet(200, 160)
    sheet.shape("box", (60, 40, 140, 120), width=1.5)
    sheet.shape("diamond", (20, 20, 180, 140), width=1.5)
    assert find_rings(coloured(sheet), PER_PT) == []
    sheet.ring((100, 80), 40)
    ink = coloured(sheet)
    ink[:: round(2 * PER_PT)] = True
    assert find_rings(ink, PER_PT) == []


def test_a_faint_worn_ring_is_taken_off_the_black_print() -> None:
    sheet, stamp = Sheet(260, 180), Sheet(260, 180)
    sheet.write("KEPALA DINAS PERPUSTAKAAN", (60, 60), 10)
    clean = read_print(sheet.raster)
    for radius in (42, 36):
        stamp.ring((130, 90), radius, colour=FAINT)
    stamp.ring((130, 60), 2, colour=(90, 90, 230))  # a drop of the full ink
    sheet.pixels = np.minimum(sheet.pixels, stamp.pixels)
    printed = read_print(sheet.raster)
    assert [one.kind for one in printed.hand] == [InkKind.STAMP]
    ring = round(132 * PER_PT), round(130 * PER_PT)  # the lowest point of it
    assert sheet.pixels[ring].min() < 220
    assert printed.grey[ring] > 240
    assert (printed.dark & ~clean.dark).sum() < 0.02 * clean.dark.sum()
