"""The channel grid on which connectors run, what is taken of it, and one way over it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from sopextract.render.sheet.model import CENTRE, CHANNELS, Symbol

# Channels in use, of the CHANNELS across a cell: next to its borders and through its middle.
OFFSETS = (1, 2, 8, 14, 15)
OFFSETS_DENSE = (1, 2, 3, 8, 13, 14, 15)
# Millimetres per channel unit of a typical cell (20 × 18 mm); only proportions matter here.
MM_X, MM_Y = 20 / CHANNELS, 18 / CHANNELS
# What a unit of a lane costs, by its channel; found with the costs in `search`.
LANE_FACTOR = {1: 1.45, 2: 1.3, 3: 1.6, 8: 1.0, 13: 1.6, 14: 1.3, 15: 1.45}
EAST, SOUTH, WEST, NORTH = range(4)
DX, DY = (1, 0, -1, 0), (0, 1, 0, -1)
# What a node holds: a symbol, a line across or down, a corner, the end of a line that joins one.
ACROSS, DOWN, CORNER, TEE, SYMBOL = 1, 2, 4, 8, 16


@dataclass(slots=True)
class ChannelGrid:
    """The channel grid of one sheet: positions of its nodes and where symbols stand."""

    lanes: int
    rows: int
    offsets: tuple[int, ...]
    xs: list[int] = field(init=False)
    ys: list[int] = field(init=False)
    succ: Sequence[int] = field(init=False)
    length: Sequence[float] = field(init=False)

    def __post_init__(self) -> None:
        self.xs = [c * CHANNELS + o for c in range(self.lanes) for o in self.offsets]
        self.ys = [r * CHANNELS + o for r in range(self.rows) for o in self.offsets]
        self.succ, self.length = _join(tuple(self.xs), tuple(self.ys))

    @property
    def size(self) -> int:
        """How many nodes there are."""
        return len(self.xs) * len(self.ys)

    def centre(self, symbol: Symbol) -> int:
        """The node at a symbol's centre."""
        size, middle = len(self.offsets), self.offsets.index(CENTRE)
        return (symbol.row * size + middle) * len(self.xs) + symbol.lane * size + middle


@lru_cache(maxsize=64)
def _join(xs: tuple[int, ...], ys: tuple[int, ...]) -> tuple[Sequence[int], Sequence[float]]:
    """The next state of each state (`node * 4 + direction`; -1: none), and its price.

    A vertical run is dearer in a gutter lane, a horizontal one on a bus.
    """
    nx, ny = len(xs), len(ys)
    succs: list[int] = []
    lengths: list[float] = []
    for node in range(nx * ny):
        ix, iy = node % nx, node // nx
        for d in range(4):
            jx, jy = ix + DX[d], iy + DY[d]
            inside = 0 <= jx < nx and 0 <= jy < ny
            succs.append((jy * nx + jx) * 4 + d if inside else -1)
            if not inside:
                lengths.append(0.0)
            elif d in (EAST, WEST):
                lengths.append(abs(xs[ix] - xs[jx]) * MM_X * LANE_FACTOR[ys[iy] % CHANNELS])
            else:
                lengths.append(abs(ys[iy] - ys[jy]) * MM_Y * LANE_FACTOR[xs[ix] % CHANNELS])
    return succs, lengths


@dataclass(slots=True)
class Way:
    """One found way: nodes from the source's centre on, and what it cost."""

    nodes: list[int]
    cost: float
    out: int
    side: int  # of the target; -1 when it joins
    rest: list[int]  # nodes of the line joined, from the joint to the target


@dataclass(slots=True)
class Board:
    """What is taken so far: a mask for each node, sides of symbols, lines by target."""

    mask: bytearray
    ports: dict[tuple[int, int], str] = field(default_factory=dict)
    joints: dict[int, dict[int, tuple[int, list[int]]]] = field(default_factory=dict)
    crossings: int = 0


@dataclass(slots=True)
class Job:
    """One search: from where to where, with which sides at which price."""

    source: int
    target: int
    out: dict[int, float]
    into: dict[int, float]
    joints: dict[int, tuple[int, list[int]]]
    top: int
    bottom: int
    room: int  # channel units from the source's centre within which the way may not join another


def is_bend(nodes: list[int], i: int) -> bool:
    """Whether a way turns at its node `i`, none of its ends."""
    across = abs(nodes[i] - nodes[i - 1]) == 1
    return across != (abs(nodes[i + 1] - nodes[i]) == 1)


def direction_of(node: int, succ: int, nx: int) -> int:
    """The direction from a node to the next one, in a grid of `nx` columns."""
    return {1: EAST, -1: WEST, nx: SOUTH}.get(succ - node, NORTH)


def length_mm(grid: ChannelGrid, nodes: list[int]) -> float:
    """From the first node to the last along the grid, in millimetres of a typical sheet."""
    nx = len(grid.xs)
    (ax, ay), (bx, by) = divmod(nodes[0], nx)[::-1], divmod(nodes[-1], nx)[::-1]
    return abs(grid.xs[ax] - grid.xs[bx]) * MM_X + abs(grid.ys[ay] - grid.ys[by]) * MM_Y
