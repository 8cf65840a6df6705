"""DrawingML: the shapes, groups and connectors of one `w:drawing`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sopextract.core.geometry import Affine, Point
from sopextract.ingest.docx.outlines import BLOCK_ARROWS, is_line
from sopextract.ingest.docx.runs import chosen
from sopextract.ingest.docx.shape import Axis, Drawing, Frame, Shape
from sopextract.ingest.docx.story import Content, plain_text
from sopextract.ingest.docx.xml import Element, find, local, name, number, whole

ReadContent = Callable[[Element], Content]

_EMU = 12700.0  # per point
_DEGREES = 60000.0
_PER_MILLE = 100_000.0  # guides of preset forms count in thousandths of a per cent
_MAX_DEPTH = 12  # groups in groups; Word makes two or three
_MAX_SHAPES = 5000  # of one drawing; a step table of thirty rows has two hundred
_CORNERS: tuple[Point, ...] = ((0, 0), (1, 0), (1, 1), (0, 1))


def read_drawing(drawing: Element, read_content: ReadContent) -> Drawing | None:
    """What one `w:drawing` shows; None for charts and other things that are no shapes."""
    holder = find(drawing, "wp:anchor")
    if holder is None:
        holder = find(drawing, "wp:inline")
    data = find(holder, "a:graphic/a:graphicData")
    if holder is None or data is None:
        return None
    extent = find(holder, "wp:extent")
    size = (_pt(extent, "cx"), _pt(extent, "cy"))
    shapes: list[Shape] = []
    whole_name = find(holder, "wp:docPr")
    names = () if whole_name is None else ((whole_name.get("id") or ""),)
    for piece in data:
        _read_piece(piece, _Holder(Affine(), size, names, 0), read_content, shapes)
    inline = local(holder) == "inline"
    across = _axis(holder, "wp:positionH", "column")
    down = _axis(holder, "wp:positionV", "paragraph")
    if holder.get("simplePos") in ("1", "true"):
        at = find(holder, "wp:simplePos")
        across, down = Axis("page", _pt(at, "x")), Axis("page", _pt(at, "y"))
    in_cell = holder.get("layoutInCell") not in ("0", "false")
    return Drawing(tuple(shapes), size, across, down, inline, in_cell)


def _axis(holder: Element, tag: str, usual: str) -> Axis:
    position = find(holder, tag)
    if position is None:
        return Axis(usual)
    origin = position.get("relativeFrom") or usual
    offset, align = find(position, "wp:posOffset"), find(position, "wp:align")
    if align is not None:
        return Axis(origin, 0.0, (align.text or "").strip() or None)
    return Axis(origin, whole((offset.text or "").strip()) / _EMU if offset is not None else 0.0)


class _Holder:
    """What a piece lies in. `size` is its own size where it is the whole drawing, else None."""

    def __init__(
        self, at: Affine, size: tuple[float, float] | None, names: tuple[str, ...], depth: int
    ) -> None:
        self.at, self.size, self.names, self.depth = at, size, names, depth


def _read_piece(
    piece: Element, holder: _Holder, read_content: ReadContent, found: list[Shape]
) -> None:
    if len(found) >= _MAX_SHAPES or holder.depth > _MAX_DEPTH:
        return
    kind = local(piece)
    if kind == "AlternateContent":
        for inner in chosen(piece):
            _read_piece(inner, holder, read_content, found)
    elif kind in ("wgp", "grpSp"):
        _read_group(piece, holder, read_content, found)
    elif kind == "wpc":
        inside = _Holder(holder.at, None, (), holder.depth + 1)
        for inner in piece:
            _read_piece(inner, inside, read_content, found)
    elif kind in ("wsp", "cxnSp", "sp"):
        found.append(_read_shape(piece, holder, read_content))
    elif kind == "pic":
        frame = _frame(find(piece, "pic:spPr/a:xfrm"), holder.size)
        found.append(Shape("picture", _through(holder.at.after(frame.placed()), _CORNERS)))


def _read_group(
    group: Element, holder: _Holder, read_content: ReadContent, found: list[Shape]
) -> None:
    transform = find(group, "wpg:grpSpPr/a:xfrm")
    frame = _frame(transform, holder.size)
    child_at, child_size = find(transform, "a:chOff"), find(transform, "a:chExt")
    if child_size is None:
        inside = Affine(1, 0, 0, 1, frame.left, frame.top)
    else:
        inside = frame.holding(
            _pt(child_at, "x"), _pt(child_at, "y"), _pt(child_size, "cx"), _pt(child_size, "cy")
        )
    inner = _Holder(holder.at.after(inside), None, (), holder.depth + 1)
    for piece in group:
        _read_piece(piece, inner, read_content, found)


def _frame(transform: Element | None, whole_size: tuple[float, float] | None) -> Frame:
    """The box of a shape: its own, or that of the drawing when it is all of it."""
    at, size = find(transform, "a:off"), find(transform, "a:ext")
    left, top = _pt(at, "x"), _pt(at, "y")
    width, height = _pt(size, "cx"), _pt(size, "cy")
    if whole_size is not None:
        left, top = 0.0, 0.0
        if size is None or not (width or height):
            width, height = whole_size
    turn = whole(transform.get("rot")) / _DEGREES if transform is not None else 0.0
    return Frame(
        left, top, width, height, turn, _flag(transform, "flipH"), _flag(transform, "flipV")
    )


def _flag(element: Element | None, attribute: str) -> bool:
    return element is not None and element.get(attribute) in ("1", "true")


def _pt(element: Element | None, attribute: str) -> float:
    return 0.0 if element is None else whole(element.get(attribute)) / _EMU


def _through(at: Affine, points: tuple[Point, ...]) -> tuple[Point, ...]:
    return tuple(at.apply(p) for p in points)


def _read_shape(piece: Element, holder: _Holder, read_content: ReadContent) -> Shape:
    properties = next((c for c in piece if local(c) == "spPr"), None)
    frame = _frame(find(properties, "a:xfrm"), holder.size)
    at = holder.at.after(frame.placed())
    box = next((c for c in piece if local(c) == "txbx"), None)
    inside = next((c for c in box if local(c) == "txbxContent"), None) if box is not None else None
    content = read_content(inside) if inside is not None else ()
    geometry, path, closed = _geometry(properties, frame)
    line = find(properties, "a:ln")
    shape = Shape(
        geometry,
        _through(at, path),
        closed,
        plain_text(content),
        content,
        _is_lined(piece, line),
        _is_filled(piece, properties),
        _is_textbox(piece),
        _has_head(line, "a:headEnd"),
        _has_head(line, "a:tailEnd"),
        _names(piece) + holder.names,
        _glued(piece, "stCxn"),
        _glued(piece, "endCxn"),
        frame.rotation,
        _is_dashed(line),
    )
    if geometry in BLOCK_ARROWS:
        _, at_start, at_end = BLOCK_ARROWS[geometry]
        return replace(shape, arrow_start=at_start, arrow_end=at_end)
    return shape


def _geometry(properties: Element | None, frame: Frame) -> tuple[str, tuple[Point, ...], bool]:
    """The form's name, its path through the unit square, and whether the path is closed."""
    preset = find(properties, "a:prstGeom")
    custom = find(properties, "a:custGeom")
    if preset is None and custom is not None:
        path, closed = _custom_path(custom, frame)
        if len(path) >= 2:
            return "custom", path, closed
    form = (preset.get("prst") if preset is not None else None) or "rect"
    if is_line(form):
        return form, line_path(form, _guides(preset)), False
    if form in BLOCK_ARROWS:
        return form, BLOCK_ARROWS[form][0], False
    return form, _CORNERS, True


