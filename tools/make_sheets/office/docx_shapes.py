"""Shapes of a DOCX: one anchor each, a group or a canvas, beside VML or as VML alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

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
from tools.make_sheets.office.vml import Where, box_text, vml_group, vml_shape

NS = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    "wpc": "http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas",
    "wp14": "http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "w10": "urn:schemas-microsoft-com:office:word",
}
Wrap = Literal["both", "drawing", "vml"]


@dataclass(frozen=True)
class Origin:
    """From where an anchor counts: the frames' names in the file and where they lie on the page."""

    x: float
    y: float
    horizontal: str = "column"
    vertical: str = "paragraph"


def _text_body(piece: Piece, ink: Ink) -> str:
    if not piece.text:
        return ""
    return (
        f"<wps:txbx><w:txbxContent>{box_text(piece.text, ink.font_pt)}</w:txbxContent></wps:txbx>"
    )


def wsp(
    piece: Piece, ink: Ink, dx: float, dy: float, scale: float = 1.0, named: bool = True
) -> str:
    """One `wps:wsp` with its frame moved by dx, dy."""
    name = f'<wps:cNvPr id="{piece.id}" name="{name_of(piece, ink)}"/>' if named else ""
    if piece.kind == "line" and not piece.free:
        kind = f"<wps:cNvCnPr>{glue(piece)}</wps:cNvCnPr>"
    else:
        kind = '<wps:cNvSpPr txBox="1"/>' if is_text_box(ink, piece) else "<wps:cNvSpPr/>"
    insets = ' lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"' if piece.text else ""
    shape = xfrm(piece, "a:xfrm", dx, dy, scale) + geometry(piece) + paint(ink, piece)
    return (
        f'<wps:wsp>{name}{kind}<wps:spPr bwMode="auto">{shape}</wps:spPr>'
        f"{style_of(ink, piece, 'wps:style')}"
        f"{_text_body(piece, ink)}<wps:bodyPr{insets}/></wps:wsp>"
    )


def _anchor(
    origin: Origin, box: Box, id: int, name: str, uri: str, body: str, in_cell: bool
) -> str:
    x, y = emu(box.left - origin.x), emu(box.top - origin.y)
    return (
        '<w:drawing><wp:anchor distT="0" distB="0" distL="114300" distR="114300" simplePos="0" '
        f'relativeHeight="{251658240 + id * 1024}" behindDoc="0" locked="0" '
        f'layoutInCell="{int(in_cell)}" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="{origin.horizontal}"><wp:posOffset>{x}</wp:posOffset>'
        f'</wp:positionH><wp:positionV relativeFrom="{origin.vertical}">'
        f"<wp:posOffset>{y}</wp:posOffset></wp:positionV>"
        f'<wp:extent cx="{emu(box.width)}" cy="{emu(box.height)}"/>'
        '<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        f'<wp:docPr id="{id}" name="{name}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{uri}">{body}</a:graphicData></a:graphic>'
        "</wp:anchor></w:drawing>"
    )


def _run(drawing: str, fallback: str, wrap: Wrap, needs: str) -> str:
    if wrap == "vml":
        inner = f"<w:pict>{fallback}</w:pict>"
    elif wrap == "both":
        inner = (
            f'<mc:AlternateContent><mc:Choice Requires="{needs}">{drawing}</mc:Choice>'
            f"<mc:Fallback><w:pict>{fallback}</w:pict></mc:Fallback></mc:AlternateContent>"
        )
    else:
        inner = (
            f'<mc:AlternateContent><mc:Choice Requires="{needs}">{drawing}</mc:Choice>'
            "<mc:Fallback/></mc:AlternateContent>"
        )
    return f"<w:r><w:rPr><w:noProof/></w:rPr>{inner}</w:r>"


def shape_run(piece: Piece, ink: Ink, origin: Origin, wrap: Wrap, in_cell: bool) -> str:
    """A run with one floating shape."""
    box = piece.box
    body = wsp(piece, ink, -box.left, -box.top)
    drawing = _anchor(origin, box, piece.id, name_of(piece, ink), NS["wps"], body, in_cell)
    return _run(drawing, vml_shape(piece, ink, Where(origin.x, origin.y)), wrap, "wps")


def group_run(
    pieces: list[Piece],
    ink: Ink,
    origin: Origin,
    id: int,
    kind: Literal["wpg", "wpc"],
    scale: float,
) -> str:
    """A run with all shapes in one group or on one canvas.

    `scale` is how many units of the group make one of the page; a canvas has no own units.
    """
    hull = hull_of(pieces)
    where = Where(origin.x, origin.y)
    if kind == "wpc":
        hull = Box(hull.left - 4, hull.top - 4, hull.right + 4, hull.bottom + 4)
        inner = "".join(wsp(p, ink, -hull.left, -hull.top) for p in pieces)
        body = f"<wpc:wpc><wpc:bg/><wpc:whole/>{inner}</wpc:wpc>"
        drawing = _anchor(origin, hull, id, f"Canvas {id}", NS["wpc"], body, False)
        return _run(drawing, vml_group(pieces, ink, hull, where, id), "both", "wpc")
    shift = 36.0  # the children's origin is where Word first drew it, not at zero
    inner = "".join(wsp(p, ink, shift - hull.left, shift - hull.top, scale) for p in pieces)
    cx, cy = emu(hull.width), emu(hull.height)
    off, ext = emu(shift * scale), (emu(hull.width * scale), emu(hull.height * scale))
    body = (
        "<wpg:wgp><wpg:cNvGrpSpPr/><wpg:grpSpPr><a:xfrm>"
        f'<a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/>'
        f'<a:chOff x="{off}" y="{off}"/><a:chExt cx="{ext[0]}" cy="{ext[1]}"/>'
        f"</a:xfrm></wpg:grpSpPr>{inner}</wpg:wgp>"
    )
    drawing = _anchor(origin, hull, id, f"Group {id}", NS["wpg"], body, False)
    return _run(drawing, vml_group(pieces, ink, hull, where, id), "both", "wpg")
