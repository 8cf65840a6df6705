"""The words of a page of pixels: lines found, cut at the table's rules, read and put in place.

Boxes inside are pixels of the picture; what is given is points of it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sopextract.core.geometry import BBox
from sopextract.ingest.ocr.engine import Engine, ReadLine
from sopextract.ingest.page.strokes import Word
from sopextract.ingest.scan.dirt import without_dirt
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
from sopextract.ingest.scan.spacing import doubted
from sopextract.ingest.scan.spots import find_spots
from sopextract.lexicon.huruf import known_share, words_of

# A word read less surely than this is none: of such words of made scans more were wrong than right.
_HOPELESS = 0.3
# In a line with a word so sure and so long the others are words too, however dimly they were read.
_SURE, _TELLING = 0.9, 3
# Lettering so much smaller or larger than the page's usual is no text of a form unless it is sure:
# halves of letters that a stamp runs over, the stamp itself, squares of a QR code. Column numbers
# have 0.7 of it, worn ones down to 0.55, titles up to 1.7.
_LEAST, _LEAST_FIGURE, _MOST, _FEW_LETTERS = 0.62, 0.5, 1.9, 3
_SPECKS = (".", "'", "`", "·", "’")
_CLOSES = 0.5  # sizes: a full stop stands nearer to its word, however that was spaced
_DASH_SCORE = 0.98  # 298 of 303 on the pages to which scores were fitted (scan/scores.py)


@dataclass(frozen=True, slots=True)
class PageWords:
    """The words of a page, in points of its picture.

    `lost` are the places of those left out because they could not be read. `mean_confidence` is
    weighted by letters; `known_share` is the share of words of three letters or more that the
    lexicon knows. Both are None for a page without words.
    """

    words: tuple[Word, ...]
    lost: tuple[BBox, ...]
    mean_confidence: float | None
    known_share: float | None

    @property
    def unread(self) -> int:
        """How many words could not be read."""
        return len(self.lost)


def read_words(
    picture: Grey,
    cells: Sequence[BBox],
    per_pt: float,
    engine: Engine,
    witness: Engine | None = None,
) -> PageWords:
    """Read the words of an upright, level page; white paper is 255, print dark, coloured ink gone.

    `cells` are those of its tables, in pixels. `per_pt` pixels are one point.
    """
    spots = find_spots(picture, cells, per_pt)
    inside = Cells(cells, per_pt)
    cutter = Cutter(spots, inside)
    found, left = cutter.cut([line.bbox for line in engine.find_lines(picture)])
    pieces = Strays(spots, inside, cutter, per_pt).pieces(found, left)
    pieces = without_dirt(pieces, spots, cutter)
    taken = read_pieces(picture, spots, pieces, engine)
    said: Sequence[ReadLine | None] = [None] * len(taken)
    if witness is not None:
        said = witness.read_lines([t.shot.picture for t in taken])
    lines = [
        lettering(doubted(scored(t.read, other)), t.shot.ink, t.shot.origin, t.shot.angle)
        for t, other in zip(taken, said, strict=True)
    ]
    lines += [_told(piece) for piece in pieces if piece.text]
    lines = level_lines(common_sizes(cased(lines)))
    kept: list[Word] = []
    lost: list[BBox] = []
    usual = _usual_size(lines)
    for line in lines:
        words = [_word(line, word, per_pt) for word in _without_specks(line)]
        is_text = any(word.score >= _SURE and len(word.text) >= _TELLING for word in words)
        least = _SURE if _is_odd(line, usual) else _HOPELESS
        good = [word for word in words if is_text or word.score >= least]
        kept += good
        lost += [word.bbox for word in words if word not in good]
    return _page(kept, lost)


def _usual_size(lines: Sequence[Line]) -> float:
    """The size that most letters of a page have."""
    letters: Counter[float] = Counter()
    for line in lines:
        letters[line.size] += sum(len(word.text) for word in line.words)
    return max(letters, key=lambda size: letters[size], default=0.0) or 1.0


def _is_odd(line: Line, usual: float) -> bool:
    """Whether a line is of words of few letters and far off the usual size."""
    texts = [word.text for word in line.words]
    least = _LEAST_FIGURE if "".join(texts).isdecimal() else _LEAST
    return max(map(len, texts)) <= _FEW_LETTERS and not least <= line.size / usual <= _MOST


def _without_specks(line: Line) -> Iterator[LineWord]:
    """The words of a line without marks that stand off all words: dirt."""
    end = -math.inf
    for word in line.words:
        if word.text not in _SPECKS or word.left - end <= _CLOSES * line.size:
            yield word
        end = word.right


def _told(piece: Piece) -> Line:
    """The line of a piece whose shape says its text: a dash, with or without a colon before it."""
    x0, y0, x1, y1 = piece.bbox
    *colon, dash = piece.text.split()
    middle = (x0 + x1) / 2
    words = [LineWord(text, x0, (x0 + middle) / 2, _DASH_SCORE) for text in colon]
    words.append(LineWord(dash, middle if colon else x0, x1, _DASH_SCORE))
    return Line(tuple(words), (y0 + y1) / 2, 0.0, 0)


def _word(line: Line, word: LineWord, per_pt: float) -> Word:
    x0, y0, x1, y1 = line.bbox(word)
    box = (x0 / per_pt, y0 / per_pt, x1 / per_pt, y1 / per_pt)
    size = line.size / per_pt
    return Word(word.text, box, size, line.angle, slanted=line.slanted, score=word.score)


def _page(words: Sequence[Word], lost: Sequence[BBox]) -> PageWords:
    letters = sum(len(word.text) for word in words)
    if not letters:
        return PageWords((), tuple(lost), None, None)
    mean = sum(word.score * len(word.text) for word in words) / letters
    plain = [part for word in words for part in words_of(word.text)]
    return PageWords(tuple(words), tuple(lost), mean, known_share(plain) if plain else None)
