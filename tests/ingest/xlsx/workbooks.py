"""Builds small workbooks with drawings; every person and office in them is invented."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Border, Side

from sopextract.ingest.xlsx import read_xlsx
from sopextract.model.source import Grid, Page, SourceDocument, SourceFile, Symbol
from sopextract.settings import IngestSettings

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EMU = 12_700
_DRAWING = (
    '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
)
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'


@dataclass(frozen=True)
class At:
    """A corner: column, row (from 0), and points from their edges."""

    column: int
    row: int
    dx: float = 0
    dy: float = 0

    def xml(self, tag: str) -> str:
        return (
            f"<xdr:{tag}><xdr:col>{self.column}</xdr:col><xdr:colOff>{int(self.dx * EMU)}"
            f"</xdr:colOff><xdr:row>{self.row}</xdr:row><xdr:rowOff>{int(self.dy * EMU)}"
            f"</xdr:rowOff></xdr:{tag}>"
        )


def anchor(content: str, start: At, end: At) -> str:
    """A shape anchored to two cells."""
    return (
        f"<xdr:twoCellAnchor>{start.xml('from')}{end.xml('to')}{content}<xdr:clientData/>"
        "</xdr:twoCellAnchor>"
    )


def transform(attributes: str, box: Sequence[float], tag: str = "a:xfrm") -> str:
    """A transformation; `box` is left, top, width, height in points."""
    left, top, width, height = (int(value * EMU) for value in box)
    return (
        f'<{tag} {attributes}><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/>'
        f"</{tag}>"
    )


def sp(
    number: int,
    preset: str,
    text: str = "",
    *,
    line: bool = True,
    text_box: bool = False,
    frame: str = "",
    geometry: str = "",
    hidden: bool = False,
) -> str:
    """A shape."""
    described = '<xdr:cNvSpPr txBox="1"/>' if text_box else "<xdr:cNvSpPr/>"
    drawn = "<a:solidFill/>" if line else "<a:noFill/>"
    paragraphs = "".join(
        f"<a:p><a:r><a:t>{escape(part)}</a:t></a:r></a:p>" for part in text.split("\n")
    )
    form = geometry or f'<a:prstGeom prst="{preset}"><a:avLst/></a:prstGeom>'
    return (
        f'<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="{number}" name="s"'
        f"{' hidden=' + chr(34) + '1' + chr(34) if hidden else ''}/>{described}</xdr:nvSpPr>"
        f"<xdr:spPr>{frame}{form}<a:ln>{drawn}</a:ln></xdr:spPr>"
        f"<xdr:txBody><a:bodyPr/>{paragraphs}</xdr:txBody></xdr:sp>"
    )


def cxn(
    number: int,
    *,
    glue: tuple[int | None, int | None] = (None, None),
    heads: str = "end",
    preset: str = "straightConnector1",
    frame: str = "",
) -> str:
    """A connector; `heads` names where it has arrows: "", "start", "end", "both"."""
    start = f'<a:stCxn id="{glue[0]}" idx="2"/>' if glue[0] is not None else ""
    end = f'<a:endCxn id="{glue[1]}" idx="0"/>' if glue[1] is not None else ""
    first = '<a:headEnd type="triangle"/>' if heads in ("start", "both") else ""
    last = '<a:tailEnd type="triangle"/>' if heads in ("end", "both") else ""
    return (
        f'<xdr:cxnSp><xdr:nvCxnSpPr><xdr:cNvPr id="{number}" name="c"/>'
        f"<xdr:cNvCxnSpPr>{start}{end}</xdr:cNvCxnSpPr></xdr:nvCxnSpPr>"
        f'<xdr:spPr>{frame}<a:prstGeom prst="{preset}"><a:avLst/></a:prstGeom>'
        f"<a:ln>{first}{last}</a:ln></xdr:spPr></xdr:cxnSp>"
    )


def save(
    workbook: Workbook,
    path: Path,
    drawings: Mapping[int, Sequence[str]] | None = None,
    parts: dict[str, bytes] | None = None,
) -> SourceFile:
    """Save a workbook with drawings (by the position of the sheet), and with parts put in place."""
    buffer = io.BytesIO()
    workbook.save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    for position, shapes in (drawings or {}).items():
        sheet = f"xl/worksheets/sheet{position + 1}.xml"
        body = files[sheet].decode()
        body = body.replace("</worksheet>", '<drawing r:id="rIdDrawing"/></worksheet>')
        if "xmlns:r=" not in body:
            body = body.replace("<worksheet ", f'<worksheet xmlns:r="{_KIND}" ', 1)
        files[sheet] = body.encode()
        name = f"drawing{position + 1}.xml"
        files[f"xl/drawings/{name}"] = f"{_DRAWING}{''.join(shapes)}</xdr:wsDr>".encode()
        files[f"xl/worksheets/_rels/sheet{position + 1}.xml.rels"] = (
            f'{_RELATIONS}<Relationship Id="rIdDrawing" Type="{_KIND}/drawing"'
            f' Target="../drawings/{name}"/></Relationships>'
        ).encode()
    return pack(files | (parts or {}), path)


def pack(files: dict[str, bytes], path: Path) -> SourceFile:
    """A zip file of parts as a source."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return source(path)


