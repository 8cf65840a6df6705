"""Shapes as VML, as Word 97 to 2007 wrote them and later ones still do beside DrawingML."""

from __future__ import annotations

from xml.sax.saxutils import escape

from tools.make_sheets.office.pieces import Ink, Piece
from tools.make_sheets.office.place import Box

# Shape types and outlines as Word writes them (ECMA-376 part 4, 19.1.2.20).
_TYPES: dict[str, tuple[int, str]] = {
    "flowChartProcess": (109, "m,l,21600r21600,l21600,xe"),
    "flowChartDecision": (110, "m10800,l,10800,10800,21600,21600,10800xe"),
    "diamond": (4, "m10800,l,10800,10800,21600,21600,10800xe"),
    "flowChartTerminator": (
        116,
        "m3475,qx,10800,3475,21600l18125,21600qx21600,10800,18125,xe",
    ),
    "flowChartOffpageConnector": (177, "m,l21600,r,17255l10800,21600,,17255xe"),
}
_BENT = (
    (33, "m,l21600,r,21600e", 0),
    (34, "m,l@0,0@0,21600,21600,21600e", 1),
    (35, "m,l@0,0@0@1,21600@1,21600,21600e", 2),
    (36, "m,l@0,0@0@1@2@1@2,21600,21600,21600e", 3),
)
_HEADS = {"triangle": "block", "arrow": "open", "stealth": "classic"}


def shape_types() -> str:
    """The definitions that a file with VML alone has once, before its first shape."""
    found = "".join(
        f'<v:shapetype id="_x0000_t{number}" coordsize="21600,21600" o:spt="{number}" '
        f'path="{path}"><v:stroke joinstyle="miter"/>'
        '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
        for number, path in (*_TYPES.values(), (202, "m,l,21600r21600,l21600,xe"))
    )
    for number, path, count in _BENT:
        adj = f' adj="{",".join(["10800"] * count)}"' if count else ""
        rules = "".join(f'<v:f eqn="val #{k}"/>' for k in range(count))
        found += (
            f'<v:shapetype id="_x0000_t{number}" coordsize="21600,21600" o:spt="{number}" '
            f'o:oned="t"{adj} path="{path}" filled="f"><v:stroke joinstyle="miter"/>'
            f"<v:formulas>{rules}</v:formulas>"
            '<v:path arrowok="t" fillok="f" o:connecttype="none"/></v:shapetype>'
        )
    return found


def _frame(box: Box, x: float, y: float, more: str = "") -> str:
    return (
        f"position:absolute;margin-left:{box.left - x:.2f}pt;margin-top:{box.top - y:.2f}pt;"
        f"width:{box.width:.2f}pt;height:{box.height:.2f}pt;z-index:251660288;visibility:visible;"
        "mso-wrap-style:square;mso-position-horizontal:absolute;"
        f"mso-position-vertical:absolute;v-text-anchor:middle{more}"
    )


def _words(piece: Piece, ink: Ink) -> str:
    if not piece.text:
        return ""
    return (
        '<v:textbox inset="0,0,0,0"><w:txbxContent><w:p><w:pPr><w:spacing w:after="0"/>'
        f'<w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:sz w:val="{round(ink.font_pt * 2)}"/>'
        f"</w:rPr><w:t>{escape(piece.text)}</w:t></w:r></w:p></w:txbxContent></v:textbox>"
    )


