"""Straight runs of ink, level or upright: pieces of the lines between symbols."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sopextract.core.geometry import BBox, Point, contains
from sopextract.ingest.page.rules import Rule
from sopextract.ingest.scan.connected import connected
from sopextract.ingest.scan.morphology import closed, opened, transposed
from sopextract.ingest.scan.raster import Grey, Mask

# Points.
_DASH_GAP = 3.6  # between the dashes of one connector
_SHAFT = 2.2  # the shortest bar that ends in a head
_THICKEST = 2.6
_BARB = 0.6  # of a bar's length a row of it has; barbs at its end have less
_SAME, _GAP = 1.0, 4.6  # pieces of one bar: how far off its line, and apart (a rule's band)
WIDE_GAP = 7.5  # as far a bar is drawn on at most
_SPUR, _TOWARDS = 7.0, 5.0  # the longest barb; as far a stub goes on to its symbol
MEET = 3.0  # bars whose ends come as near as this meet
_RIM, _ALONG = 2.0, 0.7  # from a bar's middle its rim; the share of it that lies along the bar
_BESIDE = 3.0  # from a rule: the lines of a double one stand 1 to 2.5 apart
# How surely a line was followed over its widest gap: a dash or a rule's band, a word, more.
_BRIDGED, _JUMPED = 0.93, 0.85


@dataclass(frozen=True, slots=True)
class Bar:
    """A straight piece of connector, level or upright: its place across, and its two ends.

    `score` is below 1 where it was not followed in ink of its own.
    """

    level: bool
    at: float
    start: float
    end: float
    score: float = 1.0

    def point(self, along: float) -> Point:
        """The point of the bar at a place along it."""
        return (along, self.at) if self.level else (self.at, along)


def find_bars(ink: Grey, per_pt: float, level: bool, shortest_pt: float) -> list[Bar]:
    """Level or upright runs, dashed ones too."""
    rows = ink if level else transposed(ink)
    gap, shortest = round(_DASH_GAP * per_pt), max(3, round(shortest_pt * per_pt))
    count, names, stats = connected(opened(closed(rows, (gap, 1)), (shortest, 1)))
    bars: list[Bar] = []
    for k in range(1, count):
        x, y, w, h, size = (int(v) for v in stats[k])
        whole = names[y : y + h, x : x + w] == k
        if h > _THICKEST * per_pt:  # barbs and dirt stick to it
            whole = _without_barbs(whole)
            h, size = int(whole.any(axis=1).sum()), int(whole.sum())
        if h > _THICKEST * per_pt or w < 1.5 * h or size < 0.4 * w:
            continue
        part = whole & (rows[y : y + len(whole), x : x + w] > 0)
        sums = part.sum(axis=1).astype(np.float64)
        if part.any(axis=0).mean() < 0.35:  # most of it was bridged
            continue
        middle = y + float((sums * np.arange(len(sums))).sum() / sums.sum()) + 0.5
        bars.append(Bar(level, middle / per_pt, x / per_pt, (x + w) / per_pt))
    return bars


def _without_barbs(bar: Mask) -> Mask:
    """A level bar without the rows of pixels that hold only a part of its length."""
    lengths = bar.sum(axis=1)
    kept = bar.copy()
    kept[lengths < _BARB * lengths.max()] = False
    return kept


def is_rest_of_rule(bar: Bar, rules: Iterable[Rule], corner: Point) -> bool:
    """Whether a bar lies right beside a rule: the rim of it, or the second line of a double one."""
    along, across = corner if bar.level else corner[::-1]
    return any(
        rule.level is bar.level
        and abs(rule.at - bar.at - across) <= _BESIDE
        and min(rule.end, bar.end + along) - max(rule.start, bar.start + along)
        >= 0.7 * (bar.end - bar.start)
        for rule in rules
    )


def wipe_bar(ink: Grey, bar: Bar, per_pt: float) -> None:
    """Take away a bar's ink, a line's width."""
    at, half = bar.at * per_pt, round(0.9 * per_pt)
    start, end = round(bar.start * per_pt), round(bar.end * per_pt)
    low, high = max(0, round(at) - half), round(at) + half + 1
    if bar.level:
        ink[low:high, start:end] = 0
    else:
        ink[start:end, low:high] = 0


def drawn_on(bar: Bar, ink: Grey, per_pt: float) -> Bar:
    """A bar that goes on in ink on its line: in dashes that a rule parted, in its head."""
    grid = ink if bar.level else ink.T
    row = round(bar.at * per_pt)
    line = np.asarray(grid[max(0, row - 1) : row + 2].any(axis=0))
    reach = round(WIDE_GAP * per_pt)
    ends = [round(bar.start * per_pt), round(bar.end * per_pt)]
    for side, way in ((0, -1), (1, 1)):
        at = ends[side]
        while True:
            ahead = line[at : at + reach] if way > 0 else line[max(0, at - reach) : at][::-1]
            inked = np.flatnonzero(ahead)
            if not len(inked):
                break
            step = int(inked[0]) + 1
            while step < len(ahead) and ahead[step]:
                step += 1
            at += way * step
        ends[side] = at
    return replace(bar, start=min(bar.start, ends[0] / per_pt), end=max(bar.end, ends[1] / per_pt))


def through_words(
    bar: Bar, words: Sequence[BBox], symbols: Sequence[BBox], ink: Grey, per_pt: float
) -> Bar:
    """A bar drawn on through a word that was written over it, to the symbol behind it.

    A dashed one ends a gap before the word, and goes on in dashes behind it.
    """
    for way in (-1, 1):
        end = bar.start if way < 0 else bar.end
        here = bar.point(end)
        for word in words:
            if not contains(_longer(word, bar.level, _DASH_GAP), here):
                continue
            low, high = (word[0], word[2]) if bar.level else (word[1], word[3])
            exit_ = low if way < 0 else high
            beyond = Bar(bar.level, bar.at, min(end, exit_), max(end, exit_))
            beyond = drawn_on(beyond, ink, per_pt)
            hit = next((box for box in symbols if _hits(beyond, way, box)), None)
            if hit is not None:
                near, far = (hit[0], hit[2]) if bar.level else (hit[1], hit[3])
                stop = far if way < 0 else near
                bar = replace(bar, start=stop) if way < 0 else replace(bar, end=stop)
                break
    return bar


def _longer(box: BBox, level: bool, by: float) -> BBox:
    """A box with so much more room at both ends of a bar's way."""
    dx, dy = (by, 0.0) if level else (0.0, by)
    return box[0] - dx, box[1] - dy, box[2] + dx, box[3] + dy


