"""Ranges of cells, and where their edges lie on the sheet."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

MAX_ROWS, MAX_COLUMNS = 1_048_576, 16_384  # of a worksheet, ECMA-376 part 1, 18.3.1.73 and 18.3.1.4
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})?\$?(\d{1,7})?")


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells; rows and columns count from 0, both ends belong to it."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell lies in it."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    def meets(self, other: Area) -> bool:
        """Whether the two share a cell."""
        return (
            self.top <= other.bottom
            and other.top <= self.bottom
            and self.left <= other.right
            and other.left <= self.right
        )


def parse_area(text: str) -> Area | None:
    """A range of one sheet: `$A$1:$L$40`, `B7`, whole columns `A:L`, whole rows `1:40`.

    >>> parse_area("$A$1:$C$40")
    Area(top=0, left=0, bottom=39, right=2)
    >>> parse_area("#REF!") is None
    True
    """
    first, colon, last = text.strip().partition(":")
    start, end = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last if colon else first)
    if start is None or end is None or not (first and any(start.groups())):
        return None
    if not colon and not all(start.groups()):
        return None
    top = int(start[2]) - 1 if start[2] else 0
    left = column_number(start[1]) if start[1] else 0
    bottom = int(end[2]) - 1 if end[2] else MAX_ROWS - 1
    right = column_number(end[1]) if end[1] else MAX_COLUMNS - 1
    if not (0 <= top <= bottom < MAX_ROWS and 0 <= left <= right < MAX_COLUMNS):
        return None
    return Area(top, left, bottom, right)


def column_number(letters: str) -> int:
    """A column's letters as its number from 0.

    >>> column_number("A"), column_number("AA")
    (0, 26)
    """
    value = 0
    for letter in letters.upper():
        value = value * 26 + ord(letter) - 64
    return value - 1


def cell_name(row: int, column: int) -> str:
    """A cell as the sheet names it.

    >>> cell_name(6, 27)
    'AB7'
    """
    letters, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row + 1}"


@dataclass(frozen=True)
class Axis:
    """The rows or the columns of a sheet by their sizes in points; 0 is a hidden one."""

    default: float
    sizes: Mapping[int, float]
    count: int

    @cached_property
    def _keys(self) -> list[int]:
        return sorted(self.sizes)

    @cached_property
    def _extra(self) -> list[float]:
        return [0.0, *accumulate(self.sizes[key] - self.default for key in self._keys)]

    def size(self, index: int) -> float:
        """The width of a column, the height of a row."""
        return self.sizes.get(index, self.default)

    def hidden(self, index: int) -> bool:
        """Whether nothing of it shows."""
        return self.size(index) <= 0

    def start(self, index: int) -> float:
        """Where a row or column begins."""
        return index * self.default + self._extra[bisect_left(self._keys, index)]

    def at(self, position: float) -> int:
        """The row or column that a position lies in; the last one for what lies beyond."""
        low, high = 0, self.count - 1
        while low < high:
            middle = (low + high + 1) // 2
            if self.start(middle) <= position:
                low = middle
            else:
                high = middle - 1
        return low
