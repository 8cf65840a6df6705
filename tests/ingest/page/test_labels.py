"""Which words label which way, and what becomes of those that label none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sopextract.ingest.page import lay_out_page
from sopextract.ingest.page.joints import Joint
from sopextract.ingest.page.labels import (
    Phrase,
    attach_labels,
    split_exits,
    without_marks,
    words_in,
)
from sopextract.ingest.page.strokes import Word
from sopextract.ingest.page.symbols import Form
from sopextract.model.source import Cell, Grid, Page, ResidueKind
from sopextract.model.source import Outline as Kind
from tests.ingest.page.canvas import Canvas, box_at

XS, YS = (50.0, 150.0, 250.0, 350.0, 450.0), (50.0, 80.0, 140.0, 200.0, 260.0)


def flow() -> Canvas:
    """A diamond (1) under a box (0), Ya down to 2, Tidak out at the right and up to 0."""
    canvas = Canvas().grid(XS, YS)
    canvas.symbol("box", box_at(200, 110)).symbol("diamond", box_at(200, 170, 50, 24))
    canvas.symbol("box", box_at(200, 230))
    canvas.arrow((200, 118), (200, 158)).arrow((200, 182), (200, 222))
    return canvas.arrow((225, 170), (300, 170), (300, 110), (220, 110))


def labels(canvas: Canvas) -> dict[tuple[int | None, int | None], str]:
    page = lay_out_page(canvas.page(), 0)
    return {(c.tail, c.head): c.label for c in page.connectors if c.label}


def cells(page: Page) -> list[Cell]:
    return [c for b in page.blocks if isinstance(b, Grid) for row in b.rows for c in row]


YA, TIDAK = (1, 2), (1, 0)


def test_words_beside_their_lines() -> None:
    canvas = flow().text("Ya", 203, 205).text("Tidak", 240, 168)
    assert labels(canvas) == {YA: "Ya", TIDAK: "Tidak"}


def test_words_on_their_lines() -> None:
    canvas = flow().text("Ya", 196, 205).text("Tidak", 250, 174)
    assert labels(canvas) == {YA: "Ya", TIDAK: "Tidak"}


def test_a_word_on_its_line_goes_before_one_nearer_to_the_decision() -> None:
    canvas = Canvas().grid(XS, YS)
    canvas.symbol("diamond", box_at(100, 110, 50, 24)).symbol("box", box_at(400, 170))
    canvas.arrow((125, 110), (400, 110), (400, 162))
    canvas.text("Tidak valid", 122, 132).text("Valid", 270, 113)
    assert labels(canvas) == {(0, 1): "Valid"}


def test_a_line_that_lost_its_head_keeps_its_word() -> None:
    canvas = Canvas().grid(XS, YS)
    canvas.symbol("diamond", box_at(200, 110, 50, 24)).symbol("box", box_at(200, 170))
    canvas.line((200, 122), (200, 162)).text("Ya", 203, 140)
    assert labels(canvas) == {(0, 1): "Ya"}


def test_words_at_the_corners_of_the_diamond() -> None:
    canvas = flow().text("Ya", 203, 191).text("Tidak", 226, 167)
    assert labels(canvas) == {YA: "Ya", TIDAK: "Tidak"}


def test_words_at_the_far_part_of_a_line() -> None:
    canvas = flow().text("Ya", 203, 205).text("Tidak", 304, 140)
    assert labels(canvas) == {YA: "Ya", TIDAK: "Tidak"}


def test_an_exit_of_two_words_and_of_two_lines() -> None:
    assert labels(flow().text("Tidak setuju", 240, 168))[TIDAK] == "Tidak setuju"
    stacked = flow().text("Tidak", 240, 160).text("setuju", 240, 168.5)
    assert labels(stacked)[TIDAK] == "Tidak setuju"


def test_where_the_label_stands_is_kept() -> None:
    page = lay_out_page(flow().text("Tidak", 240, 168).page(), 0)
    (connector,) = (c for c in page.connectors if c.label)
    assert connector.label_place is not None
    assert connector.label_place.bbox == (240, 160, 260, 168)


def test_a_label_is_no_text_of_its_cell() -> None:
    page = lay_out_page(flow().text("Ya", 203, 205).page(), 0)
    assert [cell.text for cell in cells(page) if "Ya" in cell.text] == []


def test_words_near_no_line_stay_text_of_their_cell() -> None:
    canvas = flow().text("lihat", 160, 92)
    page = lay_out_page(canvas.page(), 0)
    assert all(c.label == "" for c in page.connectors)
    assert "□ lihat" in [cell.text for cell in cells(page)]


def test_words_inside_a_symbol_are_its_text() -> None:
    page = lay_out_page(flow().text("Mulai", 188, 114).page(), 0)
    assert [symbol.text for symbol in page.symbols] == ["Mulai", "", ""]
    assert labels(flow().text("Mulai", 188, 114)) == {}


def test_text_of_other_columns_is_no_label() -> None:
    canvas = flow().text("Ya", 203, 205).text("Surat", 60, 150)
    assert labels(canvas) == {YA: "Ya"}


def two_decisions() -> Canvas:
    """Two diamonds (1, 2) side by side under a box (0); each goes down (3, 4) and back up."""
    canvas = Canvas().grid((50, 150, 250, 350, 450, 550), (50, 80, 140, 200, 260))
    canvas.symbol("box", box_at(200, 110)).symbol("diamond", box_at(200, 170, 50, 24))
    canvas.symbol("diamond", box_at(300, 170, 50, 24))
    canvas.symbol("box", box_at(200, 230)).symbol("box", box_at(300, 230))
    canvas.arrow((200, 158), (200, 118)).arrow((200, 182), (200, 222))
    canvas.arrow((225, 170), (275, 170))
    return canvas.arrow((300, 182), (300, 222)).arrow((300, 158), (300, 110), (220, 110))


@pytest.mark.parametrize("shift", [-3.0, 0.0, 3.0])
def test_two_decisions_near_each_other(shift: float) -> None:
    canvas = two_decisions().text("Tidak", 203, 152 + shift).text("Ya", 230, 167)
    canvas.text("Tidak", 303, 150 + shift).text("Ya", 303, 205 + shift)
    assert labels(canvas) == {(1, 0): "Tidak", (1, 2): "Ya", (2, 0): "Tidak", (2, 4): "Ya"}


def test_exits_one_above_the_other_are_two() -> None:
    canvas = flow().text("Tidak", 228, 180).text("Ya", 228, 188.5)
    assert labels(canvas) == {YA: "Ya", TIDAK: "Tidak"}


def test_exits_near_each_other_are_two() -> None:
    canvas = flow().text("Ya", 203, 190).text("Tidak", 229, 166)
    assert labels(canvas) == {YA: "Ya", TIDAK: "Tidak"}


def test_words_in_the_corner_beside_a_diamond_are_outside() -> None:
    around = ((50.0, 20.0), (90.0, 35.0), (50.0, 50.0), (10.0, 35.0))
    diamond = Form(Kind.DIAMOND, around, (10.0, 20.0, 90.0, 50.0), 1.0, frozenset({1}))
    inside = Word("Setuju?", (35.0, 31.0, 65.0, 39.0), 8.0)
    beside = Word("Perlu", (76.0, 21.0, 92.0, 28.0), 8.0)
    assert words_in([diamond], [inside, beside]) == {0: [inside]}


def written(text: str, x: float, width: float) -> Word:
    return Word(text, (x, 195.0, x + width, 203.0), 8.0)


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        (["TidakYa"], ["Tidak", "Ya"]),
        (["Tidak", "Ya"], ["Tidak", "Ya"]),
        (["Tidak", "lengkap", "Lengkap"], ["Tidak lengkap", "Lengkap"]),
        (["Tidak", "lengkap"], ["Tidak lengkap"]),
        (["Kembali", "ke", "pemohon"], ["Kembali ke pemohon"]),
    ],
)
def test_two_exits_read_as_one_are_two(texts: list[str], told: list[str]) -> None:
    words = [written(text, 200 + 40 * k, 35) for k, text in enumerate(texts)]
    phrases = split_exits([words])
    assert [" ".join(w.text for w in p.words) for p in phrases] == told
    assert {id(w) for p in phrases for w in p.drawn} == {id(w) for w in words}


def test_of_two_words_at_one_line_each_finds_its_own() -> None:
    canvas = Canvas().grid(XS, YS)
    canvas.symbol("diamond", box_at(200, 110, 50, 24)).symbol("box", box_at(200, 170))
    canvas.symbol("box", box_at(200, 230))
    canvas.arrow((200, 122), (200, 162))
    canvas.arrow((175, 110), (168, 110), (168, 230), (180, 230))
    canvas.text("Tidak", 174, 132).text("Ya", 202, 132)  # Tidak reaches to the line of Ya
    assert labels(canvas) == {(0, 1): "Ya", (0, 2): "Tidak"}


@pytest.mark.parametrize(
    ("read", "kept"),
    [(":Tolak", "Tolak"), ("Setuju|", "Setuju"), ("[Baru", "Baru"), ("T", "T"), ("B.", "B")],
)
def test_marks_that_a_line_leaves_on_a_word_go(read: str, kept: str) -> None:
    word = written(read, 10, 20)
    found = without_marks(Phrase((word,), (word,)))
    assert found is not None
    assert [w.text for w in found.words] == [kept]


@pytest.mark.parametrize(
    ("read", "score"), [("...", 1.0), ("r", 1.0), ("|", 1.0), (":-", 1.0), ("A", 1.0), ("B", 0.8)]
)
def test_pieces_of_lines_are_no_words(read: str, score: float) -> None:
    word = replace(written(read, 10, 20), score=score)
    assert without_marks(Phrase((word,), (word,))) is None


def traced(canvas: Canvas) -> Page:
    """The page as one read from pixels, whose strokes say what is no rule."""
    page = canvas.page()
    sides = [replace(s, flow=k >= len(XS) + len(YS)) for k, s in enumerate(page.strokes)]
    return lay_out_page(replace(page, strokes=tuple(sides)), 0)


def test_what_is_left_of_the_drawing_in_a_scan_is_told_and_no_text_of_a_cell() -> None:
    canvas = Canvas().grid(XS, YS)
    canvas.symbol("diamond", box_at(300, 110, 50, 24)).symbol("box", box_at(300, 170))
    canvas.arrow((300, 122), (300, 162)).text("Revisi", 160, 170).text("Lengkap?", 160, 100)
    page = traced(canvas.text("-", 256, 190).text("lihat", 328, 192))
    left = [(r.kind, r.text) for r in page.residue if r.text]
    assert left == [(ResidueKind.CONNECTOR, "Revisi"), (ResidueKind.CONNECTOR, "-")]
    text = " ".join(cell.text for cell in cells(page))
    assert ("Revisi" in text, "-" in text) == (False, False)
    assert "lihat" in text  # no name of a way out
    assert "Lengkap?" in text  # a symbol that was not found asks so
    printed = lay_out_page(canvas.page(), 0)
    assert "Revisi" in " ".join(cell.text for cell in cells(printed))


def test_a_word_at_a_line_that_was_not_followed_is_left_to_it() -> None:
    forms = [Form(Kind.DIAMOND, (), (100, 100, 150, 124), 1.0, frozenset())]
    forms.append(Form(Kind.BOX, (), (100, 180, 150, 200), 1.0, frozenset()))
    joint = Joint(0, 1, ((125, 124), (125, 180)), True, 1.0)
    phrase = [Word("Tidak", (147, 140, 167, 148), 8.0)]
    other = ((170.0, 120.0), (170.0, 170.0))
    assert attach_labels([phrase], [joint], forms) == {0: 0}
    assert attach_labels([phrase], [joint], forms, [other]) == {}
    beside = [Word("Tidak", (128, 140, 148, 148), 8.0)]
    assert attach_labels([beside], [joint], forms, [((149.0, 120.0), (149.0, 170.0))]) == {0: 0}
