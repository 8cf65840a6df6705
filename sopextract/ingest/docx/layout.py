"""Where everything of a story comes to lie, in one column of points that no page breaks.

x counts from the left of the text, y from the top of the story. Columns are as the file gives them;
heights are estimates, so that y is sure only within one drawing and within one row.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sopextract.core.geometry import Point
from sopextract.ingest.docx.measure import Ruler
from sopextract.ingest.docx.shape import Drawing, Shape, bounds
from sopextract.ingest.docx.story import Content, PageSetup, Paragraph, StoryCell, Table

_BODY_DOUBT_PT = 25.0  # of places outside tables against those in them; own judgement
Key = tuple[int, int, int]  # paragraph, drawing in it, shape in that


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a shape is anchored: table, row and cell (of the row, from 0), or in no table.

    `paragraph` is the unique number of the paragraph, `ordinal` that which people count.
    """

    paragraph: int
    drawing: int
    table: int | None = None
    row: int = 0
    cell: int = 0
    inline: bool = False
    ordinal: int = 0


@dataclass(frozen=True, slots=True)
class Placed:
    """A shape with its points in the story."""

    key: Key
    shape: Shape
    points: tuple[Point, ...]
    spot: Spot

    @property
    def bbox(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        return bounds(self.points)

    @property
    def centre(self) -> Point:
        """The middle of its box."""
        left, top, right, bottom = self.bbox
        return ((left + right) / 2, (top + bottom) / 2)


@dataclass(frozen=True, slots=True)
class LaidTable:
    """A table in the story: the edges of its columns, of its rows, and how sure those are.

    `doubts` says for each edge of a row by how much all rows above it may be wrong together.
    """

    table: Table
    columns: tuple[float, ...]
    rows: tuple[float, ...]
    doubts: tuple[float, ...]

    def column_at(self, x: float) -> int | None:
        """The column that holds an x; None left or right of the table."""
        for column in range(len(self.columns) - 1):
            if self.columns[column] <= x < self.columns[column + 1]:
                return column
        return None


@dataclass(frozen=True, slots=True)
class Layout:
    """All tables by number and all shapes in the order of the story."""

    tables: dict[int, LaidTable]
    shapes: tuple[Placed, ...]

    def doubt(self, a: Placed, b: Placed) -> float:
        """How much further apart than laid out two shapes may be, up or down."""
        if a.spot.paragraph == b.spot.paragraph:
            return 0.0
        if a.spot.table is None or a.spot.table != b.spot.table:
            return _BODY_DOUBT_PT
        doubts = self.tables[a.spot.table].doubts
        low, high = sorted((a.spot.row, b.spot.row))
        return doubts[high + 1] - doubts[low]


@dataclass(frozen=True, slots=True)
class _Box:
    """What a paragraph stands in: the edges of the text, of the cell, and the cell itself."""

    left: float
    width: float
    outer_left: float
    outer_top: float
    spot: Spot


class _Layouter:
    def __init__(self, ruler: Ruler) -> None:
        self._ruler = ruler
        self._page_top = 0.0
        self.tables: dict[int, LaidTable] = {}
        self.shapes: list[Placed] = []

    def lay(self, content: Content, top: float, box: _Box) -> float:
        """Lay pieces out below one another; gives where they end."""
        for piece in content:
            if isinstance(piece, Table):
                top = self._lay_table(piece, top, box)
                continue
            if piece.page_break and box.spot.table is None:
                self._page_top = top
            self._lay_drawings(piece, top, box)
            top += self._ruler.paragraph(piece, box.width)
        return top

    def _lay_table(self, table: Table, top: float, box: _Box) -> float:
        nested = box.spot.table is not None
        left = box.left + (0.0 if nested else table.left_pt)
        columns = tuple(left + edge for edge in table.edges)
        rows, doubts = [top], [0.0]
        for row in table.rows:
            height, doubt = self._ruler.row(table, row)
            rows.append(rows[-1] + height)
            doubts.append(doubts[-1] + doubt)
        self.tables[table.number] = LaidTable(table, columns, tuple(rows), tuple(doubts))
        for r, row in enumerate(table.rows):
            for c, cell in enumerate(row.cells):
                inner = _Box(
                    columns[cell.start] + table.padding_pt,
                    columns[cell.end] - columns[cell.start] - 2 * table.padding_pt,
                    columns[cell.start],
                    rows[r],
                    Spot(0, 0, table.number, r, c),
                )
                start = rows[r] + self._sunk(cell, rows[r + 1] - rows[r], inner.width)
                self.lay(cell.content, start, inner)
        return rows[-1]

    def _lay_drawings(self, paragraph: Paragraph, top: float, box: _Box) -> None:
        for d, drawing in enumerate(paragraph.drawings):
            x, y = self._origin(paragraph, drawing, top, box)
            spot = replace(
                box.spot,
                paragraph=paragraph.number,
                drawing=d,
                inline=drawing.inline,
                ordinal=paragraph.ordinal,
            )
            for s, shape in enumerate(drawing.shapes):
                points = tuple((px + x, py + y) for px, py in shape.points)
                self.shapes.append(Placed((paragraph.number, d, s), shape, points, spot))

    def _origin(self, paragraph: Paragraph, drawing: Drawing, top: float, box: _Box) -> Point:
        """Where the top left of a drawing lies."""
        width = drawing.size_pt[0]
        if drawing.inline:
            return box.left + _aligned(paragraph.align, box.width - width), top
        top += paragraph.metrics.before_pt
        in_cell = box.spot.table is not None
        down = drawing.down
        if down.origin in ("page", "topMargin"):
            y = box.outer_top if in_cell else self._page_top - paragraph.page.top_pt
        elif down.origin == "margin":
            y = box.outer_top if in_cell else self._page_top
        else:
            y = top
        x = self._across(drawing, box, paragraph.page, in_cell)
        if in_cell and not drawing.in_cell:  # counts from the page, though some programs mean cells
            outer = self._across(drawing, box, paragraph.page, False)
            if not self._in_table(x, width, box) and self._in_table(outer, width, box):
                x = outer
        return x, y + down.offset_pt

    @staticmethod
    def _across(drawing: Drawing, box: _Box, page: PageSetup, in_cell: bool) -> float:
        """The left of a drawing that counts from its cell, or from the page."""
        across = drawing.across
        left, wide = box.left, box.width
        if in_cell:
            left = box.outer_left if across.origin == "page" else left
        elif across.origin in ("page", "leftMargin", "insideMargin"):
            left, wide = -page.left_pt, page.width_pt
        elif across.origin == "margin" or box.spot.table is not None:
            left, wide = 0.0, page.text_width_pt
        return left + across.offset_pt + _aligned(across.align or "left", wide - drawing.size_pt[0])

    def _in_table(self, x: float, width: float, box: _Box) -> bool:
        """Whether the middle of something lies between the outer borders of its table."""
        laid = self.tables.get(box.spot.table or 0)
        return laid is not None and laid.columns[0] <= x + width / 2 <= laid.columns[-1]

    def _sunk(self, cell: StoryCell, height: float, width: float) -> float:
        """How far the text of a cell stands below its top."""
        if cell.aligned not in ("center", "bottom") or cell.rows != 1:
            return 0.0
        room = max(height - self._ruler.content(cell.content, width), 0.0)
        return room / 2 if cell.aligned == "center" else room


def _aligned(align: str, room: float) -> float:
    return {"center": room / 2, "right": room, "outside": room}.get(align, 0.0)


def _text_width(content: Content) -> float:
    first = next((p for p in content if isinstance(p, Paragraph)), None)
    return (first.page if first is not None else PageSetup()).text_width_pt


def lay_out(content: Content, ruler: Ruler | None = None) -> Layout:
    """Lay a story out."""
    layouter = _Layouter(ruler or Ruler())
    layouter.lay(content, 0.0, _Box(0.0, _text_width(content), 0.0, 0.0, Spot(0, 0)))
    return Layout(layouter.tables, tuple(layouter.shapes))
