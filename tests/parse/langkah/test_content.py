"""What a cell looks like: number, mark, amount of time, words."""

from __future__ import annotations

import pytest

from sopextract.parse.langkah.content import is_column_numbers, look_at


@pytest.mark.parametrize(
    "text",
    [
        "√",
        "□",
        "↓ □ ↓",
        "(Oval)",
        "(Kotak)",
        "(Bintang)",
        "Mulai",
        "ULAI",
        "(Mulai)",
        "Selesai",
        "T",
        "Ya",
        "Tidak Ya",
        "v",
        "X",
        "*",
        "◇ Tidak",
        "Setuju",
        "Lengkap",
        "->",
        "Belum lengkap",
    ],
)
def test_a_mark(text: str) -> None:
    assert look_at(text).mark


@pytest.mark.parametrize(
    "text", ["Kepala Dinas", "Mulai mencatat", "Surat", "5 menit", "Yang", "Kotak saran", "12"]
)
def test_what_is_no_mark(text: str) -> None:
    assert not look_at(text).mark


@pytest.mark.parametrize(
    ("text", "number"),
    [("1", 1), ("12.", 12), ("(3)", 3), ("4 )", 4), ("2 Jam", None), ("1.1", None), ("2024", None)],
)
def test_a_number(text: str, number: int | None) -> None:
    assert look_at(text).number == number


@pytest.mark.parametrize("text", ["", "-", "  "])
def test_nothing(text: str) -> None:
    content = look_at(text)
    assert (content.empty, content.prose, content.mark) == (True, False, False)


def test_words_and_amounts() -> None:
    assert look_at("Buku agenda").prose
    assert not look_at("15 Menit").prose
    assert look_at("15 Menit").duration >= 0.8


@pytest.mark.parametrize(
    ("texts", "wanted"),
    [
        (("1", "2", "3", "5"), True),
        (("(1)", "(2)", ""), True),
        (("1", "Mencatat", "2"), False),
        (("3", "2", "1"), False),
        (("1",), False),
        (("1", "2", "500"), False),
    ],
)
def test_a_row_of_column_numbers(texts: tuple[str, ...], wanted: bool) -> None:
    assert is_column_numbers(texts) is wanted


def test_numbers_of_parts_of_steps() -> None:
    assert all(look_at(text).sub_number for text in ("1a", "2.1", "(3b)", "4 c."))
    assert not any(look_at(text).sub_number for text in ("1", "1.", "A4", "2 jam", "10.000"))
    assert look_at("1a").counts
    assert not look_at("1a").prose


def test_a_symbol_is_no_label() -> None:
    assert look_at("□").symbol
    assert look_at("(Kotak)").symbol
    assert not look_at("Proses").symbol
