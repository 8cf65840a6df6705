"""Lines of the flow that were taken for rules of the table, since they run on from wall to wall.

A rule ends on other rules. The ink of a line ends before them: at a symbol, or at a corner from
where it goes on across; and one of its ends leads to a symbol. One that leads through symbols has
their middles on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto

import numpy as np
import numpy.typing as npt

from sopextract.core.geometry import BBox, centre, contains, exchanged, grow
from sopextract.ingest.page.rules import Rule
from sopextract.ingest.scan.raster import Mask
from sopextract.ingest.scan.symbols import PixelSymbol

# Points.
_SAME, _NEXT = 1.6, 8.0  # pieces of one rule: how far off its line, and apart
_BAND = 1.2  # half of where a rule's ink is
_GAP = 4.6  # between dots and dashes
_PIECE = 9.0  # shorter runs of ink on a rule are what crosses it
_WALL = 1.6  # half of where the ink of a rule across is
_COVERED = 0.5  # of a rule the ink of its line; a darker stretch of a pale rule is less
_SHORT_OF = 3.2  # what ends nearer to a rule across stands on it
_AT_SYMBOL, _INSIDE = 8.0, 1.5  # from the end of a line with its head to the symbol; its corners
_CORNER = (1.8, 9.0)  # from a line the ink of the leg that goes on at its corner
_ASIDE = 1.2  # half of where a leg's ink is
# Points from its middle a line leaves a symbol, and how many it leads through: symbols that reach
# over a wall (looks 9509 to 9518 and 9551 to 9556) have their middles farther from it.
_MIDDLE, _STRUNG = 2.5, 2
_LEG, _BARE = 0.35, 0.15  # of the leg dots cover; of the other side less


class _End(Enum):
    """Where the ink of a line ends."""

    SYMBOL = auto()
    LEG = auto()  # at a corner, from which a leg leads straight to a symbol
    CORNER = auto()


def without_flow(
    rules: Sequence[Rule], symbols: Sequence[PixelSymbol], dark: Mask, per_pt: float
) -> list[Rule]:
    """The rules without those that are lines between symbols."""
    boxes = [symbol.bbox for symbol in symbols]
    dark = _without_symbols(dark, boxes, per_pt)
    flow: set[Rule] = set()
    for rule in rules:
        if rule in flow:
            continue
        pieces = _pieces(rule, rules)
        across = [r for r in rules if r.level is not rule.level]
        if _strings(pieces, boxes) or _is_flow(pieces, across, boxes, dark, per_pt):
            flow.update(pieces)
    return [rule for rule in rules if rule not in flow]


def _without_symbols(dark: Mask, boxes: Sequence[BBox], per_pt: float) -> Mask:
    left = dark.copy()
    for box in boxes:
        x0, y0, x1, y1 = (max(0, round(v * per_pt)) for v in grow(box, _INSIDE))
        left[y0 : y1 + 1, x0 : x1 + 1] = False
    return left


def _pieces(rule: Rule, rules: Sequence[Rule]) -> list[Rule]:
    """A rule and those that go on with it on its line."""
    row = sorted(
        (r for r in rules if r.level is rule.level and abs(r.at - rule.at) <= _SAME),
        key=lambda r: r.start,
    )
    k = row.index(rule)
    first = last = k
    while first > 0 and row[first].start - row[first - 1].end <= _NEXT:
        first -= 1
    while last + 1 < len(row) and row[last + 1].start - row[last].end <= _NEXT:
        last += 1
    return row[first : last + 1]


def _is_flow(
    pieces: Sequence[Rule],
    across: Sequence[Rule],
    symbols: Sequence[BBox],
    dark: Mask,
    per_pt: float,
) -> bool:
    """Whether the ink of a rule is that of a line."""
    level = pieces[0].level
    at = float(np.median([r.at for r in pieces]))
    start, end = min(r.start for r in pieces), max(r.end for r in pieces)
    walls = [r.at for r in across if r.start - _NEXT <= at <= r.end + _NEXT]
    grid = dark if level else dark.T
    extent = _extent(grid, at, (start, end), walls, per_pt)
    if extent is None:
        return False
    first, last = extent
    if any(abs(wall - tip) <= _SHORT_OF for wall in walls for tip in (first, last)):
        return False
    ends = []
    for tip, way in ((first, -1), (last, 1)):
        ends.append(_end(level, at, tip, way, symbols, grid, per_pt))
    return None not in ends and any(e in (_End.SYMBOL, _End.LEG) for e in ends)


def _strings(pieces: Sequence[Rule], symbols: Sequence[BBox]) -> bool:
    """Whether an upright rule leads from symbol to symbol: some stand on it with their middles.

    Those on a wall between two lanes stand there by chance, each in its own way.
    """
    if pieces[0].level:
        return False
    at = float(np.median([r.at for r in pieces]))
    start, end = min(r.start for r in pieces), max(r.end for r in pieces)
    middles = [centre(box) for box in symbols]
    return sum(abs(x - at) <= _MIDDLE and start < y < end for x, y in middles) >= _STRUNG


def _extent(
    grid: Mask, at: float, rule: tuple[float, float], walls: Sequence[float], per_pt: float
) -> tuple[float, float] | None:
    """From where to where the one line on a rule goes; ink of walls does not count.

    None where there are several, as of a rule that symbols lie on, or little of the rule is inked.
    """
    low = max(0, round((at - _BAND) * per_pt))
    inked = np.asarray(grid[low : round((at + _BAND) * per_pt) + 1].any(axis=0))
    for wall in walls:
        inked[max(0, round((wall - _WALL) * per_pt)) : round((wall + _WALL) * per_pt) + 1] = False
    runs = _runs(inked, (_GAP + 2 * _WALL) * per_pt, _PIECE * per_pt)
    on_rule = [
        (a / per_pt, b / per_pt)
        for a, b in runs
        if min(b / per_pt, rule[1]) - max(a / per_pt, rule[0]) >= _PIECE
    ]
    if len(on_rule) != 1:
        return None
    ((first, last),) = on_rule
    covered = min(last, rule[1]) - max(first, rule[0])
    return (first, last) if covered >= _COVERED * (rule[1] - rule[0]) else None


def _end(
    level: bool,
    at: float,
    tip: float,
    way: int,
    symbols: Sequence[BBox],
    grid: Mask,
    per_pt: float,
) -> _End | None:
    """What stands where the ink of a line ends; `grid` is such that the line is level."""
    upright = [box if level else exchanged(box) for box in symbols]
    for x0, y0, x1, y1 in upright:
        gap = x0 - tip if way > 0 else tip - x1
        if y0 + _INSIDE <= at <= y1 - _INSIDE and -_AT_SYMBOL <= gap <= _AT_SYMBOL:
            return _End.SYMBOL
    legs = [_leg(at, tip, side, grid, per_pt) for side in (-1, 1)]
    if (legs[0] > _LEG) is (legs[1] > _LEG) or min(legs) > _BARE:
        return None
    far = _far_end(at, tip, -1 if legs[0] > _LEG else 1, grid, per_pt)
    near = any(contains(grow(box, _AT_SYMBOL), (tip, far)) for box in upright)
    return _End.LEG if near else _End.CORNER


def _strip(tip: float, grid: Mask, per_pt: float) -> Mask:
    """The pixels of a leg at a place along a line, true where there is ink."""
    left = max(0, round((tip - _ASIDE) * per_pt))
    return np.asarray(grid[:, left : round((tip + _ASIDE) * per_pt) + 1].any(axis=1))


def _leg(at: float, tip: float, side: int, grid: Mask, per_pt: float) -> float:
    """Which share of the way across, to one side of the end of a line, is inked."""
    near, far = sorted((at + side * _CORNER[0], at + side * _CORNER[1]))
    part = _strip(tip, grid, per_pt)[max(0, round(near * per_pt)) : max(0, round(far * per_pt))]
    return float(part.mean()) if part.size else 0.0


def _far_end(at: float, tip: float, side: int, grid: Mask, per_pt: float) -> float:
    """How far a leg goes in ink, dots and dashes joined."""
    strip = _strip(tip, grid, per_pt)
    origin = round(at * per_pt)
    ahead = strip[origin:] if side > 0 else strip[: origin + 1][::-1]
    inked = np.flatnonzero(ahead)
    breaks = np.flatnonzero(np.diff(inked) > _GAP * per_pt)
    steps = int(inked[breaks[0]] if len(breaks) else inked[-1]) if len(inked) else 0
    return at + side * steps / per_pt


def _runs(inked: npt.NDArray[np.bool_], gap: float, least: float) -> list[tuple[int, int]]:
    """The runs of ink, dots and dashes joined, from and to; without what is shorter."""
    at = np.flatnonzero(inked)
    if not len(at):
        return []
    breaks = np.flatnonzero(np.diff(at) > gap)
    starts = at[np.concatenate(([0], breaks + 1))]
    ends = at[np.concatenate((breaks, [len(at) - 1]))]
    return [(int(a), int(b)) for a, b in zip(starts, ends, strict=True) if b - a >= least]
