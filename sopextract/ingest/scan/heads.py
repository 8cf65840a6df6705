"""Heads at the ends of bars: ink that grows narrow to a tip, as wide on both sides of the line."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from sopextract.core.geometry import Point
from sopextract.ingest.scan.bars import Bar
from sopextract.ingest.scan.raster import Grey

Floats = npt.NDArray[np.float64]

# Points: the window in which a head is looked for, and what one measures. The smallest heads of
# made and real sheets are 3 wide and as long, the largest 9; behind it the line must be seen.
_AHEAD, _BACK, _SIDE = 2.5, 14.0, 5.0
_LONGEST, _SHORTEST = 9.5, 1.4
_WIDE = 2.4
_THIN = 1.0  # a line where none is seen behind its head
_TIMES = 1.9  # as wide as its line a head is at least
_EVEN = 0.4  # of the wider side the other has at least this share …
_EVEN_SURE = 0.65  # … and where nothing else lies beside it
_POINTED = 0.72  # of its width it has at its tip, which its symbol may cut off
_GROWS = 0.7  # correlation of its width with the distance from its tip
_FULL = 0.42  # of its greatest width it has on the mean: a triangle has half
_FALLS = 0.72  # of its width is left behind it, where the line goes on
_FRONT, _BEHIND = 0.25, 1.2  # the share that is its tip; points behind it
_LONG, _BEHIND_LONG = 3.5, 2.4  # the back of one that is so long may be blurred, by a rule as well
# A head whose tip went with its symbol's outline: short and blunt, but even, and it ends at once.
_CUT_SHORTEST, _CUT_EVEN, _CUT_POINTED, _CUT_GROWS, _CUT_FALLS = 1.0, 0.6, 0.92, 0.8, 0.4
# More of it went, or it has a notch behind: a block as long as a short head, hardly narrower ahead.
_BLUNT_EVEN, _BLUNT_POINTED = 0.75, 0.97
# A slim head on a thick line: wider than it by so many points, as long, narrowing as steadily and
# to as small a share of its width, and so much of that is left behind it.
_SLIM_WIDER, _SLIM_LONG, _SLIM_GROWS, _SLIM_POINTED, _SLIM_FALLS = 0.45, 1.6, 0.9, 0.62, 0.9
_CLEAN = 3.0  # points of bare line at an end: no head stands there, whatever joins it later
_UNCLEAR = 2.2  # ink as wide as that at an end is no line alone
# Points: what is left of a symbol's outline before a head that falls short of it, and how far off;
# a dot of a dotted line has a dot's width at most to the next.
_CRUMB, _CRUMB_OFF = 1.2, 2.2
# Points: how long the barbs of an open head are that hang on nothing, and how far from the end of
# their line; the share of one that lies where the other is mirrored.
_BARB, _BARB_OFF, _MIRRORED = 5.0, 2.5, 0.5
_ASIDE = 1.5  # pixels
_SURE, _CUT, _HALF_SEEN = 1.0, 0.97, 0.93
_SIZE, _HALF = 5.0, 2.2  # points: how long a head is drawn, and half its width


Triangle = tuple[Point, Point, Point]


@dataclass(frozen=True, slots=True)
class EndSeen:
    """What stands at an end of a bar: where its head points to (a place along the bar; None for
    no head) and how surely, or `unclear`: ink that may be one.
    """

    tip: float | None = None
    score: float = 1.0
    unclear: bool = False


def look_at_end(ink: Grey, bar: Bar, way: int, per_pt: float) -> EndSeen:
    """What the ink at the start (`way` -1) or the end (1) of a bar is."""
    widths = _profile(ink, bar, way, per_pt)
    if widths is None:
        return EndSeen()
    up, down, offset = widths
    wide = up + down + 1.0
    line = _behind(wide, per_pt)
    thin = _thickness(wide, line, per_pt)
    aside = float(np.median(up[line] - down[line])) / 2 if line.any() else 0.0
    if abs(aside) <= _ASIDE:  # a bar's place is a mean of rows: its line may lie a little aside
        up, down = up - aside, down + aside
    deep = min(len(wide), round(_LONGEST * per_pt))
    most = float(wide[:deep].max())
    tip = (bar.start if way < 0 else bar.end) + way * (_AHEAD - offset / per_pt)
    if _is_slim_head(wide, up, down, thin, per_pt):
        return EndSeen(tip, _HALF_SEEN)
    if most < max(_UNCLEAR * per_pt, _TIMES * thin):
        return EndSeen()
    score = _head_score(wide, up, down, thin, per_pt)
    if score is None or most < _WIDE * per_pt:
        clean = wide[: round(_CLEAN * per_pt)].max() < _UNCLEAR * per_pt
        return EndSeen(unclear=not clean)
    return EndSeen(tip, score)


def _behind(wide: Floats, per_pt: float) -> npt.NDArray[np.bool_]:
    """Which columns of a profile are the line behind a head, if it has one; none where it ends."""
    columns = np.arange(len(wide))
    after = columns > np.flatnonzero(wide >= 0.9 * wide.max())[-1]
    far = columns >= (6 * per_pt if len(wide) > 8 * per_pt else len(wide))
    line = far & after & (wide > 1)
    ends = len(wide) > 1 and bool(wide[-1] <= 1)
    return line if line.sum() > 1 or ends else far & (wide > 1)


def _thickness(wide: Floats, line: npt.NDArray[np.bool_], per_pt: float) -> float:
    """How thick the line of a profile is; of an arrow that is all head what its tip has."""
    if line.any():
        thin = float(np.median(wide[line]))
    elif len(wide) > 8 * per_pt:
        thin = float(np.quantile(wide[wide > 1], 0.25)) if (wide > 1).any() else 0.0
    else:
        thin = 0.0
    return max(thin, _THIN * per_pt)


def _profile(ink: Grey, bar: Bar, way: int, per_pt: float) -> tuple[Floats, Floats, int] | None:
    """How far ink reaches on both sides of a bar, pixel by pixel back from its tip, and how many
    pixels the tip lies before the window's end; None where the ink ends nowhere here.

    Where another line crosses, the profile stops.
    """
    grid = ink if bar.level else ink.T
    end = round((bar.start if way < 0 else bar.end) * per_pt)
    middle, side = round(bar.at * per_pt), round(_SIDE * per_pt)
    ahead, back = round(_AHEAD * per_pt), round(_BACK * per_pt)
    first, last = (end - back, end + ahead) if way > 0 else (end - ahead, end + back)
    top = middle - side
    if top < 0 or first < 0:
        grid = np.pad(grid, ((max(0, -top), 0), (max(0, -first), 0)))
        top, middle = max(0, top), middle + max(0, -top)
        first, last = max(0, first), last + max(0, -first)
    part = np.ascontiguousarray(grid[top : middle + side + 1, first:last])
    part = part[:, ::-1] if way > 0 else part
    if not part.any() or part.shape[0] < 2 * side:
        return None
    kept = _on_axis(part, side, per_pt)
    columns = np.flatnonzero(kept.any(axis=0))
    if not len(columns) or columns[0] == 0:
        return None
    tip = int(columns[_crumb(columns, per_pt)])
    rows = np.arange(kept.shape[0])[:, None] - side
    up = np.where(kept, -rows, 0).max(axis=0).astype(np.float64)[tip:]
    down = np.where(kept, rows, 0).max(axis=0).astype(np.float64)[tip:]
    crossed = np.flatnonzero((up >= side - 2) | (down >= side - 2))
    stop = int(crossed[0]) if len(crossed) else len(up)
    if stop < _CUT_SHORTEST * per_pt:
        return None
    return up[:stop], down[:stop], tip


def _crumb(columns: npt.NDArray[np.intp], per_pt: float) -> int:
    """How many columns at the end of a line are but a crumb before it: of a symbol's outline."""
    gaps = np.flatnonzero(np.diff(columns) > _CRUMB_OFF * per_pt)
    if not len(gaps) or columns[gaps[0]] - columns[0] >= _CRUMB * per_pt:
        return 0
    return int(gaps[0]) + 1


