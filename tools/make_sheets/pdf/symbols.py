"""The form's symbols as vectors, in the many ways that programs write them."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from tools.make_sheets.pdf.looks import SymbolLook
from tools.make_sheets.pdf.pen import BLACK, Box, Command, Font, Pen, Point, closed, wrap

_ROUND = 0.5523  # control points of a quarter circle
_SHADOW = (0.7, 0.7, 0.7)


def outline(kind: str, box: Box) -> list[Command]:
    """`kotak`, `kapsul`, `ketupat` or `segilima` (flat above, a point below)."""
    x0, y0, x1, y1 = box.x0, box.y0, box.x1, box.y1
    if kind == "kotak":
        return closed([(x0, y0), (x1, y0), (x1, y1), (x0, y1)])
    if kind == "ketupat":
        return closed([(box.cx, y0), (x1, box.cy), (box.cx, y1), (x0, box.cy)])
    if kind == "segilima":
        knee = y0 + 0.6 * box.height
        return closed([(x0, y0), (x1, y0), (x1, knee), (box.cx, y1), (x0, knee)])
    if kind == "kapsul rounded":
        return _capsule(box, 0.36)
    return _capsule(box)


def _capsule(box: Box, share: float = 0.5) -> list[Command]:
    """`share` of the lesser side is the radius of the corners."""
    x0, y0, x1, y1 = box.x0, box.y0, box.x1, box.y1
    r = min(box.width, box.height) * share
    k = r * (1 - _ROUND)
    return [
        ("M", x0 + r, y0),
        ("L", x1 - r, y0),
        ("C", x1 - k, y0, x1, y0 + k, x1, y0 + r),
        ("L", x1, y1 - r),
        ("C", x1, y1 - k, x1 - k, y1, x1 - r, y1),
        ("L", x0 + r, y1),
        ("C", x0 + k, y1, x0, y1 - k, x0, y1 - r),
        ("L", x0, y0 + r),
        ("C", x0, y0 + k, x0 + k, y0, x0 + r, y0),
        ("Z",),
    ]


def flatten(commands: Sequence[Command], pieces: int = 8) -> list[Point]:
    """The outline as points, curves cut into `pieces`."""
    points: list[Point] = []
    for name, *numbers in commands:
        if name in "ML":
            points.append((numbers[0], numbers[1]))
        elif name == "C":
            points += _curve(points[-1], numbers, pieces)
    return points


def _curve(start: Point, n: Sequence[float], pieces: int) -> list[Point]:
    found: list[Point] = []
    for i in range(1, pieces + 1):
        t = i / pieces
        a, b, c, d = (1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t, t**3
        x = a * start[0] + b * n[0] + c * n[2] + d * n[4]
        y = a * start[1] + b * n[1] + c * n[3] + d * n[5]
        found.append((x, y))
    return found


def _cut(points: Sequence[Point], longest: float) -> list[tuple[Point, Point]]:
    """The sides of a polygon in short pieces."""
    found: list[tuple[Point, Point]] = []
    for a, b in pairwise([*points, points[0]]):
        length = max(abs(a[0] - b[0]), abs(a[1] - b[1]))
        n = max(1, round(length / longest))
        marks = [(a[0] + (b[0] - a[0]) * i / n, a[1] + (b[1] - a[1]) * i / n) for i in range(n + 1)]
        found += list(pairwise(marks))
    return found


def _ring(kind: str, box: Box, width: float) -> list[Command]:
    """The thick outline as a filled area: an outer and an inner ring."""
    outer, inner = box.grown(width / 2), box.grown(-width / 2)
    return [*closed(flatten(outline(kind, outer))), *closed(flatten(outline(kind, inner))[::-1])]


def _thin_fills(pen: Pen, kind: str, box: Box, look: SymbolLook) -> None:
    if kind != "kotak":
        pen.path(_ring(kind, box, look.width), stroke=None, fill=look.colour)
        return
    w = look.width
    for side in (
        Box(box.x0, box.y0, box.x1, box.y0 + w),
        Box(box.x0, box.y1 - w, box.x1, box.y1),
        Box(box.x0, box.y0, box.x0 + w, box.y1),
        Box(box.x1 - w, box.y0, box.x1, box.y1),
    ):
        pen.rect(side, stroke=None, fill=look.colour)


def draw_symbol(pen: Pen, kind: str, box: Box, look: SymbolLook) -> None:
    """One symbol without its text."""
    if kind == "kapsul" and look.capsule:
        kind = f"kapsul {look.capsule}"
    commands = outline(kind, box)
    if look.shadow:
        pen.path(outline(kind, box.moved(1.8, 1.8)), stroke=None, fill=_SHADOW)
    fill = (1.0, 1.0, 1.0) if look.shadow and look.fill is None else look.fill
    look = replace(look, fill=fill)
    if fill and look.kind not in ("rect", "path", "flattened", "twice", "gradient"):
        pen.path(commands, stroke=None, fill=fill)
    _DRAW[look.kind](pen, kind, box, look)


def _draw_rect(pen: Pen, kind: str, box: Box, look: SymbolLook) -> None:
    if kind == "kotak":
        pen.rect(box, look.width, look.colour, look.fill)
    else:
        _draw_path(pen, kind, box, look)


def _draw_path(pen: Pen, kind: str, box: Box, look: SymbolLook) -> None:
    pen.path(outline(kind, box), look.width, look.colour, look.fill)


def _draw_ring(pen: Pen, kind: str, box: Box, look: SymbolLook) -> None:
    pen.path(_ring(kind, box, look.width), stroke=None, fill=look.colour)


def _draw_segments(pen: Pen, kind: str, box: Box, look: SymbolLook) -> None:
    for a, b in _cut(flatten(outline(kind, box), 4), max(box.width, box.height) / 3):
        pen.line(a, b, look.width, look.colour)


def _draw_flattened(pen: Pen, kind: str, box: Box, look: SymbolLook) -> None:
    pen.polygon(flatten(outline(kind, box), 12), look.width, look.colour, look.fill)


def _draw_twice(pen: Pen, kind: str, box: Box, look: SymbolLook) -> None:
    pen.path(outline(kind, box), look.width, look.colour, look.fill)
    pen.path(outline(kind, box.moved(0.3, 0.2)), look.width, look.colour)


def _draw_strokes(pen: Pen, kind: str, box: Box, look: SymbolLook) -> None:
    pen.path(outline(kind, box), look.width, look.colour)


def _draw_dots(pen: Pen, kind: str, box: Box, look: SymbolLook) -> None:
    """The outline as many tiny filled squares, as a plotter driver writes it."""
    half = max(look.width, 0.5) / 2
    for a, b in _cut(flatten(outline(kind, box), 10), 1.0):
        low, high = (min(a[0], b[0]), min(a[1], b[1])), (max(a[0], b[0]), max(a[1], b[1]))
        dot = Box(low[0] - half, low[1] - half, high[0] + half, high[1] + half)
        pen.rect(dot, stroke=None, fill=look.colour)


def _draw_emf(pen: Pen, kind: str, box: Box, look: SymbolLook) -> None:
    """An open polyline on a coarse grid, as a metafile has it; the fill came before."""
    points = [(round(x / 0.3) * 0.3, round(y / 0.3) * 0.3) for x, y in _corners(kind, box)]
    pen.path(
        [("M", *points[0]), *(("L", *p) for p in (*points[1:], points[0]))], look.width, look.colour
    )


def _corners(kind: str, box: Box) -> list[Point]:
    return flatten(outline(kind, box), 6)


def _draw_quads(pen: Pen, kind: str, box: Box, look: SymbolLook) -> None:
    """Every side as a filled polygon of its own."""
    points = _corners(kind, box)
    for a, b in pairwise([*points, points[0]]):
        length = math.dist(a, b)
        if length < 0.01:
            continue
        dx, dy = (b[0] - a[0]) / length * look.width / 2, (b[1] - a[1]) / length * look.width / 2
        p, q = (a[0] - dx, a[1] - dy), (b[0] + dx, b[1] + dy)
        corners = [(p[0] - dy, p[1] + dx), (q[0] - dy, q[1] + dx)]
        corners += [(q[0] + dy, q[1] - dx), (p[0] + dy, p[1] - dx)]
        pen.polygon(corners, fill=look.colour)


def _draw_curves(pen: Pen, kind: str, box: Box, look: SymbolLook) -> None:
    """Straight sides too as curves, as some office programs write them."""
    commands: list[Command] = []
    at = (0.0, 0.0)
    for name, *numbers in outline(kind, box):
        if name == "L":
            x, y = numbers
            third = (x - at[0]) / 3, (y - at[1]) / 3
            name = "C"
            numbers = [at[0] + third[0], at[1] + third[1], x - third[0], y - third[1], x, y]
        commands.append((name, *numbers))
        if numbers:
            at = numbers[-2], numbers[-1]
    pen.path(commands, look.width, look.colour)


def _draw_gradient(pen: Pen, kind: str, box: Box, look: SymbolLook) -> None:
    """A ground that runs from light to dark."""
    low = look.fill if look.fill and look.fill != (1, 1, 1) else (0.8, 0.86, 0.95)
    pen.shade(outline(kind, box), box, (0.97, 0.98, 1.0), low)
    pen.path(outline(kind, box), look.width, look.colour)


def _draw_open(pen: Pen, kind: str, box: Box, look: SymbolLook) -> None:
    """The last side drawn as a line back to the start, a little past it, and not closed."""
    commands = [c for c in outline(kind, box) if c[0] != "Z"]
    first = _corners(kind, box)[0]
    pen.path([*commands, ("L", *first), ("L", first[0] + 0.4, first[1])], look.width, look.colour)


_DRAW = {
    "emf": _draw_emf,
    "quads": _draw_quads,
    "curves": _draw_curves,
    "gradient": _draw_gradient,
    "open ends": _draw_open,
    "rect": _draw_rect,
    "path": _draw_path,
    "ring": _draw_ring,
    "segments": _draw_segments,
    "flattened": _draw_flattened,
    "thin fills": _thin_fills,
    "twice": _draw_twice,
    "fill then stroke": _draw_strokes,
    "dots": _draw_dots,
}


def write_inside(pen: Pen, box: Box, text: str, font: Font) -> None:
    """A short text in the middle of a symbol."""
    lines = wrap(text, font, box.width - 2)
    y = box.cy - len(lines) * font.leading / 2 + font.size * 0.85
    for line in lines:
        pen.text(box.cx - font.width(line) / 2, y, line, font, BLACK)
        y += font.leading


def draw_qr(pen: Pen, box: Box, rng: random.Random, cells: int = 21) -> None:
    """A block of small squares that looks like a QR code and says nothing."""
    step = box.width / cells
    for row in range(cells):
        for col in range(cells):
            if _finder(row, col, cells) or (not _near(row, col, cells) and rng.random() < 0.48):
                x, y = box.x0 + col * step, box.y0 + row * step
                pen.rect(Box(x, y, x + step, y + step), stroke=None, fill=BLACK)


def _corner(row: int, col: int, cells: int) -> tuple[int, int] | None:
    """The place inside a finder square, None outside all three."""
    r = row if row < 8 else row - (cells - 7) if row >= cells - 8 else None
    c = col if col < 8 else col - (cells - 7) if col >= cells - 8 else None
    if r is None or c is None or (row >= 8 and col >= 8):
        return None
    return r, c


def _near(row: int, col: int, cells: int) -> bool:
    return _corner(row, col, cells) is not None


def _finder(row: int, col: int, cells: int) -> bool:
    at = _corner(row, col, cells)
    if at is None or not (0 <= at[0] < 7 and 0 <= at[1] < 7):
        return False
    away = max(abs(at[0] - 3), abs(at[1] - 3))
    return away != 2
