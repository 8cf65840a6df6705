"""By how much a page must be turned, from its lines and what they say."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import pytest

from sopextract.ingest.ocr.engine import FoundLine, ReadLine
from sopextract.ingest.scan.direction import Turn, find_turn
from sopextract.ingest.scan.raster import Grey

SENSE, NONSENSE = "Menyusun laporan kegiatan", "Xqzwk vbnrt"


class Marked:
    """An engine for pages whose lines are grey bars with a black mark where they begin."""

    name, version, key = "marked", "1", "marked 1"

    def __init__(self, text: str = SENSE, score: float = 0.98) -> None:
        self._text, self._score = text, score
        self.read = 0

    def find_lines(self, picture: Grey) -> tuple[FoundLine, ...]:
        _, _, stats, _ = cv2.connectedComponentsWithStats((picture < 230).astype(np.uint8))
        return tuple(
            FoundLine((float(x), float(y), float(x + w), float(y + h)), 0.8)
            for x, y, w, h, _ in stats[1:].tolist()
        )

    def read_lines(self, pictures: Sequence[Grey]) -> tuple[ReadLine, ...]:
        self.read += len(pictures)
        return tuple(self._line(picture) for picture in pictures)

    def _line(self, picture: Grey) -> ReadLine:
        height, width = picture.shape
        begins = picture[:, : width // 2].mean() < picture[:, width // 2 :].mean() - 10
        text = self._text if begins and width > height else NONSENSE
        words = text.split()
        share = 1 / len(words)
        score = self._score if text is not NONSENSE else 0.3
        return ReadLine(
            tuple((word, k * share, (k + 1) * share, score) for k, word in enumerate(words))
        )


def page(lines: int = 4, length: int = 600) -> Grey:
    """Lines under one another, the first the longest."""
    paper = np.full((900, 1200), 255, np.uint8)
    for k in range(lines):
        top, right = 100 + 60 * k, 100 + length - 20 * k
        paper[top : top + 24, 100:right] = 180
        paper[top : top + 24, 100:200] = 0
    return paper


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_is_turned_upright(turn: int) -> None:
    lying = np.ascontiguousarray(np.rot90(page(), turn // 90))  # counter-clockwise
    assert find_turn(lying, Marked()) == Turn(turn, 1.0)


def test_an_upright_page_is_known_by_its_first_lines() -> None:
    engine = Marked()
    assert find_turn(page(12), engine) == Turn(0, 1.0)
    assert engine.read <= 3


def test_no_more_than_a_few_lines_are_read_of_any_page() -> None:
    engine = Marked(score=0.1)
    find_turn(np.ascontiguousarray(np.rot90(page(12))), engine)
    assert engine.read <= 24  # six lines, both ways, at both scales


def test_a_page_without_lines_stays_as_it_is() -> None:
    assert find_turn(page(0), Marked()) == Turn(0, 0.0)


def test_lines_that_say_nothing_leave_the_page_as_it_is() -> None:
    lying = np.ascontiguousarray(np.rot90(page()))
    found = find_turn(lying, Marked(NONSENSE))
    assert found.degrees == 0
    assert found.confidence < 0.3


def test_one_long_upright_line_turns_no_page() -> None:
    paper = page()
    paper[100:700, 1000:1024] = 180
    assert find_turn(paper, Marked()).degrees == 0


class Fat(Marked):
    """An engine whose boxes reach into the neighbouring lines, and which reads one line at a time.

    It begins to read where strokes are closest.
    """

    def find_lines(self, picture: Grey) -> tuple[FoundLine, ...]:
        share = len(picture) / 900
        return tuple(
            FoundLine((100 * share, (y - 28) * share, 1100 * share, (y + 48) * share), 0.8)
            for y in range(300, 300 + 40 * 8, 40)
        )

    def _line(self, picture: Grey) -> ReadLine:
        height, width = picture.shape
        rows = np.flatnonzero((picture < 128).any(axis=1))
        one = height <= 40 and width <= 20 * height and len(rows) == 20
        left, right = (
            picture[:, half] < 128 for half in (slice(width // 3), slice(-width // 3, None))
        )
        text = self._text if one and left.mean() > right.mean() else NONSENSE
        score = self._score if text is not NONSENSE else 0.3
        return ReadLine(((text, 0.0, 1.0, score),))


@pytest.mark.parametrize("turn", [0, 180])
@pytest.mark.parametrize("text", [SENSE, "PEMERINTAHKABUPATENGIANYAR"])
def test_of_a_box_that_is_too_high_one_line_is_read(turn: int, text: str) -> None:
    paper = np.full((900, 1200), 255, np.uint8)
    for top in range(300, 300 + 40 * 8, 40):
        for k in range(100):
            paper[top : top + 20, 100 + 10 * k : 107 + 10 * k - k // 20] = 0
    lying = np.ascontiguousarray(np.rot90(paper, turn // 90))
    assert find_turn(lying, Fat(text)).confidence >= 0.9
    assert find_turn(lying, Fat(text)).degrees == turn
