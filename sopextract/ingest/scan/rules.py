"""The ruled lines of tables among the pixels of a flat page.

Symbols are taken away first, for their sides are lines too. What is left of long straight runs is
joined over gaps; then, as for vectors (page/rules.py), a rule is what ends on other rules.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from sopextract.ingest.page.rules import Rule
from sopextract.ingest.scan.hairlines import find_letters, hairlines
from sopextract.ingest.scan.raster import Grey, Mask
from sopextract.ingest.scan.symbols import PixelSymbol

# Points, and parts of 255. A faint hairline is 8 and more darker than the paper, a scan's noise
# averaged along it 2 to 3; shorter runs may be letters of pale print.
_FAINT_MEAN, _FAINT_BLOCK, _FAINT_DARKER = 5.0, 8.0, 6
_FAINT_LENGTH, _FAINT_THICK = 24.0, 2.2
_MOSTLY_FAINT = 2.0
# Points. Gaps of worn rules are bridged before runs are looked for; the narrowest column (No) is 18
# wide, the lowest row 11 high.
_BRIDGE = 1.5
_LEVEL, _UPRIGHT = 17.0, 11.0
_MAX_THICK = 4.0
_INKED = 0.8  # of a run; stacked letters with bridged gaps have less
# Beside a row of letters ink begins once in five points, beside a rule where connectors cross it.
_LETTERS, _LETTER = 0.15, 9.0
_INKED_JOINED = 0.3  # of what was joined of pieces, dotted ones too
# Dotted rules: half of their length is ink, but none stands beside them.
_DOT_BRIDGE, _DOT_INKED, _DOT_BESIDE = 3.2, 0.3, 0.12
_BESIDE_FROM, _BESIDE_TO = 0.7, 1.8
_SAME, _GAP = 1.3, 9.0  # pieces of one rule: how far off its line, how far apart
_WIDE_GAP = 90.0  # a stamp's width
_END = 2.2  # an end stands on a rule this near; a box beside a rule keeps 3 and more
# As far an end is drawn out to the next rule where it just fades; farther under what covers it.
_STRETCH, _FARTHEST = 6.0, 40.0
_DOUBLE = 3.5  # the lines of a double rule stand as near
_BAND = 1.5  # half of what is taken away of a rule; scanned ones are up to 2 thick
_WIDEST = 9.0  # of what crosses a rule: a head
# An edge of a flat diamond leaves a rule's band aside of where it enters by up to four
# times what it is wide there; with 6 those near its tip are joined to one another.
_ASIDE = 4.5
_CORNER = 2.4  # half of what is taken away where two rules cross
_LEAST_LEVEL = 30.0  # level rules pass several columns; the upper side of a pentagon has 18
_LETTER_HEIGHT, _LETTER_APART = 24.0, 9.0
_TURN = 3.0
# Connectors span the lanes at most, half of a table's width; upright ones most of its height.
_MAIN_LEVEL, _MAIN_UPRIGHT = 0.7, 0.85
_TABLE = 150.0, 30.0  # the least width and height of a table whose corner two rules may make
_RIM = 1.2  # of a symbol that is taken away


def find_rules(
    dark: Mask, symbols: Sequence[PixelSymbol], per_pt: float, grey: Grey | None = None
) -> list[Rule]:
    """Level and upright rules that end on one another, in points of the flat page.

    With the `grey` picture given also those that are too faint to count as ink, where they are most
    of the page's: letters of pale print may look like them.
    """
    ink = without_symbols(dark.astype(np.uint8), symbols, per_pt)
    along, down = ink, _turned(ink)
    if grey is not None:
        covered = find_letters(ink, symbols, per_pt)
        along, down = (
            along | hairlines(grey, along, covered, per_pt),
            down | hairlines(_turned(grey), down, _turned(covered), per_pt),
        )
        return _rules_of(along, down, per_pt, covered)
    return _rules_of(along, down, per_pt, np.zeros_like(ink))


def _turned(picture: Grey) -> Grey:
    """Its columns as rows."""
    return np.ascontiguousarray(picture.T)


def _extent(rules: Iterable[Rule]) -> float:
    """The length of all rules together."""
    return sum(rule.end - rule.start for rule in rules)


def _rules_of(along: Grey, down: Grey, per_pt: float, covered: Grey) -> list[Rule]:
    """The rules in ink whose rows are the page's, and in the same with its columns as rows."""
    found = [*_candidates(along, per_pt, _LEVEL, True), *_candidates(down, per_pt, _UPRIGHT, False)]
    level = [r for r in _merged(found, True) if _holds(along, r, per_pt)]
    level = [r for r in level if r.end - r.start >= _LEAST_LEVEL]
    upright = [r for r in _merged(found, False) if _holds(down, r, per_pt)]
    upright = [r for r in upright if not _is_letter(r, upright)]
    ground = _Ground({True: along, False: down}, {True: covered, False: covered.T}, per_pt)
    return _standing([*_bridged(level, upright), *_bridged(upright, level)], ground)


