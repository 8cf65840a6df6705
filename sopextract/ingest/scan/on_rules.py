"""Lines that run along a rule of the table for a stretch, and would go with it when it is taken.

A rule is as dark all along; where a line lies on it there is more ink. A stretch of more ink is a
line where lines end on the rule at both of its ends: it joins them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from sopextract.core.geometry import BBox, contains, grow
from sopextract.ingest.scan.bars import Bar
from sopextract.ingest.scan.raster import Grey, Mask

Floats = npt.NDArray[np.float64]

# Points.
_BAND, _FLANK = 2.0, 5.0  # half of where a rule's ink is, and of what is looked at around it
_THICK = 3.6  # lines on rules are thinner
_WINDOW = 6.0  # a dash and a gap of the longest dashes, two dots and their gaps
_DASH = 14.0  # dashes of rules stand as near to each other; what crosses a line on one, farther
_CROSSED = 8.0  # as far a rule across hides it: its own width, the window, a worn corner
_SHORTEST, _LEAST_RULE = 8.0, 24.0
# More ink than the rule has, as points of black across it, and as a share of the rule's own: dotted
# lines on grey rules of made scans have .12 and half as much again, noise of 200 dots an inch .04.
_MORE, _MORE_SHARE = 0.08, 0.3
_USUAL = 0.25  # the quantile of a rule's ink that is the rule alone
_AT_END = 4.5  # from the end of a stretch to the line that ends there; from that to the rule
_TO_SYMBOL, _INSIDE = 26.0, 1.0  # as far a line turns beside its symbol; from the symbol's corners
_AT_SYMBOL = 2.0  # as near a line comes to the symbol at which it ends
_OFF = 1.2  # ink as far aside is the line's own
_RIM = 1.2  # of rules and symbols, what is no ink of the line
_INKED = 0.4  # of the way to a symbol dots cover
_SCORE = 0.93


@dataclass(frozen=True, slots=True)
class Ground:
    """What bars lie on, in points: the page's grey, all its ink, boxes of symbols and rules."""

    grey: Grey
    dark: Mask
    symbols: Sequence[BBox]
    rules: Sequence[BBox]
    per_pt: float


def with_lines_on_rules(bars: Sequence[Bar], ground: Ground) -> list[Bar]:
    """The bars, and the lines on rules that join some of them or lead on to a symbol."""
    found = list(bars)
    for stretch in _stretches(ground):
        first, last = (_corner(stretch, way, found, ground) for way in (-1, 1))
        if first is None or last is None or _leads_home(first, last, ground):
            continue
        if last.at - first.at >= _SHORTEST:
            between = replace(stretch, start=first.at, end=last.at)
            found = _with(found, [first, last, between])
    return found


def _leads_home(a: Bar, b: Bar, ground: Ground) -> bool:
    """Whether two bars touch one symbol: they are its own sides, drawn on to a rule."""
    tips = [bar.point(end) for bar in (a, b) for end in (bar.start, bar.end)]
    return any(
        sum(contains(grow(box, _AT_SYMBOL), tip) for tip in tips) > 1 for box in ground.symbols
    )


def _with(bars: Sequence[Bar], more: Sequence[Bar]) -> list[Bar]:
    """The bars with more of them; what lies within one of these is part of it."""
    kept = [bar for bar in bars if not any(_is_within(bar, other) for other in more)]
    return [*kept, *dict.fromkeys(more)]


def _is_within(bar: Bar, other: Bar) -> bool:
    return (
        bar.level is other.level
        and abs(bar.at - other.at) <= _OFF
        and other.start - _OFF <= bar.start
        and bar.end <= other.end + _OFF
    )


def _stretches(ground: Ground) -> Iterator[Bar]:
    """Where rules have more ink than elsewhere."""
    for box in ground.rules:
        level = box[2] - box[0] >= box[3] - box[1]
        profile = _ink_along(ground, box, level)
        if profile is None:
            continue
        start, ink = profile
        usual = float(np.quantile(ink, _USUAL))
        over = ink - usual > max(_MORE, _MORE_SHARE * usual)
        pieces = _runs(over, 0)
        for a, b in _runs(over, round(_CROSSED * ground.per_pt)):
            if b - a < _SHORTEST * ground.per_pt:
                continue
            parts = sum(a <= piece[0] and piece[1] <= b for piece in pieces)
            if parts > 2 and b - a < parts * _DASH * ground.per_pt:
                continue  # the dashes of the rule itself
            half = (usual + float(np.median(ink[a:b]))) / 2
            inner = np.flatnonzero(ink[a:b] >= half)
            at = box[1] if level else box[0]
            first, last = ((start + a + inner[k]) / ground.per_pt for k in (0, -1))
            yield Bar(level, at, float(first), float(last), _SCORE)


