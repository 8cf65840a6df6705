"""One printed range of a worksheet as a page: its blocks, its symbols, its flow, what is left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sopextract.core.text import squeeze
from sopextract.ingest.own_marks import outline_score
from sopextract.ingest.xlsx.area import Area, cell_name
from sopextract.ingest.xlsx.blocks import Segment, cut, side_by_side
from sopextract.ingest.xlsx.connect import Edge, Node, connect, give_labels
from sopextract.ingest.xlsx.continued import go_on
from sopextract.ingest.xlsx.geometry import Box, bounds, box_to_path
from sopextract.ingest.xlsx.grids import lane_offset, plain_blocks, table_grid, used_lanes
from sopextract.ingest.xlsx.header import Lane
from sopextract.ingest.xlsx.labels import is_exit
from sopextract.ingest.xlsx.outline import find_outline
from sopextract.ingest.xlsx.placing import find_place
from sopextract.ingest.xlsx.shapes import Drawing, Shape
from sopextract.ingest.xlsx.sheet import Sheet, TextCell
from sopextract.model.source import (
    Block,
    Connector,
    Outline,
    Page,
    Place,
    Residue,
    ResidueKind,
    Symbol,
)

_AT_A_LINE = 20.0  # points; a short text without outline this near a line is a word at it
_SHORT = 25  # characters of such a text
_AS_TEXT_BOX = 0.7  # how surely a text box with an outline, in an actor's column, is a box
_FLOW_PT = (200.0, 120.0)  # width and height from which a picture may be a flow; logos are smaller


@dataclass(slots=True)
class _Sorted:
    """What the shapes of a page are."""

    symbols: list[tuple[Shape, Outline, float]] = field(default_factory=list)
    labels: list[Shape] = field(default_factory=list)
    words: list[Shape] = field(default_factory=list)
    loose: list[Shape] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Before:
    """What the pages before one leave to it: how many there are, how many symbols they have, and
    the lanes of the last step table."""

    pages: int = 0
    symbols: int = 0
    lanes: tuple[Lane, ...] = ()


def read_page(sheet: Sheet, drawing: Drawing, area: Area, before: Before) -> tuple[Page, Before]:
    """The page of one range, and what it leaves to the next."""
    page = _Page(sheet, drawing, area, before)
    return page.read(), page.leaves


class _Page:
    def __init__(self, sheet: Sheet, drawing: Drawing, area: Area, before: Before) -> None:
        self._sheet, self._area, self._number = sheet, area, before.pages + 1
        self.leaves = before
        self._drawing = _within(drawing, sheet, area)
        self._cells = [c for c in sheet.cells if c.area.meets(area) and sheet.shows(c.area)]
        self._cells = [TextCell(_visible(c.area, sheet, area), c.text) for c in self._cells]
        self._origin = sheet.columns.start(area.left), sheet.rows.start(area.top)

    def read(self) -> Page:
        """The page; then `leaves` is what it leaves to the next."""
        sorted_shapes = self._sort(self._segments())
        self._add_words(sorted_shapes.words)
        segments = self._segments()
        symbols, nodes, by_table = self._symbols(sorted_shapes, segments)
        edges = connect(nodes, self._drawing.lines)
        labels = [(squeeze(s.text), s.box) for s in sorted_shapes.labels]
        given = give_labels(edges, self._drawing.lines, nodes, labels)
        words = {edge: labels[label][0] for label, edge in given.items()}
        blocks: list[Block] = []
        for position, segment in enumerate(segments):
            if segment.header is None:
                blocks.extend(plain_blocks(segment, self._sheet, self._place))
            else:
                blocks.append(table_grid(segment, by_table.get(position, {}), self._place))
        left = [s for i, s in enumerate(sorted_shapes.labels) if i not in given]
        lanes = [used_lanes(s, by_table.get(i, {})) for i, s in enumerate(segments) if s.header]
        self.leaves = Before(
            self._number,
            self.leaves.symbols + len(symbols),
            lanes[-1] if lanes else self.leaves.lanes,
        )
        return Page(
            self._number,
            tuple(blocks),
            symbols,
            tuple(self._connector(e, words.get(i, "")) for i, e in enumerate(edges)),
            self._size(),
            tuple(self._residue([*sorted_shapes.loose, *left], edges)),
            picture_flow=not symbols and any(_may_be_a_flow(p) for p in self._drawing.pictures),
        )

    def _segments(self) -> list[Segment]:
        parts = side_by_side(self._cells)
        found = [s for part in parts for s in cut(part, self._sheet, self._area)]
        drawn = sum(find_outline(shape) is not None for shape in self._drawing.shapes)
        flow = drawn > 1 and bool(self._drawing.lines)
        if any(segment.header is not None for segment in found):
            return found
        return go_on(found, self.leaves.lanes, flow)

    # -- shapes ------------------------------------------------------------------------------

    def _sort(self, segments: Sequence[Segment]) -> _Sorted:
        """Symbols, words at lines, words in cells, and what is nothing of the kind."""
        found = _Sorted()
        glued = {k for line in self._drawing.lines for k in (line.start_key, line.end_key) if k}
        for shape in self._drawing.shapes:
            outline = find_outline(shape)
            placed = find_place(shape.box, segments, self._sheet)
            boxy = outline is not None and outline[0] is Outline.BOX
            if is_exit(shape.text) and shape.key not in glued and (boxy or not shape.drawn):
                found.labels.append(shape)
            elif outline is not None and placed is not None and _is_symbol(shape, glued):
                score = min(outline[1], _AS_TEXT_BOX if shape.text_box else 1.0)
                found.symbols.append((shape, outline[0], score))
            elif shape.text and placed is not None and self._at_a_line(shape):
                found.labels.append(shape)
            elif shape.text:
                found.words.append(shape)
            elif shape.drawn:
                found.loose.append(shape)
        return found

    def _at_a_line(self, shape: Shape) -> bool:
        if len(squeeze(shape.text)) > _SHORT:
            return False
        return any(box_to_path(shape.box, x.path) <= _AT_A_LINE for x in self._drawing.lines)

    def _add_words(self, shapes: Sequence[Shape]) -> None:
        """Texts in text boxes go to the cells that they lie over, below what stands there."""
        for shape in shapes:
            area = _visible(_cell_at(shape.box, self._sheet), self._sheet, self._area)
            at = next((i for i, c in enumerate(self._cells) if c.area == area), None)
            if at is None:
                self._cells.append(TextCell(area, shape.text))
            else:
                text = f"{self._cells[at].text}\n{shape.text}"
                self._cells[at] = TextCell(area, text)

    def _symbols(
        self, found: _Sorted, segments: Sequence[Segment]
    ) -> tuple[
        tuple[Symbol, ...], list[Node], Mapping[int, Mapping[tuple[int, int], list[Symbol]]]
    ]:
        """The symbols of the page, as ends of lines, and by table, band and lane."""
        symbols: list[Symbol] = []
        nodes: list[Node] = []
        by_table: dict[int, dict[tuple[int, int], list[Symbol]]] = {}
        placed = sorted(found.symbols, key=lambda entry: entry[0].box.centre[::-1])
        for shape, outline, score in placed:
            place = find_place(shape.box, segments, self._sheet)
            if place is None:
                found.loose.append(shape)
                continue
            score = outline_score(outline, score, dashed=shape.dashed)
            score = round(min(score, place.score), 3)
            cell = self._place(place.row, place.column)
            at = replace(cell, bbox=self._bbox(shape.box))
            symbol = Symbol(self.leaves.symbols + len(symbols), outline, at, shape.text, score)
            symbols.append(symbol)
            nodes.append(Node(symbol.id, shape.box, shape.key, outline is Outline.DIAMOND))
            lane = place.lane + lane_offset(segments[place.table])
            cells = by_table.setdefault(place.table, {})
            cells.setdefault((place.band, lane), []).append(symbol)
        for cells in by_table.values():
            for key, here in cells.items():
                cells[key] = sorted(here, key=_from_top_left)
        return tuple(symbols), nodes, by_table

    def _connector(self, edge: Edge, label: str) -> Connector:
        box = bounds(p for line in edge.lines for p in self._drawing.lines[line].path)
        place = replace(self._place_of(box), bbox=self._bbox(box))
        return Connector(edge.tail, edge.head, place, label, edge.directed, edge.score)

    # -- places and what is left -------------------------------------------------------------

    def _residue(self, loose: Sequence[Shape], edges: Sequence[Edge]) -> Iterator[Residue]:
        used = {line for edge in edges for line in edge.lines}
        for row, column, text in self._sheet.errors:
            if self._area.holds(row, column):
                yield Residue(ResidueKind.WORD, self._place(row, column), text)
        for shape in loose:
            kind = ResidueKind.WORD if shape.text else ResidueKind.SYMBOL
            yield Residue(kind, self._boxed(shape.box), squeeze(shape.text))
        for index, line in enumerate(self._drawing.lines):
            if index not in used:
                yield Residue(ResidueKind.CONNECTOR, self._boxed(bounds(line.path)))
        for box in self._drawing.strokes:
            yield Residue(ResidueKind.STROKE, self._boxed(box))
        for box in self._drawing.pictures:
            yield Residue(ResidueKind.PICTURE, self._boxed(box))

    def _place(self, row: int, column: int) -> Place:
        return Place(self._number, where=f"{self._sheet.name}!{cell_name(row, column)}")

    def _place_of(self, box: Box) -> Place:
        area = _cell_at(box, self._sheet)
        return self._place(area.top, area.left)

    def _boxed(self, box: Box) -> Place:
        return replace(self._place_of(box), bbox=self._bbox(box))

    def _bbox(self, box: Box) -> tuple[float, float, float, float]:
        moved = box.moved(-self._origin[0], -self._origin[1])
        left, top, right, bottom = moved.left, moved.top, moved.right, moved.bottom
        return round(left, 2), round(top, 2), round(right, 2), round(bottom, 2)

    def _size(self) -> tuple[float, float]:
        columns, rows, area = self._sheet.columns, self._sheet.rows, self._area
        width = columns.start(area.right + 1) - self._origin[0]
        height = rows.start(area.bottom + 1) - self._origin[1]
        return round(width, 2), round(height, 2)


def _is_symbol(shape: Shape, glued: set[str]) -> bool:
    """Whether a shape in an actor's column is a symbol rather than a text put there."""
    return shape.drawn or shape.key in glued


