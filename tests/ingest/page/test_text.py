"""Words put together: lines, turned words, phrases, underlines."""

from __future__ import annotations

import pytest

from sopextract.ingest.page import Word, lay_out_page
from sopextract.ingest.page.text import Underlines, line_text, lines_of, phrases_of, text_of
from sopextract.model.source import Grid, TextLine
from tests.ingest.page.canvas import Canvas


def words(canvas: Canvas) -> list[Word]:
    return canvas.words


def test_lines_from_the_top_each_from_its_start() -> None:
    canvas = Canvas().text("dua baris", 10, 40).text("teks dalam", 10, 20)
    assert text_of(words(canvas)) == "teks dalam\ndua baris"


def test_a_raised_figure_stays_on_its_line() -> None:
    canvas = Canvas().text("100 m", 10, 40).text("2", 33, 37.5, size=5)
    assert len(lines_of(words(canvas))) == 1


def test_a_word_far_larger_than_its_lines_does_not_join_them() -> None:
    canvas = Canvas().text("PEMERINTAH KOTA", 10, 40).text("DINAS SOSIAL", 10, 52)
    canvas.text("SALINAN", 90, 46, size=26)
    assert sorted(text_of(words(canvas)).split("\n")) == [
        "DINAS SOSIAL",
        "PEMERINTAH KOTA",
        "SALINAN",
    ]


def test_pieces_of_one_word_are_joined() -> None:
    pieces = [Word("Kepa", (10, 0, 26, 8), 8), Word("la", (26.2, 0, 34, 8), 8)]
    assert line_text(pieces) == "Kepala"
    apart = [Word("Kepa", (10, 0, 26, 8), 8), Word("la", (29, 0, 37, 8), 8)]
    assert line_text(apart) == "Kepa la"


@pytest.mark.parametrize("angle", [90, 270, 180])
def test_turned_words_are_read_along_their_line(angle: int) -> None:
    start = {90: (20.0, 100.0), 270: (20.0, 10.0), 180: (200.0, 10.0)}[angle]
    next_line = {90: (30.0, 100.0), 270: (10.0, 10.0), 180: (200.0, 0.0)}[angle]
    canvas = Canvas().text("Kepala Seksi", *start, angle=angle)
    canvas.text("Penyuluhan", *next_line, angle=angle)
    assert text_of(words(canvas)) == "Kepala Seksi\nPenyuluhan"


def test_turned_names_of_lanes_stand_in_their_cells() -> None:
    canvas = Canvas().grid((50, 100, 150, 350), (50, 130, 170))
    canvas.text("Kepala Dinas", 80, 120, angle=90).text("Staf", 130, 110, angle=90)
    page = lay_out_page(canvas.page(), 0)
    (grid,) = page.blocks
    assert isinstance(grid, Grid)
    assert [cell.text for cell in grid.rows[0]] == ["Kepala Dinas", "Staf", ""]


def phrases(canvas: Canvas) -> list[str]:
    return [line_text(phrase) for phrase in phrases_of(words(canvas))]


def test_phrases_are_parted_by_gaps() -> None:
    assert phrases(Canvas().text("Tidak setuju", 10, 20).text("Ya", 100, 20)) == [
        "Tidak setuju",
        "Ya",
    ]


def test_lines_right_below_each_other_are_one_phrase() -> None:
    assert len(phrases(Canvas().text("berjalan", 10, 20).text("normal", 10, 29))) == 1
    assert len(phrases(Canvas().text("berjalan", 10, 20).text("normal", 10, 45))) == 2


def test_lines_outside_tables_keep_their_columns() -> None:
    canvas = Canvas().text("Nomor", 50, 40).text(": 12/2024", 200, 40).text("Judul", 50, 50)
    lines = [b.text for b in lay_out_page(canvas.page(), 0).blocks if isinstance(b, TextLine)]
    assert lines[0].startswith("Nomor   ")
    assert lines[0].split() == ["Nomor", ":", "12/2024"]
    assert lines[1] == "Judul"


def test_a_blank_line_stands_where_paper_is_left_free() -> None:
    canvas = Canvas().text("atas", 50, 40).text("bawah", 50, 80)
    lines = [b.text for b in lay_out_page(canvas.page(), 0).blocks if isinstance(b, TextLine)]
    assert lines == ["atas", "", "bawah"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ((10, 41, 40, 41), True),
        ((10, 36, 40, 36), True),  # struck through
        ((10, 47, 40, 47), False),
        ((60, 41, 90, 41), False),
        ((20, 30, 20, 41), False),
    ],
)
def test_underlines(line: tuple[float, float, float, float], expected: bool) -> None:
    assert Underlines(words(Canvas().text("Rapat", 10, 40))).holds(line) is expected
