"""Connectors as vectors: shafts, heads, and the words beside them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from tools.make_sheets.pdf.looks import LineLook
from tools.make_sheets.pdf.pen import WHITE, Box, Command, Pen, Point, closed

# How far the shaft ends before the tip, in sizes of the head.
_INSETS = {"needle": 1.2, "hollow": 1.0, "hatched": 0.8, "halves": 0.8, "barbs": 0.8}


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
    else:
        inset = size * _INSETS.get(look.head, 0.0)
    if inset:
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
    elif look.kind in ("pieces", "crumbs"):
        for a, b in pairwise(line):
            _draw_pieces(pen, a, b, look, 12 if look.kind == "pieces" else 1.5)
    elif look.kind == "rounded":
        pen.path(_rounded(line), look.width, look.colour)
    elif look.kind == "curves":
        pen.path(_as_curves(line), look.width, look.colour)
    elif look.kind == "quads":
        for a, b in pairwise(line):
            pen.polygon(_hull((a, b), look.width), fill=look.colour)
    elif look.kind == "ring":
        pen.path(closed(_hull(line, look.width)), stroke=None, fill=look.colour)
    else:
        for a, b in pairwise(line):
            pen.rect(_bar(a, b, look.width), stroke=None, fill=look.colour)


def _rounded(line: Sequence[Point]) -> list[Command]:
    """The line with its corners rounded."""
    commands: list[Command] = [("M", *line[0])]
    for before, at, after in zip(line, line[1:], line[2:], strict=False):
        r = min(3.0, math.dist(before, at) / 2, math.dist(at, after) / 2)
        a, b = _moved(at, _towards(at, before), r), _moved(at, _towards(at, after), r)
        commands += [("L", *a), ("C", *_moved(a, _towards(a, at), r * 0.55), *_bent(b, at, r), *b)]
    return [*commands, ("L", *line[-1])]


def _bent(b: Point, at: Point, r: float) -> Point:
    return _moved(b, _towards(b, at), r * 0.55)


def _as_curves(line: Sequence[Point]) -> list[Command]:
    """Straight pieces as curves with their control points on them."""
    commands: list[Command] = [("M", *line[0])]
    for a, b in pairwise(line):
        d, third = _towards(a, b), math.dist(a, b) / 3
        commands.append(("C", *_moved(a, d, third), *_moved(b, d, -third), *b))
    return commands


def _draw_pieces(pen: Pen, a: Point, b: Point, look: LineLook, longest: float) -> None:
    """A line in pieces that touch."""
    n = max(1, int(math.dist(a, b) / longest))
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
        case "needle":
            sides = (_across(tip, d, s * 1.6, s * 0.24), _across(tip, d, s * 1.6, -s * 0.24))
            pen.polygon([tip, *sides], fill=look.colour)
        case "hollow":
            pen.polygon([tip, left, right], look.width, look.colour, WHITE)
        case "strokes":
            pen.line(left, tip, look.width, look.colour)
            pen.line(right, tip, look.width, look.colour)
        case "hatched":
            for k in range(1, 11):
                side = s * 0.045 * k
                a, b = _across(tip, d, s * k / 10, side), _across(tip, d, s * k / 10, -side)
                pen.line(a, b, s / 9, look.colour)
        case "halves":
            middle = _across(tip, d, s, 0)
            pen.polygon([tip, left, middle], fill=look.colour)
            pen.polygon([tip, middle, right], fill=look.colour)
        case "barbs":
            back = _across(tip, d, s * 1.3, s * 0.4), _across(tip, d, s * 1.3, -s * 0.4)
            notch = _across(tip, d, s * 0.8, 0)
            pen.polygon([tip, back[0], notch, back[1]], fill=look.colour)
        case _:
            pen.polygon([tip, left, right], fill=look.colour)
