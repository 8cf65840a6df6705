"""Connectors from symbol to symbol down a lane, joined to one line as a rule behind a stamp is.

A wall between lanes may pass behind symbols, but not behind the middles of several, and it is there
where nothing covers it. What leads from one symbol to the next stops at each, and turns away.
"""

from __future__ import annotations

from collections.abc import Sequence

from sopextract.core.geometry import BBox
from sopextract.ingest.page.rules import Rule

_SAME = 1.8  # points: as far from a line are its pieces (standing.py)
_MIDDLE = 0.2  # of a symbol's size from its middle a connector meets it
_FEWEST = 2  # symbols: one may stand on a wall by itself
# Of what symbols leave bare of it a worn wall has more; connectors down a lane of made sheets had
# 0.56 (sheet 0 of seed 8111), their heads and short dashes are no pieces.
_DRAWN = 0.75


def without_strung(
    lines: Sequence[Rule], pieces: Sequence[Rule], symbols: Sequence[BBox]
) -> list[Rule]:
    """The upright lines without those that are no more than connectors along one line.

    `pieces` are what was seen before it was joined; all in points.
    """
    return [line for line in lines if line.level or not _is_strung(line, pieces, symbols)]


def _is_strung(line: Rule, pieces: Sequence[Rule], symbols: Sequence[BBox]) -> bool:
    under = [
        (y0, y1)
        for x0, y0, x1, y1 in symbols
        if abs(line.at - (x0 + x1) / 2) <= _MIDDLE * (x1 - x0)
        and line.start < (y0 + y1) / 2 < line.end
    ]
    if len(under) < _FEWEST:
        return False
    bare = line.end - line.start - sum(y1 - y0 for y0, y1 in under)
    drawn = sum(
        min(p.end, line.end) - max(p.start, line.start)
        for p in pieces
        if not p.level
        and abs(p.at - line.at) <= _SAME
        and p.start < line.end
        and line.start < p.end
    )
    return drawn < _DRAWN * bare
