"""Print that the engine found no line for: a figure alone in its cell, a dash, a letter set apart.

The engine looks for lines and loses what is small. What is left of a page's ink is mostly no text
(heads of arrows, broken lines, codes, seals): only what stands free and has a letter's size counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from sopextract.ingest.scan.dirt import find_specks
from sopextract.ingest.scan.pieces import Cells, Cutter, Piece, usual_height
from sopextract.ingest.scan.raster import Mask
from sopextract.ingest.scan.spots import Numbers, PixelBox, Spots

# All in shares of the usual height of a line's ink.
_BESIDE = 1.0  # a spot this near to a line is part of it
_DOT = 0.3  # a full stop this near
_TALL = 1.45  # higher ones are not
# A piece no larger is dots that were parted from their letters; a single one, or dirt.
_DOT_SIZE, _ONE_DOT = 0.2, 0.3
_UNDERLINE = 0.4  # of a line's height: an underline stands no farther below it
_SPECK = 0.12  # smaller ones are dirt: a full stop of the same type is as large
_GAP = 0.5  # spots nearer than this are read together
_LEAST, _MOST_HEIGHT, _MOST_WIDTH = 0.5, 1.6, 4.0  # of what is read
_THIN, _NEXT_DASH = 0.35, 0.7  # dashes of a line are thinner, and follow one another so soon
_ONE_LINE = 0.12  # so level they stand
_LETTERS = 0.2  # an l is no dash where letters stand nearer than this
_DASH_WIDTH, _DASH_HEIGHT = (0.2, 0.9), 0.27  # of a hyphen or dash; 8 x 2 of 20 pixels at 9 points
_BY_IT = 0.2  # a speck beside a dash is no larger
_MOST_OF = 0.7  # of an underline the dash over it is as long
_FLAT = 1.5  # width to height of a dash at least; 5 x 3 pixels once blurred
# Marks of lists are narrower than the first, stand before a line no farther than the second, for
# the third of their height beside it, and as far from all else as the fourth.
_MARK_WIDTH, _MARK_REACH, _MARK_LEVEL, _MARK_FREE = 2.2, 5.0, 0.6, 0.3
_MARKED = 4.0  # of the height: a marked line is as long; a lone number has a speck before it
# A bullet's size, how full its box is (a disc 0.78, of eight pixels 0.64), and how much longer than
# wide it may be.
_BULLET, _BULLET_FULL, _BULLET_SQUARE = (0.26, 0.6), 0.6, 1.35
_MOST_IN_CELL = 3  # more are a picture: a QR code, a seal, a logo
_SMALL = 1.2  # as wide a head of an arrow may be
_HAIR = 0.11  # a stroke has 0.15; two pixels of a line of 6.5 points at 200 dots an inch
_FULL = 0.85  # share of its box that a bar fills at least; an I and an l fill theirs too


class Strays:
    """The spots of one page that no found line has."""

    def __init__(self, spots: Spots, cells: Cells, cutter: Cutter, per_pt: float) -> None:
        self._spots, self._cells, self._cutter, self._per_pt = spots, cells, cutter, per_pt

    def pieces(self, found: Sequence[Piece], strays: Numbers) -> list[Piece]:
        """The pieces of the found lines with the spots beside them, and those that stand alone."""
        if not found:
            return []
        usual = usual_height(found, self._spots)
        specks = find_specks(found, self._spots)
        found = [p for p in map(partial(self._without_specks, specks), found) if p is not None]
        dots = [p for p in found if self._is_dots(p, usual)]
        found = [p for p in found if not self._is_dots(p, usual)]
        strays = np.concatenate([strays, *(p.spots for p in dots)])
        dashes = self._dashes(usual)
        self._drawing = self._drawn(found, strays, dashes)
        kept = [p for p in map(partial(self._without, dashes, usual), found) if p is not None]
        free = strays[~self._spots.hangs[strays] & ~dashes[strays] & ~specks[strays]]
        kept, free = self._joined(kept, free, usual)
        lone = self._lone(kept, free, usual)
        told = [*(self._told(p, usual) for p in kept), *lone]
        told = self._without_false_dashes(told, usual)
        told = [p for p in told if p.text or not self._is_hair(p, usual)]
        return [replace(p, flow=p.flow or self._in_flow(p, usual)) for p in told]

    def _is_hair(self, piece: Piece, usual: float) -> bool:
        """Whether a piece is a single upright line thinner than strokes of letters."""
        x0, y0, x1, y1 = piece.bbox
        return len(piece.spots) == 1 and x1 - x0 <= min(_HAIR * usual, (y1 - y0) / 2)

    def _is_dots(self, piece: Piece, usual: float) -> bool:
        most = _ONE_DOT if len(piece.spots) == 1 else _DOT_SIZE
        return self._size(piece.spots) < most * usual

    def _without_specks(self, specks: Mask, piece: Piece) -> Piece | None:
        """A found piece without spots that are dirt; None where all are."""
        own = piece.spots[~specks[piece.spots]]
        if not len(own) or len(own) == len(piece.spots):
            return piece if len(own) else None
        return replace(self._cutter.piece(own, piece.found), angle=piece.angle)

    def _without_false_dashes(self, pieces: Sequence[Piece], usual: float) -> list[Piece]:
        """The pieces without dashes that the engine did not find in cells with letters: dirt."""
        text = (p for p in pieces if not p.text)
        full = {p.room for p in text if self._size(p.spots) >= _LEAST * usual}
        return [p for p in pieces if p.text != "-" or p.found is not None or p.room not in full]

    def _drawn(self, found: Sequence[Piece], strays: Numbers, dashes: Mask) -> Mask:
        """Which pixels are drawing, not print: lines but those under text, and what is none."""
        rest = np.zeros(len(dashes), np.bool_)
        rest[strays] = dashes[strays] | self._spots.hangs[strays]
        drawing = self._spots.lines.copy()
        for piece in found:
            x0, y0, x1, y1 = piece.bbox
            reach = round(_UNDERLINE * (y1 - y0))
            drawing[y0 : y1 + reach, max(x0 - reach, 0) : x1 + reach] = False
        return drawing | rest[self._spots.labels]

    def _dashes(self, usual: float) -> Mask:
        """Which spots are dashes of a broken line: thin bars, three or more in a row."""
        dashes = np.zeros(len(self._spots.boxes), np.bool_)
        x0, y0, x1, y1 = self._spots.boxes.T
        bars = self._spots.areas >= _FULL * (x1 - x0) * (y1 - y0)
        for start, end, low, high in ((x0, x1, y0, y1), (y0, y1, x0, x1)):
            thin = (high - low <= _THIN * usual) & (end - start > high - low)
            thin = np.flatnonzero(thin & bars)
            at = (low + high)[thin] / 2
            for k, number in enumerate(thin.tolist()):
                row = thin[np.abs(at - at[k]) <= _ONE_LINE * usual]
                before, after = start[number] - end[row], start[row] - end[number]
                sides = [row[(gap > 0) & (gap <= _NEXT_DASH * usual)] for gap in (before, after)]
                if all(len(side) for side in sides):
                    dashes[np.concatenate([[number], *sides])] = True
        return dashes

    def _without(self, dashes: Mask, usual: float, piece: Piece) -> Piece | None:
        """A found piece without dashes and outlines; None where it is a rule's rest."""
        own = self._without_outline(piece.spots, usual)
        if len(own) < len(piece.spots):
            piece = replace(self._cutter.piece(own, piece.found), angle=piece.angle)
        crossed = self._is_crossed(piece.room)
        if dashes[piece.spots].any() or crossed:
            height = piece.bbox[3] - piece.bbox[1]
            groups = self._spots.groups(piece.spots, _LETTERS * height, 0.0)
            kept = [
                group
                for group in groups
                if not dashes[group].all() and not (crossed and self._is_dash(group, usual))
            ]
            if not kept:
                return None
            if len(kept) < len(groups):
                own = np.concatenate(kept)
                piece = replace(self._cutter.piece(own, self._spots.box_of(own)), angle=piece.angle)
        width, height = piece.bbox[2] - piece.bbox[0], piece.bbox[3] - piece.bbox[1]
        is_rest = height <= _DASH_HEIGHT * usual and width > _DASH_WIDTH[1] * usual
        if is_rest:
            return None
        return replace(piece, flow=True) if self._is_head(piece) else piece

    def _without_outline(self, numbers: Numbers, usual: float) -> Numbers:
        """Spots of a piece without the outline of a symbol that stands around others of them."""
        boxes = self._spots.boxes[numbers]
        heights = boxes[:, 3] - boxes[:, 1]
        tall = heights > _TALL * usual
        letter = heights >= _LEAST * usual
        if not tall.any() or tall.all():
            return numbers
        inner = boxes[letter & ~tall]
        outside = [
            bool(tall[k])
            and bool(
                ((inner[:, :2] > box[:2]).all(axis=1) & (inner[:, 2:] < box[2:]).all(axis=1)).any()
            )
            for k, box in enumerate(boxes)
        ]
        return np.array([n for n, out in zip(numbers, outside, strict=True) if not out], np.intp)

    def _is_head(self, piece: Piece) -> bool:
        return len(piece.spots) == 1 and self._spots.is_head(int(piece.spots[0]), self._per_pt)

    def _joined(
        self, pieces: list[Piece], strays: Numbers, usual: float
    ) -> tuple[list[Piece], Numbers]:
        """The pieces with the spots right beside them, and the spots that are left."""
        left: list[int] = []
        for number in strays[np.argsort(self._spots.boxes[strays, 0])].tolist():
            place = self._beside(pieces, number)
            if place is not None and self._is_flat(self._spots.boxes[number].tolist(), usual):
                place = None if self._is_crossed(pieces[place].room) else place
            if place is None:
                left.append(number)
            else:
                piece = pieces[place]
                wider = self._cutter.piece(np.append(piece.spots, number), piece.found)
                pieces[place] = replace(wider, found=_around(piece.found, wider.bbox))
        return pieces, np.array(left, np.intp)

    def _beside(self, pieces: Sequence[Piece], number: int) -> int | None:
        """Which level piece of the same cell a spot stands right beside."""
        x0, y0, x1, y1 = self._spots.boxes[number].tolist()
        for k, piece in enumerate(pieces):
            left, top, right, bottom = piece.bbox
            height = bottom - top
            reach = _BESIDE if x1 - x0 >= _SPECK * height else _DOT
            near = max(left - x1, x0 - right) <= reach * height
            if piece.angle or not near or y1 - y0 > _TALL * height:
                continue
            level = min(bottom, y1) - max(top, y0) >= 0.6 * (y1 - y0)
            if level and _holds(piece.room, (x0, y0, x1, y1)):
                return k
        return None

    def _lone(self, lines: Sequence[Piece], strays: Numbers, usual: float) -> Iterator[Piece]:
        """What stands alone in a cell, and what marks the `lines` of its lists."""
        by_cell: dict[int, list[int]] = {}
        for number in strays.tolist():
            cell = self._cells.number_at(*self._spots.middles[number].tolist())
            if cell is not None:
                by_cell.setdefault(cell, []).append(number)
        for numbers in by_cell.values():
            sizes = [self._size(np.array([k])) for k in numbers]  # an outline surrounds its letter
            small = [k for k, s in zip(numbers, sizes, strict=True) if s <= _MOST_HEIGHT * usual]
            if not small:
                continue
            groups = self._groups(np.array(small, np.intp), usual)
            groups = (group for group in groups if self._size(group) >= _SPECK * usual)
            pieces = [self._told(self._cutter.piece(group, None), usual) for group in groups]
            pieces = [self._marked(p, lines, numbers, usual) for p in pieces]
            # In a cell with drawing a dash is a part of it.
            pieces = [
                p
                for p in pieces
                if (p.text and not self._is_crossed(p.room)) or self._may_be_text(p, usual)
            ]
            if len([p for p in pieces if not p.mark]) > _MOST_IN_CELL:
                pieces = []
            yield from pieces

    def _marked(
        self, piece: Piece, lines: Sequence[Piece], strays: Sequence[int], usual: float
    ) -> Piece:
        """The piece, told as the mark of a list where it stands free before a line of its cell."""
        x0, y0, x1, y1 = piece.bbox
        if piece.text or self._is_crossed(piece.room) or x1 - x0 > _MARK_WIDTH * usual:
            return piece
        own = set(piece.spots.tolist())
        others = self._spots.boxes[[k for k in strays if k not in own]]
        free = usual * _MARK_FREE
        apart = np.maximum(
            np.maximum(others[:, 0] - x1, x0 - others[:, 2]),
            np.maximum(others[:, 1] - y1, y0 - others[:, 3]),
        )
        near, far = x1 + _GAP * usual, x1 + _MARK_REACH * usual
        heads = any(
            line.room == piece.room and not line.angle and near <= line.bbox[0] <= far
            and line.bbox[2] - line.bbox[0] >= _MARKED * usual
            and min(y1, line.bbox[3]) - max(y0, line.bbox[1]) >= _MARK_LEVEL * (y1 - y0)
            for line in lines
        )  # fmt: skip
        if not heads or (apart < free).any():
            return piece
        return replace(piece, mark=True, text="•" if self._is_bullet(piece, usual) else "")

    def _is_bullet(self, piece: Piece, usual: float) -> bool:
        """Whether a piece is one round or square spot of a bullet's size."""
        x0, y0, x1, y1 = piece.bbox
        width, height = x1 - x0, y1 - y0
        low, high = _BULLET
        full = int(self._spots.areas[piece.spots].sum()) >= _BULLET_FULL * width * height
        square = max(width, height) <= _BULLET_SQUARE * min(width, height)
        return len(piece.spots) == 1 and full and square and low * usual <= height <= high * usual

    def _size(self, numbers: Numbers) -> int:
        """The larger side of the largest of some spots."""
        boxes = self._spots.boxes[numbers]
        return int((boxes[:, 2:] - boxes[:, :2]).max())

    def _groups(self, numbers: Numbers, usual: float) -> Iterator[Numbers]:
        """Spots of one cell that make up a line each."""
        ordered = numbers[np.argsort(self._spots.middles[numbers, 1], kind="stable")]
        cuts = np.flatnonzero(np.diff(self._spots.middles[ordered, 1]) > _GAP * usual) + 1
        for level in np.split(ordered, cuts):
            yield from self._spots.groups(level, _GAP * usual, 0.0)

    def _may_be_text(self, piece: Piece, usual: float) -> bool:
        x0, y0, x1, y1 = piece.bbox
        width, height = x1 - x0, y1 - y0
        if not _LEAST * usual <= height <= _MOST_HEIGHT * usual:
            return False
        if width > _MOST_WIDTH * usual or self._is_head(piece):
            return False
        bar = height > width and self._spots.areas[piece.spots].sum() > _FULL * width * height
        return not bar

    def _in_flow(self, piece: Piece, usual: float) -> bool:
        """Whether a small piece hangs on a line, or stands alone in a cell with lines."""
        if piece.bbox[2] - piece.bbox[0] > _SMALL * usual:
            return False
        if piece.found is not None:
            return bool(self._spots.hangs[piece.spots].all())
        return self._is_crossed(piece.room)

    def _is_crossed(self, room: PixelBox) -> bool:
        """Whether a connector or an outline runs through a cell."""
        if room == self._cutter.page:
            return False
        x0, y0, x1, y1 = room
        edge = round(2 * self._cells.half_rule)  # a thick frame reaches farther in than a rule
        return bool(self._drawing[y0 + edge : y1 - edge, x0 + edge : x1 - edge].any())

    def _told(self, piece: Piece, usual: float) -> Piece:
        """The piece, with its text where its shape tells it."""
        if self._is_dash(piece.spots, usual) or self._is_underlined_dash(piece.spots, usual):
            return replace(piece, text="-")
        if self._is_colon_and_dash(piece.spots, usual):
            return replace(piece, text=": -")
        return piece

    def _is_colon_and_dash(self, numbers: Numbers, usual: float) -> bool:
        """Whether three spots are two dots over one another and a dash after them."""
        if len(numbers) != len(": -"):
            return False
        ordered = numbers[np.argsort(self._spots.boxes[numbers, 0], kind="stable")]
        (ax0, ay0, ax1, ay1), (bx0, by0, bx1, by1), dash = self._spots.boxes[ordered].tolist()
        dots = max(ax1 - ax0, ay1 - ay0, bx1 - bx0, by1 - by0) <= _DOT * usual
        stacked = dots and bx0 < ax1 and (ay1 <= by0 or by1 <= ay0)
        return stacked and dash[0] >= max(ax1, bx1) and self._is_flat(tuple(dash), usual)

    def _is_underlined_dash(self, numbers: Numbers, usual: float) -> bool:
        """Whether two spots are a dash and the underline of a link right below it."""
        if len(numbers) != 2:
            return False
        upper, lower = self._spots.boxes[
            numbers[np.argsort(self._spots.boxes[numbers, 1])]
        ].tolist()
        beside = min(upper[2], lower[2]) - max(upper[0], lower[0])
        return (
            self._is_flat(tuple(upper), usual)
            and self._is_flat(tuple(lower), usual)
            and beside >= _MOST_OF * (lower[2] - lower[0])
            and 0 < lower[1] - upper[3] <= _UNDERLINE * usual
        )

    def _is_dash(self, numbers: Numbers, usual: float) -> bool:
        """Whether one spot is a dash, and a second at most a speck beside it."""
        sizes = [self._size(numbers[k : k + 1]) for k in range(len(numbers))]
        own = [n for n, size in zip(numbers.tolist(), sizes, strict=True) if size > _BY_IT * usual]
        flat = len(own) == 1 and self._is_flat(self._spots.box_of(np.array(own)), usual)
        return flat and len(numbers) <= 2

    def _is_flat(self, box: PixelBox, usual: float) -> bool:
        """Whether a spot has the shape of a dash."""
        x0, y0, x1, y1 = box
        low, high = _DASH_WIDTH
        flat = y1 - y0 <= min(_DASH_HEIGHT * usual, (x1 - x0) / _FLAT)
        return flat and low * usual <= x1 - x0 <= high * usual


def _around(found: PixelBox | None, box: PixelBox) -> PixelBox | None:
    if found is None:
        return None
    return min(found[0], box[0]), found[1], max(found[2], box[2]), found[3]


def _holds(room: PixelBox, box: PixelBox) -> bool:
    return room[0] <= box[0] and room[1] <= box[1] and box[2] <= room[2] and box[3] <= room[3]
