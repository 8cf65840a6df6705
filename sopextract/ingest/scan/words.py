"""The words of a page of pixels: lines found, cut at the table's rules, read and put in place.

Boxes inside are pixels of the picture; what is given is points of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sopextract.core.geometry import BBox
from sopextract.ingest.ocr.engine import Engine, ReadLine
from sopextract.ingest.page.strokes import Word
from sopextract.ingest.scan.lettering import (
    Line,
    LineWord,
    common_sizes,
    lettering,
    level_lines,
)
from sopextract.ingest.scan.lone import Strays
from sopextract.ingest.scan.pieces import Cells, Cutter, Piece
from sopextract.ingest.scan.raster import Grey, Mask
from sopextract.ingest.scan.spots import PixelBox, Spots, find_spots
from sopextract.lexicon.huruf import known_share, words_of

# Around the ink, in shares of its height: what the engine's own boxes leave.
_MARGIN_ALONG, _MARGIN_ACROSS = 0.25, 0.18
# A word read less surely than this is none: of such words of made scans more were wrong than right.
_HOPELESS = 0.3
_SURE_ALONE = 0.85  # what stands alone and was not found is mostly no text; own judgement
_DASH_SCORE = 0.9
_SHAPES = frozenset("●○■□▪◦◇◆▲▼▶◀→←↑↓|")
# Single letters that stand in flows: names of off-page symbols, and exits.
_ALONE_IN_FLOW = frozenset("ABCDEFGHYT-")
_LIKE_HEADS = frozenset("VvLlJI1irT<>^*~=_'\"`.,:;/\\-")  # how heads and bends of lines are read


@dataclass(frozen=True, slots=True)
class PageWords:
    """The words of a page, in points of its picture.

    `unread` counts those left out because they could not be read. `mean_confidence` is weighted by
    letters; `known_share` is the share of words of three letters or more that the lexicon knows.
    Both are None for a page without words.
    """

    words: tuple[Word, ...]
    unread: int
    mean_confidence: float | None
    known_share: float | None


def read_words(
    picture: Grey,
    cells: Sequence[BBox],
    per_pt: float,
    engine: Engine,
    witness: Engine | None = None,
    keep_out: Sequence[BBox] = (),
) -> PageWords:
    """Read the words of an upright, level page; white paper is 255, print dark, coloured ink gone.

    `cells` are those of its tables, in pixels; `keep_out` are outlines of symbols. `per_pt` pixels
    are one point.
    """
    spots = find_spots(picture, cells, per_pt)
    inside = Cells(cells, per_pt)
    cutter = Cutter(spots, inside)
    found, left = cutter.cut([line.bbox for line in engine.find_lines(picture)])
    pieces = Strays(spots, inside, cutter, per_pt).pieces(found, left)
    shots = [_shots(picture, spots, piece) for piece in pieces]
    read = iter(engine.read_lines([shot.picture for group in shots for shot in group]))
    lines: list[Line] = []
    for piece, group in zip(pieces, shots, strict=True):
        line = max((shot.line(next(read)) for shot in group), key=_sureness, default=None)
        line = _dash(piece) if piece.text else line
        if line is not None and _is_text(piece, line):
            lines.append(line)
    lines = level_lines(common_sizes(lines))
    words = [_word(line, word, per_pt) for line in lines for word in line.words]
    kept = [word for word in words if word.score >= _HOPELESS]
    return _page(kept, len(words) - len(kept))


@dataclass(frozen=True, slots=True)
class _Shot:
    """The picture of a piece as it is read, and where its ink is; `origin` is in the frame."""

    picture: Grey
    ink: Mask
    origin: tuple[int, int]
    angle: int

    def line(self, read: ReadLine) -> Line | None:
        return lettering(read, self.ink, self.origin, self.angle)


def _shots(picture: Grey, spots: Spots, piece: Piece) -> list[_Shot]:
    """A piece as the engine is shown it; what stands upright is turned both ways."""
    x0, y0, x1, y1 = _with_margin(piece)
    if piece.text:
        return []
    crop, mask = spots.shown(picture, piece.spots, (x0, y0, x1, y1))
    if not piece.angle:
        return [_Shot(crop, mask, (x0, y0), 0)]
    return [
        _Shot(np.rot90(crop, -1), np.rot90(mask, -1), (-y1, x0), 90),
        _Shot(np.rot90(crop), np.rot90(mask), (y0, -x1), 270),
    ]


def _with_margin(piece: Piece) -> PixelBox:
    x0, y0, x1, y1 = piece.bbox
    size = x1 - x0 if piece.angle else y1 - y0
    along, across = round(_MARGIN_ALONG * size), round(_MARGIN_ACROSS * size)
    dx, dy = (across, along) if piece.angle else (along, across)
    box = (x0 - dx, y0 - dy, x1 + dx, y1 + dy)
    if piece.found and not piece.angle:
        box = (min(box[0], piece.found[0]), box[1], max(box[2], piece.found[2]), box[3])
    left, top, right, bottom = piece.room
    return max(box[0], left), max(box[1], top), min(box[2], right), min(box[3], bottom)


def _is_text(piece: Piece, line: Line) -> bool:
    """Whether what was read is text, and no head of an arrow or outline taken for a letter."""
    text = "".join(word.text for word in line.words)
    if _SHAPES.issuperset(text) or (piece.flow and _LIKE_HEADS.issuperset(text)):
        return False
    if piece.found is not None:
        return True
    return _sureness(line) >= _SURE_ALONE and (not piece.flow or text in _ALONE_IN_FLOW)


def _dash(piece: Piece) -> Line:
    """The line of a dash, which is known by its shape."""
    x0, y0, x1, y1 = piece.bbox
    return Line((LineWord(piece.text, x0, x1, _DASH_SCORE),), (y0 + y1) / 2, 0.0, 0)


def _sureness(line: Line | None) -> float:
    if line is None:
        return 0.0
    letters = sum(len(word.text) for word in line.words)
    return sum(word.score * len(word.text) for word in line.words) / letters


def _word(line: Line, word: LineWord, per_pt: float) -> Word:
    x0, y0, x1, y1 = line.bbox(word)
    box = (x0 / per_pt, y0 / per_pt, x1 / per_pt, y1 / per_pt)
    return Word(word.text, box, line.size / per_pt, line.angle, score=word.score)


def _page(words: Sequence[Word], unread: int) -> PageWords:
    letters = sum(len(word.text) for word in words)
    if not letters:
        return PageWords((), unread, None, None)
    mean = sum(word.score * len(word.text) for word in words) / letters
    plain = [part for word in words for part in words_of(word.text)]
    return PageWords(tuple(words), unread, mean, known_share(plain) if plain else None)
