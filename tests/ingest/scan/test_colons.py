"""The colon that engines leave out at the end of a line."""

from __future__ import annotations

import numpy as np
import pytest

from sopextract.ingest.ocr.engine import ReadLine
from sopextract.ingest.scan.colons import with_colon
from tests.ingest.scan.drawing import Sheet

READ = ReadLine((("Disahkan", 0.0, 0.6, 0.99), ("Oleh", 0.65, 0.95, 0.99)))


def ink_of(text: str) -> np.ndarray:
    sheet = Sheet(120, 30)
    sheet.write(text, (5, 5), 12)
    return sheet.dark


def test_two_dots_over_one_another_at_the_end_are_a_colon() -> None:
    assert with_colon(READ, ink_of("Disahkan Oleh:")).text == "Disahkan Oleh:"


@pytest.mark.parametrize("printed", ["Disahkan Oleh", "Disahkan Oleh.", "Disahkan Oli"])
def test_other_ends_are_none(printed: str) -> None:
    assert with_colon(READ, ink_of(printed)) == READ


def test_a_colon_that_was_read_stays_one() -> None:
    read = ReadLine((("Oleh:", 0.0, 1.0, 0.99),))
    assert with_colon(read, ink_of("Oleh:")) == read
