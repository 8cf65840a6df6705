"""DrawingML geometry of symbols and connectors, which Word and Excel share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sopextract.render.office import emu
from sopextract.render.sheet.model import Drawn
from sopextract.render.sheet.placed import SIDES, Box, PlacedLine, Spot

PRESETS: dict[Drawn, str] = {
    "terminator": "flowChartTerminator",
    "proses": "flowChartProcess",
    "keputusan": "flowChartDecision",
    "konektor": "flowChartOffpageConnector",
}
NAMES: dict[Drawn, str] = {
    "terminator": "Terminator",
    "proses": "Proses",
    "keputusan": "Keputusan",
    "konektor": "Penghubung",
}
NEAR_MM = 0.01  # nearer than any two channels: what was computed in two ways is the same
LINE_EMU = 9525  # 0.75 points, as office programs draw by default
# A head of usual length on lines so thin is 2.2 mm in LibreOffice and 2.1 in Word; on a last
# piece that is shorter it would point askew
HEAD_MM = 2.4
_HEAD = '<a:{end} type="triangle" w="{size}" len="{size}"/>'
_INK = '<a:solidFill><a:srgbClr val="000000"/></a:solidFill>'


@dataclass(frozen=True, slots=True)
class Geometry:
    """Box and form of one connector; `native`: a connector that office programs can glue.

    `reverse`: its path runs from the line's end to its start.
    """

    box: Box
    xfrm: str
    form: str
    native: bool
    reverse: bool


def plain_geometry(line: PlacedLine) -> Geometry:
    """A connector as a straight preset or a freeform: forms that no program lays anew."""
    straight = len(line.points) == 2
    return _preset("straightConnector1", line.points, "") if straight else _freeform(line.points)


def line_geometry(line: PlacedLine) -> Geometry:
    """A connector as the preset that draws it, else as a freeform."""
    points = line.points
    straight, down = len(points) == 2, _is_down(points[0], points[1])
    if straight:
        return _preset("straightConnector1", points, "")
    if len(points) == 3 and down:  # down, then across: the preset reversed
        return _preset("bentConnector2", points[::-1], "", reverse=True)
    if len(points) == 3:
        return _preset("bentConnector2", points, "")
    (ax, _), (bx, _), _, (dx, _) = points[:4]
    if len(points) == 4 and not down and abs(dx - ax) > NEAR_MM:
        share = (bx - ax) / (dx - ax)
        if 0 <= share <= 1:
            guide = f'<a:gd name="adj1" fmla="val {round(share * 100_000)}"/>'
            return _preset("bentConnector3", points, guide)
    return _freeform(points)


def _is_down(a: Spot, b: Spot) -> bool:
    """Whether a piece of a line runs down or up: its ends were not computed in the same way."""
    return abs(a[0] - b[0]) < abs(a[1] - b[1])


def _preset(form: str, points: Sequence[Spot], guide: str, *, reverse: bool = False) -> Geometry:
    (ax, ay), (bx, by) = points[0], points[-1]
    box = Box(min(ax, bx), min(ay, by), abs(bx - ax), abs(by - ay))
    flips = (' flipH="1"' if bx < ax else "") + (' flipV="1"' if by < ay else "")
    geometry = f'<a:prstGeom prst="{form}"><a:avLst>{guide}</a:avLst></a:prstGeom>'
    return Geometry(box, flips, geometry, True, reverse)


def _freeform(points: Sequence[Spot]) -> Geometry:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    box = Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
    steps = "".join(
        f'<a:{"lnTo" if i else "moveTo"}><a:pt x="{emu(x - box.left)}" y="{emu(y - box.top)}"/>'
        f"</a:{'lnTo' if i else 'moveTo'}>"
        for i, (x, y) in enumerate(points)
    )
    geometry = (
        "<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
        '<a:rect l="0" t="0" r="r" b="b"/><a:pathLst>'
        f'<a:path w="{emu(box.width)}" h="{emu(box.height)}" fill="none">{steps}</a:path>'
        "</a:pathLst></a:custGeom>"
    )
    return Geometry(box, "", geometry, False, False)


def line_ink(line: PlacedLine, *, reverse: bool) -> str:
    """The stroke of a connector with its arrow head, at the end where the flow arrives."""
    (ax, ay), (bx, by) = line.points[-2:]
    size = "sm" if abs(bx - ax) + abs(by - ay) < HEAD_MM else "med"
    end = "headEnd" if reverse else "tailEnd"
    head = _HEAD.format(end=end, size=size) if line.head else ""
    return f'<a:ln w="{LINE_EMU}">{_INK}<a:round/>{head}</a:ln>'


def symbol_ink(*, dashed: bool) -> str:
    """Fill and outline of a symbol."""
    dash = '<a:prstDash val="dash"/>' if dashed else ""
    return (
        '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>'
        f'<a:ln w="{LINE_EMU}">{_INK}{dash}<a:miter lim="800000"/></a:ln>'
    )


def glue(line: PlacedLine, ids: Sequence[int], *, reverse: bool) -> str:
    """Which sites of which symbols a connector is joined to."""
    ends = [(ids[line.source], line.start_side), (ids[line.target], line.end_side)]
    if reverse:
        ends.reverse()
    parts = zip(("stCxn", "endCxn"), ends, strict=True)
    return "".join(
        f'<a:{name} id="{id_}" idx="{SIDES.index(side)}"/>' for name, (id_, side) in parts if side
    )
