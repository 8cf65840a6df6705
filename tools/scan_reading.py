"""Made scans read, page by page or as whole files, beside what their vectors say."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sopextract.core.geometry import BBox
from sopextract.ingest import ingest, picture
from sopextract.ingest.pdf.rasters import Rasters
from sopextract.ingest.pixels import Course, read_pixels
from sopextract.ingest.scan.raster import Raster
from sopextract.model.source import Page, SourceDocument, SourceFile
from sopextract.settings import IngestSettings, Settings
from tools.make_sheets import MadeSheet
from tools.make_sheets.scan import MadeScan
from tools.make_sheets.scan.pages import count_pages
from tools.make_sheets.scan.warp import Warp
from tools.measure import source_file
from tools.scan_match import Carry

CACHE = Path(tempfile.gettempdir()) / "sopextract-ocr"  # what engines said, kept between runs


@dataclass(frozen=True)
class ReadPage:
    """A page as read from pixels, with what they were (None: the file was read as a whole)."""

    page: Page
    raster: Raster | None


def settings_with_cache(cache: Path | None = CACHE) -> Settings:
    """Settings that keep what the engine said in a folder; None: nothing is kept."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    base = Settings()
    if cache is None:
        return base
    cache.mkdir(parents=True, exist_ok=True)
    values = {**base.ingest.model_dump(), "ocr_cache": cache}
    return base.model_copy(update={"ingest": IngestSettings.model_validate(values)})


@contextmanager
def _on_disk(made: MadeSheet) -> Iterator[SourceFile]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / made.name
        path.write_bytes(made.data)
        yield source_file(made.name, path)


def ingest_made(made: MadeSheet, settings: IngestSettings) -> SourceDocument:
    """A made file through the reader of its format. Raises SourceError as `ingest` does."""
    with _on_disk(made) as source:
        return ingest(source, settings)


def rasters_of(made: MadeSheet) -> Iterator[Raster]:
    """The pages of a made scan as the reader of pixels is given them."""
    with _on_disk(made) as source:
        if not made.name.endswith(".pdf"):
            yield from (raster for _, raster in picture.read_rasters(source) if raster is not None)
            return
        rasters = Rasters(source)
        try:
            for number in range(1, count_pages(made.data) + 1):
                if (raster := rasters.page(number)) is not None:
                    yield raster
        finally:
            rasters.close()


def read_rasters(made: MadeSheet, settings: IngestSettings) -> Iterator[ReadPage]:
    """Every page from its pixels alone, whatever the reader of the file would decide."""
    course = Course()
    for number, raster in enumerate(rasters_of(made), 1):
        for page in read_pixels(raster, number, course, settings):
            yield ReadPage(page, raster)


def read_file(made: MadeSheet, settings: IngestSettings) -> Iterator[ReadPage]:
    """Every page as the reader of the file gives it."""
    for page in ingest_made(made, settings).pages:
        yield ReadPage(page, None)


def truth_of(scan: MadeScan) -> tuple[Page, ...]:
    """The pages of the vector PDF, as the reader of vectors gives them."""
    return ingest_made(scan.vector, IngestSettings(ocr="off")).pages


def carrier(warp: Warp, wanted: Page, found: Page) -> Carry:
    """From points of the vector page to points of the scan's."""
    if wanted.size_pt is None or found.size_pt is None:
        raise ValueError("a page without a size")
    (w0, h0), (w1, h1) = wanted.size_pt, found.size_pt

    def carry(box: BBox) -> BBox:
        left, top, right, bottom = warp.box((box[0] / w0, box[1] / h0, box[2] / w0, box[3] / h0))
        return left * w1, top * h1, right * w1, bottom * h1

    return carry
