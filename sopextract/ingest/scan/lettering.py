"""Where the letters of a line that was read stand: words to the pixel, base line and size.

A line is kept in the frame of its writing: left to right, base line below. Frames of turned lines
are those of `ingest/page/text.py`: upwards (90) has x = -y and y = x of the picture.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt

from sopextract.core.geometry import BBox
from sopextract.ingest.ocr.engine import ReadLine
from sopextract.ingest.ocr.sizes import HIGH, SMALL, base_and_size, without_lines
from sopextract.ingest.scan.cases import TWO_FACED
from sopextract.ingest.scan.raster import Mask

# The box of a word reaches from the font's ascent to its descent, as in a PDF.
_ASCENT, _DESCENT = 0.9, 0.21
_APART = 0.15  # between words that were read apart; below 0.1 what is laid out joins them
_DASH = 0.25  # where the stroke of a hyphen stands
# Sizes nearer than this are one: a size is read to a pixel, 4 per cent of small type.
_TELLING, _BESIDE = 3, 5.0  # letters of the line beside, and how near in sizes it begins
_SAME_SIZE = 0.09
_SAME_BASE = 0.2  # of the size: base lines of lines that go on with one another
# A slanted line has so many letters, of so much of the highest one's height; its base line slopes
# and rises so much (flat pages are level within 0.005), and all stand on it.
_FEWEST_SLANTED, _LARGE = 4, 0.7
_SLOPE, _RISE, _ON_LINE = 0.04, 0.3, 0.15
_NEXT = 2.5  # of the size: lines that stand farther apart do not


@dataclass(frozen=True, slots=True)
class LineWord:
    """One word of a line: where it begins and ends in the line's frame, in pixels."""

    text: str
    left: float
    right: float
    score: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line that was read. `size` is that of its font in pixels; 0 where nothing tells it."""

    words: tuple[LineWord, ...]
    base: float
    size: float
    angle: int
    slanted: bool = False  # it runs across the page, as stamps do

    def bbox(self, word: LineWord) -> BBox:
        """A word's box in pixels of the picture."""
        top, bottom = self.base - _ASCENT * self.size, self.base + _DESCENT * self.size
        if self.angle == 90:
            return top, -word.right, bottom, -word.left
        if self.angle == 270:
            return -bottom, word.left, -top, word.right
        return word.left, top, word.right, bottom


def lettering(read: ReadLine, ink: Mask, origin: tuple[float, float], angle: int) -> Line:
    """The line read in a picture whose ink is given; `origin` is its place in the frame.

    There must be words.
    """
    ink = without_lines(ink)
    columns = np.asarray(ink.any(axis=0))
    spans = _spans(read, columns)
    words = tuple(
        LineWord(text, origin[0] + left, origin[0] + right, score)
        for (text, _, _, score), (left, right) in zip(read.words, spans, strict=True)
    )
    base, size = base_and_size("".join(word.text for word in words), ink)
    words = tuple(_set_apart(words, _APART * size))
    return Line(words, origin[1] + base, size, angle, _is_slanted(words, ink))


def _is_slanted(words: Sequence[LineWord], ink: Mask) -> bool:
    """Whether a line is of capitals that stand on a base line that is not level."""
    if not "".join(word.text for word in words).isupper():
        return False
    stats = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)[2][1:]
    large = stats[stats[:, 3] >= _LARGE * stats[:, 3].max()] if len(stats) else stats
    if len(large) < _FEWEST_SLANTED:
        return False
    middles = large[:, 0] + large[:, 2] / 2
    high = float(np.median(large[:, 3]))
    slopes = []
    for edges in (large[:, 1], large[:, 1] + large[:, 3]):
        slope, start = np.polyfit(middles, edges, 1)
        if np.abs(edges - (slope * middles + start)).max() > _ON_LINE * high:
            return False
        slopes.append(float(slope))
    rise = min(abs(slope) for slope in slopes)
    return slopes[0] * slopes[1] > 0 and rise >= _SLOPE and rise * np.ptp(middles) >= _RISE * high


