"""A value is as clear as its own words."""

from __future__ import annotations

import pytest

from sopextract.model.clarity import clarity, dim_words
from sopextract.model.draft import Method, Reading
from sopextract.model.source import Place

WORDS = (
    ("1.", 0.6), ("Undang-Undang", 0.99), ("Nomor", 0.98), ("43", 0.7), ("2.", 0.95),
    ("Pera-", 0.8), ("turan", 0.97), ("daerah;", 0.96), ("daerah", 0.94), ("-", 0.2),
)  # fmt: skip
PLACE = Place(1, score=0.2, words=WORDS)


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("Undang-Undang", 0.99),
        ("undang-undang Nomor", 0.98),
        ("Undang-Undang Nomor 43", 0.7),
        ("daerah", 0.94),  # it stands there twice
        ("Peraturan", 0.8),  # joined: the least of its parts
        ("Undang", 0.99),  # cut: the word that holds it
        ("Bupati", 0.2),  # it does not stand there
        ("-", 0.2),
        ("", 0.2),
    ],
)
def test_a_text_is_as_clear_as_its_least_word(text: str, score: float) -> None:
    assert clarity(text, PLACE) == score


def test_without_words_the_place_tells() -> None:
    assert clarity("Undang-Undang", Place(1, score=0.9)) == 0.9


def test_dim_words_come_in_order_and_once() -> None:
    text = "Peraturan Nomor 43 tentang Peraturan daerah"
    assert dim_words(text, PLACE, 0.9) == ("Peraturan", "43", "tentang")
    assert dim_words(text, Place(1, score=0.5), 0.9) == ()


def test_a_reading_takes_the_least_of_its_own_words() -> None:
    def score(text: str) -> float:
        return Reading(text, text, PLACE, Method.LABEL, 0.97).score

    assert (score("Undang-Undang"), score("daerah"), score("43")) == (0.97, 0.94, 0.7)
