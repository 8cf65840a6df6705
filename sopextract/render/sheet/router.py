"""Routes the connectors of a sheet: the sides, the order of the edges, what each takes of the grid.

Hard rules: never through a symbol; never on another line, unless both end in the same target, and
then the later one ends where it meets the earlier; lines cross only where both run straight; a
side of a symbol that sends never receives.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import inf
from random import Random

from sopextract.render.sheet.bands import Bands
from sopextract.render.sheet.channels import (
    ACROSS,
    CORNER,
    DOWN,
    EAST,
    MM_X,
    MM_Y,
    NORTH,
    OFFSETS,
    OFFSETS_DENSE,
    SOUTH,
    SYMBOL,
    TEE,
    WEST,
    Board,
    ChannelGrid,
    Job,
    Way,
    direction_of,
    is_bend,
)
from sopextract.render.sheet.model import Connector, FlowEdge, Routing, Symbol
from sopextract.render.sheet.search import BEND, JOIN, WaySearch

LABEL_ROOM = 12  # channel units: half a symbol, and the word "Tidak" in a lane of 20 mm
TRIES = 4  # more gave no gain at two to three times the time (findings §2)
# States looked at before better orders are no longer sought: random sheets of 20 to 30 edges take
# 7,000 to 50,000 for all tries; a muddle of arrows, which no order mends, would go on for minutes
BUDGET = 60_000
ROUNDING = 1e-6  # of sums of the same costs in another order
WHIMS = (0.0, 0.0, 0.0, 25.0)  # dearer than any preference for a side, not than a long detour
SHUFFLES, SHUFFLE_MAX = 8, 20  # small sheets, where a crossing shows, have the time for more

SIDES = "ESWN"
# What a side costs to enter or leave by, in millimetres of line; found as those of `search`.
FORWARD_IN = {NORTH: 0.0, EAST: 4.0, WEST: 4.0, SOUTH: 20.0}
RETURN_IN = {NORTH: 4.0, EAST: 1.0, WEST: 1.0, SOUTH: 1.0}
ACROSS_IN = {NORTH: 8.0, EAST: 0.0, WEST: 0.0, SOUTH: 12.0}
FORWARD_OUT = {NORTH: 12.0, EAST: 0.0, WEST: 0.0, SOUTH: 0.0}
RETURN_OUT = {NORTH: 8.0, EAST: 0.0, WEST: 0.0, SOUTH: 6.0}


@dataclass(slots=True)
class _Pass:
    """What routing every edge in one order gave."""

    ways: dict[int, Way]
    failed: list[int]
    crossings: int

    def score(self) -> tuple[int, float]:
        """Less is better: edges without a way, then what the ways cost."""
        return len(self.failed), sum(w.cost for w in self.ways.values())


def route(
    symbols: Sequence[Symbol], edges: Sequence[FlowEdge], lanes: int, bands: Bands
) -> Routing:
    """Route every edge; edges for which no way exists are named in `failed`, never drawn badly."""
    banded = tuple(replace(s, row=bands.of(s.place), slot=0) for s in symbols)
    return _route(banded, tuple(edges), lanes, bands.total)


@lru_cache(maxsize=32)  # a sheet is drawn in several formats; each page has the same lines in all
def _route(
    symbols: tuple[Symbol, ...], edges: tuple[FlowEdge, ...], lanes: int, rows: int
) -> Routing:
    best = _Router(symbols, edges, ChannelGrid(lanes, rows, OFFSETS)).run()
    if best.failed:
        dense = _Router(symbols, edges, ChannelGrid(lanes, rows, OFFSETS_DENSE)).run()
        if len(dense.failed) < len(best.failed):
            return dense
    return best


def forget_ways() -> None:
    """Route anew what was routed before: for who measures how long that takes."""
    _route.cache_clear()


class _Router:
    """Routes one sheet on one grid: all edges in an order, then again, the worst-off first.

    The rows of its symbols are bands.
    """

    def __init__(
        self, symbols: Sequence[Symbol], edges: Sequence[FlowEdge], grid: ChannelGrid
    ) -> None:
        self.symbols, self.edges, self.grid = symbols, edges, grid
        self.centres = [grid.centre(s) for s in symbols]
        nx = len(grid.xs)
        self.empty = bytearray(grid.size)
        for node in self.centres:
            self.empty[node] = SYMBOL
        self.search = WaySearch(grid)
        self.exits = [sum(e.source == i for e in edges) for i in range(len(symbols))]
        self.enters = [sum(e.target == i for e in edges) for i in range(len(symbols))]
        self.lengths = [
            MM_X * abs(grid.xs[a % nx] - grid.xs[b % nx])
            + MM_Y * abs(grid.ys[a // nx] - grid.ys[b // nx])
            for a, b in ((self.centres[e.source], self.centres[e.target]) for e in edges)
        ]
        self.lone: dict[int, float] = {}  # what each edge's way costs on an empty sheet
        self.whims: dict[tuple[int, int], float] = {}  # on sides: 0 to 3 to leave, 4 to 7 to enter

    def run(self) -> Routing:
        """The best of several orders: the worst-off edge first, then some shuffles."""
        order = sorted(range(len(self.edges)), key=self._length)
        best = self._pass(order)
        for attempt in range(TRIES):
            if self.search.spent > BUDGET:
                break
            worst = max(order, key=lambda i: self._regret(i, best.ways), default=-1)
            if worst < 0 or self._regret(worst, best.ways) < BEND:
                break
            order = [worst, *(i for i in order if i != worst)]
            best = self._pass(order, best)
            if (
                attempt == TRIES - 1
                and len(order) <= SHUFFLE_MAX
                and (best.crossings or best.failed)
            ):
                best = self._shuffled(order, best)
        connectors = tuple(self._connector(i, best.ways[i]) for i in sorted(best.ways))
        dense = self.grid.offsets == OFFSETS_DENSE
        return Routing(connectors, tuple(sorted(best.failed)), best.crossings, dense)

    def _shuffled(self, order: list[int], best: _Pass) -> _Pass:
        """Orders at random, always the same ones, while lines still cross."""
        chance = Random(len(order))
        for _ in range(SHUFFLES):
            chance.shuffle(order)
            self.whims = {(i, d): chance.choice(WHIMS) for i in range(len(order)) for d in range(8)}
            best = self._pass(order, best)
            if self.search.spent > BUDGET or not (best.crossings or best.failed):
                break
        self.whims = {}
        return best

    def _length(self, index: int) -> tuple[float, int]:
        a, b = self.symbols[self.edges[index].source], self.symbols[self.edges[index].target]
        return abs(a.row - b.row) * 18.0 + abs(a.lane - b.lane) * 20.0, index

    def _regret(self, index: int, ways: dict[int, Way]) -> float:
        way = ways.get(index)
        if way is None:
            return float("inf")
        if index not in self.lone:
            lone = self._find(index, Board(bytearray(self.empty)), {})
            self.lone[index] = lone.cost if lone else way.cost
        return way.cost - self.lone[index]

    def _least(self, index: int) -> float:
        """What an edge's way costs at least, whatever lies on the sheet."""
        joined = self.lengths[index] + JOIN
        if self.enters[self.edges[index].target] == 1:  # there is no other line to join
            joined = inf
        return min(self.lone.get(index, self.lengths[index]), joined)

    def _pass(self, order: Sequence[int], best: _Pass | None = None) -> _Pass:
        """Every edge in this order; or `best`, as soon as this cannot become better."""
        failures, limit = best.score() if best else (len(order), inf)
        least = [self._least(i) for i in range(len(self.edges))]
        sum_mm = sum(least)
        board = Board(bytearray(self.empty))
        ways: dict[int, Way] = {}
        failed: list[int] = []
        pending_out, pending_in = list(self.exits), list(self.enters)
        for index in order:
            edge = self.edges[index]
            pending_out[edge.source] -= 1
            pending_in[edge.target] -= 1
            way = self._find(
                index, board, {edge.source: pending_in[edge.source] > 0}, pending_out[edge.target]
            )
            sum_mm -= least[index]
            if way is None:
                failed.append(index)
            else:
                ways[index] = way
                sum_mm += way.cost
                self._take(index, way, board)
            # who fails as often as the best costs no less only when all its ways are known
            if best and (len(failed), sum_mm) >= (failures, limit + ROUNDING):
                return best
        done = _Pass(ways, failed, board.crossings)
        return min(best, done, key=_Pass.score) if best else done

    def _find(
        self, index: int, board: Board, waiting: dict[int, bool], reserve: int = 0
    ) -> Way | None:
        edge = self.edges[index]
        a, b = self.symbols[edge.source], self.symbols[edge.target]
        free = [d for d in range(4) if (edge.source, d) not in board.ports]
        received = any(board.ports.get((edge.source, d)) == "in" for d in range(4))
        if waiting.get(edge.source) and not received and len(free) < 2:
            free = []
        out_cost, in_cost = _prices(a, b)
        if self.whims:
            out_cost = {d: c + self.whims[(index, d)] for d, c in out_cost.items()}
            in_cost = {d: c + self.whims[(index, 4 + d)] for d, c in in_cost.items()}
        into = {d: c for d, c in in_cost.items() if (edge.target, d) not in board.ports}
        if len(into) <= reserve:
            into = {}
        job = Job(
            self.centres[edge.source],
            self.centres[edge.target],
            {d: out_cost[d] for d in free},
            into,
            board.joints.get(edge.target, {}),
            min(a.row, b.row),
            max(a.row, b.row),
            LABEL_ROOM if edge.label else 0,
        )
        size, last = len(self.grid.offsets), len(self.grid.ys) - 1
        near = (max(0, (job.top - 1) * size), min(last, (job.bottom + 2) * size - 1))
        if not job.out or not (job.into or job.joints):
            return None
        way = self.search.find(job, board, near)
        if way is None and near != (0, last):
            way = self.search.find(job, board, (0, last))
        if way and self.whims:
            way.cost -= self.whims[(index, way.out)]
            way.cost -= self.whims[(index, 4 + way.side)] if way.side >= 0 else 0.0
        return way

    def _take(self, index: int, way: Way, board: Board) -> None:
        edge, nx = self.edges[index], len(self.grid.xs)
        board.ports[(edge.source, way.out)] = "out"
        if way.side >= 0:
            board.ports[(edge.target, way.side)] = "in"
        nodes = way.nodes
        for before, node, after in zip(nodes, nodes[1:], nodes[2:], strict=False):
            across = abs(node - before) == 1
            kind = (ACROSS if across else DOWN) if after - node == node - before else CORNER
            if board.mask[node]:
                board.crossings += 1
                kind |= board.mask[node]
            board.mask[node] = kind
        if way.rest:
            board.mask[nodes[-1]] |= TEE
        joints = board.joints.setdefault(edge.target, {})
        # not on the exit stub, where a reader could take the join for an exit of that symbol
        clear = next(
            (i for i in range(1, len(nodes) - 1) if is_bend(nodes, i)), max(2, len(nodes) // 2)
        )
        for i in range(max(1, clear), len(nodes) - 1):
            joints[nodes[i]] = (direction_of(nodes[i], nodes[i + 1], nx), nodes[i:] + way.rest[1:])

    def _connector(self, index: int, way: Way) -> Connector:
        nx, xs, ys = len(self.grid.xs), self.grid.xs, self.grid.ys
        points = [(xs[n % nx], ys[n // nx]) for n in way.nodes]
        corners = [
            p for i, p in enumerate(points) if i in (0, len(points) - 1) or is_bend(way.nodes, i)
        ]
        side = SIDES[way.side] if way.side >= 0 else ""
        return Connector(index, tuple(corners), way.side < 0, side)


def _prices(a: Symbol, b: Symbol) -> tuple[dict[int, float], dict[int, float]]:
    if a.row == b.row and a.lane != b.lane:
        return RETURN_OUT, ACROSS_IN
    return (FORWARD_OUT, FORWARD_IN) if b.row > a.row else (RETURN_OUT, RETURN_IN)
