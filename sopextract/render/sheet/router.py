"""Finds the connectors' ways: one A* search per edge over the channel grid.

Hard rules: never through a symbol; never on another line, unless both end in the same target, and
then the later one ends where it meets the earlier; lines cross only where both run straight; a
side of a symbol that sends never receives.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from random import Random

from sopextract.render.sheet.model import CENTRE, CHANNELS, Connector, FlowEdge, Routing, Symbol

OFFSETS = (1, 2, 8, 14, 15)
OFFSETS_DENSE = (1, 2, 3, 8, 13, 14, 15)
# Millimetres per channel unit of a typical cell (20 × 18 mm); only proportions matter here.
MM_X, MM_Y = 20 / CHANNELS, 18 / CHANNELS
# Costs in millimetres of line, as found to give the house style on 200 random sheets (findings §3).
BEND, CROSSING, JOIN = 6.0, 14.0, 2.0
LANE_FACTOR = {1: 1.45, 2: 1.3, 3: 1.6, 8: 1.0, 13: 1.6, 14: 1.3, 15: 1.45}
LABEL_ROOM = 12  # channel units: half a symbol, and the word "Tidak" in a lane of 20 mm
TRIES = 4  # more gave no gain at two to three times the time (findings §2)
# States looked at before better orders are no longer sought: random sheets of 20 to 30 edges take
# 7,000 to 50,000 for all tries; a muddle of arrows, which no order mends, would go on for minutes
BUDGET = 60_000
WHIMS = (0.0, 0.0, 0.0, 25.0)  # dearer than any preference for a side, not than a long detour
SHUFFLES, SHUFFLE_MAX = 8, 20  # small sheets, where a crossing shows, have the time for more

EAST, SOUTH, WEST, NORTH = range(4)
_DX, _DY = (1, 0, -1, 0), (0, 1, 0, -1)
SIDES = "ESWN"
FORWARD_IN = {NORTH: 0.0, EAST: 4.0, WEST: 4.0, SOUTH: 20.0}
RETURN_IN = {NORTH: 4.0, EAST: 1.0, WEST: 1.0, SOUTH: 1.0}
ACROSS_IN = {NORTH: 8.0, EAST: 0.0, WEST: 0.0, SOUTH: 12.0}
FORWARD_OUT = {NORTH: 12.0, EAST: 0.0, WEST: 0.0, SOUTH: 0.0}
RETURN_OUT = {NORTH: 8.0, EAST: 0.0, WEST: 0.0, SOUTH: 6.0}
_H, _V, _BEND, _TEE = 1, 2, 4, 8


@dataclass(slots=True)
class _Grid:
    """The channel grid of one sheet: positions of its nodes and where symbols stand."""

    lanes: int
    rows: int
    offsets: tuple[int, ...]
    xs: list[int] = field(init=False)
    ys: list[int] = field(init=False)
    step: tuple[list[float], list[float]] = field(init=False)
    factor: tuple[list[float], list[float]] = field(init=False)
    blocked: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.xs = [c * CHANNELS + o for c in range(self.lanes) for o in self.offsets]
        self.ys = [r * CHANNELS + o for r in range(self.rows) for o in self.offsets]
        self.step = (
            [(b - a) * MM_X for a, b in zip(self.xs, self.xs[1:], strict=False)],
            [(b - a) * MM_Y for a, b in zip(self.ys, self.ys[1:], strict=False)],
        )
        # a vertical run is dearer in a gutter lane, a horizontal one on a bus
        self.factor = (
            [LANE_FACTOR[y % CHANNELS] for y in self.ys],
            [LANE_FACTOR[x % CHANNELS] for x in self.xs],
        )

    def centre(self, symbol: Symbol) -> int:
        """The node at a symbol's centre."""
        size, middle = len(self.offsets), self.offsets.index(CENTRE)
        return (symbol.row * size + middle) * len(self.xs) + symbol.lane * size + middle