def _guides(preset: Element | None) -> list[float]:
    """The adjustments of a preset form, as shares of its size."""
    found: list[float] = []
    for guide in preset.iter(name("a:gd")) if preset is not None else ():
        formula = (guide.get("fmla") or "").split()
        if len(formula) == 2 and formula[0] == "val":
            found.append(whole(formula[1]) / _PER_MILLE)
    return found


def line_path(form: str, guides: list[float]) -> tuple[Point, ...]:
    """The path of a connector through the unit square, curved ones by their corners.

    >>> line_path("bentConnector3", [0.25])
    ((0, 0), (0.25, 0), (0.25, 1), (1, 1))
    """
    first, second, third = (guides + [0.5] * 3)[:3]
    bends = form[-1] if "Connector" in form else ""
    if form.startswith("straight") or bends not in ("2", "3", "4", "5"):
        return ((0, 0), (1, 1))
    if bends == "2":
        return ((0, 0), (1, 0), (1, 1))
    if bends == "3":
        return ((0, 0), (first, 0), (first, 1), (1, 1))
    if bends == "4":
        return ((0, 0), (first, 0), (first, second), (1, second), (1, 1))
    return ((0, 0), (first, 0), (first, second), (third, second), (third, 1), (1, 1))


def _custom_path(custom: Element, frame: Frame) -> tuple[tuple[Point, ...], bool]:
    """The points of the first path, control points left out, and whether it is closed."""
    for path in custom.iter(name("a:path")):
        width = whole(path.get("w")) or frame.width * _EMU or 1.0
        height = whole(path.get("h")) or frame.height * _EMU or 1.0
        points: list[Point] = []
        closed = False
        for step in path:
            if local(step) == "close":
                closed = True
                break
            ends = [_point(p) for p in step.iter(name("a:pt"))]
            if ends and ends[-1] is not None:
                points.append((ends[-1][0] / width, ends[-1][1] / height))
        if len(points) > 2 and points[0] == points[-1]:
            closed = True
        if points:
            return tuple(points), closed
    return (), False


