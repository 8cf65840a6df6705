"""Rows of the table as bands of the channel grid: one for each symbol that a lane stacks in a row.

Bands of one row are equally high, so that they can be found where a row's height is not known yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

Place = tuple[int, int]  # a row, and a band of it; both from 0


@dataclass(frozen=True, slots=True)
class Bands:
    """How many bands each row has: 1 at least."""

    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """The bands of all rows."""
        return sum(self.counts)

    def of(self, place: Place) -> int:
        """The band of a place, from 0 at the top of the table."""
        row, slot = place
        return sum(self.counts[:row]) + slot

    def place_of(self, band: int) -> Place:
        """The row that a band is in, and which of its bands it is.

        >>> Bands((1, 2, 1)).place_of(2)
        (1, 1)
        """
        row = 0
        while band >= self.counts[row]:
            band -= self.counts[row]
            row += 1
        return row, band

    def split(self, heights: Sequence[float]) -> tuple[float, ...]:
        """The heights of all bands, of the heights of the rows."""
        rows = zip(self.counts, heights, strict=True)
        return tuple(height / count for count, height in rows for _ in range(count))

    def tops(self) -> tuple[int, ...]:
        """Each row's first band, then the number of all."""
        return tuple(accumulate(self.counts, initial=0))


def bands_for(places: Iterable[Place], rows: int) -> Bands:
    """The bands that symbols in these places ask for in that many rows."""
    counts = [1] * rows
    for row, slot in places:
        counts[row] = max(counts[row], slot + 1)
    return Bands(tuple(counts))
