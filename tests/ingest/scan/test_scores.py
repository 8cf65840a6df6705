"""Scores of words: what the witness says of each, and what it all makes of their chance."""

from __future__ import annotations

import pytest

from sopextract.ingest.ocr.engine import ReadLine
from sopextract.ingest.scan.scores import Witness, compare, probability, scored

AGREES, DIFFERS, NONE = Witness.AGREES, Witness.DIFFERS, Witness.NONE


def line(text: str, score: float = 0.99) -> ReadLine:
    """A line of equally wide words."""
    words = text.split()
    share = 1 / max(len(words), 1)
    return ReadLine(
        tuple((word, k * share, (k + 1) * share, score) for k, word in enumerate(words))
    )


@pytest.mark.parametrize(
    ("read", "witness", "said"),
    [
        ("Kepala Dinas", "Kepala Dinas", [AGREES, AGREES]),
        ("Kepala Dinas", "KepalaDinas", [AGREES, AGREES]),
        ("Kepala Dinas", "| Kepala Dinas |", [AGREES, AGREES]),
        ("Kepala Dinas", "KERALA Dinas", [DIFFERS, AGREES]),
        ("Kepala Dinas", "Dinas", [DIFFERS, AGREES]),
        ("Kepala Dinas", "", [DIFFERS, DIFFERS]),
        ("Kepala", "Kepa la", [AGREES]),
        ("Kepala", "Kepa|la", [DIFFERS]),  # a letter more is another word
        ("10 mnt", "(0 mnt", [DIFFERS, AGREES]),
        ("12/03/2024", "12/03/2024.", [AGREES]),
        ("12/03/2024", "12-03-2024", [AGREES]),  # the figures are the same
        ("12/03/2024", "12/08/2024", [DIFFERS]),
        ("2024", "20224", [DIFFERS]),
        ("19710215 199403", "19710215199403", [AGREES, AGREES]),
    ],
)
def test_the_witness_agrees_or_differs_by_word(
    read: str, witness: str, said: list[Witness]
) -> None:
    assert compare(read.split(), line(witness)) == said


def test_without_a_witness_nothing_is_said() -> None:
    assert compare(["Kepala", "Dinas"], None) == [NONE, NONE]


@pytest.mark.parametrize("text", ["laporan", "Sukmadita", "2024", "A"])
def test_the_surer_the_engine_the_likelier_the_word(text: str) -> None:
    for witness in Witness:
        chances = [probability(text, score, witness) for score in (0.0, 0.5, 0.9, 0.99, 1.0)]
        assert chances == sorted(chances)
        assert 0 < chances[0] < chances[-1] <= 1


@pytest.mark.parametrize("score", [0.5, 0.95, 0.999])
def test_names_and_figures_need_more_than_known_words(score: float) -> None:
    for witness in Witness:
        known, name, figure = (
            probability(text, score, witness) for text in ("laporan", "Sukmadita", "19710215")
        )
        assert known > max(name, figure)


@pytest.mark.parametrize("text", ["laporan", "Sukmadita", "2024", "A"])
def test_a_witness_that_differs_makes_less_likely(text: str) -> None:
    for score in (0.5, 0.95, 0.9999):
        agrees, differs = (probability(text, score, w) for w in (AGREES, DIFFERS))
        assert agrees > differs


def test_figures_on_which_two_differ_are_never_sure() -> None:
    assert probability("19710215", 1.0, DIFFERS) < 0.9
    assert probability("19710215", 1.0, AGREES) > 0.99
    assert probability("laporan", 1.0, DIFFERS) > 0.99


def test_the_words_of_a_line_keep_text_and_place() -> None:
    read = line("Tahun 2024")
    told = scored(read, line("Tahun 2021"))
    assert [word[:3] for word in told.words] == [word[:3] for word in read.words]
    assert [word[3] for word in told.words] == [
        probability("Tahun", 0.99, AGREES),
        probability("2024", 0.99, DIFFERS),
    ]
    assert scored(ReadLine(()), None) == ReadLine(())
