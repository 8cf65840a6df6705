"""Rules among straight lines: those whose ends stand on one another, drawn out to where they do."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from sopextract.ingest.page.rules import Rule
from sopextract.ingest.scan.raster import Grey

# Points. The narrowest column (No) is 18 wide, the lowest row 11 high.
LEAST_LEVEL, LEAST_UPRIGHT = 17.0, 11.0
SAME, _WIDE_GAP = 1.8, 90.0  # pieces of one line parted by a stamp: how far off, how far apart
END = 2.2  # an end stands on a rule this near; a box beside a rule keeps 3 and more
# As far an end is drawn out where it just fades, and at all, under what covers it.
_FADES, _FARTHEST = 6.0, 40.0
# Points. Rules as long fade farther where shading was levelled; flows turn or stop at a symbol.
_LONG, _FADES_LONG = 150.0, 12.0
_LONG_PALE = 18.0  # as a pale one; shorter ones may be letters (hairlines.py)
_PALE = 0.4  # of a line's length has ink at most, where it is a pale rule
# An end may overshoot as far; farther where a line crosses as many rules, which few connectors do.
_OVER, _MANY = 4.0, 6
# Of its length; a rule runs on beyond the words that touch it, as far as the margin of its cell.
_UNDER = 0.95
_LETTERS = 9.0  # points: an end that lies in letters as far is theirs
_AGAIN = 8.0  # a rule that goes on behind a symbol is seen as far again
_CORNER = 5.0  # a line that begins at the end of another is as long
# A connector shows within `_AHEAD` of where it crosses a rule: dashes are a third of it and more,
# and little is beside it.
_AHEAD, _BESIDE, _DASHES, _ALONE = 13.0, 2.6, 0.33, 0.15
# Points around an end that are blank where a rule fades: back from it, and to both sides.
_BEFORE, _CLEAR = 4.0, 4.0
# Of a fading rule's length it has between those that it meets; of a dark one more, over as many.
_STANDS, _STANDS_DARK, _MEETS_DARK = 0.5, 0.6, 4
_TURN = 3.0
_LEAST_SEEN = 0.5  # of a dark one as short; the rest is drawn on under what covers it
_LEAST_PALE = 24.0  # points: what is pale and shorter, no higher than a row, may be its noise
# Connectors span the lanes at most, half of a table's width; upright ones most of its height.
_MAIN_LEVEL, _MAIN_UPRIGHT = 0.7, 0.85
_TABLE = 150.0, 30.0  # the least width and height of a table whose corner two rules may make


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """What lines are drawn out over: `lines` along them, letters that cover them, symbols' insides.

    All by direction, with the lines as rows; True is level. `ink` is what of the lines is dark.
    """

    lines: dict[bool, Grey]
    covered: dict[bool, Grey]
    inside: dict[bool, Grey]
    ink: dict[bool, Grey]
    per_pt: float

    def is_pale(self, rule: Rule) -> bool:
        """Whether most of a line is too pale to count as ink, as connectors are not."""
        rows, part = self._rows(rule.at), self._part(rule.start, rule.end)
        return _inked(self.ink[rule.level][rows, part]) <= _PALE

    def bare(self, rule: Rule) -> Rule:
        """The rule without ends that are no more than letters which it seems to run into."""
        here = self._rows(rule.at), self._part(rule.start, rule.end)
        under, ink = self.covered[rule.level][here], self.lines[rule.level][here]
        seen = np.flatnonzero((under.mean(axis=0) < 0.5) & ink.any(axis=0))
        if not len(seen):
            return rule
        cut = int(seen[0]), under.shape[1] - 1 - int(seen[-1])
        start, end = (c / self.per_pt if c > _LETTERS * self.per_pt else 0.0 for c in cut)
        return replace(rule, start=rule.start + start, end=rule.end - end)

    def reach(self, rule: Rule, main: bool = False) -> Rule:
        """The rule with its ends as far out as they may be drawn.

        One that is `main` ends on the borders of its table, wherever it fades before.
        """
        if self._in_letters(rule):
            return rule
        length = rule.end - rule.start
        long = length >= (_LONG_PALE if self.is_pale(rule) else _LONG)
        fades = _FADES_LONG if long else min(_FADES, length / 3)
        fades = _FARTHEST if main else fades
        ends = []
        for end, way in ((rule.start, -1), (rule.end, 1)):
            blank = min(fades, END) if self._turns(rule, end) else fades
            ends.append(end + way * self._far(rule, end, way, blank))
        return replace(rule, start=ends[0], end=ends[1])

    def _in_letters(self, rule: Rule) -> bool:
        """Whether all that is seen of a line lies in letters: it may be no more than these."""
        rows, part = self._rows(rule.at), self._part(rule.start, rule.end)
        under = self.covered[rule.level][rows, part].mean(axis=0) >= 0.5
        return bool(under.size) and float(under.mean()) >= _UNDER

    def goes_on(self, rule: Rule) -> bool:
        """Whether a line, dashed or dotted, goes on past both ends: it is a connector."""
        return self._dashed(rule, rule.start - _AHEAD, rule.start - END) and self._dashed(
            rule, rule.end + END, rule.end + _AHEAD
        )

    def _dashed(self, rule: Rule, start: float, end: float) -> bool:
        """Whether there are dashes along a stretch and none beside: no letters."""
        lines, part = self.lines[rule.level], self._part(start, end)
        beside = [lines[self._rows(rule.at + off), part] for off in (-_BESIDE, _BESIDE)]
        return (
            _inked(lines[self._rows(rule.at), part]) >= _DASHES
            and max(_inked(strip) for strip in beside) <= _ALONE
        )

    def fading(self, rule: Rule) -> tuple[bool, bool]:
        """Whether each end just fades: connectors end at symbols, in heads, or turn."""
        if self.is_pale(rule):
            return self._is_loose(rule, rule.start), self._is_loose(rule, rule.end)
        return self._fades(rule, rule.start, -1), self._fades(rule, rule.end, 1)

    def _is_loose(self, rule: Rule, end: float) -> bool:
        """Whether a line neither turns at an end nor leads into a symbol there."""
        rows, part = self._rows(rule.at), self._part(end - _AHEAD, end + _AHEAD)
        return not self._turns(rule, end) and not self.inside[rule.level][rows, part].any()

    def _fades(self, rule: Rule, end: float, way: int) -> bool:
        """Whether there is nothing around an end and ahead of it."""
        near, far = sorted((end - way * _BEFORE, end + way * _AHEAD))
        first, last = sorted((end + way, end + way * _AHEAD))
        beside, ahead = self._part(near, far), self._part(first, last)
        level = rule.level
        around = [self._rows(rule.at + off) for off in (-_CLEAR, 0.0, _CLEAR)]
        return not (
            self.inside[level][slice(around[0].start, around[2].stop), beside].any()
            or self.covered[level][slice(around[0].start, around[2].stop), beside].any()
            or any(self.lines[level][rows, beside].any() for rows in (around[0], around[2]))
            or self.lines[level][around[1], ahead].any()
        )

    def _far(self, rule: Rule, end: float, way: int, blank_pt: float) -> float:
        """How far on from an end there is no more than so much blank paper, in points."""
        near, far = sorted((end, end + way * _FARTHEST))
        rows, part = self._rows(rule.at), self._part(near, far)
        drawn = np.asarray(self.lines[rule.level][rows, part].any(axis=0))[::way]
        hidden = np.asarray(self.covered[rule.level][rows, part].mean(axis=0) >= 0.5)[::way]
        inside = np.asarray(self.inside[rule.level][rows, part].any(axis=0))[::way]
        blank = np.cumsum(np.logical_not(drawn | hidden | inside))
        over = np.flatnonzero(blank > blank_pt * self.per_pt)
        far = int(over[0]) if len(over) else len(blank)
        symbol = np.flatnonzero(inside[:far])
        if len(symbol):
            after = drawn[symbol[-1] + 1 :][: round(_AGAIN * self.per_pt)]
            if not len(after) or after.mean() < 0.5:  # it ends at the symbol: a connector
                far = int(symbol[0])
        return far / self.per_pt

    def _turns(self, rule: Rule, end: float) -> bool:
        """Whether a line across begins at an end: a connector turns there."""
        lines = self.lines[not rule.level]
        rows = self._part(end - END, end + END)
        return any(
            side.shape[1] > 0 and bool(side.any(axis=0).mean() > 0.9)
            for side in (
                lines[rows, self._part(rule.at - _CORNER, rule.at - 1)],
                lines[rows, self._part(rule.at + 1, rule.at + _CORNER)],
            )
        )

    def _rows(self, at: float) -> slice:
        half = 0.8 * self.per_pt
        return slice(max(0, round(at * self.per_pt - half)), round(at * self.per_pt + half) + 1)

    def _part(self, start: float, end: float) -> slice:
        return slice(max(0, round(start * self.per_pt)), max(0, round(end * self.per_pt)))


def bridged(rules: Sequence[Rule], across: Sequence[Rule]) -> list[Rule]:
    """Pieces of one line joined over a wide gap (a stamp) where an end of them stands on nothing.

    The other may: a border that fades in the middle of a cell comes from the rule above it. No gap
    is bridged that no other line passes: it lies between two tables.
    """

    def hangs(rule: Rule, end: float) -> bool:
        return not any(
            abs(r.at - end) <= END and r.start - END <= rule.at <= r.end + END for r in across
        )

    rules = sorted(rules, key=lambda r: (r.start, r.at))

    def is_passed(at: float, start: float, end: float) -> bool:
        for rule in rules:  # in order of their starts
            if abs(rule.at - at) > SAME and rule.start <= start + END:
                start = max(start, rule.end)
        return start >= end - END

    joined: list[Rule] = []
    for rule in rules:
        k = next(
            (
                i
                for i, other in enumerate(joined)
                if abs(other.at - rule.at) <= SAME
                and 0 < rule.start - other.end <= _WIDE_GAP
                and (hangs(other, other.end) or hangs(rule, rule.start))
                and is_passed(rule.at, other.end, rule.start)
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


def _inked(strip: Grey) -> float:
    """Which share of a strip's columns has ink."""
    return float(np.mean(strip.any(axis=0))) if strip.size else 0.0


