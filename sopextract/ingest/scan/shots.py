"""Pieces of text as an engine is shown them, and what it said of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sopextract.ingest.ocr.engine import Engine, ReadLine
from sopextract.ingest.scan.cases import with_cases
from sopextract.ingest.scan.cleaning import HEAD_SIGNS, told_apart, without_frames
from sopextract.ingest.scan.colons import with_colon
from sopextract.ingest.scan.commas import with_commas
from sopextract.ingest.scan.pieces import Piece, usual_height
from sopextract.ingest.scan.raster import Grey, Mask
from sopextract.ingest.scan.spacing import STAMPED, spaced
from sopextract.ingest.scan.spots import PixelBox, Spots
from sopextract.ingest.scan.torn import closed_up
from sopextract.lexicon.huruf import words_of
from sopextract.lexicon.kata import is_known

# Around the ink, in shares of its height: what the engine's own boxes leave.
_ALONG, _ACROSS = 0.25, 0.18
_TALLEST = 1.7  # times the usual height of lines: what is higher is no letter of such a line
_SURE_ALONE = 0.85  # what stands alone and was not found is mostly no text; own judgement
_SHAPES = frozenset("●○■□▪◦◇◆▲▼▶◀→←↑↓|")
_MARK = re.compile(r"\(?(?:\d{1,2}|[A-Za-z])[.)]?")  # of a list; shapes tell bullets and dashes
# Single letters that stand in flows: names of off-page symbols, and exits.
_ALONE_IN_FLOW = frozenset("ABCDEFGHYT")


@dataclass(frozen=True, slots=True, eq=False)
class Shot:
    """The picture of a piece, level, with its ink; `origin` is where it stands in the frame.

    The frame is that of the writing (scan/lettering.py). `hangs` says at which end, left and right,
    there is ink that touches a line: an outline, a rule, a head.
    """

    piece: Piece
    picture: Grey
    ink: Mask
    origin: tuple[int, int]
    angle: int
    hangs: tuple[bool, bool] = (False, False)


@dataclass(frozen=True, slots=True, eq=False)
class Taken:
    """A shot and what the engine read in it."""

    shot: Shot
    read: ReadLine


def read_pieces(
    picture: Grey, spots: Spots, pieces: Sequence[Piece], engine: Engine
) -> tuple[Taken, ...]:
    """What the pieces say, those left out that say nothing or turn out to be no text.

    All are read in one call. A piece that stands upright is read from both sides, one that
    something high runs through (a stamp) with and without it, and the way it makes more sense is
    taken.
    """
    tallest = _TALLEST * usual_height(pieces, spots) if pieces else 0.0
    groups = [_shots(picture, spots, piece, tallest) for piece in pieces if not piece.text]
    read = iter(engine.read_lines([shot.picture for group in groups for shot in group]))
    best = [
        max((Taken(shot, _cleaned(next(read), shot)) for shot in group), key=_by_sense)
        for group in groups
    ]
    return tuple(taken for taken in best if _is_text(taken))


def _cleaned(read: ReadLine, shot: Shot) -> ReadLine:
    """The line without what is a frame's or dirt's, its I and l told apart, its spaces put in."""
    words = without_frames(read, shot.hangs[0], shot.hangs[1]).words
    apart = ReadLine(tuple((told_apart(word[0]), *word[1:]) for word in words))
    whole = closed_up(with_cases(apart, shot.ink), shot.ink)
    told = with_commas(spaced(whole, shot.ink), shot.ink)
    return with_colon(told, shot.ink)


def _by_sense(taken: Taken) -> tuple[int, float]:
    """How many letters of a line are those of known words, and how surely it was read."""
    if taken.shot.angle:
        return 0, _sureness(taken.read)
    words = (part for word in taken.read.words for part in words_of(word[0]))
    known = (word for word in words if is_known(word.lower()) and word not in STAMPED)
    return sum(map(len, known)), _sureness(taken.read)


def _shots(picture: Grey, spots: Spots, piece: Piece, tallest: float) -> list[Shot]:
    x0, y0, x1, y1 = _with_margin(piece)
    box = (x0, y0, x1, y1)
    crop, ink = spots.shown(picture, piece.spots, box)
    if not piece.angle:
        hangs = spots.hangs_at(piece.spots, box)
        shots = [Shot(piece, crop, ink, (x0, y0), 0, hangs)]
        if piece.found and spots.crosses(piece.spots, piece.bbox, tallest):
            crop, _ = spots.shown(picture, piece.spots, box, tallest)
            shots.append(Shot(piece, crop, ink, (x0, y0), 0, hangs))
        return shots
    return [
        Shot(piece, np.rot90(crop, -1), np.rot90(ink, -1), (-y1, x0), 90),
        Shot(piece, np.rot90(crop), np.rot90(ink), (y0, -x1), 270),
    ]


def _with_margin(piece: Piece) -> PixelBox:
    x0, y0, x1, y1 = piece.bbox
    size = x1 - x0 if piece.angle else y1 - y0
    along, across = round(_ALONG * size), round(_ACROSS * size)
    dx, dy = (across, along) if piece.angle else (along, across)
    box = (x0 - dx, y0 - dy, x1 + dx, y1 + dy)
    if piece.found and not piece.angle:
        box = (min(box[0], piece.found[0]), box[1], max(box[2], piece.found[2]), box[3])
    left, top, right, bottom = piece.room
    return max(box[0], left), max(box[1], top), min(box[2], right), min(box[3], bottom)


def _is_text(taken: Taken) -> bool:
    """Whether what was read is text, and no head of an arrow or outline taken for a letter."""
    piece, text = taken.shot.piece, taken.read.text.replace(" ", "")
    if _SHAPES.issuperset(text) or (piece.flow and HEAD_SIGNS.issuperset(text)):
        return False
    if piece.found is not None:
        return True
    if piece.mark and not _MARK.fullmatch(text):
        return False
    return _sureness(taken.read) >= _SURE_ALONE and (not piece.flow or text in _ALONE_IN_FLOW)


def _sureness(read: ReadLine) -> float:
    """The mean score of a line's words, by their letters."""
    letters = sum(len(word[0]) for word in read.words)
    return sum(word[3] * len(word[0]) for word in read.words) / letters if letters else 0.0