def _runs(over: Mask, gap: int) -> list[tuple[int, int]]:
    """Where a mask is true, from and to; short gaps between are bridged."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], over.astype(np.int8), [0]))))
    runs: list[tuple[int, int]] = []
    for a, b in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if runs and a - runs[-1][1] <= gap:
            runs[-1] = (runs[-1][0], b)
        else:
            runs.append((a, b))
    return runs


def _ink_along(ground: Ground, box: BBox, level: bool) -> tuple[int, Floats] | None:
    """How much ink there is across a rule, place by place: points of black. None outside."""
    grid = ground.grey if level else ground.grey.T
    at, (start, end) = (box[1], box[::2]) if level else (box[0], box[1::2])
    k = ground.per_pt
    low, high = round((at - _FLANK) * k), round((at + _FLANK) * k) + 1
    first, last = max(0, round(start * k)), min(grid.shape[1], round(end * k))
    if low < 0 or high > grid.shape[0] or last - first < _LEAST_RULE * k:
        return None
    part = np.ascontiguousarray(255 - grid[low:high, first:last])
    # what is thicker than lines are is no line: a filled row, a watermark, what crosses the rule
    across = np.ones((round(_THICK * k) | 1, 1), np.uint8)
    ground_ink = cv2.morphologyEx(part, cv2.MORPH_OPEN, across)
    more = (part - ground_ink)[round((_FLANK - _BAND) * k) :][: round(2 * _BAND * k) + 1]
    window = round(_WINDOW * k) | 1
    ink = more.sum(axis=0, dtype=np.float64) / 255 / k
    return first, np.asarray(cv2.blur(ink.reshape(1, -1), (window, 1)).ravel(), np.float64)


def _corner(stretch: Bar, way: int, bars: Sequence[Bar], ground: Ground) -> Bar | None:
    """The bar across a rule that ends where a stretch on it ends, drawn on to the rule.

    It is one of those found, or the little that leads to a symbol beside the rule.
    """
    end = stretch.start if way < 0 else stretch.end
    best: tuple[float, Bar] | None = None
    for bar in bars:
        if bar.level is stretch.level or abs(bar.at - end) > _AT_END:
            continue
        gaps = [abs(bar.start - stretch.at), abs(bar.end - stretch.at)]
        if min(gaps) > _AT_END or (
            bar.start < stretch.at - _AT_END and bar.end > stretch.at + _AT_END
        ):
            continue
        drawn = (
            replace(bar, start=min(bar.start, stretch.at))
            if gaps[0] < gaps[1]
            else replace(bar, end=max(bar.end, stretch.at))
        )
        if best is None or abs(bar.at - end) < best[0]:
            best = abs(bar.at - end), drawn
    if best is not None:
        return best[1]
    stubs = [s for s in (_stub(stretch, end, side, ground) for side in (-1, 1)) if s is not None]
    return stubs[0] if len(stubs) == 1 else None


def _stub(stretch: Bar, end: float, side: int, ground: Ground) -> Bar | None:
    """The way from the end of a stretch to the symbol on one side of its rule, if it is inked."""
    best: Bar | None = None
    for box in ground.symbols:
        along, across = (box[1::2], box[::2]) if stretch.level else (box[::2], box[1::2])
        if not across[0] + _INSIDE <= end <= across[1] - _INSIDE:
            continue
        low, high = (along[1], stretch.at) if side < 0 else (stretch.at, along[0])
        if 2 * _RIM < high - low <= _TO_SYMBOL and (
            best is None or high - low < best.end - best.start
        ):
            best = Bar(not stretch.level, end, low, high, _SCORE)
    return None if best is None else _on_ink(best, ground)


def _on_ink(stub: Bar, ground: Ground) -> Bar | None:
    """A short way moved to where its ink is; None without any."""
    grid = ground.dark if stub.level else ground.dark.T
    k = ground.per_pt
    first, last = round((stub.start + _RIM) * k), round((stub.end - _RIM) * k) + 1
    low = max(0, round((stub.at - _AT_END) * k))
    part = grid[low : round((stub.at + _AT_END) * k) + 1, max(0, first) : last]
    if not part.size:
        return None
    thick = max(1, round(_OFF * k))
    shares = [part[r : r + thick].any(axis=0).mean() for r in range(len(part) - thick + 1)]
    best = float(max(shares))
    if best < _INKED:
        return None
    rows = [r for r, share in enumerate(shares) if share >= 0.9 * best]
    return replace(stub, at=(low + float(np.mean(rows)) + thick / 2) / k)
