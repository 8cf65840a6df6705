"""A drawing as the shapes of an office file, before it is known which kind of file."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal
from xml.sax.saxutils import escape

from tools.make_sheets.office.connect import Bend, bend, squeeze, straight
from tools.make_sheets.office.join import join_lines
from tools.make_sheets.office.place import Box, Form, Mark, Point
from tools.make_sheets.office.route import Drawing, Line

EMU_PER_PT = 12700
DARK_FILLS = ("1F3864", "385623")  # text on them is white


def emu(points: float) -> int:
    """Points as English Metric Units."""
    return round(points * EMU_PER_PT)


Arrows = Literal["bent", "pieces", "free"]


@dataclass(frozen=True)
class Ink:
    """How one author draws: presets of the symbols, lines, heads, and how arrows are built.

    `arrows`: `bent` connectors, `pieces` (straight lines end to end) or `free` (one free form).
    `glued` connectors name the shapes that they join. `backwards` is the chance that an arrow was
    drawn from its head to its tail, `joins` the chance that lines to one head run into each other.
    `themed`: colours are the theme's, through style references; `text_boxes`: boxes are text boxes;
    `local_names`: shapes are named as an Indonesian Office names them.
    """

    presets: dict[Form, str]
    arrows: Arrows = "bent"
    glued: bool = True
    backwards: float = 0.0
    other_way: float = 0.3
    color: str = "000000"
    width_pt: float = 0.75
    fill: str | None = "FFFFFF"
    head: str = "triangle"
    font_pt: float = 7.0
    lines_as_shapes: bool = False
    joins: float = 0.0
    themed: bool = False
    text_boxes: bool = False
    head_size: str = ""
    label_fill: bool = False
    local_names: bool = False


@dataclass(frozen=True)
class Piece:
    """One shape. `points` is the way of a line on the page; `start` and `end` name (shape, site).

    `heads`: at the start and at the end of the way as it is drawn.
    """

    id: int
    kind: Literal["symbol", "line", "label"]
    bend: Bend
    text: str = ""
    points: tuple[Point, ...] = ()
    free: bool = False
    heads: tuple[bool, bool] = (False, False)
    dashed: bool = False
    start: tuple[int, int] | None = None
    end: tuple[int, int] | None = None
    anchor: tuple[int, int] | None = None  # row and lane of a symbol's own cell

    @property
    def box(self) -> Box:
        return self.bend.box


PRESETS: dict[Form, tuple[str, ...]] = {
    "kapsul": ("flowChartTerminator", "flowChartTerminator", "roundRect:50000", "roundRect"),
    "kotak": ("rect", "flowChartProcess"),
    "ketupat": ("diamond", "flowChartDecision"),
    "segilima": ("flowChartOffpageConnector",),
}
PRESETS_HELD_OUT: dict[Form, tuple[str, ...]] = {
    "kapsul": ("flowChartTerminator", "ellipse", "roundRect:50000", "custom"),
    "kotak": ("rect", "flowChartProcess", "custom"),
    "ketupat": ("diamond", "flowChartDecision", "custom"),
    "segilima": ("flowChartOffpageConnector", "homePlate", "custom"),
}


PRESETS_FRESH: dict[Form, tuple[str, ...]] = {
    "kapsul": ("roundRect:35000", "flowChartTerminator"),
    "kotak": ("flowChartProcess", "rect"),
    "ketupat": ("flowChartDecision",),
    "segilima": ("flowChartOffpageConnector",),
}


def make_ink(rng: random.Random, apart: int) -> Ink:
    """The hand of one author; `apart` as in a pool of words."""
    ink = _make_ink(rng, apart > 0)
    if apart < 2 or rng.random() < 0.5:
        return ink
    if rng.random() < 0.5:
        ink = replace(ink, presets={form: rng.choice(names) for form, names in _FRESH})
    return replace(
        ink,
        themed=rng.random() < 0.4,
        text_boxes=rng.random() < 0.35,
        head_size=rng.choice(("", "sm", "lg")),
        label_fill=rng.random() < 0.4,
        local_names=rng.random() < 0.5,
    )


_FRESH = tuple(PRESETS_FRESH.items())


def _make_ink(rng: random.Random, held_out: bool) -> Ink:
    table = PRESETS_HELD_OUT if held_out else PRESETS
    presets = {form: rng.choice(names) for form, names in table.items()}
    ways: tuple[Arrows, ...] = ("bent", "bent", "bent", "pieces")
    arrows = rng.choice((*ways, "free") if held_out else ways)
    glued = arrows == "bent" and rng.random() < 0.55
    return Ink(
        presets=presets,
        arrows=arrows,
        glued=glued,
        joins=0.0 if glued else rng.choice((0.0, 0.0, 0.5, 1.0)),
        backwards=rng.choice((0.0, 0.0, 0.2)),
        color=rng.choice(("000000", "000000", "1F3864", "4472C4", "5B9BD5")),
        width_pt=rng.choice((0.5, 0.75, 0.75, 1.0, 1.5)),
        fill=rng.choice(("FFFFFF", "FFFFFF", None, "DEEBF7", "FFFF00")),
        head=rng.choice(("triangle", "triangle", "arrow", "stealth")),
    )


_ELLIPSE_SITES = {0: 0, 1: 2, 2: 4, 3: 6}  # an ellipse has eight sites, from the top leftwards


def _site(ink: Ink, mark: Mark, side: int) -> tuple[int, int]:
    preset = ink.presets[mark.form]
    if preset == "ellipse":
        side = _ELLIPSE_SITES[side]
    elif preset == "homePlate":
        side = (side + 1) % 4  # turned by 90 degrees: its own left is the top of what is seen
    return mark.id, side


def build_pieces(
    rng: random.Random, ink: Ink, drawing: Drawing, marks: tuple[Mark, ...], first_id: int
) -> list[Piece]:
    """All shapes of a drawing, symbols first; their ids count from `first_id`."""
    drawing = join_lines(rng, drawing, ink.joins)
    by_id = {mark.id: mark for mark in marks if mark.id in drawing.boxes}
    ids = {mark: first_id + k for k, mark in enumerate(by_id)}
    pieces = [
        Piece(
            ids[mark.id],
            "symbol",
            _symbol_bend(ink, mark, drawing.boxes[mark.id]),
            mark.text,
            anchor=(mark.row, mark.lane),
        )
        for mark in by_id.values()
    ]
    for line in drawing.lines:
        tail = _site(ink, by_id[line.edge.tail], line.tail_side)
        head = _site(ink, by_id[line.edge.head], line.head_side)
        ends = ((ids[tail[0]], tail[1]), (ids[head[0]], head[1]))
        row = by_id[line.edge.tail].row, by_id[line.edge.tail].lane
        for piece in _arrow(rng, ink, line, ends if ink.glued else (None, None)):
            pieces.append(replace(piece, id=first_id + len(pieces), anchor=row))
        if line.label is not None:
            frame = Bend("rect", line.label)
            label = Piece(first_id + len(pieces), "label", frame, line.edge.label, anchor=row)
            pieces.append(label)
    return pieces


def _symbol_bend(ink: Ink, mark: Mark, box: Box) -> Bend:
    preset = ink.presets[mark.form]
    if preset == "homePlate":  # points right, so it is turned; its frame is the unturned one
        x, y = box.centre
        half_w, half_h = box.height / 2, box.width / 2
        return Bend(preset, Box(x - half_w, y - half_h, x + half_w, y + half_h), 90)
    if preset == "custom":
        return Bend(f"custom:{mark.form}", box)
    name, _, adj = preset.partition(":")
    return Bend(name, box, adj=(int(adj),) if adj else ())


def _heads(line: Line) -> tuple[bool, bool]:
    return line.edge.heads == 2, line.edge.heads >= 1 and not line.runs_into


End = tuple[int, int] | None


def _arrow(rng: random.Random, ink: Ink, line: Line, ends: tuple[End, End]) -> list[Piece]:
    points, heads = squeeze(line.points), _heads(line)
    start, end = ends
    if rng.random() < ink.backwards:
        points, heads, start, end = points[::-1], heads[::-1], end, start
    base = Piece(
        0,
        "line",
        straight(points[0], points[-1]),
        points=points,
        heads=heads,
        dashed=line.edge.dashed,
        start=start,
        end=end,
    )
    if ink.arrows == "pieces" and len(points) > 2:
        last = len(points) - 2
        return [
            replace(
                base,
                bend=straight(a, b),
                points=(a, b),
                heads=(heads[0] and k == 0, heads[1] and k == last),
            )
            for k, (a, b) in enumerate(pairwise(points))
        ]
    if len(points) > 6 or (ink.arrows == "free" and len(points) > 2):
        xs, ys = [x for x, _ in points], [y for _, y in points]
        box = Box(min(xs), min(ys), max(xs), max(ys))
        return [replace(base, bend=Bend("free", box), free=True)]
    return [replace(base, bend=bend(points, rng.random() < ink.other_way))]


def seen_box(piece: Piece) -> Box:
    """The frame as anchors count it: of a shape turned by a quarter, the turned frame."""
    box = piece.box
    if piece.bend.turn % 180 == 0:
        return box
    x, y = box.centre
    return Box(x - box.height / 2, y - box.width / 2, x + box.height / 2, y + box.width / 2)


def hull_of(pieces: list[Piece]) -> Box:
    """The frame around shapes as they are seen."""
    boxes = [seen_box(piece) for piece in pieces]
    boxes += [Box(x, y, x, y) for piece in pieces for x, y in piece.points]
    return Box(
        min(b.left for b in boxes),
        min(b.top for b in boxes),
        max(b.right for b in boxes),
        max(b.bottom for b in boxes),
    )


def xfrm(piece: Piece, tag: str, dx: float = 0.0, dy: float = 0.0, scale: float = 1.0) -> str:
    """The frame of a shape, moved and scaled."""
    form, box = piece.bend, piece.box
    turn = f' rot="{form.turn * 60000}"' if form.turn else ""
    turn += ' flipH="1"' * form.flip_h + ' flipV="1"' * form.flip_v
    x, y = emu((box.left + dx) * scale), emu((box.top + dy) * scale)
    cx, cy = emu(box.width * scale), emu(box.height * scale)
    return f'<{tag}{turn}><a:off x="{x}" y="{y}"/><a:ext cx="{cx}" cy="{cy}"/></{tag}>'


def geometry(piece: Piece) -> str:
    """`prstGeom`, or `custGeom` for free forms."""
    name = piece.bend.preset
    if piece.free:
        box = piece.box
        local = [(emu(x - box.left), emu(y - box.top)) for x, y in piece.points]
        return _cust_geom(emu(box.width), emu(box.height), local, closed=False)
    if name.startswith("custom:"):
        return _CUSTOM[name.removeprefix("custom:")]
    names = ["adj"] if len(piece.bend.adj) == 1 else []
    if name.startswith("bent"):
        names = [f"adj{k}" for k in range(1, len(piece.bend.adj) + 1)]
    guides = "".join(
        f'<a:gd name="{n}" fmla="val {value}"/>'
        for n, value in zip(names, piece.bend.adj, strict=True)
    )
    return f'<a:prstGeom prst="{name}"><a:avLst>{guides}</a:avLst></a:prstGeom>'


def _cust_geom(width: int, height: int, points: list[tuple[int, int]], closed: bool) -> str:
    first, *rest = (f'<a:pt x="{x}" y="{y}"/>' for x, y in points)
    path = f"<a:moveTo>{first}</a:moveTo>" + "".join(f"<a:lnTo>{p}</a:lnTo>" for p in rest)
    return _cust(
        width, height, path + ("<a:close/>" if closed else ""), "" if closed else ' fill="none"'
    )


def _cust(width: int, height: int, path: str, more: str = "") -> str:
    return (
        "<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
        '<a:rect l="0" t="0" r="r" b="b"/>'
        f'<a:pathLst><a:path w="{width}" h="{height}"{more}>{path}</a:path></a:pathLst>'
        "</a:custGeom>"
    )


def _arc(start: int) -> str:
    return f'<a:arcTo wR="50" hR="50" stAng="{start}" swAng="10800000"/>'


_CUSTOM: dict[str, str] = {
    "kotak": _cust_geom(200, 100, [(0, 0), (200, 0), (200, 100), (0, 100)], closed=True),
    "ketupat": _cust_geom(200, 200, [(100, 0), (200, 100), (100, 200), (0, 100)], closed=True),
    "segilima": _cust_geom(
        200, 200, [(0, 0), (200, 0), (200, 140), (100, 200), (0, 140)], closed=True
    ),
    "kapsul": _cust(
        200,
        100,
        '<a:moveTo><a:pt x="50" y="0"/></a:moveTo><a:lnTo><a:pt x="150" y="0"/></a:lnTo>'
        + _arc(16200000)
        + '<a:lnTo><a:pt x="50" y="100"/></a:lnTo>'
        + _arc(5400000)
        + "<a:close/>",
    ),
}


def paint(ink: Ink, piece: Piece) -> str:
    """Fill and line of a shape."""
    if piece.kind == "label":
        white = '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>'
        return f"{white if ink.label_fill else '<a:noFill/>'}<a:ln><a:noFill/></a:ln>"
    solid = f'<a:solidFill><a:srgbClr val="{ink.color}"/></a:solidFill>'
    dash = '<a:prstDash val="dash"/>' if piece.dashed else ""
    fill = ""
    ends = ""
    if piece.kind == "symbol":
        fill = "<a:noFill/>"
        if ink.fill:
            fill = f'<a:solidFill><a:srgbClr val="{ink.fill}"/></a:solidFill>'
    else:
        fill = "<a:noFill/>" if piece.free else ""
        size = f' w="{ink.head_size}" len="{ink.head_size}"' if ink.head_size else ""
        ends += f'<a:headEnd type="{ink.head}"{size}/>' if piece.heads[0] else ""
        ends += f'<a:tailEnd type="{ink.head}"{size}/>' if piece.heads[1] else ""
    if ink.themed:
        fill = fill if piece.free else ""
        return f"{fill}<a:ln>{dash}{ends}</a:ln>" if dash or ends else fill
    return f'{fill}<a:ln w="{emu(ink.width_pt)}">{solid}{dash}{ends}</a:ln>'


def style_of(ink: Ink, piece: Piece, tag: str) -> str:
    """The references to the theme with which Office draws what says nothing of its own."""
    if not ink.themed or piece.kind == "label":
        return ""
    line, fill = ("1", "0") if piece.kind == "line" else ("2", "1")
    colour = '<a:schemeClr val="accent1"/>'
    return (
        f'<{tag}><a:lnRef idx="{line}">{colour}</a:lnRef><a:fillRef idx="{fill}">{colour}'
        f'</a:fillRef><a:effectRef idx="0">{colour}</a:effectRef><a:fontRef idx="minor">'
        f'<a:schemeClr val="{"tx1" if piece.kind == "line" else "lt1"}"/></a:fontRef></{tag}>'
    )


def is_text_box(ink: Ink, piece: Piece) -> bool:
    """Whether the shape was put in as a text box: every label, and boxes of some authors."""
    box = piece.kind == "symbol" and piece.bend.preset in ("rect", "flowChartProcess")
    return piece.kind == "label" or (ink.text_boxes and box)


def glue(piece: Piece) -> str:
    """`stCxn` and `endCxn` of a connector that knows its ends."""
    found = ""
    if piece.start:
        found += f'<a:stCxn id="{piece.start[0]}" idx="{piece.start[1]}"/>'
    if piece.end:
        found += f'<a:endCxn id="{piece.end[0]}" idx="{piece.end[1]}"/>'
    return found


_LOCAL = {
    "flowChartTerminator": "Bagan Alur: Penghenti",
    "flowChartProcess": "Bagan Alur: Proses",
    "flowChartDecision": "Bagan Alur: Keputusan",
    "flowChartOffpageConnector": "Bagan Alur: Konektor Luar Halaman",
    "rect": "Persegi Panjang",
    "roundRect": "Persegi Panjang: Sudut Lengkung",
    "diamond": "Diamond",
    "ellipse": "Oval",
}


def _local_name(piece: Piece) -> str:
    if piece.kind == "label":
        return f"Kotak Teks {piece.id}"
    if piece.kind == "line":
        straight_line = piece.bend.preset.startswith("straight")
        return f"{'Konektor Panah Lurus' if straight_line else 'Konektor: Siku'} {piece.id}"
    return f"{_LOCAL.get(piece.bend.preset, 'Bentuk Bebas: Bentuk')} {piece.id}"


def name_of(piece: Piece, ink: Ink) -> str:
    """A name as Office gives it."""
    if ink.local_names:
        return _local_name(piece)
    if piece.kind == "label":
        return f"Text Box {piece.id}"
    if piece.kind == "line":
        if piece.free:
            return f"Freeform {piece.id}"
        straight_line = piece.bend.preset.startswith("straight")
        return f"{'Straight Arrow' if straight_line else 'Elbow'} Connector {piece.id}"
    form = piece.bend.preset.split(":")[-1]
    return f"{escape(form[0].upper() + form[1:])} {piece.id}"
