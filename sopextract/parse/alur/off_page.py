"""Off-page pentagons: which one of a page goes on in which one of another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from sopextract.core.text import squeeze
from sopextract.model.source import Symbol

Half = Literal["top", "bottom"]

# Raw scores, own judgement as those of `rows`; below 0.9 a finding points at the edge.
_BY_LETTER = 0.97
_BY_PLACE = 0.95  # as many lines leave the one page as enter the other
_NEAREST = 0.85  # their numbers differ
_APART = 15.0  # points; two pentagons closer than that stand at the same break, a row is higher


@dataclass(frozen=True, slots=True)
class Pentagon:
    """One pentagon that lines touch. `page` counts the pages of the flow from 0.

    `enters`: a line leads into it, so that the flow leaves the page here. `leaves`: a line leads
    out of it, so that the flow comes in here. `half` of the page's flow, None when not known.
    `rank` counts the page's symbols.
    """

    symbol: Symbol
    page: int
    enters: bool
    leaves: bool
    half: Half | None
    rank: int = 0

    @property
    def letter(self) -> str:
        """What is written in it, without brackets and case; empty for nothing."""
        return squeeze(self.symbol.text).strip("()[]. ").casefold()

    @property
    def y(self) -> float:
        """Its middle from the top; where that is not known, its place in the order of symbols."""
        box = self.symbol.place.as_read
        return (box[1] + box[3]) / 2 if box else self.rank * 2 * _APART

    @property
    def x(self) -> float:
        """Its middle from the left; 0 when it is not known where it stands."""
        box = self.symbol.place.as_read
        return (box[0] + box[2]) / 2 if box else 0.0


@dataclass(frozen=True, slots=True)
class Joint:
    """The flow leaves at the pentagon `out` and comes in at `into`, both ids."""

    out: int
    into: int
    score: float


def join_pentagons(pentagons: Sequence[Pentagon], pages: int) -> tuple[Joint, ...]:
    """The joints of all pages: by letter where there is one, else by the order of pages and x.

    Forwards from the bottom of a page to the top of the next, or back from a top to the bottom of
    the page before; what is left, from above to below on one page, as a worksheet or a document
    without pages has it. `pages` counts those of the flow.
    """
    out = [p for p in pentagons if p.enters]
    into = [p for p in pentagons if p.leaves]
    joints = list(_by_letter(out, into))
    out, into = _left(out, [j.out for j in joints]), _left(into, [j.into for j in joints])
    placed = _by_place(out, into) if pages > 1 else []
    joints += placed
    out, into = _left(out, [j.out for j in placed]), _left(into, [j.into for j in placed])
    for page in sorted({p.page for p in out}):
        joints += _on_one_page(
            [p for p in out if p.page == page], [p for p in into if p.page == page], pages == 1
        )
    return tuple(joints)


def _on_one_page(out: Sequence[Pentagon], into: Sequence[Pentagon], back: bool) -> Iterator[Joint]:
    """A worksheet is printed on several pages: an exit goes on in the next entry below it.

    `back`: where the flow has no other page, what is left may lead back up.
    """
    free = list(into)
    waiting: list[Pentagon] = []
    for one in sorted(out, key=lambda p: p.y):
        below = [p for p in free if p.y - one.y > _APART]
        if not below:
            waiting.append(one)
            continue
        best = min(below, key=lambda p: p.y)
        free.remove(best)
        yield Joint(one.symbol.id, best.symbol.id, _BY_PLACE)
    if back and len(waiting) == len(free):
        for one, other in zip(waiting, free, strict=True):
            yield Joint(one.symbol.id, other.symbol.id, _NEAREST)


def _left(pentagons: Sequence[Pentagon], used: Sequence[int]) -> list[Pentagon]:
    return [p for p in pentagons if p.symbol.id not in used]


def _by_letter(out: Sequence[Pentagon], into: Sequence[Pentagon]) -> Iterator[Joint]:
    used: set[int] = set()
    for one in out:
        same = [
            p for p in into if p.letter and p.letter == one.letter and p.symbol is not one.symbol
        ]
        same = [p for p in same if p.page != one.page] or same
        if not same:
            continue
        # several exits of one letter may share an entry, but one of its own comes first
        best = min(
            same, key=lambda p: (p.symbol.id in used, _turned(one, p), abs(p.page - one.page))
        )
        used.add(best.symbol.id)
        yield Joint(one.symbol.id, best.symbol.id, _BY_LETTER)


def _turned(out: Pentagon, into: Pentagon) -> bool:
    """Whether a joint would lead against what the exit's half of the page says."""
    return (into.page < out.page) is not (out.half == "top")


def _by_place(out: list[Pentagon], into: list[Pentagon]) -> list[Joint]:
    pages = sorted({p.page for p in (*out, *into)})
    joints: list[Joint] = []
    for page, after in pairwise(pages):
        if after - page > 1:
            continue
        joints += _matched(
            [p for p in out if p.page == page and _goes_ahead(p, pages)],
            [p for p in into if p.page == after and _comes_from_above(p, pages)],
        )
        joints += _matched(
            [p for p in out if p.page == after and not _goes_ahead(p, pages)],
            [p for p in into if p.page == page and not _comes_from_above(p, pages)],
        )
    return joints


def _goes_ahead(out: Pentagon, pages: Sequence[int]) -> bool:
    """Whether the flow goes on to the next page: from the first it must, from the last never."""
    if out.page in (pages[0], pages[-1]):
        return out.page == pages[0]
    return out.half != "top"


def _comes_from_above(into: Pentagon, pages: Sequence[int]) -> bool:
    if into.page in (pages[0], pages[-1]):
        return into.page == pages[-1]
    return into.half != "bottom"


def _matched(out: list[Pentagon], into: list[Pentagon]) -> list[Joint]:
    """Exits and entries of one page break, from left to right.

    Of unequal numbers each has the nearest of the other side: lines that meet, or that part.
    """
    if not out or not into:
        return []
    out, into = sorted(out, key=lambda p: p.x), sorted(into, key=lambda p: p.x)
    if len(out) == len(into):
        return [Joint(a.symbol.id, b.symbol.id, _BY_PLACE) for a, b in zip(out, into, strict=True)]
    if len(out) > len(into):
        pairs = [(a, min(into, key=lambda p: abs(p.x - a.x))) for a in out]
    else:
        pairs = [(min(out, key=lambda p: abs(p.x - b.x)), b) for b in into]
    return [Joint(a.symbol.id, b.symbol.id, _NEAREST) for a, b in pairs]


def goes_ahead(pentagon: Pentagon, last_page: int) -> bool:
    """Whether an exit that nothing answers leads to the next page."""
    return pentagon.page < last_page and (pentagon.half != "top" or pentagon.page == 0)


def comes_from_above(pentagon: Pentagon, last_page: int) -> bool:
    """Whether an entry that nothing answers comes from the page before."""
    return pentagon.page > 0 and (pentagon.half != "bottom" or pentagon.page == last_page)
