"""The flow that an HTML sheet of ours says it holds; what only looks like it is left alone."""

from __future__ import annotations

import pytest

from sopextract.ingest.html import parse_html_page
from sopextract.ingest.own_flow import read_edges, read_symbols
from sopextract.model.source import Grid, Outline, Place

HERE = Place(line=1)


def test_a_cell_says_its_symbol() -> None:
    (symbol,) = read_symbols("3 terminator Mulai", HERE)
    assert (symbol.id, symbol.outline, symbol.text) == (3, Outline.CAPSULE, "Mulai")
    (doubted,) = read_symbols("4 belum", HERE)
    assert (doubted.outline, doubted.score) == (Outline.BOX, 0.5)


def test_a_cell_says_all_that_stand_in_it_from_the_top_down() -> None:
    found = read_symbols("3 terminator Mulai;4 proses", HERE)
    assert [(s.id, s.outline) for s in found] == [(3, Outline.CAPSULE), (4, Outline.BOX)]


@pytest.mark.parametrize(
    "text",
    [None, "", "x proses", "3 awan", "3", "999999 proses", "3 proses <", "3 proses;", "3 proses;x"],
)
def test_what_is_no_symbol(text: str | None) -> None:
    assert read_symbols(text, HERE) == ()


def test_edges_join_symbols_that_are_there() -> None:
    found = list(
        read_edges(
            "1>2;2>3=Ya;2>1=Tidak;2>9;x;1>2=a=b;1>2=<b>;1>2=abcdefghijklmnopqrstuvwxyz;2>3=Rutin;",
            frozenset((1, 2, 3)),
            HERE,
        )
    )
    assert [(e.tail, e.head, e.label) for e in found] == [
        (1, 2, ""),
        (2, 3, "Ya"),
        (2, 1, "Tidak"),
        (2, 3, "Rutin"),
    ]


def test_a_table_with_symbols_is_exact_and_their_words_are_no_text() -> None:
    page = parse_html_page(
        '<html><table data-alur="1>2"><tr><th>No<th>A</tr><tr><td>1'
        '<td data-simbol="1 terminator Mulai"><span>⬭</span><svg><text>Mulai</text></svg></tr>'
        '<tr><td>2<td data-simbol="2 proses"><span>□</span></tr></table>sesudah'
    )
    (grid,) = (b for b in page.blocks if isinstance(b, Grid))
    assert grid.exact
    assert [cell.text for cell in grid.rows[1]] == ["1", "⬭"]
    assert [s.id for s in page.symbols] == [1, 2]
    assert [(c.tail, c.head) for c in page.connectors] == [(1, 2)]


def test_numbers_that_stand_twice_say_nothing() -> None:
    cell = '<td data-simbol="1 proses">□'
    page = parse_html_page(f'<html><table data-alur="1>1"><tr>{cell}{cell}</tr></table>')
    assert page.symbols == ()
    assert page.connectors == ()
