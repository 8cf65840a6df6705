"""Tables that were cut out along their frame."""

from __future__ import annotations

import numpy as np
import pytest

from sopextract.ingest.pdf.framing import framed
from sopextract.ingest.scan.raster import Raster

PER_PT = 200 / 72
GREY = 150


def table(rules: int, turns: int = 0, top: int = 0) -> Raster:
    """A picture of 400 × 200 points with upright rules down from `top` pixels, turned."""
    pixels = np.full((556, 1111, 3), 255, np.uint8)
    for k in range(rules):
        pixels[top:500, 100 + 200 * k : 103 + 200 * k] = GREY
    return Raster(np.ascontiguousarray(np.rot90(pixels, -turns)), PER_PT)


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_the_edge_through_which_rules_run_is_drawn(turns: int) -> None:
    whole, margin = framed(table(5, turns))
    assert margin == pytest.approx(12, abs=0.2)
    pad = round(margin * PER_PT)
    upright = np.rot90(whole.pixels, turns)
    dark = np.flatnonzero((upright[:, :, 0] < 50).any(axis=1))
    assert dark[0] == pytest.approx(pad, abs=1)  # at the top edge
    across = np.flatnonzero(upright[dark[0], :, 0] < 50)
    assert (across[0], across[-1]) == (pad + 101, pad + 901)  # from the first rule to the last


@pytest.mark.parametrize(
    "picture",
    [
        pytest.param(table(5, top=40), id="paper above the rules"),
        pytest.param(table(2), id="too few"),
        pytest.param(Raster(np.zeros((556, 1111, 3), np.uint8), PER_PT), id="black"),
        pytest.param(Raster(np.full((556, 1111, 3), 255, np.uint8), PER_PT), id="white"),
        pytest.param(Raster(np.full((5, 5, 3), 0, np.uint8), PER_PT), id="tiny"),
    ],
)
def test_nothing_is_drawn_elsewhere(picture: Raster) -> None:
    whole, margin = framed(picture)
    pad = round(margin * PER_PT)
    inside = whole.pixels[pad:-pad, pad:-pad]
    assert (inside == picture.pixels).all()
    assert whole.pixels[:pad].min() == 255
