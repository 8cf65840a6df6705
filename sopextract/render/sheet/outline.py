"""Outlines of the form's symbols and of arrow heads as SVG path data, in millimetres."""

from __future__ import annotations

from sopextract.render.sheet.model import Drawn, Layout, SheetModel

PENTAGON_SHOULDER = 0.8  # of its height: DrawingML's flowChartOffpageConnector
ARROW_LONG, ARROW_WIDE = 1.6, 1.4  # as arrow heads of office programs look beside 0.3 mm lines


def number(value: float) -> str:
    """A number as short as a hundredth of a millimetre allows."""
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"


def outline(drawn: Drawn, width: float, height: float) -> str:
    """The closed outline of a symbol whose box starts at 0, 0."""
    w, h = number(width), number(height)
    if drawn == "keputusan":
        x, y = number(width / 2), number(height / 2)
        return f"M{x} 0L{w} {y}L{x} {h}L0 {y}Z"
    if drawn == "terminator":
        r = number(min(width, height) / 2)
        right, left = number(width - min(width, height) / 2), r
        return f"M{left} 0H{right}A{r} {r} 0 0 1 {right} {h}H{left}A{r} {r} 0 0 1 {left} 0Z"
    if drawn == "konektor":
        low = number(height * PENTAGON_SHOULDER)
        return f"M0 0H{w}V{low}L{number(width / 2)} {h}L0 {low}Z"
    return f"M0 0H{w}V{h}H0Z"


def arrow_head(side: str, width: float, height: float) -> str:
    """The head of an arrow that enters a box of this size from this side."""
    long, wide = ARROW_LONG, ARROW_WIDE / 2
    x, y = {"N": (width / 2, 0.0), "S": (width / 2, height), "W": (0.0, height / 2),
            "E": (width, height / 2)}[side]  # fmt: skip
    dx, dy = {"N": (0, -1), "S": (0, 1), "W": (-1, 0), "E": (1, 0)}[side]
    base = (x + dx * long, y + dy * long)
    a, b = (base[0] + dy * wide, base[1] + dx * wide), (base[0] - dy * wide, base[1] - dx * wide)
    points = " ".join(f"{number(px)} {number(py)}" for px, py in ((x, y), a, b))
    return f"M{points}Z"


def entered_sides(sheet: SheetModel, layout: Layout) -> dict[int, tuple[str, ...]]:
    """For each symbol that is entered, the sides where an arrow head stands."""
    sides: dict[int, set[str]] = {}
    for connector in layout.routing.connectors:
        if connector.side:
            sides.setdefault(sheet.edges[connector.edge].target, set()).add(connector.side)
    return {symbol: tuple(sorted(found)) for symbol, found in sides.items()}
