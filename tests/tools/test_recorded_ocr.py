"""What an engine said is said again, of pictures that look the same."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from sopextract.ingest.ocr.engine import FoundLine, ReadLine
from sopextract.ingest.scan.raster import Grey
from tools.make_sheets.scan.marks import text_font
from tools.recorded_ocr import RecordedEngine, Recorder, coarse

TEXTS = ("Kepala Dinas", "10 menit", "15 menit")


def printed(text: str, size: tuple[int, int] = (220, 40), at: tuple[int, int] = (6, 5)) -> Grey:
    picture = Image.new("L", size, 255)
    ImageDraw.Draw(picture).text(at, text, 0, text_font(26))
    return np.asarray(picture, dtype=np.uint8)


class SayingEngine:
    """Says the texts in their order."""

    name, version, key = "saying", "1", "saying 1"

    def find_lines(self, picture: Grey) -> tuple[FoundLine, ...]:
        return (FoundLine((10, 20, 110, 40), 0.9),)

    def read_lines(self, pictures: Sequence[Grey]) -> tuple[ReadLine, ...]:
        return tuple(ReadLine(((text, 0.1, 0.8, 0.97),)) for text in TEXTS[: len(pictures)])


@pytest.fixture
def recorded(tmp_path: Path) -> RecordedEngine:
    recorder = Recorder(SayingEngine())
    assert recorder.find_lines(printed("Halaman", (400, 300)))[0].score == 0.9
    assert [line.text for line in recorder.read_lines([printed(t) for t in TEXTS])] == list(TEXTS)
    recorder.save(tmp_path / "a.json")
    return RecordedEngine(tmp_path / "a.json")


def test_lines_are_known_again_when_cut_a_little_otherwise(recorded: RecordedEngine) -> None:
    moved = [printed(text, (221, 39), (7, 4)) for text in reversed(TEXTS)]
    assert [line.text for line in recorded.read_lines(moved)] == list(reversed(TEXTS))
    assert recorded.read_lines(moved)[0].words == (("15 menit", 0.1, 0.8, 0.97),)
    assert (recorded.name, recorded.version, recorded.unknown) == ("saying", "1", 0)


def test_what_was_not_seen_says_nothing(recorded: RecordedEngine) -> None:
    assert recorded.read_lines([printed("Surat tugas", (120, 40))]) == (ReadLine(()),)
    assert recorded.find_lines(np.zeros((300, 400), np.uint8)) == ()
    assert recorded.unknown == 2


def test_lines_are_found_at_the_size_of_the_picture(recorded: RecordedEngine) -> None:
    larger = np.asarray(Image.fromarray(printed("Halaman", (400, 300))).resize((800, 600)))
    assert recorded.find_lines(larger) == (FoundLine((20, 40, 220, 80), 0.9),)


def test_the_coarse_image_is_lightness_row_by_row() -> None:
    picture = np.zeros((10, 20), np.uint8)
    picture[:5, 10:] = 255
    assert coarse(picture, 2, 2) == "0f00"
