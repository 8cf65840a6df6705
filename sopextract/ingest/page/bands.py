"""Tables that share their rules but not their columns: cut apart where one ends, one begins.

Printed on one page, the identity box and the step table often touch. Each is a grid of its own,
with the columns that it uses.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sopextract.ingest.page.lattice import Lattice


@dataclass(frozen=True, slots=True)
class Band:
    """Rows `top` to `bottom` of a lattice (both included), and the edges of the columns used there.

    `edges` are numbers of `Lattice.xs`, the outermost among them.
    """

    top: int
    bottom: int
    edges: tuple[int, ...]


def find_bands(lattice: Lattice) -> list[Band]:
    """The lattice cut into bands from the top: whole rows, cut where no cell reaches across.

    Neighbours stay together when the columns of one are among those of the other; a band of a
    single cell (a title between two tables) stands alone.
    """
    bands: list[Band] = []
    for band in _finest(lattice):
        last = bands[-1] if bands else None
        if last is not None and _belong_together(last, band):
            edges = last.edges if len(last.edges) >= len(band.edges) else band.edges
            bands[-1] = Band(last.top, band.bottom, edges)
        else:
            bands.append(band)
    return bands


def _finest(lattice: Lattice) -> Iterator[Band]:
    """Runs of rows that no cell joins to the rows above or below."""
    top = 0
    rows = len(lattice.ys) - 1
    while top < rows:
        bottom = top
        row = top
        while row <= bottom:
            bottom = max(bottom, *(lattice.cells[n].bottom for n in lattice.owner[row]))
            row += 1
        edges = {0, len(lattice.xs) - 1}
        for row in range(top, bottom + 1):
            for n in lattice.owner[row]:
                edges |= {lattice.cells[n].left, lattice.cells[n].right + 1}
        yield Band(top, bottom, tuple(sorted(edges)))
        top = bottom + 1


def _belong_together(above: Band, below: Band) -> bool:
    a, b = set(above.edges), set(below.edges)
    if len(a) == 2 or len(b) == 2:
        return len(a) == len(b)
    return a <= b or b <= a
