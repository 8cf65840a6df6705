"""Areas that lines of the flow enclose, among what was taken for symbols.

A line that leaves a symbol and comes back to another closes an area, with the sides of both. It
looks like a large box, but its edge runs through them, and no symbol's does.
"""

from __future__ import annotations

from collections.abc import Sequence

from sopextract.core.geometry import BBox, shared_area
from sopextract.ingest.scan.symbols import PixelSymbol

# Of a symbol that a loop's edge runs through lies within it: the whole lies in what frames it, next
# to nothing in its neighbour (looks 9509 to 9518 and 9551 to 9556: 0.25 and 0.5; 0.03).
_THROUGH = 0.1, 0.9
_LARGER = 2.0  # times the symbol a loop is: sheets of a stack are of one size


def without_loops(symbols: Sequence[PixelSymbol]) -> list[PixelSymbol]:
    """The symbols without those whose edge runs through a smaller one."""
    return [s for s in symbols if not any(_runs_through(s.bbox, o.bbox) for o in symbols)]


def _runs_through(loop: BBox, other: BBox) -> bool:
    size = _size(other)
    inside = shared_area(loop, other) / size
    return _size(loop) >= _LARGER * size and _THROUGH[0] <= inside <= _THROUGH[1]


def _size(box: BBox) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
