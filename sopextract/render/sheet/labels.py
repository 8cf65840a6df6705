"""Places Ya and Tidak: near the exit they belong to, on no line, no symbol, no other label."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from sopextract.render.sheet.measure import text_height_mm, text_width_mm
from sopextract.render.sheet.model import (
    CHANNELS,
    Columns,
    LabelPlace,
    Point,
    Routing,
    SheetModel,
    SymbolSize,
)

Box = tuple[float, float, float, float]  # left, top, right, bottom in millimetres
LABEL_PT, SMALL_PT = 6.5, 5.0
NARROW_MM = 13.0  # below this a lane has no room beside a symbol for "Tidak" at the larger size
OVER_MM = 1.3  # beyond the lanes: the cells beside them have their text 1.4 mm from the border
FEW = 3  # free places: with fewer, other labels may take them all, and smaller ones are tried
STEPS_MM = (0.0, 0.8, 1.6, 2.4, 3.2, 4.5, 6.0, 8.0, 10.0, 13.0, 17.0, 22.0, 30.0)
AIR = 0.35  # millimetres between a label and its line
# What a place beside the line costs, and how far it lies beside it; 0 is on the line
_SHIFTS = ((0.0, -1.0), (0.2, 1.0), (2.0, 0.0), (2.5, -0.6), (2.5, 0.6))
HIT, BORDER, OWN = 100.0, 1.5, 30.0  # a hit outweighs any distance met on a sheet


@dataclass(frozen=True, slots=True)
class Scale:
    """Maps channel units to millimetres."""

    lane_mm: float
    tops: tuple[float, ...]
    heights: tuple[float, ...]

    def x(self, unit: int) -> float:
        """Millimetres from the left edge of the first lane."""
        return unit * self.lane_mm / CHANNELS

    def y(self, unit: int) -> float:
        """Millimetres from the top of the first row."""
        row, offset = divmod(unit, CHANNELS)
        return self.tops[row] + offset * self.heights[row] / CHANNELS


def scale_of(columns: Columns, heights: Sequence[float]) -> Scale:
    """The scale of a measured flow table."""
    tops = tuple(accumulate(heights, initial=0.0))
    return Scale(columns.lane, tops, tuple(heights))


def label_pt(columns: Columns) -> float:
    """The type size of labels in lanes this wide."""
    return LABEL_PT if columns.lane >= NARROW_MM else SMALL_PT


def place_labels(
    sheet: SheetModel,
    routing: Routing,
    columns: Columns,
    heights: Sequence[float],
    symbols: SymbolSize,
) -> tuple[LabelPlace, ...]:
    """One place per labelled connector; `hits` counts what its box could not avoid."""
    scale = scale_of(columns, heights)
    ground = _ground(sheet, routing, columns, scale, symbols)
    usual = label_pt(columns)
    # a smaller label where a larger one would lie on something, not where it is only farther off
    sizes = ((usual, 0.0), (SMALL_PT, HIT / 2)) if usual > SMALL_PT else ((usual, 0.0),)
    choices: list[tuple[int, list[_Choice]]] = []
    for connector in routing.connectors:
        edge = sheet.edges[connector.edge]
        if edge.label:
            size = symbols.of(sheet.symbols[edge.source].drawn_as)
            found: list[_Choice] = []
            for pt, dearer in sizes:
                if sum(choice.hits == 0 for choice in found) < FEW:
                    found += [
                        _Choice(*ground.cost(connector.edge, penalty + dearer, box), place, box, pt)
                        for penalty, place, box in _candidates(
                            scale, connector.points, size, edge.label, pt
                        )
                    ]
            choices.append((connector.edge, found))
    # who has the fewest free places chooses first
    choices.sort(key=lambda c: sum(choice.hits == 0 for choice in c[1]))
    placed: dict[int, LabelPlace] = {}
    taken: list[Box] = []
    for number, found in choices:
        best = min(
            ((c.cost + HIT * n, c, n) for c in found for n in (_count(c.box, taken),)),
            key=lambda x: x[0],
            default=None,
        )
        if best:
            _, choice, others = best
            x, y, dx, dy = choice.place
            left, top, right, bottom = choice.box
            text = sheet.edges[number].label
            placed[number] = LabelPlace(
                number, text, x, y, dx, dy, right - left, bottom - top,
                choice.hits + others, choice.size_pt,
            )  # fmt: skip
            taken.append(choice.box)
    return tuple(placed[c.edge] for c in routing.connectors if c.edge in placed)


@dataclass(frozen=True, slots=True)
class _Choice:
    """One place for a label: what it costs and hits without other labels, its anchor, its box."""

    cost: float
    hits: int
    place: tuple[int, int, float, float]
    box: Box
    size_pt: float


@dataclass(frozen=True, slots=True)
class _Ground:
    """What labels may not lie on: symbols and lines (with their connector's number), and rules."""

    boxes: Sequence[Box]
    lines: Sequence[tuple[int, Box]]
    limits: Box
    borders: Sequence[float]
    tops: Sequence[float]

    def cost(self, edge: int, penalty: float, box: Box) -> tuple[float, int]:
        """What a place costs the label of this connector, and how much it hits."""
        met = [i for i, line in self.lines if _meets(box, line)]
        outside = not _inside(box, self.limits)
        hits = sum(i != edge for i in met) + _count(box, self.boxes) + outside
        cost = penalty + HIT * hits + OWN * (edge in met)
        cost += BORDER * sum(box[0] < x < box[2] for x in self.borders)
        return cost + BORDER * sum(box[1] < y < box[3] for y in self.tops), hits


def _ground(
    sheet: SheetModel, routing: Routing, columns: Columns, scale: Scale, symbols: SymbolSize
) -> _Ground:
    boxes = [_symbol_box(scale, s.row, s.lane, symbols.of(s.drawn_as)) for s in sheet.symbols]
    lines = [
        (c.edge, _segment(scale, a, b)) for c in routing.connectors for a, b in pairwise(c.points)
    ]
    limits = (-OVER_MM, 0.0, columns.lane * len(sheet.lanes) + OVER_MM, sum(scale.heights))
    borders = [columns.lane * i for i in range(len(sheet.lanes) + 1)]
    return _Ground(boxes, lines, limits, borders, scale.tops)


def _count(box: Box, others: Sequence[Box]) -> int:
    """How many boxes a box meets."""
    return sum(_meets(box, other) for other in others)


def _candidates(
    scale: Scale, points: Sequence[Point], size: tuple[float, float], text: str, size_pt: float
) -> Iterator[tuple[float, tuple[int, int, float, float], Box]]:
    """Places along the connector, nearest to the exit first: penalty, anchor, box."""
    width, height = text_width_mm(text, size_pt) + 0.8, text_height_mm(1, size_pt)
    for number, (a, b) in enumerate(pairwise(points)):
        if number > 5:
            return
        (ax, ay), (bx, by) = (scale.x(a[0]), scale.y(a[1])), (scale.x(b[0]), scale.y(b[1]))
        across = a[1] == b[1]
        length = abs(bx - ax) + abs(by - ay)
        start = (size[0] if across else size[1]) / 2 if number == 0 else 0.6
        sign = (1 if bx > ax else -1) if across else (1 if by > ay else -1)
        along = [start + 0.5 + step for step in STEPS_MM]
        for step in along:
            if step > length:
                break
            penalty = number * 6 + (step - start) * 0.6
            for extra, shift in _SHIFTS:
                if across:
                    left = ax + sign * step - (width if sign < 0 else 0)
                    top = ay - height / 2 + shift * (height / 2 + AIR)
                else:
                    top = ay + sign * step - (height if sign < 0 else 0)
                    left = ax - width / 2 - shift * (width / 2 + AIR)
                box = (left, top, left + width, top + height)
                yield penalty + extra, (a[0], a[1], left - ax, top - ay), box


def _symbol_box(scale: Scale, row: int, lane: int, size: tuple[float, float]) -> Box:
    x, y = scale.x(lane * CHANNELS + 8), scale.y(row * CHANNELS + 8)
    return (x - size[0] / 2, y - size[1] / 2, x + size[0] / 2, y + size[1] / 2)


def _segment(scale: Scale, a: Point, b: Point) -> Box:
    xs, ys = sorted((scale.x(a[0]), scale.x(b[0]))), sorted((scale.y(a[1]), scale.y(b[1])))
    return (xs[0] - 0.15, ys[0] - 0.15, xs[1] + 0.15, ys[1] + 0.15)


def _meets(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _inside(box: Box, limits: Box) -> bool:
    return (
        box[0] >= limits[0] and box[1] >= limits[1] and box[2] <= limits[2] and box[3] <= limits[3]
    )