def _from_top_left(symbol: Symbol) -> tuple[float, float]:
    box = symbol.place.bbox or (0.0, 0.0, 0.0, 0.0)
    return box[1], box[0]


def _may_be_a_flow(box: Box) -> bool:
    return box.width >= _FLOW_PT[0] and box.height >= _FLOW_PT[1]


def _cell_at(box: Box, sheet: Sheet) -> Area:
    x, y = box.centre
    return sheet.area_at(sheet.rows.at(y), sheet.columns.at(x))


def _visible(cell: Area, sheet: Sheet, area: Area) -> Area:
    """The part of a merged range that shows, from its first visible row and column on."""
    top, left = max(cell.top, area.top), max(cell.left, area.left)
    bottom, right = min(cell.bottom, area.bottom), min(cell.right, area.right)
    top = min(sheet.rows.at(sheet.rows.start(top)), bottom)  # hidden ones begin where it begins
    left = min(sheet.columns.at(sheet.columns.start(left)), right)
    return Area(top, left, bottom, right)


def _within(drawing: Drawing, sheet: Sheet, area: Area) -> Drawing:
    """What of a drawing lies in a range, by its middle; shapes squeezed to nothing are left out."""
    frame = Box(
        sheet.columns.start(area.left), sheet.rows.start(area.top),
        sheet.columns.start(area.right + 1), sheet.rows.start(area.bottom + 1),
    )  # fmt: skip

    def inside(box: Box) -> bool:
        return frame.distance(box.centre) <= 0

    return Drawing(
        tuple(s for s in drawing.shapes if inside(s.box) and s.box.width > 0 < s.box.height),
        tuple(x for x in drawing.lines if inside(bounds(x.path))),
        tuple(p for p in drawing.pictures if inside(p)),
        tuple(s for s in drawing.strokes if inside(s)),
    )
