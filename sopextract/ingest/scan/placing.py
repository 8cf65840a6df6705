"""A laid-out page with every place told on the page as it lies, not as it was made flat."""

from __future__ import annotations

from dataclasses import replace

from sopextract.core.geometry import BBox
from sopextract.ingest.scan.flat import Flat
from sopextract.model.source import (
    Block,
    Cell,
    Connector,
    Grid,
    Page,
    Place,
    Symbol,
)


def place_back(page: Page, flat: Flat, size_pt: tuple[float, float]) -> Page:
    """The page in its own points; `size_pt` is its own size."""
    return _Mover(flat).page(page, size_pt)


class _Mover:
    """Moves places, each of which occurs many times only once."""

    def __init__(self, flat: Flat) -> None:
        self._flat = flat
        self._seen: dict[BBox, BBox] = {}

    def page(self, page: Page, size_pt: tuple[float, float]) -> Page:
        return replace(
            page,
            blocks=tuple(map(self._block, page.blocks)),
            symbols=tuple(map(self._symbol, page.symbols)),
            connectors=tuple(map(self._connector, page.connectors)),
            residue=tuple(replace(one, place=self._place(one.place)) for one in page.residue),
            size_pt=size_pt,
        )

    def _place(self, place: Place) -> Place:
        if place.bbox is None:
            return place
        box = self._seen.get(place.bbox)
        if box is None:
            x0, y0, x1, y1 = self._flat.box_back(place.bbox)
            box = (round(x0, 1), round(y0, 1), round(x1, 1), round(y1, 1))
            self._seen[place.bbox] = box
        return replace(place, bbox=box)

    def _block(self, block: Block) -> Block:
        if isinstance(block, Grid):
            return replace(
                block, rows=tuple(tuple(self._cell(cell) for cell in row) for row in block.rows)
            )
        return replace(block, place=self._place(block.place))

    def _cell(self, cell: Cell) -> Cell:
        symbols = tuple(map(self._symbol, cell.symbols))
        return replace(cell, place=self._place(cell.place), symbols=symbols)

    def _symbol(self, symbol: Symbol) -> Symbol:
        return replace(symbol, place=self._place(symbol.place))

    def _connector(self, connector: Connector) -> Connector:
        points = (self._flat.back(p) for p in connector.points)
        label = connector.label_place
        return replace(
            connector,
            place=self._place(connector.place),
            points=tuple((round(x, 1), round(y, 1)) for x, y in points),
            label_place=self._place(label) if label is not None else None,
        )
