"""Straight lines among ink, level and upright, whole ones and broken ones."""

from __future__ import annotations

from sopextract.ingest.scan.morphology import closed, opened, transposed
from sopextract.ingest.scan.raster import Grey

# Points.
_DASH_GAP, _THIN = 3.6, 2.6  # between the dashes of one line; what is as thick is none
_LONG = 9.0  # straight ink of this length under a word's box is a line, not its letters


def straight_ink(ink: Grey, per_pt: float) -> Grey:
    """The ink of level and upright lines, broken ones too; no letters."""
    return _lines(ink, True, per_pt) | _lines(ink, False, per_pt)


def _lines(ink: Grey, level: bool, per_pt: float) -> Grey:
    """The ink of straight lines that are level or upright, broken ones too.

    Letters in a row are broken lines as well, thick ones.
    """
    rows = ink if level else transposed(ink)
    long = max(3, round(_LONG * per_pt)), 1
    joined = closed(rows, (round(_DASH_GAP * per_pt), 1))
    thin = joined & (1 - opened(joined, (1, round(_THIN * per_pt))))
    found = opened(rows, long) | (opened(thin, long) & rows)
    return found if level else transposed(found)
