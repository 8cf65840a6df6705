"""Pictures of a PDF page that hold the flow, as strokes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from logging import getLogger
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from sopextract.core.geometry import BBox, centre, contains, grow, union
from sopextract.ingest.page import DrawnPage
from sopextract.ingest.page.trace import Mask, trace
from sopextract.model.source import Grid, Page, SourceFile

log = getLogger(__name__)

_DOTS_PER_PT = 200 / 72  # a little more than the 192 dots an inch of the real sheets' pictures
_MOST_DOTS = 65_000_000  # of a page: A0; the largest page that a PDF may have has 1,600 million
_DARK = 150  # of 255
_MIN_SIDE = 12.0  # points: smaller pictures are bullets and marks
# A drawing is mostly paper; a photograph, a QR code or a scan of text is not.
_MOST_INK = 0.12
_OVERHANG = 10.0  # points


def with_traced_pictures(source: SourceFile, drawn: DrawnPage, page: Page) -> DrawnPage | None:
    """The page with the strokes of its pictures added; None when no picture is a clean drawing.

    Only pictures that lie over a table are read: `page` is the page as understood without them. A
    picture that brings its table along holds text as well, and is left to text recognition.
    """
    tables = [_extent(block) for block in page.blocks if isinstance(block, Grid)]
    boxes = [
        p.bbox
        for p in drawn.pictures
        if min(p.bbox[2] - p.bbox[0], p.bbox[3] - p.bbox[1]) >= _MIN_SIDE
        and any(contains(grow(table, _OVERHANG), centre(p.bbox)) for table in tables)
    ]
    width, height = drawn.size_pt
    too_large = width * height * _DOTS_PER_PT**2 > _MOST_DOTS
    if not boxes or not drawn.words or too_large:
        return None
    try:
        ink = _pictures_alone(source, drawn.number - 1)
    except pdfium.PdfiumError:
        log.warning("page %d: its pictures cannot be drawn", drawn.number)
        return None
    path = max((s.path for s in drawn.strokes), default=0) + 1
    strokes = list(drawn.strokes)
    for box in boxes:
        part = _cut(ink, box)
        if part.size and part.mean() <= _MOST_INK:
            found = trace(part, _snapped(box), path)
            strokes.extend(found)
            path += len(found) + 1
    return replace(drawn, strokes=tuple(strokes)) if len(strokes) > len(drawn.strokes) else None


def _extent(grid: Grid) -> BBox:
    """The box around a grid."""
    boxes = [cell.place.bbox for row in grid.rows for cell in row if cell.place.bbox is not None]
    return union(boxes)


def _snapped(box: BBox) -> BBox:
    """The box that the cut-out pixels cover."""
    x0, y0 = int(box[0] * _DOTS_PER_PT), int(box[1] * _DOTS_PER_PT)
    x1, y1 = int(box[2] * _DOTS_PER_PT) + 1, int(box[3] * _DOTS_PER_PT) + 1
    return x0 / _DOTS_PER_PT, y0 / _DOTS_PER_PT, x1 / _DOTS_PER_PT, y1 / _DOTS_PER_PT


def _cut(ink: Mask, box: BBox) -> Mask:
    x0, y0 = max(0, int(box[0] * _DOTS_PER_PT)), max(0, int(box[1] * _DOTS_PER_PT))
    x1, y1 = int(box[2] * _DOTS_PER_PT) + 1, int(box[3] * _DOTS_PER_PT) + 1
    return ink[y0:y1, x0:x1]


def _pictures_alone(source: SourceFile, index: int) -> Mask:
    """Where the page's pictures are dark, with text and vectors left out."""
    document = pdfium.PdfDocument(source.location)
    try:
        page = document[index]
        _switch_off(lambda k: raw.FPDFPage_GetObject(page, k), raw.FPDFPage_CountObjects(page), 0)
        bitmap = page.render(scale=_DOTS_PER_PT, grayscale=True)
        dark: Mask = np.squeeze(bitmap.to_numpy()) < _DARK
        page.close()
        return dark
    finally:
        document.close()


def _switch_off(get: Callable[[int], Any], count: int, depth: int) -> None:
    for k in range(count):
        thing = get(k)
        kind = raw.FPDFPageObj_GetType(thing)
        if kind == raw.FPDF_PAGEOBJ_FORM:
            if depth < 8:
                _switch_off(
                    lambda q, form=thing: raw.FPDFFormObj_GetObject(form, q),  # type: ignore[misc]
                    raw.FPDFFormObj_CountObjects(thing),
                    depth + 1,
                )
        elif kind != raw.FPDF_PAGEOBJ_IMAGE:
            raw.FPDFPageObj_SetIsActive(thing, False)