def _on_axis(part: Grey, middle: int, per_pt: float) -> npt.NDArray[np.bool_]:
    """The ink of a window that hangs together with what lies on its middle row, with the barbs of
    an open head that its dotted line does not touch: one on each side, mirrored.
    """
    count, names, stats, _ = cv2.connectedComponentsWithStats(
        np.ascontiguousarray(part), connectivity=8
    )
    here = np.unique(names[middle - 1 : middle + 2])
    kept = np.asarray(np.isin(names, here[here > 0]))
    away = (part > 0) & ~kept
    if not away.any() or not kept.any() or part.shape[0] != 2 * middle + 1:  # cut by the page
        return kept
    thick = cv2.dilate(away[::-1].astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    end = int(np.flatnonzero(kept.any(axis=0))[0])
    for k in sorted(set(range(1, count)) - set(here.tolist())):
        x, y, w, h, size = (int(v) for v in stats[k])
        near = abs(x - end) <= _BARB_OFF * per_pt and y > 0 and y + h < len(part)
        if near and w <= _BARB * per_pt and (thick & (names == k)).sum() >= _MIRRORED * size:
            kept |= names == k
    return kept


def _head_score(wide: Floats, up: Floats, down: Floats, thin: float, per_pt: float) -> float | None:
    """How surely a profile is that of a head on a line as thick as `thin`; None when it is none."""
    deep = min(len(wide), round(_LONGEST * per_pt))
    most = float(wide[:deep].max())
    base = int(np.flatnonzero(wide[:deep] >= 0.9 * most)[-1])
    if base < _CUT_SHORTEST * per_pt:
        return None
    front = max(2, int(_FRONT * base))
    # over the back of it: at its very end it may stand on a dot of the line that turns there
    sides = float(up[base // 2 : base + 1].sum()), float(down[base // 2 : base + 1].sum())
    even = min(sides) / max(*sides, 1.0)
    pointed = float(wide[:front].mean()) / most
    grown = wide[: base + 1]
    grows = float(np.corrcoef(np.arange(len(grown)), grown)[0, 1]) if np.ptp(grown) else 0.0
    steady = base >= _LONG * per_pt and grows >= _SLIM_GROWS
    far = _BEHIND_LONG if steady else _BEHIND
    behind = wide[base + 1 : base + 1 + max(2, round(far * per_pt))]
    falls = float(behind[-1]) / most if len(behind) > 1 else None
    if float(grown.mean()) < _FULL * most:
        return None  # a bare line, and then the back of a head that points away
    long = base >= _SHORTEST * per_pt
    if long and even >= _EVEN and pointed <= _POINTED and grows >= _GROWS:
        if falls is None or falls <= _FALLS:
            return _SURE if even >= _EVEN_SURE and falls is not None else _HALF_SEEN
        return None
    to_line = len(behind) > 1 and behind[-1] <= thin + 1 and most >= _TIMES * thin
    ends = to_line or (falls is not None and falls <= _CUT_FALLS)
    if not ends or even < _CUT_EVEN:
        return None
    if pointed <= _CUT_POINTED and grows >= _CUT_GROWS:
        return _CUT
    blunt = long and even >= _BLUNT_EVEN and pointed <= _BLUNT_POINTED and grows > 0
    return _HALF_SEEN if blunt else None


def _is_slim_head(wide: Floats, up: Floats, down: Floats, thin: float, per_pt: float) -> bool:
    """Whether an end narrows evenly to a point, little wider though it is than its thick line."""
    most = float(wide[: round(_LONGEST * per_pt)].max())
    if not _SLIM_WIDER * per_pt <= most - thin <= (_TIMES - 1) * thin:
        return False
    base = int(np.argmax(wide >= 0.9 * most))
    while base + 1 < len(wide) and wide[base + 1] >= 0.9 * most:
        base += 1
    behind = wide[base + 1 : base + 1 + round(_BEHIND * per_pt)]
    if base < _SLIM_LONG * per_pt or not len(behind) or behind.min() > _SLIM_FALLS * most:
        return False
    grown = wide[: base + 1]
    grows = float(np.corrcoef(np.arange(len(grown)), grown)[0, 1]) if np.ptp(grown) else 0.0
    pointed = float(wide[: max(2, int(_FRONT * base))].mean()) <= _SLIM_POINTED * most
    even = min(up[base], down[base]) >= _EVEN * max(up[base], down[base])
    return grows >= _SLIM_GROWS and pointed and even


def head_of(bar: Bar, seen: EndSeen, way: int) -> tuple[Bar, Triangle]:
    """A bar that ends in its head, and the head: a triangle, its tip first."""
    tip = seen.tip if seen.tip is not None else bar.end
    back = tip - way * _SIZE
    corners = ((tip, bar.at), (back, bar.at - _HALF), (back, bar.at + _HALF))
    # the shaft ends inside its head, where it would if a printer had drawn it
    stop = tip - way * 1.0
    bar = replace(bar, start=stop) if way < 0 else replace(bar, end=stop)
    a, b, c = corners if bar.level else ((y, x) for x, y in corners)
    return bar, (a, b, c)
