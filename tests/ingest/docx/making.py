"""Builds small Word files for tests: python-docx for text and tables, raw XML for shapes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.shared import Pt

from sopextract.ingest import detect_media_type, ingest
from sopextract.model.source import Grid, Page, SourceFile, TextLine
from sopextract.settings import IngestSettings

_IDS = count(100)
_EMU = 12700
_NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup" '
    'xmlns:wpc="http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:w10="urn:schemas-microsoft-com:office:word" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_LINE = '<a:ln w="9525"><a:solidFill><a:srgbClr val="000000"/></a:solidFill>{ends}</a:ln>'
_NO_LINE = "<a:ln><a:noFill/></a:ln>"


@dataclass(frozen=True)
class Form:
    """One drawn form; lengths in points from what it is anchored or grouped in."""

    geometry: str
    x: float
    y: float
    w: float = 40
    h: float = 20
    text: str = ""
    lined: bool = True
    textbox: bool = False
    id: int = 0
    custom: str = ""

    def xml(self, own: bool = True) -> str:
        """The `wps:wsp`; `own` False for the only form of a drawing, whose anchor places it."""
        at = (self.x, self.y) if own else (0.0, 0.0)
        inside = (
            f"<wps:txbx><w:txbxContent>{paragraphs(self.text)}</w:txbxContent></wps:txbx>"
            if self.text
            else ""
        )
        geometry = self.custom or (f'<a:prstGeom prst="{self.geometry}"><a:avLst/></a:prstGeom>')
        line = _LINE.format(ends="") if self.lined else _NO_LINE
        fill = "" if self.lined else "<a:noFill/>"
        return (
            f'<wps:wsp><wps:cNvPr id="{self.id or next(_IDS)}" name="f"/>'
            f'<wps:cNvSpPr txBox="{int(self.textbox)}"/><wps:spPr>{xfrm(*at, self.w, self.h)}'
            f"{geometry}{fill}{line}</wps:spPr>{inside}<wps:bodyPr/></wps:wsp>"
        )


@dataclass(frozen=True)
class Line:
    """One connector from (x1, y1) to (x2, y2), glued to the ids given."""

    x1: float
    y1: float
    x2: float
    y2: float
    geometry: str = "straightConnector1"
    tail: str = "none"
    head: str = "triangle"
    start: int = 0
    end: int = 0
    adj: int | None = None

    @property
    def x(self) -> float:
        return min(self.x1, self.x2)

    @property
    def y(self) -> float:
        return min(self.y1, self.y2)

    @property
    def w(self) -> float:
        return abs(self.x2 - self.x1)

    @property
    def h(self) -> float:
        return abs(self.y2 - self.y1)

    def xml(self, own: bool = True) -> str:
        """The `wps:wsp` of the connector."""
        at = (self.x, self.y) if own else (0.0, 0.0)
        flips = (' flipH="1"' if self.x2 < self.x1 else "") + (
            ' flipV="1"' if self.y2 < self.y1 else ""
        )
        ends = f'<a:headEnd type="{self.tail}"/><a:tailEnd type="{self.head}"/>'
        glue = (f'<a:stCxn id="{self.start}" idx="2"/>' if self.start else "") + (
            f'<a:endCxn id="{self.end}" idx="0"/>' if self.end else ""
        )
        guide = "" if self.adj is None else f'<a:gd name="adj1" fmla="val {self.adj}"/>'
        return (
            f'<wps:wsp><wps:cNvPr id="{next(_IDS)}" name="c"/><wps:cNvCnPr>{glue}</wps:cNvCnPr>'
            f"<wps:spPr>{xfrm(*at, self.w, self.h, flips)}"
            f'<a:prstGeom prst="{self.geometry}"><a:avLst>{guide}</a:avLst></a:prstGeom>'
            f"{_LINE.format(ends=ends)}</wps:spPr><wps:bodyPr/></wps:wsp>"
        )


Piece = Form | Line


def paragraphs(text: str) -> str:
    """One `w:p` for each line."""
    return "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{line}</w:t></w:r></w:p>' for line in text.split("\n")
    )


def xfrm(x: float, y: float, w: float, h: float, attributes: str = "") -> str:
    """An `a:xfrm` of a box in points."""
    return (
        f'<a:xfrm{attributes}><a:off x="{emu(x)}" y="{emu(y)}"/>'
        f'<a:ext cx="{emu(w)}" cy="{emu(h)}"/></a:xfrm>'
    )


def emu(points: float) -> int:
    """Points in English metric units."""
    return round(points * _EMU)


def drawing(
    content: str,
    box: tuple[float, float, float, float],
    *,
    kind: str = "wordprocessingShape",
    origin: tuple[str, str] = ("column", "paragraph"),
    inline: bool = False,
) -> str:
    """A `w:drawing` whose anchor lies at x, y with a width and a height."""
    x, y, w, h = box
    data = (
        f'<wp:extent cx="{emu(w)}" cy="{emu(h)}"/>'
        f'{"" if inline else "<wp:wrapNone/>"}<wp:docPr id="{next(_IDS)}" name="d"/>'
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/'
        f'{kind}">{content}</a:graphicData></a:graphic>'
    )
    if inline:
        return f"<w:drawing><wp:inline>{data}</wp:inline></w:drawing>"
    return (
        '<w:drawing><wp:anchor simplePos="0" layoutInCell="1" behindDoc="0">'
        '<wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="{origin[0]}"><wp:posOffset>{emu(x)}</wp:posOffset>'
        f'</wp:positionH><wp:positionV relativeFrom="{origin[1]}">'
        f"<wp:posOffset>{emu(y)}</wp:posOffset></wp:positionV>{data}</wp:anchor></w:drawing>"
    )


def alone(piece: Piece, **options: Any) -> str:
    """A drawing of one form or line."""
    return drawing(piece.xml(own=False), (piece.x, piece.y, piece.w, piece.h), **options)


def group(
    pieces: Sequence[Piece | str],
    box: tuple[float, float, float, float],
    inside: tuple[float, float, float, float] | None = None,
    **options: Any,
) -> str:
    """A drawing of a group; `inside` is its box in the coordinates of its pieces."""
    x, y, w, h = box
    cx, cy, cw, ch = inside or (0, 0, w, h)
    transform = (
        f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{emu(w)}" cy="{emu(h)}"/>'
        f'<a:chOff x="{emu(cx)}" y="{emu(cy)}"/><a:chExt cx="{emu(cw)}" cy="{emu(ch)}"/></a:xfrm>'
    )
    content = "".join(p if isinstance(p, str) else p.xml() for p in pieces)
    wgp = f"<wpg:wgp><wpg:grpSpPr>{transform}</wpg:grpSpPr>{content}</wpg:wgp>"
    return drawing(wgp, (x, y, w, h), kind="wordprocessingGroup", **options)


def put(paragraph: Any, *runs: str) -> None:
    """Append raw content, each in a run of its own, to a paragraph of python-docx."""
    for content in runs:
        paragraph._p.append(parse_xml(f"<w:r {_NS}>{content}</w:r>"))


def element(xml: str) -> Any:
    """An element from XML that uses the usual prefixes without declaring them."""
    head, gap, rest = xml.partition(">") if " " not in xml.split(">")[0] else xml.partition(" ")
    return parse_xml(f"{head} {_NS}{gap}{rest}")


def new_document(text_width: float = 700) -> Any:
    """An empty landscape document whose paragraphs have no space round them."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Pt(text_width + 100), Pt(600)
    section.left_margin = section.right_margin = Pt(50)
    style = document.styles["Normal"]
    style.font.size = Pt(10)
    style.paragraph_format.space_after = Pt(0)
    return document


