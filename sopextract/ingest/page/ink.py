"""The ink of a page as a reader sees it: lines, outlines and arrow heads (made in inked.py)."""

from __future__ import annotations

from dataclasses import dataclass, field

from sopextract.core.geometry import BBox, Point, bbox_of

# Points. The thickest rule of the real sheets is 1.5, the thickest shaft 2.2; the thinnest symbol
# is 9 high.
THIN = 3.0
SHORT = 2.0  # shorter edges of an outline are corners and rounded ends
MOST_CORNERS = 300  # of bent or branching bars; the outline of a land on a map has thousands


@dataclass(frozen=True, slots=True)
class Line:
    """A drawn line of one or more straight pieces. `path` numbers the drawing operation.

    `score` says how surely it is one line; `traced` that it was followed among pixels.
    """

    points: tuple[Point, ...]
    path: int
    width_pt: float = 0.7
    dashed: bool = False
    score: float = 1.0
    traced: bool = False

    @property
    def bbox(self) -> BBox:
        """The box around it."""
        return bbox_of(self.points)


@dataclass(frozen=True, slots=True)
class Outline:
    """A closed form; `solid`: it is filled with ink, not only drawn round."""

    points: tuple[Point, ...]
    bbox: BBox
    path: int
    solid: bool
    drawn: bool  # its edge is drawn: a stroke or a ring


@dataclass(frozen=True, slots=True)
class Head:
    """An arrow head: where it points and the middle of its other end.

    A triangle may point three ways: `others` are the two besides. `score`: how surely it was seen.
    """

    tip: Point
    back: Point
    path: int
    others: tuple[Head, ...] = ()
    score: float = 1.0


@dataclass(slots=True)
class Ink:
    """All ink of a page."""

    lines: list[Line] = field(default_factory=list)
    outlines: list[Outline] = field(default_factory=list)
    heads: list[Head] = field(default_factory=list)
    dots: list[tuple[BBox, int]] = field(default_factory=list)
