"""Shapes as VML, as Word 97 to 2007 wrote them and later ones still do beside DrawingML."""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape

from tools.make_sheets.office.pieces import Ink, Piece
from tools.make_sheets.office.place import Box, Point

# Shape types and outlines as Word writes them (ECMA-376 part 4, 19.1.2.20).
_TYPES: dict[str, tuple[int, str]] = {
    "flowChartProcess": (109, "m,l,21600r21600,l21600,xe"),
    "flowChartDecision": (110, "m10800,l,10800,10800,21600,21600,10800xe"),
    "diamond": (4, "m10800,l,10800,10800,21600,21600,10800xe"),
    "flowChartTerminator": (
        116,
        "m3475,0qx0,10800,3475,21600l18125,21600qx21600,10800,18125,0xe",
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


@dataclass(frozen=True)
class Where:
    """From where places count; inside a group they have no unit but twips."""

    x: float
    y: float
    grouped: bool = False

    def frame(self, box: Box, more: str = "") -> str:
        """The style that puts a shape at its place."""
        left, top = box.left - self.x, box.top - self.y
        if self.grouped:
            return (
                f"position:absolute;left:{left * 20:.0f};top:{top * 20:.0f};"
                f"width:{box.width * 20:.0f};height:{box.height * 20:.0f};visibility:visible{more}"
            )
        return (
            f"position:absolute;margin-left:{left:.2f}pt;margin-top:{top:.2f}pt;"
            f"width:{box.width:.2f}pt;height:{box.height:.2f}pt;z-index:251660288;"
            "visibility:visible;mso-wrap-style:square;mso-position-horizontal:absolute;"
            f"mso-position-vertical:absolute;v-text-anchor:middle{more}"
        )

    def point(self, point: Point) -> str:
        """`x,y` of an end of a line."""
        x, y = point[0] - self.x, point[1] - self.y
        return f"{x * 20:.0f},{y * 20:.0f}" if self.grouped else f"{x:.2f}pt,{y:.2f}pt"


def vml_group(pieces: list[Piece], ink: Ink, hull: Box, where: Where, id: int) -> str:
    """A group of shapes; `hull` is its frame on the page."""
    inside = Where(hull.left, hull.top, grouped=True)
    inner = "".join(vml_shape(piece, ink, inside) for piece in pieces)
    return (
        f'<v:group id="_x0000_s{1024 + id}" style="{where.frame(hull)}" coordorigin="0,0" '
        f'coordsize="{hull.width * 20:.0f},{hull.height * 20:.0f}">{inner}</v:group>'
    )


def box_text(text: str, size_pt: float) -> str:
    """The paragraphs of a text box, one a line."""
    half = round(size_pt * 2)
    return "".join(
        '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
        '<w:jc w:val="center"/></w:pPr><w:r><w:rPr>'
        '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/>'
        f'<w:sz w:val="{half}"/></w:rPr><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>'
        for line in text.split("\n")
    )


def _words(piece: Piece, ink: Ink) -> str:
    if not piece.text:
        return ""
    inner = box_text(piece.text, ink.font_pt)
    return f'<v:textbox inset="0,0,0,0"><w:txbxContent>{inner}</w:txbxContent></v:textbox>'


def vml_shape(piece: Piece, ink: Ink, where: Where) -> str:
    """One VML shape."""
    id = f'id="_x0000_s{1024 + piece.id}"'
    pen = f'strokecolor="#{ink.color.lower()}" strokeweight="{ink.width_pt}pt"'
    words = _words(piece, ink)
    if piece.kind == "label":
        return (
            f'<v:shape {id} type="#_x0000_t202" style="{where.frame(piece.box)}" filled="f" '
            f'stroked="f">{words}</v:shape>'
        )
    if piece.kind == "line":
        return _vml_line(piece, ink, f'{id} filled="f" {pen}', where)
    fill = f'fillcolor="#{ink.fill.lower()}"' if ink.fill else 'filled="f"'
    look = f"{id} {fill} {pen}"
    name = piece.bend.preset
    style = where.frame(piece.box, f";rotation:{piece.bend.turn}" if piece.bend.turn else "")
    if name == "roundRect":
        arc = f"{piece.bend.adj[0] / 100000:.2f}" if piece.bend.adj else ".16667"
        return f'<v:roundrect {look} style="{style}" arcsize="{arc}">{words}</v:roundrect>'
    if name in ("rect", "ellipse"):
        tag = "v:oval" if name == "ellipse" else "v:rect"
        return f'<{tag} {look} style="{style}">{words}</{tag}>'
    if name in _TYPES:
        number = _TYPES[name][0]
        return f'<v:shape {look} type="#_x0000_t{number}" style="{style}">{words}</v:shape>'
    path = _OWN_PATHS[name]
    return (
        f'<v:shape {look} coordsize="21600,21600" path="{path}" style="{style}">{words}</v:shape>'
    )


_OWN_PATHS = {
    "homePlate": "m,l17000,r4600,10800l17000,21600,,21600xe",
    "custom:kotak": _TYPES["flowChartProcess"][1],
    "custom:ketupat": _TYPES["diamond"][1],
    "custom:kapsul": _TYPES["flowChartTerminator"][1],
    "custom:segilima": _TYPES["flowChartOffpageConnector"][1],
}


def _vml_line(piece: Piece, ink: Ink, look: str, where: Where) -> str:
    start, end = piece.heads
    stroke = "<v:stroke"
    stroke += ' dashstyle="dash"' if piece.dashed else ""
    stroke += f' startarrow="{_HEADS[ink.head]}"' if start else ""
    stroke += f' endarrow="{_HEADS[ink.head]}"/>' if end else "/>"
    points, bend = piece.points, piece.bend
    if len(points) == 2:
        ends = f'from="{where.point(points[0])}" to="{where.point(points[1])}"'
        style = "position:absolute;z-index:251661312;visibility:visible"
        return f'<v:line {look} style="{style}" {ends}>{stroke}</v:line>'
    # Bends that leave their frame are free forms: programs draw them in different ways.
    if piece.free or any(not 0 <= value <= 100000 for value in bend.adj):
        xs, ys = [x for x, _ in points], [y for _, y in points]
        box = Box(min(xs), min(ys), max(xs), max(ys))
        local = [f"{(x - box.left) * 20:.0f},{(y - box.top) * 20:.0f}" for x, y in points]
        size = f"{max(box.width, 1) * 20:.0f},{max(box.height, 1) * 20:.0f}"
        path = f"m{local[0]}l{','.join(local[1:])}e"
        style = where.frame(box)
        return (
            f'<v:shape {look} coordsize="{size}" path="{path}" style="{style}">{stroke}</v:shape>'
        )
    # VML turns in the mirrored frame: one mirror makes the turn run the other way.
    turn = -bend.turn if bend.flip_h != bend.flip_v else bend.turn
    more = f";rotation:{turn}" if turn else ""
    flips = " ".join(["x"] * bend.flip_h + ["y"] * bend.flip_v)
    more += f";flip:{flips}" if flips else ""
    number = {f"bentConnector{k}": 31 + k for k in (2, 3, 4, 5)}[bend.preset]
    adj = ",".join(str(round(value * 0.216)) for value in bend.adj)
    adj = f' adj="{adj}"' if adj else ""
    style = where.frame(bend.box, more)
    return (
        f'<v:shape {look} type="#_x0000_t{number}" o:connectortype="elbow" style="{style}"{adj}>'
        f"{stroke}</v:shape>"
    )
