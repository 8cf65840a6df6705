"""The flow table cut into pages, each measured and routed by itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from sopextract.render.sheet.bands import bands_for
from sopextract.render.sheet.breaks import (
    ROUNDS,
    Pentagon,
    Room,
    Span,
    Strips,
    find_pentagons,
    pack,
    page_flow,
    place_strips,
)
from sopextract.render.sheet.heads import Head, fit_heads, measure_head
from sopextract.render.sheet.labels import place_labels
from sopextract.render.sheet.layout import (
    size_columns,
    size_symbols,
    symbol_mm,
    told_in_words,
)
from sopextract.render.sheet.model import (
    Columns,
    FlowEdge,
    Layout,
    SheetModel,
    SymbolSize,
)
from sopextract.render.sheet.paper import Paper
from sopextract.render.sheet.router import route
from sopextract.render.sheet.rows import EMPTY_CELLS, PrintedRow, print_rows, text_mm

STRIP_TEXT = PrintedRow(None, "", EMPTY_CELLS)
# Flatter symbols are tried where they save a page: the flattest still holds its word at 5 points
FLATTER = (1.0, 0.85, 0.7)
SPARE_MM = 2.5  # of a page: Word makes rows up to 0.2 mm higher than asked (findings §4, C)
AIRIER = (1.0, 1.15, 1.3)  # higher rows, tried where a label finds no free place
MOST_ROW_MM = 140.0  # 409 points are the most that a row of Excel may have
TELLINGS = 3  # edges told in words make rows higher, which may move breaks once or twice


@dataclass(frozen=True, slots=True)
class FlowPage:
    """One page of the table. `sheet` holds its symbols and edges, with rows counted on it."""

    rows: tuple[PrintedRow, ...]
    sheet: SheetModel
    layout: Layout


@dataclass(frozen=True, slots=True)
class Flow:
    """The whole table: head, columns and pages; `sheet` is the whole sheet, unplaced."""

    sheet: SheetModel
    columns: Columns
    head: Head
    pages: tuple[FlowPage, ...]


def lay_pages(
    sheet: SheetModel, paper: Paper, *, marks: bool, taken_mm: float = 0.0, tail_mm: float = 0.0
) -> Flow:
    """The flow table of a sheet on this paper.

    `taken_mm` of the first page are not for it, and `tail_mm` of the last are for what follows.

    Edges that find no way on their page are told in words in the row that they leave.
    """
    sheet, columns = fit_heads(sheet, size_columns(sheet, paper.width_mm, borders_mm=0.0))
    head = measure_head(sheet, columns)
    edges = sheet.edges
    for _ in range(TELLINGS):
        cutter = _Cutter(sheet, edges, columns, head, paper, marks, taken_mm, tail_mm)
        pages = cutter.pages(dense=False)
        if any(p.layout.routing.dense for p in pages):
            pages = cutter.pages(dense=True)
        failed = cutter.failed(pages)
        if not failed:
            break
        sheet = told_in_words(sheet, failed)
        edges = tuple(e for e in edges if e not in failed)
    return Flow(sheet, columns, head, pages)


@dataclass(frozen=True, slots=True)
class _Cut:
    """The rows of a sheet and where its pages end, before anything is routed."""

    rows: tuple[PrintedRow, ...]
    heights: tuple[float, ...]
    spans: tuple[Span, ...]
    pentagons: tuple[Pentagon, ...]
    strips: tuple[Strips, ...]
    strip_mm: float
    flat: float
    dense: bool


@dataclass(frozen=True, slots=True)
class _Cutter:
    """Cuts one sheet into pages."""

    sheet: SheetModel
    edges: tuple[FlowEdge, ...]
    columns: Columns
    head: Head
    paper: Paper
    marks: bool
    taken_mm: float
    tail_mm: float

    def pages(self, *, dense: bool) -> tuple[FlowPage, ...]:
        """All pages; `dense`: symbols leave room for more lines beside them."""
        flat = min(FLATTER, key=lambda f: (len(self._cut(f, dense).spans), -f))
        best: tuple[FlowPage, ...] = ()
        for cut in (self._cut(flat, dense), *(self._cut(1.0, dense, air) for air in AIRIER)):
            pages = tuple(self._page(cut, i) for i in range(len(cut.spans)))
            if not best or _hits(pages) < _hits(best):
                best = pages
            if not _hits(best):
                break
        return best

    def _cut(self, flat: float, dense: bool, air: float = 1.0) -> _Cut:
        """Where the pages end with symbols of this height, in rows `air` times as high."""
        size = size_symbols(self.columns, dense, flat)
        strip = symbol_mm(size.pentagon, dense)
        body = self.paper.body_mm[1] - self.head.total_mm - SPARE_MM
        room = Room(max(body - self.taken_mm, 0.0), body, strip, self.tail_mm)
        most = min(body - 2 * strip, MOST_ROW_MM) / air
        rows = print_rows(self.sheet, self.columns, most, marks=self.marks)
        heights = tuple(h * air for h in self._heights(rows, size, dense))
        spans, pentagons, strips = self._break(rows, heights, room)
        return _Cut(rows, heights, spans, pentagons, strips, strip, flat, dense)

    def _heights(
        self, rows: Sequence[PrintedRow], size: SymbolSize, dense: bool
    ) -> tuple[float, ...]:
        drawn: dict[int, float] = {}
        bands = bands_for((s.place for s in self.sheet.symbols), len(self.sheet.rows))
        for s in self.sheet.symbols:
            drawn[s.row] = max(drawn.get(s.row, 0.0), size.of(s.drawn_as)[1])

        def symbols_mm(row: PrintedRow) -> float:
            if row.step is None or row.part:
                return symbol_mm(0.0, dense)
            return symbol_mm(drawn.get(row.step, 0.0), dense) * bands.counts[row.step]

        return tuple(max(text_mm(row, self.columns), symbols_mm(row)) for row in rows)

    def _break(
        self, rows: Sequence[PrintedRow], heights: Sequence[float], room: Room
    ) -> tuple[tuple[Span, ...], tuple[Pentagon, ...], tuple[Strips, ...]]:
        numbers = [self.sheet.rows[s.row].no for s in self.sheet.symbols]
        needed: list[Span] = [(0, 1), (1, 1)]
        for _ in range(ROUNDS):
            spans = pack(heights, room, needed)
            page_of = [_page_at(spans, _row_of(rows, s.row)) for s in self.sheet.symbols]
            pentagons = find_pentagons(self.sheet, self.edges, page_of, numbers)
            strips = place_strips(self.sheet, pentagons, max(1, len(spans)))
            asked = [(len(s.head), len(s.foot)) for s in strips]
            if all(
                head <= _at(needed, i)[0] and foot <= max(1, _at(needed, i)[1])
                for i, (head, foot) in enumerate(asked)
            ):
                break
            needed = [
                (max(head, _at(needed, i)[0]), max(foot, _at(needed, i)[1]))
                for i, (head, foot) in enumerate(asked)
            ]
        return spans or ((0, 0),), pentagons, strips

    def _page(self, cut: _Cut, number: int) -> FlowPage:
        """One page, routed."""
        start, stop = cut.spans[number]
        strips, rows, heights = cut.strips[number], cut.rows[start:stop], cut.heights[start:stop]
        head, foot = len(strips.head), len(strips.foot)
        place = {
            row.step: head + i
            for i, row in enumerate(rows)
            if row.step is not None and not row.part
        }
        here = [i for i, s in enumerate(self.sheet.symbols) if s.row in place]
        symbols, edges = page_flow(
            self.sheet, self.edges, cut.pentagons, strips, here,
            {i: place[self.sheet.symbols[i].row] for i in here}, head + len(rows),
        )  # fmt: skip
        printed = (*(STRIP_TEXT,) * head, *rows, *(STRIP_TEXT,) * foot)
        tall = (*(cut.strip_mm,) * head, *heights, *(cut.strip_mm,) * foot)
        sheet = replace(self.sheet, symbols=symbols, edges=edges)
        bands = bands_for((s.place for s in symbols), len(printed))
        routing = route(symbols, edges, len(sheet.lanes), bands)
        size = size_symbols(self.columns, cut.dense or routing.dense, cut.flat)
        layout = Layout(self.columns, tall, bands, size, routing)
        return FlowPage(printed, sheet, place_labels(sheet, layout))

    def failed(self, pages: Iterable[FlowPage]) -> tuple[FlowEdge, ...]:
        """The edges of the whole sheet of which some part found no way."""
        lost: list[FlowEdge] = []
        for page in pages:
            for index in page.layout.routing.failed:
                edge = page.sheet.edges[index]
                ends = [page.sheet.symbols[i] for i in (edge.source, edge.target)]
                for e in self.edges:
                    if e.label == edge.label and self._meets(page, e, ends[0], ends[1]):
                        lost.append(e)
        return tuple(dict.fromkeys(lost))

    def _meets(self, page: FlowPage, edge: FlowEdge, source: object, target: object) -> bool:
        """Whether an edge of the whole sheet is the one between these symbols of a page."""
        a, b = (
            next((s for s in page.sheet.symbols if self._is(page, s, i)), None)
            for i in (edge.source, edge.target)
        )
        if a is source and b is target:
            return True
        return (a is source and b is None) or (b is target and a is None)

    def _is(self, page: FlowPage, symbol: object, index: int) -> bool:
        whole = self.sheet.symbols[index]
        return any(
            s is symbol
            and not s.off_page
            and (s.lane, s.slot) == (whole.lane, whole.slot)
            and page.rows[s.row].step == whole.row
            for s in page.sheet.symbols
        )


def _hits(pages: Iterable[FlowPage]) -> int:
    """How many labels had to be placed on something."""
    return sum(bool(label.hits) for page in pages for label in page.layout.labels)


def _at(needed: Sequence[Span], index: int) -> Span:
    return needed[min(index, len(needed) - 1)]


def _row_of(rows: Sequence[PrintedRow], step: int) -> int:
    """The first printed row of a step."""
    return next(i for i, row in enumerate(rows) if row.step == step)


def _page_at(spans: Sequence[Span], row: int) -> int:
    return next(i for i, (a, b) in enumerate(spans) if a <= row < b)


def column_edges(columns: Columns, lanes: int) -> tuple[float, ...]:
    """The table's vertical rules in millimetres from its left one, lanes in their place."""
    widths = [columns.no, columns.kegiatan, *[columns.lane] * lanes]
    widths += [columns.kelengkapan, columns.waktu, columns.output, columns.keterangan]
    edges = [0.0]
    for width in widths:
        edges.append(edges[-1] + width)
    return tuple(edges)


def widths_of(columns: Columns, lanes: int) -> tuple[float, ...]:
    """The widths of all columns in millimetres."""
    return tuple(b - a for a, b in pairwise(column_edges(columns, lanes)))
