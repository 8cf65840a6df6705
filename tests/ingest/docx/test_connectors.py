"""Lines of Word files: what they join, which way, and the words beside them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sopextract.model.source import Connector, ResidueKind
from tests.ingest.docx.making import (
    Form,
    Line,
    Piece,
    add_table,
    alone,
    arrows,
    element,
    grids,
    group,
    new_document,
    put,
    read,
)
from tests.ingest.docx.test_shapes import sheet

# Middles of the symbols that `_symbols` puts into the rows below the head, from the table's left.
_STAF, _KASI, _KADIS = 240.0, 320.0, 400.0


def _first(table: Any) -> Any:
    return table.cell(1, 0).paragraphs[0]


def _symbols(*forms: tuple[str, float, int]) -> list[Form]:
    """Forms of 40 by 20 with their middle at an x, in rows of 40 from 0; ids 1, 2, …"""
    return [
        Form(geometry, middle - 20 - 5.4, row * 40 + 10, id=i)
        for i, (geometry, middle, row) in enumerate(forms, 1)
    ]


def _line(x1: float, y1: float, x2: float, y2: float, **options: Any) -> Line:
    return Line(x1 - 5.4, y1, x2 - 5.4, y2, **options)


def _word(x: float, y: float, text: str, lined: bool = False) -> Form:
    return Form("rect", x - 5.4, y, 30, 14, text, lined=lined, textbox=True)


_THREE = (("flowChartTerminator", _STAF, 0), ("diamond", _KASI, 1), ("rect", _KADIS, 2))


def test_glued_ends_decide(tmp_path: Path) -> None:
    document, table = sheet()
    # Drawn nowhere near its symbols: what it is glued to counts.
    stray = _line(100, 5, 110, 15, start=2, end=1)
    put(_first(table), group([*_symbols(*_THREE), stray], (0, 0, 440, 130)))
    assert read(document, tmp_path).connectors == (
        Connector(2, 1, read(document, tmp_path).connectors[0].place, score=1.0),
    )


@pytest.mark.parametrize(
    "line",
    [
        _line(_STAF, 30, _KASI, 50, geometry="bentConnector3"),
        _line(_STAF + 20, 20, _KASI, 50, geometry="bentConnector2"),
        _line(_STAF + 4, 31, _KASI - 3, 53),
        _line(_KASI, 50, _STAF, 30, head="none", tail="triangle"),
        _line(_STAF, 30, _KASI, 50, geometry="curvedConnector3"),
    ],
)
def test_loose_ends_are_snapped_to_outlines(line: Line, tmp_path: Path) -> None:
    document, table = sheet()
    put(_first(table), group([*_symbols(*_THREE), line], (0, 0, 440, 130)))
    assert arrows(read(document, tmp_path)) == {(1, 2, "")}


def test_every_shape_with_an_anchor_of_its_own(tmp_path: Path) -> None:
    document, table = sheet()
    put(table.cell(1, 2).paragraphs[0], alone(Form("flowChartTerminator", 15, 10)))
    put(table.cell(2, 3).paragraphs[0], alone(Form("diamond", 15, 10)))
    put(table.cell(3, 4).paragraphs[0], alone(Form("rect", 15, 10)))
    put(table.cell(1, 2).paragraphs[0], alone(Line(35, 30, 115, 50, "bentConnector2")))
    put(table.cell(2, 3).paragraphs[0], alone(Line(35, 30, 115, 50, "bentConnector3")))
    put(table.cell(2, 3).paragraphs[0], alone(Line(15, 20, -45, -10, "bentConnector2")))
    assert arrows(read(document, tmp_path)) == {(1, 2, ""), (2, 3, ""), (2, 1, "")}


def test_words_at_the_exits_are_labels(tmp_path: Path) -> None:
    document, table = sheet()
    pieces: list[Piece] = [
        *_symbols(*_THREE),
        _line(_STAF, 30, _KASI, 50, geometry="bentConnector3"),
        _line(_KASI + 20, 60, _KADIS, 90, geometry="bentConnector2"),
        _line(_KASI - 20, 60, _STAF, 30, geometry="bentConnector2"),
        _word(_KASI + 25, 44, "Ya"),
        _word(_KASI - 55, 62, "Tidak lengkap", lined=True),
    ]
    put(_first(table), group(pieces, (0, 0, 440, 130)))
    page = read(document, tmp_path)
    assert arrows(page) == {(1, 2, ""), (2, 3, "Ya"), (2, 1, "Tidak lengkap")}
    assert len(page.symbols) == 3
    assert page.residue == ()


def test_a_word_far_from_any_line_is_text_of_its_cell(tmp_path: Path) -> None:
    document, table = sheet(1)
    put(table.cell(1, 3).paragraphs[0], alone(Form("rect", 5, 8, 30, 14, "Ya", lined=False)))
    page = read(document, tmp_path)
    assert page.connectors == ()
    assert grids(page)[0][1] == ["1", "Langkah 1", "", "Ya", "", "5 menit"]


def test_heads_at_both_ends_and_at_none(tmp_path: Path) -> None:
    document, table = sheet()
    pieces: list[Piece] = [
        *_symbols(("rect", _STAF, 0), ("rect", _STAF, 1), ("rect", _STAF, 2)),
        _line(_STAF, 30, _STAF, 50, tail="triangle"),
        _line(_STAF, 90, _STAF, 70, head="none"),  # drawn upwards, no head: read downwards
    ]
    put(_first(table), group(pieces, (0, 0, 440, 130)))
    connectors = read(document, tmp_path).connectors
    assert {(c.tail, c.head, c.directed) for c in connectors} == {
        (1, 2, True),
        (2, 1, True),
        (2, 3, False),
    }


def test_a_line_that_runs_into_another_goes_on_with_it(tmp_path: Path) -> None:
    document, table = sheet()
    pieces: list[Piece] = [
        *_symbols(("rect", _STAF, 0), ("rect", _KASI, 0), ("rect", _KADIS, 2)),
        _line(_STAF, 30, _STAF, 60, head="none"),
        _line(_STAF, 60, _KADIS, 90, geometry="bentConnector2"),
        _line(_KASI, 30, _KASI, 60, head="none"),
    ]
    put(_first(table), group(pieces, (0, 0, 440, 130)))
    assert arrows(read(document, tmp_path)) == {(1, 3, ""), (2, 3, "")}


def test_a_line_that_splits_has_two_heads(tmp_path: Path) -> None:
    document, table = sheet()
    pieces: list[Piece] = [
        *_symbols(("rect", _KASI, 0), ("rect", _STAF, 2), ("rect", _KADIS, 2)),
        _line(_KASI, 30, _KASI, 60, head="none"),
        _line(_STAF, 60, _KADIS, 60, head="none"),
        _line(_STAF, 60, _STAF, 90),
        _line(_KADIS, 60, _KADIS, 90),
    ]
    put(_first(table), group(pieces, (0, 0, 440, 130)))
    assert arrows(read(document, tmp_path)) == {(1, 2, ""), (1, 3, "")}


def test_thick_arrows_are_lines(tmp_path: Path) -> None:
    document, table = sheet(2)
    pieces: list[Piece] = [
        *_symbols(("rect", _STAF, 0), ("rect", _STAF, 1)),
        Form("downArrow", _STAF - 5 - 5.4, 31, 10, 18),
    ]
    put(_first(table), group(pieces, (0, 0, 440, 90)))
    page = read(document, tmp_path)
    assert arrows(page) == {(1, 2, "")}
    assert len(page.symbols) == 2


def test_an_arrow_to_nowhere_is_kept_as_such(tmp_path: Path) -> None:
    document, table = sheet()
    pieces: list[Piece] = [*_symbols(("rect", _STAF, 0)), _line(_STAF, 30, _STAF, 75)]
    stray = _line(_KADIS, 90, _KADIS, 120)
    put(_first(table), group([*pieces, stray], (0, 0, 440, 130)))
    page = read(document, tmp_path)
    assert [(c.tail, c.head, c.score) for c in page.connectors] == [(1, None, 0.5)]
    assert [r.kind for r in page.residue] == [ResidueKind.CONNECTOR]


_AT = "position:absolute;margin-left:{}pt;margin-top:{}pt;width:{}pt;height:{}pt"


def _vml(content: str) -> str:
    return f"<w:pict>{content}</w:pict>"


def test_vml_lines_and_connectors(tmp_path: Path) -> None:
    document, table = sheet()
    for row, column in ((1, 2), (2, 3), (3, 2)):
        put(
            table.cell(row, column).paragraphs[0],
            _vml(f'<v:rect style="{_AT.format(15, 10, 40, 20)}"/>'),
        )
    arrow = '<v:stroke endarrow="block"/>'
    put(
        table.cell(1, 2).paragraphs[0],
        _vml(f'<v:shape type="#_x0000_t33" style="{_AT.format(55, 20, 60, 30)}">{arrow}</v:shape>'),
    )
    put(
        table.cell(2, 3).paragraphs[0],
        _vml(
            '<v:line style="position:absolute;flip:x" from="-25pt,30pt" to="35pt,50pt">'
            f"{arrow}</v:line>"
        ),
    )
    assert arrows(read(document, tmp_path)) == {(1, 2, ""), (2, 3, "")}


def test_vml_rules_of_the_settings_decide(tmp_path: Path) -> None:
    document, table = sheet()
    for i, (row, column) in enumerate(((1, 2), (2, 3)), 1):
        put(
            table.cell(row, column).paragraphs[0],
            _vml(f'<v:rect id="_x0000_s10{i}" style="{_AT.format(15, 10, 40, 20)}"/>'),
        )
    put(
        table.cell(3, 4).paragraphs[0],
        _vml(
            f'<v:shape id="_x0000_s109" type="#_x0000_t32" style="{_AT.format(0, 0, 5, 5)}">'
            '<v:stroke endarrow="open"/></v:shape>'
        ),
    )
    document.settings.element.append(
        element(
            '<w:shapeDefaults><o:shapelayout><o:rules><o:r id="V:Rule1" type="connector" '
            'idref="#_x0000_s109"><o:proxy start="" idref="#_x0000_s102" connectloc="1"/>'
            '<o:proxy end="" idref="#_x0000_s101" connectloc="2"/></o:r></o:rules>'
            "</o:shapelayout></w:shapeDefaults>"
        )
    )
    assert arrows(read(document, tmp_path)) == {(2, 1, "")}


def test_vml_turns_in_the_mirrored_frame(tmp_path: Path) -> None:
    document, table = sheet()
    for row, column in ((1, 2), (2, 3)):
        put(
            table.cell(row, column).paragraphs[0],
            _vml(f'<v:rect style="{_AT.format(15, 10, 40, 20)}"/>'),
        )
    # Down from the first symbol (35, 30), then right to the second (95, 60): an elbow of 60 by 30
    # that lies in a frame of 30 by 60 turned by a quarter.
    put(
        table.cell(1, 2).paragraphs[0],
        _vml(
            f'<v:shape type="#_x0000_t33" style="{_AT.format(50, 15, 30, 60)};'
            'rotation:-90;flip:y"><v:stroke endarrow="block"/></v:shape>'
        ),
    )
    assert arrows(read(document, tmp_path)) == {(1, 2, "")}


@pytest.mark.parametrize("exits", [("Rutin", "Penting"), ("A", "B")])
def test_exits_named_otherwise_are_labels_too(exits: tuple[str, str], tmp_path: Path) -> None:
    document, table = sheet()
    pieces: list[Piece] = [
        *_symbols(*_THREE),
        _line(_KASI + 20, 60, _KADIS, 90, geometry="bentConnector2"),
        _line(_KASI - 20, 60, _STAF, 30, geometry="bentConnector2"),
        _word(_KASI + 25, 44, exits[0]),
        _word(_KASI - 55, 62, exits[1]),
    ]
    put(_first(table), group(pieces, (0, 0, 440, 130)))
    assert arrows(read(document, tmp_path)) == {(2, 3, exits[0]), (2, 1, exits[1])}


def test_a_word_at_a_beginning_is_not_that_of_a_line_that_passes(tmp_path: Path) -> None:
    document, table = sheet()
    pieces: list[Piece] = [
        *_symbols(("rect", _STAF, 0), ("diamond", _KASI, 1), ("rect", _KADIS, 2)),
        _line(_KASI, 70, _KADIS, 100, geometry="bentConnector2"),
        Line(_KASI + 20 - 5.4, 60, _STAF + 20 - 5.4, 20, "bentConnector3", adj=-25_000),
        _word(_KASI + 4, 71, "Ya"),
        _word(_KASI + 21, 46, "Tidak"),
    ]
    put(_first(table), group(pieces, (0, 0, 440, 130)))
    assert arrows(read(document, tmp_path)) == {(2, 3, "Ya"), (2, 1, "Tidak")}


def test_rows_that_come_out_higher_than_estimated_are_fitted(tmp_path: Path) -> None:
    """The text stands in a wider font than any that is known: the lines tell how high rows are."""
    document = new_document()
    text = "Memeriksa kelengkapan berkas permohonan serta menyampaikan kepada atasan langsung"
    rows = [["No", "Kegiatan", "Staf", "Kasi"], *([str(i), text, "", ""] for i in range(1, 5))]
    table = add_table(document, rows, [30, 150, 80, 80], height=10)
    high = 58.0  # of a row of five lines, where three are estimated
    for i in range(1, 5):
        cell = table.cell(i, 2 + i % 2).paragraphs[0]
        put(cell, alone(Form("rect", 15, 15)))
        if i < 4:
            x = 80 if i % 2 == 0 else -80
            put(cell, alone(Line(35, 35, 35 + x, high + 15, "bentConnector3")))
    assert arrows(read(document, tmp_path)) == {(1, 2, ""), (2, 3, ""), (3, 4, "")}
