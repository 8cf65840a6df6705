"""The gaps between the letters of a line that was read, seen in its ink."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from sopextract.core.letters import advance
from sopextract.ingest.ocr.engine import ReadLine
from sopextract.ingest.ocr.sizes import base_and_size, without_lines
from sopextract.ingest.scan.raster import Mask

ReadWord = tuple[str, float, float, float]  # text, begin, end, score, as in `ReadLine`

REACH = 0.45  # in sizes: so far from where its letters place it a gap is looked for
_HIDDEN = 0.15  # gaps to a letter: print shows one to most letters, even where some touch
# Of a word: so much of it is blank at most. Print has 0.2 to 0.35, thin and worn up to 0.45; where
# more is blank, letters hang on a stamp's and are no ink of this line.
_MOST_BLANK = 0.5
_LONGEST = 2.6  # sizes, five letters: so long a piece without a gap has something through it


@dataclass(frozen=True, slots=True)
class Gap:
    """Columns without ink, from and to, in pixels."""

    start: int
    end: int

    @property
    def width(self) -> int:
        """How many columns."""
        return self.end - self.start

    @property
    def middle(self) -> float:
        """The column in its middle."""
        return (self.start + self.end) / 2


@dataclass(frozen=True, slots=True)
class Sight:
    """The blank gaps of a line, where its ink begins, and the size of its font, in pixels."""

    gaps: tuple[Gap, ...]
    first: int
    size: float
    width: int

    @classmethod
    def of(cls, read: ReadLine, ink: Mask) -> Sight:
        """What the ink of the picture in which a line was read shows."""
        bare = without_lines(ink)
        _, size = base_and_size(read.text.replace(" ", ""), bare)
        columns = np.asarray(bare.any(axis=0))
        first = int(columns.argmax())
        return cls(tuple(_blank(columns)), first, size, bare.shape[1])

    def at(self, word: ReadWord, cut: int) -> Gap | None:
        """The widest gap about where the letter number `cut` of a word begins."""
        place = self.place(word, cut)
        near = [gap for gap in self.gaps if abs(gap.middle - place) <= REACH * self.size]
        return max(near, key=lambda gap: gap.width, default=None)

    def inside(self, word: ReadWord) -> list[Gap]:
        """The gaps between a word's letters."""
        start, end = word[1] * self.width, word[2] * self.width
        return [gap for gap in self.gaps if start < gap.middle < end]

    def between(self, word: ReadWord, after: ReadWord) -> float:
        """How wide the widest gap between two words is, from the last letter to the next, in sizes.

        0 where their ink touches.
        """
        last = (word[2] - word[1]) / len(word[0]) / 2
        first = (after[2] - after[1]) / len(after[0]) / 2
        start, end = (word[2] - last) * self.width, (after[1] + first) * self.width
        widths = (gap.width for gap in self.gaps if start <= gap.middle <= end)
        return max(widths, default=0) / self.size if self.size > 0 else 0.0

    def shows(self, word: ReadWord) -> bool:
        """Whether the ink shows the gaps of a word: nothing runs through it, its letters are there.

        What runs through a word hides its gaps; letters that hang on something are missing.
        """
        gaps = self.inside(word)
        start, end = word[1] * self.width, word[2] * self.width
        edges = [start, *(at for gap in gaps for at in (gap.start, gap.end)), end]
        longest = max(b - a for a, b in zip(edges[::2], edges[1::2], strict=True))
        blank = sum(gap.width for gap in gaps)
        seen = blank <= _MOST_BLANK * (end - start) and longest <= _LONGEST * self.size
        return seen and len(gaps) > _HIDDEN * len(word[0])

    def place(self, word: ReadWord, cut: int) -> float:
        """Where the letter number `cut` of a word begins, in pixels, by what letters are wide."""
        text, begin, end, _ = word
        share = advance(text[:cut]) / advance(text)
        return (begin + share * (end - begin)) * self.width


def _blank(columns: npt.NDArray[np.bool_]) -> Iterator[Gap]:
    """The runs of columns without ink, those at the edges of the picture left out."""
    inked = np.flatnonzero(columns)
    for a, b in pairwise(inked.tolist()):
        if b - a > 1:
            yield Gap(a + 1, b)
