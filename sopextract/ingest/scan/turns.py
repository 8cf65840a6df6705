"""Turns of lines that rules and words hide: a bar whose end meets nothing went on to a side.

So it is where the piece from the corner to the symbol lies on a rule, where a rule was taken from
the middle of a short one, or where a word that touches it was. Either its head is seen, or it can
only be on the rule, or there is ink all the way to the middle of the symbol's side.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sopextract.core.geometry import BBox
from sopextract.ingest.scan.bars import Bar, ends_free, is_held
from sopextract.ingest.scan.heads import look_at_end
from sopextract.ingest.scan.raster import Grey, Mask

# Points. Lines turn 8 to 16 before their symbol, twice that where they turn beside a rule.
_SEEN_REACH, _HIDDEN_REACH = 26.0, 14.0
_SHORTEST = 7.0  # of a bar that turns; less is dirt
_OFF = 1.6  # the corner's dash and the line to the symbol are as far off each other
_BAND = 1.6  # from the middle of a rule the line on it
_INSIDE = 1.0  # that far from its corners a line leads into a symbol
_INKED, _WHOLE = 0.5, 0.95  # of the way dashes cover, and a line without gaps
_MIDDLE = 2.0  # from the middle of its side a line meets a symbol
_SEEN, _HIDDEN = 0.93, 0.85  # its head is seen; it can only lie on the rule


@dataclass(frozen=True, slots=True)
class Seen:
    """What stands around the bars of a page, in points: boxes of symbols and rules.

    `inks` are what is left of it, without rules and with what lies on them; `dark` is all its ink.
    """

    inks: tuple[Grey, Grey]
    dark: Mask
    symbols: Sequence[BBox]
    rules: Sequence[BBox]
    per_pt: float


def hidden_turns(bars: Sequence[Bar], seen: Seen) -> list[Bar]:
    """The bars from the free ends of others to the symbol beside them; none where two fit."""
    found: list[Bar] = []
    for bar in bars:
        if bar.end - bar.start < _SHORTEST:
            continue
        for way in ends_free(bar, bars, seen.symbols):
            if is_held(bar, -way, bars, seen.symbols):
                found += _turn(bar, way, seen)
    return found


def _turn(bar: Bar, way: int, seen: Seen) -> list[Bar]:
    """The one bar that goes on at a free end, its score by what is seen of it."""
    if _has_head(bar, way, seen):
        return []
    headed, hidden, inked = [], [], []
    for side in (-1, 1):
        to_symbol = _to_symbol(bar, way, side, seen.symbols)
        if to_symbol is None:
            continue
        ahead, off_middle = to_symbol
        on_ink = _on_its_ink(ahead, seen.dark, seen.per_pt)
        if on_ink is not None and _has_head(on_ink, side, seen):
            headed.append(replace(on_ink, score=_SEEN))
        elif ahead.end - ahead.start > _HIDDEN_REACH:
            continue
        elif _on_rule(ahead, seen.rules):
            hidden.append(ahead)
        elif off_middle <= _MIDDLE and on_ink is not None and on_ink.score >= _WHOLE:
            inked.append(replace(on_ink, score=_SEEN))
    found = headed or hidden or inked
    return found if len(found) == 1 else []


def _has_head(bar: Bar, way: int, seen: Seen) -> bool:
    return any(look_at_end(ink, bar, way, seen.per_pt).tip is not None for ink in seen.inks)


def _to_symbol(bar: Bar, way: int, side: int, symbols: Sequence[BBox]) -> tuple[Bar, float] | None:
    """The way from an end of a bar, to one side, to the nearest symbol there, and how far from the
    middle of the symbol's side it comes to it.
    """
    at = bar.start if way < 0 else bar.end
    best: tuple[Bar, float] | None = None
    for box in symbols:
        along, across = (box[1::2], box[::2]) if bar.level else (box[::2], box[1::2])
        if not across[0] + _INSIDE <= at <= across[1] - _INSIDE:
            continue
        start, end = (along[1], bar.at) if side < 0 else (bar.at, along[0])
        if not 0 < end - start <= _SEEN_REACH:
            continue
        if best is None or end - start < best[0].end - best[0].start:
            best = Bar(not bar.level, at, start, end, _HIDDEN), abs(sum(across) / 2 - at)
    return best


def _on_its_ink(way: Bar, dark: Mask, per_pt: float) -> Bar | None:
    """A way moved onto the row with most ink, its score the share; None where it is little."""
    grid = dark if way.level else dark.T
    start, end = round(way.start * per_pt), round(way.end * per_pt)
    low = max(0, round((way.at - _OFF) * per_pt))
    part = grid[low : round((way.at + _OFF) * per_pt) + 1, start:end]
    if not part.size:
        return None
    shares = part.mean(axis=1)
    best = float(shares.max())
    if best < _INKED:
        return None
    rows = (shares >= 0.9 * best).nonzero()[0]
    return Bar(way.level, (low + float(rows.mean()) + 0.5) / per_pt, way.start, way.end, best)


def _on_rule(way: Bar, rules: Sequence[BBox]) -> bool:
    """Whether a way lies on a rule in all its length."""
    for box in rules:
        along, across = (box[::2], box[1::2]) if way.level else (box[1::2], box[::2])
        parallel = along[1] - along[0] > across[1] - across[0]
        beside = abs(sum(across) / 2 - way.at) <= _BAND
        if parallel and beside and along[0] <= way.start and way.end <= along[1]:
            return True
    return False
