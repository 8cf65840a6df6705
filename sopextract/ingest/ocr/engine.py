"""The seam between a page of pixels and the programs that read words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from sopextract.core.geometry import BBox

if TYPE_CHECKING:  # scan uses this seam
    from sopextract.ingest.scan.raster import Grey


@dataclass(frozen=True, slots=True)
class FoundLine:
    """Where a line of text stands: its box in pixels of the picture, and how surely it is text."""

    bbox: BBox
    score: float


@dataclass(frozen=True, slots=True)
class ReadLine:
    """What one picture of a line says.

    `words` are its words with the share of the picture's width at which each begins and ends (0 to
    1), and how surely each was read (0 to 1). No words: nothing could be read.
    """

    words: tuple[tuple[str, float, float, float], ...]  # text, begin, end, score

    @property
    def text(self) -> str:
        """The whole line."""
        return " ".join(word[0] for word in self.words)

    @property
    def score(self) -> float:
        """How surely the line was read: that of its least sure word; 0 for nothing."""
        return min((word[3] for word in self.words), default=0.0)


class Engine(Protocol):
    """A program that reads words. `key` names it with its version and all settings, for caches."""

    name: str
    version: str
    key: str

    def find_lines(self, picture: Grey) -> tuple[FoundLine, ...]:
        """Where lines of text stand on an upright page."""
        ...

    def read_lines(self, pictures: Sequence[Grey]) -> tuple[ReadLine, ...]:
        """What each picture of one line of text says, in their order."""
        ...
