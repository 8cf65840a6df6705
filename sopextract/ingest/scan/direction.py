"""By how much a page must be turned to stand upright: by its lines, and by what they say.

A small picture of the page tells whether its lines run level or upright; a few of the longest are
then read in both directions, and the one whose words are words is right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sopextract.core.geometry import BBox
from sopextract.ingest.ocr.engine import Engine, ReadLine
from sopextract.ingest.scan.raster import Grey
from sopextract.lexicon.huruf import likely_share, words_of
from sopextract.lexicon.kata import is_known

# The longer side of the small picture, pixels: enough lines of 7 points on F4 are found at the
# first, in a sixth of the time of finding all words; pages with little on them need the second.
_SIDES = (672, 1344)
_LINE = 3.0  # length to height from which a box tells the direction of its line
_FIRST_LINES, _MOST_LINES = 3, 6  # read at once, and at most; the first decide on nearly all pages
_SURE = 3.0  # evidence that ends the reading: about three known words
_ENOUGH = 14  # times the height of its letters: what is read of a line, some four words
_WINDOW = 4  # times a box's height: in so much of its middle a line is looked for
_LEAST_LETTERS = 6  # pixels of height; lower ones cannot be read
_AROUND = 0.3  # of that height, above and below: a line askew by two degrees rises by a quarter
_EMPTY = 0.25  # of the strokes in the fullest row; between lines there are fewer
_LETTERS = 7  # of a word of Indonesian official prose, about
# Below it a page stays as it is: a word or two of evidence may be a stamp or a turned header.
_LEAST = 0.3
_EDGE = 2  # pixels of the small picture around a line's box


@dataclass(frozen=True, slots=True)
class Turn:
    """By how many degrees clockwise a page must be turned, and how surely (0 to 1)."""

    degrees: int
    confidence: float


def find_turn(picture: Grey, engine: Engine) -> Turn:
    """The turn (0, 90, 180 or 270 degrees clockwise) that makes a page upright.

    A page with few lines stays as it is, with low confidence.
    """
    turn = Turn(0, 0.0)
    for side in _SIDES:
        scale = min(side / max(picture.shape), 1.0)
        turn = _turn_at(picture, scale, engine)
        if turn.confidence >= _LEAST or scale == 1.0:
            break
    return turn if turn.confidence >= _LEAST else Turn(0, turn.confidence)


def _turn_at(picture: Grey, scale: float, engine: Engine) -> Turn:
    """The turn by the lines that are found in the picture at this scale."""
    import cv2

    small = picture
    if scale < 1:
        resized = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        small = np.asarray(resized, np.uint8)
    boxes = [line.bbox for line in engine.find_lines(small)]
    level = [b for b in boxes if b[2] - b[0] >= _LINE * (b[3] - b[1])]
    upright = [b for b in boxes if b[3] - b[1] >= _LINE * (b[2] - b[0])]
    turns, lines = ((0, 180), level) if _extent(level) >= _extent(upright) else ((90, 270), upright)
    if not lines:
        return Turn(0, 0.0)
    evidence = _compare(picture, [_scaled(b, scale) for b in _longest(lines)], turns, engine)
    share = _extent(lines) / (_extent(level) + _extent(upright))
    confidence = share * min(abs(evidence) / _SURE, 1.0)
    return Turn(turns[0] if evidence >= 0 else turns[1], round(confidence, 3))


def _extent(boxes: Sequence[BBox]) -> float:
    """The length of all lines together; a single long one may be a rule's shade."""
    return sum(max(b[2] - b[0], b[3] - b[1]) for b in boxes)


def _longest(lines: Sequence[BBox]) -> list[BBox]:
    return sorted(lines, key=lambda b: -max(b[2] - b[0], b[3] - b[1]))[:_MOST_LINES]


def _scaled(box: BBox, scale: float) -> tuple[int, int, int, int]:
    x0, y0, x1, y1 = box
    return (
        max(int((x0 - _EDGE) / scale), 0),
        max(int((y0 - _EDGE) / scale), 0),
        int((x1 + _EDGE) / scale),
        int((y1 + _EDGE) / scale),
    )


def _compare(
    picture: Grey,
    boxes: Sequence[tuple[int, int, int, int]],
    turns: tuple[int, int],
    engine: Engine,
) -> float:
    """How much more the lines say when turned the first way; below 0: the second way.

    A few lines are read in one call, first the one way, then the other, then the rest; what makes
    sense ends it, as the wrong way makes none.
    """
    crops = [_strip(_level(picture[y0:y1, x0:x1], turns[0])) for x0, y0, x1, y1 in boxes]
    first, rest = crops[:_FIRST_LINES], crops[_FIRST_LINES:]
    evidence = 0.0
    for lines in (first, rest):
        for turn, sign in ((0, 1), (180, -1)):
            evidence += sign * _sense(engine.read_lines([_level(line, turn) for line in lines]))
            if abs(evidence) >= _SURE:
                return evidence
    return evidence


def _level(crop: Grey, turn: int) -> Grey:
    """A part of the page turned clockwise."""
    return np.ascontiguousarray(np.rot90(crop, -(turn // 90)))


def _strip(crop: Grey) -> Grey:
    """Some words out of the middle of a line, cut to the height of its letters.

    Boxes found on a small picture are two to three times as high as their line, and reach into the
    next ones; of a line askew all its length would be higher still.
    """
    height = len(crop)
    top, bottom = _band(_middle(crop, _WINDOW * height))
    letters = bottom - top
    if letters < _LEAST_LETTERS:
        return _middle(crop, _ENOUGH * height)
    crop = _middle(crop, _ENOUGH * letters)
    edge = round(_AROUND * letters)
    return np.ascontiguousarray(crop[max(top - edge, 0) : bottom + edge])


def _middle(crop: Grey, width: int) -> Grey:
    spare = max(crop.shape[1] - width, 0) // 2
    return crop[:, spare : crop.shape[1] - spare]


def _band(crop: Grey) -> tuple[int, int]:
    """The rows, from and to, of the line of letters with the most strokes; 0, 0 without any.

    A row of letters goes from paper to ink and back often; a rule never.
    """
    import cv2

    _, dark = cv2.threshold(crop, 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    edges = (np.diff(np.asarray(dark, np.int8), axis=1) > 0).sum(axis=1)
    strokes = np.convolve(edges, np.ones(3) / 3, mode="same")
    full = np.concatenate([[False], strokes > _EMPTY * strokes.max(initial=0.0), [False]])
    ends = np.flatnonzero(full[1:] != full[:-1])
    bands = [(int(a), int(b)) for a, b in zip(ends[::2], ends[1::2], strict=True)]
    return max(bands, key=lambda band: strokes[band[0] : band[1]].sum(), default=(0, 0))


def _sense(lines: Sequence[ReadLine]) -> float:
    """How much of some lines makes sense, in words: each by how surely it was read.

    Words may run into one another in small print, so that what counts is letters.
    """
    sense = 0.0
    for text, _, _, score in (word for line in lines for word in line.words):
        for word in words_of(text):
            known = is_known(word.lower())
            sense += score * score * (1.0 if known else likely_share([word])) * len(word) / _LETTERS
    return sense
