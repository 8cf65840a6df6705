"""Pages that were printed sideways or upside down without saying so, turned as they are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from sopextract.core.geometry import BBox, Point, bbox_of
from sopextract.ingest.page.strokes import DrawnPage

# Share of the page's letters: a landscape sheet has turned words in its header only, a tenth.
_MOST = 0.6
_FEWEST = 40  # letters; a page of fewer does not say how it stands


def turned_upright(page: DrawnPage) -> DrawnPage:
    """The page turned so that most of its letters run from left to right.

    Places are then those on the turned page.
    """
    letters: Counter[int] = Counter()
    for word in page.words:
        letters[word.angle] += len(word.text)
    angle, most = max(letters.items(), key=lambda entry: entry[1], default=(0, 0))
    if angle == 0 or most < max(_FEWEST, _MOST * letters.total()):
        return page
    width, height = page.size_pt
    turn = _TURNS[angle](width, height)

    def box(old: BBox) -> BBox:
        return bbox_of((turn((old[0], old[1])), turn((old[2], old[3]))))

    return replace(
        page,
        size_pt=(width, height) if angle == 180 else (height, width),
        words=tuple(
            replace(w, bbox=box(w.bbox), angle=(w.angle - angle) % 360) for w in page.words
        ),
        strokes=tuple(replace(s, points=tuple(map(turn, s.points))) for s in page.strokes),
        pictures=tuple(replace(p, bbox=box(p.bbox)) for p in page.pictures),
    )


Turn = Callable[[Point], Point]


def _clockwise(width: float, height: float) -> Turn:
    del width
    return lambda p: (height - p[1], p[0])


def _about(width: float, height: float) -> Turn:
    return lambda p: (width - p[0], height - p[1])


def _anticlockwise(width: float, height: float) -> Turn:
    del height
    return lambda p: (p[1], width - p[0])


_TURNS: dict[int, Callable[[float, float], Turn]] = {
    90: _clockwise,
    180: _about,
    270: _anticlockwise,
}
