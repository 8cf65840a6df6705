"""Borders of tables that are not seen but told: many of its rules end at one place.

An edge of a table is often the faintest of its lines: the scanner's lamp is weak there, the paper
bends into the spine, or the copy was cut. Then the rules that should end on it end on nothing, and
all of them would fall. Connectors end side by side too, but few of them, and none is as long as
the rows of its table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from sopextract.ingest.page.rules import Rule
from sopextract.ingest.scan.standing import END, is_main, longest_of

# Points: so far from one another the ends lie that tell of one border; from a line that is it they
# are as far within it, where they fade, or beyond it.
_TOGETHER, _WITHIN, _BEYOND = 5.0, 14.0, 6.0
# Points: shorter lines may be sides of symbols, and letters.
_LONG = {True: 150.0, False: 24.0}
# As many lines tell a border; of level ones as many run through the whole table; upright ones stand
# over as much of its width: connectors span the lanes, half of it at most (standing.py).
_FEWEST, _FEWEST_MAIN, _SPAN = 4, 2, 0.7
_PIECE = 11.0  # points: the lowest row
_FARTHEST = 250.0  # points from one of them to the next: the highest row of a page


def told_sides(lines: Sequence[Rule]) -> list[Rule]:
    """The borders that the ends of lines tell and that are not among them, in points."""
    return [side for level in (True, False) for side in _told(lines, level)]


def _told(lines: Sequence[Rule], level: bool) -> Iterator[Rule]:
    """The borders on which `level` or upright lines end."""
    longest = longest_of(lines)
    across = [r for r in lines if r.level is not level]
    long = [r for r in lines if r.level is level and r.end - r.start >= _LONG[level]]
    for which in ("start", "end"):
        for ends in _together(sorted(long, key=lambda r: _end(r, which)), which):
            for run in _runs(sorted(ends, key=lambda r: r.at), across):
                if len(run) >= _FEWEST and _are_of_table(run, longest):
                    at = median(_end(r, which) for r in run)
                    side = _as_wide(Rule(not level, at, 0.0, 0.0), run, across)
                    outwards = -1 if which == "start" else 1
                    it = [r for r in across if -_BEYOND <= (r.at - at) * outwards <= _WITHIN]
                    yield from _unseen(side, it)


def _are_of_table(lines: Sequence[Rule], longest: dict[bool, float]) -> bool:
    """Whether lines in order of their place are rules of a table, as connectors cannot be."""
    if lines[0].level:
        return sum(is_main(r, longest) for r in lines) >= _FEWEST_MAIN
    return lines[-1].at - lines[0].at >= _SPAN * longest[True]


def _as_wide(side: Rule, lines: Sequence[Rule], across: Sequence[Rule]) -> Rule:
    """A border from the first to the last that tell it, and as far as most rules along it reach."""
    along = [r for r in across if sum(_crosses(r, line) for line in lines) > len(lines) / 2]
    start, end = lines[0].at, lines[-1].at
    if along:
        start = min(start, median(r.start for r in along))
        end = max(end, median(r.end for r in along))
    return replace(side, start=start, end=end)


def _crosses(rule: Rule, line: Rule) -> bool:
    return (
        line.start - END <= rule.at <= line.end + END
        and rule.start - END <= line.at <= rule.end + END
    )


def _end(line: Rule, which: str) -> float:
    return line.start if which == "start" else line.end


def _together(lines: Sequence[Rule], which: str) -> Iterator[list[Rule]]:
    """Lines in order of where they end, those together that end within `_TOGETHER`."""
    group: list[Rule] = []
    for line in lines:
        if group and _end(line, which) - _end(group[0], which) > _TOGETHER:
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _runs(lines: Sequence[Rule], across: Sequence[Rule]) -> Iterator[list[Rule]]:
    """Lines in order of their place, parted where nothing across leads from one to the next."""
    run = [lines[0]]
    for a, b in pairwise(lines):
        low, high = max(a.start, b.start) - END, min(a.end, b.end) + END
        joined = b.at - a.at <= _FARTHEST and any(
            low <= r.at <= high and r.start <= a.at + _TOGETHER and r.end >= b.at - _TOGETHER
            for r in across
        )
        if not joined:
            yield run
            run = []
        run.append(b)
    yield run


def _unseen(side: Rule, lines: Sequence[Rule]) -> Iterator[Rule]:
    """What of a border no line is; pieces of it that are seen, but short, do not part it."""
    seen = sorted((r for r in lines if r.end - r.start >= _PIECE), key=lambda r: r.start)
    start = side.start
    for rule in seen:
        if rule.start - start > _TOGETHER:
            yield replace(side, at=rule.at, start=start, end=min(rule.start, side.end))
        start = max(start, rule.end)
        if start >= side.end - _TOGETHER:
            return
    if side.end - start > _TOGETHER:
        yield replace(side, at=seen[-1].at if seen else side.at, start=start)
