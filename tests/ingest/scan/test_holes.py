"""Holes in ink: enclosed paper by its box."""

from __future__ import annotations

import numpy as np

from sopextract.ingest.scan.holes import find_holes, paper_of
from sopextract.ingest.scan.raster import Grey


def drawn(*rows: str) -> Grey:
    return np.array([[c == "#" for c in row] for row in rows], np.uint8)


def test_a_ring_with_a_letter_and_a_gap_at_a_corner() -> None:
    ink = drawn(
        ".........",
        ".######..",
        ".#....#..",
        ".#.##.#.#",
        ".#.##.#.#",  # the paper beside is open to the edge
        ".#....#..",
        "..#####..",  # ink hangs together at a corner
        ".........",
    )
    (hole,) = find_holes(ink)
    assert hole == (2, 2, 4, 4)
    assert paper_of(ink, hole).tolist() == [[1, 1, 1, 1], [1, 0, 0, 1], [1, 0, 0, 1], [1, 1, 1, 1]]


def test_holes_within_letters_are_others() -> None:
    ink = drawn("#######", "#.....#", "#.###.#", "#.#.#.#", "#.###.#", "#.....#", "#######")
    assert find_holes(ink) == [(1, 1, 5, 5), (3, 3, 1, 1)]
    assert paper_of(ink, (1, 1, 5, 5)).sum() == 16


def test_blank_paper_has_none() -> None:
    assert find_holes(np.zeros((4, 4), np.uint8)) == []