@dataclass(frozen=True, slots=True)
class _Line:
    """A rule as it was seen, as far as it may reach, whether it is too pale for a connector, and
    which of its ends just fade.
    """

    rule: Rule
    reach: Rule
    pale: bool = False
    free: tuple[bool, bool] = (False, False)

    @classmethod
    def on(cls, ground: Ground, rule: Rule, reach: Rule | None = None) -> _Line:
        """The line as the ground shows it."""
        pale, free = ground.is_pale(rule), ground.fading(rule)
        return cls(rule, rule if reach is None else reach, pale, free)


def standing(rules: Sequence[Rule], ground: Ground) -> list[Rule]:
    """The rules whose both ends stand on others, drawn to where they stand.

    What does not is taken away until nothing changes; what just overshoots is cut.
    """
    longest = longest_of(rules)
    reaches = [ground.reach(r, r.level and is_main(r, longest)) for r in rules]
    pairs = zip(rules, reaches, strict=True)
    drawn = _settled([_Line.on(ground, r, reach) for r, reach in pairs])
    longest = longest_of(drawn)
    drawn = [r for r in drawn if is_main(r, longest) or not ground.goes_on(r)]
    drawn = _settled([_Line.on(ground, r) for r in drawn])
    sure = [r for r in drawn if _is_sure(r, _seen(r, rules), ground)]
    if len(sure) == len(drawn):
        return drawn
    return _settled([_Line.on(ground, r) for r in sure])


