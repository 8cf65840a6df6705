"""What pixels were read as, and how surely, goes into what they become."""

from __future__ import annotations

from dataclasses import replace

from sopextract.ingest.page import DrawnPage, lay_out_page
from sopextract.model.source import Grid, TextLine
from tests.ingest.page.canvas import Canvas, box_at

SCORES = {"Menerima": 0.8, "surat": 0.97, "Ya": 0.6, "Judul": 0.7}


def scored(page: DrawnPage) -> DrawnPage:
    """The page as if read from pixels: words by `SCORES`, the outline of a symbol 0.9."""
    words = tuple(replace(w, score=SCORES.get(w.text, 1.0)) for w in page.words)
    strokes = tuple(replace(s, score=0.9 if s.closed else 1.0) for s in page.strokes)
    return replace(page, words=words, strokes=strokes)


def test_a_cell_and_a_line_are_as_sure_as_their_words() -> None:
    canvas = Canvas().grid((50, 90, 450), (100, 130, 160)).text("Judul lembar", 60, 60)
    canvas.text("1", 60, 120).text("Menerima surat", 95, 120).text("2", 60, 150)
    page = lay_out_page(scored(canvas.page()), 0)
    (grid,) = (block for block in page.blocks if isinstance(block, Grid))
    assert (grid.rows[0][0].score, grid.rows[0][0].words) == (1.0, ())
    assert grid.rows[0][1].score == 0.8
    assert grid.rows[0][1].words == (("Menerima", 0.8), ("surat", 0.97))
    (line,) = (b for b in page.blocks if isinstance(b, TextLine) and b.text)
    assert (line.score, line.words) == (0.7, (("Judul", 0.7), ("lembar", 1.0)))


def test_symbols_and_labels_too() -> None:
    above, below = box_at(300, 60), box_at(300, 160)
    canvas = Canvas().grid((50, 250, 450), (40, 100, 200, 240)).symbol("diamond", above)
    canvas.symbol("box", below).arrow((320, above[3]), (320, below[1])).text("Ya", 325, 120)
    for y in (70, 170, 220):
        canvas.text("Kegiatan ini", 60, y)
    page = lay_out_page(scored(canvas.page()), 0)
    assert [s.score for s in page.symbols] == [0.9, 0.9]
    (connector,) = page.connectors
    assert connector.label == "Ya"
    assert connector.label_place is not None
    assert connector.label_place.score == 0.6


def test_a_cell_whose_words_stand_side_by_side_may_be_two() -> None:
    canvas = Canvas().grid((50, 90, 250, 350, 450, 520), (40, 70, 100))
    canvas.text("Kepala Seksi", 95, 60).text("Petugas", 190, 60).text("Kepala Seksi", 255, 60)
    canvas.text("1", 60, 90).text("Menerima surat", 95, 90)
    canvas.text("•", 255, 90).text("surat masuk", 280, 90)
    canvas.text("Menerima surat", 380, 82).text("2.", 355, 88).text("masuk", 380, 94)
    canvas.text("Kasi", 470, 90, angle=90).text("Kasubag", 500, 90, angle=90)
    page = canvas.page()
    words = tuple(replace(w, score=0.99) for w in page.words)
    (grid,) = (b for b in lay_out_page(replace(page, words=words), 0).blocks if isinstance(b, Grid))
    assert [cell.score for cell in grid.rows[0][1:3]] == [0.85, 0.99]
    assert {score for _, score in grid.rows[0][1].words} == {0.85}
    assert [cell.score for cell in grid.rows[1][1:3]] == [0.99, 0.99]  # a mark beside its item
    assert [cell.score for cell in grid.rows[1][3:]] == [0.85, 0.85]  # a number, turned names


def test_a_word_that_was_not_read_is_a_doubt_of_the_whole_value_beside_it() -> None:
    canvas = Canvas().grid((50, 90, 250, 350, 450, 520), (40, 70, 100))
    canvas.text("Sekretaris", 95, 60).text("Staf", 255, 60)
    page = canvas.page()
    words = tuple(replace(w, score=0.99) for w in page.words)
    dim = replace(page, words=words, unread=((95.0, 62.0, 120.0, 69.0),))
    (grid,) = (b for b in lay_out_page(dim, 0).blocks if isinstance(b, Grid))
    assert [cell.score for cell in grid.rows[0][1:3]] == [0.5, 0.99]
    assert grid.rows[0][1].words == (("Sekretaris", 0.5),)
