"""Tests for sopextract.render.drawing: presets draw what was laid out."""

from __future__ import annotations

import re

import pytest

from sopextract.render.drawing import Geometry, line_geometry, line_ink
from sopextract.render.prepare import place_sheet
from sopextract.render.sheet.placed import PlacedLine, Spot, complete
from sopextract.settings import RenderSettings
from tests.render.flows import crowded_flow


def _drawn(geometry: Geometry) -> list[Spot]:
    """The corners of a preset as ECMA-376 (presetShapeDefinitions) says that it is drawn."""
    guide = re.search(r"val (-?\d+)", geometry.form)
    share = int(guide[1]) / 100_000 if guide else 0.5
    form = re.search(r'prst="(\w+)"', geometry.form)
    assert form is not None
    corners = {
        "straightConnector1": [(0.0, 0.0), (1.0, 1.0)],
        "bentConnector2": [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0)],
        "bentConnector3": [(0.0, 0.0), (share, 0.0), (share, 1.0), (1.0, 1.0)],
    }[form[1]]
    box = geometry.box
    if "flipH" in geometry.xfrm:
        corners = [(1 - x, y) for x, y in corners]
    if "flipV" in geometry.xfrm:
        corners = [(x, 1 - y) for x, y in corners]
    corners = [(box.left + x * box.width, box.top + y * box.height) for x, y in corners]
    return corners[::-1] if geometry.reverse else corners


@pytest.mark.parametrize("seed", range(12))
def test_presets_draw_the_line_as_laid_out(seed: int) -> None:
    for page in place_sheet(crowded_flow(seed), RenderSettings()).pages:
        for line in (complete(line, page.lines) for line in page.lines):
            geometry = line_geometry(line)
            if geometry.native:
                drawn = [v for spot in _drawn(geometry) for v in spot]
                assert drawn == pytest.approx([v for p in line.points for v in p], abs=0.05)


def test_a_line_first_down_is_drawn_first_down_where_its_ends_differ_in_the_last_decimal() -> None:
    points = ((115.9, 61.3), (115.9 + 1e-12, 72.2), (172.2, 72.2))
    line = PlacedLine(points, True, 0, 1, "S", "W", "")

    assert line_geometry(line).reverse


@pytest.mark.parametrize(("last_mm", "size"), [(1.3, "sm"), (10.0, "med")])
def test_the_head_of_a_line_is_no_longer_than_its_last_piece(last_mm: float, size: str) -> None:
    points = ((0.0, 0.0), (20.0, 0.0), (20.0, 30.0), (20.0 - last_mm, 30.0))

    ink = line_ink(PlacedLine(points, True, 0, 1, "E", "E", ""), reverse=False)

    assert f'<a:tailEnd type="triangle" w="{size}" len="{size}"/>' in ink
