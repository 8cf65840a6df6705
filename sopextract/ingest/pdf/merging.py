"""What was read from the pixels of a page, put among what the page itself says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sopextract.core.geometry import BBox, Point, centre, contains, grow
from sopextract.ingest.page.strokes import DrawnPage, Stroke, Word
from sopextract.ingest.pdf.framing import framed
from sopextract.ingest.pdf.rasters import cut_out
from sopextract.ingest.pixels import moved_reading, scan_page
from sopextract.ingest.scan.raster import Raster
from sopextract.model.source import ScanReading
from sopextract.settings import IngestSettings

# Degrees. A picture that was pasted into a page stands as the page does; what is more crooked than
# that was paper, and its places would not fit those of the page's own words.
_LEVEL = 0.5
_EDGE = 3.0  # points by which what belongs to a picture may stand out


@dataclass(frozen=True, slots=True)
class Read:
    """Words and strokes in points of the page, and how well they were read."""

    words: tuple[Word, ...]
    strokes: tuple[Stroke, ...]
    reading: ScanReading
    unclear: tuple[Point, ...] = ()

    @property
    def fits(self) -> bool:
        """Whether it can stand among the page's own words: read well, and level as they are."""
        reading = self.reading
        return not (reading.poor or reading.turn or abs(reading.skew_deg) > _LEVEL)

    def inside(self, box: BBox) -> Read:
        """Those that lie in a box; rules that go on beyond it are none of them."""
        edge = grow(box, _EDGE)
        return replace(
            self,
            words=tuple(w for w in self.words if contains(box, centre(w.bbox))),
            strokes=tuple(s for s in self.strokes if all(contains(edge, p) for p in s.points)),
        )


def read_page(raster: Raster, number: int, settings: IngestSettings) -> Read:
    """What stands on a page."""
    return _read(raster, (0.0, 0.0), number, settings)


def read_part(raster: Raster, number: int, box: BBox, settings: IngestSettings) -> Read | None:
    """The same of a picture that lies in a box of the page; None when it has no pixels."""
    part, (left, top) = cut_out(raster, box)
    if not part.pixels.size:
        return None
    part, margin = framed(part)
    return _read(part, (left - margin, top - margin), number, settings)


def _read(raster: Raster, corner: Point, number: int, settings: IngestSettings) -> Read:
    """What a raster says whose top left corner lies there on the page."""
    left, top = corner
    scanned = scan_page(raster, number, settings)
    reading = scanned.reading

    def on_page(point: Point) -> Point:
        x, y = scanned.flat.back(point)
        return x + left, y + top

    def moved(box: BBox) -> BBox:
        return box[0] + left, box[1] + top, box[2] + left, box[3] + top

    drawn, box_back = scanned.drawn, scanned.flat.box_back
    words = (
        replace(w, bbox=moved(box_back(w.bbox)), size_pt=w.size_pt / scanned.flat.scale)
        for w in drawn.words
    )
    strokes = (replace(s, points=tuple(map(on_page, s.points))) for s in drawn.strokes)
    unclear = tuple(map(on_page, drawn.unclear))
    return Read(tuple(words), tuple(strokes), moved_reading(reading, corner), unclear)


def merged(drawn: DrawnPage, parts: Sequence[Read]) -> tuple[DrawnPage, ScanReading] | None:
    """The page with the words and strokes of parts that fit; None when there are none.

    Where the page has a word of its own, what was read from pixels is left out.
    """
    parts = [part for part in parts if part.fits and (part.words or part.strokes)]
    if not parts:
        return None
    strokes = list(drawn.strokes)
    for part in parts:
        first = max((s.path for s in strokes), default=-1) + 1
        strokes += [replace(s, path=s.path + first) for s in part.strokes]
    page = replace(
        drawn,
        words=(*drawn.words, *(w for part in parts for w in _beside(drawn.words, part.words))),
        strokes=tuple(strokes),
        unclear=(*drawn.unclear, *(p for part in parts for p in part.unclear)),
    )
    return page, _together([part.reading for part in parts])


def with_letters(drawn: DrawnPage, read: Read) -> DrawnPage:
    """The page with words from pixels where it has none of its own; its strokes are kept."""
    return replace(drawn, words=(*drawn.words, *_beside(drawn.words, read.words)))


def _beside(own: Sequence[Word], words: Sequence[Word]) -> list[Word]:
    """The words that do not stand where the page has its own."""
    return [w for w in words if not any(_same_place(w.bbox, o.bbox) for o in own)]


def _same_place(a: BBox, b: BBox) -> bool:
    return contains(a, centre(b)) or contains(b, centre(a))


def _together(readings: Sequence[ScanReading]) -> ScanReading:
    """One reading of several, means weighted by their words."""
    first = readings[0]
    if len(readings) == 1 or all(reading is first for reading in readings):
        return first
    return replace(
        first,
        mean_confidence=_mean([(r.mean_confidence, r.words) for r in readings]),
        known_share=_mean([(r.known_share, r.words) for r in readings]),
        words=sum(r.words for r in readings),
        unread=sum(r.unread for r in readings),
        skew_deg=max((r.skew_deg for r in readings), key=abs),
        crops=tuple(crop for r in readings for crop in r.crops),
    )


def _mean(values: Sequence[tuple[float | None, int]]) -> float | None:
    known = [(value, weight) for value, weight in values if value is not None and weight]
    total = sum(weight for _, weight in known)
    return sum(value * weight for value, weight in known) / total if total else None
