"""Workbooks that are damaged, protected or made to harm: one named error, or a bounded answer."""

from __future__ import annotations

import contextlib
import random
import re
import zipfile
from pathlib import Path

import pytest

from sopextract.errors import SourceError
from sopextract.ingest import detect_media_type, find_reader
from sopextract.ingest.xlsx.xml import BrokenXmlError, parse_xml
from sopextract.model.source import SourceFile
from tests.ingest.xlsx.sheets import sop_workbook
from tests.ingest.xlsx.workbooks import (
    XLSX,
    cxn,
    grids,
    in_cell,
    pack,
    read,
    read_page,
    save,
    source,
    sp,
)

SHEET = "xl/worksheets/sheet1.xml"


def parts(tmp_path: Path) -> dict[str, bytes]:
    """The parts of a good workbook."""
    file = save(sop_workbook()[0], tmp_path / "good.xlsx", {0: []})
    with zipfile.ZipFile(file.location) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def repacked(tmp_path: Path, files: dict[str, bytes]) -> SourceFile:
    return pack(files, tmp_path / "bad.xlsx")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("xl/workbook.xml", "xl/workbook.xml is missing"),
        (SHEET, "sheet1.xml is missing"),
        ("xl/_rels/workbook.xml.rels", "without worksheets"),
    ],
)
def test_missing_parts(tmp_path: Path, name: str, message: str) -> None:
    files = parts(tmp_path)
    del files[name]
    with pytest.raises(SourceError, match=message) as caught:
        read(repacked(tmp_path, files))
    assert "save it again" in caught.value.hint


@pytest.mark.parametrize("name", ["xl/styles.xml", "xl/drawings/drawing1.xml"])
def test_parts_that_may_be_missing(tmp_path: Path, name: str) -> None:
    files = parts(tmp_path)
    del files[name]
    assert len(grids(read_page(repacked(tmp_path, files)))) == 2


@pytest.mark.parametrize(
    "data",
    [
        b"<worksheet><sheetData>",
        b"",
        b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet>&a;</worksheet>',
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x><worksheet/>'.encode("utf-16"),
        b"<a>" * 1000 + b"</a>" * 1000,
    ],
)
def test_broken_xml(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(BrokenXmlError):
        parse_xml(data)
    files = parts(tmp_path) | {SHEET: data}
    with pytest.raises(SourceError, match=r"sheet1\.xml is broken"):
        read(repacked(tmp_path, files))


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    files = parts(tmp_path) | {SHEET: b" " * 70_000_000}
    with pytest.raises(SourceError, match="unpacks to too much") as caught:
        read(repacked(tmp_path, files))
    assert "zip bomb" in caught.value.hint


def test_a_sheet_is_as_large_as_what_it_holds(tmp_path: Path) -> None:
    files = parts(tmp_path)
    body = files[SHEET].decode()
    start, end = body.index("<dimension"), body.index("<sheetViews")
    body = body[:start] + '<dimension ref="A1:XFD1048576"/>' + body[end:]
    body = body.replace(
        "</sheetData>", '<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'
    )
    body = body.replace(
        "<mergeCells", '<cols><col min="1" max="16384" width="9"/></cols><mergeCells'
    )
    page = read_page(repacked(tmp_path, files | {SHEET: body.encode()}))
    assert [len(grid.rows) for grid in grids(page)] == [14, 5]


def test_a_text_in_the_last_cell_costs_nothing(tmp_path: Path) -> None:
    workbook, _ = sop_workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet["XFD1048576"] = "di ujung"
    page = read_page(save(workbook, tmp_path / "a.xlsx"))
    assert [len(grid.rows) for grid in grids(page)] == [14, 5]


def test_a_grid_beyond_all_proportion_is_refused(tmp_path: Path) -> None:
    files = parts(tmp_path)
    rows = "".join(
        f'<row r="{r}"><c r="{column}{r}" t="inlineStr"><is><t>SOP</t></is></c></row>'
        for r, column in enumerate(
            (a + b + c for a in "ABCD" for b in "ABCDEFGHIJ" for c in "ABCDEFGHIJKLMNOPQRST"), 1
        )
    )
    body = f"<worksheet><sheetData>{rows}</sheetData></worksheet>"
    with pytest.raises(SourceError, match="too large for a SOP"):
        read(repacked(tmp_path, files | {SHEET: body.encode()}))


@pytest.mark.parametrize("seed", range(30))
def test_parts_with_pieces_cut_out_or_put_in(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    shapes = [in_cell("E19", sp(2, "rect")), in_cell("F20", cxn(3, glue=(2, None)))]
    file = save(sop_workbook()[0], tmp_path / "good.xlsx", {0: shapes})
    with zipfile.ZipFile(file.location) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    for _ in range(rng.randint(1, 4)):
        name = rng.choice(sorted(files))
        values = list(re.finditer(r'(?<=")[^"]*(?=")|(?<=>)[^<>]+(?=<)', files[name]))
        if values:
            at = rng.choice(values)
            new = rng.choice(("", "-1", "x", "1e308", "nan", "1048577", "A1:XFD1048576", "#REF!"))
            files[name] = files[name][: at.start()] + new + files[name][at.end() :]
    file = repacked(tmp_path, {n: data.encode() for n, data in files.items()})
    with contextlib.suppress(SourceError):
        assert read(file).pages


def test_no_archive_and_no_text(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"PK\x03\x04 nothing more")
    with pytest.raises(SourceError, match="no whole archive"):
        read(source(path))
    files = parts(tmp_path) | {SHEET: b"<worksheet/>"}
    with pytest.raises(SourceError, match="without text"):
        read(repacked(tmp_path, files))


def test_kinds_of_workbooks_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "a.dat"
    pack({"[Content_Types].xml": b"", "xl/workbook.xml": b"", "xl/vbaProject.bin": b""}, path)
    assert detect_media_type(path.name, path.read_bytes()[:99], path) == XLSX
    pack({"[Content_Types].xml": b"", "xl/workbook.bin": b""}, path)
    binary = detect_media_type(path.name, path.read_bytes()[:99], path)
    assert binary == "application/vnd.ms-excel.sheet.binary.macroEnabled.12"
    with pytest.raises(SourceError, match="xlsb") as caught:
        find_reader(binary)
    assert "save it as .xlsx" in caught.value.hint
