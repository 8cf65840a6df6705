"""A page of the flow table in millimetres: what writers place and none computes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from sopextract.render.sheet.labels import centre_of, scale_of
from sopextract.render.sheet.measure import text_width_mm
from sopextract.render.sheet.model import Drawn
from sopextract.render.sheet.pages import Flow, FlowPage, column_edges

Spot = tuple[float, float]  # x, y in millimetres
MIN_WORD_PT = 4.25  # below this the word in a capsule cannot be read in print
SIDES = "NWSE"  # in the order in which DrawingML counts a shape's connection sites


@dataclass(frozen=True, slots=True)
class Box:
    """A box in millimetres from the top left corner of the table on its page."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PlacedSymbol:
    """A symbol: its outline, box, row and lane, and the word in it with its size."""

    drawn: Drawn
    box: Box
    row: int
    lane: int
    text: str
    text_pt: float
    alt: str
    dashed: bool


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A connector from border to border; `head` is False where it ends on another line.

    `source` and `target` count the page's symbols, the sides are "N", "E", "S", "W"; `end_side` is
    empty where it ends on another line.
    """

    points: tuple[Spot, ...]
    head: bool
    source: int
    target: int
    start_side: str
    end_side: str
    alt: str


@dataclass(frozen=True, slots=True)
class PlacedLabel:
    """Ya or Tidak beside its line."""

    text: str
    box: Box
    text_pt: float


@dataclass(frozen=True, slots=True)
class PlacedPage:
    """One page: rules across (the first is the table's top) and down, and all that is drawn.

    `xs` has one rule more than the table has columns; `ys` one more than two rows of the head and
    all rows.
    """

    page: FlowPage
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    symbols: tuple[PlacedSymbol, ...]
    lines: tuple[PlacedLine, ...]
    labels: tuple[PlacedLabel, ...]

    @property
    def lanes_x(self) -> tuple[float, ...]:
        """The rules of the lanes."""
        return self.xs[2:-4]

    @property
    def rows_y(self) -> tuple[float, ...]:
        """The rules of the rows below the head."""
        return self.ys[2:]


def place_pages(flow: Flow, *, marks: bool) -> tuple[PlacedPage, ...]:
    """Every page in millimetres. Without `marks` only a kind that was not read is dashed."""
    return tuple(_place(flow, page, marks) for page in flow.pages)


def _place(flow: Flow, page: FlowPage, marks: bool) -> PlacedPage:
    layout, sheet = page.layout, page.sheet
    head = flow.head
    ys = tuple(accumulate((head.upper_mm, head.lower_mm, *layout.heights), initial=0.0))
    xs = column_edges(flow.columns, len(sheet.lanes))
    scale = scale_of(layout)
    dx, dy = xs[2], head.total_mm
    symbols = []
    for s in sheet.symbols:
        width, height = layout.symbols.of(s.drawn_as)
        x, y = centre_of(s, layout, scale)
        box = Box(dx + x - width / 2, dy + y - height / 2, width, height)
        dashed = s.dashed if marks else s.simbol is None and not s.off_page
        symbols.append(
            PlacedSymbol(
                s.drawn_as, box, s.row, s.lane, s.text, word_pt(s.text, width), s.alt, dashed
            )
        )
    lines = []
    for c in layout.routing.connectors:
        edge = sheet.edges[c.edge]
        spots = [(dx + scale.x(x), dy + scale.y(y)) for x, y in c.points]
        start = side_of(spots[0], spots[1])
        spots[0] = border(symbols[edge.source].box, start)
        if c.side:
            spots[-1] = border(symbols[edge.target].box, c.side)
        names = [sheet.symbols[i].alt.split(";")[0] for i in (edge.source, edge.target)]
        alt = f"Panah{' ' + edge.label if edge.label else ''} dari {names[0]} ke {names[1]}"
        lines.append(
            PlacedLine(tuple(spots), bool(c.side), edge.source, edge.target, start, c.side, alt)
        )
    labels = [
        PlacedLabel(
            place.text,
            Box(
                dx + scale.x(place.x) + place.dx_mm,
                dy + scale.y(place.y) + place.dy_mm,
                place.width_mm,
                place.height_mm,
            ),
            place.size_pt,
        )
        for place in layout.labels
    ]
    return PlacedPage(page, xs, ys, tuple(symbols), tuple(lines), tuple(labels))


def complete(line: PlacedLine, lines: Sequence[PlacedLine]) -> PlacedLine:
    """A line that ends on another, led on along it to the symbol that both lead to."""
    seen = {line}
    points = list(line.points)
    last = line
    while not last.head:
        found = next(
            (
                (other, i)
                for other in lines
                if other not in seen and other.target == line.target
                for i, (a, b) in enumerate(pairwise(other.points))
                if _between(a, b, points[-1])
            ),
            None,
        )
        if found is None:
            return line
        last, i = found
        seen.add(last)
        points += [p for p in last.points[i + 1 :] if p != points[-1]]
    kept = [
        p
        for i, p in enumerate(points)
        if i in (0, len(points) - 1) or not _between(points[i - 1], points[i + 1], p)
    ]
    return replace(line, points=tuple(kept), head=True, end_side=last.end_side)


def _between(a: Spot, b: Spot, spot: Spot) -> bool:
    """Whether a spot lies on the straight piece from a to b."""
    near = 0.01  # millimetres; both were computed from the same channels
    return (
        min(a[0], b[0]) - near <= spot[0] <= max(a[0], b[0]) + near
        and min(a[1], b[1]) - near <= spot[1] <= max(a[1], b[1]) + near
        and (abs(a[0] - b[0]) < near or abs(a[1] - b[1]) < near)
    )


def side_of(a: Spot, b: Spot) -> str:
    """The side by which a line leaves that goes from a to b."""
    if abs(a[0] - b[0]) > abs(a[1] - b[1]):
        return "E" if b[0] > a[0] else "W"
    return "S" if b[1] > a[1] else "N"


def border(box: Box, side: str) -> Spot:
    """The middle of a box's side."""
    x, y = box.left + box.width / 2, box.top + box.height / 2
    return {
        "N": (x, box.top),
        "S": (x, box.top + box.height),
        "W": (box.left, y),
        "E": (box.left + box.width, y),
    }[side]


def word_pt(text: str, width_mm: float) -> float:
    """Type size at which a symbol of this width holds the word."""
    size = 7.0
    while size > MIN_WORD_PT and text_width_mm(text, size) > width_mm * 0.7:
        size -= 0.25
    return size


def cell_at(rules: Sequence[float], value: float) -> int:
    """The cell between the rules that holds a position; those beyond are in the last or first."""
    for i in range(len(rules) - 2):
        if value < rules[i + 1]:
            return i
    return len(rules) - 2
