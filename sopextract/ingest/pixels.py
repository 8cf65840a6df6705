"""From the pixels of a page to the page: what readers of pictures and of PDF have in common."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sopextract.errors import SourceError
from sopextract.ingest.page import lay_out_page
from sopextract.ingest.page.moved import moved_back
from sopextract.ingest.page.unruled import edges_of
from sopextract.ingest.scan.raster import Raster
from sopextract.model.source import Grid, Page
from sopextract.settings import IngestSettings

if TYPE_CHECKING:
    from sopextract.ingest.scan.read import Scanned

RESCAN = (
    "scan it again at 300 dots an inch, straight and evenly lit, or give the file it was made of"
)

# Share of the words of a page too poor to rely on that the word lists know. Of English they know 13
# in 100, of the languages of the regions 7 to 18 (pdf/trust.py), of what is no writing none.
_LEAST_KNOWN = 0.05


@dataclass(slots=True)
class Course:
    """What goes on from page to page: the number of the next symbol, and the columns above.

    `above` holds the edges of the columns of the last table, in points of the page as laid out.
    """

    next_id: int = 0
    above: tuple[float, ...] = ()

    def pass_page(self, page: Page) -> Page:
        """Take over what the next page needs; the page is given back."""
        self.next_id += len(page.symbols)
        grids = (block for block in reversed(page.blocks) if isinstance(block, Grid))
        self.above = next(map(edges_of, grids), self.above)
        return page


def scan_page(raster: Raster, number: int, settings: IngestSettings) -> Scanned:
    """`read_scan`, on one thread: several workers share the machine's cores."""
    import cv2

    from sopextract.ingest.scan.read import read_scan

    cv2.setNumThreads(1)
    return read_scan(raster, number, settings)


def read_pixels(raster: Raster, number: int, course: Course, settings: IngestSettings) -> Page:
    """One page from its pixels; every place is in points of the page as `raster` shows it."""
    scanned = scan_page(raster, number, settings)
    page = lay_out_page(scanned.drawn, course.next_id, course.above)
    course.pass_page(page)  # before places are moved: columns go on in the flat page's points
    page = replace(page, scan=scanned.reading)
    return moved_back(page, scanned.flat.back, raster.size_pt)


def says_something(page: Page) -> bool:
    """Whether the pixels of a page gave words that can be words.

    Of scribbles and photographs an engine makes letters too.
    """
    scan = page.scan
    if scan is None or not scan.words:
        return False
    return scan.poor is None or (scan.known_share or 0.0) >= _LEAST_KNOWN


def nothing_read() -> SourceError:
    """What a file is told of whose pixels nothing could be read."""
    return SourceError("is a scan or picture in which nothing can be read", hint=RESCAN)
