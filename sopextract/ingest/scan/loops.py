"""Areas that lines of the flow or letters enclose, among what was taken for symbols.

A line that leaves a symbol and comes back to another closes an area, with the sides of both. It
looks like a large box, but its edge runs through them, and no symbol's does.
"""

from __future__ import annotations

from collections.abc import Sequence

from sopextract.core.geometry import BBox, centre, shared_area
from sopextract.ingest.page.strokes import Word
from sopextract.ingest.scan.symbols import PixelSymbol

# Of a symbol that a loop's edge runs through lies within it: the whole lies in what frames it, next
# to nothing in its neighbour (looks 9509 to 9518 and 9551 to 9556: 0.25 and 0.5; 0.03).
_THROUGH = 0.1, 0.9
# Of a word's height the middle of it; of a side's length letters that make it up. Words in a symbol
# stand clear of its sides.
_DEEP, _LETTERS = 0.25, 0.6
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


def is_closed_by_letters(symbol: PixelSymbol, words: Sequence[Word]) -> bool:
    """Whether the upper or lower side of a form is a line of letters.

    A cell whose border is worn is open; a word that fills it from wall to wall closes a part of it.
    """
    x0, y0, x1, y1 = symbol.bbox
    return any(
        sum(
            word.bbox[2] - word.bbox[0]
            for word in words
            if not word.slanted
            and x0 <= centre(word.bbox)[0] <= x1
            and abs(side - centre(word.bbox)[1]) <= _DEEP * (word.bbox[3] - word.bbox[1])
        )
        > _LETTERS * (x1 - x0)
        for side in (y0, y1)
    )
