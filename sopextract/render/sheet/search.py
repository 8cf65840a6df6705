"""One connector's way: A* over the nodes of the channel grid and the direction of arrival."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from heapq import heappop, heappush

from sopextract.render.sheet.channels import (
    ACROSS,
    CORNER,
    DOWN,
    DX,
    DY,
    EAST,
    MM_X,
    MM_Y,
    WEST,
    Board,
    ChannelGrid,
    Job,
    Way,
    length_mm,
)

# Costs in millimetres of line, as found to give the house style on 200 random sheets (findings §3).
BEND, CROSSING, JOIN = 6.0, 14.0, 2.0


@dataclass(slots=True)
class WaySearch:
    """Searches on one grid; `owner` names the symbol at a node, `spent` the states looked at."""

    grid: ChannelGrid
    owner: Mapping[int, int]
    spent: int = 0

    def find(  # noqa: C901 - the one hot loop: calls inside it would double its time
        self, job: Job, board: Board, window: tuple[int, int]
    ) -> Way | None:
        """The cheapest way for `job` within the rows of `window`; None when there is none."""
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
                return _trace(job, back, d, cost)
            if (node, d) in closed:
                continue
            closed.add((node, d))
            self.spent += 1
            ix, iy = node % nx, node // nx
            turns = (d,) if node == job.source else (d, (d + 1) % 4, (d + 3) % 4)
            for turn in turns:
                if turn != d and mask.get(node, 0):
                    continue  # a bend needs a free node
                jx, jy = ix + DX[turn], iy + DY[turn]
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
                        _finish(heap, back, new + job.into[side], (node, d), side)
                    continue
                if succ in owner:
                    continue
                taken = mask.get(succ, 0)
                if taken:
                    joint = job.joints.get(succ)
                    far = abs(xs[jx] - sx) + abs(ys[jy] - sy) >= job.room
                    if joint and far and _may_join(taken, turn, joint[0]):
                        rest = length_mm(grid, joint[1])
                        _finish(heap, back, new + JOIN + rest, (node, d), 4 + turn, succ)
                    if taken != (DOWN if turn in (EAST, WEST) else ACROSS):
                        continue
                    new += CROSSING
                key = (succ, turn)
                if new < seen.get(key, 1e9):
                    seen[key] = new
                    back[key] = (node, d)
                    guess = abs(xs[jx] - tx) * MM_X + abs(ys[jy] - ty) * MM_Y
                    heappush(heap, (new + guess, new, succ, turn))
        return None


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


def _trace(job: Job, back: dict[tuple[int, int], tuple[int, int]], end: int, cost: float) -> Way:
    """The way that reached the end `end`, from the source on."""
    how, joint = back[(-2, end)]
    state = back[(-1, end)]
    nodes = [job.target if joint < 0 else joint]
    while state[0] != job.source:
        nodes.append(state[0])
        state = back[state]
    nodes.append(job.source)
    nodes.reverse()
    rest = job.joints[joint][1] if joint >= 0 else []
    return Way(nodes, cost, state[1], how if joint < 0 else -1, rest)


def _may_join(taken: int, turn: int, onward: int) -> bool:
    """From the side onto a straight line, or from behind onto a corner.

    Head-on into a corner is refused: the two would look like one line that passes the corner.
    """
    return (taken in (ACROSS, DOWN) and turn != (onward + 2) % 4) or (
        taken == CORNER and turn == onward
    )
