"""Made scans read, page by page or as whole files, beside what their vectors say."""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageOps, ImageSequence

from sopextract.core.geometry import BBox
from sopextract.ingest import ingest
from sopextract.ingest.page import lay_out_page
from sopextract.ingest.page.unruled import edges_of
from sopextract.ingest.scan.raster import READING_DPI, Pixels, Raster
from sopextract.model.source import Grid, Page, SourceDocument
from sopextract.settings import IngestSettings, Settings
from tools.make_sheets import MadeSheet
from tools.make_sheets.scan import MadeScan
from tools.make_sheets.scan.warp import Warp
from tools.measure import source_file
from tools.scan_match import Carry

_POINTS = 72.0
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
    if cache is not None and "ocr_cache" in IngestSettings.model_fields:
        cache.mkdir(parents=True, exist_ok=True)
        values = {**base.ingest.model_dump(), "ocr_cache": cache}
        return base.model_copy(update={"ingest": IngestSettings.model_validate(values)})
    return base


def ingest_made(made: MadeSheet, settings: IngestSettings) -> SourceDocument:
    """A made file through the reader of its format. Raises SourceError as `ingest` does."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / made.name
        path.write_bytes(made.data)
        return ingest(source_file(made.name, path), settings)


def rasters_of(made: MadeSheet) -> Iterator[Raster]:
    """The pages of a made scan as pixels, as a reader sees them."""
    if made.name.endswith(".pdf"):
        yield from _pdf_rasters(made.data)
        return
    with Image.open(io.BytesIO(made.data)) as picture:
        for frame in ImageSequence.Iterator(picture):
            dpi = float(frame.info.get("dpi", (READING_DPI, 0))[0])
            upright = ImageOps.exif_transpose(frame.convert("RGB"))
            yield Raster(_pixels(upright), dpi / _POINTS)


def _pdf_rasters(data: bytes) -> Iterator[Raster]:
    scale = READING_DPI / _POINTS
    document = pdfium.PdfDocument(data)
    try:
        for page in document:
            picture = page.render(scale=scale, rev_byteorder=True).to_pil().convert("RGB")
            yield Raster(_pixels(picture), scale)
    finally:
        document.close()


def _pixels(picture: Image.Image) -> Pixels:
    return np.array(picture, dtype=np.uint8)


def read_rasters(made: MadeSheet, settings: IngestSettings) -> Iterator[ReadPage]:
    """Every page from its pixels alone, whatever the reader of the file would decide."""
    scan = import_module("sopextract.ingest.scan")
    next_id = 0
    above: tuple[float, ...] = ()
    for number, raster in enumerate(rasters_of(made), 1):
        scanned = scan.read_scan(raster, number, settings)
        page = lay_out_page(scanned.drawn, next_id, above)
        next_id += len(page.symbols)
        above = next((edges_of(b) for b in reversed(page.blocks) if isinstance(b, Grid)), above)
        placed = scan.place_back(page, scanned.flat, raster.size_pt)
        yield ReadPage(replace(placed, scan=scanned.reading), raster)


def read_file(made: MadeSheet, settings: IngestSettings) -> Iterator[ReadPage]:
    """Every page as the reader of the file gives it."""
    for page in ingest_made(made, settings).pages:
        yield ReadPage(page, None)


def truth_of(scan: MadeScan) -> tuple[Page, ...]:
    """The pages of the vector PDF, as the reader of vectors gives them."""
    return ingest_made(scan.vector, IngestSettings()).pages


def carrier(warp: Warp, wanted: Page, found: Page) -> Carry:
    """From points of the vector page to points of the scan's."""
    if wanted.size_pt is None or found.size_pt is None:
        raise ValueError("a page without a size")
    (w0, h0), (w1, h1) = wanted.size_pt, found.size_pt

    def carry(box: BBox) -> BBox:
        left, top, right, bottom = warp.box((box[0] / w0, box[1] / h0, box[2] / w0, box[3] / h0))
        return left * w1, top * h1, right * w1, bottom * h1

    return carry
