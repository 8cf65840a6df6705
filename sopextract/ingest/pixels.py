"""From the pixels of a page to the page: what readers of pictures and of PDF have in common."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from logging import getLogger
from typing import TYPE_CHECKING

import numpy as np

from sopextract.core.geometry import Point
from sopextract.errors import SourceError
from sopextract.ingest.page import lay_out_page
from sopextract.ingest.page.moved import moved_back
from sopextract.ingest.page.unruled import edges_of
from sopextract.ingest.scan.raster import Pixels, Raster
from sopextract.model.source import Grid, InkCrop, Page, ScanReading
from sopextract.settings import IngestSettings

if TYPE_CHECKING:
    from sopextract.ingest.scan.halves import Half
    from sopextract.ingest.scan.read import Scanned

log = getLogger(__name__)

RESCAN = (
    "scan it again at 300 dots an inch, straight and evenly lit, or give the file it was made of"
)

# Share of the words of a page too poor to rely on that the word lists know. Of English they know 13
# in 100, of the languages of the regions 7 to 18 (pdf/trust.py), of what is no writing none.
_LEAST_KNOWN = 0.05
# A negative: how dark most of it is, by how much its strokes are lighter, and how much of the page
# they are. Made sheets have ink on 3 to 12 % of it.
_NIGHT, _STROKE, _PRINT = 70, 120, (0.005, 0.3)
# Of a page without print: percent of its pixels that dust may be, the grey that parts paper from
# night, and by how much paper varies (the noise of a scanner has a spread of some 5 of 255).
_FEW, _GREY, _FAINT = 0.05, 110, 45


class Look(Enum):
    """What a page looks like of which nothing could be read."""

    BLANK = "blank"
    BLACK = "black"
    DRAWN = "drawn"


@dataclass(slots=True)
class Course:
    """What goes on from page to page: the number of the next symbol, and the columns above.

    `above` holds the edges of the columns of the last table, in points of its page as it stands
    upright: whatever size it was laid out in.
    `looks` are what the pages looked like of which nothing could be read.
    """

    next_id: int = 0
    above: tuple[float, ...] = ()
    looks: set[Look] = field(default_factory=set)

    def pass_page(self, page: Page, scale: float = 1.0) -> Page:
        """Take over what the next page needs; the page is given back.

        It was laid out `scale` times as large as it is.
        """
        self.next_id += len(page.symbols)
        grids = (block for block in reversed(page.blocks) if isinstance(block, Grid))
        if (grid := next(grids, None)) is not None:
            self.above = tuple(edge / scale for edge in edges_of(grid))
        return page


def scan_page(raster: Raster, number: int, settings: IngestSettings) -> Scanned:
    """`read_scan`, on one thread: several workers share the machine's cores."""
    import cv2

    from sopextract.ingest.scan.read import read_scan

    cv2.setNumThreads(1)
    return read_scan(raster, number, settings)


def read_pixels(
    raster: Raster, number: int, course: Course, settings: IngestSettings
) -> tuple[Page, ...]:
    """A page from its pixels; of a sheet with two pages side by side both, of the same number.

    Every place is in points of the sheet as `raster` shows it.
    """
    raster = _as_printed(raster)
    halves = _halves(raster, settings)
    if not halves:
        return (_read(raster, (0.0, 0.0), raster.size_pt, number, course, settings),)
    log.info("page %d shows two pages side by side", number)
    return tuple(
        _read(half.raster, half.corner, raster.size_pt, number, course, settings) for half in halves
    )


def _halves(raster: Raster, settings: IngestSettings) -> tuple[Half, ...]:
    from sopextract.ingest.scan.halves import find_halves

    return find_halves(raster, settings)


def _read(
    raster: Raster,
    corner: Point,
    size_pt: tuple[float, float],
    number: int,
    course: Course,
    settings: IngestSettings,
) -> Page:
    """A page whose raster has its top left corner there on a sheet of a size."""
    left, top = corner
    scanned = scan_page(raster, number, settings)
    scale = scanned.flat.scale  # small print is read enlarged, on one page and not on the next
    above = tuple(edge * scale for edge in course.above)
    page = lay_out_page(scanned.drawn, course.next_id, above)
    course.pass_page(
        page, scale
    )  # before places are moved: columns go on in the flat page's points
    page = replace(page, scan=moved_reading(scanned.reading, corner))
    if not says_something(page):
        course.looks.add(Look.DRAWN if scanned.reading.words else _look(raster.pixels))

    def back(point: Point) -> Point:
        x, y = scanned.flat.back(point)
        return x + left, y + top

    return moved_back(page, back, size_pt, scale)


def moved_reading(reading: ScanReading, corner: Point) -> ScanReading:
    """The reading of a part whose top left corner lies there, its crops in points of the page."""
    left, top = corner

    def moved(crop: InkCrop) -> InkCrop:
        if (box := crop.place.bbox) is None:
            return crop
        there = (box[0] + left, box[1] + top, box[2] + left, box[3] + top)
        return replace(crop, place=replace(crop.place, bbox=there))

    return replace(reading, crops=tuple(map(moved, reading.crops)))


def says_something(page: Page) -> bool:
    """Whether the pixels of a page gave words that can be words.

    Of scribbles and photographs an engine makes letters too.
    """
    scan = page.scan
    if scan is None or not scan.words:
        return False
    return scan.poor is None or (scan.known_share or 0.0) >= _LEAST_KNOWN


def nothing_read(course: Course) -> SourceError:
    """What a file is told of whose pixels nothing could be read."""
    if course.looks == {Look.BLANK}:
        return SourceError("is blank: nothing is printed on it", hint="scan the other side of it")
    if course.looks == {Look.BLACK}:
        return SourceError("is black: nothing lay under the lid, or it was dark", hint=RESCAN)
    return SourceError(
        "is a scan or picture in which nothing can be read, as in a photograph or handwriting",
        hint=RESCAN,
    )


def _as_printed(raster: Raster) -> Raster:
    """A negative with black and white exchanged: light strokes on a page that is dark all over."""
    grey = raster.pixels[::3, ::3].mean(axis=2)
    middle = float(np.median(grey))
    light = float((grey > middle + _STROKE).mean())
    if middle >= _NIGHT or not _PRINT[0] <= light <= _PRINT[1]:
        return raster
    return replace(raster, pixels=np.asarray(255 - raster.pixels, np.uint8))


def _look(pixels: Pixels) -> Look:
    """What a page looks like to somebody who does not read; its margins do not count."""
    height, width = pixels.shape[:2]
    inner = pixels[height // 20 : -height // 20 : 3, width // 20 : -width // 20 : 3]
    grey = inner.mean(axis=2)
    darkest, middle, lightest = np.percentile(grey, (_FEW, 50, 100 - _FEW))
    if middle > _GREY and middle - darkest < _FAINT:
        return Look.BLANK
    if middle < _GREY and lightest - middle < _FAINT:
        return Look.BLACK
    return Look.DRAWN
