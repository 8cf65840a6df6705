"""Walls between cells that were not seen by themselves: stretches of a rule from one rule across to
the next, told by what the rest of that rule looks like.

A line is looked for in long runs; where a rule is cut at every column, or dotted, its stretches
in narrow columns are too short for that. They lie on a known line and end at known ones, so that
little is needed to know them.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from sopextract.ingest.page.rules import Rule
from sopextract.ingest.scan.raster import Grey

# Points.
_END = 2.2  # as near an end stands on a rule (standing.py)
_SAME = 1.8  # rules as near are one line
_INSET = 1.5  # the ends of a stretch are the rules across
_LEAST = 8.0  # shorter stretches are between the lines of a double rule
_OFF = 1.2  # as far a stretch may lie off its line
_NEAR, _FAR = 2.2, 4.2  # beside a stretch
_PAPER, _DEEP = 250, 60  # of 255: paper, and what counts as dark at most (hairlines.py)
_CLEAR = 0.4  # of a stretch that must be clear of letters and symbols
_LONG, _BARE = 30.0, 0.6  # points: each third of a longer stretch has this share of the darkness
_BESIDE = (-7.0, -5.0, 5.0, 7.0)  # points: columns are 18 wide at least
_NOISE = 1.6  # times as dark as what is beside it a rule is
_DARKER, _ALIKE = 3.0, 0.4  # of 255, and a share: as dark beside the rest of its line it is


def with_walls(rules: Sequence[Rule], grey: Grey, hidden: Grey, per_pt: float) -> list[Rule]:
    """The rules drawn on, rule across by rule across, as far as the `grey` picture shows them.

    Those that are no darker than the noise beside them are gone. What is `hidden` (letters,
    symbols) says nothing.
    """
    looks = {
        True: _Look(grey, hidden, per_pt),
        False: _Look(np.ascontiguousarray(grey.T), np.ascontiguousarray(hidden.T), per_pt),
    }
    found = [rule for rule in rules if looks[rule.level].stands_out(rule)]
    for level, look in looks.items():
        across = [r for r in found if r.level is not level]
        lines = [r for r in found if r.level is level]
        found = [*across, *(_drawn_on(rule, lines, across, look) for rule in lines)]
    return found


class _Look:
    """How dark the picture is along its rows."""

    def __init__(self, grey: Grey, hidden: Grey, per_pt: float) -> None:
        self._grey, self._hidden, self._per_pt = grey, hidden, per_pt

    def contrast(self, at: float, start: float, end: float) -> float | None:
        """How much darker a stretch is than what is beside it; None where too little is seen."""
        rows = [round((at + off) * self._per_pt) for off in (-_FAR, _FAR)]
        columns = [round((start + _INSET) * self._per_pt), round((end - _INSET) * self._per_pt)]
        if rows[0] < 0 or columns[1] - columns[0] < _INSET * self._per_pt:
            return None
        part = np.s_[rows[0] : rows[1] + 1, columns[0] : columns[1]]
        clear = ~self._hidden[part].any(axis=0)
        if not clear.size or clear.mean() < _CLEAR:
            return None
        dark = np.clip(_PAPER - self._grey[part].astype(np.int16), 0, _DEEP)[:, clear].mean(axis=1)
        middle = len(dark) // 2
        near, off = round(_NEAR * self._per_pt), round(_OFF * self._per_pt)
        beside = np.concatenate([dark[: middle - near + 1], dark[middle + near :]])
        return _best(dark[middle - off : middle + off + 1], beside)

    def noise(self, at: float, start: float, end: float) -> float:
        """How dark the same stretch seems where there is no rule: beside it."""
        seen = [c for off in _BESIDE if (c := self.contrast(at + off, start, end)) is not None]
        return float(np.median(seen)) if seen else 0.0

    def stands_out(self, rule: Rule) -> bool:
        """Whether a rule is darker than the noise beside it, as far as it can be seen."""
        own = self.contrast(rule.at, rule.start, rule.end)
        return own is None or own >= _NOISE * self.noise(rule.at, rule.start, rule.end)

    def shows(self, at: float, start: float, end: float, least: float) -> bool:
        """Whether a stretch is as dark as `least`, and no part of a long one is bare."""
        whole = self.contrast(at, start, end)
        if whole is None or whole < max(least, _NOISE * self.noise(at, start, end)):
            return False
        if end - start < _LONG:
            return True
        cuts = np.linspace(start, end, 4).tolist()
        parts = [self.contrast(at, a, b) for a, b in itertools.pairwise(cuts)]
        return all(part is None or part >= _BARE * least for part in parts)


def _best(own: npt.NDArray[np.float64], beside: npt.NDArray[np.float64]) -> float:
    return float(own.max() - np.median(beside)) if own.size and beside.size else 0.0


def _drawn_on(rule: Rule, lines: Sequence[Rule], across: Sequence[Rule], look: _Look) -> Rule:
    """The rule with its ends at the farthest rule across to which it is seen to go on."""
    own = look.contrast(rule.at, rule.start, rule.end)
    if own is None:
        return rule
    least = max(_DARKER, _ALIKE * own)
    places = sorted(r.at for r in across if r.start - _END <= rule.at <= r.end + _END)
    taken = [r for r in lines if r is not rule and abs(r.at - rule.at) <= _SAME]
    ahead = [x for x in places if x > rule.end + _LEAST]
    back = [x for x in reversed(places) if x < rule.start - _LEAST]
    end, start = rule.end, rule.start
    for way, stops in ((1, ahead), (-1, back)):
        here = rule.end if way > 0 else rule.start
        for low, high in itertools.pairwise([here, *stops]):
            a, b = min(low, high), max(low, high)
            if any(r.start < b - _END and r.end > a + _END for r in taken):
                break
            if not look.shows(rule.at, a, b, least):
                break
            here = high
        start, end = (start, here) if way > 0 else (here, end)
    return replace(rule, start=start, end=end)
