"""Lines that lead to an arrow head: connectors for certain, whatever rules they run along."""

from __future__ import annotations

import math
from collections.abc import Iterator

from sopextract.core.geometry import Point, distance_to_segment
from sopextract.ingest.page.ink import Ink, Line

_MEET = 1.3  # points: pieces of one connector meet within half a line's width of their corner
_AT_HEAD = 3.5  # points from a line's end to its head
_SAME_WIDTH = 0.35  # points; one connector is drawn with one pen
# Pieces of one connector; the most winding made one has seven. A chain that grows longer has run
# into the rules of the table.
_MOST_PIECES = 10


def pointed_lines(ink: Ink) -> frozenset[int]:
    """The lines (by `id`) that end at a head, and those that go on from their other end."""
    ends: dict[tuple[int, int], list[tuple[Point, Line]]] = {}
    for line in ink.lines:
        for p in (line.points[0], line.points[-1]):
            ends.setdefault(_cell(p), []).append((p, line))
    own = {head.path for head in ink.heads}
    pointed = {id(line) for line in ink.lines if line.path in own}
    by_path: dict[int, list[Line]] = {}
    for line in ink.lines:
        if line.path in own:
            by_path.setdefault(line.path, []).append(line)
    for head in ink.heads:
        starts = [*by_path.get(head.path, ())] or [
            line
            for p, line in _near(ends, head.back)
            if distance_to_segment(p, head.back, head.tip) <= _AT_HEAD
        ]
        for line in starts:
            pointed |= _chain(line, ends)
    return frozenset(pointed)


def _cell(p: Point) -> tuple[int, int]:
    return int(p[0] // 8), int(p[1] // 8)


def _near(
    ends: dict[tuple[int, int], list[tuple[Point, Line]]], p: Point
) -> Iterator[tuple[Point, Line]]:
    cx, cy = _cell(p)
    for dx in (-1, 0, 1):
        for dy in (-1, 0, 1):
            yield from ends.get((cx + dx, cy + dy), ())


def _chain(start: Line, ends: dict[tuple[int, int], list[tuple[Point, Line]]]) -> set[int]:
    """The pieces that hang on one, end to end; only itself when there are too many."""
    found = {id(start): start}
    queue = [start]
    while queue:
        line = queue.pop()
        for p in (line.points[0], line.points[-1]):
            for q, other in _near(ends, p):
                if id(other) in found or math.dist(p, q) > _MEET:
                    continue
                if abs(other.width_pt - line.width_pt) > _SAME_WIDTH:
                    continue
                found[id(other)] = other
                queue.append(other)
        if len(found) > _MOST_PIECES:
            return {id(start)}
    return set(found)
