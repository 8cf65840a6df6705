"""Lines, tab tables, pipe tables and inline HTML tables of a text."""

from __future__ import annotations

from sopextract.ingest.text import parse_text
from sopextract.model.source import Block, Grid, TextLine


def texts(block: Block) -> list[list[str]] | str:
    """A line as its text, a grid as rows of texts."""
    if isinstance(block, TextLine):
        return block.text
    return [[cell.text for cell in row] for row in block.rows]


def read(text: str) -> list[list[list[str]] | str]:
    """The blocks of a text, as texts."""
    return [texts(block) for block in parse_text(text)]


def test_tabs_make_a_table_with_its_empty_cells() -> None:
    assert read("Judul\nNo\tKegiatan\t\n1\tMencatat\t\n\nAkhir") == [
        "Judul",
        [["No", "Kegiatan", ""], ["1", "Mencatat", ""]],
        "",
        "Akhir",
    ]


def test_pipes_make_a_table_without_its_ruler() -> None:
    text = "| No | Kegiatan |\n|----|:---:|\n| 1 | A \\| B |\n"
    assert read(text) == [[["No", "Kegiatan"], ["1", "A | B"]], ""]


def test_a_pipe_inside_a_sentence_makes_no_table() -> None:
    assert read("Pilih a | b saja") == ["Pilih a | b saja"]


def test_a_line_of_tabs_alone_is_no_row() -> None:
    assert [type(block) for block in parse_text("\t\t\n")] == [TextLine, TextLine]


def test_a_table_inside_a_text_becomes_a_grid_with_its_line() -> None:
    text = "Atas\n\n<table><tr><td>No</td><td>Kegiatan</td></tr></table>\nBawah"
    found = parse_text(text)
    grid = next(block for block in found if isinstance(block, Grid))
    assert texts(grid) == [["No", "Kegiatan"]]
    assert grid.rows[0][0].place.line == 3
    last = found[-1]
    assert isinstance(last, TextLine)
    assert (last.text, last.place.line) == ("Bawah", 4)


def test_a_drawn_rule_is_a_blank_line_and_line_ends_are_all_read() -> None:
    assert read("a\r\nb\rc\x0c---") == ["a", "b", "c", ""]


def test_lines_count_from_one() -> None:
    assert [block.place.line for block in parse_text("a\nb") if isinstance(block, TextLine)] == [
        1,
        2,
    ]


def test_pipe_rows_without_outer_bars_are_a_grid() -> None:
    blocks = parse_text("No | Kegiatan | Waktu\n---|---|---\n1 | Mencatat surat | 5 menit\n")
    assert isinstance(blocks[0], Grid)
    assert [[c.text for c in row] for row in blocks[0].rows] == [
        ["No", "Kegiatan", "Waktu"],
        ["1", "Mencatat surat", "5 menit"],
    ]


def test_bars_in_one_line_of_text_are_no_table() -> None:
    (block, *_rest) = parse_text("Bidang A | Bidang B | Bidang C\nmenyusun laporan\n")
    assert isinstance(block, TextLine)


def test_an_empty_head_of_a_pipe_table_is_no_text() -> None:
    blocks = parse_text("| | |\n|---|---|\n| Nomor SOP | 1/A |\n")
    assert [type(b) for b in blocks if not (isinstance(b, TextLine) and not b.text)] == [Grid]


def test_a_text_of_ruler_lines_alone_is_read() -> None:
    assert read("|---|---|") == [""]
