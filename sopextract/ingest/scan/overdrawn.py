"""Rules drawn out past their table's border, to a frame round the page or the shadow of its edge.

A rule that fades is drawn out to the next that it may stand on. Where the border it fades before is
itself found only later, that is whatever stands beyond. The rules beside it tell where it ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sopextract.ingest.page.rules import Rule
from sopextract.ingest.scan.standing import END, SAME

_UNSEEN, _DOUBLE = 6.0, 4.0  # points: as much of a rule was not seen; lines of a double one
_ALONG, _FEWEST = 0.7, 2  # of a rule's length those beside it have; as many tell where it ends


def cut_back(rules: Sequence[Rule], seen: Sequence[Rule]) -> list[Rule]:
    """The rules; ends of level ones that were not `seen` are drawn back to where others end."""
    return [_cut(rule, rules, seen) if rule.level else rule for rule in rules]


def _cut(rule: Rule, rules: Sequence[Rule], seen: Sequence[Rule]) -> Rule:
    own = [
        line
        for line in seen
        if line.level is rule.level
        and abs(line.at - rule.at) <= SAME
        and line.start < rule.end
        and rule.start < line.end
    ]
    if not own:
        return rule
    low, high = min(line.start for line in own), max(line.end for line in own)
    if low - rule.start <= _UNSEEN and rule.end - high <= _UNSEEN:
        return rule
    walls = [
        r.at
        for r in rules
        if r.level is not rule.level
        and r.start - END <= rule.at <= r.end + END
        and rule.start + _DOUBLE < r.at < rule.end - _DOUBLE
    ]
    beside = [
        r
        for r in rules
        if r.level is rule.level
        and abs(r.at - rule.at) > _DOUBLE
        and min(r.end, rule.end) - max(r.start, rule.start) >= _ALONG * (rule.end - rule.start)
    ]
    start = _end(rule.start, low, walls, [r.start for r in beside])
    end = _end(rule.end, high, walls, [r.end for r in beside])
    return replace(rule, start=start, end=end)


def _end(drawn: float, seen: float, walls: Sequence[float], ends: Sequence[float]) -> float:
    """Where a rule ends that was `drawn` to one place and `seen` to another."""
    if abs(seen - drawn) <= _UNSEEN:
        return drawn
    wall = min(walls, key=lambda at: abs(at - seen), default=drawn)
    here, there = (sum(abs(end - at) <= _DOUBLE for end in ends) for at in (wall, drawn))
    return wall if here >= _FEWEST and here > there else drawn
