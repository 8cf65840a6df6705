"""What the model's output says: scripts folded into ours, words parted by what is read and seen."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from sopextract.ingest.ocr.signs import Floats, Signs
from sopextract.ingest.scan.raster import Grey

pytest.importorskip("cv2")

ALPHABET = ["a", "á", "b", "不", "1", ".", "m", "，", "ı"]
SIGNS = Signs(ALPHABET)
STEP = 8  # pixels of a picture as high as the model's


def output(spoken: Sequence[tuple[str, float]]) -> Floats:
    """Shares of the signs step by step; "" is the blank, the rest of each share is the blank's."""
    shares = np.zeros((len(spoken), len(ALPHABET) + 2), np.float32)
    for step, (sign, share) in enumerate(spoken):
        column = 0 if not sign else [*ALPHABET, " "].index(sign) + 1
        shares[step, 0] = 1 - share
        shares[step, column] += share
    return shares


def picture(letters: Sequence[tuple[int, int]], width: int) -> Grey:
    """Letters as upright blocks from one column to another; 20 high in 48."""
    page = np.full((48, width), 255, np.uint8)
    for start, end in letters:
        page[10:40, start:end] = 0
    return page


def said(spoken: Sequence[tuple[str, float]], letters: Sequence[tuple[int, int]]) -> str:
    width = STEP * len(spoken)
    return SIGNS.decode(output(spoken), len(spoken), picture(letters, width)).text


BLANK = ("", 1.0)


def test_letters_that_go_on_are_one_and_blanks_part_them() -> None:
    read = SIGNS.decode(
        output([("a", 0.9), ("a", 0.8), BLANK, ("a", 0.7), ("b", 0.6)]),
        5,
        picture([(0, 12), (20, 28), (30, 40)], 40),
    )
    ((text, begin, end, score),) = read.words
    assert text == "aab"
    assert (begin, end) == (0.0, 1.0)
    assert score == pytest.approx(0.6)


def test_accents_are_the_plain_letters_share() -> None:
    shares = output([("á", 0.5)])
    shares[0, 1] = 0.4  # a
    shares[0, 0] = 0.1
    ((text, _, _, score),) = SIGNS.decode(shares, 1, picture([(0, 8)], 8)).words
    assert text == "a"
    assert score == pytest.approx(0.9)


def test_signs_of_other_scripts_are_not_read() -> None:
    assert said([("不", 1.0)], [(0, 8)]) == ""
    assert said([("ı", 1.0), BLANK, ("，", 1.0)], [(0, 6), (18, 22)]) == "i,"


def test_what_lies_beyond_the_picture_is_not_read() -> None:
    read = SIGNS.decode(output([("a", 1.0), BLANK, ("b", 1.0)]), 1.5, picture([(0, 8)], 12))
    assert read.text == "a"


def test_a_gap_as_wide_as_a_space_parts_words() -> None:
    near = [(0, 10), (16, 26), (32, 42)]
    far = [(0, 10), (16, 26), (46, 56)]
    spoken = [("a", 1.0), BLANK, ("b", 1.0), BLANK, BLANK, ("m", 1.0), BLANK]
    assert said([*spoken[:4], ("m", 1.0), BLANK], near) == "abm"
    assert said(spoken, far) == "ab m"


def test_a_space_that_was_read_needs_some_room() -> None:
    spoken = [("a", 1.0), (" ", 1.0), ("b", 1.0), BLANK]
    assert said(spoken, [(0, 11), (16, 28)]) == "a b"
    assert said(spoken, [(0, 16), (16, 28)]) == "ab"


def test_an_underline_fills_no_gap() -> None:
    page = picture([(0, 10), (16, 26), (46, 56)], 56)
    page[43:45] = 0
    shares = output([("a", 1.0), BLANK, ("b", 1.0), BLANK, BLANK, ("m", 1.0), BLANK])
    assert SIGNS.decode(shares, 7, page).text == "ab m"


def test_nothing_says_nothing() -> None:
    assert said([BLANK, BLANK], []) == ""
    assert SIGNS.decode(output([]), 0.1, picture([], 8)).words == ()
