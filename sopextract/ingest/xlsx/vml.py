"""Drawings in the format of Excel 97 (VML), where a workbook still has them."""

from __future__ import annotations

import logging
import re
from xml.etree.ElementTree import Element

from sopextract.core.text import squeeze, strip_controls
from sopextract.ingest.xlsx.geometry import Box, Placing, connector_path, place_unit
from sopextract.ingest.xlsx.shapes import Drawing, Line, Shape
from sopextract.ingest.xlsx.sheet import Sheet
from sopextract.ingest.xlsx.xml import BrokenXmlError, number, parse_xml, whole

log = logging.getLogger(__name__)

_PT_PER_PX = 0.75
_MAX_SHAPES = 3_000
# Numbers of shape types ([MS-ODRAW] 2.4.24) and what DrawingML calls them.
_KINDS = {
    1: "rect", 2: "roundRect", 3: "ellipse", 4: "diamond", 15: "homePlate", 56: "pentagon",
    109: "flowChartProcess", 110: "flowChartDecision", 114: "flowChartDocument",
    116: "flowChartTerminator", 120: "flowChartConnector", 176: "flowChartAlternateProcess",
    177: "flowChartOffpageConnector", 202: "rect", 20: "straight", 32: "straight",
    33: "bentConnector2", 34: "bentConnector3", 35: "bentConnector4", 36: "bentConnector5",
    38: "curvedConnector3",
}  # fmt: skip
_BY_TAG = {"rect": "rect", "roundrect": "roundRect", "oval": "ellipse", "line": "straight"}
_BREAK = re.compile(rb"<br\s*>", re.IGNORECASE)  # Excel itself leaves it open
_TEXT_BOX = 202


def read_old_drawing(data: bytes, sheet: Sheet) -> Drawing:
    """The shapes of a VML part that are no comments and no controls; none when it is broken."""
    try:
        root = parse_xml(_BREAK.sub(b"<br/>", data))
    except BrokenXmlError:
        log.info("an old drawing could not be read and was left out")
        return Drawing()
    shapes: list[Shape] = []
    lines: list[Line] = []
    for element in root.iter():
        if element.tag not in ("shape", *_BY_TAG) or len(shapes) + len(lines) >= _MAX_SHAPES:
            continue
        client = element.find("ClientData")
        if client is None or client.get("ObjectType") not in ("Shape", "Rect", "Line", "Oval"):
            continue
        box = _anchored(client.findtext("Anchor") or "", sheet)
        if box is not None:
            _take(element, box, shapes, lines)
    return Drawing(tuple(shapes), tuple(lines))


def _take(element: Element, box: Box, shapes: list[Shape], lines: list[Line]) -> None:
    style = _style(element.get("style", ""))
    if style.get("visibility") == "hidden":
        return
    spt = element.get("o:spt") or element.get("type", "").rpartition("_t")[2]
    kind = _BY_TAG.get(element.tag) or _KINDS.get(whole(spt), "unknown")
    if kind == "straight" or kind.startswith(("bent", "curved")):
        flip = style.get("flip", "")
        matrix = place_unit(
            box, Placing(number(style.get("rotation")) or 0.0, "x" in flip, "y" in flip)
        )
        stroke = element.find("stroke")
        heads = [
            stroke is not None and stroke.get(name, "none") != "none"
            for name in ("startarrow", "endarrow")
        ]
        path = tuple(matrix.apply(p) for p in connector_path(kind, ()))
        lines.append(Line(path, None, None, *heads))
        return
    text_box = whole(spt) == _TEXT_BOX
    drawn = element.get("stroked", "t") not in ("f", "false")
    shapes.append(Shape(element.get("id", ""), kind, box, _text(element), drawn, text_box))


def _text(element: Element) -> str:
    box = element.find("textbox")
    lines = ["".join(part.itertext()) for part in box] if box is not None else []
    return "\n".join(line for raw in lines if (line := squeeze(strip_controls(raw))))


def _anchored(text: str, sheet: Sheet) -> Box | None:
    """The anchor: column, pixels, row, pixels of the top left, the same of the bottom right."""
    values = [whole(part.strip(), -1) for part in text.split(",")]
    if len(values) != 8 or min(values) < 0:
        return None
    edges = []
    for axis, index, pixels in (
        (sheet.columns, 0, 1), (sheet.rows, 2, 3), (sheet.columns, 4, 5), (sheet.rows, 6, 7),
    ):  # fmt: skip
        at = min(values[index], axis.count - 1)
        edges.append(axis.start(at) + min(values[pixels] * _PT_PER_PX, axis.size(at)))
    return Box(*edges) if edges[0] <= edges[2] and edges[1] <= edges[3] else None


def _style(text: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in text.split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs}
