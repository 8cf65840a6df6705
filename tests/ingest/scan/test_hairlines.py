"""What is letters and what is worn lines."""

from __future__ import annotations

import numpy as np

from sopextract.ingest.scan.hairlines import find_letters
from sopextract.ingest.scan.raster import Grey
from tests.ingest.scan.drawing import PER_PT, Sheet


def letters_of(sheet: Sheet) -> Grey:
    return find_letters(sheet.dark.astype(np.uint8), PER_PT)


def test_worn_rules_that_cross_are_no_letters() -> None:
    sheet = Sheet(200, 120)
    sheet.line((20, 60), (180, 60), dash=(3.0, 2.4))
    sheet.line((100, 10), (100, 110), dash=(3.0, 2.4))
    assert letters_of(sheet).sum() == 0


def test_words_are_letters_beside_worn_rules_too() -> None:
    sheet = Sheet(200, 120)
    sheet.line((20, 60), (180, 60), dash=(3.0, 2.4))
    x0, y0, x1, y1 = (round(v * PER_PT) for v in sheet.write("Menilai hidran 8", (40, 40), 9))
    found = letters_of(sheet)
    assert found[y0:y1, x0:x1].mean() >= 0.9
    assert found[round(64 * PER_PT) :].sum() == 0
    assert found[:, : round(30 * PER_PT)].sum() == 0


def test_rules_of_dots_side_by_side_are_no_letters() -> None:
    sheet = Sheet(200, 120)
    for off, first in ((0.0, 20.0), (1.7, 20.5)):  # dots that touch at their corners
        sheet.line((first, 60 + off), (180, 60 + off), width=1.8, dash=(0.9, 0.9))
    sheet.line((100, 20), (100, 100), width=1.8, dash=(0.9, 0.9))
    assert letters_of(sheet).sum() == 0


def test_a_long_line_of_small_capitals_is_letters() -> None:
    sheet = Sheet(200, 60)
    x0, y0, x1, y1 = (
        round(v * PER_PT) for v in sheet.write("LEMBAR DISPOSISI DAN TANDA TERIMA", (20, 30), 6)
    )
    assert letters_of(sheet)[y0:y1, x0:x1].mean() >= 0.85