@dataclass(frozen=True, slots=True, eq=False)
class _Ground:
    """What a rule may be drawn out over, by direction: lines along it and what covers the page."""

    lines: dict[bool, Grey]
    covered: dict[bool, Grey]
    per_pt: float

    def blank(self, level: bool, at: float, start: float, end: float) -> float:
        """How much of a stretch shows no line where it could be seen, in points."""
        part = slice(max(0, round(start * self.per_pt)), round(end * self.per_pt))
        half = 0.8 * self.per_pt
        rows = slice(max(0, round(at * self.per_pt - half)), round(at * self.per_pt + half) + 1)
        drawn = self.lines[level][rows, part].any(axis=0)
        hidden = self.covered[level][rows, part].all(axis=0)
        return float(np.count_nonzero(~(drawn | hidden))) / self.per_pt


def _faint(grey: Grey, per_pt: float) -> Grey:
    """Long thin lines along the rows of a picture that are hardly darker than the paper.

    Noise falls to a fourth when a line's pixels are averaged along it.
    """
    soft = cv2.blur(grey, (round(_FAINT_MEAN * per_pt) | 1, 1))
    block = round(_FAINT_BLOCK * per_pt) | 1
    dark = cv2.adaptiveThreshold(
        soft, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, block, _FAINT_DARKER
    )
    kernel = np.ones((1, round(_FAINT_LENGTH * per_pt)), np.uint8)
    lines = np.asarray(cv2.morphologyEx(dark, cv2.MORPH_OPEN, kernel), np.uint8)
    thick = np.ones((round(_FAINT_THICK * per_pt) | 1, 1), np.uint8)
    wide = cv2.dilate(cv2.morphologyEx(lines, cv2.MORPH_OPEN, thick), thick)
    return np.where(wide > 0, 0, lines).astype(np.uint8)


def without_symbols(ink: Grey, symbols: Iterable[PixelSymbol], per_pt: float) -> Grey:
    """The ink without the rims of symbols; what is in them stays."""
    left = ink.copy()
    for symbol in symbols:
        points = np.round(np.array(symbol.points) * per_pt).astype(np.int32)
        cv2.polylines(left, [points], True, 0, max(3, round(2 * _RIM * per_pt)))
    return left


def without_rules(ink: Grey, rules: Sequence[Rule], per_pt: float, every: bool = False) -> Grey:
    """The ink without rules; where a line crosses one, it is drawn through.

    Which end above goes with which below may not be clear: with `every` all that can are joined,
    so that outlines stay closed.
    """
    left = ink.copy()
    for level, low, high, start, end in _bands(rules):
        grid, whole = (left, ink) if level else (left.T, ink.T)
        top, bottom = max(0, round((low - _BAND) * per_pt)), round((high + _BAND) * per_pt) + 1
        part = slice(max(0, round(start * per_pt)), round(end * per_pt) + 1)
        above = _spans(whole[max(0, top - 3) : top, part].sum(axis=0) > 1)
        below = _spans(whole[bottom : bottom + 3, part].sum(axis=0) > 1)
        band = np.zeros(grid[top:bottom, part].shape, np.uint8)
        for (x0, w0), (x1, w1) in _crossings(above, below, bottom - top + 2, every):
            if max(w0, w1) > _WIDEST * per_pt:
                w0 = w1 = min(w0, w1)
            corners = ((x0 - w0 / 2, -1), (x0 + w0 / 2, -1), (x1 + w1 / 2, bottom - top))
            shape = np.array([[*corners, (x1 - w1 / 2, bottom - top)]])
            cv2.fillPoly(band, list(np.round(shape).astype(np.int32)), 1)
        grid[top:bottom, part] = band
    _wipe_corners(left, rules, per_pt)
    return left


