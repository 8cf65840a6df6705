"""A page whose parts have places on paper: the marks stand where the things stand."""

from __future__ import annotations

from collections.abc import Iterator

from sopextract.core.geometry import BBox, Point, centre, grow
from sopextract.debug.marks import Sheet, nearest_place
from sopextract.debug.palette import ARROW, CELL, LABEL, LINE, PLAIN, RESIDUE, SYMBOLS
from sopextract.model.source import Connector, Grid, Page, Symbol

_SURE = 0.95  # a symbol or connector below it shows its score


def mark_page(sheet: Sheet, page: Page) -> None:
    """Draw cells, text, symbols, connectors, labels and residue of a page."""
    for box in dict.fromkeys(_cells(page)):
        sheet.box(box, CELL, 0.8)
    for block in page.blocks:
        if not isinstance(block, Grid) and block.text.strip() and block.place.bbox:
            sheet.box(block.place.bbox, LINE)
    for one in page.residue:
        if one.place.bbox is not None:
            sheet.box(grow(one.place.bbox, 1.5), RESIDUE, 1.0, tint=90)
    places = {symbol.id: symbol.place.bbox for symbol in page.symbols}
    for symbol in page.symbols:
        _mark_symbol(sheet, symbol)
    for connector in page.connectors:
        _mark_connector(sheet, connector, _points(connector, places))


def _cells(page: Page) -> Iterator[BBox]:
    for block in page.blocks:
        if isinstance(block, Grid):
            for row in block.rows:
                yield from (cell.place.bbox for cell in row if cell.place.bbox is not None)


def _mark_symbol(sheet: Sheet, symbol: Symbol) -> None:
    box = symbol.place.bbox
    if box is None:
        return
    sheet.symbol(symbol.outline, box, SYMBOLS[symbol.outline])
    words = f"{symbol.id}" if symbol.score >= _SURE else f"{symbol.id} ({symbol.score:.2f})"
    sheet.text((box[0], box[1] - 7), words, 6.5, SYMBOLS[symbol.outline])


def _points(connector: Connector, places: dict[int, BBox | None]) -> tuple[Point, ...]:
    """The connector's line; where none is known, straight from symbol to symbol."""
    if connector.points:
        return connector.points
    ends = [places.get(end) for end in (connector.tail, connector.head) if end is not None]
    return tuple(centre(box) for box in ends if box is not None)


def _mark_connector(sheet: Sheet, connector: Connector, points: tuple[Point, ...]) -> None:
    if not points:
        return
    sheet.arrow(points, ARROW if connector.directed else PLAIN, connector.directed)
    if connector.tail is None:
        sheet.ring(points[0], RESIDUE, 3.5)
    if connector.head is None:
        sheet.ring(points[-1], RESIDUE, 3.5)
    if connector.score < _SURE:
        at = nearest_place(points, (*points[0], *points[-1]))
        sheet.text(at, f"{connector.score:.2f}", 5.0, ARROW)
    if connector.label_place is not None and (box := connector.label_place.bbox) is not None:
        sheet.box(box, LABEL, 0.8, tint=40)
        sheet.line((centre(box), nearest_place(points, box)), LABEL, 0.7)
