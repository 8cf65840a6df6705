"""Commas that an engine passed over: put back where the ink shows them, in doubt."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("cv2")

from sopextract.ingest.ocr.engine import ReadLine
from sopextract.ingest.scan.commas import with_commas
from tests.ingest.ocr.pictures import written


def read_in(printed: str, read: str) -> ReadLine:
    """What `with_commas` makes of two words read in a picture of what was printed."""
    ink = np.asarray(written(printed) < 180)
    inked = np.flatnonzero(ink.any(axis=0))
    gaps = np.diff(inked)
    cut = int(gaps.argmax())
    first, last = read.split(" ")
    width = ink.shape[1]
    words = (
        (first, inked[0] / width, (inked[cut] + 1) / width, 0.99),
        (last, inked[cut + 1] / width, (inked[-1] + 1) / width, 0.99),
    )
    return with_commas(ReadLine(words), ink)


@pytest.mark.parametrize("read", ["keberatan salinan", "keberatan. salinan"])
def test_a_comma_that_the_ink_shows_is_put_in(read: str) -> None:
    found = read_in("keberatan, salinan", read)
    assert found.text == "keberatan, salinan"
    assert [word[3] for word in found.words] == [0.89, 0.99]


@pytest.mark.parametrize(
    "text", ["keberatan salinan", "keberatan. salinan", "pengajuan gugatan", "ijin; jalan"]
)
def test_tails_stops_and_semicolons_are_none(text: str) -> None:
    assert read_in(text, text).text == text


def test_a_comma_that_was_read_stays_sure() -> None:
    assert [word[3] for word in read_in("surat, salinan", "surat, salinan").words] == [0.99, 0.99]


def test_the_stop_of_a_number_at_the_head_of_a_line_stays() -> None:
    assert read_in("2, Menit", "2. Menit").text == "2. Menit"
    assert read_in("2, Menit", "Pasal2. Menit").text == "Pasal2, Menit"
