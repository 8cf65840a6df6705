"""The drawing part of a worksheet: anchored shapes, connectors and groups."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Literal
from xml.sax.saxutils import escape

from tools.make_sheets.office.pieces import (
    Ink,
    Piece,
    emu,
    geometry,
    glue,
    hull_of,
    is_text_box,
    name_of,
    paint,
    style_of,
    xfrm,
)
from tools.make_sheets.office.place import Box

_OPEN = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
)
AnchorKind = Literal["two", "one", "absolute"]


@dataclass
class Ruler:
    """Where the columns and rows of a worksheet begin, in points; both lists start with 0."""

    columns: list[float] = field(default_factory=lambda: [0.0])
    rows: list[float] = field(default_factory=lambda: [0.0])

    def column(self, index: int) -> float:
        """Left of a column, counted from 0."""
        return self.columns[index]

    def row(self, index: int) -> float:
        """Top of a row, counted from 0."""
        return self.rows[index]

    def marker(self, x: float, y: float) -> str:
        """Column, row and the offsets in them of a point of the sheet."""
        column = min(max(bisect_right(self.columns, x) - 1, 0), len(self.columns) - 2)
        row = min(max(bisect_right(self.rows, y) - 1, 0), len(self.rows) - 2)
        return (
            f"<xdr:col>{column}</xdr:col><xdr:colOff>{emu(x - self.columns[column])}</xdr:colOff>"
            f"<xdr:row>{row}</xdr:row><xdr:rowOff>{emu(y - self.rows[row])}</xdr:rowOff>"
        )


def _text_body(piece: Piece, ink: Ink) -> str:
    if piece.kind == "line":
        return ""
    size = round(ink.font_pt * 100)
    color = '<a:solidFill><a:srgbClr val="000000"/></a:solidFill>'
    run = ""
    if piece.text:
        look = f'<a:rPr lang="id-ID" sz="{size}">{color}</a:rPr>'
        run = f"<a:r>{look}<a:t>{escape(piece.text)}</a:t></a:r>"
    return (
        '<xdr:txBody><a:bodyPr vertOverflow="clip" wrap="square" lIns="0" tIns="0" rIns="0" '
        f'bIns="0" anchor="ctr"/><a:lstStyle/><a:p><a:pPr algn="ctr"/>{run}</a:p></xdr:txBody>'
    )


def shape(piece: Piece, ink: Ink, scale: float = 1.0) -> str:
    """One `xdr:sp` or `xdr:cxnSp`; an author may also have drawn his lines as shapes."""
    name = f'<xdr:cNvPr id="{piece.id}" name="{name_of(piece, ink)}"/>'
    body = xfrm(piece, "a:xfrm", 0.0, 0.0, scale) + geometry(piece) + paint(ink, piece)
    theme = style_of(ink, piece, "xdr:style")
    if piece.kind == "line" and not piece.free and not ink.lines_as_shapes:
        return (
            f'<xdr:cxnSp macro=""><xdr:nvCxnSpPr>{name}<xdr:cNvCxnSpPr>{glue(piece)}'
            f"</xdr:cNvCxnSpPr></xdr:nvCxnSpPr><xdr:spPr>{body}</xdr:spPr>{theme}</xdr:cxnSp>"
        )
    box = ' txBox="1"' if is_text_box(ink, piece) else ""
    return (
        f'<xdr:sp macro="" textlink=""><xdr:nvSpPr>{name}<xdr:cNvSpPr{box}/></xdr:nvSpPr>'
        f"<xdr:spPr>{body}</xdr:spPr>{theme}{_text_body(piece, ink)}</xdr:sp>"
    )


def anchor(ruler: Ruler, box: Box, body: str, kind: AnchorKind, edit_as: str = "") -> str:
    """A body at its place in the sheet."""
    size = f'<xdr:ext cx="{emu(box.width)}" cy="{emu(box.height)}"/>'
    end = f"{body}<xdr:clientData/>"
    if kind == "absolute":
        place = f'<xdr:pos x="{emu(box.left)}" y="{emu(box.top)}"/>{size}'
        return f"<xdr:absoluteAnchor>{place}{end}</xdr:absoluteAnchor>"
    start = f"<xdr:from>{ruler.marker(box.left, box.top)}</xdr:from>"
    if kind == "one":
        return f"<xdr:oneCellAnchor>{start}{size}{end}</xdr:oneCellAnchor>"
    edit = f' editAs="{edit_as}"' if edit_as else ""
    stop = f"<xdr:to>{ruler.marker(box.right, box.bottom)}</xdr:to>"
    return f"<xdr:twoCellAnchor{edit}>{start}{stop}{end}</xdr:twoCellAnchor>"


def group(ruler: Ruler, pieces: list[Piece], ink: Ink, id: int, scale: float, nested: bool) -> str:
    """All shapes in one `xdr:grpSp`, in units of the group's own."""
    hull = hull_of(pieces)
    inner = "".join(shape(piece, ink, scale=scale) for piece in pieces)
    x, y, cx, cy = (emu(v) for v in (hull.left, hull.top, hull.width, hull.height))
    own = [emu(v * scale) for v in (hull.left, hull.top, hull.width, hull.height)]
    body = (
        f'<xdr:grpSp><xdr:nvGrpSpPr><xdr:cNvPr id="{id}" name="Group {id}"/><xdr:cNvGrpSpPr/>'
        f'</xdr:nvGrpSpPr><xdr:grpSpPr><a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{cx}" cy="{cy}"/>'
        f'<a:chOff x="{own[0]}" y="{own[1]}"/><a:chExt cx="{own[2]}" cy="{own[3]}"/></a:xfrm>'
        f"</xdr:grpSpPr>{inner}</xdr:grpSp>"
    )
    if nested:
        body = _around(hull, body, id + 9000)
    return anchor(ruler, hull, body, "two")


def _around(hull: Box, body: str, id: int) -> str:
    """A group in another one, which counts as the sheet does."""
    x, y, cx, cy = (emu(v) for v in (hull.left, hull.top, hull.width, hull.height))
    frame = f'<a:off x="{x}" y="{y}"/><a:ext cx="{cx}" cy="{cy}"/>'
    frame += f'<a:chOff x="{x}" y="{y}"/><a:chExt cx="{cx}" cy="{cy}"/>'
    return (
        f'<xdr:grpSp><xdr:nvGrpSpPr><xdr:cNvPr id="{id}" name="Group {id}"/><xdr:cNvGrpSpPr/>'
        f"</xdr:nvGrpSpPr><xdr:grpSpPr><a:xfrm>{frame}</a:xfrm></xdr:grpSpPr>{body}</xdr:grpSp>"
    )


def picture(ruler: Ruler, box: Box, id: int) -> str:
    """The agency's coat of arms."""
    x, y, cx, cy = (emu(v) for v in (box.left, box.top, box.width, box.height))
    body = (
        f'<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="{id}" name="Picture {id}"/><xdr:cNvPicPr/>'
        '</xdr:nvPicPr><xdr:blipFill><a:blip r:embed="rIdLogo"/><a:stretch><a:fillRect/>'
        f'</a:stretch></xdr:blipFill><xdr:spPr><a:xfrm><a:off x="{x}" y="{y}"/>'
        f'<a:ext cx="{cx}" cy="{cy}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</xdr:spPr></xdr:pic>"
    )
    return anchor(ruler, box, body, "two", "oneCell")


def drawing_part(anchors: list[str]) -> bytes:
    """The whole part."""
    return (_OPEN + "".join(anchors) + "</xdr:wsDr>").encode("utf-8")
