"""Masks with long sides, and the gap of a line that leans, through which a square slides."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from sopextract.ingest.scan.bars import Bar, joined_bars
from sopextract.ingest.scan.morphology import closed, closed_along, narrowed, opened, widened


def test_the_gap_of_a_leaning_line_is_filled_along_it_alone() -> None:
    line = np.zeros((40, 120), np.uint8)
    cv2.line(line, (5, 5), (110, 38), 1, 1)
    line[:, 55:58] = 0
    assert not closed(line, (5, 5))[:, 55:58].any()
    filled = closed_along(line, 7, (0.35,))
    assert filled[:, 55:58].any(axis=0).all()
    assert int(filled.sum()) - int(line.sum()) < 25


def test_dashes_that_end_before_a_word_on_their_line_go_on_behind_it() -> None:
    above, below = Bar(False, 100.0, 10.0, 40.0), Bar(False, 100.3, 56.0, 90.0)
    word = (95.0, 43.0, 105.0, 53.0)
    (one,) = joined_bars([above, below], [word])
    assert (one.start, one.end) == (10.0, 90.0)
    assert len(joined_bars([above, below], [])) == 2
    beside = (103.0, 43.0, 113.0, 53.0)
    assert len(joined_bars([above, below], [beside])) == 2


@pytest.mark.parametrize("size", [(3, 3), (27, 1), (28, 1), (1, 40), (41, 30), (300, 1), (1, 300)])
def test_long_sides_do_what_opencv_does_with_their_rectangle(size: tuple[int, int]) -> None:
    rectangle = np.ones(size[::-1], np.uint8)
    for share in (0.3, 0.95, 0.995):
        mask = (np.random.default_rng(3).random((90, 110)) < share).astype(np.uint8)
        assert np.array_equal(opened(mask, size), cv2.morphologyEx(mask, cv2.MORPH_OPEN, rectangle))
        assert np.array_equal(
            closed(mask, size), cv2.morphologyEx(mask, cv2.MORPH_CLOSE, rectangle)
        )
        assert np.array_equal(widened(mask, size), cv2.dilate(mask, rectangle))
        assert np.array_equal(narrowed(mask, size), cv2.erode(mask, rectangle))