def joined_bars(bars: Sequence[Bar], words: Sequence[BBox]) -> list[Bar]:
    """Pieces of one line joined over the bands of rules that were taken from under them, and over
    words.
    """
    left = sorted(bars, key=lambda b: (b.level, b.start))
    done: list[Bar] = []
    for bar in left:
        k = next(
            (
                i
                for i in range(len(done) - 1, -1, -1)
                if done[i].level is bar.level
                and (_is_one_line(done[i], bar) or _word_between(done[i], bar, words))
            ),
            None,
        )
        if k is None:
            done.append(bar)
            continue
        old = done[k]
        a, b = old.end - old.start, bar.end - bar.start
        at = (old.at * a + bar.at * b) / (a + b)
        done[k] = Bar(bar.level, at, old.start, max(old.end, bar.end))
    return done


def _word_between(a: Bar, b: Bar, words: Sequence[BBox]) -> bool:
    """Whether a word stands where two pieces of one line are parted; dashes may end before it."""
    if abs(a.at - b.at) > _SAME:
        return False
    for x0, y0, x1, y1 in words:
        low, high = (x0, x1) if a.level else (y0, y1)
        near, far = (y0, y1) if a.level else (x0, x1)
        on_line = near <= a.at <= far and low <= b.start and high >= a.end
        if on_line and low - a.end <= _GAP and b.start - high <= _GAP:
            return True
    return False


def _is_one_line(a: Bar, b: Bar) -> bool:
    """Whether a bar goes on with another; dashes on both sides of a rule leave a wider gap."""
    gap, off = b.start - a.end, abs(a.at - b.at)
    long = min(a.end - a.start, b.end - b.start) >= WIDE_GAP
    return (off <= _SAME and gap <= _GAP) or (long and off <= 0.6 * _SAME and gap <= WIDE_GAP)


def without_spurs(bars: Sequence[Bar], symbols: Sequence[BBox]) -> list[Bar]:
    """The bars without short ones that stick out of a longer one and lead nowhere: barbs, dirt."""
    return [bar for bar in bars if not _is_spur(bar, bars, symbols)]