def source(path: Path) -> SourceFile:
    """A file on disk as a source."""
    data = path.read_bytes()
    return SourceFile(path.name, hashlib.sha256(data).hexdigest(), XLSX, path, len(data))


def read(file: SourceFile) -> SourceDocument:
    """The document of a file."""
    return read_xlsx(file, IngestSettings())


def read_page(file: SourceFile) -> Page:
    """The one page of a file."""
    (page,) = read(file).pages
    return page


def grids(page: Page) -> list[Grid]:
    """The grids of a page."""
    return [block for block in page.blocks if isinstance(block, Grid)]


def texts(grid: Grid) -> list[list[str]]:
    """The texts of a grid."""
    return [[cell.text for cell in row] for row in grid.rows]


def edges(page: Page) -> list[tuple[str, str, str]]:
    """The connectors by the cells of their symbols: "C4", "D5", "Ya"."""
    cells = {symbol.id: cell_of(symbol) for symbol in page.symbols}
    return [
        (
            cells[c.tail] if c.tail is not None else "",
            cells[c.head] if c.head is not None else "",
            c.label,
        )
        for c in page.connectors
    ]


def cell_of(symbol: Symbol) -> str:
    """The cell that a symbol stands in, without the sheet."""
    return (symbol.place.where or "").rpartition("!")[2]


HEADER_ROW, FIRST_STEP = 1, 3  # of `flow_sheet`, as Excel counts


def flow_sheet(steps: int = 3, *, ruled: bool = True) -> Workbook:
    """A sheet that is a step table: A No, B Kegiatan, C to E actors, F to H Mutu Baku, I Ket.

    Its rows are 40 points high, its columns 60 points wide.
    """
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "SOP"
    for column, text in zip(
        "ABCFI", ("No", "Kegiatan", "Pelaksana", "Mutu Baku", "Ket"), strict=True
    ):
        sheet[f"{column}1"] = text
    for column, text in zip(
        "CDEFGH", ("Staf", "Kasubbag", "Kepala", "Kelengkapan", "Waktu", "Output"), strict=True
    ):
        sheet[f"{column}2"] = text
    for merged in ("A1:A2", "B1:B2", "C1:E1", "F1:H1", "I1:I2"):
        sheet.merge_cells(merged)
    for step in range(1, steps + 1):
        row = FIRST_STEP + step - 1
        values: tuple[str | int, ...] = (
            step,
            f"Melakukan langkah {step}",
            "Berkas",
            f"{step * 5} menit",
            "Dokumen",
        )
        for column, value in zip("ABFGH", values, strict=True):
            sheet[f"{column}{row}"] = value
    side = Side("thin")
    for row in range(1, FIRST_STEP + steps):
        sheet.row_dimensions[row].height = 40
        for column in "ABCDEFGHI":
            if ruled:
                sheet[f"{column}{row}"].border = Border(side, side, side, side)
    for column in "ABCDEFGHI":
        sheet.column_dimensions[column].width = 80 / 7  # 80 pixels, 60 points
    return workbook


def in_cell(cell: str, content: str) -> str:
    """A shape in the middle of a cell of `flow_sheet`: 40 points wide, 20 high."""
    column, row = ord(cell[0]) - 65, int(cell[1:]) - 1
    return anchor(content, At(column, row, 10, 10), At(column, row, 50, 30))
