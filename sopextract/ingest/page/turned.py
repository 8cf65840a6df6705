"""Pages that were printed sideways or upside down without saying so, turned as they are read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from sopextract.core.geometry import BBox, Point, bbox_of
from sopextract.ingest.page.strokes import DrawnPage

# Share of the page's letters: a landscape sheet has turned words in its header only, a tenth.
_MOST = 0.6
_FEWEST = 40  # letters; a page of fewer does not say how it stands


@dataclass(frozen=True, slots=True)
class Turn:
    """How a page whose letters run at `angle` degrees is turned; `size_pt` is the page's own."""

    angle: int
    size_pt: tuple[float, float]

    def upright(self, page: DrawnPage) -> DrawnPage:
        """The page turned so that its letters run from left to right; places are on that page."""

        def box(old: BBox) -> BBox:
            return bbox_of((self._turn((old[0], old[1])), self._turn((old[2], old[3]))))

        width, height = self.size_pt
        return replace(
            page,
            size_pt=(width, height) if self.angle == 180 else (height, width),
            words=tuple(
                replace(w, bbox=box(w.bbox), angle=(w.angle - self.angle) % 360) for w in page.words
            ),
            strokes=tuple(
                replace(s, points=tuple(map(self._turn, s.points))) for s in page.strokes
            ),
            pictures=tuple(replace(p, bbox=box(p.bbox)) for p in page.pictures),
        )

    def back(self, point: Point) -> Point:
        """The point of the page itself for one of the page as turned."""
        width, height = self.size_pt
        x, y = point
        if self.angle == 90:
            return y, height - x
        return (width - x, height - y) if self.angle == 180 else (width - y, x)

    def _turn(self, point: Point) -> Point:
        width, height = self.size_pt
        x, y = point
        if self.angle == 90:
            return height - y, x
        return (width - x, height - y) if self.angle == 180 else (y, width - x)


def find_turn(page: DrawnPage) -> Turn | None:
    """How a page is to be turned so that most of its letters run from left to right.

    None for a page that stands upright, or has too few letters to say.
    """
    letters: Counter[int] = Counter()
    for word in page.words:
        letters[word.angle] += len(word.text)
    angle, most = max(letters.items(), key=lambda entry: entry[1], default=(0, 0))
    if angle == 0 or most < max(_FEWEST, _MOST * letters.total()):
        return None
    return Turn(angle, page.size_pt)
