"""The lines between symbols among the pixels of a flat page, and their heads.

Taken away first is all that is known: symbols with what is in them, rules, words. What is left in
the lanes are connectors, and dirt. Straight runs become bars, joined where a rule was taken from
under them and where they meet; what leans becomes a slanted bar; ink on both sides of a bar's end
is a head. Nothing is completed: a bar that ends at nothing is left as it is, and told as such
later.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from sopextract.core.geometry import BBox, Point, centre, contains, grow
from sopextract.ingest.page.rules import Rule
from sopextract.ingest.page.strokes import Word
from sopextract.ingest.scan.apart import without_rules
from sopextract.ingest.scan.raster import Grey, Mask
from sopextract.ingest.scan.symbols import PixelSymbol
from sopextract.lexicon.cabang import is_exit

Floats = npt.NDArray[np.float64]

# Points.
_RIM = 1.1  # of a symbol that is taken away, outside its outline's middle
_SIGN = 2  # letters: a head is read as V, Y, 4 or <
_AROUND_WORD = 2.0  # a line stops as near to a word that stands in its way
_HANGS = 3.0  # as far a line goes on from its head
_LONG = 9.0  # straight ink of this length under a word's box is a line, not its letters
_DASH_GAP = 3.6  # between the dashes of one connector
_SHORTEST = 4.2  # bar; a rule's band on both sides of it leaves as little between two rows
_SHAFT = 2.2  # the shortest bar that ends in a head
_THICKEST = 2.6
_SOLID = 2.3  # discs of this width fit in a head, not in a line
_SAME, _GAP = 1.0, 4.6  # pieces of one bar: how far off its line, and apart (a rule's band)
_WIDE_GAP = 7.5
_SPUR, _TOWARDS = 7.0, 5.0  # the longest barb; as far a stub goes on to its symbol
_MEET = 3.0  # bars whose ends come as near as this meet
_HEAD_BACK, _HEAD_AHEAD, _HEAD_SIDE = 6.0, 7.5, 4.2  # the window in which a head is looked for
_BESIDE = 3.0  # from a rule: the lines of a double one stand 1 to 2.5 apart
_HEAD_INK = 0.8  # square points on each side: the smallest heads seen have 2
_NEAR_END, _UNCLEAR_INK = 5.0, 1.2  # square points
_TAPER = 0.75  # at its tip, or where its symbol cuts it off, against where it is widest
_HEAD_EVEN = 0.25  # of the fuller side the other has at least this share
_LEAN_LENGTH, _LEAN_THICK = 9.0, 2.6
_LEAN = 0.08  # the least slope; less is the rim of a bar
_MARGIN = 14.0  # beside the lanes: loops may run outside of them


@dataclass(frozen=True, slots=True)
class Bar:
    """A straight piece of connector, level or upright: its place across, and its two ends."""

    level: bool
    at: float
    start: float
    end: float

    def point(self, along: float) -> Point:
        """The point of the bar at a place along it."""
        return (along, self.at) if self.level else (self.at, along)


@dataclass(frozen=True, slots=True)
class PixelConnectors:
    """Lines (polylines) and heads (triangles, tip first), in points of the flat page.

    `unclear` are ends of lines with ink beside them that is no head as far as can be seen.
    """

    lines: tuple[tuple[Point, ...], ...]
    heads: tuple[tuple[Point, Point, Point], ...]
    unclear: tuple[Point, ...]


def find_connectors(
    dark: Mask,
    symbols: Sequence[PixelSymbol],
    rules: Sequence[Rule],
    words: Sequence[Word],
    lanes: BBox,
    per_pt: float,
) -> PixelConnectors:
    """The connectors in the lanes, a box in points of the flat page."""
    x0, y0, x1, y1 = (max(0, round(v * per_pt)) for v in grow(lanes, _MARGIN))
    ink = _left_over(dark.astype(np.uint8), symbols, rules, words, lanes, per_pt)[y0:y1, x0:x1]
    if not ink.any():
        return PixelConnectors((), (), ())
    solid = _solid(ink, per_pt)
    thin = np.asarray(cv2.bitwise_and(ink, cv2.bitwise_not(solid * 255) // 255), np.uint8)
    corner = (x0 / per_pt, y0 / per_pt)
    bars = [bar for way in (True, False) for bar in _bars(thin, per_pt, way, _SHORTEST)]
    bars = [bar for bar in bars if not _is_rest_of_rule(bar, rules, corner)]
    loose = ink.copy()
    for bar in bars:
        _wipe(loose, bar, per_pt)
    bars += _shafts(np.asarray(cv2.bitwise_and(thin, loose), np.uint8), solid, per_pt)
    boxes = [_back(s.bbox, corner) for s in symbols]
    bars = [_drawn_on(bar, ink, per_pt) for bar in bars]
    over = [_back(grow(w.bbox, _AROUND_WORD), corner) for w in words]
    bars = _without_spurs(_joined([_through_words(bar, over, boxes) for bar in bars], over), boxes)
    slanted = cv2.bitwise_and(loose, cv2.bitwise_not(solid * 255) // 255)
    leaning = _leaning(np.asarray(slanted, np.uint8), per_pt)
    heads: list[tuple[Point, Point, Point]] = []
    drawn: list[Bar] = []
    unclear: list[Point] = []
    for bar in bars:
        bar, found = _with_heads(bar, loose, per_pt)
        heads.extend(found)
        drawn.append(bar)
        unclear.extend(_unclear_ends(bar, loose, per_pt))
    lines = [(bar.point(bar.start), bar.point(bar.end)) for bar in _met(drawn)]
    return PixelConnectors(
        tuple(tuple(_moved(p, corner) for p in line) for line in (*lines, *leaning)),
        tuple((_moved(a, corner), _moved(b, corner), _moved(c, corner)) for a, b, c in heads),
        tuple(_moved(p, corner) for p in unclear),
    )


def _moved(point: Point, by: Point) -> Point:
    return point[0] + by[0], point[1] + by[1]


def _back(box: BBox, corner: Point) -> BBox:
    return box[0] - corner[0], box[1] - corner[1], box[2] - corner[0], box[3] - corner[1]


def _left_over(
    ink: Grey,
    symbols: Iterable[PixelSymbol],
    rules: Sequence[Rule],
    words: Iterable[Word],
    lanes: BBox,
    per_pt: float,
) -> Grey:
    """The ink without symbols, words and rules."""
    left = without_rules(ink, rules, per_pt)
    for symbol in symbols:
        outline = np.round(np.array([symbol.points]) * per_pt).astype(np.int32)
        cv2.fillPoly(left, list(outline), 0)
        cv2.polylines(left, list(outline), True, 0, max(3, round(2 * _RIM * per_pt)))
    _wipe_words(left, words, lanes, per_pt)
    return left


def _wipe_words(ink: Grey, words: Iterable[Word], lanes: BBox, per_pt: float) -> None:
    """Take away words; a line that runs through one of them stays."""
    long = max(3, round(_LONG * per_pt))
    level = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, long), np.uint8))
    upright = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((long, 1), np.uint8))
    lines = cv2.bitwise_or(level, upright)
    for word in words:
        wx0, wy0, wx1, wy1 = (max(0, round(v * per_pt)) for v in grow(word.bbox, 0.8))
        if (
            len(word.text) <= _SIGN
            and contains(lanes, centre(word.bbox))
            and (not is_exit(word.text) or _hangs_on_a_line(ink, (wx0, wy0, wx1, wy1), per_pt))
        ):
            continue
        ink[wy0:wy1, wx0:wx1] = lines[wy0:wy1, wx0:wx1]


def _hangs_on_a_line(ink: Grey, box: tuple[int, int, int, int], per_pt: float) -> bool:
    """Whether the ink of a box goes on outside of it: a head that was read as a letter."""
    reach = round(_HANGS * per_pt)
    x0, y0, x1, y1 = box
    left, top = max(0, x0 - reach), max(0, y0 - reach)
    part = ink[top : y1 + reach, left : x1 + reach]
    if not part.size:
        return False
    count, names, stats, _ = cv2.connectedComponentsWithStats(part, connectivity=8)
    inside = np.bincount(names[y0 - top : y1 - top, x0 - left : x1 - left].ravel(), minlength=count)
    inside[0] = 0
    k = int(np.argmax(inside))
    return bool(inside[k] > 0 and stats[k, 4] - inside[k] > _HANGS * per_pt)


def _solid(ink: Grey, per_pt: float) -> Grey:
    """Where ink is thicker than lines are: filled heads, blots."""
    size = round(_SOLID * per_pt) | 1
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    core = cv2.morphologyEx(ink, cv2.MORPH_OPEN, disc)
    return np.asarray(cv2.bitwise_and(cv2.dilate(core, np.ones((3, 3), np.uint8)), ink), np.uint8)


def _shafts(ink: Grey, solid: Grey, per_pt: float) -> list[Bar]:
    """Short bars that end in something solid: arrows hardly longer than their heads."""
    found = []
    for level in (True, False):
        heads = solid if level else solid.T
        for bar in _bars(ink, per_pt, level, _SHAFT):
            at, low, high = (round(v * per_pt) for v in (bar.at, bar.start, bar.end))
            if heads[max(0, at - 2) : at + 3, max(0, low - 3) : high + 3].any():
                found.append(bar)
    return found


def _bars(ink: Grey, per_pt: float, level: bool, shortest_pt: float) -> list[Bar]:
    """Level or upright runs, dashed ones too."""
    rows = ink if level else np.ascontiguousarray(ink.T)
    gap, shortest = round(_DASH_GAP * per_pt), max(3, round(shortest_pt * per_pt))
    closed = cv2.morphologyEx(rows, cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
    opened = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((1, shortest), np.uint8))
    count, names, stats, _ = cv2.connectedComponentsWithStats(opened, connectivity=8)
    bars: list[Bar] = []
    for k in range(1, count):
        x, y, w, h, size = (int(v) for v in stats[k])
        if h > _THICKEST * per_pt or w < 1.5 * h or size < 0.4 * w:
            continue
        part = (names[y : y + h, x : x + w] == k) & (rows[y : y + h, x : x + w] > 0)
        sums = part.sum(axis=1).astype(np.float64)
        if part.any(axis=0).mean() < 0.35:  # most of it was bridged
            continue
        middle = y + float((sums * np.arange(h)).sum() / sums.sum()) + 0.5
        bars.append(Bar(level, middle / per_pt, x / per_pt, (x + w) / per_pt))
    return bars


def _is_rest_of_rule(bar: Bar, rules: Iterable[Rule], corner: Point) -> bool:
    """Whether a bar lies right beside a rule: the rim of it, or the second line of a double one."""
    along, across = corner if bar.level else corner[::-1]
    return any(
        rule.level is bar.level
        and abs(rule.at - bar.at - across) <= _BESIDE
        and min(rule.end, bar.end + along) - max(rule.start, bar.start + along)
        >= 0.7 * (bar.end - bar.start)
        for rule in rules
    )


def _wipe(ink: Grey, bar: Bar, per_pt: float) -> None:
    """Take away a bar's ink, a line's width."""
    at, half = bar.at * per_pt, round(0.9 * per_pt)
    start, end = round(bar.start * per_pt), round(bar.end * per_pt)
    low, high = max(0, round(at) - half), round(at) + half + 1
    if bar.level:
        ink[low:high, start:end] = 0
    else:
        ink[start:end, low:high] = 0


def _drawn_on(bar: Bar, ink: Grey, per_pt: float) -> Bar:
    """A bar that goes on in ink on its line: in dashes that a rule parted, in its head."""
    grid = ink if bar.level else ink.T
    row = round(bar.at * per_pt)
    line = np.asarray(grid[max(0, row - 1) : row + 2].any(axis=0))
    reach = round(_WIDE_GAP * per_pt)
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


def _through_words(bar: Bar, words: Sequence[BBox], symbols: Sequence[BBox]) -> Bar:
    """A bar drawn on through a word that was written over it, to the symbol behind it."""
    for way in (-1, 1):
        end = bar.start if way < 0 else bar.end
        here = bar.point(end)
        for word in words:
            if not contains(word, here):
                continue
            low, high = (word[0], word[2]) if bar.level else (word[1], word[3])
            exit_ = low if way < 0 else high
            beyond = Bar(bar.level, bar.at, min(end, exit_), max(end, exit_))
            hit = next((box for box in symbols if _hits(beyond, way, box)), None)
            if hit is not None:
                near, far = (hit[0], hit[2]) if bar.level else (hit[1], hit[3])
                stop = far if way < 0 else near
                bar = replace(bar, start=stop) if way < 0 else replace(bar, end=stop)
                break
    return bar


def _joined(bars: Sequence[Bar], words: Sequence[BBox]) -> list[Bar]:
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
    """Whether a word stands where two pieces of one line are parted."""
    if abs(a.at - b.at) > _SAME:
        return False
    ends = a.point(a.end), b.point(b.start)
    return any(all(contains(word, end) for end in ends) for word in words)


def _is_one_line(a: Bar, b: Bar) -> bool:
    """Whether a bar goes on with another; dashes on both sides of a rule leave a wider gap."""
    gap, off = b.start - a.end, abs(a.at - b.at)
    long = min(a.end - a.start, b.end - b.start) >= _WIDE_GAP
    return (off <= _SAME and gap <= _GAP) or (long and off <= 0.6 * _SAME and gap <= _WIDE_GAP)


def _without_spurs(bars: Sequence[Bar], symbols: Sequence[BBox]) -> list[Bar]:
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
            and abs(other.at - end) <= _MEET
            and other.start - _MEET <= bar.at <= other.end + _MEET
            and other.end - other.start > bar.end - bar.start
        ]
        for end in (bar.start, bar.end)
    ]
    crossed = any(
        other.level is not bar.level
        and bar.start < other.at < bar.end
        and other.start - _MEET <= bar.at <= other.end + _MEET
        for other in bars
    )
    free = [
        not met and not any(_hits(bar, way, box) for box in symbols)
        for met, way in zip(meets, (-1, 1), strict=True)
    ]
    return (all(free) and crossed) or (any(free) and any(meets))


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


def _leaning(ink: Grey, per_pt: float) -> list[tuple[Point, ...]]:
    """Straight pieces that are neither level nor upright, in points."""
    joined = cv2.dilate(ink, np.ones((3, 3), np.uint8))
    count, names, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    found: list[tuple[Point, ...]] = []
    for k in range(1, count):
        x, y, w, h, _ = (int(v) for v in stats[k])
        if np.hypot(w, h) < _LEAN_LENGTH * per_pt:
            continue
        ys, xs = np.nonzero((names[y : y + h, x : x + w] == k) & (ink[y : y + h, x : x + w] > 0))
        points = np.stack([xs + x + 0.5, ys + y + 0.5], axis=1) / per_pt
        middle = points.mean(axis=0)
        _, _, axes = np.linalg.svd(points - middle, full_matrices=False)
        along = (points - middle) @ axes[0]
        across = np.abs((points - middle) @ axes[1])
        length = float(np.ptp(along))
        if length < _LEAN_LENGTH or 2 * float(np.quantile(across, 0.95)) > _LEAN_THICK:
            continue
        lean = abs(axes[0][0]), abs(axes[0][1])
        if len(points) < 0.5 * length * per_pt or min(lean) < _LEAN * max(lean):
            continue
        ends = [middle + axes[0] * t for t in (along.min(), along.max())]
        found.append(tuple((float(p[0]), float(p[1])) for p in ends))
    return found


def _with_heads(
    bar: Bar, loose: Grey, per_pt: float
) -> tuple[Bar, list[tuple[Point, Point, Point]]]:
    """A bar drawn on to the tips of its heads, and these."""
    grid = loose if bar.level else loose.T
    heads: list[tuple[Point, Point, Point]] = []
    for way in (-1, 1):
        end = bar.start if way < 0 else bar.end
        tip = _tip(grid, bar.at, end, way, per_pt)
        if tip is None:
            continue
        back = tip - way * 5.0
        half = 2.2
        a, b = ((back, bar.at - half), (back, bar.at + half))
        flip = (lambda p: p) if bar.level else (lambda p: (p[1], p[0]))
        heads.append((flip((tip, bar.at)), flip(a), flip(b)))
        # the shaft ends inside its head, where it would if a printer had drawn it
        bar = replace(bar, start=tip - way * 1.0) if way < 0 else replace(bar, end=tip - way * 1.0)
    return bar, heads


def _unclear_ends(bar: Bar, loose: Grey, per_pt: float) -> list[Point]:
    """The ends of a bar that have ink beside them; at one with a head it makes no difference."""
    grid = loose if bar.level else loose.T
    middle, side = round(bar.at * per_pt), round(_HEAD_SIDE * per_pt)
    found = []
    for end, way in ((bar.start, -1), (bar.end, 1)):
        first, last = sorted((end - way * _NEAR_END, end + way * _NEAR_END / 2))
        low, high = max(0, round(first * per_pt)), max(0, round(last * per_pt))
        window = grid[max(0, middle - side) : middle + side + 1, low:high]
        if int(window.sum()) >= _UNCLEAR_INK * per_pt * per_pt:
            found.append(bar.point(end))
    return found


def _tip(grid: Grey, at: float, end: float, way: int, per_pt: float) -> float | None:
    """Where the head at an end points to, as a place along the bar; None where there is none."""
    first, last = sorted((end - way * _HEAD_BACK, end + way * _HEAD_AHEAD))
    low, high = max(0, round(first * per_pt)), max(0, round(last * per_pt))
    middle, side = round(at * per_pt), round(_HEAD_SIDE * per_pt)
    window = grid[max(0, middle - side) : middle + side + 1, low:high] > 0
    if not window.any():
        return None
    cut = middle - max(0, middle - side)
    least = _HEAD_INK * per_pt * per_pt
    rows = np.abs(np.arange(window.shape[0]) - cut)[:, None]
    best: tuple[int, float] | None = None
    for start, stop in _runs(np.asarray(window.any(axis=0))):
        part = window[:, start:stop]
        inks = sorted((int(part[:cut].sum()), int(part[cut + 1 :].sum())))
        if inks[0] < least or inks[0] < _HEAD_EVEN * inks[1]:
            continue
        reach = np.where(part, rows, 0).max(axis=0).astype(np.float64)  # how wide, place by place
        if way < 0:
            reach = reach[::-1]
        if not _narrows(reach):
            continue
        tip = float(low + (stop if way > 0 else start)) / per_pt
        if best is None or sum(inks) > best[0]:
            best = (sum(inks), tip)
    return best[1] if best is not None else None


def _narrows(reach: Floats) -> bool:
    """Whether a form grows narrow to its tip: by halves, or from where it is widest on.

    The first fails where a stub stands behind the head, the second where its tip is blunt.
    """
    half = len(reach) // 2
    if half < 2:
        return False
    front = reach[int(np.flatnonzero(reach >= reach.max() - 0.5).mean()) :]
    tapers = len(front) >= max(3, 0.35 * len(reach)) and front[-1] <= _TAPER * front[0]
    return tapers or bool(reach[:half].mean() > reach[-half:].mean() + 0.2)


def _runs(drawn: Mask) -> list[tuple[int, int]]:
    """Start and stop of every run of ink along a line; gaps of two pixels are none."""
    places = np.flatnonzero(drawn)
    if not len(places):
        return []
    cuts = np.flatnonzero(np.diff(places) > 3)
    starts = [places[0], *places[cuts + 1]]
    stops = [*places[cuts], places[-1]]
    return [(int(a), int(b) + 1) for a, b in zip(starts, stops, strict=True)]


def _met(bars: Sequence[Bar]) -> list[Bar]:
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
                reaches = other.start - _MEET <= bar.at <= other.end + _MEET
                if reaches and off <= _MEET and (best is None or off < best[0]):
                    best = (off, other.at)
            if best is not None:
                ends[side] = best[1]
        if ends[1] > ends[0]:
            met.append(replace(bar, start=ends[0], end=ends[1]))
    return met