@dataclass(slots=True)
class _Way:
    """One found way: nodes from the source's centre on, and what it cost."""

    nodes: list[int]
    cost: float
    out: int
    side: int  # of the target; -1 when it joins
    rest: list[int]  # nodes of the line joined, from the joint to the target


@dataclass(slots=True)
class _Board:
    """What is taken so far: node masks, sides of symbols, lines by target."""

    mask: dict[int, int] = field(default_factory=dict)
    ports: dict[tuple[int, int], str] = field(default_factory=dict)
    joints: dict[int, dict[int, tuple[int, list[int]]]] = field(default_factory=dict)
    crossings: int = 0


@dataclass(slots=True)
class _Pass:
    """What routing every edge in one order gave."""

    ways: dict[int, _Way]
    failed: list[int]
    crossings: int

    def score(self) -> tuple[int, float]:
        """Less is better: edges without a way, then what the ways cost."""
        return len(self.failed), sum(w.cost for w in self.ways.values())


@dataclass(slots=True)
class _Job:
    """One search: from where to where, with which sides at which price."""

    source: int
    target: int
    out: dict[int, float]
    into: dict[int, float]
    joints: dict[int, tuple[int, list[int]]]
    top: int
    bottom: int
    room: int  # channel units from the source's centre within which the way may not join another


def route(symbols: Sequence[Symbol], edges: Sequence[FlowEdge], lanes: int, rows: int) -> Routing:
    """Route every edge; edges for which no way exists are named in `failed`, never drawn badly."""
    best = _Router(symbols, edges, _Grid(lanes, rows, OFFSETS)).run()
    if best.failed:
        dense = _Router(symbols, edges, _Grid(lanes, rows, OFFSETS_DENSE)).run()
        if len(dense.failed) < len(best.failed):
            return dense
    return best