def _wipe_corners(ink: Grey, rules: Sequence[Rule], per_pt: float) -> None:
    """Take away what is left where rules cross: there it is a rule that runs through a rule."""
    upright = [r for r in rules if not r.level]
    for rule in rules:
        if not rule.level:
            continue
        top, bottom = round((rule.at - _CORNER) * per_pt), round((rule.at + _CORNER) * per_pt) + 1
        for other in upright:
            if (
                rule.start - _END <= other.at <= rule.end + _END
                and other.start - _END <= rule.at <= other.end + _END
            ):
                left = round((other.at - _CORNER) * per_pt)
                right = round((other.at + _CORNER) * per_pt) + 1
                ink[max(0, top) : max(0, bottom), max(0, left) : max(0, right)] = 0


def _spans(drawn: Mask) -> list[tuple[float, float]]:
    """The middle and the length of every run of ink along a line of pixels."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], drawn.astype(np.int8), [0]))))
    return [((a + b - 1) / 2, float(b - a)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _crossings(
    above: Sequence[tuple[float, float]],
    below: Sequence[tuple[float, float]],
    reach: float,
    every: bool,
) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """What runs through a rule: its middle and width where it enters and where it leaves.

    Each run below is paired with the nearest above; slanted lines leave up to `reach` beside. What
    is paired with none may be a line that is nearly level: it leaves farther, and is wide.
    """
    pairs = sorted(
        (abs(a - b), i, k)
        for i, (a, _) in enumerate(above)
        for k, (b, _) in enumerate(below)
        if abs(a - b) <= reach
    )
    enters = set(range(len(above))) - {i for _, i, _ in pairs}
    leaves = set(range(len(below))) - {k for _, _, k in pairs}
    pairs += sorted(
        (abs(above[i][0] - below[k][0]), i, k)
        for i in enters
        for k in leaves
        if abs(above[i][0] - below[k][0]) <= _ASIDE * min(above[i][1], below[k][1])
    )
    taken: tuple[set[int], set[int]] = (set(), set())
    found = []
    for _, i, k in pairs:
        if every or (i not in taken[0] and k not in taken[1]):
            taken[0].add(i)
            taken[1].add(k)
            found.append((above[i], below[k]))
    return found


def _bands(rules: Iterable[Rule]) -> list[tuple[bool, float, float, float, float]]:
    """Rules as bands (level, from and to across, start, end); double ones are one band."""
    bands: list[tuple[bool, float, float, float, float]] = []
    for rule in sorted(rules, key=lambda r: (r.level, r.at)):
        for k, (level, low, high, start, end) in enumerate(bands):
            together = level is rule.level and rule.at - high <= _DOUBLE
            if together and rule.start < end and start < rule.end:
                bands[k] = (level, low, rule.at, min(start, rule.start), max(end, rule.end))
                break
        else:
            bands.append((rule.level, rule.at, rule.at, rule.start, rule.end))
    return bands


def _candidates(ink: Grey, per_pt: float, shortest_pt: float, level: bool) -> list[Rule]:
    """Straight runs along the rows of `ink`, solid or dotted."""
    solid = _runs(ink, per_pt, shortest_pt, _BRIDGE)
    found = [run for run in solid if _is_line(ink, run, per_pt)]
    left = ink.copy()
    for x0, y0, x1, y1 in found:
        left[y0:y1, x0:x1] = 0
    for run in _runs(left, per_pt, 2 * shortest_pt, _DOT_BRIDGE):
        alone = all(strip.mean() <= _DOT_BESIDE for strip in _strips(ink, run, per_pt))
        if alone and _share(ink, run) >= _DOT_INKED:
            found.append(run)
    rules = []
    for x0, y0, x1, y1 in found:
        sums = ink[y0:y1, x0:x1].sum(axis=1).astype(np.float64)
        middle = float((sums * np.arange(y0, y1)).sum() / max(sums.sum(), 1)) + 0.5
        rules.append(Rule(level, middle / per_pt, x0 / per_pt, x1 / per_pt))
    return rules


_Run = tuple[int, int, int, int]  # left, top, right, bottom in pixels


def _runs(ink: Grey, per_pt: float, shortest_pt: float, bridge: float) -> list[_Run]:
    gap = max(2, round(bridge * per_pt))
    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, gap + 1), np.uint8))
    kernel = np.ones((1, max(3, round(shortest_pt * per_pt))), np.uint8)
    opened = cv2.morphologyEx(closed, cv2.MORPH_OPEN, kernel)
    count, _, stats, _ = cv2.connectedComponentsWithStats(opened, connectivity=8)
    thickest = _MAX_THICK * per_pt
    runs = []
    for k in range(1, count):
        x, y, w, h, size = (int(v) for v in stats[k])
        if h <= thickest or size / w <= thickest:
            runs.append((x, y, x + w, y + h))
    return runs


def _is_line(ink: Grey, run: _Run, per_pt: float, inked: float = _INKED) -> bool:
    """Whether a run is a line, not a row of letters: these have ink above or below as well."""
    return _share(ink, run) >= inked and not any(
        strip.any(axis=0).mean() > _LETTERS
        and _changes(strip) > (run[2] - run[0]) / per_pt / _LETTER
        for strip in _strips(ink, run, per_pt)
    )


def _holds(ink: Grey, rule: Rule, per_pt: float) -> bool:
    """Whether a rule joined of pieces is a line as a whole; `ink` has it along its rows."""
    half = 0.8 * per_pt
    top, bottom = int(rule.at * per_pt - half), int(rule.at * per_pt + half) + 1
    run = (int(rule.start * per_pt), max(0, top), int(rule.end * per_pt), bottom)
    return _is_line(ink, run, per_pt, _INKED_JOINED)


def _is_letter(rule: Rule, others: Iterable[Rule]) -> bool:
    """Whether a short upright stroke has a like one right beside it: letters of a heading."""
    return rule.end - rule.start < _LETTER_HEIGHT and any(
        0 < abs(o.at - rule.at) < _LETTER_APART
        and o.end - o.start < _LETTER_HEIGHT
        and o.start < rule.end
        and rule.start < o.end
        for o in others
    )


def _changes(strip: Grey) -> int:
    """How often ink begins along a strip."""
    drawn = np.asarray(strip.any(axis=0))
    return int(np.count_nonzero(drawn[1:] & ~drawn[:-1]))


def _share(ink: Grey, run: _Run) -> float:
    """Which share of a run's length has ink."""
    x0, y0, x1, y1 = run
    return float(ink[y0:y1, x0:x1].any(axis=0).mean())


