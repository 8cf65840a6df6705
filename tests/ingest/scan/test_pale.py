"""Stamps on pages scanned in grey: told by strokes that are thick and pale."""

from __future__ import annotations

import numpy as np

from sopextract.ingest.scan.ink import read_print
from sopextract.ingest.scan.pale import pale_stamps
from sopextract.model.source import InkKind
from tests.ingest.scan.drawing import PER_PT, Sheet

STAMP = (120, 120, 120)


def stamped(colour: tuple[int, int, int]) -> Sheet:
    sheet = Sheet(300, 120)
    sheet.table((20, 150, 280), (20, 60, 100))
    sheet.write("Kepala Dinas", (30, 40), 9)
    for letter, x in zip("SALINAN", range(100, 240, 18), strict=False):
        sheet.write(letter, (x, 22), 22, colour)
        sheet.write(letter, (x + 0.6, 22), 22, colour)  # bold
    return sheet


def test_thick_pale_letters_on_one_line_are_a_stamp_and_its_rules_stay() -> None:
    sheet = stamped(STAMP)
    found = pale_stamps(sheet.grey, sheet.grey < 200, PER_PT)
    ys, xs = np.nonzero(found)
    assert 98 < xs.min() / PER_PT < 125  # the curves of the S are thinner
    assert 200 < xs.max() / PER_PT < 230
    assert ys.min() / PER_PT > 20
    assert ys.max() / PER_PT < 50
    printed = read_print(sheet.raster)
    assert [one.kind for one in printed.hand] == [InkKind.STAMP]
    upright = printed.dark[round(30 * PER_PT) : round(55 * PER_PT), round(150 * PER_PT)]
    assert upright.mean() > 0.9  # the column's rule goes on through the stamp


def test_black_letters_as_large_are_a_heading() -> None:
    sheet = stamped((20, 20, 20))
    assert not pale_stamps(sheet.grey, sheet.grey < 200, PER_PT).any()


def test_a_heading_that_was_printed_in_grey_stays() -> None:
    """Level, and over no rule: nobody stamped it."""
    sheet = Sheet(300, 160)
    sheet.table((20, 150, 280), (80, 110, 150))
    sheet.write("Kepala Dinas", (30, 90), 9)
    for letter, x in zip("STANDAR", range(60, 200, 18), strict=False):
        sheet.write(letter, (x, 22), 22, STAMP)
        sheet.write(letter, (x + 0.6, 22), 22, STAMP)
    assert not pale_stamps(sheet.grey, sheet.grey < 200, PER_PT).any()


def test_a_page_without_ink_has_no_stamp() -> None:
    sheet = Sheet(100, 60)
    assert not pale_stamps(sheet.grey, sheet.grey < 200, PER_PT).any()


RED = (200, 60, 70)


def test_coloured_capitals_over_a_rule_are_taken_off_the_print() -> None:
    sheet = stamped(RED)
    printed = read_print(sheet.raster)
    assert [one.kind for one in printed.hand] == [InkKind.STAMP]
    bare = Sheet(300, 120)
    bare.table((20, 150, 280), (20, 60, 100))
    bare.write("Kepala Dinas", (30, 40), 9)
    clean = read_print(bare.raster).dark
    assert (printed.dark & ~clean).sum() < 0.05 * clean.sum()
    assert (clean & ~printed.dark).sum() < 0.05 * clean.sum()


def test_a_coloured_heading_in_the_clear_stays() -> None:
    sheet = Sheet(300, 160)
    sheet.table((20, 150, 280), (80, 110, 150))
    for letter, x in zip("STANDAR", range(60, 200, 18), strict=False):
        sheet.write(letter, (x, 22), 22, RED)
    assert read_print(sheet.raster).hand == ()
