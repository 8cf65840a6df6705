"""Letters with one shape in two sizes: their height says which."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("cv2")

from sopextract.ingest.ocr.engine import ReadLine
from sopextract.ingest.scan.cases import with_cases
from tests.ingest.ocr.pictures import written


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("Darmawan, S.Sos., M.AP", "Darmawan, S.SoS., M.AP"),
        ("Darmawan, S.Sos., M.AP", "Darmawan, S.SOS., M.AP"),
        ("Mandagi, S.Kom", "Mandagi, S.KOm"),
        ("NOMOR SOP 12", "NOMOR SOP 12"),
    ],
)
def test_letters_within_words_are_as_large_as_printed(printed: str, read: str) -> None:
    ink = np.asarray(written(printed) < 180)
    words, at, size = [], 0, len(printed)
    for word in read.split(" "):
        words.append((word, at / size, (at + len(word)) / size, 0.9))
        at += len(word) + 1
    assert with_cases(ReadLine(tuple(words)), ink).text == printed


def test_where_letters_touch_their_room_tells() -> None:
    ink = np.asarray(written("S.Sos") < 180)
    low = np.flatnonzero(ink.any(axis=1))[-3]
    left = np.flatnonzero(ink.any(axis=0))
    ink[low, left[len(left) // 2] : left[-1]] = True  # the last letters hang together
    read = ReadLine((("S.SoS", 0.0, 1.0, 0.9),))
    assert with_cases(read, ink).text == "S.Sos"