def _point(point: Element) -> Point | None:
    x, y = number(point.get("x")), number(point.get("y"))
    return None if x is None or y is None else (x, y)  # None: the name of a guide


def _is_lined(piece: Element, line: Element | None) -> bool:
    if line is not None:
        if find(line, "a:noFill") is not None:
            return False
        if any(local(c) in ("solidFill", "gradFill", "pattFill") for c in line):
            return True
    style = next((c for c in piece if local(c) == "style"), None)
    reference = find(style, "a:lnRef")
    if reference is not None:
        return whole(reference.get("idx")) > 0
    return line is not None and line.get("w") is not None


def _is_dashed(line: Element | None) -> bool:
    dash = find(line, "a:prstDash")
    return dash is not None and dash.get("val") not in (None, "solid")


def _is_filled(piece: Element, properties: Element | None) -> bool:
    for child in properties if properties is not None else ():
        if local(child) == "noFill":
            return False
        if local(child) in ("solidFill", "gradFill", "pattFill", "blipFill"):
            return not _is_white(child)
    style = next((c for c in piece if local(c) == "style"), None)
    reference = find(style, "a:fillRef")
    return reference is not None and whole(reference.get("idx")) > 0


def _is_white(fill: Element) -> bool:
    colours = [c.get("val") or "" for c in fill]
    return any(c.upper() == "FFFFFF" or c in ("bg1", "lt1", "white") for c in colours)


def _is_textbox(piece: Element) -> bool:
    return any(_flag(c, "txBox") for c in piece if local(c) == "cNvSpPr")


def _has_head(line: Element | None, end: str) -> bool:
    head = find(line, end)
    return head is not None and (head.get("type") or "none") not in ("none", "oval", "diamond")


def _names(piece: Element) -> tuple[str, ...]:
    return tuple(i for c in piece if local(c) == "cNvPr" and (i := c.get("id")))


def _glued(piece: Element, end: str) -> str | None:
    for child in piece:
        if local(child) in ("cNvCnPr", "cNvCxnSpPr"):
            return _value_of(child, end)
    return None


def _value_of(child: Element, end: str) -> str | None:
    found = find(child, f"a:{end}")
    return None if found is None else found.get("id")
