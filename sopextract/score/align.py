"""Which parsed item stands for which item of the truth."""

from __future__ import annotations

from collections.abc import Callable, Sequence

Pair = tuple[int | None, int | None]  # position in gold, position in parsed
Near = Callable[[int, int], float]


def align_in_order(golds: int, gots: int, near: Near, least: float = 0.5) -> list[Pair]:
    """Pair two sequences without crossing, so that one lost row does not shift all that follow.

    Pairs nearer than `least` only: 0.5, chosen by judgement, keeps a row whose text was half read;
    the greatest sum decides, so rows that resemble one another do not swap. What has no partner is
    paired with None.
    """
    gain = [[0.0] * (gots + 1) for _ in range(golds + 1)]
    nears = [[near(i, j) for j in range(gots)] for i in range(golds)]
    for i in range(golds - 1, -1, -1):
        for j in range(gots - 1, -1, -1):
            both = nears[i][j] + gain[i + 1][j + 1] if nears[i][j] >= least else 0.0
            gain[i][j] = max(both, gain[i + 1][j], gain[i][j + 1])
    pairs: list[Pair] = []
    i = j = 0
    while i < golds and j < gots:
        if nears[i][j] >= least and gain[i][j] == nears[i][j] + gain[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif gain[i][j] == gain[i + 1][j]:
            pairs.append((i, None))
            i += 1
        else:
            pairs.append((None, j))
            j += 1
    pairs += [(k, None) for k in range(i, golds)]
    return pairs + [(None, k) for k in range(j, gots)]


def align_freely(golds: int, gots: int, near: Near, least: float = 0.5) -> list[Pair]:
    """Pair two lists whatever their order, the nearest first; the rest is paired with None."""
    ranked: Sequence[tuple[float, int, int]] = sorted(
        ((near(i, j), -i, -j) for i in range(golds) for j in range(gots)), reverse=True
    )
    pairs: list[Pair] = []
    left, right = set(range(golds)), set(range(gots))
    for value, minus_i, minus_j in ranked:
        if value >= least and -minus_i in left and -minus_j in right:
            pairs.append((-minus_i, -minus_j))
            left.discard(-minus_i)
            right.discard(-minus_j)
    pairs += [(i, None) for i in sorted(left)]
    return pairs + [(None, j) for j in sorted(right)]
