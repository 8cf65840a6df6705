"""When a page read from pixels cannot be relied on."""

from __future__ import annotations

import pytest

from sopextract.ingest.page.strokes import Word
from sopextract.ingest.scan.quality import enlargement, why_poor
from sopextract.ingest.scan.words import PageWords

AGAIN = "pindai ulang pada 300 dpi, lurus dan terang"


def page(count: int, unread: int, mean: float | None, known: float | None) -> PageWords:
    return PageWords(
        (Word("kata", (0, 0, 20, 10), 10.0),) * count, ((0, 0, 20, 10),) * unread, mean, known
    )


@pytest.mark.parametrize(
    "words",
    [
        page(100, 0, 0.97, 0.8),
        page(100, 30, 0.97, 0.8),
        page(100, 0, 0.7, 0.35),
        page(100, 0, 0.97, None),  # figures alone
        page(3, 1, 0.1, 0.0),  # too few to say
        page(0, 0, None, None),
    ],
)
def test_good_pages_and_those_of_which_nothing_can_be_said(words: PageWords) -> None:
    assert why_poor(words) is None


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (page(50, 50, 0.9, 0.8), "50 dari 100 kata tidak terbaca"),
        (page(0, 5, None, None), "5 dari 5 kata tidak terbaca (tulisan tangan tidak dapat dibaca)"),
        (page(100, 0, 0.9, 0.12), "hanya 12% katanya dikenal"),
        (page(100, 0, 0.55, 0.8), "kata-katanya terbaca dengan kepercayaan rata-rata 55%"),
    ],
)
def test_poor_pages_say_why_and_what_to_do(words: PageWords, why: str) -> None:
    assert why_poor(words) == f"{why}; {AGAIN}"


def test_a_coarse_picture_is_poor_however_well_its_words_were_read() -> None:
    why = "gambarnya hanya setara 96 dpi, terlalu kasar untuk huruf kecil"
    good = page(100, 0, 0.97, 0.8)
    assert why_poor(good, 96.0) == f"{why}; {AGAIN}"
    assert why_poor(good, 150.0) is None
    assert why_poor(page(3, 0, 0.97, 0.8), 96.0) is None  # nothing to doubt


def letters(*sizes: tuple[float, int]) -> list[Word]:
    return [Word("x" * count, (0, 0, 20, 10), size) for size, count in sizes]


@pytest.mark.parametrize(
    ("words", "by"),
    [
        (letters((7.0, 400)), 1.0),
        (letters((5.5, 250), (7.0, 150)), 1.0),  # more of a foot note than of the sheet
        (letters((5.4, 400)), 1.414),
        (letters((3.8, 200), (5.4, 300), (9.0, 60)), 1.414),  # a title does not help
        (letters((4.0, 400)), 2.0),
        (letters((2.0, 400)), 2.0),  # beyond help; told as too coarse
        (letters((4.0, 50), (0.0, 400)), 1.0),  # too few of a size that is known
        ([], 1.0),
    ],
)
def test_a_shrunk_sheet_is_told_by_its_letters(words: list[Word], by: float) -> None:
    assert enlargement(words) == pytest.approx(by, abs=1e-3)
