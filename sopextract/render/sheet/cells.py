"""Connectors cut at the borders of the cells that they pass."""

from __future__ import annotations

from itertools import pairwise

from sopextract.render.sheet.model import CHANNELS, Connector

Cell = tuple[int, int]  # row and lane, from 0
Piece = tuple[int, int, int, int]  # x1, y1, x2, y2 in the cell's own channel units


def cut(connector: Connector) -> list[tuple[Cell, Piece]]:
    """The straight pieces of a connector, each within one cell.

    >>> cut(Connector(0, ((8, 8), (24, 8)), False, "W"))
    [((0, 0), (8, 8, 16, 8)), ((0, 1), (0, 8, 8, 8))]
    """
    found: list[tuple[Cell, Piece]] = []
    for a, b in pairwise(connector.points):
        across = a[1] == b[1]
        low, high = sorted((a[0], b[0]) if across else (a[1], b[1]))
        fixed, offset = divmod(a[1] if across else a[0], CHANNELS)
        for cell in range(low // CHANNELS, high // CHANNELS + 1):
            start, end = max(low - cell * CHANNELS, 0), min(high - cell * CHANNELS, CHANNELS)
            if across:
                found.append(((fixed, cell), (start, offset, end, offset)))
            else:
                found.append(((cell, fixed), (offset, start, offset, end)))
    return found