def _is_sure(rule: Rule, seen: float, ground: Ground) -> bool:
    """Whether as much of a rule was seen as noise and the sides of stamps do not show."""
    if seen >= _LEAST_PALE:
        return True
    return not ground.is_pale(rule) and seen >= _LEAST_SEEN * (rule.end - rule.start)


def _seen(rule: Rule, lines: Sequence[Rule]) -> float:
    """How long the line is of which a rule was drawn, in points."""
    return max(
        (
            min(line.end, rule.end) - max(line.start, rule.start)
            for line in lines
            if line.level is rule.level and abs(line.at - rule.at) <= SAME
        ),
        default=0.0,
    )


def _settled(alive: Sequence[_Line]) -> list[Rule]:
    """What is left when nothing more falls, drawn to where it stands.

    Two that make the corner of a table are both drawn to it, though one fades before.
    """
    longest = longest_of([line.rule for line in alive])
    while True:
        index = {level: sorted(
            (x for x in alive if x.rule.level is level), key=lambda x: x.rule.at
        ) for level in (True, False)}  # fmt: skip
        places = {level: [x.rule.at for x in index[level]] for level in index}
        kept: list[tuple[_Line, Rule]] = []
        for line in alive:
            level = line.rule.level
            across, at = index[not level], places[not level]
            first = bisect_left(at, line.reach.start - END)
            last = bisect_right(at, line.reach.end + END)
            met = [x for x in across[first:last] if _carries(x, line)]
            meets = [x.rule.at for x in met]
            if (fitted := _fitted(line, meets, longest)) is not None:
                corners = [x.rule.at for x in met if _carries(line, x) and not _passes(x, line)]
                start, end = min([fitted.start, *corners]), max([fitted.end, *corners])
                kept.append((line, replace(fitted, start=start, end=end)))
        if len(kept) == len(alive):
            return [fitted for _, fitted in kept]
        alive = [line for line, _ in kept]


