"""Long straight runs of ink along the rows of a picture: pieces of rules, told from letters."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from sopextract.ingest.page.rules import Rule
from sopextract.ingest.scan.connected import connected
from sopextract.ingest.scan.morphology import closed, opened
from sopextract.ingest.scan.raster import Grey

# Points. Gaps of worn rules are bridged before runs are looked for.
_BRIDGE = 1.5
_MAX_THICK = 4.0
_INKED = 0.8  # of a run; stacked letters with bridged gaps have less
# Beside a row of letters ink begins once in five points, beside a rule where connectors cross it.
_LETTERS, _LETTER = 0.15, 9.0
_INKED_JOINED = 0.3  # of what was joined of pieces, dotted ones too
# A line as long, of which the best rows within as much have nearly all in ink, is none of letters:
# lines of Arial, Times and DejaVu of 7 to 12 points have 0.75 to 0.81 of them, heavily blurred 0.94
# at most (bold). Text set close beside a rule does not matter to it.
_SOLID_PT, _SOLID_HALF, _SOLID = 60.0, 0.6, 0.97
# Points: between the first and the last third of a run as short a rule of a flat page leans by 0.2
# at most, and bends by 0.1; the side of a round stamp between two rows by 0.5 and more.
_SHORT, _THIRDS, _BEYOND, _LEANS, _BENDS = 60.0, 3, 1.2, 0.7, 0.4
# Dotted rules: half of their length is ink, but none stands beside them.
_DOT_BRIDGE, _DOT_INKED, _DOT_BESIDE = 3.2, 0.3, 0.12
_BESIDE_FROM, _BESIDE_TO = 0.7, 1.8
_WIDE = 1.2  # half of a rule's width, at most
_SAME, _GAP = 1.3, 9.0  # pieces of one rule: how far off its line, how far apart
_LETTER_HEIGHT, _LETTER_APART = 24.0, 9.0


def find_runs(ink: Grey, per_pt: float, shortest_pt: float, level: bool) -> list[Rule]:
    """Straight runs along the rows of `ink`, solid or dotted, in points."""
    solid = _runs(ink, per_pt, shortest_pt, _BRIDGE)
    found = [run for run in solid if _is_line(ink, run, per_pt) and _is_level(ink, run, per_pt)]
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
    shortest = max(3, round(shortest_pt * per_pt))
    count, _, stats = connected(opened(closed(ink, (gap + 1, 1)), (shortest, 1)))
    thickest = _MAX_THICK * per_pt
    runs = []
    for k in range(1, count):
        x, y, w, h, size = (int(v) for v in stats[k])
        if h <= thickest or size / w <= thickest:
            runs.append((x, y, x + w, y + h))
    return runs


def _is_line(ink: Grey, run: _Run, per_pt: float, inked: float = _INKED) -> bool:
    """Whether a run is a line, not a row of letters: these have ink above or below as well."""
    if _is_solid(ink, run, per_pt):
        return True
    return _share(ink, run) >= inked and not any(
        strip.any(axis=0).mean() > _LETTERS
        and _changes(strip) > (run[2] - run[0]) / per_pt / _LETTER
        for strip in _strips(ink, run, per_pt)
    )


def _is_level(ink: Grey, run: _Run, per_pt: float) -> bool:
    """Whether a short run neither leans nor bends as the sides of a stamp do."""
    x0, y0, x1, y1 = run
    if x1 - x0 >= _SHORT * per_pt:
        return True
    reach = round(_BEYOND * per_pt)
    top = max(0, y0 - reach)
    strip = ink[top : y1 + reach, x0:x1]
    sums = strip.sum(axis=0, dtype=np.int64)
    seen = np.flatnonzero(sums)
    if len(seen) < _THIRDS:
        return True
    rows = np.arange(len(strip))[:, None]
    middles = (strip[:, seen] * rows).sum(axis=0) / sums[seen] / per_pt
    first, middle, last = (float(np.median(part)) for part in np.array_split(middles, _THIRDS))
    return abs(last - first) <= _LEANS and abs(middle - (first + last) / 2) <= _BENDS


def _is_solid(ink: Grey, run: _Run, per_pt: float) -> bool:
    """Whether a long run is inked all along the same few rows."""
    x0, y0, x1, y1 = run
    if x1 - x0 < _SOLID_PT * per_pt:
        return False
    strip, half = ink[y0:y1, x0:x1], round(_SOLID_HALF * per_pt)
    best = int(strip.sum(axis=1, dtype=np.int64).argmax())
    rows = strip[max(0, best - half) : best + half + 1]
    return float(rows.any(axis=0).mean()) >= _SOLID


def holds(ink: Grey, rule: Rule, per_pt: float) -> bool:
    """Whether a rule joined of pieces is a line as a whole; `ink` has it along its rows."""
    half = 0.8 * per_pt
    top, bottom = int(rule.at * per_pt - half), int(rule.at * per_pt + half) + 1
    run = (int(rule.start * per_pt), max(0, top), int(rule.end * per_pt), bottom)
    return _is_line(ink, run, per_pt, _INKED_JOINED)


def is_letter(rule: Rule, others: Iterable[Rule]) -> bool:
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
    middle, half = (y0 + y1) / 2, min((y1 - y0) / 2, _WIDE * per_pt)
    near, far = half + _BESIDE_FROM * per_pt, half + _BESIDE_TO * per_pt
    strips = (
        ink[max(0, round(middle - far)) : max(0, round(middle - near)), x0:x1],
        ink[round(middle + near) : round(middle + far), x0:x1],
    )
    return [strip for strip in strips if strip.size]


def merge_runs(rules: Iterable[Rule], level: bool) -> list[Rule]:
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
