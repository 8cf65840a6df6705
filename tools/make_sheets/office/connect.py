"""Arrows as DrawingML connectors: a way of upright pieces to a preset, turned and mirrored.

The preset `bentConnectorN` runs from the top left to the bottom right of its frame, starting
across; `adj` move its inner pieces, in 100 000ths of the frame. Ways that start downwards are
turned by 90 or 270 degrees. DrawingML mirrors first and turns then (ECMA-376, 20.1.7.6).
"""

from __future__ import annotations

from dataclasses import dataclass

from tools.make_sheets.office.place import Box, Point

_LEAST_PT = 1.0  # Excel writes 12700 EMU for a frame without width, and adj in that measure


@dataclass(frozen=True)
class Bend:
    """A connector's preset and frame; `turn` in degrees clockwise."""

    preset: str
    box: Box
    turn: int = 0
    flip_h: bool = False
    flip_v: bool = False
    adj: tuple[int, ...] = ()


def squeeze(points: tuple[Point, ...]) -> tuple[Point, ...]:
    """The way without pieces of no length and without corners that do not bend."""
    found: list[Point] = []
    for point in points:
        if found and abs(found[-1][0] - point[0]) < 0.1 and abs(found[-1][1] - point[1]) < 0.1:
            continue
        if len(found) > 1:
            (ax, ay), (bx, by) = found[-2], found[-1]
            down = abs(ax - bx) < 0.1 and abs(bx - point[0]) < 0.1
            across = abs(ay - by) < 0.1 and abs(by - point[1]) < 0.1
            if down or across:
                found.pop()
        found.append(point)
    return tuple(found)


def straight(start: Point, end: Point, preset: str = "straightConnector1") -> Bend:
    """A straight line from start to end."""
    (ax, ay), (bx, by) = start, end
    box = Box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
    return Bend(preset, box, 0, bx < ax, by < ay)


def bend(points: tuple[Point, ...], other_way: bool = False) -> Bend:
    """The preset that draws these points; `other_way` takes the turn that is 180 degrees on."""
    points = squeeze(points)
    pieces = len(points) - 1
    if pieces == 1:
        return straight(points[0], points[1])
    (x0, y0), (xn, yn) = points[0], points[-1]
    across = abs(points[1][1] - y0) < 0.1
    turn = (0 if across else 90) + (180 if other_way else 0)
    local = [_unturn(x - x0, y - y0, turn) for x, y in points]
    u, v = local[-1]
    width, height = max(abs(u), _LEAST_PT), max(abs(v), _LEAST_PT)
    flip_h, flip_v = u < 0, v < 0
    adj: list[int] = []
    for k in range(2, pieces):
        at, whole = (local[k][0], width) if k % 2 == 0 else (local[k][1], height)
        sign = -1 if (flip_h if k % 2 == 0 else flip_v) else 1
        adj.append(round(at * sign / whole * 100000))
    cx, cy = (x0 + xn) / 2, (y0 + yn) / 2
    box = Box(cx - width / 2, cy - height / 2, cx + width / 2, cy + height / 2)
    return Bend(f"bentConnector{pieces}", box, turn, flip_h, flip_v, tuple(adj))


def _unturn(dx: float, dy: float, turn: int) -> Point:
    """A way on the page, seen in a frame turned clockwise by `turn`."""
    return {0: (dx, dy), 90: (dy, -dx), 180: (-dx, -dy), 270: (-dy, dx)}[turn]
