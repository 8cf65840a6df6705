"""Drawn flows: which symbol stands where, which lines join which."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from sopextract.model.source import Outline, ResidueKind
from tests.ingest.xlsx.workbooks import (
    At,
    anchor,
    cell_of,
    cxn,
    edges,
    flow_sheet,
    grids,
    in_cell,
    pack,
    read_page,
    save,
    sp,
    texts,
    transform,
)


def test_symbols_stand_in_the_cells_of_their_step_and_actor(tmp_path: Path) -> None:
    shapes = [
        in_cell("C3", sp(2, "flowChartTerminator", "Mulai")),
        in_cell("D4", sp(3, "flowChartDecision")),
        in_cell("E5", sp(4, "rect")),
        in_cell("C5", sp(5, "flowChartTerminator")),
    ]
    page = read_page(save(flow_sheet(), tmp_path / "a.xlsx", {0: shapes}))
    assert [(s.outline, cell_of(s), s.text, s.score) for s in page.symbols] == [
        (Outline.CAPSULE, "C3", "Mulai", 1.0),
        (Outline.DIAMOND, "D4", "", 1.0),
        (Outline.CAPSULE, "C5", "", 1.0),
        (Outline.BOX, "E5", "", 1.0),
    ]
    (grid,) = grids(page)
    assert grid.exact
    assert texts(grid) == [
        ["No", "Kegiatan", "Pelaksana", "", "", "Mutu Baku", "", "", "Ket"],
        ["", "", "Staf", "Kasubbag", "Kepala", "Kelengkapan", "Waktu", "Output", ""],
        ["1", "Melakukan langkah 1", "⬭", "", "", "Berkas", "5 menit", "Dokumen", ""],
        ["2", "Melakukan langkah 2", "", "◇", "", "Berkas", "10 menit", "Dokumen", ""],
        ["3", "Melakukan langkah 3", "⬭", "", "□", "Berkas", "15 menit", "Dokumen", ""],
    ]
    assert grid.rows[3][3].symbols == (page.symbols[1],)
    assert page.symbols[0].place.where == "SOP!C3"
    assert page.symbols[0].place.bbox == (130.0, 90.0, 170.0, 110.0)
    assert page.size_pt == (540.0, 200.0)


@pytest.mark.parametrize(
    ("preset", "outline"),
    [
        ("roundRect", Outline.CAPSULE),
        ("ellipse", Outline.CAPSULE),
        ("flowChartAlternateProcess", Outline.CAPSULE),
        ("flowChartProcess", Outline.BOX),
        ("diamond", Outline.DIAMOND),
        ("flowChartOffpageConnector", Outline.OFF_PAGE),
        ("homePlate", Outline.OFF_PAGE),
        ("flowChartDocument", Outline.BOX),
    ],
)
def test_the_outline_of_a_preset(tmp_path: Path, preset: str, outline: Outline) -> None:
    page = read_page(save(flow_sheet(), tmp_path / "a.xlsx", {0: [in_cell("C3", sp(2, preset))]}))
    assert [symbol.outline for symbol in page.symbols] == [outline]
    assert (page.symbols[0].score < 1) == (preset == "flowChartDocument")


@pytest.mark.parametrize(("name", "score"), [("Diamond 9", 0.5), ("Rectangle 9", 1.0)])
def test_a_box_that_is_called_otherwise_is_doubted(tmp_path: Path, name: str, score: float) -> None:
    shape = in_cell("C3", sp(2, "rect").replace('name="s"', f'name="{name}"'))
    page = read_page(save(flow_sheet(), tmp_path / "a.xlsx", {0: [shape]}))
    assert [(s.outline, s.score) for s in page.symbols] == [(Outline.BOX, score)]


def custom(*points: tuple[int, int], close: bool = True) -> str:
    steps = "".join(
        f'<a:{"lnTo" if i else "moveTo"}><a:pt x="{x}" y="{y}"/></a:{"lnTo" if i else "moveTo"}>'
        for i, (x, y) in enumerate(points)
    )
    end = "<a:close/>" if close else ""
    return (
        f'<a:custGeom><a:pathLst><a:path w="100" h="100">{steps}{end}</a:path></a:pathLst>'
        "</a:custGeom>"
    )


@pytest.mark.parametrize(
    ("points", "outline"),
    [
        (((50, 0), (100, 50), (50, 100), (0, 50)), Outline.DIAMOND),
        (((0, 0), (100, 0), (100, 100), (0, 100), (0, 0)), Outline.BOX),
        (((0, 0), (100, 0), (100, 60), (50, 100), (0, 60)), Outline.OFF_PAGE),
    ],
)
def test_the_outline_of_a_freeform(
    tmp_path: Path, points: tuple[tuple[int, int], ...], outline: Outline
) -> None:
    shape = in_cell("C3", sp(2, "", geometry=custom(*points)))
    page = read_page(save(flow_sheet(), tmp_path / "a.xlsx", {0: [shape]}))
    assert [symbol.outline for symbol in page.symbols] == [outline]


def test_glue_decides_over_where_a_line_lies(tmp_path: Path) -> None:
    shapes = [
        in_cell("C3", sp(2, "flowChartTerminator")),
        in_cell("D4", sp(3, "rect")),
        in_cell("E5", sp(4, "rect")),
        anchor(cxn(5, glue=(2, 4)), At(3, 3, 10, 10), At(3, 3, 20, 20)),
    ]
    page = read_page(save(flow_sheet(), tmp_path / "a.xlsx", {0: shapes}))
    assert edges(page) == [("C3", "E5", "")]
    assert (page.connectors[0].directed, page.connectors[0].score) == (True, 1.0)


def test_two_shapes_of_one_id_are_told_apart_by_the_nearer_end(tmp_path: Path) -> None:
    shapes = [
        in_cell("C3", sp(2, "rect")),
        in_cell("C5", sp(2, "rect")),
        in_cell("C4", sp(3, "rect")),
        anchor(cxn(5, glue=(3, 2)), At(2, 3, 30, 30), At(2, 4, 30, 10)),
    ]
    page = read_page(save(flow_sheet(), tmp_path / "a.xlsx", {0: shapes}))
    assert edges(page) == [("C4", "C5", "")]
    assert page.connectors[0].score == 0.9


@pytest.mark.parametrize(
    ("heads", "found"),
    [
        ("end", [("C3", "D4", "")]),
        ("start", [("D4", "C3", "")]),
        ("", [("C3", "D4", "")]),
        ("both", [("C3", "D4", ""), ("D4", "C3", "")]),
    ],
)
def test_a_line_without_glue_joins_what_its_ends_are_near(
    tmp_path: Path, heads: str, found: list[tuple[str, str, str]]
) -> None:
    shapes = [
        in_cell("C3", sp(2, "flowChartTerminator")),
        in_cell("D4", sp(3, "rect")),
        anchor(cxn(5, heads=heads, preset="bentConnector2"), At(2, 2, 52, 20), At(3, 3, 30, 8)),
    ]
    page = read_page(save(flow_sheet(), tmp_path / "a.xlsx", {0: shapes}))
    assert edges(page) == found
    assert page.connectors[0].directed == bool(heads)
    assert page.connectors[0].score == 1.0


def test_a_mirrored_line_runs_the_other_way(tmp_path: Path) -> None:
    frame = transform('flipH="1"', (0, 0, 40, 20))
    shapes = [
        in_cell("D3", sp(2, "rect")),
        in_cell("C4", sp(3, "rect")),
        anchor(cxn(5, frame=frame), At(2, 2, 50, 30), At(3, 3, 10, 10)),
    ]
    page = read_page(save(flow_sheet(), tmp_path / "a.xlsx", {0: shapes}))
    assert edges(page) == [("D3", "C4", "")]


def test_a_line_turned_by_a_quarter_is_set_upright_first(tmp_path: Path) -> None:
    # upright it is 40 wide and 60 high; turned it goes from the right edge of D3 down and left
    frame = transform('rot="5400000"', (0, 0, 60, 40))
    shapes = [
        in_cell("D3", sp(2, "rect")),
        in_cell("C5", sp(3, "rect")),
        anchor(cxn(5, frame=frame, preset="bentConnector3"), At(2, 2, 50, 30), At(3, 4, 10, 10)),
    ]
    page = read_page(save(flow_sheet(), tmp_path / "a.xlsx", {0: shapes}))
    assert edges(page) == [("D3", "C5", "")]


def test_lines_that_run_into_another_go_on_to_its_head(tmp_path: Path) -> None:
    shapes = [
        in_cell("C3", sp(2, "rect")),
        in_cell("D3", sp(3, "rect")),
        in_cell("C5", sp(4, "rect")),
        anchor(cxn(5), At(2, 2, 30, 30), At(2, 4, 30, 10)),  # down from C3 to C5
        anchor(
            cxn(6, heads="", preset="bentConnector2",
                frame=transform('rot="5400000"', (0, 0, 25, 60))),
            At(2, 2, 30, 30), At(3, 3, 30, 15),
        ),  # from D3 down and left into that line
    ]  # fmt: skip
    page = read_page(save(flow_sheet(), tmp_path / "a.xlsx", {0: shapes}))
    assert edges(page) == [("C3", "C5", ""), ("D3", "C5", "")]
    assert all(connector.directed for connector in page.connectors)


def test_a_line_of_three_pieces_is_one_edge(tmp_path: Path) -> None:
    shapes = [
        in_cell("C3", sp(2, "rect")),
        in_cell("E5", sp(4, "rect")),
        anchor(cxn(5, heads=""), At(2, 2, 50, 20), At(3, 2, 30, 20)),
        anchor(cxn(6, heads=""), At(3, 2, 30, 20), At(3, 4, 30, 20)),
        anchor(cxn(7), At(3, 4, 30, 20), At(4, 4, 10, 20)),
    ]
    page = read_page(save(flow_sheet(), tmp_path / "a.xlsx", {0: shapes}))
    assert edges(page) == [("C3", "E5", "")]
    assert page.connectors[0].directed


def test_a_line_that_splits_goes_to_each_head(tmp_path: Path) -> None:
    shapes = [
        in_cell("D3", sp(2, "rect")),
        in_cell("D5", sp(3, "rect")),
        in_cell("E4", sp(4, "rect")),
        anchor(cxn(5), At(3, 2, 30, 30), At(3, 4, 30, 10)),
        anchor(cxn(6), At(3, 3, 30, 20), At(4, 3, 10, 20)),
    ]
    page = read_page(save(flow_sheet(), tmp_path / "a.xlsx", {0: shapes}))
    assert edges(page) == [("D3", "D5", ""), ("D3", "E4", "")]


def test_a_block_arrow_is_a_line(tmp_path: Path) -> None:
    shapes = [
        in_cell("C3", sp(2, "rect")),
        in_cell("D3", sp(3, "rect")),
        anchor(sp(5, "leftArrow"), At(2, 2, 50, 15), At(3, 2, 10, 25)),
    ]
    page = read_page(save(flow_sheet(), tmp_path / "a.xlsx", {0: shapes}))
    assert edges(page) == [("D3", "C3", "")]


def test_words_at_the_exits_of_a_decision_label_the_nearest_line(tmp_path: Path) -> None:
    shapes = [
        in_cell("C3", sp(2, "rect")),
        in_cell("D4", sp(3, "diamond")),
        in_cell("D5", sp(4, "rect")),
        anchor(cxn(5, glue=(2, 3), preset="bentConnector2"), At(2, 2, 50, 20), At(3, 3, 30, 10)),
        anchor(cxn(6, glue=(3, 4)), At(3, 3, 30, 30), At(3, 4, 30, 10)),
        anchor(
            cxn(7, glue=(3, 2), preset="bentConnector2",
                frame=transform('rot="10800000"', (0, 0, 40, 30))),
            At(2, 2, 30, 30), At(3, 3, 10, 20),
        ),
        anchor(sp(8, "rect", "Ya", line=False, text_box=True), At(3, 3, 32, 30), At(3, 3, 55, 39)),
        anchor(sp(9, "rect", "Tidak", text_box=True), At(2, 3, 35, 21), At(3, 3, 5, 30)),
    ]  # fmt: skip
    page = read_page(save(flow_sheet(), tmp_path / "a.xlsx", {0: shapes}))
    assert edges(page) == [("C3", "D4", ""), ("D4", "D5", "Ya"), ("D4", "C3", "Tidak")]
    assert "Ya" not in str(texts(grids(page)[0]))
    assert page.residue == ()


def test_a_label_without_a_line_is_left_over(tmp_path: Path) -> None:
    shape = in_cell("D4", sp(8, "rect", "Ya", line=False, text_box=True))
    page = read_page(save(flow_sheet(), tmp_path / "a.xlsx", {0: [shape]}))
    assert [(r.kind, r.text, r.place.where) for r in page.residue] == [
        (ResidueKind.WORD, "Ya", "SOP!D4")
    ]


def test_a_text_box_over_a_cell_is_its_text(tmp_path: Path) -> None:
    shape = in_cell("F4", sp(8, "rect", "Surat\nmasuk", line=False, text_box=True))
    page = read_page(save(flow_sheet(), tmp_path / "a.xlsx", {0: [shape]}))
    assert texts(grids(page)[0])[3][5] == "Berkas\nSurat\nmasuk"


def test_groups_within_groups(tmp_path: Path) -> None:
    # the group lies over C3:D4 and counts in units of its own, twice as large
    def child(number: int, preset: str, left: int, top: int) -> str:
        return sp(number, preset, frame=transform("", (left, top, 80, 40)))

    def group(inner: str, box: tuple[int, int, int, int]) -> str:
        left, top, width, height = (value * 12_700 for value in box)
        return (
            '<xdr:grpSp><xdr:nvGrpSpPr><xdr:cNvPr id="20" name="g"/></xdr:nvGrpSpPr><xdr:grpSpPr>'
            f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/>'
            f'<a:chOff x="{left}" y="{top}"/><a:chExt cx="{width}" cy="{height}"/></a:xfrm>'
            f"</xdr:grpSpPr>{inner}</xdr:grpSp>"
        )

    line = cxn(4, frame=transform("", (140, 60, 60, 60)), preset="bentConnector2")
    inner = group(child(3, "rect", 160, 120), (120, 100, 120, 60))
    whole = group(child(2, "rect", 60, 40) + inner + line, (0, 0, 240, 160))
    page = read_page(
        save(flow_sheet(), tmp_path / "a.xlsx", {0: [anchor(whole, At(2, 2), At(4, 4))]})
    )
    assert [cell_of(symbol) for symbol in page.symbols] == ["C3", "D4"]
    assert page.symbols[0].place.bbox == (150.0, 100.0, 190.0, 120.0)
    assert edges(page) == [("C3", "D4", "")]


def test_of_alternatives_the_choice_is_read(tmp_path: Path) -> None:
    alternative = (
        "<mc:AlternateContent><mc:Choice>"
        + in_cell("C3", sp(2, "rect"))
        + "</mc:Choice><mc:Fallback>"
        + in_cell("D3", sp(3, "rect"))
        + "</mc:Fallback></mc:AlternateContent>"
    )
    page = read_page(save(flow_sheet(), tmp_path / "a.xlsx", {0: [alternative]}))
    assert [cell_of(symbol) for symbol in page.symbols] == ["C3"]


def test_one_cell_and_absolute_anchors(tmp_path: Path) -> None:
    size = f'<xdr:ext cx="{40 * 12_700}" cy="{20 * 12_700}"/>'
    corner = At(2, 2, 10, 10).xml("from")
    one = f"<xdr:oneCellAnchor>{corner}{size}{sp(2, 'rect')}</xdr:oneCellAnchor>"
    position = f'<xdr:pos x="{190 * 12_700}" y="{130 * 12_700}"/>'
    absolute = f"<xdr:absoluteAnchor>{position}{size}{sp(3, 'diamond')}</xdr:absoluteAnchor>"
    page = read_page(save(flow_sheet(), tmp_path / "a.xlsx", {0: [one, absolute]}))
    assert [(s.outline, cell_of(s)) for s in page.symbols] == [
        (Outline.BOX, "C3"),
        (Outline.DIAMOND, "D4"),
    ]


def test_a_shape_over_a_border_goes_to_the_larger_share(tmp_path: Path) -> None:
    shape = anchor(sp(2, "rect"), At(2, 2, 10, 28), At(2, 3, 50, 8))  # 12 in row 3, 8 in row 4
    page = read_page(save(flow_sheet(), tmp_path / "a.xlsx", {0: [shape]}))
    assert [(cell_of(s), s.score) for s in page.symbols] == [("C3", 0.8)]


def test_a_step_of_merged_rows_is_one_row(tmp_path: Path) -> None:
    workbook = flow_sheet(4)
    sheet = workbook.active
    assert sheet is not None
    for column in "AB":
        sheet[f"{column}5"] = None
        sheet.merge_cells(f"{column}4:{column}5")
    shapes = [in_cell("D4", sp(2, "rect")), in_cell("C5", sp(3, "rect"))]
    page = read_page(save(workbook, tmp_path / "a.xlsx", {0: shapes}))
    assert texts(grids(page)[0])[3] == [
        "2", "Melakukan langkah 2", "□", "□", "", "Berkas\nBerkas", "10 menit\n15 menit",
        "Dokumen\nDokumen", "",
    ]  # fmt: skip
    assert len(grids(page)[0].rows) == 5


def test_hidden_shapes_and_shapes_in_hidden_columns_are_not_there(tmp_path: Path) -> None:
    workbook = flow_sheet()
    sheet = workbook.active
    assert sheet is not None
    sheet.column_dimensions["D"].hidden = True
    shapes = [in_cell("C3", sp(2, "rect", hidden=True)), in_cell("D4", sp(3, "rect"))]
    page = read_page(save(workbook, tmp_path / "a.xlsx", {0: shapes}))
    assert page.symbols == ()
    assert texts(grids(page)[0])[1] == [
        "", "", "Staf", "Kepala", "Kelengkapan", "Waktu", "Output", "",
    ]  # fmt: skip


def test_pictures_and_shapes_of_other_kinds_are_residue(tmp_path: Path) -> None:
    picture = '<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="9" name="p"/></xdr:nvPicPr></xdr:pic>'
    shapes = [
        anchor(picture, At(2, 2), At(6, 5)),
        in_cell("F4", sp(3, "diamond")),
        in_cell("C4", sp(4, "star5")),
        anchor(cxn(5), At(7, 2), At(7, 4)),
    ]
    page = read_page(save(flow_sheet(), tmp_path / "a.xlsx", {0: shapes}))
    assert [(r.kind, r.place.where) for r in page.residue] == [
        (ResidueKind.SYMBOL, "SOP!F4"),
        (ResidueKind.SYMBOL, "SOP!C4"),
        (ResidueKind.CONNECTOR, "SOP!H4"),
        (ResidueKind.PICTURE, "SOP!E4"),
    ]
    assert page.picture_flow


def test_an_old_drawing_is_read_without_its_comments(tmp_path: Path) -> None:
    def shape(attributes: str, kind: str, corners: str, inside: str = "") -> str:
        return (
            f"<v:shape {attributes}>{inside}<x:ClientData ObjectType={chr(34)}{kind}{chr(34)}>"
            f"<x:Anchor>{corners}</x:Anchor></x:ClientData></v:shape>"
        )

    vml = (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:'
        'office" xmlns:x="urn:schemas-microsoft-com:office:excel">'
        + shape('id="a" o:spt="116"', "Shape", "2, 13, 2, 13, 2, 67, 2, 40",
                "<v:textbox><div>Mulai<br></div></v:textbox>")
        + shape('id="b" type="#_x0000_t110"', "Shape", "3, 13, 3, 13, 3, 67, 3, 40")
        + shape('id="c" type="#_x0000_t34"', "Shape", "2, 67, 2, 27, 3, 13, 3, 27",
                '<v:stroke endarrow="block"/>')
        + shape('id="d" type="#_x0000_t202"', "Note", "3, 13, 2, 13, 3, 67, 2, 40",
                "<v:textbox><div>catatan</div></v:textbox>")
        + "</xml>"
    )  # fmt: skip
    workbook = flow_sheet()
    file = save(workbook, tmp_path / "a.xlsx", {0: []})
    with zipfile.ZipFile(file.location) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    files[name] = files[name].replace(b"<drawing r:id", b"<legacyDrawing r:id")
    rels = "xl/worksheets/_rels/sheet1.xml.rels"
    files[rels] = files[rels].replace(b"drawing1.xml", b"vmlDrawing1.vml")
    files["xl/drawings/vmlDrawing1.vml"] = vml.encode()
    page = read_page(pack(files, tmp_path / "b.xlsx"))
    assert [(s.outline, s.text, cell_of(s)) for s in page.symbols] == [
        (Outline.CAPSULE, "Mulai", "C3"),
        (Outline.DIAMOND, "", "D4"),
    ]
    assert edges(page) == [("C3", "D4", "")]
    assert page.connectors[0].directed
