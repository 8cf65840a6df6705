"""Corners that the pieces of broken lines leave open, and those that they are drawn on beyond."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sopextract.ingest.scan.bars import MEET, WIDE_GAP, Bar
from sopextract.ingest.scan.raster import Grey

# Points.
_RIM = 1.0  # from a line's middle to where its ink ends
# How far a line steps aside, no more than the gap between dashes; how far apart its ends are.
_JOG, _JOG_OFF = (1.2, 3.6), 2.0


def without_overshoot(bars: Sequence[Bar], ink: Grey, per_pt: float) -> list[Bar]:
    """The bars that were drawn on beyond the corner at which they turn, over a gap like that
    between dashes to a line that passes by there, cut at their corner.
    """
    found = []
    for bar in bars:
        across = [other for other in bars if other.level is not bar.level]
        for way in (-1, 1):
            end = bar.start if way < 0 else bar.end
            passed = [
                other.at
                for other in across
                if abs(other.at - end) <= MEET and other.start + MEET < bar.at < other.end - MEET
            ]
            corners = [
                other.at
                for other in across
                if min(abs(other.start - bar.at), abs(other.end - bar.at)) <= MEET
                and _RIM < way * (end - other.at) <= WIDE_GAP
            ]
            if not passed or not corners:
                continue
            corner = max(corners, key=lambda at: way * at)
            line = min(passed, key=lambda at: abs(at - end))
            low, high = sorted((corner + way * _RIM, line - way * _RIM))
            if high > low and not _is_inked(ink, bar, low, high, per_pt):
                bar = replace(bar, start=corner) if way < 0 else replace(bar, end=corner)
        found.append(bar)
    return found


def with_jogs(bars: Sequence[Bar]) -> list[Bar]:
    """The bars, and the short steps aside by which one goes on in another."""
    steps: list[Bar] = []
    for a in bars:
        for b in bars:
            off, gap = abs(a.at - b.at), b.start - a.end
            if a.level is not b.level or abs(gap) > _JOG_OFF or not _JOG[0] <= off <= _JOG[1]:
                continue
            steps.append(Bar(not a.level, (a.end + b.start) / 2, *sorted((a.at, b.at))))
    return [*bars, *steps]


def _is_inked(ink: Grey, bar: Bar, low: float, high: float, per_pt: float) -> bool:
    """Whether there is ink on a stretch of a bar's way."""
    grid = ink if bar.level else ink.T
    first, last = max(0, round((bar.at - _RIM) * per_pt)), round((bar.at + _RIM) * per_pt) + 1
    return bool(grid[first:last, max(0, round(low * per_pt)) : round(high * per_pt) + 1].any())
