"""The words of a page of pixels: lines found, cut at the table's rules, read and put in place.

Boxes inside are pixels of the picture; what is given is points of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sopextract.core.geometry import BBox
from sopextract.ingest.ocr.engine import Engine, ReadLine
from sopextract.ingest.page.strokes import Word
from sopextract.ingest.scan.lettering import (
    Line,
    LineWord,
    cased,
    common_sizes,
    lettering,
    level_lines,
)
from sopextract.ingest.scan.lone import Strays
from sopextract.ingest.scan.pieces import Cells, Cutter, Piece
from sopextract.ingest.scan.raster import Grey
from sopextract.ingest.scan.scores import scored
from sopextract.ingest.scan.shots import read_pieces
from sopextract.ingest.scan.spots import find_spots
from sopextract.lexicon.huruf import known_share, words_of

# A word read less surely than this is none: of such words of made scans more were wrong than right.
_HOPELESS = 0.3
_DASH_SCORE = 0.98  # 298 of 303 on the pages to which scores were fitted (scan/scores.py)


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
    taken = read_pieces(picture, spots, pieces, engine)
    said: Sequence[ReadLine | None] = [None] * len(taken)
    if witness is not None:
        said = witness.read_lines([t.shot.picture for t in taken])
    lines = [
        lettering(scored(t.read, other), t.shot.ink, t.shot.origin, t.shot.angle)
        for t, other in zip(taken, said, strict=True)
    ]
    lines += [_dash(piece) for piece in pieces if piece.text]
    lines = level_lines(common_sizes(cased(lines)))
    words = [_word(line, word, per_pt) for line in lines for word in line.words]
    kept = [word for word in words if _is_readable(word)]
    return _page(kept, len(words) - len(kept))


def _dash(piece: Piece) -> Line:
    """The line of a dash, which is known by its shape."""
    x0, y0, x1, y1 = piece.bbox
    return Line((LineWord(piece.text, x0, x1, _DASH_SCORE),), (y0 + y1) / 2, 0.0, 0)


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


def _is_readable(word: Word) -> bool:
    return word.score >= _HOPELESS
