"""Lines of text found on a page of pixels, cut so that no piece reaches into a neighbour's cell.

Boxes are pixels of the picture: left, top, right, bottom, the last two one past the end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from sopextract.core.geometry import BBox
from sopextract.ingest.scan.raster import Grey, Mask

PixelBox = tuple[int, int, int, int]

# Grey below which a pixel is print on a levelled page: faint strokes of worn print stay above 128.
_DARK = 150
# Points. A straight run of ink longer than the first is a rule, a connector or an underline: the
# tallest letters of sheets (titles of 20 points) have strokes of 15.
_LONG = 24.0
_HALF_RULE = 0.9  # half a table rule, its blur included; a rule of 1 point has 0.5
# Shares of a line's height of ink. Letters of a word stand nearer than the first; a line higher
# than the second of the page's usual height may be two.
_LETTER_GAP = 0.22
_TWO_LINES = 1.45
_WORN_GAP = 0.06  # of the fullest row: ink that may stand between two lines of text
_TURNED = 1.8  # height to width from which a line may stand upright
_TURNED_LINES = 2.2  # and its height in usual lines: a lone "1" is three times as high as wide


@dataclass(frozen=True, slots=True)
class Piece:
    """One line of text to be read: `bbox` is the box of its ink; `angle` as in `Word.angle`.

    `room` is how far a picture of it may reach: to the rules around it. `lone` says that the
    engine did not find it.
    """

    bbox: PixelBox
    room: PixelBox
    angle: int = 0
    lone: bool = False


class Cells:
    """The cells of the page's tables, asked by place."""

    def __init__(self, cells: Sequence[BBox], per_pt: float) -> None:
        self._boxes = np.array(cells, np.float64).reshape(-1, 4)
        self._half_rule = _HALF_RULE * per_pt

    def __len__(self) -> int:
        return len(self._boxes)

    def edges_at(self, y: float) -> tuple[float, ...]:
        """Where rules stand that a level line at this height crosses, from the left."""
        row = self._boxes[(self._boxes[:, 1] <= y) & (y < self._boxes[:, 3])]
        return tuple(np.unique(row[:, (0, 2)]).tolist())

    def levels_at(self, x: float) -> tuple[float, ...]:
        """Where rules stand that an upright line at this place crosses, from the top."""
        column = self._boxes[(self._boxes[:, 0] <= x) & (x < self._boxes[:, 2])]
        return tuple(np.unique(column[:, (1, 3)]).tolist())

    def around(self, x: float, y: float) -> BBox | None:
        """The inside of the cell that holds a point; None outside tables."""
        b = self._boxes
        holds = (b[:, 0] <= x) & (x < b[:, 2]) & (b[:, 1] <= y) & (y < b[:, 3])
        if not holds.any():
            return None
        x0, y0, x1, y1 = b[holds][0].tolist()
        r = self._half_rule
        return x0 + r, y0 + r, x1 - r, y1 - r


def text_ink(picture: Grey, per_pt: float) -> Mask:
    """What may be letters: dark pixels without long straight runs."""
    import cv2

    dark = (picture < _DARK).astype(np.uint8)
    reach = max(int(_LONG * per_pt), 3)
    for kernel in ((reach, 1), (1, reach)):
        lines = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones(kernel[::-1], np.uint8))
        dark[cv2.dilate(lines, np.ones((3, 3), np.uint8)) > 0] = 0
    return dark.astype(np.bool_)


def cut_lines(found: Sequence[BBox], cells: Cells, ink: Mask, per_pt: float) -> tuple[Piece, ...]:
    """The found lines as pieces of one line in one cell each; what has no ink is left out."""
    half_rule = _HALF_RULE * per_pt
    height, width = ink.shape
    pieces: list[Piece] = []
    for x0, y0, x1, y1 in found:
        box = (max(int(x0), 0), max(int(y0), 0), min(round(x1), width), min(round(y1), height))
        for part in _columns(box, cells, ink, half_rule):
            if (piece := _piece(part, cells, ink)) is not None:
                pieces.append(piece)
    if not pieces:
        return ()
    usual = float(np.median([p.bbox[3] - p.bbox[1] for p in pieces]))
    return tuple(line for p in pieces for line in _lines(p, cells, ink, usual))


