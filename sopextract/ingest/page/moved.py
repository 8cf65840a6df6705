"""A page that was laid out in other points than its own, with every place put back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

from sopextract.core.geometry import BBox, Point, bbox_of
from sopextract.model.source import (
    Block,
    Cell,
    Connector,
    Grid,
    Page,
    Place,
    Symbol,
)

Back = Callable[[Point], Point]  # a point of the page as laid out to one of the page itself


def moved_back(page: Page, back: Back, size_pt: tuple[float, float], scale: float = 1.0) -> Page:
    """The page with every place in its own points; `size_pt` is its own width and height.

    It was laid out `scale` times as large as it is: places on it are held against those of other
    pages, which may have been laid out in another size.

    Blocks, symbols, connectors with their corners and labels, and residue are moved; their order
    stays that in which the upright page is read, and each place keeps its box on that one.
    """

    @cache  # a cell's place stands in its block, its text and its symbols
    def box(old: BBox) -> BBox:
        left, top, right, bottom = old
        corners = ((left, top), (right, top), (right, bottom), (left, bottom))
        x0, y0, x1, y1 = bbox_of(map(back, corners))
        return round(x0, 1), round(y0, 1), round(x1, 1), round(y1, 1)

    def place(old: Place) -> Place:
        if old.bbox is None or (read := old.as_read) is None:
            return old
        x0, y0, x1, y1 = read
        upright = (x0 / scale, y0 / scale, x1 / scale, y1 / scale)
        return replace(old, bbox=box(old.bbox), upright=upright)

    def symbol(old: Symbol) -> Symbol:
        return replace(old, place=place(old.place))

    def cell(old: Cell) -> Cell:
        return replace(old, place=place(old.place), symbols=tuple(map(symbol, old.symbols)))

    def block(old: Block) -> Block:
        if isinstance(old, Grid):
            return replace(old, rows=tuple(tuple(map(cell, row)) for row in old.rows))
        return replace(old, place=place(old.place))

    def connector(old: Connector) -> Connector:
        label = place(old.label_place) if old.label_place is not None else None
        points = tuple((round(x, 1), round(y, 1)) for x, y in map(back, old.points))
        return replace(old, place=place(old.place), points=points, label_place=label)

    return replace(
        page,
        blocks=tuple(map(block, page.blocks)),
        symbols=tuple(map(symbol, page.symbols)),
        connectors=tuple(map(connector, page.connectors)),
        size_pt=size_pt,
        residue=tuple(replace(r, place=place(r.place)) for r in page.residue),
    )
