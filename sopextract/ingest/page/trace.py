"""Flows that are pictures with clean edges (drawings pasted as pictures) turned into strokes.

Such a picture was never paper: its lines are level and upright, one or two pixels wide, and nothing
is skewed. So symbols are the regions that ink encloses, lines are long runs of ink, and a head is
ink on both sides of a line's end. Scans are not read this way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sopextract.core.geometry import BBox, Point
from sopextract.ingest.page.strokes import Stroke

Mask = npt.NDArray[np.bool_]  # (height, width), True where there is ink

# All in points; set on the pictures of the real sheets 001 and 003, which have 192 dots an inch.
_MIN_WIDTH, _MIN_HEIGHT = 8.0, 5.5
_MAX_WIDTH, _MAX_HEIGHT = 150.0, 80.0
_MIN_LINE = 3.4
_MAX_THICK = 2.4
_HEAD_REACH = 4.2
_HEAD_INK = 0.3  # square points of ink on each side of a line's end
_BAND = 1.1


@dataclass(frozen=True, slots=True)
class _Bar:
    """A straight run of ink: level or not, its place across, its two ends, in pixels."""

    level: bool
    at: float
    start: float
    end: float
    thick: int


def trace(ink: Mask, box: BBox, first_path: int) -> list[Stroke]:
    """The strokes of a picture whose ink is given; `box` is its place on the page in points.

    Paths are numbered from `first_path`.
    """
    height, width = ink.shape
    if not height or not width:
        return []
    per_pt = width / max(box[2] - box[0], 1e-6)
    ink = np.pad(ink, 2)
    regions = [r for r in _enclosed(ink) if _is_symbol_sized(r, per_pt)]
    rest = ink.copy()
    for region in regions:
        _clear(rest, region, round(_BAND * per_pt))
    bars = [*_bars(rest, True, per_pt), *_bars(rest, False, per_pt)]
    bars = [bar for bar in bars if not _is_barb(bar, bars, per_pt)]
    loose = rest.copy()
    for bar in bars:
        _wipe(loose, bar)

    def at(x: float, y: float) -> Point:
        return box[0] + (x - 2) / per_pt, box[1] + (y - 2) / per_pt

    shapes: list[tuple[list[Point], bool]] = [
        ([at(x, y) for x, y in _outline(region)], True) for region in regions
    ]
    for bar in bars:
        ends = ((bar.start, bar.at), (bar.end, bar.at))
        shapes.append(([at(*(p if bar.level else p[::-1])) for p in ends], False))
    strokes = [
        Stroke(tuple(points), first_path + k, closed, None, 0.0, 0.75)
        for k, (points, closed) in enumerate(shapes)
    ]
    for triangle in _heads(bars, loose, per_pt):
        corners = tuple(at(x, y) for x, y in triangle)
        number = first_path + len(strokes)
        strokes.append(Stroke((*corners, corners[0]), number, True, 0.0, None))
    return strokes


@dataclass(frozen=True, slots=True)
class _Region:
    """A region of paper that ink encloses: for each of its rows where it begins and ends."""

    top: int
    rows: tuple[tuple[int, int], ...]
    whole: bool  # every row is one run

    @property
    def left(self) -> int:
        return min(a for a, _ in self.rows)

    @property
    def right(self) -> int:
        return max(b for _, b in self.rows)


def _enclosed(ink: Mask) -> list[_Region]:
    """The regions of paper that do not reach the picture's edge."""
    runs: list[tuple[int, int, int]] = []  # row, start, end
    parent: list[int] = []

    def root(k: int) -> int:
        while parent[k] != k:
            parent[k] = parent[parent[k]]
            k = parent[k]
        return k

    above: list[int] = []
    for row in range(ink.shape[0]):
        here: list[int] = []
        for start, end in _runs(~ink[row]):
            k = len(runs)
            runs.append((row, start, end))
            parent.append(k)
            here.append(k)
            for other in above:
                _, a, b = runs[other]
                if a < end and start < b:
                    parent[root(other)] = root(k)
        above = here
    groups: dict[int, list[tuple[int, int, int]]] = {}
    for k, run in enumerate(runs):
        groups.setdefault(root(k), []).append(run)
    height, width = ink.shape
    regions = []
    for members in groups.values():
        touches = any(r in (0, height - 1) or a == 0 or b == width for r, a, b in members)
        if not touches:
            regions.append(_as_region(members))
    return regions


def _as_region(members: Sequence[tuple[int, int, int]]) -> _Region:
    rows: dict[int, tuple[int, int]] = {}
    whole = True
    for row, start, end in members:
        if row in rows:
            whole = False
            rows[row] = (min(rows[row][0], start), max(rows[row][1], end))
        else:
            rows[row] = (start, end)
    top = min(rows)
    return _Region(top, tuple(rows[r] for r in sorted(rows)), whole)