def _spans(read: ReadLine, columns: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Where each word's ink begins and ends; between words lies the widest gap there."""
    width = len(columns)
    cuts = [0, *(_gap(a, b, columns) for a, b in pairwise(read.words)), width]
    spans = []
    for (left, right), (_, begin, end, _) in zip(pairwise(cuts), read.words, strict=True):
        inked = np.flatnonzero(columns[left:right])
        if len(inked):
            spans.append((left + int(inked[0]), left + int(inked[-1]) + 1))
        else:
            spans.append((round(begin * width), max(round(end * width), round(begin * width) + 1)))
    return spans


def _set_apart(words: Sequence[LineWord], least: float) -> Iterator[LineWord]:
    """The words with at least so much between them: ink that runs on hides a gap that was read."""
    short = [max(least - (b.left - a.right), 0.0) / 2 for a, b in pairwise(words)]
    for word, before, after in zip(words, [0.0, *short], [*short, 0.0], strict=True):
        if word.right - word.left > before + after:
            word = replace(word, left=word.left + before, right=word.right - after)
        yield word


def _gap(
    before: tuple[str, float, float, float],
    after: tuple[str, float, float, float],
    columns: npt.NDArray[np.bool_],
) -> int:
    """The middle of the widest gap between two words, from the last letter of one to the next."""
    width = len(columns)
    last = (before[2] - before[1]) / len(before[0]) / 2
    first = (after[2] - after[1]) / len(after[0]) / 2
    start, end = round((before[2] - last) * width), round((after[1] + first) * width)
    best, middle = 0, round((before[2] + after[1]) / 2 * width)
    run = 0
    for at in range(max(start, 0), min(end, width)):
        run = 0 if columns[at] else run + 1
        if run > best:
            best, middle = run, at + 1 - run // 2
    return middle


def cased(lines: Sequence[Line]) -> list[Line]:
    """The lines, a lone c, o, s ... as large as the line that goes on beside it asks for.

    Such letters look alike in both cases; the engine, shown one of them alone, takes it for a
    capital. Sizes must be as they were measured.
    """
    return [_cased(line, lines) if _is_two_faced(line) else line for line in lines]


def _is_two_faced(line: Line) -> bool:
    text = "".join(word.text for word in line.words)
    letters = [c for c in text if c.isalnum()]
    return len(letters) == 1 and letters[0].upper() in TWO_FACED and line.size > 0


def _cased(line: Line, lines: Sequence[Line]) -> Line:
    beside = [
        other
        for other in lines
        if other is not line
        and other.angle == line.angle
        and sum(len(word.text) for word in other.words) > _TELLING
        and abs(other.base - line.base) <= _SAME_BASE * other.size
        and 0 < other.words[0].left - line.words[-1].right <= _BESIDE * other.size
    ]
    if not beside:
        return line
    size = min(beside, key=lambda other: other.words[0].left).size
    text = "".join(word.text for word in line.words)
    height = line.size * (SMALL if text == text.lower() else HIGH)
    fits = [abs(height - share * size) for share in (SMALL, HIGH)]
    is_small = fits[0] < fits[1]
    words = tuple(
        replace(word, text=word.text.lower() if is_small else word.text.upper())
        for word in line.words
    )
    return replace(line, words=words, size=height / (SMALL if is_small else HIGH))


def level_lines(lines: Sequence[Line]) -> list[Line]:
    """The lines, with one base line for those that go on with one another (cut at wide gaps)."""
    ordered = sorted(range(len(lines)), key=lambda k: lines[k].words[0].left)
    level = list(lines)
    for place, k in enumerate(ordered):
        line = level[k]
        for before in (level[j] for j in reversed(ordered[:place])):
            gap = line.words[0].left - before.words[-1].right
            size = max(line.size, before.size)
            if (
                before.angle == line.angle
                and -size <= gap <= _NEXT * size
                and abs(before.base - line.base) <= _SAME_BASE * size
            ):
                level[k] = replace(line, base=before.base)
                break
    return level


def common_sizes(lines: Sequence[Line]) -> list[Line]:
    """The lines with the few sizes that a page is set in; the commonest where nothing tells it."""
    left = {k: line.size for k, line in enumerate(lines) if line.size > 0}
    weight = {k: sum(len(word.text) for word in lines[k].words) for k in left}
    sizes: dict[int, float] = {}
    commonest = 0.0
    while left:
        group = max(
            ([k for k in left if abs(left[k] - s) <= _SAME_SIZE * s] for s in set(left.values())),
            key=lambda ks: sum(weight[k] for k in ks),
        )
        size = float(np.average([left[k] for k in group], weights=[weight[k] for k in group]))
        commonest = commonest or size
        for k in group:
            sizes[k] = size
            del left[k]
    return [_resized(line, sizes.get(k, commonest)) for k, line in enumerate(lines)]


def _resized(line: Line, size: float) -> Line:
    if line.size > 0:
        return replace(line, size=size)
    # The base of such a line is the middle of its ink.
    return replace(line, size=size or 1.0, base=line.base + _DASH * size)
