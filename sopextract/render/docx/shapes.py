"""Symbols, connectors and labels as native shapes of Word, anchored in the cells they begin in."""

from __future__ import annotations

from dataclasses import dataclass, field

from sopextract.render.docx.words import FONT
from sopextract.render.drawing import (
    NAMES,
    PRESETS,
    glue,
    line_geometry,
    line_ink,
    symbol_ink,
)
from sopextract.render.office import emu, xml_text
from sopextract.render.sheet.placed import (
    Box,
    PlacedLine,
    PlacedPage,
    PlacedSymbol,
    cell_at,
    complete,
)

_WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
# Marks a shape as one that readers who hear the document need not be told of ([MS-ODRAWXML] 2.30)
_DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext>'
    "</a:extLst>"
)
_LINES, _SYMBOLS, _LABELS = 1, 1000, 2000  # what lies over what


@dataclass(slots=True)
class ShapeIds:
    """Numbers shapes through a whole document."""

    last: int = 100

    def take(self) -> int:
        """The next number."""
        self.last += 1
        return self.last


@dataclass(slots=True)
class Anchors:
    """Runs with shapes by row and lane of the page's table."""

    runs: dict[tuple[int, int], list[str]] = field(default_factory=dict)

    def of(self, row: int, lane: int) -> str:
        """The runs of one cell."""
        return "".join(self.runs.get((row, lane), ()))


def anchor_shapes(page: PlacedPage, ids: ShapeIds) -> Anchors:
    """All shapes of a page in the cells that hold their top left corners.

    A line that runs into another is drawn on to its symbol, so that it is glued at both ends.
    """
    anchors = Anchors()
    numbers = [ids.take() for _ in page.symbols]
    for symbol, number in zip(page.symbols, numbers, strict=True):
        _place(anchors, page, symbol.box, _symbol(symbol, number))
    for line in (complete(line, page.lines) for line in page.lines):
        geometry = line_geometry(line)
        _place(anchors, page, geometry.box, _line(line, numbers, ids.take()))
    for label in page.labels:
        number = ids.take()
        name = f"Label {number}"
        shape = (
            f'<wps:cNvPr id="{number}" name="{name}"/><wps:cNvSpPr txBox="1"/><wps:spPr>'
            f"{_xfrm(label.box, '')}"
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
            '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln><a:noFill/></a:ln>'
            f"</wps:spPr>{_text(label.text, label.text_pt)}{_BODY}"
        )
        doc = f'<wp:docPr id="{number}" name="{name}">{_DECORATIVE}</wp:docPr>'
        _place(anchors, page, label.box, _Shape(shape, doc, _LABELS + number))
    return anchors


@dataclass(frozen=True, slots=True)
class _Shape:
    body: str
    doc: str
    height: int


_BODY = (
    '<wps:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"><a:noAutofit/>'
    "</wps:bodyPr>"
)


def _xfrm(box: Box, flips: str) -> str:
    return (
        f'<a:xfrm{flips}><a:off x="0" y="0"/>'
        f'<a:ext cx="{emu(box.width)}" cy="{emu(box.height)}"/></a:xfrm>'
    )


def _text(text: str, size_pt: float) -> str:
    size = round(size_pt * 2)
    return (
        '<wps:txbx><w:txbxContent><w:p><w:pPr><w:spacing w:before="0" w:after="0" '
        f'w:line="{round(size_pt * 24)}" w:lineRule="exact"/><w:jc w:val="center"/></w:pPr>'
        f'<w:r><w:rPr><w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}"/>'
        f'<w:color w:val="000000"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
        f'<w:lang w:val="id-ID"/></w:rPr><w:t>{xml_text(text)}</w:t></w:r></w:p>'
        "</w:txbxContent></wps:txbx>"
    )


def _symbol(symbol: PlacedSymbol, number: int) -> _Shape:
    name = f"{NAMES[symbol.drawn]} {number}"
    text = _text(symbol.text, symbol.text_pt) if symbol.text else ""
    body = (
        f'<wps:cNvPr id="{number}" name="{name}" descr="{xml_text(symbol.alt)}"/><wps:cNvSpPr/>'
        f"<wps:spPr>{_xfrm(symbol.box, '')}"
        f'<a:prstGeom prst="{PRESETS[symbol.drawn]}"><a:avLst/></a:prstGeom>'
        f"{symbol_ink(dashed=symbol.dashed)}</wps:spPr>{text}{_BODY}"
    )
    doc = f'<wp:docPr id="{number}" name="{name}" descr="{xml_text(symbol.alt)}"/>'
    return _Shape(body, doc, _SYMBOLS + number)


def _line(line: PlacedLine, numbers: list[int], number: int) -> _Shape:
    geometry = line_geometry(line)
    name = f"Panah {number}"
    joined = glue(line, numbers, reverse=geometry.reverse) if geometry.native else ""
    kind = f"<wps:cNvCnPr>{joined}</wps:cNvCnPr>" if geometry.native else "<wps:cNvSpPr/>"
    body = (
        f'<wps:cNvPr id="{number}" name="{name}"/>{kind}<wps:spPr>'
        f"{_xfrm(geometry.box, geometry.xfrm)}{geometry.form}<a:noFill/>"
        f"{line_ink(line, reverse=geometry.reverse)}</wps:spPr><wps:bodyPr/>"
    )
    doc = f'<wp:docPr id="{number}" name="{name}">{_DECORATIVE}</wp:docPr>'
    return _Shape(body, doc, _LINES + number)


def _place(anchors: Anchors, page: PlacedPage, box: Box, shape: _Shape) -> None:
    lane, row = cell_at(page.lanes_x, box.left), cell_at(page.rows_y, box.top)
    x, y = box.left - page.lanes_x[lane], box.top - page.rows_y[row]
    anchors.runs.setdefault((row, lane), []).append(
        "<w:r><w:rPr><w:noProof/></w:rPr><mc:AlternateContent>"
        '<mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" '
        f'simplePos="0" relativeHeight="{251_658_240 + shape.height}" behindDoc="0" locked="0" '
        'layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="column"><wp:posOffset>{emu(x)}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="paragraph"><wp:posOffset>{emu(y)}</wp:posOffset>'
        f'</wp:positionV><wp:extent cx="{emu(box.width)}" cy="{emu(box.height)}"/>'
        '<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        f"{shape.doc}<wp:cNvGraphicFramePr/>"
        f'<a:graphic><a:graphicData uri="{_WPS}"><wps:wsp>{shape.body}</wps:wsp></a:graphicData>'
        "</a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback/></mc:AlternateContent></w:r>"
    )
