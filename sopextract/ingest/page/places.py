"""Finds boxes by their place, so that a full page takes no longer than it must."""

from __future__ import annotations

from collections.abc import Iterable

from sopextract.core.geometry import BBox

_SQUARE = 40.0  # points; symbols and cells of the real sheets are about that large


class Places:
    """Boxes of a page by the squares that they touch."""

    def __init__(self, boxes: Iterable[BBox]) -> None:
        self._squares: dict[tuple[int, int], list[int]] = {}
        for number, box in enumerate(boxes):
            for square in _squares_of(box):
                self._squares.setdefault(square, []).append(number)

    def near(self, box: BBox) -> list[int]:
        """The numbers, in order, of all boxes that touch this one, and of some that nearly do."""
        across, down = (box[2] - box[0]) / _SQUARE + 2, (box[3] - box[1]) / _SQUARE + 2
        if across * down > len(self._squares):  # larger than all that is there
            left, top = box[0] // _SQUARE, box[1] // _SQUARE
            right, bottom = box[2] // _SQUARE, box[3] // _SQUARE
            held = [s for s in self._squares if left <= s[0] <= right and top <= s[1] <= bottom]
            return sorted({n for square in held for n in self._squares[square]})
        squares = _squares_of(box)
        if len(squares) == 1:
            return self._squares.get(squares[0], [])
        return sorted({n for square in squares for n in self._squares.get(square, ())})


def _squares_of(box: BBox) -> list[tuple[int, int]]:
    left, top = int(box[0] // _SQUARE), int(box[1] // _SQUARE)
    right, bottom = int(box[2] // _SQUARE), int(box[3] // _SQUARE)
    return [(x, y) for x in range(left, right + 1) for y in range(top, bottom + 1)]