def _carries(line: _Line, other: _Line) -> bool:
    """Whether another rule may end on this one: on its way, or at a corner of the whole table.

    Elsewhere two lines that meet at their ends are a connector that turns.
    """
    rule, at = line.rule, other.rule.at
    if rule.start + _TURN <= at <= rule.end - _TURN:
        return True
    if not line.reach.start - END <= at <= line.reach.end + END:
        return False
    level, upright = (rule, other.rule) if rule.level else (other.rule, rule)
    return _passes(other, line) or (
        level.end - level.start >= _TABLE[0] and upright.end - upright.start >= _TABLE[1]
    )


def _passes(line: _Line, other: _Line) -> bool:
    """Whether a line goes on on both sides of another."""
    return line.rule.start + _TURN <= other.rule.at <= line.rule.end - _TURN


def _fitted(line: _Line, meets: Sequence[float], longest: dict[bool, float]) -> Rule | None:
    """A rule from the first to the last that it meets; None when an end stands on none.

    One that is about as long as the longest is a table's, whatever its ends do: it is cut. So is
    one that fades beyond the last that it meets, when most of it stands.
    """
    rule = line.rule
    if len(meets) < 2:
        return None
    # an end is drawn out to the next rule rather than cut back to the one before
    first = max((m for m in meets if m <= rule.start + END), default=min(meets))
    last = min((m for m in meets if m >= rule.end - END), default=max(meets))
    # but not to a frame round about the table, past the border that it all but reaches
    if rule.start - first > _FADES:
        first = min((m for m in meets if 0 <= m - rule.start <= _FADES), default=first)
    if last - rule.end > _FADES:
        last = max((m for m in meets if 0 <= rule.end - m <= _FADES), default=last)
    if last - first < (LEAST_LEVEL if rule.level else LEAST_UPRIGHT) - 1:
        return None
    fitted = replace(rule, start=first, end=last)
    length = rule.end - rule.start
    share = (last - first) / length
    if is_main(fitted, longest) or (is_main(rule, longest) and share >= _STANDS):
        return fitted
    most = share >= _STANDS_DARK and len(meets) >= _MEETS_DARK
    cut = most or (share >= _STANDS and line.pale and length >= _LONG_PALE)
    over = _OVER if rule.end - rule.start > 3 * _OVER else END
    over = _FADES if len(meets) >= _MANY else over
    hangs = first - rule.start > over, rule.end - last > over
    if any(hang and not (cut and free) for hang, free in zip(hangs, line.free, strict=True)):
        return None
    return fitted


def longest_of(rules: Sequence[Rule]) -> dict[bool, float]:
    """The length of the longest rule of each direction."""
    return {
        level: max((r.end - r.start for r in rules if r.level is level), default=0.0)
        for level in (True, False)
    }


def is_main(rule: Rule, longest: dict[bool, float]) -> bool:
    """Whether a rule is about as long as the longest of its direction."""
    least = _MAIN_LEVEL if rule.level else _MAIN_UPRIGHT
    return rule.end - rule.start >= least * longest[rule.level]
