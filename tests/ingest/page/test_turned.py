"""Pages printed sideways or upside down."""

from __future__ import annotations

import pytest

from sopextract.ingest.page.strokes import DrawnPage, Stroke, Word
from sopextract.ingest.page.turned import find_turn

_TEXT = "Menyampaikan"


def _page(angle: int, letters: int = 10) -> DrawnPage:
    words = tuple(Word(_TEXT, (100.0, 50.0, 110.0, 90.0), 8.0, angle) for _ in range(letters))
    line = Stroke(((10.0, 20.0), (10.0, 120.0)), 1, False, None, 0.0, 0.5)
    return DrawnPage(1, (600.0, 800.0), words, (line,))


@pytest.mark.parametrize(
    ("angle", "size", "bbox", "line"),
    [
        (90, (800.0, 600.0), (710.0, 100.0, 750.0, 110.0), ((780.0, 10.0), (680.0, 10.0))),
        (180, (600.0, 800.0), (490.0, 710.0, 500.0, 750.0), ((590.0, 780.0), (590.0, 680.0))),
        (270, (800.0, 600.0), (50.0, 490.0, 90.0, 500.0), ((20.0, 590.0), (120.0, 590.0))),
    ],
)
def test_a_turned_page_is_turned_back(
    angle: int,
    size: tuple[float, float],
    bbox: tuple[float, float, float, float],
    line: tuple[tuple[float, float], ...],
) -> None:
    turn = find_turn(_page(angle))
    assert turn is not None
    page = turn.upright(_page(angle))
    assert page.size_pt == size
    assert {word.angle for word in page.words} == {0}
    assert page.words[0].bbox == bbox
    assert page.strokes[0].points == line


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_places_are_found_back(angle: int) -> None:
    turn = find_turn(_page(angle))
    assert turn is not None
    line = turn.upright(_page(angle)).strokes[0]
    assert tuple(map(turn.back, line.points)) == _page(angle).strokes[0].points


def test_an_upright_page_and_one_of_few_letters_stay() -> None:
    for page in (_page(0), _page(90, letters=2)):
        assert find_turn(page) is None
