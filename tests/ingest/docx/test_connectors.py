"""Lines of Word files: what they join, which way, and the words beside them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sopextract.model.source import Connector, ResidueKind
from tests.ingest.docx.making import Form, Line, Piece, alone, arrows, element, group, put, read
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
    grid = page.blocks[-1] if page.blocks[-1] else None
    assert page.connectors == ()
    assert "Ya" in [c.text for b in page.blocks if hasattr(b, "rows") for c in b.rows[1]]
    assert grid is not None


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
