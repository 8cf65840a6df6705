"""Connectors as vectors: shafts, heads, and the words beside them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from tools.make_sheets.pdf.looks import LineLook
from tools.make_sheets.pdf.pen import Box, Command, Pen, Point, closed


def _towards(a: Point, b: Point) -> Point:
    length = math.dist(a, b) or 1.0
    return (b[0] - a[0]) / length, (b[1] - a[1]) / length


def _moved(p: Point, d: Point, by: float) -> Point:
    return p[0] + d[0] * by, p[1] + d[1] * by


def _pulled(points: Sequence[Point], tail_gap: float, head_gap: float) -> list[Point]:
    """The line with gaps at its ends, or run into the symbols by negative ones."""
    found = list(points)
    room = math.dist(found[-2], found[-1])
    found[-1] = _moved(found[-1], _towards(found[-2], found[-1]), -min(head_gap, room / 3))
    room = math.dist(found[0], found[1])
    found[0] = _moved(found[0], _towards(found[1], found[0]), -min(tail_gap, room / 3))
    return found


def draw_connector(
    pen: Pen, points: Sequence[Point], look: LineLook, heads: int, dashed: bool, joined: bool
) -> None:
    """One line through `points`; `joined` says that it ends on another line, without a head."""
    tail_gap = look.gap if heads == 2 else look.tail_gap
    line = _pulled(points, tail_gap, 0.0 if joined else look.gap)
    dash = (look.dash or (3.0, 2.0)) if dashed else look.dash
    at_head = heads > 0 and not joined
    size = look.head_size
    if look.kind == "arrow" and len(line) == 2 and heads == 1 and at_head and not dash:
        pen.polygon(_whole_arrow(line[0], line[1], look), fill=look.colour)
        return
    shaft = list(line)
    if look.head in ("triangle", "chevron", "long", "stealth"):
        inset = size * 0.6
        if at_head:
            shaft[-1] = _moved(shaft[-1], _towards(shaft[-2], shaft[-1]), -inset)
        if heads == 2:
            shaft[0] = _moved(shaft[0], _towards(shaft[1], shaft[0]), -inset)
    _draw_shaft(pen, shaft, look, dash)
    if at_head:
        _draw_head(pen, line[-1], _towards(line[-2], line[-1]), look)
    if heads == 2:
        _draw_head(pen, line[0], _towards(line[1], line[0]), look)


def _draw_shaft(pen: Pen, line: Sequence[Point], look: LineLook, dash: tuple[float, ...]) -> None:
    if dash or look.kind in ("polyline", "arrow"):
        commands: list[Command] = [("M", *line[0]), *(("L", *p) for p in line[1:])]
        pen.path(commands, look.width, look.colour, dash=dash)
    elif look.kind == "segments":
        for a, b in pairwise(line):
            pen.line(a, b, look.width, look.colour)
    elif look.kind == "pieces":
        for a, b in pairwise(line):
            _draw_pieces(pen, a, b, look)
    elif look.kind == "ring":
        pen.path(closed(_hull(line, look.width)), stroke=None, fill=look.colour)
    else:
        for a, b in pairwise(line):
            pen.rect(_bar(a, b, look.width), stroke=None, fill=look.colour)


def _draw_pieces(pen: Pen, a: Point, b: Point, look: LineLook) -> None:
    """A line in a few pieces that touch."""
    n = max(1, int(math.dist(a, b) / 12))
    marks = [(a[0] + (b[0] - a[0]) * i / n, a[1] + (b[1] - a[1]) * i / n) for i in range(n + 1)]
    for p, q in pairwise(marks):
        pen.line(p, q, look.width, look.colour)


def _bar(a: Point, b: Point, width: float) -> Box:
    half = width / 2
    return Box(
        min(a[0], b[0]) - half,
        min(a[1], b[1]) - half,
        max(a[0], b[0]) + half,
        max(a[1], b[1]) + half,
    )


def _hull(line: Sequence[Point], width: float) -> list[Point]:
    """The area of a rectangular line: along its left side and back along its right."""
    left: list[Point] = []
    right: list[Point] = []
    for i, p in enumerate(line):
        d_in = _towards(line[i - 1], p) if i else _towards(p, line[1])
        d_out = _towards(p, line[i + 1]) if i + 1 < len(line) else d_in
        nx = (-d_in[1] - d_out[1]) / (1 if d_in != d_out else 2)
        ny = (d_in[0] + d_out[0]) / (1 if d_in != d_out else 2)
        left.append((p[0] + nx * width / 2, p[1] + ny * width / 2))
        right.append((p[0] - nx * width / 2, p[1] - ny * width / 2))
    return left + right[::-1]


def _across(p: Point, d: Point, back: float, side: float) -> Point:
    return p[0] - d[0] * back - d[1] * side, p[1] - d[1] * back + d[0] * side


def _whole_arrow(a: Point, b: Point, look: LineLook) -> list[Point]:
    """Shaft and head as one polygon of seven points."""
    d, s, w = _towards(a, b), look.head_size, look.width / 2
    return [
        _across(a, d, 0, w),
        _across(b, d, s, w),
        _across(b, d, s, s * 0.45),
        b,
        _across(b, d, s, -s * 0.45),
        _across(b, d, s, -w),
        _across(a, d, 0, -w),
    ]


def _draw_head(pen: Pen, tip: Point, d: Point, look: LineLook) -> None:
    s = look.head_size
    left, right = _across(tip, d, s, s * 0.45), _across(tip, d, s, -s * 0.45)
    match look.head:
        case "open":
            commands: list[Command] = [("M", *left), ("L", *tip), ("L", *right)]
            pen.path(commands, look.width, look.colour)
        case "chevron":
            pen.polygon([tip, left, _across(tip, d, s * 0.6, 0), right], fill=look.colour)
        case "long":
            sides = (_across(tip, d, s * 1.5, s * 0.3), _across(tip, d, s * 1.5, -s * 0.3))
            pen.polygon([tip, *sides], fill=look.colour)
        case "stealth":
            pen.polygon(
                [tip, left, _across(tip, d, s * 0.6, 0), right],
                look.width / 2,
                look.colour,
                look.colour,
            )
        case _:
            pen.polygon([tip, left, right], fill=look.colour)
