"""Corners that pieces of broken lines leave open, or are drawn on beyond."""

from __future__ import annotations

import numpy as np
import pytest

from sopextract.ingest.scan.bars import Bar
from sopextract.ingest.scan.corners import with_jogs, without_overshoot
from tests.ingest.scan.drawing import PER_PT, Sheet

LEG, PASSING = Bar(False, 80.0, 20.0, 60.0), Bar(False, 85.0, 20.0, 100.0)


@pytest.mark.parametrize(("inked", "end"), [(False, 80.0), (True, 85.5)])
def test_a_line_ends_at_the_corner_before_a_line_that_passes_by(inked: bool, end: float) -> None:
    sheet = Sheet(120, 120)
    if inked:
        sheet.line((80, 60), (85, 60))
    bar = Bar(True, 60.0, 30.0, 85.5)
    found = without_overshoot([bar, LEG, PASSING], sheet.dark.astype(np.uint8), PER_PT)
    assert found == [Bar(True, 60.0, 30.0, end), LEG, PASSING]


def test_a_line_that_steps_aside_is_one() -> None:
    upper = Bar(False, 82.5, 10.0, 21.0)
    assert with_jogs([upper, LEG])[2:] == [Bar(True, 20.5, 80.0, 82.5)]


@pytest.mark.parametrize("upper", [Bar(False, 82.5, 10.0, 17.0), Bar(False, 86.0, 10.0, 20.0)])
def test_lines_that_end_apart_are_two(upper: Bar) -> None:
    assert with_jogs([upper, LEG]) == [upper, LEG]
