"""Frames drawn round the names of ways out: boxes as tight as a line of words, no part of the flow.

Letters touch such a frame and lines of the flow run beside it, so that it is looked for side by
side. A side that goes on beyond its corners is a line of the flow, or a rule: it stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sopextract.core.geometry import BBox, centre, contains
from sopextract.ingest.page.strokes import Word
from sopextract.ingest.page.text import box_of, phrases_of
from sopextract.ingest.scan.bars import Bar
from sopextract.ingest.scan.raster import Grey

# In sizes of the words: how far outside of their box, which holds what ascends and descends, a side
# stands at most, and how far inside (made sheets: 0.3 to 0.6 outside of the letters).
_OUT, _IN = 0.7, 0.3
_MOST_WORDS = 5  # as page/labels.py
# Of a side is inked in two rows of pixels together (it is seldom quite level), and at most in a row
# between it and its letters, which may touch it; so many pixels deep.
_DRAWN, _BARE, _DEEP = 0.7, 0.3, 4
_PEN, _CORNER = 1.0, 2.0  # points: a bar that is such a side lies on it, to its corners
# Points: how far beyond a corner a line that goes on is looked for, and how far aside of it; how
# much of that is inked.
_BEYOND, _ASIDE, _INKED = (1.0, 4.8), 1.2, 0.7


def frame_sides(
    ink: Grey, words: Sequence[Word], symbols: Sequence[BBox], lanes: BBox, per_pt: float
) -> list[Bar]:
    """The sides of frames round words in the lanes that are no line of the flow; in points."""
    outside = [
        w
        for w in words
        if w.angle == 0
        and contains(lanes, centre(w.bbox))
        and any(c.isalpha() for c in w.text)
        and not any(contains(s, centre(w.bbox)) for s in symbols)
    ]
    phrases = [p for p in phrases_of(outside, rough=True) if len(p) <= _MOST_WORDS]
    return [side for phrase in phrases for side in _own_sides(ink, phrase, per_pt)]


def is_frame_side(bar: Bar, sides: Sequence[Bar]) -> bool:
    """Whether a bar is no more than a side of a frame."""
    return any(
        bar.level is side.level
        and abs(bar.at - side.at) <= _PEN
        and side.start - _CORNER <= bar.start
        and bar.end <= side.end + _CORNER
        for side in sides
    )


def _own_sides(ink: Grey, phrase: Sequence[Word], k: float) -> Iterator[Bar]:
    """The sides of the frame round some words that end at its corners; `k` pixels are a point."""
    x0, y0, x1, y1 = (round(v * k) for v in box_of(phrase))
    size = max(w.size_pt for w in phrase) * k
    out, in_ = round(_OUT * size), round(_IN * size)
    tops = _lines(ink, (y0 - out, y0 + in_), (x0, x1), 1)
    bottoms = _lines(ink, (y1 - in_, y1 + out), (x0, x1), -1)
    if not tops or not bottoms:
        return
    high = (max(tops), min(bottoms))
    lefts = _lines(ink.T, (x0 - out, x0 + in_), high, 1)
    rights = _lines(ink.T, (x1 - in_, x1 + out), high, -1)
    if not lefts and not rights:
        return
    wide = (max(lefts, default=x0), min(rights, default=x1))
    for at in (*tops, *bottoms):
        if not _goes_on(ink, at, wide, k):
            yield Bar(True, (at + 0.5) / k, wide[0] / k, wide[1] / k)
    for at in (*lefts, *rights):
        if not _goes_on(ink.T, at, high, k):
            yield Bar(False, (at + 0.5) / k, high[0] / k, high[1] / k)


def _lines(ink: Grey, rows: tuple[int, int], columns: tuple[int, int], inward: int) -> list[int]:
    """The rows of pixels, among some, of lines that are inked along these columns.

    `inward` (1 or -1) leads to the letters, which hardly touch them.
    """
    low, start = max(0, rows[0] - _DEEP), max(0, columns[0])
    part = ink[low : rows[1] + 1 + _DEEP, start : columns[1] + 1] > 0
    part = part[::inward]
    if not part.size:
        return []
    pairs = (part[:-1] | part[1:]).mean(axis=1)
    shares = part.mean(axis=1)
    found: list[int] = []
    last = -_DEEP
    for row in range(_DEEP if rows[0] >= _DEEP else 0, len(part) - 1 - _DEEP):
        if pairs[row] >= _DRAWN and shares[row + 2 : row + 2 + _DEEP].min() <= _BARE:
            if row - last > 1:
                found.append(row if shares[row] >= shares[row + 1] else row + 1)
            last = row
    return [low + (row if inward > 0 else len(part) - 1 - row) for row in found]


def _goes_on(ink: Grey, at: int, ends: tuple[int, int], k: float) -> bool:
    """Whether a level line goes on beyond one of its two ends."""
    near, far = round(_BEYOND[0] * k), round(_BEYOND[1] * k)
    aside = round(_ASIDE * k)
    rows = ink[max(0, at - aside) : at + aside + 1]
    start, end = ends
    strips = (rows[:, max(0, start - far) : max(0, start - near)], rows[:, end + near : end + far])
    return any(s.size and float(s.any(axis=0).mean()) > _INKED for s in strips)
