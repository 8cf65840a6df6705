"""Draws a planned flow: symbols, lines and the words at them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from tools.make_sheets.flow import FlowEdge, FlowTruth
from tools.make_sheets.pdf.connectors import draw_connector
from tools.make_sheets.pdf.looks import Look
from tools.make_sheets.pdf.pen import WHITE, Box, Font, Pen, Point, wrap
from tools.make_sheets.pdf.plan import Drawing, Sheetful
from tools.make_sheets.pdf.route import Route
from tools.make_sheets.pdf.symbols import draw_symbol, write_inside


@dataclass(frozen=True)
class Word:
    """A placed label; `on_line` has a white ground."""

    box: Box
    lines: tuple[str, ...]
    on_line: bool


def _label_font(look: Look) -> Font:
    return look.font.sized(look.font.size * look.line.label_size)


def place_labels(look: Look, page: Sheetful, area: Box) -> dict[int, Word]:
    """Labels of the page by edge; one that fits nowhere near its line alone is left out."""
    found: dict[int, Word] = {}
    for route in page.routes:
        if not route.link.label:
            continue
        others = [r for r in page.routes if r is not route]
        taken = [w.box for w in found.values()]
        for word in _candidates(look, route):
            if _fits(word, route, page, others, taken, area):
                found[route.link.key] = word
                break
    return found


def _boxes(a: Point, b: Point, width: float, height: float) -> Iterator[Box]:
    """Places beside a piece, near its beginning first."""
    length = abs(a[0] - b[0]) + abs(a[1] - b[1])
    for along in (2.0, 6.0, 11.0, 16.0):
        if along > length - 1:
            return
        if abs(a[0] - b[0]) < 0.05:
            y = a[1] + along if b[1] > a[1] else a[1] - along - height
            yield Box(a[0] + 1.8, y, a[0] + 1.8 + width, y + height)
            yield Box(a[0] - 1.8 - width, y, a[0] - 1.8, y + height)
        else:
            x = a[0] + along if b[0] > a[0] else a[0] - along - width
            yield Box(x, a[1] - 1.2 - height, x + width, a[1] - 1.2)
            yield Box(x, a[1] + 1.2, x + width, a[1] + 1.2 + height)


def _candidates(look: Look, route: Route) -> Iterator[Word]:
    font = _label_font(look)
    points = route.points[: max(2, route.own)]
    pieces = list(pairwise(points))
    for lines in dict.fromkeys(((route.link.label,), tuple(route.link.label.split()))):
        width = max(font.width(line) for line in lines)
        height = len(lines) * font.size * 1.05
        if look.line.label == "box":
            for a, b in pieces[:2]:
                flat = abs(a[1] - b[1]) < 0.05
                if abs(a[0] - b[0]) + abs(a[1] - b[1]) > (width if flat else height) + 12:
                    cx, cy = (a[0] + b[0]) / 2, (a[1] + b[1]) / 2
                    box = Box(cx - width / 2, cy - height / 2, cx + width / 2, cy + height / 2)
                    yield Word(box, lines, True)
        order = pieces[1:2] + pieces[:1] if look.line.label == "bend" else pieces[:2]
        for a, b in order:
            for box in _boxes(a, b, width, height):
                yield Word(box, lines, False)


def _piece_box(a: Point, b: Point) -> Box:
    return Box(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])).grown(0.3)


def _fits(
    word: Word, route: Route, page: Sheetful, others: list[Route], taken: list[Box], area: Box
) -> bool:
    """Clear of symbols, other labels and its own line, and farther from every other line."""
    box = word.box
    if box.x0 < area.x0 or box.x1 > area.x1 or box.y0 < area.y0 or box.y1 > area.y1:
        return False
    if any(box.grown(0.6).meets(n.box) for n in page.nodes):
        return False
    if any(box.grown(1.5).meets(t) for t in taken):
        return False
    for other in others:
        shared = other.link.head == route.link.head or other.link.tail == route.link.tail
        grow = 3.0 if not shared else 2.2
        if any(box.grown(grow).meets(_piece_box(a, b)) for a, b in pairwise(other.points)):
            return False
    own = [_piece_box(a, b) for a, b in pairwise(route.points)]
    return word.on_line or not any(box.meets(piece) for piece in own)


def draw_flow(pen: Pen, look: Look, page: Sheetful, labels: dict[int, Word]) -> None:
    """Everything of the flow on one page."""
    for node in page.nodes:
        draw_symbol(pen, node.kind, node.box, look.symbol)
    for route in page.routes:
        touch = look.line.joint == "touch"
        points = list(route.points)
        if touch and route.joined:
            points = points[: route.own + 1]
        if route.begin and touch:
            points = points[route.begin :]
        draw_connector(
            pen,
            points,
            replace(look.line, tail_gap=0.0) if route.begin and touch else look.line,
            route.link.heads,
            route.link.dashed,
            joined=touch and route.joined,
        )
    font = _label_font(look)
    for word in labels.values():
        if word.on_line:
            pen.rect(word.box.grown(0.8), stroke=None, fill=WHITE)
        y = word.box.y0 + font.size * 0.85
        for line in word.lines:
            pen.text(word.box.cx - font.width(line) / 2, y, line, font)
            y += font.size * 1.05
    for place, text in page.words.items():
        box = page.nodes[place].box
        write_inside(pen, box, text, _fitting(look.font, text, box))


def _fitting(font: Font, text: str, box: Box) -> Font:
    """The type with which a text stays inside its symbol, not below 4 points."""
    font = Font(font.family, 0, font.size)
    width = box.width - 3
    while font.size > 4 and (
        max(font.width(word) for word in text.split()) > width
        or len(wrap(text, font, width)) * font.leading > box.height
    ):
        font = font.sized(font.size - 0.5)
    return font


def drawn_truth(flow: FlowTruth, drawing: Drawing, labels: list[dict[int, Word]]) -> FlowTruth:
    """The flow without the lines and words that found no place on the page."""
    written = {key for page in labels for key in page}
    edges: list[FlowEdge] = []
    for i, edge in enumerate(flow.edges):
        if i in drawing.dropped:
            continue
        if i in drawing.crossed:  # over pages only one head is drawn
            edge = replace(edge, heads=min(edge.heads, 1))
        edges.append(edge if i in written else replace(edge, label=""))
    return FlowTruth(flow.symbols, tuple(edges))
