"""Which rows stand on which page, and where symbols and off-page connectors stand on them."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tools.make_sheets.flow import FlowEdge, FlowSymbol, FlowTruth
from tools.make_sheets.pdf.pen import Box, around
from tools.make_sheets.pdf.route import Link, Node, Route, Router, Taste
from tools.make_sheets.pdf.table import PENTAGON, SYMBOL, Band, Piece, StepTable

_SLOT = PENTAGON + 13.0  # what a row grows by for a connector and the arrow to it


@dataclass
class Sheetful:
    """One page of the step table; `top` is where its header or else its first row starts."""

    top: float
    header: bool
    pieces: list[Piece]
    bands: list[Band] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    words: dict[int, str] = field(default_factory=dict)  # node -> what is written inside
    links: list[Link] = field(default_factory=list)
    routes: list[Route] = field(default_factory=list)
    above: set[int] = field(default_factory=set)  # lanes with a connector at the upper end
    below: set[int] = field(default_factory=set)

    @property
    def bottom(self) -> float:
        return self.bands[-1].bottom


def break_pages(
    table: StepTable, first_top: float, top: float, limit: float, again: bool
) -> list[Sheetful]:
    """The rows on pages; `again` repeats the header. Room for off-page connectors is kept.

    The first page has no pieces when not one row finds room on it.
    """
    queue = table.pieces()
    pages: list[Sheetful] = []
    headed = False
    while queue:
        page = Sheetful(top if pages else first_top, again or not headed, [])
        y = page.top + (table.header_height if page.header else 0) + (_SLOT if pages else 0)
        _fill(table, page, queue, y, limit - _SLOT, first=not pages)
        headed = headed or bool(page.pieces)
        pages.append(page)
    return pages


def _fill(
    table: StepTable, page: Sheetful, queue: list[Piece], y: float, limit: float, first: bool
) -> None:
    while queue:
        piece = queue[0]
        if y + piece.height <= limit or (not page.pieces and not first):
            page.pieces.append(queue.pop(0))
            y += piece.height
            continue
        room = limit - y
        halves = table.cut(piece, room) if table.look.page.split_rows and room > 30 else None
        if halves:
            page.pieces.append(halves[0])
            queue[0] = halves[1]
        break


@dataclass(frozen=True)
class Crossing:
    """An edge over pages: the lanes of its two off-page connectors and what stands in them."""

    edge: int
    pages: tuple[int, int]
    lanes: tuple[int, int]
    letter: str
    near: bool


class Drawing:
    """The flow of one sheet on its pages; edges that find no clear way are left out."""

    def __init__(
        self, rng: random.Random, table: StepTable, flow: FlowTruth, pages: list[Sheetful]
    ) -> None:
        self.rng, self.table, self.flow, self.pages = rng, table, flow, pages
        self.look = table.look
        self.dropped: set[int] = set()
        self.page_of = {
            piece.row: n for n, page in enumerate(pages) for piece in page.pieces if piece.symbols
        }
        self.taste = Taste(self.look.line.prefer, rng.random() < 0.8)
        self.jitter = [(rng.uniform(-1, 1), rng.uniform(-1, 1)) for _ in flow.symbols]
        self.crossed: set[int] = set()
        while True:
            crossings = self._crossings()
            self.crossed = {c.edge for c in crossings}
            failed = self._lay_out(crossings)
            if not failed:
                return
            self.dropped |= failed

    def _row_of(self, symbol: int) -> int:
        return self.flow.symbols[symbol].row

    def _crossings(self) -> list[Crossing]:
        """Off-page connectors for all edges over pages; marks the lanes they take."""
        for page in self.pages:
            page.above, page.below = set(), set()
        wanted: list[tuple[int, FlowEdge, int, int]] = []
        for i, edge in enumerate(self.flow.edges):
            start = self.page_of[self._row_of(edge.tail)]
            end = self.page_of[self._row_of(edge.head)]
            if start != end and i not in self.dropped:
                wanted.append((i, edge, start, end))
        found: list[Crossing] = []
        for i, edge, start, end in wanted:
            same = [w for w in wanted if {w[2], w[3]} == {start, end}]
            letter = self.look.page.letters or (
                "A"
                if len(same) > 1 or abs(start - end) > 1 or self._spans(start, end, wanted)
                else ""
            )
            lanes = self._take_lanes(edge, start, end)
            if lanes is None:
                self.dropped.add(i)
                continue
            near = self.look.page.pentagon == "near"
            sign = _sign(letter or ("A" if near else ""), len(found))
            found.append(Crossing(i, (start, end), lanes, sign, near))
        return found

    def _spans(
        self, start: int, end: int, wanted: Sequence[tuple[int, FlowEdge, int, int]]
    ) -> bool:
        """Whether another edge passes over the same page end."""
        low, high = min(start, end), max(start, end)
        return any(
            min(s, e) <= low and max(s, e) >= high and (s, e) != (start, end)
            for _, _, s, e in wanted
        )

    def _take_lanes(self, edge: FlowEdge, start: int, end: int) -> tuple[int, int] | None:
        tail, head = self.flow.symbols[edge.tail], self.flow.symbols[edge.head]
        ends = ((start, tail, start < end), (end, head, end < start))
        lanes: list[int] = []
        for page, symbol, lower in ends:
            taken = self.pages[page].below if lower else self.pages[page].above
            free = [c for c in range(self.table.columns.lanes) if c not in taken]
            if not free:
                return None
            lane = min(free, key=lambda c: abs(c - symbol.lane))
            lanes.append(lane)
        for (page, _, lower), lane in zip(ends, lanes, strict=True):
            (self.pages[page].below if lower else self.pages[page].above).add(lane)
        return lanes[0], lanes[1]

    # ---- one page

    def _lay_out(self, crossings: Sequence[Crossing]) -> set[int]:
        """Place and route everything; gives the edges that found no way."""
        failed: set[int] = set()
        for n, page in enumerate(self.pages):
            page.nodes, page.links, page.routes, page.words = [], [], [], {}
            self._place_bands(page)
            places = self._place_symbols(page)
            self._link_symbols(n, page, places)
            for crossing in crossings:
                self._place_connectors(n, page, crossing, places)
            failed |= self._route(page)
        return failed

    def _inside(self, page: Sheetful, upper: bool) -> bool:
        """Whether connectors at that end of the page stand inside the table."""
        style = self.look.page.pentagon
        return style in ("row", "near") or (upper and page.header)

    def _extra(self, page: Sheetful, upper: bool) -> float:
        lanes = page.above if upper else page.below
        if not lanes:
            return 0.0
        if self._inside(page, upper):
            return _SLOT
        return PENTAGON / 2 + 6 if self.look.page.pentagon == "edge" else 5.0

    def _place_bands(self, page: Sheetful) -> None:
        y = page.top + (self.table.header_height if page.header else 0)
        page.bands = []
        for k, piece in enumerate(page.pieces):
            height = piece.height
            if k == 0:
                height += self._extra(page, True)
            if k == len(page.pieces) - 1:
                height += self._extra(page, False)
            page.bands.append(Band(piece, y, y + height))
            y += height

    def _free_height(self, page: Sheetful, band: Band) -> tuple[float, float]:
        top = band.top + (self._extra(page, True) if band is page.bands[0] else 0)
        bottom = band.bottom - (self._extra(page, False) if band is page.bands[-1] else 0)
        return top, bottom

    def _size(self, symbol: FlowSymbol) -> tuple[float, float]:
        x0, x1 = self.table.columns.lane(symbol.lane)
        width = max(17.0, min((x1 - x0) * 0.6, 52.0) * min(1.0, self.look.symbol.size))
        height = SYMBOL * self.look.symbol.size
        if symbol.outline == "ketupat":
            return min(width * 1.1, x1 - x0 - 16), height * 1.25
        return min(width, x1 - x0 - 16), height

    def _place_symbols(self, page: Sheetful) -> dict[int, int]:
        """Node numbers of the symbols on this page."""
        places: dict[int, int] = {}
        for band in page.bands:
            if not band.piece.symbols:
                continue
            lanes: dict[int, list[FlowSymbol]] = defaultdict(list)
            for symbol in self.flow.in_row(band.piece.row):
                lanes[symbol.lane].append(symbol)
            for symbols in lanes.values():
                self._stack(page, band, symbols, places)
        return places

    def _stack(
        self, page: Sheetful, band: Band, symbols: Sequence[FlowSymbol], places: dict[int, int]
    ) -> None:
        top, bottom = self._free_height(page, band)
        x0, x1 = self.table.columns.lane(symbols[0].lane)
        share = (bottom - top - 8) / len(symbols)
        for k, symbol in enumerate(sorted(symbols, key=lambda s: s.id)):
            width, height = self._size(symbol)
            jx, jy = self.jitter[symbol.id]
            spare_x = min(self.look.symbol.jitter, (x1 - x0 - width) / 2 - 8)
            spare_y = min(self.look.symbol.jitter, max(0.0, (share - height) / 2 - 7))
            cx = (x0 + x1) / 2 + jx * max(0.0, spare_x)
            cy = top + 4 + share * (k + 0.5) + jy * spare_y
            nudge = self.look.extras.nudge  # the outline a little over a rule of its lane
            if nudge and jx > 0.2:
                cx = x1 - width / 2 + nudge if nudge > 0 else x0 + width / 2 + nudge
            places[symbol.id] = len(page.nodes)
            page.nodes.append(Node(around(cx, cy, width, height), symbol.outline))
            if symbol.text:
                page.words[places[symbol.id]] = symbol.text

    def _link_symbols(self, n: int, page: Sheetful, places: dict[int, int]) -> None:
        for i, edge in enumerate(self.flow.edges):
            here = {self.page_of[self._row_of(s)] for s in (edge.tail, edge.head)} == {n}
            if not here or i in self.dropped:
                continue
            page.links.append(self._link(i, places[edge.tail], places[edge.head], edge))

    def _link(self, i: int, tail: int, head: int, edge: FlowEdge) -> Link:
        siblings = [e for e in self.flow.edges if e.tail == edge.tail]
        plain = all(e.heads == 1 and not e.label and not e.dashed for e in siblings)
        plain = plain and self.flow.symbols[edge.tail].outline != "ketupat"
        forked = len(siblings) > 1 and plain
        return Link(tail, head, i, edge.label, edge.heads, edge.dashed, forked)

    def _place_connectors(
        self, n: int, page: Sheetful, crossing: Crossing, places: dict[int, int]
    ) -> None:
        edge = self.flow.edges[crossing.edge]
        for side in (0, 1):
            if crossing.pages[side] != n:
                continue
            other = crossing.pages[1 - side]
            lane = crossing.lanes[side]
            symbol = self.flow.symbols[edge.tail if side == 0 else edge.head]
            box = self._connector_box(page, lane, lower=n < other, crossing=crossing, symbol=symbol)
            node = len(page.nodes)
            page.nodes.append(Node(box, "segilima"))
            if crossing.letter:
                page.words[node] = crossing.letter
            me = places[symbol.id]
            heads = edge.heads if edge.heads < 2 else 1
            if side == 0:
                link = Link(me, node, crossing.edge, edge.label, heads, edge.dashed)
            else:
                link = Link(node, me, crossing.edge, "", heads, edge.dashed)
            page.links.append(link)

    def _connector_box(
        self, page: Sheetful, lane: int, lower: bool, crossing: Crossing, symbol: FlowSymbol
    ) -> Box:
        x0, x1 = self.table.columns.lane(lane)
        width = min(18.0, x1 - x0 - 12)
        cx = (x0 + x1) / 2
        if crossing.near:
            beside = self._beside(page, symbol)
            if beside is not None:
                return beside
        if self._inside(page, not lower):
            y = page.bands[-1].bottom - 4 - PENTAGON if lower else page.bands[0].top + 4
        elif self.look.page.pentagon == "edge":
            y = (page.bottom if lower else page.bands[0].top) - PENTAGON / 2
        else:
            y = page.bottom + 7 if lower else page.bands[0].top - PENTAGON - 7
        return Box(cx - width / 2, y, cx + width / 2, y + PENTAGON)

    def _beside(self, page: Sheetful, symbol: FlowSymbol) -> Box | None:
        """A place in the free lane next to the symbol."""
        mine = next(b for b in page.bands if b.piece.row == symbol.row and b.piece.symbols)
        top, bottom = self._free_height(page, mine)
        for lane in (symbol.lane + 1, symbol.lane - 1):
            if not 0 <= lane < self.table.columns.lanes:
                continue
            x0, x1 = self.table.columns.lane(lane)
            box = around((x0 + x1) / 2, (top + bottom) / 2, min(18.0, x1 - x0 - 12), PENTAGON)
            if not any(box.grown(8).meets(node.box) for node in page.nodes):
                return box
        return None

    def _route(self, page: Sheetful) -> set[int]:
        x0, x1 = self.table.columns.lane_area
        boxes = [n.box for n in page.nodes]
        y0 = min([page.bands[0].top, *(b.y0 for b in boxes)])
        y1 = max([page.bottom, *(b.y1 for b in boxes)])
        lanes = self.table.columns.edges[2 : 3 + self.table.columns.lanes]
        rows = [b.top for b in page.bands] + [page.bottom, *self._between(page)]
        router = Router(
            Box(x0 + 2, y0 + 1, x1 - 2, y1 - 1),
            page.nodes,
            lanes,
            rows,
            self.taste,
            self.look.line.on_rules,
        )
        failed = {link.key for link in sorted(page.links, key=self._rank) if not router.route(link)}
        page.routes = router.routes
        return failed

    def _between(self, page: Sheetful) -> list[float]:
        """Heights between symbols that stand one above the other inside a row."""
        found: list[float] = []
        for band in page.bands:
            inside = sorted(
                (n.box for n in page.nodes if band.top <= n.box.cy <= band.bottom),
                key=lambda b: b.y0,
            )
            found += [(a.y1 + b.y0) / 2 - 5 for a, b in pairwise(inside) if b.y0 - a.y1 > 8]
        return found

    def _rank(self, link: Link) -> tuple[int, float]:
        """Short lines first, they have the least choice; the way down before the way back."""
        edge = self.flow.edges[link.key]
        tail, head = self.flow.symbols[edge.tail], self.flow.symbols[edge.head]
        if tail.row == head.row:
            return 0, abs(tail.lane - head.lane)
        down = head.row - tail.row
        return (1 if down == 1 else 2), abs(down) + 0.1 * abs(tail.lane - head.lane)


def _sign(letter: str, n: int) -> str:
    """The n-th sign of a row of letters or numbers; "" where none is written."""
    if not letter:
        return ""
    return f"{n + 1}" if letter == "1" else chr(ord(letter) + n % 26)