def _runs(row: Mask) -> Iterator[tuple[int, int]]:
    """Start and end of every run of True in a row."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], row.astype(np.int8), [0]))))
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)


def _is_symbol_sized(region: _Region, per_pt: float) -> bool:
    width, height = (region.right - region.left) / per_pt, len(region.rows) / per_pt
    return (
        region.whole and _MIN_WIDTH <= width <= _MAX_WIDTH and _MIN_HEIGHT <= height <= _MAX_HEIGHT
    )


def _outline(region: _Region) -> list[tuple[float, float]]:
    """The region's outline on the middle of the ink round it (a pixel out)."""
    step = max(1, len(region.rows) // 24)
    picked = [*range(0, len(region.rows), step)]
    if picked[-1] != len(region.rows) - 1:
        picked.append(len(region.rows) - 1)
    left = [(region.rows[k][0] - 1.0, region.top + k + 0.5) for k in picked]
    right = [(region.rows[k][1] + 1.0, region.top + k + 0.5) for k in picked]
    left[0], right[0] = (left[0][0], region.top - 1.0), (right[0][0], region.top - 1.0)
    bottom = region.top + len(region.rows) + 1.0
    left[-1], right[-1] = (left[-1][0], bottom), (right[-1][0], bottom)
    return [*left, *reversed(right)]


def _clear(ink: Mask, region: _Region, band: int) -> None:
    """Take away the ink that draws a region's outline."""
    height = ink.shape[0]
    count = len(region.rows)
    for row in range(max(0, region.top - band), min(height, region.top + count + band)):
        near = region.rows[
            max(0, row - region.top - band) : max(1, min(count, row - region.top + band + 1))
        ] or (region.rows[-1],)
        start = min(a for a, _ in near) - band
        end = max(b for _, b in near) + band
        ink[row, max(0, start) : end] = False


def _bars(ink: Mask, level: bool, per_pt: float) -> list[_Bar]:
    """Long thin runs of ink in one direction."""
    shortest, thickest = _MIN_LINE * per_pt, _MAX_THICK * per_pt
    grid = ink if level else ink.T
    open_bars: list[list[tuple[int, int, int]]] = []
    done: list[list[tuple[int, int, int]]] = []
    for row in range(grid.shape[0]):
        runs = [(row, a, b) for a, b in _runs(grid[row]) if b - a >= shortest]
        still: list[list[tuple[int, int, int]]] = []
        for run in runs:
            bar = next(
                (
                    b
                    for b in open_bars
                    if b[-1][1] < run[2] and run[1] < b[-1][2] and b[-1][0] < row
                ),
                None,
            )
            if bar is None:
                bar = []
            else:
                open_bars.remove(bar)
            bar.append(run)
            still.append(bar)
        done.extend(open_bars)
        open_bars = still
    done.extend(open_bars)
    bars = []
    for rows in done:
        longest = max(rows, key=lambda r: r[2] - r[1])
        if len(rows) <= thickest and longest[2] - longest[1] >= 1.5 * len(rows):
            middle = (rows[0][0] + rows[-1][0] + 1) / 2
            bars.append(_Bar(level, middle, longest[1], longest[2], len(rows)))
    return bars


def _is_barb(bar: _Bar, bars: Sequence[_Bar], per_pt: float) -> bool:
    """Whether a short bar is where the two strokes of a head run together, across a line."""
    if bar.end - bar.start > 2 * _MIN_LINE * per_pt:
        return False
    return any(
        other.level is not bar.level
        and bar.start + 2 < other.at < bar.end - 2
        and other.start < bar.at + 1
        and bar.at - 1 < other.end
        and other.end - other.start > bar.end - bar.start
        for other in bars
    )


def _wipe(ink: Mask, bar: _Bar) -> None:
    """Take away a bar's ink, a pixel more on each side."""
    low, high = int(bar.at - bar.thick / 2) - 1, int(bar.at + bar.thick / 2) + 2
    start, end = int(bar.start), int(bar.end)
    if bar.level:
        ink[max(0, low) : high, start:end] = False
    else:
        ink[start:end, max(0, low) : high] = False


def _heads(
    bars: Sequence[_Bar], loose: Mask, per_pt: float
) -> Iterator[tuple[tuple[float, float], ...]]:
    """A triangle for every end of a bar with ink on both sides."""
    reach = _HEAD_REACH * per_pt
    least = _HEAD_INK * per_pt * per_pt
    for bar in bars:
        grid = loose if bar.level else loose.T
        for end, way in ((bar.start, -1), (bar.end, 1)):
            low, high = sorted((end - way * reach, end + way * reach / 2))
            window = grid[
                max(0, int(bar.at - reach)) : int(bar.at + reach) + 1,
                max(0, int(low)) : int(high) + 1,
            ]
            middle = bar.at - max(0, int(bar.at - reach))
            before, after = window[: int(middle)].sum(), window[int(middle) :].sum()
            if min(before, after) < least:
                continue
            filled = np.flatnonzero(window.any(axis=0)) + max(0, int(low))
            tip = max(filled.max() + 1, end) if way > 0 else min(filled.min(), end)
            back = tip - way * reach * 0.9
            half = reach * 0.45
            corners = ((tip, bar.at), (back, bar.at - half), (back, bar.at + half))
            yield corners if bar.level else tuple((y, x) for x, y in corners)
