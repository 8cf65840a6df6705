"""Tables of Word files: every cell in its true column, whatever was merged."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sopextract.model.source import Grid, TextLine
from tests.ingest.docx.making import add_table, element, grids, lines, new_document, read


def _table(widths: list[int], *rows: str) -> Any:
    columns = "".join(f'<w:gridCol w:w="{w * 20}"/>' for w in widths)
    body = "".join(row if row.startswith("<") else f"<w:tr>{row}</w:tr>" for row in rows)
    return element(f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{body}</w:tbl>")


def _cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def _row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def _read(tmp_path: Path, *tables: Any) -> list[list[list[str]]]:
    document = new_document()
    for table in tables:
        document.element.body.insert(0, table)
    return grids(read(document, tmp_path))


_SPAN2, _TOP, _ON = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def test_merged_cells_stand_at_their_top_left(tmp_path: Path) -> None:
    table = _table(
        [30, 150, 60, 60, 60],
        _row(
            _cell("No", _TOP), _cell("Kegiatan", _TOP), _cell("Pelaksana", _SPAN2),
            _cell("Waktu", _TOP),
        ),
        _row(
            _cell("", _ON), _cell("", _ON), _cell("Staf"), _cell("Kasi"), _cell("", _ON)
        ),
        _row(_cell("1"), _cell("Mencatat"), _cell("√"), _cell(""), _cell("5 menit")),
    )  # fmt: skip
    assert _read(tmp_path, table) == [
        [
            ["No", "Kegiatan", "Pelaksana", "", "Waktu"],
            ["", "", "Staf", "Kasi", ""],
            ["1", "Mencatat", "√", "", "5 menit"],
        ]
    ]


def test_old_horizontal_merges_and_rows_set_in(tmp_path: Path) -> None:
    table = _table(
        [60, 60, 60],
        _row(_cell("a", '<w:hMerge w:val="restart"/>'), _cell("", "<w:hMerge/>"), _cell("b")),
        _row(_cell("c"), _cell("d"), properties='<w:gridBefore w:val="1"/>'),
        _row(_cell("e"), _cell("f"), properties='<w:gridAfter w:val="1"/>'),
    )
    assert _read(tmp_path, table) == [[["a", "", "b"], ["", "c", "d"], ["e", "f", ""]]]


def test_borders_that_miss_each_other_make_no_columns(tmp_path: Path) -> None:
    table = _table(
        [60, 2, 60, 58, 3],
        _row(_cell("a"), _cell("b", '<w:gridSpan w:val="2"/>'), _cell("c", _SPAN2)),
        _row(_cell("d", _SPAN2), _cell("e"), _cell("f"), _cell("")),
    )
    assert _read(tmp_path, table) == [[["a", "b", "c"], ["d", "e", "f"]]]


def test_columns_that_no_cell_begins_at_are_left_out(tmp_path: Path) -> None:
    table = _table([60, 60, 60], _row(_cell("a"), _cell("b", _SPAN2)))
    assert _read(tmp_path, table) == [[["a", "b"]]]


def test_a_span_that_claims_a_million_is_bounded(tmp_path: Path) -> None:
    table = _table([60], _row(_cell("a", '<w:gridSpan w:val="1000000"/>'), _cell("b")))
    assert _read(tmp_path, table) == [[["a"]]]


def test_rows_and_cells_in_content_controls_and_deleted_rows(tmp_path: Path) -> None:
    kept = f"<w:sdt><w:sdtPr/><w:sdtContent>{_row(_cell('a'), _cell('b'))}</w:sdtContent></w:sdt>"
    controlled = f"<w:sdt><w:sdtPr/><w:sdtContent>{_cell('c')}</w:sdtContent></w:sdt>"
    inner = f"<w:tr>{controlled}{_cell('d')}</w:tr>"
    gone = _row(_cell("x"), _cell("y"), properties='<w:del w:id="1" w:author="a"/>')
    assert _read(tmp_path, _table([60, 60], kept, inner, gone)) == [[["a", "b"], ["c", "d"]]]


def test_a_continuation_without_a_top_is_a_cell(tmp_path: Path) -> None:
    table = _table([60, 60], _row(_cell("a", _ON), _cell("b")))
    assert _read(tmp_path, table)[0][0][1] == "b"


def test_a_real_table_in_a_cell_is_a_grid_in_its_place(tmp_path: Path) -> None:
    document = new_document()
    outer = add_table(document, [["atas"], [""], ["bawah"]], [600])
    inner = outer.cell(1, 0).add_table(3, 2)
    for r in range(3):
        inner.cell(r, 0).text, inner.cell(r, 1).text = f"label {r}", f"nilai {r}"
    page = read(document, tmp_path)
    assert grids(page) == [
        [["atas"]],
        [["label 0", "nilai 0"], ["label 1", "nilai 1"], ["label 2", "nilai 2"]],
        [["bawah"]],
    ]
    assert all(b.exact for b in page.blocks if isinstance(b, Grid))


def test_a_small_table_in_a_cell_is_text_of_the_cell(tmp_path: Path) -> None:
    document = new_document()
    outer = add_table(document, [["Dasar Hukum", "x"]], [300, 300])
    inner = outer.cell(0, 0).add_table(2, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "1.", "UU 25/2009"
    inner.cell(1, 0).text, inner.cell(1, 1).text = "2.", "PP 96/2012"
    assert grids(read(document, tmp_path)) == [[["Dasar Hukum\n1. UU 25/2009\n2. PP 96/2012", "x"]]]


def test_places_name_table_row_and_cell(tmp_path: Path) -> None:
    document = new_document()
    add_table(document, [["a"]], [60])
    document.add_paragraph("antara")
    add_table(document, [["b", "c"], ["d", "e"]], [60, 60])
    page = read(document, tmp_path)
    last = page.blocks[-1]
    assert isinstance(last, Grid)
    assert last.rows[1][1].place.where == "table 2, row 2, cell 2"
    assert isinstance(page.blocks[1], TextLine)
    assert lines(page) == ["antara"]
