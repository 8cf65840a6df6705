"""Times of a flow by going every way there is: slow, plain, and written apart from the comparison.

The judge of `compare/flowtime.py`; it shares no line with it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Edge = tuple[int, int]
Minutes = tuple[float, float]  # least and most; infinity where nobody knows


@dataclass(frozen=True)
class Answer:
    """Least and most minutes of the quickest and the slowest way; None where no way ends."""

    best: Minutes | None
    worst: Minutes | None


def every_way(edges: Sequence[Edge], rows: int, loops: int = 1) -> Iterator[tuple[int, ...]]:
    """All ways from row 0 to a row without exits, each edge back gone `loops` times at most."""
    exits = {row: [e for e in edges if e[0] == row] for row in range(rows)}

    def go(way: tuple[int, ...], gone: dict[Edge, int]) -> Iterator[tuple[int, ...]]:
        here = way[-1]
        if not exits[here]:
            yield way
            return
        for edge in exits[here]:
            if edge[1] > here:
                yield from go((*way, edge[1]), gone)
            elif gone.get(edge, 0) < loops:
                yield from go((*way, edge[1]), {**gone, edge: gone.get(edge, 0) + 1})

    yield from go((0,), {})


def ask(edges: Sequence[Edge], times: Sequence[Minutes]) -> Answer:
    """The quickest and the slowest way, asked of all least and of all most minutes."""
    ways = list(every_way(edges, len(times)))
    if not ways:
        return Answer(None, None)
    totals = [[math.fsum(times[row][end] for row in way) for way in ways] for end in (0, 1)]
    return Answer(
        (min(totals[0]), min(totals[1])),
        (max(totals[0]), max(totals[1])),
    )
