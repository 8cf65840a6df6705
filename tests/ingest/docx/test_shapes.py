"""Symbols by their outline and their cell; DrawingML, groups, canvases, VML."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.shared import Pt

from sopextract.model.source import Grid, Outline, Page, ResidueKind
from tests.ingest.docx.making import (
    Form,
    add_table,
    alone,
    emu,
    grids,
    group,
    new_document,
    put,
    read,
    xfrm,
)

_WIDTHS = [30, 170, 80, 80, 80, 60]
_HEAD = ["No", "Kegiatan", "Staf", "Kasi", "Kadis", "Waktu"]
_LEFT = {"Staf": 200, "Kasi": 280, "Kadis": 360}  # of the columns, from the table's left


def sheet(steps: int = 3, height: float = 40) -> tuple[Any, Any]:
    """A document with a step table whose rows are all equally high."""
    document = new_document()
    rows = [_HEAD, *([str(i), f"Langkah {i}", "", "", "", "5 menit"] for i in range(1, steps + 1))]
    return document, add_table(document, rows, _WIDTHS, height)


def cells(page: Page) -> dict[tuple[int, int], str]:
    """The actor cells that hold anything: row and column from 0 → text."""
    (grid,) = (b for b in page.blocks if isinstance(b, Grid))
    return {
        (r, c): grid.rows[r][c].text
        for r in range(1, len(grid.rows))
        for c in (2, 3, 4)
        if grid.rows[r][c].text
    }


@pytest.mark.parametrize(
    ("geometry", "outline", "at_least"),
    [
        ("flowChartTerminator", Outline.CAPSULE, 1.0), ("roundRect", Outline.CAPSULE, 0.9),
        ("ellipse", Outline.CAPSULE, 0.9), ("flowChartAlternateProcess", Outline.CAPSULE, 0.9),
        ("rect", Outline.BOX, 1.0), ("flowChartProcess", Outline.BOX, 1.0),
        ("flowChartDocument", Outline.BOX, 0.5), ("diamond", Outline.DIAMOND, 1.0),
        ("flowChartDecision", Outline.DIAMOND, 1.0), ("pentagon", Outline.OFF_PAGE, 0.9),
        ("flowChartOffpageConnector", Outline.OFF_PAGE, 1.0), ("homePlate", Outline.OFF_PAGE, 0.9),
    ],
)  # fmt: skip
def test_outlines_by_name(geometry: str, outline: Outline, at_least: float, tmp_path: Path) -> None:
    document, table = sheet(1)
    put(table.cell(1, 3).paragraphs[0], alone(Form(geometry, 15, 8)))
    (symbol,) = read(document, tmp_path).symbols
    assert symbol.outline is outline
    assert at_least <= symbol.score <= 1.0
    assert symbol.place.where == "table 1, row 2, cell 4"


@pytest.mark.parametrize(
    ("points", "outline"),
    [
        ([(50, 0), (100, 50), (50, 100), (0, 50)], Outline.DIAMOND),
        ([(0, 0), (100, 0), (100, 100), (0, 100)], Outline.BOX),
        ([(0, 0), (100, 0), (100, 60), (50, 100), (0, 60)], Outline.OFF_PAGE),
        ([(20, 0), (80, 0), (95, 20), (95, 80), (80, 100), (20, 100), (5, 80), (5, 20)],
         Outline.CAPSULE),
    ],
)  # fmt: skip
def test_outlines_by_points(
    points: list[tuple[int, int]], outline: Outline, tmp_path: Path
) -> None:
    steps = "".join(
        f'<a:{"moveTo" if i == 0 else "lnTo"}><a:pt x="{x}" y="{y}"/>'
        f"</a:{'moveTo' if i == 0 else 'lnTo'}>"
        for i, (x, y) in enumerate(points)
    )
    custom = (
        f'<a:custGeom><a:pathLst><a:path w="100" h="100">{steps}<a:close/></a:path></a:pathLst>'
        "</a:custGeom>"
    )
    document, table = sheet(1)
    put(table.cell(1, 2).paragraphs[0], alone(Form("", 15, 8, custom=custom)))
    (symbol,) = read(document, tmp_path).symbols
    assert symbol.outline is outline


def test_symbols_in_their_own_cells_with_their_text(tmp_path: Path) -> None:
    document, table = sheet()
    put(table.cell(1, 2).paragraphs[0], alone(Form("flowChartTerminator", 15, 8, text="Mulai")))
    put(table.cell(2, 3).paragraphs[0], alone(Form("diamond", 15, 8, text="Setuju?")))
    put(table.cell(3, 4).paragraphs[0], alone(Form("rect", 15, 8), inline=True))
    page = read(document, tmp_path)
    assert cells(page) == {(1, 2): "⬭", (2, 3): "◇", (3, 4): "□"}
    assert [(s.text, s.score) for s in page.symbols] == [("Mulai", 1), ("Setuju?", 1), ("", 1)]


def test_several_symbols_in_one_cell_are_in_order(tmp_path: Path) -> None:
    document, table = sheet(1)
    put(
        table.cell(1, 2).paragraphs[0],
        alone(Form("rect", 45, 8, 25, 20)),
        alone(Form("flowChartTerminator", 5, 8, 25, 20)),
    )
    page = read(document, tmp_path)
    assert cells(page) == {(1, 2): "⬭ □"}


def test_a_symbol_anchored_in_another_column_stands_where_it_is_seen(tmp_path: Path) -> None:
    document, table = sheet()
    put(table.cell(2, 1).paragraphs[0], alone(Form("rect", _LEFT["Kadis"] - 30 + 15, 8)))
    assert cells(read(document, tmp_path)) == {(2, 4): "□"}


_COLUMNS = ["Staf", "Kasi", "Staf", "Kadis", "Kasi", "Staf"]
_EXPECTED = {(1, 2): "⬭", (2, 3): "□", (3, 2): "□", (4, 4): "□", (5, 3): "□", (6, 2): "□"}


def _flow(height: float, top: float) -> list[Form]:
    return [
        Form("flowChartTerminator" if i == 0 else "rect", _LEFT[c] + 15, top + i * height + 8)
        for i, c in enumerate(_COLUMNS)
    ]


def test_shapes_all_anchored_in_one_cell_are_placed_by_where_they_lie(tmp_path: Path) -> None:
    document, table = sheet(6)
    put(table.cell(1, 0).paragraphs[0], *(alone(f) for f in _flow(40, 0)))
    page = read(document, tmp_path)
    assert cells(page) == _EXPECTED
    assert page.symbols[0].score == 1.0  # it lies in the row that it is anchored in
    assert all(0.5 <= s.score < 1.0 for s in page.symbols[1:])


def test_shapes_anchored_in_a_paragraph_above_the_table(tmp_path: Path) -> None:
    document = new_document()
    paragraph = document.add_paragraph("Bagan alur")
    rows = [_HEAD, *([str(i), f"Langkah {i}", "", "", "", ""] for i in range(1, 7))]
    add_table(document, rows, _WIDTHS, 40)
    put(paragraph, *(alone(f) for f in _flow(40, 52)))
    assert cells(read(document, tmp_path)) == _EXPECTED


@pytest.mark.parametrize("stretch", [0.7, 0.85, 1.15, 1.3])
def test_rows_estimated_too_high_or_too_low_are_made_good(stretch: float, tmp_path: Path) -> None:
    document, table = sheet(6)
    put(table.cell(1, 0).paragraphs[0], *(alone(f) for f in _flow(40 * stretch, 0)))
    assert cells(read(document, tmp_path)) == _EXPECTED


def test_a_group_over_the_whole_table_counts_in_its_own_units(tmp_path: Path) -> None:
    document, table = sheet(6)
    tenfold = [
        Form(f.geometry, f.x * 10 + 70, f.y * 10 + 30, f.w * 10, f.h * 10) for f in _flow(40, 0)
    ]
    whole = group(tenfold, (0, 0, 440, 240), (70, 30, 4400, 2400))
    put(table.cell(1, 0).paragraphs[0], whole)
    assert cells(read(document, tmp_path)) == _EXPECTED


def test_groups_in_groups_and_canvases(tmp_path: Path) -> None:
    document, table = sheet(1)
    inner = (
        f"<wpg:grpSp><wpg:grpSpPr><a:xfrm>"
        f'<a:off x="{emu(80)}" y="0"/><a:ext cx="{emu(80)}" cy="{emu(40)}"/>'
        f'<a:chOff x="0" y="0"/><a:chExt cx="{emu(160)}" cy="{emu(80)}"/></a:xfrm></wpg:grpSpPr>'
        f"{Form('diamond', 30, 16, 80, 40).xml()}</wpg:grpSp>"
    )
    put(table.cell(1, 2).paragraphs[0], group([Form("rect", 15, 8), inner], (0, 0, 160, 40)))
    assert cells(read(document, tmp_path)) == {(1, 2): "□", (1, 3): "◇"}


def test_forms_without_line_or_fill_are_not_seen(tmp_path: Path) -> None:
    document, table = sheet(1)
    put(table.cell(1, 2).paragraphs[0], alone(Form("rect", 15, 8, lined=False)))
    page = read(document, tmp_path)
    assert page.symbols == ()
    assert cells(page) == {}


def test_a_frame_round_many_columns_is_no_symbol(tmp_path: Path) -> None:
    document, table = sheet()
    put(table.cell(1, 0).paragraphs[0], alone(Form("rect", 0, 0, 480, 110)))
    assert read(document, tmp_path).symbols == ()


def test_words_in_a_cell_stay_beside_the_sign(tmp_path: Path) -> None:
    document, table = sheet(1)
    table.cell(1, 2).text = "v"
    put(table.cell(1, 2).paragraphs[0], alone(Form("rect", 25, 8)))
    assert cells(read(document, tmp_path)) == {(1, 2): "v\n□"}


def test_words_of_a_box_without_outline_are_words_of_the_cell(tmp_path: Path) -> None:
    document, table = sheet(1)
    box = Form("rect", 5, 8, 60, 15, "catatan kecil", lined=False, textbox=True)
    put(table.cell(1, 2).paragraphs[0], alone(box))
    page = read(document, tmp_path)
    assert cells(page) == {(1, 2): "catatan kecil"}
    assert page.symbols == ()


def _typed(style: str, kind: str) -> str:
    return _vml(style, attributes=f'type="#{kind}"')


def _vml(style: str, body: str = "", tag: str = "shape", attributes: str = "") -> str:
    return f'<v:{tag} style="position:absolute;{style}" {attributes}>{body}</v:{tag}>'


def test_vml_shapes_by_tag_and_by_type(tmp_path: Path) -> None:
    document, table = sheet()
    at = "margin-left:15pt;margin-top:8pt;width:40pt;height:20pt"
    inner = "<w:p><w:r><w:t>Mulai</w:t></w:r></w:p>"
    text = f"<v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox>"
    put(table.cell(1, 2).paragraphs[0], "<w:pict>" + _vml(at, text, "roundrect") + "</w:pict>")
    declared = '<v:shapetype id="bentukku" o:spt="110" coordsize="21600,21600"/>'
    put(
        table.cell(2, 3).paragraphs[0],
        f"<w:pict>{declared}{_typed(at, 'bentukku')}</w:pict>",
    )
    put(
        table.cell(3, 4).paragraphs[0],
        f"<w:pict>{_typed(at, '_x0000_t177')}</w:pict>",
    )
    page = read(document, tmp_path)
    assert cells(page) == {(1, 2): "⬭", (2, 3): "◇", (3, 4): "⌂"}
    assert page.symbols[0].text == "Mulai"


def test_vml_groups_count_in_their_own_units(tmp_path: Path) -> None:
    document, table = sheet(1)
    inner = _vml("left:1150;top:2080;width:400;height:200", tag="rect") + _vml(
        "left:1950;top:2080;width:400;height:200", tag="oval"
    )
    whole = _vml(
        "margin-left:0;margin-top:0;width:160pt;height:40pt",
        inner,
        "group",
        'coordorigin="1000,2000" coordsize="1600,400"',
    )
    put(table.cell(1, 2).paragraphs[0], f"<w:pict>{whole}</w:pict>")
    assert cells(read(document, tmp_path)) == {(1, 2): "□", (1, 3): "⬭"}


def test_a_flow_pasted_as_a_picture_is_said(tmp_path: Path) -> None:
    document = new_document()
    document.add_paragraph("Bagan alur")
    picture = (
        f'<w:drawing><wp:inline><wp:extent cx="{emu(500)}" cy="{emu(300)}"/>'
        '<wp:docPr id="1" name="p"/><a:graphic><a:graphicData '
        'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:spPr>'
        f"{xfrm(0, 0, 500, 300)}</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>"
        "</w:drawing>"
    )
    put(document.add_paragraph(), picture)
    page = read(document, tmp_path)
    assert page.picture_flow
    assert [(r.kind, r.place.where) for r in page.residue] == [(ResidueKind.PICTURE, "paragraph 2")]
    assert grids(page) == []


def test_a_landscape_section_has_its_own_margins(tmp_path: Path) -> None:
    document = new_document(400)
    document.add_paragraph("Sampul")
    section = document.add_section()
    section.page_width, section.page_height = Pt(900), Pt(600)
    section.left_margin = section.right_margin = Pt(30)
    anchor = document.add_paragraph("Alur")
    rows = [_HEAD, ["1", "Langkah 1", "", "", "", ""], ["2", "Langkah 2", "", "", "", ""]]
    table = add_table(document, rows, _WIDTHS, 40)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER  # 500 wide in 840: begins 170 from the margin
    symbol = Form("diamond", 30 + 170 + _LEFT["Kasi"] + 20, 150)
    put(anchor, alone(symbol, origin=("page", "paragraph")))
    assert cells(read(document, tmp_path)) == {(2, 3): "◇"}


def test_an_anchor_that_counts_from_the_page_and_not_from_its_cell(tmp_path: Path) -> None:
    document, table = sheet(1)
    drawn = alone(Form("rect", _LEFT["Kadis"] + 15, 8))
    put(table.cell(1, 3).paragraphs[0], drawn.replace('layoutInCell="1"', 'layoutInCell="0"'))
    assert cells(read(document, tmp_path)) == {(1, 4): "□"}


@pytest.mark.parametrize(
    ("w", "h", "text", "outline"),
    [
        (20, 20, "A", Outline.OFF_PAGE),
        (40, 20, "A", Outline.CAPSULE),
        (20, 20, "", Outline.CAPSULE),
    ],
)
def test_a_circle_with_a_letter_joins_pages(
    w: int, h: int, text: str, outline: Outline, tmp_path: Path
) -> None:
    document, table = sheet(1)
    put(table.cell(1, 2).paragraphs[0], alone(Form("ellipse", 15, 8, w, h, text)))
    assert [s.outline for s in read(document, tmp_path).symbols] == [outline]
