"""Specks among letters: dirt stands free, what wear tore off a letter stands close to it."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("cv2")

from sopextract.ingest.scan.dirt import find_specks, without_dirt
from sopextract.ingest.scan.pieces import Cells, Cutter
from sopextract.ingest.scan.spots import find_spots

HIGH, WIDE = 40, 120
LETTERS = [(10, 20), (26, 36), (42, 52), (80, 90)]  # from the top (10) to the base line (26)


@pytest.mark.parametrize(
    ("box", "kept"),
    [
        ((65, 18, 68, 21), False),  # free, at half the height: a speck
        ((53, 18, 56, 21), True),  # a pixel beside a letter: an arm of it
        ((55, 25, 59, 29), True),  # as wide as high, below the base line: a worn comma
    ],
)
def test_specks_and_pieces_of_letters(box: tuple[int, int, int, int], *, kept: bool) -> None:
    picture = np.full((HIGH, WIDE), 255, np.uint8)
    for left, right in LETTERS:
        picture[10:26, left:right] = 0
    x0, y0, x1, y1 = box
    picture[y0:y1, x0:x1] = 0
    spots = find_spots(picture, [], 2.8)
    cutter = Cutter(spots, Cells([], 2.8))
    piece = cutter.piece(np.arange(1, len(spots.boxes)), None)
    (clean,) = without_dirt([piece], spots, cutter)
    assert len(clean.spots) == len(LETTERS) + kept


@pytest.mark.parametrize(
    ("grey", "kept"),
    [
        (90, True),  # paler than the letters, as dots are: a full stop
        (20, False),  # darker than any letter
    ],
)
def test_a_dot_darker_than_the_letters_is_dirt(grey: int, *, kept: bool) -> None:
    picture = np.full((HIGH, WIDE), 255, np.uint8)
    for left, right in LETTERS:
        picture[10:26, left:right] = 60
    picture[23:26, 94:97] = grey
    spots = find_spots(picture, [], 2.8)
    piece = Cutter(spots, Cells([], 2.8)).piece(np.arange(1, len(spots.boxes)), None)
    assert np.count_nonzero(find_specks([piece], spots)) == (not kept)
    assert not find_specks([], spots).any()


def test_a_high_speck_beside_the_line_is_no_comma() -> None:
    picture = np.full((HIGH, WIDE), 255, np.uint8)
    for left, right in LETTERS:
        picture[10:26, left:right] = 0
    picture[17:21, 65:68] = 0
    spots = find_spots(picture, [], 2.8)
    cutter = Cutter(spots, Cells([], 2.8))
    piece = cutter.piece(np.arange(1, len(spots.boxes)), None)
    (clean,) = without_dirt([piece], spots, cutter)
    assert len(clean.spots) == len(LETTERS)


@pytest.mark.parametrize(
    ("left", "kept"),
    [
        (92, True),  # right behind the last letter: a full stop
        (99, False),  # as far as the next word would stand: dirt
    ],
)
def test_a_stop_stands_close_behind_its_word(left: int, *, kept: bool) -> None:
    picture = np.full((HIGH, WIDE), 255, np.uint8)
    for x0, x1 in LETTERS:
        picture[10:26, x0:x1] = 0
    picture[23:26, left : left + 3] = 0
    spots = find_spots(picture, [], 2.8)
    cutter = Cutter(spots, Cells([], 2.8))
    (clean,) = without_dirt([cutter.piece(np.arange(1, len(spots.boxes)), None)], spots, cutter)
    assert len(clean.spots) == len(LETTERS) + kept
