"""Lines of text found on a page of pixels, cut so that no piece reaches into a neighbour's cell.

A piece is made of spots of ink. Those of a found line are the ones whose middle lies in its box, so
tails of the line above are no part of it, and its own tails are whole.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from sopextract.core.geometry import BBox
from sopextract.ingest.scan.raster import Mask
from sopextract.ingest.scan.spots import HALF_RULE, Numbers, PixelBox, Spots

# Shares of a line's height of ink. Letters of a word stand nearer than the first; a line higher
# than the second of the page's usual height may be two.
_LETTER_GAP = 0.33
_TWO_LINES = 1.45
_BETWEEN_ROWS = 0.2  # of the usual height, at least between rows of figures
_WORN_GAP = 0.06  # of the fullest row: ink that may stand between two lines of text
_DOT = 0.25  # of the usual height of found boxes: dots of an i, stops
_OVERHANG = 0.35  # of a found box: how far letters reach over its edges at most
# Times the middle height of a page's letters a line is higher at most; most have no stem and no
# tail, and lines with both are 1.8 times as high. Dots, of less than a share of them, do not count.
_LINE_TO_LETTER, _LETTER = 2.1, 0.4
_TURNED = 1.8  # height to width from which a line may stand upright
_TURNED_LINES = 2.2  # and its height in usual lines: a lone "1" is three times as high as wide
_RULE_GAP = 0.35  # where a rule runs between two letters, which takes some of their ink


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """One line of text to be read: its spots and their box; `angle` as in `Word.angle`.

    `room` is how far a picture of it may reach: to the rules around it. `found` is the part of the
    engine's box that is its own; None where the engine did not find it. `text` is what it says
    where its shape tells that (a dash), so that it need not be read. `flow` says that it is small
    and hangs on a line, or stands in a cell with lines: it may be a head of an arrow.
    """

    spots: Numbers
    bbox: PixelBox
    room: PixelBox
    found: PixelBox | None
    angle: int = 0
    text: str = ""
    flow: bool = False
    mark: bool = False


class Cells:
    """The cells of the page's tables, asked by place; in pixels."""

    def __init__(self, cells: Sequence[BBox], per_pt: float) -> None:
        self._boxes = np.array(cells, np.float64).reshape(-1, 4)
        self.half_rule = HALF_RULE * per_pt

    def edges_at(self, y: float) -> tuple[float, ...]:
        """Where rules stand that a level line at this height crosses, from the left."""
        row = self._boxes[(self._boxes[:, 1] <= y) & (y < self._boxes[:, 3])]
        return tuple(np.unique(row[:, (0, 2)]).tolist())

    def number_at(self, x: float, y: float) -> int | None:
        """Which cell holds a point; None outside tables."""
        b = self._boxes
        holds = (b[:, 0] <= x) & (x < b[:, 2]) & (b[:, 1] <= y) & (y < b[:, 3])
        return int(holds.argmax()) if holds.any() else None

    def inside(self, number: int) -> BBox:
        """A cell without its rules."""
        x0, y0, x1, y1 = self._boxes[number].tolist()
        r = self.half_rule
        return x0 + r, y0 + r, x1 - r, y1 - r


