"""Signs in actor cells."""

from __future__ import annotations

import pytest

from sopextract.model.draft import Mark, Simbol
from sopextract.model.source import SIGNS, Outline, Place, Symbol
from sopextract.parse.alur.simbol import Exit, Shape, exit_of, parse_mark, read_mark


@pytest.mark.parametrize(
    ("text", "simbol"),
    [
        ("(Oval)", "terminator"),
        ("(kapsul)", "terminator"),
        ("⬭", "terminator"),
        ("○", "terminator"),
        ("(Kotak)", "proses"),
        ("□", "proses"),
        ("▢", "proses"),
        ("[ ]", "proses"),
        ("[]", "proses"),
        ("■", "proses"),
        ("↓ □ ↓", "proses"),
        ("(Bintang)", "keputusan"),
        ("(Belah Ketupat)", "keputusan"),
        ("◊", "keputusan"),
        ("◇", "keputusan"),
        ("<>", "keputusan"),
    ],
)
def test_drawn_forms(text: str, simbol: Simbol) -> None:
    assert parse_mark(text).shapes == (Shape(simbol, typed=False),)


@pytest.mark.parametrize("text", ["√", "v", "V", "x", "X", "1", "*", "✓", "↓ √"])
def test_a_tick_says_who_but_not_what(text: str) -> None:
    assert parse_mark(text).shapes == (Shape(None, typed=True),)


@pytest.mark.parametrize("text", ["Mulai", "(mulai)", "MULAI", "ULAI"])
def test_the_beginning(text: str) -> None:
    signs = parse_mark(text)
    assert signs.shapes == (Shape("terminator", typed=True),)
    assert (signs.begins, signs.ends) == (True, False)


@pytest.mark.parametrize("text", ["Selesai", "ELESAI", "(Selesai)"])
def test_the_end(text: str) -> None:
    signs = parse_mark(text)
    assert signs.shapes == (Shape("terminator", typed=True),)
    assert (signs.begins, signs.ends) == (False, True)


def test_a_form_and_its_word_are_one_symbol() -> None:
    signs = parse_mark("(Oval) Mulai")
    assert signs.shapes == (Shape("terminator", typed=False),)
    assert signs.begins


def test_a_form_with_a_tick_is_one_symbol() -> None:
    assert parse_mark("□ 1").shapes == (Shape("proses", typed=False),)


@pytest.mark.parametrize(
    ("text", "exits"),
    [
        ("Y", (("Ya", "Y"),)),
        ("T", (("Tidak", "T"),)),
        ("N", (("Tidak", "N"),)),
        ("Tidak Ya", (("Tidak", "Tidak"), ("Ya", "Ya"))),
        ("Tidak Setuju", (("Tidak", "Tidak Setuju"),)),
        ("Lengkap", (("Ya", "Lengkap"),)),
        ("Ditolak", (("Tidak", "Ditolak"),)),
    ],
)
def test_exits(text: str, exits: tuple[tuple[Exit, str], ...]) -> None:
    signs = parse_mark(text)
    assert signs.exits == exits
    assert signs.shapes == ()


def test_a_question_is_the_text_of_a_diamond() -> None:
    assert parse_mark("Lengkap ?").shapes == (Shape("keputusan", typed=True),)


@pytest.mark.parametrize(
    ("text", "arrow"), [("↓", "down"), ("↑", "up"), ("->", "right"), ("←", "left")]
)
def test_arrows_alone_are_no_symbol(text: str, arrow: str) -> None:
    signs = parse_mark(text)
    assert signs.arrows == (arrow,)
    assert signs.shapes == ()


@pytest.mark.parametrize("text", ["A", "⌂"])
def test_connectors(text: str) -> None:
    assert parse_mark(text).connector
    assert parse_mark(text).shapes == ()


@pytest.mark.parametrize("text", ["12", "Rapat", "bon permintaan", "Via aplikasi"])
def test_other_text_is_no_symbol(text: str) -> None:
    signs = parse_mark(text)
    assert signs.shapes == ()
    assert signs.rest == text


def test_a_sentence_in_the_cell_is_text() -> None:
    text = "berkas yang tidak lengkap dicatat dan disimpan di lemari"
    assert parse_mark(text).rest == text
    assert parse_mark(text).exits == ()


@pytest.mark.parametrize("text", ["", " ", "-", "|", "…"])
def test_nothing(text: str) -> None:
    signs = parse_mark(text)
    assert (signs.shapes, signs.arrows, signs.exits, signs.rest) == ((), (), (), "")


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("tidak setuju", "Tidak"),
        ("belum lengkap", "Tidak"),
        ("ada kesalahan", "Tidak"),
        ("setuju", "Ya"),
        ("memenuhi syarat", "Ya"),
    ],
)
def test_exit_of(words: str, label: Exit) -> None:
    assert exit_of(words) == label


def test_a_sheet_of_paper_says_who_and_not_what() -> None:
    paper = Symbol(0, Outline.DOCUMENT, Place())
    signs = read_mark(Mark(1, SIGNS[Outline.DOCUMENT], Place(), symbols=(paper,)))
    assert [(s.simbol, s.typed, s.symbol) for s in signs.shapes] == [(None, False, paper)]
