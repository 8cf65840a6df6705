"""The default engine, where it is installed; and what is said where it is not."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from sopextract.errors import MissingProgramError
from sopextract.ingest.ocr.load import load_engines
from sopextract.ingest.ocr.rapid import RapidEngine, load_rapid
from tests.ingest.ocr.pictures import page, written

LINES = ("Menyusun laporan kegiatan", "NIP 19710215 199403 1 007", "Kepala Dinas, 12/03/2024")


def test_without_the_package_it_is_said_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    with pytest.raises(MissingProgramError, match=r"pip install 'sopextract\[scan\]'"):
        RapidEngine()


@pytest.fixture(scope="module")
def engine() -> RapidEngine:
    for package in ("cv2", "onnxruntime", "rapidocr"):
        pytest.importorskip(package)
    return load_rapid()


def test_lines_are_found_where_they_stand(engine: RapidEngine) -> None:
    found = engine.find_lines(page(*LINES))
    assert len(found) == len(LINES)
    for k, line in enumerate(sorted(found, key=lambda line: line.bbox[1])):
        left, top, right, bottom = line.bbox
        assert 40 <= left <= 66
        assert right - left > 250
        assert top <= 60 + 60 * k + 8 < 60 + 60 * k + 24 <= bottom
        assert line.score > 0.6


def test_lines_are_read_with_places_and_scores(engine: RapidEngine) -> None:
    read = engine.read_lines([written(text) for text in LINES])
    assert [line.text for line in read] == list(LINES)
    (_, begin, end, score), *_, (_, last, until, _) = read[0].words
    assert begin < 0.05
    assert 0.25 < end < 0.4
    assert 0.6 < last < 0.75
    assert until > 0.95
    assert score > 0.95


def test_a_line_says_the_same_alone_and_among_others(engine: RapidEngine) -> None:
    pictures = [written(text) for text in LINES]
    assert engine.read_lines(pictures[1:2]) == engine.read_lines(pictures)[1:2]


def test_white_and_empty_pictures_say_nothing(engine: RapidEngine) -> None:
    blank = np.full((40, 200), 255, np.uint8)
    assert engine.find_lines(np.full((300, 400), 255, np.uint8)) == ()
    assert engine.find_lines(np.zeros((2, 300), np.uint8)) == ()
    assert [line.words for line in engine.read_lines([blank, blank[:0], blank[:1, :1]])] == [()] * 3


def test_an_engine_is_loaded_once(engine: RapidEngine) -> None:
    assert load_engines(None)[0] is load_engines(None)[0] is engine
    assert engine.key.startswith("rapidocr ")
    assert engine.version in engine.key
