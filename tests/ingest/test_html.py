"""HTML documents and tables: spans, lists left open, hidden parts, hostile numbers."""

from __future__ import annotations

import pytest

from sopextract.ingest.html import looks_like_html, parse_html, split_html_tables
from sopextract.model.source import Emphasis, Grid, TextLine


def grid(text: str) -> list[list[str]]:
    """The texts of the one table of a text."""
    (block,) = (b for b in parse_html(text) if isinstance(b, Grid))
    return [[cell.text for cell in row] for row in block.rows]


@pytest.mark.parametrize(
    "text", ["<html>", "<!DOCTYPE html>", "  <body>", '<?xml version="1.0"?><html>']
)
def test_an_html_document(text: str) -> None:
    assert looks_like_html(text)


@pytest.mark.parametrize("text", ["<table>", "SOP <b>tebal</b>", "<p>Isi", "html", "<htmlx>"])
def test_a_text_with_tags_is_no_html_document(text: str) -> None:
    assert not looks_like_html(text)


def test_spans_keep_every_cell_in_its_column() -> None:
    text = (
        "<table><tr><td rowspan=2>No<td rowspan='2'>Kegiatan<td colspan=2>Pelaksana<td>Waktu</tr>"
        "<tr><td>Staf<td>Kasi<td>menit</tr><tr><td>1<td>Mencatat<td>√<td><td>5</table>"
    )
    assert grid(text) == [
        ["No", "Kegiatan", "Pelaksana", "", "Waktu"],
        ["", "", "Staf", "Kasi", "menit"],
        ["1", "Mencatat", "√", "", "5"],
    ]


def test_items_of_an_open_list_are_lines_of_the_cell() -> None:
    assert grid("<table><tr><td><ol><li>Buku<li>Kartu<td>x</table>") == [["Buku\nKartu", "x"]]


def test_a_nested_table_is_flattened_into_its_cell() -> None:
    assert grid(
        "<table><tr><td>A<table><tr><td>B</td></tr></table></td><td>C</td></tr></table>"
    ) == [["A\nB", "C"]]


def test_a_table_inside_a_layout_table_is_a_grid_of_its_own() -> None:
    inner = "<table><tr><td>a<td>b<tr><td>c<td>d<tr><td>e<td>f</table>"
    blocks = parse_html(f"<table><tr><td>{inner}</td></tr></table>")
    assert [len(b.rows) for b in blocks if isinstance(b, Grid)] == [3]


def test_scripts_and_styles_are_no_text() -> None:
    found = parse_html("<p>Isi</p><script>alert(1)</script><style>p{}</style><p>Akhir</p>")
    assert [b.text for b in found if isinstance(b, TextLine)] == ["Isi", "Akhir"]


def test_headings_and_bold_lines_are_set_off() -> None:
    found = parse_html("<h2>Judul</h2><p><b>Dasar Hukum</b></p><p>Isi</p>")
    assert [(b.text, b.emphasis) for b in found if isinstance(b, TextLine)] == [
        ("Judul", Emphasis.HEADING),
        ("Dasar Hukum", Emphasis.BOLD),
        ("Isi", Emphasis.PLAIN),
    ]


def test_a_hostile_span_stays_small() -> None:
    rows = grid("<table><tr><td colspan=999999>A<td rowspan=-1 colspan=x>B</table>")
    assert len(rows[0]) == 61
    assert rows[0][60] == "B"


def test_a_table_left_open_is_read() -> None:
    assert grid("<table><tr><th>No<th>Kegiatan<tr><td>1<td>Mencatat") == [
        ["No", "Kegiatan"],
        ["1", "Mencatat"],
    ]


def test_a_text_is_cut_at_its_tables() -> None:
    pieces = list(split_html_tables("a\nb\n<TABLE>\n<tr></TABLE>\nc"))
    assert [(line, table) for _, line, table in pieces] == [(1, False), (3, True), (4, False)]