def _is_spur(bar: Bar, bars: Sequence[Bar], symbols: Sequence[BBox]) -> bool:
    if bar.end - bar.start > _SPUR:
        return False
    meets = [
        [
            other
            for other in bars
            if other.level is not bar.level
            and abs(other.at - end) <= MEET
            and other.start - MEET <= bar.at <= other.end + MEET
            and other.end - other.start > bar.end - bar.start
        ]
        for end in (bar.start, bar.end)
    ]
    crossed = any(
        other.level is not bar.level
        and bar.start < other.at < bar.end
        and other.start - MEET <= bar.at <= other.end + MEET
        for other in bars
    )
    free = [
        not met and not any(_hits(bar, way, box) for box in symbols)
        for met, way in zip(meets, (-1, 1), strict=True)
    ]
    return (all(free) and crossed) or (any(free) and any(meets))


def ends_free(bar: Bar, bars: Sequence[Bar], symbols: Sequence[BBox]) -> list[int]:
    """The ends of a bar (-1, 1) at which it meets no other bar and would run into no symbol."""
    return [way for way in (-1, 1) if not is_held(bar, way, bars, symbols)]


def is_held(bar: Bar, way: int, bars: Sequence[Bar], symbols: Sequence[BBox]) -> bool:
    """Whether a bar meets another at an end, across, or would run into a symbol there."""
    end = bar.start if way < 0 else bar.end
    met = any(
        other.level is not bar.level
        and other.start - MEET <= bar.at <= other.end + MEET
        and abs(other.at - end) <= MEET
        for other in bars
    )
    return met or any(_hits(bar, way, box) for box in symbols)


def _hits(bar: Bar, way: int, box: BBox) -> bool:
    """Whether a bar carried on a little at one end would reach a box."""
    end = bar.start if way < 0 else bar.end
    x, y = bar.point(end + way * _TOWARDS)
    x0, y0 = bar.point(end)
    return (
        min(x, x0) <= box[2]
        and max(x, x0) >= box[0]
        and min(y, y0) <= box[3]
        and (max(y, y0) >= box[1])
    )


def met_bars(bars: Sequence[Bar]) -> list[Bar]:
    """The bars with their ends drawn to the bars across that they meet."""
    met: list[Bar] = []
    for bar in bars:
        ends = [bar.start, bar.end]
        for side in (0, 1):
            best: tuple[float, float] | None = None
            for other in bars:
                if other.level is bar.level:
                    continue
                off = abs(other.at - ends[side])
                reaches = other.start - MEET <= bar.at <= other.end + MEET
                if reaches and off <= MEET and (best is None or off < best[0]):
                    best = (off, other.at)
            if best is not None:
                ends[side] = best[1]
        if ends[1] > ends[0]:
            met.append(replace(bar, start=ends[0], end=ends[1]))
    return met


def find_shafts(ink: Grey, solid: Grey, per_pt: float) -> list[Bar]:
    """Short bars that end in something solid: arrows hardly longer than their heads.

    A dashed one may end a gap before it.
    """
    found = []
    reach = round(_DASH_GAP * per_pt)
    for level in (True, False):
        heads = solid if level else solid.T
        for bar in find_bars(ink, per_pt, level, _SHAFT):
            at, low, high = (round(v * per_pt) for v in (bar.at, bar.start, bar.end))
            if heads[max(0, at - 2) : at + 3, max(0, low - reach) : high + reach].any():
                found.append(bar)
    return found


def without_rims(shafts: Sequence[Bar], bars: Sequence[Bar]) -> list[Bar]:
    """The shafts that are no rim of a bar that was found, thicker than what was wiped of it."""
    return [shaft for shaft in shafts if not any(_is_rim(shaft, bar) for bar in bars)]


def _is_rim(shaft: Bar, bar: Bar) -> bool:
    return (
        shaft.level is bar.level
        and abs(shaft.at - bar.at) <= _RIM
        and min(shaft.end, bar.end) - max(shaft.start, bar.start)
        >= _ALONG * (shaft.end - shaft.start)
    )


def followed(bar: Bar, dark: Mask, per_pt: float) -> float:
    """How surely a bar is one line: by the widest gap in its ink, rules counted as ink."""
    grid = dark if bar.level else dark.T
    row = round(bar.at * per_pt)
    part = grid[max(0, row - 1) : row + 2, round(bar.start * per_pt) : round(bar.end * per_pt)]
    inked = np.flatnonzero(part.any(axis=0)) if part.size else np.zeros(0)
    if len(inked) < 2:
        return _JUMPED
    widest = (int(np.diff(inked).max()) - 1) / per_pt
    seen = 1.0 if widest <= _GAP else _BRIDGED if widest <= WIDE_GAP else _JUMPED
    return min(seen, bar.score)
