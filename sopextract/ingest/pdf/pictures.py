"""Pictures of a PDF page that hold the flow, as strokes and words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from sopextract.core.geometry import BBox, centre, contains, grow, overlaps, union
from sopextract.ingest.page import DrawnPage
from sopextract.ingest.page.trace import Mask, trace
from sopextract.ingest.pdf.merging import Read, merged, read_page, read_part
from sopextract.ingest.pdf.paths import WHOLE_PAGE, share_of
from sopextract.ingest.pdf.rasters import Rasters, cut_out
from sopextract.ingest.scan.raster import Raster
from sopextract.model.source import Grid, Page, ScanReading
from sopextract.settings import IngestSettings

_DARK = 150  # of 255
_MIN_SIDE = 12.0  # points: smaller pictures are bullets and marks
# A drawing is mostly paper; a photograph, a QR code or a scan of text is not.
_MOST_INK = 0.12
_OVERHANG = 10.0  # points
# Share of a page: logos and QR codes of the real sheets cover 0.2 to 1.1 per cent, the smallest
# picture of a flow 13.
_A_TABLE = 0.05
_ABUT = 3.0  # points: one picture that a printer cut into strips
_MOST_PARTS = 4  # pictures of a page that are read, the largest first; each costs seconds
_MOST_STRIPS = 200  # more pictures than that are one


def with_traced_pictures(rasters: Rasters, drawn: DrawnPage, page: Page) -> DrawnPage | None:
    """The page with the strokes of its pictures added; None when no picture is a clean drawing.

    Only pictures that lie over a table are read: `page` is the page as understood without them. A
    picture that brings its table along holds text as well, and is left to `with_read_pictures`.
    """
    tables = _tables(page)
    boxes = [
        p.bbox
        for p in drawn.pictures
        if min(p.bbox[2] - p.bbox[0], p.bbox[3] - p.bbox[1]) >= _MIN_SIDE
        and _lies_over(p.bbox, tables)
    ]
    if not boxes or not drawn.words:
        return None
    alone = rasters.pictures(drawn.number)
    if alone is None:
        return None
    path = max((s.path for s in drawn.strokes), default=0) + 1
    strokes = list(drawn.strokes)
    for box in boxes:
        part, (x, y) = cut_out(alone, box)
        ink = _ink(part)
        if ink.size and ink.mean() <= _MOST_INK:
            width, height = part.size_pt
            found = trace(ink, (x, y, x + width, y + height), path)
            strokes.extend(found)
            path += len(found) + 1
    return replace(drawn, strokes=tuple(strokes)) if len(strokes) > len(drawn.strokes) else None


def with_read_pictures(
    rasters: Rasters, drawn: DrawnPage, page: Page, settings: IngestSettings
) -> tuple[DrawnPage, ScanReading] | None:
    """The page with what its large pictures say; None when they say nothing that fits.

    A picture that brings its table along is read alone. One that lies over a table of the page is
    read together with it, as its symbols stand in the table's cells.
    """
    whole = (0.0, 0.0, *drawn.size_pt)
    boxes = [box for box in _large(drawn) if share_of(whole, box) < WHOLE_PAGE]
    tables = _tables(page)
    over = [box for box in boxes if _lies_over(box, tables)]
    found: list[Read] = []
    if len(over) < len(boxes) and (alone := rasters.pictures(drawn.number)) is not None:
        found += [
            read
            for box in boxes
            if box not in over and (read := read_part(alone, drawn.number, box, settings))
        ]
    if over and (print_ := rasters.page(drawn.number)) is not None:
        read = read_page(print_, drawn.number, settings)
        found += [read.inside(box) for box in over]
    return merged(drawn, found)


def read_ground(rasters: Rasters, drawn: DrawnPage, settings: IngestSettings) -> Read | None:
    """What a picture of the whole page says under the page's own words.

    None when there is no such picture, or when it says less than they do: then it is a water mark,
    a letterhead or a coloured ground, not a scan with some words stamped on it.
    """
    whole = (0.0, 0.0, *drawn.size_pt)
    if not any(share_of(whole, box) >= WHOLE_PAGE for box in _large(drawn)):
        return None
    alone = rasters.pictures(drawn.number)
    read = read_page(alone, drawn.number, settings) if alone is not None else None
    return read if read is not None and read.reading.words > len(drawn.words) else None


def _large(drawn: DrawnPage) -> list[BBox]:
    """The boxes of pictures that may hold a table, the largest first."""
    whole = (0.0, 0.0, *drawn.size_pt)
    boxes = sorted(_joined([p.bbox for p in drawn.pictures]), key=lambda b: -share_of(whole, b))
    return [box for box in boxes[:_MOST_PARTS] if share_of(whole, box) >= _A_TABLE]


def _tables(page: Page) -> list[BBox]:
    """The boxes around the page's grids."""
    return [
        union(boxes)
        for block in page.blocks
        if isinstance(block, Grid)
        and (boxes := [c.place.bbox for row in block.rows for c in row if c.place.bbox])
    ]


def _lies_over(box: BBox, tables: Sequence[BBox]) -> bool:
    return any(contains(grow(table, _OVERHANG), centre(box)) for table in tables)


def _joined(boxes: Sequence[BBox]) -> list[BBox]:
    """The boxes, those that touch as one."""
    if len(boxes) > _MOST_STRIPS:
        return [union(boxes)]
    parts: list[BBox] = []
    for box in boxes:
        near = [part for part in parts if overlaps(grow(part, _ABUT), box)]
        parts = [part for part in parts if part not in near]
        parts.append(union((box, *near)))
    return parts if len(parts) == len(boxes) else _joined(parts)


def _ink(part: Raster) -> Mask:
    """Where a picture is dark."""
    dark: Mask = part.pixels.mean(axis=2) < _DARK
    return np.ascontiguousarray(dark)
