"""The cells of a table from its rules: elementary cells, joined where no rule parts them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from sopextract.core.geometry import BBox, Point, shared_area
from sopextract.ingest.page.rules import Rule, Table

_DOUBLE = 4.0  # points: rules nearer than this are one, drawn double; no cell is as narrow
_MOST_CELLS = 12_000  # elementary ones; the fullest table seen has 2,000, squared paper more
_COVER = 0.55  # share of a wall that must be drawn; the rest are gaps of a worn or crossed rule


@dataclass(frozen=True, slots=True)
class Span:
    """One cell: rows `top` to `bottom` and columns `left` to `right`, both ends included."""

    top: int
    bottom: int
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class Lattice:
    """A table's cells: `xs` and `ys` are the edges of its columns and rows, in points."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[Span, ...]
    owner: tuple[tuple[int, ...], ...]  # for each row and column the number of its cell

    @property
    def bbox(self) -> BBox:
        """The box around it."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def box(self, cell: Span) -> BBox:
        """The box of one cell."""
        return (
            self.xs[cell.left],
            self.ys[cell.top],
            self.xs[cell.right + 1],
            self.ys[cell.bottom + 1],
        )

    def cell_at(self, point: Point) -> int | None:
        """The number of the cell that holds a point; None outside the table."""
        column = bisect_right(self.xs, point[0]) - 1
        row = bisect_right(self.ys, point[1]) - 1
        if 0 <= row < len(self.ys) - 1 and 0 <= column < len(self.xs) - 1:
            return self.owner[row][column]
        return None

    def shares(self, box: BBox) -> dict[int, float]:
        """Which share of a box each cell holds that holds any."""
        total = max((box[2] - box[0]) * (box[3] - box[1]), 1e-6)
        first = max(bisect_right(self.ys, box[1]) - 1, 0)
        last = min(bisect_right(self.ys, box[3]) - 1, len(self.ys) - 2)
        left = max(bisect_right(self.xs, box[0]) - 1, 0)
        right = min(bisect_right(self.xs, box[2]) - 1, len(self.xs) - 2)
        numbers = {
            self.owner[row][column]
            for row in range(first, last + 1)
            for column in range(left, right + 1)
        }
        found = {n: shared_area(box, self.box(self.cells[n])) / total for n in numbers}
        return {n: share for n, share in found.items() if share > 0}

    def best_cell(self, box: BBox) -> tuple[int, float] | None:
        """The cell that holds most of a box, and which share of it; None outside the table."""
        shares = self.shares(box)
        best = max(shares, key=lambda n: shares[n], default=None)
        return None if best is None else (best, shares[best])


def make_lattice(table: Table) -> Lattice | None:
    """The cells of a table; None when it has only one, or too many to be one."""
    xs = _edges(table.upright)
    ys = _edges(table.level)
    if len(xs) < 2 or len(ys) < 2 or len(xs) + len(ys) < 5 or len(xs) * len(ys) > _MOST_CELLS:
        return None
    right_wall = _walls(table.upright, xs, ys)
    bottom_wall = _walls(table.level, ys, xs)
    rows, columns = len(ys) - 1, len(xs) - 1
    cells: list[Span] = []
    owner = [[-1] * columns for _ in range(rows)]
    above: dict[tuple[int, int], int] = {}
    for row in range(rows):
        here: dict[tuple[int, int], int] = {}
        left = 0
        while left < columns:
            right = left
            while right + 1 < columns and not right_wall[right + 1][row]:
                right += 1
            number = above.get((left, right))
            open_above = number is not None and not any(
                bottom_wall[row][c] for c in range(left, right + 1)
            )
            if number is not None and open_above:
                old = cells[number]
                cells[number] = Span(old.top, row, left, right)
            else:
                number = len(cells)
                cells.append(Span(row, row, left, right))
            here[(left, right)] = number
            for c in range(left, right + 1):
                owner[row][c] = number
            left = right + 1
        above = here
    return Lattice(xs, ys, tuple(cells), tuple(map(tuple, owner)))


def _edges(rules: Sequence[Rule]) -> tuple[float, ...]:
    """Where rules stand, double ones taken together."""
    edges: list[list[float]] = []
    for at in sorted(rule.at for rule in rules):
        if edges and at - edges[-1][-1] <= _DOUBLE:
            edges[-1].append(at)
        else:
            edges.append([at])
    return tuple(sum(group) / len(group) for group in edges)


def _walls(
    rules: Sequence[Rule], edges: Sequence[float], across: Sequence[float]
) -> list[list[bool]]:
    """For each edge and each stretch between two edges across: whether a rule is drawn there."""
    walls = [[0.0] * (len(across) - 1) for _ in edges]
    for rule in rules:
        nearest = min(range(len(edges)), key=lambda k: abs(edges[k] - rule.at))
        for k in range(len(across) - 1):
            cover = min(rule.end, across[k + 1]) - max(rule.start, across[k])
            if cover > 0:
                walls[nearest][k] += cover / (across[k + 1] - across[k])
    return [[share >= _COVER for share in row] for row in walls]
