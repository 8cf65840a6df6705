"""What every routed sheet keeps to, whatever the flow."""

from __future__ import annotations

import pytest

from sopextract.render import flow_svg, render
from sopextract.render.sheet import sheet_of
from sopextract.render.sheet.labels import centre_of, scale_of
from sopextract.render.sheet.model import CHANNELS, Connector, Layout, Point, SheetModel, Symbol
from sopextract.settings import RenderSettings
from tests.render.flows import muddle, random_flow

Unit = tuple[Point, Point]


def units(connector: Connector) -> list[Unit]:
    """The connector as steps of one channel unit, each with its lower end first."""
    found: list[Unit] = []
    for (ax, ay), (bx, by) in zip(connector.points, connector.points[1:], strict=False):
        assert ax == bx or ay == by, "not orthogonal"
        dx, dy = (bx > ax) - (bx < ax), (by > ay) - (by < ay)
        x, y = ax, ay
        while (x, y) != (bx, by):
            step = ((x, y), (x + dx, y + dy))
            found.append((min(step), max(step)))
            x, y = x + dx, y + dy
    return found


def inside_symbols(sheet: SheetModel, layout: Layout, connector: Connector) -> list[Point]:
    """Points of the connector that lie in a symbol that is neither its source nor its target."""
    edge = sheet.edges[connector.edge]
    cells = {
        (s.lane, layout.bands.of(s.place))
        for i, s in enumerate(sheet.symbols)
        if i not in (edge.source, edge.target)
    }
    points = {p for unit in units(connector) for p in unit}
    return [
        (x, y)
        for x, y in points
        if (x // CHANNELS, y // CHANNELS) in cells
        and 3 < x % CHANNELS < 13
        and 3 < y % CHANNELS < 13
    ]


def overlapping(layout: Layout) -> set[Unit]:
    """Unit steps on which two connectors lie."""
    seen: set[Unit] = set()
    twice: set[Unit] = set()
    for connector in layout.routing.connectors:
        mine = set(units(connector))
        twice |= seen & mine
        seen |= mine
    return twice


def centre(symbol: Symbol, layout: Layout) -> Point:
    """Where a symbol's middle lies on the grid."""
    return symbol.lane * CHANNELS + 8, layout.bands.of(symbol.place) * CHANNELS + 8


def check(sheet: SheetModel, layout: Layout) -> None:
    """Every promise of the router and of the labels."""
    assert layout.routing.failed == ()
    assert len(layout.routing.connectors) == len(sheet.edges)
    assert overlapping(layout) == set()
    for connector in layout.routing.connectors:
        assert inside_symbols(sheet, layout, connector) == []
        source, target = (
            sheet.symbols[i]
            for i in (sheet.edges[connector.edge].source, sheet.edges[connector.edge].target)
        )
        assert connector.points[0] == centre(source, layout)
        end = connector.points[-1]
        if connector.joins:
            others = [
                c
                for c in layout.routing.connectors
                if c.edge != connector.edge
                and sheet.edges[c.edge].target == sheet.edges[connector.edge].target
            ]
            assert any(end in unit for c in others for unit in units(c))
        else:
            assert end == centre(target, layout)
    assert len(layout.labels) == sum(bool(e.label) for e in sheet.edges)
    assert [label for label in layout.labels if label.hits] == []


@pytest.mark.parametrize("block", range(10))
def test_routing_keeps_its_promises(block: int) -> None:
    for seed in range(block * 20, block * 20 + 20):
        check(*sheet_of(random_flow(seed)))


def test_labels_stand_near_their_exits() -> None:
    """Nobody takes a word for that of an exit two rows away."""
    far = []
    for seed in range(40):
        sheet, layout = sheet_of(random_flow(seed))
        scale = scale_of(layout)
        for label in layout.labels:
            source = sheet.symbols[sheet.edges[label.edge].source]
            width, height = layout.symbols.of(source.drawn_as)
            x, y = centre_of(source, layout, scale)
            left, top = scale.x(label.x) + label.dx_mm, scale.y(label.y) + label.dy_mm
            across = max(left - x, x - left - label.width_mm) - width / 2
            down = max(top - y, y - top - label.height_mm) - height / 2
            far.append(max(across, down))
    assert len(far) > 100
    assert max(far) < 8.0


def test_routing_of_the_widest_and_longest_sheet() -> None:
    check(*sheet_of(random_flow(7, max_actors=15, max_steps=60)))


@pytest.mark.parametrize("seed", range(60))
def test_a_muddle_is_drawn_as_far_as_it_can_be_and_the_rest_told(seed: int) -> None:
    sheet, layout = sheet_of(muddle(seed))
    assert overlapping(layout) == set()
    assert [p for c in layout.routing.connectors for p in inside_symbols(sheet, layout, c)] == []
    assert len(layout.routing.connectors) + len(layout.routing.failed) == len(sheet.edges)
    for index in layout.routing.failed:
        row = sheet.rows[sheet.symbols[sheet.edges[index].source].row]
        assert "ke langkah" in row.note


@pytest.mark.parametrize("seed", range(20))
def test_a_muddle_gives_a_sheet_and_a_picture(seed: int) -> None:
    assert render(muddle(seed), "html", RenderSettings()).endswith(b"</html>")
    assert flow_svg(muddle(seed)).endswith("</svg>")