def _strips(ink: Grey, run: _Run, per_pt: float) -> list[Grey]:
    """What stands right above and below a run; its middle counts, for its rims may be wide."""
    x0, y0, x1, y1 = run
    middle, half = (y0 + y1) / 2, min((y1 - y0) / 2, _RIM * per_pt)
    near, far = half + _BESIDE_FROM * per_pt, half + _BESIDE_TO * per_pt
    strips = (
        ink[max(0, round(middle - far)) : max(0, round(middle - near)), x0:x1],
        ink[round(middle + near) : round(middle + far), x0:x1],
    )
    return [strip for strip in strips if strip.size]


def _merged(rules: Iterable[Rule], level: bool) -> list[Rule]:
    """Pieces of one direction joined where they lie on one line and nearly meet."""
    pieces = sorted((r for r in rules if r.level is level), key=lambda r: (r.at, r.start))
    joined: list[Rule] = []
    while pieces:
        rule = pieces.pop(0)
        grown = True
        while grown:
            grown = False
            for k, other in enumerate(pieces):
                if other.at - rule.at > _SAME:
                    break
                if other.start <= rule.end + _GAP and rule.start <= other.end + _GAP:
                    a, b = rule.end - rule.start, other.end - other.start
                    at = (rule.at * a + other.at * b) / (a + b)
                    rule = Rule(level, at, min(rule.start, other.start), max(rule.end, other.end))
                    del pieces[k]
                    grown = True
                    break
        joined.append(rule)
    return joined


