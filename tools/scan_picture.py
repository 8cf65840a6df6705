"""A picture of what was read from pixels, over them, with what is missing in its true place."""

from __future__ import annotations

from PIL import Image

from sopextract.core.geometry import BBox
from sopextract.debug.marks import Sheet
from sopextract.ingest.scan.raster import Raster
from sopextract.model.source import Page
from tools.scan_match import Carry, PageMatch

_RIGHT, _WRONG, _SPARE, _LINE = (20, 150, 60), (220, 20, 40), (245, 140, 0), (40, 90, 220)
_PALE = 0.45  # of the print, so that marks stand out


def draw_match(raster: Raster, found: Page, match: PageMatch, carry: Carry) -> Image.Image:
    """The raster with marks; see `tools.scan_diagnose` for the colours."""
    paper = Image.new("RGB", (raster.pixels.shape[1], raster.pixels.shape[0]), "white")
    picture = Image.blend(paper, Image.fromarray(raster.pixels), 1 - _PALE)
    size = found.size_pt or raster.size_pt
    sheet = Sheet(picture, picture.width / size[0])
    _mark_cells(sheet, match)
    _mark_symbols(sheet, match, carry)
    for connector in found.connectors:
        loose = None in (connector.tail, connector.head)
        if connector.points:
            sheet.arrow(connector.points, _SPARE if loose else _LINE, connector.directed)
    return picture


def _mark_cells(sheet: Sheet, match: PageMatch) -> None:
    for true, its in match.cells:
        if its is None:
            _dashed(sheet, true.box)
        else:
            sheet.box(its.box, _RIGHT if its.at == true.at else _WRONG, 0.6)
            if its.text != true.text:
                sheet.box(its.box, _WRONG, 0.4, tint=40)
    for spot in match.spare_cells:
        sheet.box(spot.box, _SPARE, 0.8, tint=30)


def _mark_symbols(sheet: Sheet, match: PageMatch, carry: Carry) -> None:
    for pair in match.symbols:
        box = pair.wanted.place.bbox
        if pair.found is not None and pair.found.place.bbox is not None:
            right = pair.found.outline is pair.wanted.outline
            sheet.symbol(pair.found.outline, pair.found.place.bbox, _RIGHT if right else _WRONG)
        elif box is not None:
            _dashed(sheet, carry(box))
        if box is not None:
            left, top, _, _ = carry(box)
            sheet.text((left, top - 7), str(pair.wanted.id), 6.5, _LINE)
    for symbol in match.spare_symbols:
        if symbol.place.bbox is not None:
            sheet.symbol(symbol.outline, symbol.place.bbox, _SPARE)


def _dashed(sheet: Sheet, box: BBox) -> None:
    left, top, right, bottom = box
    step = 4.0
    x = left
    while x < right:
        for y in (top, bottom):
            sheet.line(((x, y), (min(x + step / 2, right), y)), _WRONG, 0.8)
        x += step
    y = top
    while y < bottom:
        for at in (left, right):
            sheet.line(((at, y), (at, min(y + step / 2, bottom))), _WRONG, 0.8)
        y += step
