"""The pixels of a PDF's pages, drawn by pdfium; never more of them than memory holds."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable
from logging import getLogger
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from sopextract.core.geometry import BBox
from sopextract.ingest.scan.raster import READING_DPI, Raster
from sopextract.model.source import SourceFile

log = getLogger(__name__)

_POINTS = 72.0
# Shares of a page: of one picture that makes it up, and of all where they are strips of it.
_LARGE, _MOST_OF_PAGE = 0.25, 0.5
_WANTED = READING_DPI / 72  # pixels per point
# Pixels of a page: A2 at 200 dots an inch has 15 million, A0 62 million; the largest page that PDF
# allows 1,600 million. What is larger is drawn with fewer dots an inch.
_MOST_PIXELS = 20_000_000
_REOPEN = 200  # pages: pdfium keeps something of each until the file is closed
_MAX_DEPTH = 8  # forms in forms; printers make two


class Rasters:
    """Draws pages of one file; it is opened when first asked."""

    def __init__(self, source: SourceFile) -> None:
        self._source = source
        self._file: pdfium.PdfDocument | None = None
        self._drawn = 0

    def page(self, number: int) -> Raster | None:
        """A page as it is seen; None when it cannot be drawn."""
        return self._draw(number, pictures_alone=False)

    def pictures(self, number: int) -> Raster | None:
        """A page's pictures, with text and vectors left out; None when it cannot be drawn."""
        return self._draw(number, pictures_alone=True)

    def close(self) -> None:
        """Close the file if it was opened."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _draw(self, number: int, pictures_alone: bool) -> Raster | None:
        if self._drawn % _REOPEN == 0:
            self.close()
        self._drawn += 1
        try:
            if self._file is None:
                self._file = pdfium.PdfDocument(self._source.location)
            page = self._file[number - 1]
        except pdfium.PdfiumError:
            return None
        try:
            if pictures_alone:
                _leave_pictures(
                    lambda k: raw.FPDFPage_GetObject(page, k), raw.FPDFPage_CountObjects(page), 0
                )
            return _rendered(page, number)
        except pdfium.PdfiumError:
            log.warning("page %d cannot be drawn", number)
            return None
        finally:
            page.close()


def _rendered(page: pdfium.PdfPage, number: int) -> Raster | None:
    width, height = page.get_size()
    if width < 1 or height < 1:
        return None
    most = math.sqrt(_MOST_PIXELS / (width * height))
    if most < _WANTED:
        log.warning("page %d is very large and was read with %d dots an inch", number, most * 72)
    scale = min(_WANTED, most)
    bitmap = page.render(scale=scale, force_bitmap_format=raw.FPDFBitmap_BGR, rev_byteorder=True)
    try:
        return Raster(np.array(bitmap.to_numpy(), dtype=np.uint8), scale, _picture_dpi(page))
    finally:
        bitmap.close()


def _picture_dpi(page: pdfium.PdfPage) -> float | None:
    """The dots an inch of the finest of the pictures that make up a page; None where none does.

    Scanners lay a fine picture of the letters over a coarse one of the paper, or cut the page into
    strips; a logo beside them says nothing.
    """
    width, height = page.get_size()
    found: list[tuple[float, float]] = []  # the share of the page, dots an inch
    for k in range(raw.FPDFPage_CountObjects(page)):
        thing = raw.FPDFPage_GetObject(page, k)
        if raw.FPDFPageObj_GetType(thing) != raw.FPDF_PAGEOBJ_IMAGE:
            continue
        across, down = ctypes.c_uint(), ctypes.c_uint()
        edges = [ctypes.c_float() for _ in range(4)]
        if not raw.FPDFImageObj_GetImagePixelSize(thing, across, down):
            continue
        if not raw.FPDFPageObj_GetBounds(thing, *edges):
            continue
        left, bottom, right, top = (edge.value for edge in edges)
        area = (right - left) * (top - bottom)
        if area > 0:  # whichever way the picture lies on the page
            dpi = _POINTS * math.sqrt(across.value * down.value / area)
            found.append((area / (width * height), dpi))
    large = [one for one in found if one[0] >= _LARGE] or found
    if sum(share for share, _ in found) < _MOST_OF_PAGE:
        return None
    return max(dpi for _, dpi in large)


def cut_out(raster: Raster, box: BBox) -> tuple[Raster, tuple[float, float]]:
    """The part of a page in a box of points, and where its top left corner lies on the page."""
    height, width = raster.pixels.shape[:2]
    x0, y0 = max(0, math.floor(box[0] * raster.per_pt)), max(0, math.floor(box[1] * raster.per_pt))
    x1, y1 = (
        min(width, math.ceil(box[2] * raster.per_pt)),
        min(height, math.ceil(box[3] * raster.per_pt)),
    )
    part = raster.pixels[y0 : max(y0, y1), x0 : max(x0, x1)]
    return Raster(part, raster.per_pt), (x0 / raster.per_pt, y0 / raster.per_pt)


def _leave_pictures(get: Callable[[int], Any], count: int, depth: int) -> None:
    """Switch off every object that is no picture."""
    for k in range(count):
        thing = get(k)
        kind = raw.FPDFPageObj_GetType(thing)
        if kind == raw.FPDF_PAGEOBJ_FORM:
            if depth < _MAX_DEPTH:
                _leave_pictures(
                    lambda q, form=thing: raw.FPDFFormObj_GetObject(form, q),  # type: ignore[misc]
                    raw.FPDFFormObj_CountObjects(thing),
                    depth + 1,
                )
        elif kind != raw.FPDF_PAGEOBJ_IMAGE:
            raw.FPDFPageObj_SetIsActive(thing, False)