def vml_shape(piece: Piece, ink: Ink, x: float, y: float) -> str:
    """One VML shape, its place counted from x, y."""
    id = f'id="_x0000_s{1024 + piece.id}"'
    pen = f'strokecolor="#{ink.color.lower()}" strokeweight="{ink.width_pt}pt"'
    if piece.kind == "label":
        style = _frame(piece.box, x, y)
        return f'<v:shape {id} type="#_x0000_t202" style="{style}" filled="f" stroked="f">{_words(piece, ink)}</v:shape>'  # fmt: skip
    if piece.kind == "line":
        return _vml_line(piece, ink, id, pen, x, y)
    fill = f'fillcolor="#{ink.fill.lower()}"' if ink.fill else 'filled="f"'
    name = piece.bend.preset
    style = _frame(piece.box, x, y, f";rotation:{piece.bend.turn}" if piece.bend.turn else "")
    inner = _words(piece, ink)
    if name == "roundRect":
        arc = f"{piece.bend.adj[0] / 100000:.2f}" if piece.bend.adj else ".16667"
        return f'<v:roundrect {id} style="{style}" arcsize="{arc}" {fill} {pen}>{inner}</v:roundrect>'  # fmt: skip
    if name in ("rect", "ellipse"):
        tag = "v:oval" if name == "ellipse" else "v:rect"
        return f'<{tag} {id} style="{style}" {fill} {pen}>{inner}</{tag}>'
    number, path = _TYPES.get(name, (0, ""))
    if not number:
        outlines = {"custom:ketupat": "diamond", "custom:kapsul": "flowChartTerminator"}
        outlines |= {"custom:segilima": "flowChartOffpageConnector", "homePlate": ""}
        _, path = _TYPES[outlines.get(name, "") or "flowChartProcess"]
        if name == "homePlate":
            path = "m,l17000,r4600,10800l17000,21600,,21600xe"
        return f'<v:shape {id} coordsize="21600,21600" path="{path}" style="{style}" {fill} {pen}>{inner}</v:shape>'  # fmt: skip
    return f'<v:shape {id} type="#_x0000_t{number}" style="{style}" {fill} {pen}>{inner}</v:shape>'


def _vml_line(piece: Piece, ink: Ink, id: str, pen: str, x: float, y: float) -> str:
    start, end = piece.heads
    stroke = "<v:stroke"
    stroke += ' dashstyle="dash"' if piece.dashed else ""
    stroke += f' startarrow="{_HEADS[ink.head]}"' if start else ""
    stroke += f' endarrow="{_HEADS[ink.head]}"/>' if end else "/>"
    points = [(px - x, py - y) for px, py in piece.points]
    if len(points) == 2:
        (ax, ay), (bx, by) = points
        return (
            f'<v:line {id} style="position:absolute;z-index:251661312;visibility:visible" '
            f'from="{ax:.2f}pt,{ay:.2f}pt" to="{bx:.2f}pt,{by:.2f}pt" {pen}>{stroke}</v:line>'
        )
    xs, ys = [px for px, _ in points], [py for _, py in points]
    box = Box(min(xs), min(ys), max(xs), max(ys))
    if piece.free:
        way = " ".join(f"{round(px * 20)},{round(py * 20)}" for px, py in points)
        (fx, fy), *rest = way.split(" ")[0].split(","), *way.split(" ")[1:]
        path = f"m{fx},{fy}l" + ",".join(rest) + "e"
        style = "position:absolute;margin-left:0;margin-top:0;width:100pt;height:100pt"
        return f'<v:shape {id} coordsize="2000,2000" path="{path}" style="{style}" filled="f" {pen}>{stroke}</v:shape>'  # fmt: skip
    bend = piece.bend
    more = f";rotation:{bend.turn}" if bend.turn else ""
    flips = "x" * bend.flip_h + "y" * bend.flip_v
    more += f";flip:{flips}" if flips else ""
    frame = Box(bend.box.left - x, bend.box.top - y, bend.box.right - x, bend.box.bottom - y)
    del box
    number = {"bentConnector2": 33, "bentConnector3": 34, "bentConnector4": 35, "bentConnector5": 36}[bend.preset]  # fmt: skip
    adj = ",".join(str(round(value * 0.216)) for value in bend.adj)
    adj = f' adj="{adj}"' if adj else ""
    return f'<v:shape {id} type="#_x0000_t{number}" o:connectortype="elbow" style="{_frame(frame, 0, 0, more)}"{adj} {pen}>{stroke}</v:shape>'  # fmt: skip