class _Router:
    """Routes one sheet on one grid: all edges in an order, then again, the worst-off first."""

    def __init__(self, symbols: Sequence[Symbol], edges: Sequence[FlowEdge], grid: _Grid) -> None:
        self.symbols, self.edges, self.grid = symbols, edges, grid
        self.centres = [grid.centre(s) for s in symbols]
        self.owner = {node: i for i, node in enumerate(self.centres)}
        self.exits = [sum(e.source == i for e in edges) for i in range(len(symbols))]
        self.enters = [sum(e.target == i for e in edges) for i in range(len(symbols))]
        self.lone: dict[int, float] = {}
        self.spent = 0  # states looked at so far
        self.whims: dict[tuple[int, int], float] = {}  # on sides: 0 to 3 to leave, 4 to 7 to enter

    def run(self) -> Routing:
        """The best of several orders: the worst-off edge first, then some shuffles."""
        order = sorted(range(len(self.edges)), key=self._length)
        best = self._pass(order)
        for attempt in range(TRIES):
            if self.spent > BUDGET:
                break
            worst = max(order, key=lambda i: self._regret(i, best.ways), default=-1)
            if worst < 0 or self._regret(worst, best.ways) < BEND:
                break
            order = [worst, *(i for i in order if i != worst)]
            best = min(best, self._pass(order), key=_Pass.score)
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
            best = min(best, self._pass(order), key=_Pass.score)
            if self.spent > BUDGET or not (best.crossings or best.failed):
                break
        self.whims = {}
        return best

    def _length(self, index: int) -> tuple[float, int]:
        a, b = self.symbols[self.edges[index].source], self.symbols[self.edges[index].target]
        return abs(a.row - b.row) * 18.0 + abs(a.lane - b.lane) * 20.0, index

    def _regret(self, index: int, ways: dict[int, _Way]) -> float:
        way = ways.get(index)
        if way is None:
            return float("inf")
        if index not in self.lone:
            lone = self._find(index, _Board(), {})
            self.lone[index] = lone.cost if lone else way.cost
        return way.cost - self.lone[index]

    def _pass(self, order: Sequence[int]) -> _Pass:
        board = _Board()
        ways: dict[int, _Way] = {}
        failed: list[int] = []
        pending_out, pending_in = list(self.exits), list(self.enters)
        for index in order:
            edge = self.edges[index]
            pending_out[edge.source] -= 1
            pending_in[edge.target] -= 1
            way = self._find(
                index, board, {edge.source: pending_in[edge.source] > 0}, pending_out[edge.target]
            )
            if way is None:
                failed.append(index)
                continue
            ways[index] = way
            self._take(index, way, board)
        return _Pass(ways, failed, board.crossings)

    def _find(
        self, index: int, board: _Board, waiting: dict[int, bool], reserve: int = 0
    ) -> _Way | None:
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
        job = _Job(
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
        way = self._search(job, board, near)
        if way is None and near != (0, last):
            way = self._search(job, board, (0, last))
        if way and self.whims:
            way.cost -= self.whims[(index, way.out)]
            way.cost -= self.whims[(index, 4 + way.side)] if way.side >= 0 else 0.0
        return way

    def _search(  # noqa: C901 - the one hot loop: calls inside it would double its time
        self, job: _Job, board: _Board, window: tuple[int, int]
    ) -> _Way | None:
        """A* over (node, direction of arrival)."""
        grid, mask, owner = self.grid, board.mask, self.owner
        nx, (first, last) = len(grid.xs), window
        xs, ys, (step_x, step_y), (fac_y, fac_x) = grid.xs, grid.ys, grid.step, grid.factor
        tx, ty = xs[job.target % nx], ys[job.target // nx]
        sx, sy = xs[job.source % nx], ys[job.source // nx]
        heap: list[tuple[float, float, int, int]] = []
        seen: dict[tuple[int, int], float] = {}
        back: dict[tuple[int, int], tuple[int, int]] = {}
        closed: set[tuple[int, int]] = set()
        for d, price in job.out.items():
            heappush(heap, (price, price, job.source, d))
            seen[(job.source, d)] = price
        # a state at the source means: about to leave through that side
        while heap:
            _, cost, node, d = heappop(heap)
            if node == -1:
                return self._trace(job, back, d, cost)
            if (node, d) in closed:
                continue
            closed.add((node, d))
            self.spent += 1
            ix, iy = node % nx, node // nx
            turns = (d,) if node == job.source else (d, (d + 1) % 4, (d + 3) % 4)
            for turn in turns:
                if turn != d and mask.get(node, 0):
                    continue  # a bend needs a free node
                jx, jy = ix + _DX[turn], iy + _DY[turn]
                if not (0 <= jx < nx and first <= jy <= last):
                    continue
                if turn in (EAST, WEST):
                    length = step_x[min(ix, jx)] * fac_y[iy]
                else:
                    length = step_y[min(iy, jy)] * fac_x[ix]
                new = cost + length + (BEND if turn != d else 0.0)
                succ = jy * nx + jx
                if succ == job.target:
                    side = (turn + 2) % 4
                    if side in job.into:
                        self._finish(heap, back, new + job.into[side], (node, d), side)
                    continue
                if succ in owner:
                    continue
                taken = mask.get(succ, 0)
                if taken:
                    joint = job.joints.get(succ)
                    far = abs(xs[jx] - sx) + abs(ys[jy] - sy) >= job.room
                    if joint and far and _may_join(taken, turn, joint[0]):
                        rest = _length_mm(grid, joint[1])
                        self._finish(heap, back, new + JOIN + rest, (node, d), 4 + turn, succ)
                    if taken != (_V if turn in (EAST, WEST) else _H):
                        continue
                    new += CROSSING
                key = (succ, turn)
                if new < seen.get(key, 1e9):
                    seen[key] = new
                    back[key] = (node, d)
                    guess = abs(xs[jx] - tx) * MM_X + abs(ys[jy] - ty) * MM_Y
                    heappush(heap, (new + guess, new, succ, turn))
        return None

    @staticmethod
    def _finish(
        heap: list[tuple[float, float, int, int]],
        back: dict[tuple[int, int], tuple[int, int]],
        cost: float,
        last: tuple[int, int],
        how: int,
        joint: int = -1,
    ) -> None:
        """Push an end; `how` is the target's side, or 4 + direction when it joins at `joint`."""
        key = (-1, len(back) + 1_000_000)
        back[key] = last
        back[(-2, key[1])] = (how, joint)
        heappush(heap, (cost, cost, -1, key[1]))

    def _trace(
        self, job: _Job, back: dict[tuple[int, int], tuple[int, int]], end: int, cost: float
    ) -> _Way:
        how, joint = back[(-2, end)]
        state = back[(-1, end)]
        nodes = [job.target if joint < 0 else joint]
        while state[0] != job.source:
            nodes.append(state[0])
            state = back[state]
        nodes.append(job.source)
        nodes.reverse()
        rest = job.joints[joint][1] if joint >= 0 else []
        return _Way(nodes, cost, state[1], how if joint < 0 else -1, rest)

    def _take(self, index: int, way: _Way, board: _Board) -> None:
        edge, nx = self.edges[index], len(self.grid.xs)
        board.ports[(edge.source, way.out)] = "out"
        if way.side >= 0:
            board.ports[(edge.target, way.side)] = "in"
        nodes = way.nodes
        for before, node, after in zip(nodes, nodes[1:], nodes[2:], strict=False):
            across = abs(node - before) == 1
            kind = (_H if across else _V) if after - node == node - before else _BEND
            if board.mask.get(node):
                board.crossings += 1
                kind |= board.mask[node]
            board.mask[node] = kind
        if way.rest:
            board.mask[nodes[-1]] |= _TEE
        joints = board.joints.setdefault(edge.target, {})
        # not on the exit stub, where a reader could take the join for an exit of that symbol
        clear = next(
            (i for i in range(1, len(nodes) - 1) if _is_bend(nodes, i)), max(2, len(nodes) // 2)
        )
        for i in range(max(1, clear), len(nodes) - 1):
            joints[nodes[i]] = (_direction(nodes[i], nodes[i + 1], nx), nodes[i:] + way.rest[1:])

    def _connector(self, index: int, way: _Way) -> Connector:
        nx, xs, ys = len(self.grid.xs), self.grid.xs, self.grid.ys
        points = [(xs[n % nx], ys[n // nx]) for n in way.nodes]
        corners = [
            p for i, p in enumerate(points) if i in (0, len(points) - 1) or _is_bend(way.nodes, i)
        ]
        side = SIDES[way.side] if way.side >= 0 else ""
        return Connector(index, tuple(corners), way.side < 0, side)


def _prices(a: Symbol, b: Symbol) -> tuple[dict[int, float], dict[int, float]]:
    if a.row == b.row and a.lane != b.lane:
        return RETURN_OUT, ACROSS_IN
    return (FORWARD_OUT, FORWARD_IN) if b.row > a.row else (RETURN_OUT, RETURN_IN)


def _may_join(taken: int, turn: int, onward: int) -> bool:
    """From the side onto a straight line, or from behind onto a corner.

    Head-on into a corner is refused: the two would look like one line that passes the corner.
    """
    return (taken in (_H, _V) and turn != (onward + 2) % 4) or (taken == _BEND and turn == onward)


def _is_bend(nodes: list[int], i: int) -> bool:
    across = abs(nodes[i] - nodes[i - 1]) == 1
    return across != (abs(nodes[i + 1] - nodes[i]) == 1)


def _direction(node: int, succ: int, nx: int) -> int:
    return {1: EAST, -1: WEST, nx: SOUTH}.get(succ - node, NORTH)


def _length_mm(grid: _Grid, nodes: list[int]) -> float:
    nx = len(grid.xs)
    (ax, ay), (bx, by) = divmod(nodes[0], nx)[::-1], divmod(nodes[-1], nx)[::-1]
    return abs(grid.xs[ax] - grid.xs[bx]) * MM_X + abs(grid.ys[ay] - grid.ys[by]) * MM_Y
