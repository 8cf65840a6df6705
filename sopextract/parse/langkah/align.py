"""Lays the cells of one row over the columns of its table.

OCR puts an extra cell into a row, or drops one; everything right of it then stands one column off.
The best monotone alignment of cells to columns is found by dynamic programming on what each cell
looks like; cells stay where they are unless another place is clearly better.
"""

from __future__ import annotations

from collections.abc import Sequence

from sopextract.parse.langkah.columns import Columns
from sopextract.parse.langkah.content import Content, look_at

# Scores of a cell in a column and costs of moving. Set by hand on the tuning sheets: a duration
# under Waktu and a symbol under an actor must outweigh one skipped cell, an empty cell must not.
_SKIP_EMPTY_CELL, _SKIP_FILLED_CELL, _SKIP_COLUMN = -1.0, -8.0, -1.2
# By how much a shifted reading must beat the reading as it stands; set with the scores above.
_MARGIN = 1.5


def align_row(texts: Sequence[str], columns: Columns) -> tuple[tuple[int | None, ...], bool]:
    """For each column the position of its cell in `texts` (None: no cell), and whether it moved."""
    identity = tuple(j if j < len(texts) else None for j in range(columns.width))
    cells = [look_at(text) for text in texts]
    while cells and cells[-1].empty:
        cells.pop()
    roles = [columns.role(j) for j in range(columns.width)]
    straight = sum(
        _fit(cells[j], roles[j]) if j < len(cells) else _fit(_EMPTY, roles[j])
        for j in range(columns.width)
    )
    straight += _SKIP_FILLED_CELL * sum(not c.empty for c in cells[columns.width :])
    if not _looks_shifted(cells, roles):
        return identity, False
    best, path = _best_path(cells, roles)
    if best < straight + _MARGIN or path == identity[: len(path)]:
        return identity, False
    return path, True


_EMPTY = look_at("")


def _looks_shifted(cells: Sequence[Content], roles: Sequence[str]) -> bool:
    """Cheap test: only a row in which some cell fits its column badly is worth aligning."""
    if sum(not c.empty for c in cells[len(roles) :]):
        return True
    return any(_fit(cell, role) < -0.9 for cell, role in zip(cells, roles, strict=False))


def _fit(cell: Content, role: str) -> float:
    if role == "no":
        return 2.0 if cell.counts else 0.0 if cell.empty else -3.0
    if role == "kegiatan":
        return 1.0 if cell.prose else -1.0
    if role == "actor":
        return 0.2 if cell.empty else 2.0 if cell.mark else -3.0 if len(cell.text) > 12 else -1.0
    if role == "waktu":
        if cell.empty:
            return -0.3
        return 2.5 * cell.duration if cell.duration >= 0.5 else -1.2
    if role == "kelengkapan":
        return -0.5 if cell.empty else -2.0 if cell.mark else 0.8 - 2.5 * cell.duration
    if role == "output":
        return -0.8 if cell.empty else -2.0 if cell.mark else 0.8 - 1.2 * cell.duration
    if role == "keterangan":
        return 0.3 if cell.empty else 0.2
    return 0.0 if cell.empty else -2.0


def _best_path(
    cells: Sequence[Content], roles: Sequence[str]
) -> tuple[float, tuple[int | None, ...]]:
    n, m = len(cells), len(roles)
    score = [[float("-inf")] * (m + 1) for _ in range(n + 1)]
    back: list[list[str]] = [[""] * (m + 1) for _ in range(n + 1)]
    score[0][0] = 0.0
    for i in range(n + 1):
        for j in range(m + 1):
            here = score[i][j]
            if here == float("-inf"):
                continue
            if i < n and j < m:
                _relax(score, back, (i + 1, j + 1), here + _fit(cells[i], roles[j]), "match")
            if i < n:
                # of cells that might be the odd one out the last is taken: what stands before it
                # then stays where it is printed
                cost = (_SKIP_EMPTY_CELL if cells[i].empty else _SKIP_FILLED_CELL) + 0.001 * i
                _relax(score, back, (i + 1, j), here + cost, "cell")
            if j < m:
                # columns to the right of the last cell are simply empty
                cost = _fit(_EMPTY, roles[j]) + (0.0 if i == n else _SKIP_COLUMN)
                _relax(score, back, (i, j + 1), here + cost, "column")
    path: list[int | None] = [None] * m
    i, j = n, m
    while i or j:
        step = back[i][j]
        if step == "match":
            i, j = i - 1, j - 1
            path[j] = i
        elif step == "cell":
            i -= 1
        else:
            j -= 1
    return score[n][m], tuple(path)


def _relax(
    score: list[list[float]], back: list[list[str]], to: tuple[int, int], value: float, step: str
) -> None:
    i, j = to
    if value > score[i][j] + 1e-9:
        score[i][j] = value
        back[i][j] = step
