"""Base line and size of a line from its ink."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from sopextract.ingest.ocr.sizes import base_and_size, without_lines
from sopextract.ingest.scan.raster import Mask

pytest.importorskip("cv2")

# A font of 20 pixels: capitals 14.6 high, small letters 10.6, tails 4.2; the base line is row 30.
CAPITAL, SMALL, TAILED = (15, 30), (19, 30), (19, 34)


def line(*rows: tuple[int, int], extra: Sequence[tuple[int, int, int, int]] = ()) -> Mask:
    """Letters as blocks 8 wide, 12 apart, from row to row; `extra` are left, top, right, bottom."""
    ink = np.zeros((44, 12 * max(len(rows), 1) + 4), np.bool_)
    for k, (top, bottom) in enumerate(rows):
        ink[top:bottom, 12 * k + 2 : 12 * k + 10] = True
    for left, top, right, bottom in extra:
        ink[top:bottom, left:right] = True
    return ink


@pytest.mark.parametrize(
    ("text", "ink"),
    [
        ("Kerja", line(CAPITAL, SMALL, SMALL, TAILED, SMALL)),
        ("masa", line(SMALL, SMALL, SMALL, SMALL)),
        ("12", line(CAPITAL, CAPITAL)),
        ("g", line(TAILED)),
        ("Pg", line(CAPITAL, TAILED)),
        ("Dalam.", line(CAPITAL, SMALL, CAPITAL, SMALL, SMALL, extra=[(62, 28, 64, 30)])),
        ("Nama", line(CAPITAL, SMALL, SMALL, SMALL, extra=[(20, 2, 22, 4), (30, 41, 31, 42)])),
    ],
)
def test_letters_tell_base_line_and_size(text: str, ink: Mask) -> None:
    base, size = base_and_size(text, ink)
    assert base == pytest.approx(30, abs=0.5)
    assert size == pytest.approx(20, rel=0.06)


def test_a_rule_from_top_to_bottom_is_no_letter() -> None:
    base, size = base_and_size("Da", line(CAPITAL, SMALL, extra=[(26, 0, 28, 44)]))
    assert base == pytest.approx(30)
    assert size == pytest.approx(20, rel=0.06)


def test_a_dash_tells_no_size() -> None:
    assert base_and_size("-", line(extra=[(4, 22, 12, 24)])) == (23, 0)
    assert base_and_size("", line()) == (22, 0)


def test_underlines_are_taken_away_and_feet_of_letters_are_not() -> None:
    letters = line(*[CAPITAL] * 8)
    underlined = letters.copy()
    underlined[32:34, 2:96] = True
    assert (without_lines(underlined) == letters).all()
    assert (without_lines(letters) == letters).all()
    two = line(CAPITAL, extra=[(2, 27, 14, 30)])  # the foot of a 2, wider than its stem
    assert (without_lines(two) == two).all()


def test_a_worn_underline_is_one_too() -> None:
    letters = line(*[CAPITAL] * 8)
    worn = letters.copy()
    worn[33, 2:96] = True
    worn[33, 40:43] = worn[33, 70:72] = False
    assert (without_lines(worn) == letters).all()
