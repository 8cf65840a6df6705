"""Draws a planned flow: symbols, lines and the words at them."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tools.make_sheets.flow import FlowEdge, FlowTruth
from tools.make_sheets.pdf.connectors import draw_connector
from tools.make_sheets.pdf.looks import Look
from tools.make_sheets.pdf.pen import WHITE, Box, Font, Pen, Point, wrap
from tools.make_sheets.pdf.plan import Drawing, Sheetful
from tools.make_sheets.pdf.route import Route
from tools.make_sheets.pdf.symbols import draw_symbol, write_inside

_HOP = 2.0  # radius of the arc with which a line passes over another
_ARC = [(-math.cos(math.pi * k / 8), math.sin(math.pi * k / 8)) for k in range(9)]
_NOTES = ("via e-mail", "rangkap 2", "paraf", "loket 1")


@dataclass(frozen=True)
class Word:
    """A placed label; `on_line` has a white ground."""

    box: Box
    lines: tuple[str, ...]
    on_line: bool


def _label_font(look: Look) -> Font:
    if look.extras.label == "italic":
        return look.font.italic().sized(look.font.size * look.line.label_size * 0.9)
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
    if look.extras.lines_first:
        _draw_lines(pen, look, page)
    for node in page.nodes:
        draw_symbol(pen, node.kind, node.box, look.symbol)
    if not look.extras.lines_first:
        _draw_lines(pen, look, page)
    _write_labels(pen, look, labels)
    for place, text in page.words.items():
        box = page.nodes[place].box
        write_inside(pen, box, text, _fitting(look.font, text, box))


def _draw_lines(pen: Pen, look: Look, page: Sheetful) -> None:
    for route in page.routes:
        touch = look.line.joint == "touch"
        points = list(route.points)
        if touch and route.joined:
            points = points[: route.own + 1]
        if route.begin and touch:
            points = points[route.begin :]
        if look.extras.hops and look.line.kind in ("polyline", "segments", "curves"):
            points = with_hops(points, [r.points for r in page.routes if r is not route])
        draw_connector(
            pen,
            points,
            replace(look.line, tail_gap=0.0) if route.begin and touch else look.line,
            route.link.heads,
            route.link.dashed,
            joined=touch and route.joined,
        )


def _write_labels(pen: Pen, look: Look, labels: dict[int, Word]) -> None:
    font = _label_font(look)
    for word in labels.values():
        if look.extras.label == "framed":
            pen.rect(word.box.grown(0.8), 0.25, fill=WHITE)
        elif word.on_line:
            pen.rect(word.box.grown(0.8), stroke=None, fill=WHITE)
        y = word.box.y0 + font.size * 0.85
        for line in word.lines:
            pen.text(word.box.cx - font.width(line) / 2, y, line, font)
            y += font.size * 1.05


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


def with_hops(points: Sequence[Point], others: Sequence[Sequence[Point]]) -> list[Point]:
    """The line with a small arc where a level piece of it passes over an upright one."""
    found = [points[0]]
    for a, b in pairwise(points):
        if abs(a[1] - b[1]) < 0.05:
            sign = 1 if b[0] > a[0] else -1
            last = a[0]
            for x in sorted(_crossings(a, b, others), key=lambda x: x * sign):
                if abs(x - last) > 2 * _HOP + 1:
                    found += [(x + dx * sign * _HOP, a[1] - dy * _HOP) for dx, dy in _ARC]
                    last = x
        found.append(b)
    return found


def _crossings(a: Point, b: Point, others: Sequence[Sequence[Point]]) -> list[float]:
    """Where upright pieces of other lines pass through a level one, far from the ends of all."""
    low, high = min(a[0], b[0]) + 9, max(a[0], b[0]) - 9
    found = []
    for other in others:
        for c, d in pairwise(other):
            inside = min(c[1], d[1]) + 3 < a[1] < max(c[1], d[1]) - 3
            if abs(c[0] - d[0]) < 0.05 and low < c[0] < high and inside:
                found.append(c[0])
    return found


def place_notes(
    rng: random.Random, look: Look, page: Sheetful, lanes: Sequence[float], labels: dict[int, Word]
) -> list[Word]:
    """A few words in lanes that hold no symbol in a row, far from every line: they name no exit."""
    found: list[Word] = []
    font = look.font.italic().sized(look.font.size * 0.75)
    text = rng.choice(_NOTES)
    for band in page.bands:
        for x0, x1 in pairwise(lanes):
            width = font.width(text)
            box = Box(x0 + 2, band.top + 2, x0 + 2 + width, band.top + 2 + font.size)
            cell = Box(x0, band.top, x1, band.bottom)
            near = [box.grown(7).meets(_piece_box(*p)) for r in page.routes for p in _sides(r)]
            taken = [*(n.box for n in page.nodes), *(w.box for w in labels.values())]
            full = any(cell.meets(t) for t in taken) or box.x1 > x1 - 1 or box.y1 > band.bottom
            if not full and not any(near) and rng.random() < 0.35:
                found.append(Word(box, (text,), False))
    return found


def _sides(route: Route) -> Iterator[tuple[Point, Point]]:
    return pairwise(route.points)


def write_notes(pen: Pen, look: Look, notes: Sequence[Word]) -> None:
    """The words of `place_notes`."""
    font = look.font.italic().sized(look.font.size * 0.75)
    for note in notes:
        pen.text(note.box.x0, note.box.y0 + font.size * 0.85, note.lines[0], font)


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
