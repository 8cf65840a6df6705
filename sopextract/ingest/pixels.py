"""From the pixels of a page to the page: what readers of pictures and of PDF have in common."""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib.util import find_spec

from sopextract.errors import SourceError
from sopextract.ingest.page import lay_out_page
from sopextract.ingest.page.unruled import edges_of
from sopextract.ingest.scan.raster import Raster
from sopextract.model.source import Grid, Page
from sopextract.settings import IngestSettings

# What the extra `scan` installs, by the names they are imported by.
SCAN_PACKAGES = {
    "cv2": "opencv-python-headless",
    "onnxruntime": "onnxruntime",
    "rapidocr": "rapidocr",
}
INSTALL_SCAN = "pip install 'sopextract[scan]'"
RESCAN = (
    "scan it again at 300 dots an inch, straight and evenly lit, or give the file it was made of"
)


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


def missing_packages() -> tuple[str, ...]:
    """The packages that are missing for reading pixels, as pip calls them."""
    return tuple(package for name, package in SCAN_PACKAGES.items() if find_spec(name) is None)


def can_read_pixels(settings: IngestSettings) -> bool:
    """Whether pages that are only pixels are to be read, and can be."""
    from sopextract.ingest import scan

    # Until the reader itself is in, everything is as before.
    return settings.ocr != "off" and not missing_packages() and hasattr(scan, "read_scan")


def why_not(settings: IngestSettings) -> str:
    """What to do so that pixels are read, for the hint of an error."""
    if settings.ocr == "off":
        return "take out --no-ocr, or ocr = off in the [ingest] settings"
    return f"to read it install the extra: {INSTALL_SCAN}"


def read_pixels(raster: Raster, number: int, course: Course, settings: IngestSettings) -> Page:
    """One page from its pixels; every place is in points of the page as `raster` shows it."""
    from sopextract.ingest.scan import (  # type: ignore[attr-defined, unused-ignore]
        place_back,
        read_scan,
    )

    scanned = read_scan(raster, number, settings)
    page = lay_out_page(scanned.drawn, course.next_id, course.above)
    course.pass_page(page)  # before places are moved: columns go on in the flat page's points
    placed: Page = place_back(replace(page, scan=scanned.reading), scanned.flat, raster.size_pt)
    return placed


def nothing_read() -> SourceError:
    """What a file is told of whose pixels nothing could be read."""
    return SourceError("is a scan or picture in which nothing can be read", hint=RESCAN)
