"""Made office sheets: files that open, shapes that say what the truth says."""

from __future__ import annotations

import datetime
import io
import json
import random
import re
from functools import cache
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml

from sopextract.model.record import SopRecord
from tests.ingest.office_parts import needs
from tools.make_sheets import MadeSheet, make_sheets, office_pdf
from tools.make_sheets.compose import TUNING_POOL, Style, compose
from tools.make_sheets.flow import FlowEdge, FlowSymbol, FlowTruth, draw_style, make_flow
from tools.make_sheets.office.connect import bend
from tools.make_sheets.office.join import join_lines
from tools.make_sheets.office.place import Frame, make_sizes, place_marks, plan_flow
from tools.make_sheets.office.route import Drawing, Line, draw_flow
from tools.make_sheets.office.zipparts import unpack

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
XDR = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"


@cache
def some(seed: int, layout: str) -> tuple[MadeSheet, ...]:
    """Enough sheets to see every style; making them takes longest."""
    return tuple(make_sheets(24, seed, layout))


def golds(made: MadeSheet) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(json.dumps(list(made.gold)))
    return found


def part(made: MadeSheet, pattern: str) -> Any:
    """The root of the first part whose name matches."""
    parts = unpack(made.data)
    return parse_xml(next(parts[name] for name in parts if re.search(pattern, name)))


@pytest.mark.parametrize("seed", [5, 9005, 9505])
def test_the_same_seed_gives_the_same_bytes(seed: int) -> None:
    assert list(make_sheets(6, seed, "WX")) == list(make_sheets(6, seed, "WX"))


@pytest.mark.parametrize("seed", [5, 9005, 9505])
def test_the_truth_has_the_shape_of_a_record(seed: int) -> None:
    for made in (*some(seed, "W"), *some(seed, "X")):
        for k, gold in enumerate(golds(made)):
            assert gold["source"] == {"path": made.name, "index": k}
            gold["source"] |= {"sha256": "", "media_type": "text/plain"}
            for row in gold["pelaksana"]:
                row.setdefault("lengkap", row["nama"])
            for law in gold["dasar_hukum"]:
                for later in law.get("diubah_dengan", []):
                    later.setdefault("teks", "")
            SopRecord.model_validate({"id": "0", **gold})


def docx_texts(made: MadeSheet) -> str:
    root = part(made, r"word/document\.xml")
    return " ".join(" ".join(p.itertext(f"{W}t")) for p in root.iter(f"{W}p"))


@pytest.mark.parametrize("seed", [5, 9005, 9505])
def test_docx_files_open_and_hold_every_true_text(seed: int) -> None:
    for made in some(seed, "W"):
        assert docx.Document(io.BytesIO(made.data)).tables
        text = re.sub(r"\s+", "", docx_texts(made))
        spoilt = sum(" -> " in fault for fault in made.faults)
        for gold in golds(made):
            wanted = [gold["nomor_sop"], gold["nama_sop"], gold["disahkan_oleh"]["nama"]]
            for row in gold["langkah"]:
                wanted += [row["kegiatan"], row["kelengkapan"], row["output"]]
            absent = {w for w in wanted if w and re.sub(r"\s+", "", w) not in text}
            assert len(absent) <= spoilt


@pytest.mark.parametrize("seed", [5, 9005, 9505])
def test_xlsx_files_open_and_hold_every_true_text(seed: int) -> None:
    for made in some(seed, "X"):
        book = openpyxl.load_workbook(io.BytesIO(made.data), data_only=True)
        cells = {str(c.value) for sheet in book for row in sheet for c in row if c.value}
        assert "None" not in cells
        spoilt = sum(" -> " in fault for fault in made.faults)
        for gold in golds(made):
            wanted = {row["kegiatan"] for row in gold["langkah"]} | {gold["nama_sop"]}
            wanted |= {str(row["no"]) for row in gold["langkah"]}
            assert len(wanted - cells) <= spoilt


def test_formulas_have_cached_results() -> None:
    seen = 0
    for made in some(5, "X"):
        formulas = openpyxl.load_workbook(io.BytesIO(made.data))
        values = openpyxl.load_workbook(io.BytesIO(made.data), data_only=True)
        for sheet in formulas:
            for row in sheet:
                for cell in row:
                    if isinstance(cell.value, str) and cell.value.startswith("="):
                        assert values[sheet.title][cell.coordinate].value is not None
                        seen += 1
    assert seen > 20


def test_real_dates_show_the_true_date() -> None:
    seen = 0
    for made in some(5, "X"):
        book = openpyxl.load_workbook(io.BytesIO(made.data))
        values = [c.value for sheet in book for row in sheet for c in row]
        found = {v.date().isoformat() for v in values if isinstance(v, datetime.datetime)}
        true = {str(gold["tanggal_pembuatan"]) for gold in golds(made)}
        if found:
            assert true <= found | {day[:7] for day in found}
            seen += 1
    assert seen > 5


def _shape_ids(root: Any) -> tuple[set[str], list[tuple[str, str]]]:
    shapes = {node.get("id") for node in root.iter(f"{WPS}cNvPr", f"{XDR}cNvPr")}
    glued = []
    for start in root.iter(f"{A}stCxn"):
        end = start.getnext()
        glued.append((start.get("id"), end.get("id")))
    return shapes, glued


@pytest.mark.parametrize(
    ("layout", "pattern"), [("W", r"word/document\.xml"), ("X", r"drawings/drawing9\d\.xml")]
)
def test_glued_connectors_name_shapes_of_their_file(layout: str, pattern: str) -> None:
    seen = 0
    for made in some(5, layout):
        shapes, glued = _shape_ids(part(made, pattern))
        assert all({start, end} <= shapes and start != end for start, end in glued)
        seen += bool(glued)
    assert seen > 4


