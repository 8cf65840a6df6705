"""Reads the drawing of a worksheet: anchors, groups, shapes, connectors (DrawingML)."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from itertools import islice
from xml.etree.ElementTree import Element

from sopextract.core.geometry import Affine, Point
from sopextract.core.text import strip_controls
from sopextract.ingest.xlsx.custom import custom_path
from sopextract.ingest.xlsx.geometry import (
    Box,
    Placing,
    bounds,
    connector_path,
    place_unit,
)
from sopextract.ingest.xlsx.shapes import Drawing, Line, Shape
from sopextract.ingest.xlsx.sheet import Sheet
from sopextract.ingest.xlsx.xml import is_on, number, whole

log = logging.getLogger(__name__)

EMU_PER_PT = 12_700
_DEGREE = 60_000  # angles are counted in 60,000ths (ECMA-376 part 1, 20.1.10.3)
_MAX_SHAPES = 3_000  # of one sheet; a flow of 30 steps over 7 actors has about 150
_ANCHORS = ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor")
_CONNECTOR = re.compile(r"(?:straight|bent|curved)Connector\d")
_LINES = ("line", "lineInv", "straightConnector1")
# Block arrows that run straight: where their start and end lie in their own square.
_BLOCK_ARROWS = {
    "rightArrow": ((0.0, 0.5), (1.0, 0.5)), "notchedRightArrow": ((0.0, 0.5), (1.0, 0.5)),
    "stripedRightArrow": ((0.0, 0.5), (1.0, 0.5)), "leftArrow": ((1.0, 0.5), (0.0, 0.5)),
    "upArrow": ((0.5, 1.0), (0.5, 0.0)), "downArrow": ((0.5, 0.0), (0.5, 1.0)),
    "leftRightArrow": ((0.0, 0.5), (1.0, 0.5)), "upDownArrow": ((0.5, 0.0), (0.5, 1.0)),
}  # fmt: skip
_BOTH_WAYS = ("leftRightArrow", "upDownArrow")
_OPEN_STROKES = ("arc", "bracket", "brace", "leftBr", "rightBr", "bent", "uturn", "curved", "circ")


def read_drawing(root: Element, sheet: Sheet) -> Drawing:
    """The shapes of a drawing part, placed on its sheet. Hidden ones and comments are left out."""
    reader = _Reader()
    for anchor in _chosen(root):
        if anchor.tag not in _ANCHORS:
            continue
        content = _content(anchor)
        box = _anchor_box(anchor, content, sheet) if content is not None else None
        if content is not None and box is not None:
            reader.take_top(content, box)
    if len(reader.shapes) + len(reader.lines) >= _MAX_SHAPES:
        log.warning("a sheet has more than %d shapes; the rest was left out", _MAX_SHAPES)
    return Drawing(
        tuple(reader.shapes), tuple(reader.lines), tuple(reader.pictures), tuple(reader.strokes)
    )


def _chosen(parent: Element) -> Iterator[Element]:
    """The children, of alternatives the first choice: what the newest program shows."""
    for child in parent:
        if child.tag == "AlternateContent":
            choice = child.find("Choice")
            yield from _chosen(choice) if choice is not None else ()
        else:
            yield child


def _content(anchor: Element) -> Element | None:
    drawn = ("sp", "cxnSp", "grpSp", "pic", "graphicFrame")
    return next((child for child in _chosen(anchor) if child.tag in drawn), None)


def _anchor_box(anchor: Element, content: Element, sheet: Sheet) -> Box | None:
    """Where a shape lies before it is turned; None when its anchor is incomplete."""
    extent, position = anchor.find("ext"), anchor.find("pos")
    if anchor.tag == "absoluteAnchor":
        if extent is None or position is None:
            return None
        start = _emu(position, "x"), _emu(position, "y")
    else:
        marker = anchor.find("from")
        if marker is None:
            return None
        start = _marked(marker, sheet)
    if anchor.tag != "twoCellAnchor":
        if extent is None:
            return None
        end = start[0] + _emu(extent, "cx"), start[1] + _emu(extent, "cy")
        return _unturned(Box(*start, *end), content)
    marker = anchor.find("to")
    if marker is None:
        return None
    end = _marked(marker, sheet)
    box = Box(*start, max(start[0], end[0]), max(start[1], end[1]))
    return _unturned(box, content)


def _unturned(box: Box, content: Element) -> Box:
    """The box of a shape before it is turned, from that of its anchor.

    For a shape turned to its side Excel keeps where it lies then, other programs where it would lie
    upright; its own extent says which.
    """
    frame = _frame(content)
    if frame is None or not 45 <= (whole(frame.get("rot")) / _DEGREE) % 180 < 135:
        return box
    extent = frame.find("ext")
    if extent is not None:
        width, height = _emu(extent, "cx"), _emu(extent, "cy")
        upright = abs(box.width - width) + abs(box.height - height)
        if upright < abs(box.width - height) + abs(box.height - width):
            return box
    x, y = box.centre
    return Box(x - box.height / 2, y - box.width / 2, x + box.height / 2, y + box.width / 2)


def _marked(marker: Element, sheet: Sheet) -> tuple[float, float]:
    def at(tag: str) -> int:
        return max(whole(marker.findtext(tag)), 0)

    column = min(at("col"), sheet.columns.count - 1)
    row = min(at("row"), sheet.rows.count - 1)
    dx = min(at("colOff") / EMU_PER_PT, sheet.columns.size(column))
    dy = min(at("rowOff") / EMU_PER_PT, sheet.rows.size(row))
    return sheet.columns.start(column) + dx, sheet.rows.start(row) + dy


def _emu(element: Element, name: str) -> float:
    return whole(element.get(name)) / EMU_PER_PT


def _frame(content: Element) -> Element | None:
    """The transformation of a shape or group."""
    for path in ("spPr/xfrm", "grpSpPr/xfrm", "xfrm"):
        if (frame := content.find(path)) is not None:
            return frame
    return None


def _placing(frame: Element | None) -> Placing:
    if frame is None:
        return Placing()
    turn = whole(frame.get("rot")) / _DEGREE
    return Placing(turn, is_on(frame.get("flipH")), is_on(frame.get("flipV")))


class _Reader:
    def __init__(self) -> None:
        self.shapes: list[Shape] = []
        self.lines: list[Line] = []
        self.pictures: list[Box] = []
        self.strokes: list[Box] = []

    def take_top(self, content: Element, box: Box) -> None:
        """One anchored shape or group."""
        self._take(content, place_unit(box, _placing(_frame(content))), box)

    def _take(self, content: Element, matrix: Affine, box: Box) -> None:
        """One shape; `matrix` places its own square, `box` is its size before groups scale it."""
        full = len(self.shapes) + len(self.lines) >= _MAX_SHAPES
        properties = next(content.iter("cNvPr"), None)
        if full or (properties is not None and is_on(properties.get("hidden"))):
            return
        corners = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
        covers = bounds(matrix.apply(corner) for corner in corners)
        if content.tag == "grpSp":
            self._take_group(content, matrix)
        elif content.tag in ("pic", "graphicFrame"):
            self.pictures.append(covers)
        elif content.tag in ("sp", "cxnSp"):
            key = properties.get("id", "") if properties is not None else ""
            self._take_shape(content, matrix, covers, key)

    def _take_group(self, group: Element, matrix: Affine) -> None:
        """The children, whose own coordinates are those of the group's child extent."""
        frame = group.find("grpSpPr/xfrm")
        offset = frame.find("chOff") if frame is not None else None
        extent = frame.find("chExt") if frame is not None else None
        if offset is None or extent is None:
            return
        width = _emu(extent, "cx") or 1.0
        height = _emu(extent, "cy") or 1.0
        inner = matrix.after(
            Affine(1 / width, 0, 0, 1 / height, -_emu(offset, "x") / width,
                   -_emu(offset, "y") / height)
        )  # fmt: skip
        for child in _chosen(group):
            own = _frame(child)
            at = own.find("off") if own is not None else None
            size = own.find("ext") if own is not None else None
            if at is None or size is None:
                continue
            left, top = _emu(at, "x"), _emu(at, "y")
            box = Box(left, top, left + _emu(size, "cx"), top + _emu(size, "cy"))
            self._take(child, inner.after(place_unit(box, _placing(own))), box)

    def _take_shape(self, content: Element, matrix: Affine, covers: Box, key: str) -> None:
        preset = content.find("spPr/prstGeom")
        kind = preset.get("prst", "rect") if preset is not None else "custom"
        custom = content.find("spPr/custGeom")
        if content.tag == "cxnSp" or kind in _LINES or _CONNECTOR.match(kind):
            self._take_line(content, matrix, kind)
            return
        if kind in _BLOCK_ARROWS:
            arrow = tuple(matrix.apply(point) for point in _BLOCK_ARROWS[kind])
            self.lines.append(Line(arrow, None, None, kind in _BOTH_WAYS, True))
            return
        path: tuple[Point, ...] = ()
        curved, closed = False, True
        if custom is not None:
            outline = custom_path(custom)
            path = tuple(matrix.apply(point) for point in outline.points)
            curved, closed = outline.curved, outline.closed
        if custom is not None and not closed and len(path) > 1:
            start_head, end_head = _heads(content)
            self.lines.append(Line(path, None, None, start_head, end_head))
            return
        text = _text(content)
        if kind.startswith(_OPEN_STROKES) and not text:
            self.strokes.append(covers)
            return
        described = content.find("nvSpPr/cNvSpPr")
        text_box = described is not None and is_on(described.get("txBox"))
        self.shapes.append(
            Shape(key, kind, covers, text, _is_drawn(content, text_box), text_box, path, curved,
                  next(iter(_adjustments(preset)), None), _name(content), _is_dashed(content))
        )  # fmt: skip

    def _take_line(self, content: Element, matrix: Affine, kind: str) -> None:
        path = connector_path(kind, _adjustments(content.find("spPr/prstGeom")))
        if kind == "lineInv":
            path = ((0.0, 1.0), (1.0, 0.0))
        start_head, end_head = _heads(content)
        ends = [next(content.iter(tag), None) for tag in ("stCxn", "endCxn")]
        start, end = (tag.get("id") if tag is not None else None for tag in ends)
        placed = tuple(matrix.apply(point) for point in path)
        self.lines.append(Line(placed, start, end, start_head, end_head))