class Cutter:
    """Cuts found lines of one page into pieces."""

    def __init__(self, spots: Spots, cells: Cells) -> None:
        self._spots, self._cells = spots, cells
        height, width = spots.labels.shape
        self.page: PixelBox = (0, 0, width, height)

    def cut(self, found: Sequence[BBox]) -> tuple[list[Piece], Numbers]:
        """The found lines as pieces of one line in one cell each, and the spots that none has."""
        owner = self._owners(found)
        pieces = [p for k, box in enumerate(found) for p in self._columns(owner == k, box)]
        if pieces:
            usual = usual_height(pieces, self._spots)
            pieces = [line for p in pieces for line in self._lines(p, usual)]
        return pieces, np.flatnonzero(owner == _NOBODY)[1:]

    def piece(self, numbers: Numbers, found: PixelBox | None) -> Piece:
        """The piece that spots make up, and the room it has."""
        tight = self._spots.box_of(numbers)
        cell = self._cells.number_at((tight[0] + tight[2]) / 2, (tight[1] + tight[3]) / 2)
        if cell is None:
            return Piece(numbers, tight, self.page, found)
        x0, y0, x1, y1 = self._cells.inside(cell)
        low, high = (round(x0), round(y0)), (round(x1), round(y1))
        room = (
            max(min(low[0], tight[0]), 0),
            max(min(low[1], tight[1]), 0),
            min(max(high[0], tight[2]), self.page[2]),
            min(max(high[1], tight[3]), self.page[3]),
        )
        return Piece(numbers, tight, room, found)

    def _owners(self, found: Sequence[BBox]) -> npt.NDArray[np.int64]:
        """To each spot the found line in whose box its middle lies, most in the middle.

        A box of several lines, which a stamp over them makes, gets no dots of a single line.
        """
        x, y = self._spots.middles.T
        usual = float(np.median([box[3] - box[1] for box in found])) if found else 0.0
        widths, heights = (self._spots.boxes[:, 2:] - self._spots.boxes[:, :2]).T
        dots = np.maximum(widths, heights) <= _DOT * usual
        owner = np.full(len(x), _NOBODY)
        best = np.full(len(x), np.inf)
        for k, (x0, y0, x1, y1) in enumerate(found):
            off = np.abs(y - (y0 + y1) / 2) / max(y1 - y0, 1.0)
            fits = (x0 <= x) & (x < x1) & (off <= 0.5)
            off = off + (dots & (y1 - y0 > _TWO_LINES * usual))
            fits &= (off < best) & (heights <= (1 + 2 * _OVERHANG) * (y1 - y0))
            owner[fits], best[fits] = k, off[fits]
        owner[0] = _NOBODY
        return owner

    def _columns(self, owned: Mask, box: BBox) -> Iterator[Piece]:
        """A line's spots by their cells; a word over a rule goes to the side of its middle."""
        numbers = np.flatnonzero(owned)
        if not len(numbers):
            return
        _, top, _, bottom = self._spots.box_of(numbers)
        edges = self._cells.edges_at((top + bottom) / 2)
        columns: dict[int, list[Numbers]] = {}
        height = bottom - top
        for word in self._spots.groups(numbers, _LETTER_GAP * height, _RULE_GAP * height):
            left, _, right, _ = self._spots.box_of(word)
            columns.setdefault(bisect_right(edges, (left + right) / 2), []).append(word)
        groups = [np.concatenate(columns[k]) for k in sorted(columns)]
        for k, group in enumerate(groups):
            left, _, right, _ = self._spots.box_of(group)
            # Letters at the box's ends may hang on lines and be no spots of their own.
            left = min(left, int(box[0])) if k == 0 else left
            right = max(right, int(box[2])) if k == len(groups) - 1 else right
            yield self.piece(group, (left, int(box[1]), right, int(box[3])))

    def _lines(self, piece: Piece, usual: float) -> Iterator[Piece]:
        """A piece as it is, turned, or cut into its lines."""
        x0, y0, x1, y1 = piece.bbox
        height = y1 - y0
        if height > max(_TURNED * (x1 - x0), _TURNED_LINES * usual):
            if (rows := self._stacked(piece, usual)) is not None:
                yield from rows
            else:
                yield replace(piece, angle=90)
            return
        at = None
        if height > _TWO_LINES * usual:
            at = _row_gap(self._spots.ink(piece.spots, piece.bbox), usual)
        above = self._spots.middles[piece.spots, 1] < y0 + (at or 0)
        if not above.any() or above.all():
            yield piece
            return
        for part in (piece.spots[above], piece.spots[~above]):
            yield from self._lines(self.piece(part, self._spots.box_of(part)), usual)

    def _stacked(self, piece: Piece, usual: float) -> list[Piece] | None:
        """The rows of a narrow piece that is no turned text but figures over one another.

        Where all of them have a dot or a bracket they may stand close to one another.
        """
        boxes = self._spots.boxes[piece.spots]
        ordered = piece.spots[np.argsort(boxes[:, 1], kind="stable")]
        tops = self._spots.boxes[ordered[1:], 1]
        bottoms = np.maximum.accumulate(self._spots.boxes[ordered, 3])[:-1]
        for least, spots in ((_BETWEEN_ROWS * usual, 1), (0.0, 2)):
            cuts = np.flatnonzero(tops - bottoms > least) + 1
            rows = [self.piece(part, self._spots.box_of(part)) for part in np.split(ordered, cuts)]
            heights = [row.bbox[3] - row.bbox[1] for row in rows]
            single = max(heights) <= _TWO_LINES * usual and min(heights) >= usual / 2
            if single and len(rows) > 1 and min(len(row.spots) for row in rows) >= spots:
                return rows
        return None


_NOBODY = -1


def usual_height(pieces: Sequence[Piece], spots: Spots) -> float:
    """The usual height of the ink of a page's lines; there must be one.

    Where most of the pieces are several lines, or upright ones, their letters tell it.
    """
    numbers = np.concatenate([p.spots for p in pieces])
    letters = np.sort(spots.boxes[numbers, 3] - spots.boxes[numbers, 1])
    letter = float(np.median(letters[letters >= _LETTER * letters[-len(letters) // 4 :].mean()]))
    usual = float(np.median([p.bbox[3] - p.bbox[1] for p in pieces]))
    return min(usual, _LINE_TO_LETTER * letter)


def _row_gap(part: Mask, usual: float) -> int | None:
    """The row at which two lines of text part; None where there is no gap between them."""
    rows = part.sum(axis=1)
    least = max(int(0.4 * usual), 1)  # of ink above and below: a dot of an i is no line
    middle = rows[least : len(rows) - least]
    if not len(middle) or middle.min() > _WORN_GAP * rows.max():
        return None
    best = np.flatnonzero(middle == middle.min())
    return least + int(best[len(best) // 2])
