"""Words that an engine tore apart: closed up where only the whole is one and no space is seen."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("cv2")

from sopextract.ingest.ocr.engine import ReadLine
from sopextract.ingest.scan.torn import closed_up
from tests.ingest.ocr.pictures import written


def read_in(printed: str, *pieces: str) -> ReadLine:
    """What `closed_up` makes of pieces that were read one behind the other in a printed line."""
    size = len(printed)
    words = []
    for piece in pieces:
        at = printed.index(piece)
        words.append((piece, at / size, (at + len(piece)) / size, 0.99 - at / 100))
    return closed_up(ReadLine(tuple(words)), np.asarray(written(printed) < 180))


@pytest.mark.parametrize(
    ("printed", "pieces"),
    [
        ("Aktivitas", ("Aktiv", "itas")),
        ("Masyarakat", ("Masy", "arakat")),
        ("MASYARAKAT,", ("MASY", "ARAKAT,")),
        ("(7)", ("(", "7)")),
    ],
)
def test_pieces_of_one_word_are_joined(printed: str, pieces: tuple[str, ...]) -> None:
    read = read_in(printed, *pieces)
    assert read.text == printed
    assert read.words[0][1:3] == (0.0, 1.0)
    assert read.words[0][3] == pytest.approx(0.99 - len(pieces[0]) / 100)  # the less sure one's


@pytest.mark.parametrize(
    ("printed", "pieces"),
    [
        ("Masy    arakat", ("Masy", "arakat")),  # a space is seen
        ("suratkeluar", ("surat", "keluar")),  # each is a word
        ("Kabupaten / Kota", ("Kabupaten", "/", "Kota")),
        ("Out put", ("Out", "put")),
        ("Sri Wahyuni", ("Sri", "Wahyuni")),  # the whole is none
        ("MasyArakat", ("Masy", "Arakat")),
    ],
)
def test_others_stay_apart(printed: str, pieces: tuple[str, ...]) -> None:
    assert read_in(printed, *pieces).text == " ".join(pieces)


def test_about_a_slash_without_spaces_there_are_none() -> None:
    assert read_in("Kabupaten/Kota", "Kabupaten", "/", "Kota").text == "Kabupaten/Kota"


def test_a_line_without_words_stays_empty() -> None:
    assert closed_up(ReadLine(()), np.zeros((20, 40), np.bool_)) == ReadLine(())