@pytest.mark.parametrize("layout", ["W", "X"])
def test_held_out_files_have_forms_that_tuning_never_uses(layout: str) -> None:
    def text(seed: int) -> str:
        parts = [unpack(made.data) for made in some(seed, layout)]
        names = r"word/document\.xml|drawings/drawing9\d\.xml"
        return "".join(
            data.decode("utf-8")
            for files in parts
            for name, data in files.items()
            if re.search(names, name)
        )

    tuning, apart = text(5), text(9005)
    assert "homePlate" not in tuning
    assert "custGeom" not in tuning.replace("Freeform", "")
    assert "homePlate" in apart
    assert "custGeom" in apart


def test_turned_and_mirrored_connectors_have_the_frame_of_their_way() -> None:
    right_down = bend(((0, 0), (40, 0), (40, 30)))
    assert (right_down.preset, right_down.turn, right_down.flip_h) == ("bentConnector2", 0, False)
    down_right = bend(((0, 0), (0, 30), (40, 30)))
    # Down, then right: turned by a quarter and mirrored, in a frame of 30 by 40.
    assert (down_right.turn, down_right.flip_h, down_right.flip_v) == (90, False, True)
    assert (down_right.box.width, down_right.box.height) == (30, 40)
    loop = bend(((0, 50), (60, 50), (60, 0), (20, 0)))
    # Out to 60, back to 20: the inner piece lies at three times the frame's width.
    assert (loop.preset, loop.adj, loop.flip_v) == ("bentConnector3", (300000,), True)


def test_pages_are_joined_by_pairs_of_pentagons() -> None:
    flow = FlowTruth(
        (
            FlowSymbol(0, 0, "kapsul", "", 0),
            FlowSymbol(1, 1, "ketupat", "", 1),
            FlowSymbol(2, 0, "kotak", "", 2),
        ),
        (FlowEdge(0, 1), FlowEdge(1, 2, "Ya"), FlowEdge(2, 0)),
    )
    plan = plan_flow(random.Random(1), flow, (range(2), range(2, 3)))
    assert plan is not None
    pentagons = [m for m in plan.marks if m.form == "segilima"]
    assert [(m.row, m.lane, m.text) for m in pentagons] == [
        (1, 1, "A"),
        (2, 0, "A"),
        (2, 0, "B"),
        (1, 0, "B"),
    ]
    assert [(e.tail, e.head, e.label) for e in plan.edges] == [
        (0, 1, ""),
        (1, 3, "Ya"),
        (4, 2, ""),
        (2, 5, ""),
        (6, 0, ""),
    ]


def test_drawn_lines_touch_their_symbols_and_cross_no_other() -> None:
    rng = random.Random(3)
    drawn = 0
    for _ in range(30):
        sheet = compose(rng, TUNING_POOL, Style(max_actors=6))
        flow = make_flow(rng, sheet, draw_style(rng, apart=0))
        plan = plan_flow(rng, flow, (range(len(sheet.steps)),))
        assert plan is not None
        rows = {row: (60.0 * row, 60.0 * row + 60) for row in range(len(sheet.steps))}
        lanes = tuple((60.0 * k, 60.0 * k + 60) for k in range(len(sheet.actors)))
        frame = Frame(lanes, rows)
        boxes = place_marks(rng, frame, make_sizes(rng), plan.marks)
        drawing = draw_flow(rng, frame, boxes, plan.edges)
        if not drawing.clear:
            continue
        drawn += 1
        assert len(drawing.lines) == len(flow.edges)
        for line in drawing.lines:
            assert line.points[0] == boxes[line.edge.tail].port(line.tail_side)
            assert line.points[-1] == boxes[line.edge.head].port(line.head_side)
            for id, box in boxes.items():
                inside = [
                    (x, y)
                    for x, y in line.points
                    if box.left < x < box.right and box.top < y < box.bottom
                ]
                assert not inside, (id, line)
    assert drawn > 20


def test_printing_names_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office_pdf, "find_libreoffice", lambda: None)
    with pytest.raises(office_pdf.PrinterMissingError, match="libreoffice-writer"):
        list(make_sheets(1, 5, "Y"))


@pytest.mark.live
@needs("Writer", "Calc")
def test_printed_sheets_keep_their_truth() -> None:
    made = list(make_sheets(2, 5, "YZ"))
    assert [one.name for one in made] == ["y5-0000.pdf", "z5-0001.pdf"]
    for one in made:
        assert one.data.startswith(b"%PDF")
        assert golds(one)[0]["source"]["path"] == one.name


def test_lines_to_one_head_run_into_each_other() -> None:
    top = Line(FlowEdge(0, 2), ((50, 10), (50, 90)), 2, 0)
    side = Line(FlowEdge(1, 2), ((10, 40), (50, 40), (50, 90)), 3, 0)
    joined = join_lines(random.Random(1), Drawing({}, (top, side), clear=True), 1.0)
    assert joined.lines[0] == top
    assert joined.lines[1].points == ((10, 40), (50, 40))
    assert joined.lines[1].runs_into


def test_lines_of_two_heads_are_not_joined() -> None:
    top = Line(FlowEdge(0, 2), ((50, 10), (50, 90)), 2, 0)
    across = Line(FlowEdge(1, 3), ((10, 40), (90, 40)), 3, 1)
    drawing = Drawing({}, (top, across), clear=True)
    assert join_lines(random.Random(1), drawing, 1.0) == drawing