def _bridged(rules: list[Rule], across: Sequence[Rule]) -> list[Rule]:
    """Pieces of one line joined over a wide gap (a stamp) where both ends stand on nothing."""

    def hangs(rule: Rule, end: float) -> bool:
        return not any(
            abs(r.at - end) <= _END and r.start - _END <= rule.at <= r.end + _END for r in across
        )

    rules = sorted(rules, key=lambda r: (r.start, r.at))
    joined: list[Rule] = []
    for rule in rules:
        k = next(
            (
                i
                for i, other in enumerate(joined)
                if abs(other.at - rule.at) <= _SAME
                and 0 < rule.start - other.end <= _WIDE_GAP
                and hangs(other, other.end)
                and hangs(rule, rule.start)
            ),
            None,
        )
        if k is None:
            joined.append(rule)
        else:
            a, b = joined[k].end - joined[k].start, rule.end - rule.start
            at = (joined[k].at * a + rule.at * b) / (a + b)
            joined[k] = Rule(rule.level, at, joined[k].start, rule.end)
    return joined


def _standing(rules: list[Rule], ground: _Ground) -> list[Rule]:
    """The rules whose both ends stand on others, drawn to where they stand.

    What does not is taken away until nothing changes; what just overshoots is cut.
    """
    alive = list(rules)
    longest = {
        level: max((r.end - r.start for r in rules if r.level is level), default=0.0)
        for level in (True, False)
    }
    while True:
        index = {level: sorted(
            (r for r in alive if r.level is level), key=lambda r: r.at
        ) for level in (True, False)}  # fmt: skip
        places = {level: [r.at for r in index[level]] for level in index}
        kept: list[Rule] = []
        for rule in alive:
            across, at = index[not rule.level], places[not rule.level]
            first, last = (
                bisect_left(at, rule.start - _FARTHEST),
                bisect_right(at, rule.end + _FARTHEST),
            )
            meets = [r.at for r in across[first:last] if _carries(r, rule)]
            fitted = _fitted(rule, meets, longest[rule.level], ground)
            if fitted is not None:
                kept.append(fitted)
        if len(kept) == len(alive):
            return kept
        alive = kept


def _carries(rule: Rule, other: Rule) -> bool:
    """Whether another rule may end on this one: on its way, or at a corner of the whole table.

    Elsewhere two lines that meet at their ends are a connector that turns.
    """
    if rule.start + _TURN <= other.at <= rule.end - _TURN:
        return True
    if not rule.start - _END <= other.at <= rule.end + _END:
        return False
    level, upright = (rule, other) if rule.level else (other, rule)
    passes = other.start + _TURN <= rule.at <= other.end - _TURN
    return passes or (
        level.end - level.start >= _TABLE[0] and upright.end - upright.start >= _TABLE[1]
    )


def _fitted(rule: Rule, meets: Sequence[float], longest: float, ground: _Ground) -> Rule | None:
    """A rule from the first to the last that it meets; None when an end stands on none.

    One that is about as long as the longest is a table's, whatever its ends do: it is cut.
    """
    if len(meets) < 2:
        return None
    first, last = _ends(rule, meets, ground)
    if last - first < (_LEVEL if rule.level else _UPRIGHT) - 1:
        return None
    if last - first >= (_MAIN_LEVEL if rule.level else _MAIN_UPRIGHT) * longest:
        return replace(rule, start=first, end=last)
    reach = _STRETCH if rule.end - rule.start > 3 * _STRETCH else _END
    if first - rule.start > reach or rule.end - last > reach or last <= first:
        return None
    return replace(rule, start=first, end=last)


def _ends(rule: Rule, meets: Sequence[float], ground: _Ground) -> tuple[float, float]:
    """Where a rule starts and ends: on the nearest rule that it may be drawn out to."""

    def reached(m: float) -> bool:
        if rule.start - _END <= m <= rule.end + _END:
            return True
        gap = (m, rule.start) if m < rule.start else (rule.end, m)
        return ground.blank(rule.level, rule.at, *gap) <= min(_STRETCH, (rule.end - rule.start) / 3)

    near = [m for m in meets if reached(m)]
    if not near:
        return rule.start, rule.start
    return (
        min(near, key=lambda m: abs(m - rule.start)),
        min(near, key=lambda m: abs(m - rule.end)),
    )