def _columns(box: PixelBox, cells: Cells, ink: Mask, half_rule: float) -> Iterator[PixelBox]:
    """A box cut where it crosses upright rules; a word over one goes to the side of its middle."""
    x0, y0, x1, y1 = box
    if x1 <= x0 or y1 <= y0:
        return
    edges = [e for e in cells.edges_at((y0 + y1) / 2) if x0 < e < x1]
    if not edges:
        yield box
        return
    inked = np.array(ink[y0:y1, x0:x1].any(axis=0))
    for edge in edges:
        inked[_near(edge - x0, half_rule, x1 - x0)] = False
    cuts = [x0]
    for edge in edges:
        cuts.append(x0 + _cut_at(inked, edge - x0, half_rule, _LETTER_GAP * (y1 - y0)))
    for left, right in zip(cuts, [*cuts[1:], x1], strict=True):
        if right > left and inked[left - x0 : right - x0].any():
            yield left, y0, right, y1


def _near(at: float, reach: float, end: int) -> slice:
    return slice(max(round(at - reach), 0), min(round(at + reach) + 1, end))


def _cut_at(inked: npt.NDArray[np.bool_], edge: float, half_rule: float, gap: float) -> int:
    """Where to cut at a rule: at the rule, or beside the word that runs over it."""
    left = _word_end(inked, round(edge - half_rule) - 1, -1, gap)
    right = _word_end(inked, round(edge + half_rule) + 1, 1, gap)
    if left is None or right is None:
        return round(edge)
    return right + 1 if (left + right) / 2 < edge else left


def _word_end(inked: npt.NDArray[np.bool_], start: int, step: int, gap: float) -> int | None:
    """The last column of the word that begins at `start`; None where no ink stands near."""
    last: int | None = None
    at = start
    while 0 <= at < len(inked):
        if inked[at]:
            last = at
        elif abs(at - (start if last is None else last)) > (gap / 2 if last is None else gap):
            break
        at += step
    return last


def _piece(box: PixelBox, cells: Cells, ink: Mask) -> Piece | None:
    """The piece with its ink in a box, and the room it has; None without ink."""
    tight = _tight(box, ink)
    if tight is None:
        return None
    around = cells.around((tight[0] + tight[2]) / 2, (tight[1] + tight[3]) / 2)
    if around is None:
        return Piece(tight, box)
    x0, y0, x1, y1 = around
    room = (
        min(max(box[0], round(x0)), tight[0]),
        min(max(box[1], round(y0)), tight[1]),
        max(min(box[2], round(x1)), tight[2]),
        max(min(box[3], round(y1)), tight[3]),
    )
    return Piece(tight, room)


def _tight(box: PixelBox, ink: Mask) -> PixelBox | None:
    x0, y0, x1, y1 = box
    part = ink[y0:y1, x0:x1]
    rows, columns = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
    if not len(rows):
        return None
    left, top = x0 + int(columns[0]), y0 + int(rows[0])
    return left, top, x0 + int(columns[-1]) + 1, y0 + int(rows[-1]) + 1


def _lines(piece: Piece, cells: Cells, ink: Mask, usual: float) -> Iterator[Piece]:
    """A piece as it is, turned, or cut into its lines."""
    x0, y0, x1, y1 = piece.bbox
    if y1 - y0 > max(_TURNED * (x1 - x0), _TURNED_LINES * usual):
        yield replace(piece, angle=90)
        return
    at = _row_gap(ink[y0:y1, x0:x1], usual) if y1 - y0 > _TWO_LINES * usual else None
    if at is None:
        yield piece
        return
    left, top, right, bottom = piece.room
    for part in ((left, top, right, y0 + at), (left, y0 + at, right, bottom)):
        if (line := _piece(part, cells, ink)) is not None:
            yield from _lines(line, cells, ink, usual)


def _row_gap(part: Mask, usual: float) -> int | None:
    """The row at which two lines of text part; None where there is no gap between them."""
    rows = part.sum(axis=1)
    least = max(int(0.4 * usual), 1)  # of ink above and below: a dot of an i is no line
    middle = rows[least : len(rows) - least]
    if not len(middle) or middle.min() > _WORN_GAP * rows.max():
        return None
    best = np.flatnonzero(middle == middle.min())
    return least + int(best[len(best) // 2])
