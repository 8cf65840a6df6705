"""A table that was cut out along its frame, and lost the frame's line with the cut."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from sopextract.ingest.scan.raster import Pixels, Raster

# Points. Paper is put round the picture, so that its edge is not that of the page.
_MARGIN = 12.0
_DEEP = 11.0  # a line that runs so far in from the edge is a rule: a row's least height
_THICK = 4.0  # the thickest rule
_DRAWN = 1.0
_LINES = 3  # so many rules that end at one edge were cut there: both sides, and one between
_DARK = 200  # of 255; the outermost line is often paler
_INKED = 0.9  # share of a rule's length


def framed(raster: Raster) -> tuple[Raster, float]:
    """The picture with paper round it, and how many points of it there are on each side.

    Where rules run out of the picture, a line is drawn along that edge, from the first to the last
    of them: what people cut out of a sheet is a table, and they cut through its frame.
    """
    pad = round(_MARGIN * raster.per_pt)
    whole = np.pad(raster.pixels, ((pad, pad), (pad, pad), (0, 0)), constant_values=255)
    half = max(1, round(_DRAWN * raster.per_pt / 2))
    for turns in range(4):
        side = np.rot90(raster.pixels, turns)
        ends = _cut_rules(side, raster.per_pt)
        if len(ends) >= _LINES:
            seen = np.rot90(whole, turns)  # a view: its top is the side that is looked at
            seen[pad - half : pad + half, pad + ends[0] : pad + ends[-1] + 1] = 0
    return replace(raster, pixels=whole), pad / raster.per_pt


def _cut_rules(side: Pixels, per_pt: float) -> npt.NDArray[np.int_]:
    """Where rules run out of the top edge: the columns of their middles, from the left."""
    strip = side[: round(_DEEP * per_pt)].min(axis=2) < _DARK
    inked = strip.mean(axis=0) >= _INKED
    edges = np.flatnonzero(np.diff(np.concatenate(([False], inked, [False])).astype(np.int8)))
    starts, ends = edges[::2], edges[1::2]
    thin = ends - starts <= _THICK * per_pt
    middles: npt.NDArray[np.int_] = (starts + ends)[thin] // 2
    return middles
