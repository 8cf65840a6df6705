"""Rules that go on behind the frames of stamps.

A connector meets a symbol in the middle of a side. Where two lines and more come up to both sides
of a frame, each at one height, these are the rules of rows, and the frame was stamped over them.
"""

from __future__ import annotations

from collections.abc import Sequence

from sopextract.core.geometry import BBox
from sopextract.ingest.page.rules import Rule

# Points: so far from a side its lines end, outside and inside; how much lower a line may be on the
# other side.
_OUTSIDE, _INSIDE, _LOWER = 8.0, 4.0, 1.3
_FEWEST = 2  # lines that go on


def joined_behind(level: Sequence[Rule], frames: Sequence[BBox]) -> list[Rule]:
    """Level lines, those that go on behind a frame as one."""
    found = list(level)
    for frame in frames:
        pairs = _pairs(found, frame)
        if len(pairs) < _FEWEST:
            continue
        parts = [rule for pair in pairs for rule in pair]
        found = [rule for rule in found if rule not in parts]
        found += [Rule(True, (a.at + b.at) / 2, a.start, b.end) for a, b in pairs]
    return found


def _pairs(level: Sequence[Rule], frame: BBox) -> list[tuple[Rule, Rule]]:
    """Lines that end at the left of a frame, each with one that goes on at its right."""
    x0, y0, x1, y1 = frame
    beside = [r for r in level if y0 <= r.at <= y1]
    left = [r for r in beside if r.start < x0 and -_OUTSIDE <= r.end - x0 <= _INSIDE]
    right = [r for r in beside if r.end > x1 and -_INSIDE <= r.start - x1 <= _OUTSIDE]
    pairs = [(a, min(right, key=lambda r: abs(r.at - a.at))) for a in left if right]
    return [(a, b) for a, b in pairs if abs(a.at - b.at) <= _LOWER]
