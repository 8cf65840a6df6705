"""VML: the shapes, groups and lines of one `w:pict`, as Word 2003 and older wrote them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sopextract.core.geometry import Affine, Point
from sopextract.ingest.docx.drawing import ReadContent, line_path
from sopextract.ingest.docx.outlines import BLOCK_ARROWS, is_line
from sopextract.ingest.docx.shape import Axis, Drawing, Frame, Shape
from sopextract.ingest.docx.story import plain_text
from sopextract.ingest.docx.xml import Element, find, local, name, number

# Numbers of VML's shape types ([MS-ODRAW] 2.4.24, MSOSPT), by DrawingML's name of the same form.
_TYPES = {
    1: "rect", 2: "roundRect", 3: "ellipse", 4: "diamond", 7: "parallelogram", 13: "rightArrow",
    15: "homePlate", 20: "line", 22: "can", 32: "straightConnector1", 33: "bentConnector2",
    34: "bentConnector3", 35: "bentConnector4", 36: "bentConnector5", 37: "curvedConnector2",
    38: "curvedConnector3", 39: "curvedConnector4", 40: "curvedConnector5", 56: "pentagon",
    66: "leftArrow", 67: "downArrow", 68: "upArrow", 69: "leftRightArrow", 70: "upDownArrow",
    75: "picture", 90: "bentUpArrow", 91: "bentArrow", 109: "flowChartProcess",
    110: "flowChartDecision", 111: "flowChartInputOutput", 112: "flowChartPredefinedProcess",
    113: "flowChartInternalStorage", 114: "flowChartDocument", 115: "flowChartMultidocument",
    116: "flowChartTerminator", 118: "flowChartManualInput", 119: "flowChartManualOperation",
    120: "flowChartConnector", 135: "flowChartDelay", 176: "flowChartAlternateProcess",
    177: "flowChartOffpageConnector", 202: "rect",
}  # fmt: skip
_TEXTBOX = 202
_BY_TAG = {"rect": "rect", "roundrect": "roundRect", "oval": "ellipse", "image": "picture"}
_SHAPES = frozenset((*_BY_TAG, "shape", "line", "polyline"))
_TYPE_NUMBER = re.compile(r"_x0000_t(\d{1,3})$")
_UNITS = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "pc": 12.0, "px": 0.75}
_LENGTH = re.compile(r"^\s*(-?\d*\.?\d+)\s*(pt|in|cm|mm|pc|px)?\s*$")
_CORNERS: tuple[Point, ...] = ((0, 0), (1, 0), (1, 1), (0, 1))
_DEFAULT_SIZE = 1000.0  # coordsize of a group that names none
_FIXED_DEGREES = 65536.0  # "rotation:5898240fd"
_ADJUSTMENT = 21600.0  # coordinates of the built-in shape types
_MAX_DEPTH = 12
_MAX_SHAPES = 5000

Rules = Mapping[str, tuple[str | None, str | None]]


def connector_rules(settings: Element | None) -> dict[str, tuple[str | None, str | None]]:
    """What each connector is glued to, by shape ids: connector → start and end."""
    rules: dict[str, tuple[str | None, str | None]] = {}
    for rule in settings.iter(name("o:r")) if settings is not None else ():
        if rule.get("type") == "connector":
            ends: dict[str, str] = {}
            for proxy in rule.iter(name("o:proxy")):
                which = "start" if proxy.get("start") is not None else "end"
                ends[which] = (proxy.get("idref") or "").lstrip("#")
            key = (rule.get("idref") or "").lstrip("#")
            rules[key] = (ends.get("start") or None, ends.get("end") or None)
    return rules


def shape_types(root: Element) -> dict[str, int]:
    """The numbers of the shape types that a document declares, by their ids."""
    types: dict[str, int] = {}
    for element in root.iter(name("v:shapetype")):
        number = element.get(name("o:spt")) or ""
        if number.split(".")[0].isdecimal():
            types[element.get("id") or ""] = int(number.split(".")[0][:6])
    return types


@dataclass(frozen=True, slots=True)
class Vml:
    """What VML shapes of one file refer to outside themselves."""

    types: Mapping[str, int]
    rules: Rules

    def read(self, picture: Element, read_content: ReadContent) -> Drawing | None:
        """What one `w:pict` shows; None for what is no shape."""
        shapes: list[Shape] = []
        first: Element | None = None
        for piece in picture:
            if local(piece) in _SHAPES or local(piece) == "group":
                first = piece if first is None else first
                self._read(piece, Affine(), True, 0, read_content, shapes)
        if first is None or not shapes:
            return None
        style = _style(first)
        points = [p for s in shapes for p in s.points]
        left, top = min(p[0] for p in points), min(p[1] for p in points)
        size = (max(p[0] for p in points) - left, max(p[1] for p in points) - top)
        inline = style.get("position", "static") not in ("absolute", "relative")
        across = _axis(style, "horizontal", "column")
        down = _axis(style, "vertical", "paragraph")
        in_cell = first.get(name("o:allowincell")) not in ("f", "false")
        return Drawing(tuple(shapes), size, across, down, inline, in_cell)

    def _read(
        self,
        piece: Element,
        at: Affine,
        outermost: bool,
        depth: int,
        read_content: ReadContent,
        found: list[Shape],
    ) -> None:
        if len(found) >= _MAX_SHAPES or depth > _MAX_DEPTH:
            return
        if local(piece) == "group":
            origin = _pair(piece.get("coordorigin"), 0.0)
            size = _pair(piece.get("coordsize"), _DEFAULT_SIZE)
            frame = _frame(_style(piece), outermost)
            inside = at.after(frame.holding(*origin, *size))
            for inner in piece:
                if local(inner) in _SHAPES or local(inner) == "group":
                    self._read(inner, inside, False, depth + 1, read_content, found)
        else:
            found.append(self._shape(piece, at, outermost, read_content))

    def _shape(
        self, piece: Element, at: Affine, outermost: bool, read_content: ReadContent
    ) -> Shape:
        style = _style(piece)
        frame = _frame(style, outermost)
        number = self._number(piece)
        geometry, path, closed = _geometry(piece, number)
        placed = at.after(frame.placed())
        if local(piece) in ("line", "polyline"):
            geometry, path, closed, placed = *_free_line(piece, outermost), at
        inside = next(iter(piece.iter(name("w:txbxContent"))), None)
        content = read_content(inside) if inside is not None else ()
        stroke = find(piece, "v:stroke")
        names = tuple(i for i in (piece.get("id"), piece.get(name("o:spid"))) if i)
        start, end = next((self.rules[n] for n in names if n in self.rules), (None, None))
        shape = Shape(
            geometry,
            tuple(placed.apply(p) for p in path),
            closed,
            plain_text(content),
            content,
            _is_on(piece.get("stroked"))
            and _is_on(stroke.get("on") if stroke is not None else None),
            _is_on(piece.get("filled")) and not _is_white(piece),
            number == _TEXTBOX,
            _has_head(stroke, "startarrow"),
            _has_head(stroke, "endarrow"),
            names,
            start,
            end,
            frame.rotation,
        )
        if geometry in BLOCK_ARROWS:
            _, at_start, at_end = BLOCK_ARROWS[geometry]
            return replace(shape, arrow_start=at_start, arrow_end=at_end)
        return shape

    def _number(self, piece: Element) -> int:
        own = (piece.get(name("o:spt")) or "").split(".")[0]
        if own.isdecimal():
            return int(own[:6])
        kind = (piece.get("type") or "").lstrip("#")
        match = _TYPE_NUMBER.search(kind)
        return self.types.get(kind, int(match[1]) if match else 0)


def _geometry(piece: Element, number: int) -> tuple[str, tuple[Point, ...], bool]:
    form = _BY_TAG.get(local(piece)) or _TYPES.get(number)
    if form is None and piece.get("path"):
        path, closed = _path(piece.get("path") or "", _pair(piece.get("coordsize"), _DEFAULT_SIZE))
        if len(path) >= 2:
            return "custom", path, closed
    if find(piece, "v:imagedata") is not None and form in (None, "rect"):
        form = "picture"
    form = form or "unknown"
    if is_line(form):
        given = [a for a in (piece.get("adj") or "").split(",") if a.strip("-").isdecimal()]
        return form, line_path(form, [int(a[:9]) / _ADJUSTMENT for a in given]), False
    if form in BLOCK_ARROWS:
        return form, BLOCK_ARROWS[form][0], False
    return form, _CORNERS, True


def _free_line(piece: Element, outermost: bool) -> tuple[str, tuple[Point, ...], bool]:
    """A line by its own points, which no box holds."""
    if local(piece) == "line":
        ends = (piece.get("from"), piece.get("to"))
        points = _flipped([_point(e or "0,0", outermost) for e in ends], _style(piece))
    else:
        numbers = (piece.get("points") or "").replace(" ", ",").split(",")
        pairs = zip(numbers[::2], numbers[1::2], strict=False)
        points = [(_length(x, outermost), _length(y, outermost)) for x, y in pairs]
    if outermost:  # a line alone in its drawing may be moved by its margins as well
        style = _style(piece)
        move = (_length(style.get("margin-left"), True), _length(style.get("margin-top"), True))
        points = [(x + move[0], y + move[1]) for x, y in points]
    closed = len(points) > 2 and points[0] == points[-1]
    return "custom" if closed else "line", tuple(points) or ((0, 0), (0, 0)), closed


def _flipped(ends: list[Point], style: Mapping[str, str]) -> list[Point]:
    """The ends of a line whose box alone is given, with the way it runs in `flip`."""
    (x1, y1), (x2, y2) = ends
    flip = style.get("flip", "")
    if "x" in flip and x1 < x2:
        x1, x2 = x2, x1
    if "y" in flip and y1 < y2:
        y1, y2 = y2, y1
    return [(x1, y1), (x2, y2)]


def _path(text: str, size: tuple[float, float]) -> tuple[tuple[Point, ...], bool]:
    """The points of a VML path ("m0,0l100,50xe") through the unit square; curves by their ends."""
    points: list[Point] = []
    closed = False
    for command, numbers in re.findall(r"([a-z]+)([^a-z]*)", text[:20_000].lower()):
        given = [number(n) or 0.0 for n in re.findall(r"-?\d*\.?\d+|(?<=,)(?=,)", numbers)]
        pairs = list(zip(given[::2], given[1::2], strict=False))
        if command in ("m", "l"):
            points.extend(pairs)
        elif command == "c":
            points.extend(pairs[2::3])
        elif command in ("r", "t") and points:
            for x, y in pairs:
                points.append((points[-1][0] + x, points[-1][1] + y))
        elif command == "v" and points:
            for x, y in pairs[2::3]:
                points.append((points[-1][0] + x, points[-1][1] + y))
        if command.startswith("x"):
            closed = True
            break
    wide, high = size[0] or 1.0, size[1] or 1.0
    return tuple((x / wide, y / high) for x, y in points), closed


def _style(piece: Element) -> dict[str, str]:
    pairs = (part.partition(":") for part in (piece.get("style") or "").split(";"))
    return {key.strip().lower(): text.strip().lower() for key, _, text in pairs if key.strip()}


def _frame(style: Mapping[str, str], outermost: bool) -> Frame:
    """The box of a shape: margins move one that lies on the page, left and top one in a group."""
    across, down = ("margin-left", "margin-top") if outermost else ("left", "top")
    flip_h, flip_v = "x" in style.get("flip", ""), "y" in style.get("flip", "")
    turn = _rotation(style.get("rotation", "0"))
    return Frame(
        _length(style.get(across), outermost),
        _length(style.get(down), outermost),
        _length(style.get("width"), outermost),
        _length(style.get("height"), outermost),
        -turn if flip_h != flip_v else turn,  # VML turns in the mirrored frame
        flip_h,
        flip_v,
    )


def _rotation(text: str) -> float:
    if text.endswith("fd"):
        return (number(text[:-2]) or 0.0) / _FIXED_DEGREES
    return number(text.removesuffix("deg")) or 0.0


def _length(text: str | None, outermost: bool) -> float:
    """A length in points; inside a group the bare number, in the group's own coordinates."""
    match = _LENGTH.match(text or "")
    if match is None:
        return 0.0
    unit = _UNITS[match[2]] if match[2] else (_UNITS["px"] if outermost else 1.0)
    return (number(match[1]) or 0.0) * unit


def _pair(text: str | None, usual: float) -> tuple[float, float]:
    first, _, second = (text or "").partition(",")
    x, y = number(first), number(second)
    return (usual if x is None else x, usual if y is None else y)


def _point(text: str, outermost: bool) -> Point:
    first, _, second = text.partition(",")
    return (_length(first, outermost), _length(second, outermost))


def _axis(style: Mapping[str, str], direction: str, usual: str) -> Axis:
    """Where the drawing counts from. Its offset is in the shapes' own coordinates already."""
    origin = style.get(f"mso-position-{direction}-relative", "text")
    named = {"text": usual, "char": "character", "line": "line"}.get(origin, origin)
    align = style.get(f"mso-position-{direction}")
    return Axis(named.split("-")[0], 0.0, None if align in (None, "absolute") else align)


def _is_on(text: str | None) -> bool:
    return text not in ("f", "false", "0")


def _is_white(piece: Element) -> bool:
    colour = (piece.get("fillcolor") or "white").lower()
    return colour.split()[0] in ("white", "#fff", "#ffffff", "window") if colour.strip() else True


def _has_head(stroke: Element | None, end: str) -> bool:
    head = stroke.get(end) if stroke is not None else None
    return head is not None and head not in ("none", "oval", "diamond")