def add_table(
    document: Any, rows: Sequence[Sequence[str]], widths: Sequence[float], height: float = 40
) -> Any:
    """A table with the widths of its columns and the height of all rows in points."""
    table = document.add_table(len(rows), len(widths))
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Pt(width)
    for row, texts in zip(table.rows, rows, strict=True):
        row.height = Pt(height)
        for cell, text, width in zip(row.cells, texts, widths, strict=True):
            cell.width = Pt(width)
            cell.text = text
    return table


def read(document: Any, tmp_path: Path, name: str = "sop.docx") -> Page:
    """The one page that the reader makes of a document."""
    path = tmp_path / name
    document.save(str(path))
    return read_path(path)


def read_path(path: Path) -> Page:
    """The one page of a file, by the way that every file takes."""
    data = path.read_bytes()
    media_type = detect_media_type(path.name, data[:1024], path)
    source = SourceFile(path.name, "0" * 64, media_type, path, len(data))
    (page,) = ingest(source, IngestSettings()).pages
    return page


def lines(page: Page) -> list[str]:
    """The texts of all lines that are not blank."""
    return [b.text for b in page.blocks if isinstance(b, TextLine) and b.text]


def grids(page: Page) -> list[list[list[str]]]:
    """The texts of all grids."""
    return [
        [[cell.text for cell in row] for row in b.rows] for b in page.blocks if isinstance(b, Grid)
    ]


def arrows(page: Page) -> set[tuple[int | None, int | None, str]]:
    """All connectors as tail, head and label."""
    return {(c.tail, c.head, c.label) for c in page.connectors}
