"""Places Ya and Tidak: near the exit they belong to, on no line, no symbol, no other label."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from sopextract.render.sheet.measure import text_height_mm, text_width_mm
from sopextract.render.sheet.model import (
    CENTRE,
    CHANNELS,
    Columns,
    LabelPlace,
    Layout,
    Point,
    SheetModel,
    Symbol,
)

Box = tuple[float, float, float, float]  # left, top, right, bottom in millimetres
LABEL_PT, SMALL_PT = 6.5, 5.0
NARROW_MM = 13.0  # below this a lane has no room beside a symbol for "Tidak" at the larger size
OVER_MM = 1.3  # beyond the lanes: the cells beside them have their text 1.4 mm from the border
FEW = 3  # good places: with fewer, other labels may take them all, and smaller ones are tried
STEPS_MM = (0.0, 0.8, 1.6, 2.4, 3.2, 4.5, 6.0, 8.0, 10.0, 13.0, 17.0, 22.0, 30.0)
AIR = 0.35  # millimetres between a label and its line
# What a place beside the line costs, and how far it lies beside it; 0 is on the line
_SHIFTS = ((0.0, -1.0), (0.2, 1.0), (2.0, 0.0), (2.5, -0.6), (2.5, 0.6))
# Beyond this way from its exit a word is hardly taken for that exit's: each further millimetre
FAR_MM, FAR = 6.0, 4.0
SMALLER = 20.0  # what a smaller label costs: 10 mm of the way from its exit
HIT, BORDER, OWN = 1000.0, 1.5, 30.0  # a hit outweighs any distance met on a sheet


@dataclass(frozen=True, slots=True)
class Scale:
    """Maps channel units to millimetres; `tops` and `heights` are those of the bands."""

    lane_mm: float
    tops: tuple[float, ...]
    heights: tuple[float, ...]

    def x(self, unit: int) -> float:
        """Millimetres from the left edge of the first lane."""
        return unit * self.lane_mm / CHANNELS

    def y(self, unit: int) -> float:
        """Millimetres from the top of the first row."""
        band, offset = divmod(unit, CHANNELS)
        return self.tops[band] + offset * self.heights[band] / CHANNELS


def scale_of(layout: Layout) -> Scale:
    """The scale of a measured flow table."""
    heights = layout.bands.split(layout.heights)
    return Scale(layout.columns.lane, tuple(accumulate(heights, initial=0.0)), heights)


def label_pt(columns: Columns) -> float:
    """The type size of labels in lanes this wide."""
    return LABEL_PT if columns.lane >= NARROW_MM else SMALL_PT


def place_labels(sheet: SheetModel, layout: Layout) -> Layout:
    """The layout with one place per labelled connector.

    `hits` counts what its box could not avoid.
    """
    routing, scale = layout.routing, scale_of(layout)
    ground = _ground(sheet, layout, scale)
    usual = label_pt(layout.columns)
    # a smaller label where a larger one would lie on something or too far off
    sizes = ((usual, 0.0), (SMALL_PT, SMALLER)) if usual > SMALL_PT else ((usual, 0.0),)
    choices: list[tuple[int, list[_Choice]]] = []
    for connector in routing.connectors:
        edge = sheet.edges[connector.edge]
        if edge.label:
            size = layout.symbols.of(sheet.symbols[edge.source].drawn_as)
            found: list[_Choice] = []
            for pt, dearer in sizes:
                if sum(choice.cost < SMALLER for choice in found) < FEW:
                    found += [
                        _Choice(*ground.cost(connector.edge, penalty + dearer, box), place, box, pt)
                        for penalty, place, box in _candidates(
                            scale, connector.points, size, edge.label, pt
                        )
                    ]
            choices.append((connector.edge, found))
    # who has the fewest free places chooses first
    choices.sort(key=lambda c: sum(choice.cost < HIT for choice in c[1]))
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
    labels = tuple(placed[c.edge] for c in routing.connectors if c.edge in placed)
    return replace(layout, labels=labels)


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


def _ground(sheet: SheetModel, layout: Layout, scale: Scale) -> _Ground:
    boxes = [_symbol_box(s, layout, scale) for s in sheet.symbols]
    lines = [
        (c.edge, _segment(scale, a, b))
        for c in layout.routing.connectors
        for a, b in pairwise(c.points)
    ]
    lane_mm, lanes = layout.columns.lane, len(sheet.lanes)
    limits = (-OVER_MM, 0.0, lane_mm * lanes + OVER_MM, sum(layout.heights))
    borders = [lane_mm * i for i in range(lanes + 1)]
    return _Ground(boxes, lines, limits, borders, tuple(accumulate(layout.heights, initial=0.0)))


def _count(box: Box, others: Sequence[Box]) -> int:
    """How many boxes a box meets."""
    return sum(_meets(box, other) for other in others)


def _candidates(
    scale: Scale, points: Sequence[Point], size: tuple[float, float], text: str, size_pt: float
) -> Iterator[tuple[float, tuple[int, int, float, float], Box]]:
    """Places along the connector, nearest to the exit first: penalty, anchor, box."""
    width, height = text_width_mm(text, size_pt) + 0.8, text_height_mm(1, size_pt)
    walked = 0.0  # before this piece
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
            penalty = (
                number * 6 + (step - start) * 0.6 + FAR * max(0.0, walked + step - start - FAR_MM)
            )
            for extra, shift in _SHIFTS:
                if across:
                    left = ax + sign * step - (width if sign < 0 else 0)
                    top = ay - height / 2 + shift * (height / 2 + AIR)
                else:
                    top = ay + sign * step - (height if sign < 0 else 0)
                    left = ax - width / 2 - shift * (width / 2 + AIR)
                box = (left, top, left + width, top + height)
                yield penalty + extra, (a[0], a[1], left - ax, top - ay), box
        walked += length - (start if number == 0 else 0.0)


def _symbol_box(symbol: Symbol, layout: Layout, scale: Scale) -> Box:
    width, height = layout.symbols.of(symbol.drawn_as)
    x, y = centre_of(symbol, layout, scale)
    return (x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def centre_of(symbol: Symbol, layout: Layout, scale: Scale) -> tuple[float, float]:
    """Where a symbol's middle lies, in millimetres from the first lane's and row's edge."""
    band = layout.bands.of(symbol.place)
    return scale.x(symbol.lane * CHANNELS + CENTRE), scale.y(band * CHANNELS + CENTRE)


def _segment(scale: Scale, a: Point, b: Point) -> Box:
    xs, ys = sorted((scale.x(a[0]), scale.x(b[0]))), sorted((scale.y(a[1]), scale.y(b[1])))
    return (xs[0] - 0.15, ys[0] - 0.15, xs[1] + 0.15, ys[1] + 0.15)


def _meets(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _inside(box: Box, limits: Box) -> bool:
    return (
        box[0] >= limits[0] and box[1] >= limits[1] and box[2] <= limits[2] and box[3] <= limits[3]
    )
