"""The pages of a document as PNG, one at a time: what was understood over what is printed."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image

from sopextract.debug.drawn import mark_page
from sopextract.debug.marks import Sheet, bounded_scale
from sopextract.debug.palette import WHITE, sum_up, with_legend
from sopextract.debug.schematic import draw_schema
from sopextract.errors import SourceError
from sopextract.ingest.picture import Numbered, read_rasters
from sopextract.model.source import Page, SourceDocument

_PALE = 0.6  # how much white is mixed in, so that marks stand out; own choice

Background = Callable[[int, float], Image.Image | None]


def draw_pages(
    document: SourceDocument, scale: float, only: int | None = None
) -> Iterator[tuple[int, bytes]]:
    """The number of each page, from 1, and its picture; `only` is the one page that is wanted.

    `scale` is pixels per point; a page too large for it is drawn smaller. Raises SourceError when
    the document does not have the page.
    """
    count = len(document.pages)
    if only is not None and only > count:
        pages = f"{count} page" if count == 1 else f"{count} pages"
        raise SourceError(f"has no page {only}", hint=f"it has {pages}")
    with _backgrounds(document) as background:
        for number, page in enumerate(document.pages, 1):
            if only in (None, number):
                yield number, _draw(page, number, count, scale, background)


def find_crops(
    document: SourceDocument, only: int | None = None
) -> Iterator[tuple[int, int, bytes]]:
    """What was taken out of scans as ink: number of the page, number on it from 1, and picture."""
    for number, page in enumerate(document.pages, 1):
        if page.scan is not None and only in (None, number):
            for k, crop in enumerate(page.scan.crops, 1):
                yield number, k, crop.png


def _draw(page: Page, number: int, count: int, scale: float, background: Background) -> bytes:
    if page.size_pt is None:
        picture = draw_schema(page, scale)
    else:
        scale = bounded_scale(scale, page.size_pt)
        picture = background(number - 1, scale) or _blank(page.size_pt, scale)
        mark_page(Sheet(picture, scale), page)
    whole = with_legend(picture, sum_up(page, number, count), max(scale, 1.0))
    data = io.BytesIO()
    whole.save(data, "PNG")
    return data.getvalue()


def _blank(size_pt: tuple[float, float], scale: float) -> Image.Image:
    width, height = (max(1, round(side * scale)) for side in size_pt)
    return Image.new("RGB", (width, height), WHITE)


@contextmanager
def _backgrounds(document: SourceDocument) -> Iterator[Background]:
    """What gives the pale print of a page; None where there is none."""
    if document.file.media_type.startswith("image/"):
        rasters = read_rasters(document.file)
        yield lambda index, scale: _picture(rasters, index, scale)
        rasters.close()
        return
    if document.file.media_type != "application/pdf":
        yield lambda index, scale: None
        return
    opened = pdfium.PdfDocument(Path(document.file.location))
    try:
        yield lambda index, scale: _paper(opened, index, scale)
    finally:
        opened.close()


def _picture(rasters: Iterator[Numbered], index: int, scale: float) -> Image.Image | None:
    """A page of a picture; pages are asked for in their order."""
    raster = next((raster for number, raster in rasters if number == index + 1), None)
    if raster is None:
        return None
    width, height = (max(1, round(side * scale)) for side in raster.size_pt)
    return _pale(Image.fromarray(raster.pixels).resize((width, height), reducing_gap=2.0))


def _paper(opened: pdfium.PdfDocument, index: int, scale: float) -> Image.Image | None:
    try:
        page = opened[index]
    except pdfium.PdfiumError:
        return None
    try:
        printed = page.render(scale=scale).to_pil().convert("RGB")
    finally:
        page.close()
    return _pale(printed)


def _pale(printed: Image.Image) -> Image.Image:
    return Image.blend(printed, Image.new("RGB", printed.size, WHITE), _PALE)