def _adjustments(preset: Element | None) -> list[float]:
    """The adjustments of a preset, as shares."""
    found = []
    for guide in preset.iterfind("avLst/gd") if preset is not None else ():
        kind, _, value = guide.get("fmla", "").partition(" ")
        amount = number(value)
        if kind == "val" and amount is not None:
            found.append(amount / 100_000)
    return found


def _heads(content: Element) -> tuple[bool, bool]:
    """Whether an arrow stands at the start and at the end of a line.

    In DrawingML the head of a line is its start, the tail its end.
    """
    line = content.find("spPr/ln")

    def arrow(tag: str) -> bool:
        end = line.find(tag) if line is not None else None
        return end is not None and end.get("type", "none") not in ("none", "oval", "diamond")

    return arrow("headEnd"), arrow("tailEnd")


def _is_dashed(content: Element) -> bool:
    dash = content.find("spPr/ln/prstDash")
    return dash is not None and dash.get("val") not in (None, "solid")


def _is_drawn(content: Element, text_box: bool) -> bool:
    """Whether an outline or a filling of a shape shows."""
    properties, style = content.find("spPr"), content.find("style")
    line = properties.find("ln") if properties is not None else None
    if line is not None and line.find("noFill") is None and len(line):
        return True
    if line is None or line.find("noFill") is None:
        reference = style.find("lnRef") if style is not None else None
        if reference is not None and whole(reference.get("idx")) > 0:
            return True
    fills = ("solidFill", "gradFill", "pattFill", "blipFill")
    filled = properties is not None and any(properties.find(fill) is not None for fill in fills)
    if properties is not None and not filled and properties.find("noFill") is None:
        reference = style.find("fillRef") if style is not None else None
        filled = reference is not None and whole(reference.get("idx")) > 0
    return filled and not text_box


def _name(content: Element) -> str:
    described = content.find("nvSpPr/cNvPr")
    return described.get("name", "") if described is not None else ""


def _text(content: Element) -> str:
    body = content.find("txBody")
    lines = []
    for paragraph in islice(body.iterfind("p"), 200) if body is not None else ():
        pieces = []
        for run in paragraph:
            if run.tag == "br":
                pieces.append("\n")
            elif run.tag in ("r", "fld"):
                pieces.append(run.findtext("t") or "")
        lines.append("".join(pieces))
    return strip_controls("\n".join(lines)).strip()
