"""One connector's way: A* over the nodes of the channel grid and the direction of arrival."""

from __future__ import annotations

from dataclasses import dataclass, field
from heapq import heappop, heappush

from sopextract.render.sheet.channels import (
    ACROSS,
    CORNER,
    DOWN,
    EAST,
    MM_X,
    MM_Y,
    NORTH,
    SOUTH,
    SYMBOL,
    WEST,
    Board,
    ChannelGrid,
    Job,
    Way,
    length_mm,
)

# Costs in millimetres of line, as found to give the house style on 200 random sheets (findings §3).
BEND, CROSSING, JOIN = 6.0, 14.0, 2.0


# By the direction of arrival: the direction to go on in, and what turning to it costs.
_TURNS = tuple(((d, 0.0), ((d + 1) & 3, BEND), ((d + 3) & 3, BEND)) for d in range(4))
_STRAIGHT = tuple(((d, 0.0),) for d in range(4))


@dataclass(slots=True)
class WaySearch:
    """Searches on one grid; `spent` tells the states looked at.

    A state is a node and the direction of arrival, as `node * 4 + direction`; one at the source
    means: about to leave through that side.
    """

    grid: ChannelGrid
    spent: int = 0
    guesses: dict[int, _Guess] = field(default_factory=dict)

    def find(  # noqa: C901 - the one hot loop: calls inside it would double its time
        self, job: Job, board: Board, window: tuple[int, int]
    ) -> Way | None:
        """The cheapest way for `job` within the rows of `window`; None when there is none."""
        grid, mask, succs, lengths = self.grid, board.mask, self.grid.succ, self.grid.length
        nx, target = len(grid.xs), job.target
        guess = self.guesses.get(target) or self.guesses.setdefault(target, _Guess(grid, target))
        first, last = window[0] * nx * 4, (window[1] + 1) * nx * 4
        heap: list[tuple[float, float, int]] = []
        seen = [1e9] * (grid.size * 4)
        back: dict[int, int] = {}
        closed = bytearray(grid.size * 4)
        ends: list[_End] = []
        for d, price in job.out.items():
            heappush(heap, (price, price, job.source * 4 + d))
        while heap:
            _, cost, state = heappop(heap)
            if state < 0:
                return _trace(job, back, ends[-state - 1], cost)
            if closed[state]:
                continue
            closed[state] = 1
            self.spent += 1
            # a bend needs a free node, and a symbol is left straight on
            for turn, bend in (_STRAIGHT if mask[state >> 2] else _TURNS)[state & 3]:
                step = state & -4 | turn
                key = succs[step]
                if not first <= key < last:
                    continue
                new = cost + lengths[step] + bend
                if held := mask[key >> 2]:
                    succ = key >> 2
                    if held == SYMBOL:
                        side = (turn + 2) & 3
                        if succ == target and side in job.into:
                            _finish(heap, ends, new + job.into[side], _End(state, side))
                        continue
                    joint = job.joints.get(succ)
                    if joint and _may_join(held, turn, joint[0]) and _is_far(grid, job, succ):
                        rest = length_mm(grid, joint[1])
                        _finish(heap, ends, new + JOIN + rest, _End(state, -1, succ))
                    if held != (ACROSS if turn & 1 else DOWN):
                        continue
                    new += CROSSING
                if new < seen[key]:
                    seen[key] = new
                    back[key] = state
                    heappush(heap, (new + guess[key], new, key))
        return None


class _Guess(dict[int, float]):
    """For each state the least that a way to the target can still cost, as it is asked for."""

    def __init__(self, grid: ChannelGrid, target: int) -> None:
        super().__init__()
        nx = len(grid.xs)
        tx, ty = grid.xs[target % nx], grid.ys[target // nx]
        self.nx = nx
        self.across = [(abs(x - tx) * MM_X, _bends_to(x, tx, EAST, WEST)) for x in grid.xs]
        self.down = [(abs(y - ty) * MM_Y, _bends_to(y, ty, SOUTH, NORTH)) for y in grid.ys]

    def __missing__(self, state: int) -> float:
        node = state >> 2
        far_x, toward_x = self.across[node % self.nx]
        far_y, toward_y = self.down[node // self.nx]
        guess = far_x + far_y + _LEAST_BENDS[toward_x, toward_y][state & 3]
        self[state] = guess
        return guess


def _bends_to(at: int, target: int, more: int, less: int) -> int:
    """The direction from one place on an axis to the other; -1 where they are the same."""
    return -1 if at == target else more if at < target else less


def _least_bends(toward_x: int, toward_y: int, d: int) -> int:
    """How often a way that arrives in direction `d` must still turn to reach its target at all."""
    toward = {toward_x, toward_y} - {-1}
    if not toward:
        return 0
    if len(toward) == 2:
        return 1 if d in toward else 2
    return {0: 0, 2: 3}.get((d - toward.pop()) % 4, 1)


_LEAST_BENDS = {
    (x, y): tuple(BEND * _least_bends(x, y, d) for d in range(4))
    for x in (-1, EAST, WEST)
    for y in (-1, SOUTH, NORTH)
}


@dataclass(frozen=True, slots=True)
class _End:
    """How a way ends: the state before, and the target's side, or -1 and the joint."""

    before: int
    side: int
    joint: int = -1


def _finish(heap: list[tuple[float, float, int]], ends: list[_End], cost: float, end: _End) -> None:
    """Push an end, as the negative of its number."""
    ends.append(end)
    heappush(heap, (cost, cost, -len(ends)))


def _is_far(grid: ChannelGrid, job: Job, node: int) -> bool:
    """Whether a node is so far from the source that a line may join another there."""
    nx = len(grid.xs)
    dx = abs(grid.xs[node % nx] - grid.xs[job.source % nx])
    return dx + abs(grid.ys[node // nx] - grid.ys[job.source // nx]) >= job.room


def _trace(job: Job, back: dict[int, int], end: _End, cost: float) -> Way:
    """The way that reached an end, from the source on."""
    nodes = [job.target if end.joint < 0 else end.joint]
    state = end.before
    while state >> 2 != job.source:
        nodes.append(state >> 2)
        state = back[state]
    nodes.append(job.source)
    nodes.reverse()
    rest = job.joints[end.joint][1] if end.joint >= 0 else []
    return Way(nodes, cost, state & 3, end.side, rest)


def _may_join(taken: int, turn: int, onward: int) -> bool:
    """From the side onto a straight line, or from behind onto a corner.

    Head-on into a corner is refused: the two would look like one line that passes the corner.
    """
    return (taken in (ACROSS, DOWN) and turn != (onward + 2) % 4) or (
        taken == CORNER and turn == onward
    )
