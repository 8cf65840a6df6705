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


@dataclass(frozen=True, slots=True)
class Pentagon:
    """One pentagon that lines touch. `page` counts the pages of the flow from 0.

    `enters`: a line leads into it, so that the flow leaves the page here. `leaves`: a line leads
    out of it, so that the flow comes in here. `half` of the page's flow, None when not known.
    """

    symbol: Symbol
    page: int
    enters: bool
    leaves: bool
    half: Half | None

    @property
    def letter(self) -> str:
        """What is written in it, without brackets and case; empty for nothing."""
        return squeeze(self.symbol.text).strip("()[]. ").casefold()

    @property
    def x(self) -> float:
        """Its middle from the left; 0 when it is not known where it stands."""
        box = self.symbol.place.bbox
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
    the page before. Where the flow has but one page (a worksheet, a document without pages) an
    exit goes on in an entry of the same. `pages` counts those of the flow.
    """
    out = [p for p in pentagons if p.enters]
    into = [p for p in pentagons if p.leaves]
    joints = list(_by_letter(out, into))
    out, into = _left(out, [j.out for j in joints]), _left(into, [j.into for j in joints])
    placed = _by_place(out, into) if pages > 1 else _matched(out, into)
    out = [p for p in _left(out, [j.out for j in placed]) if p.half is None]
    into = [p for p in _left(into, [j.into for j in placed]) if p.half is None]
    return (*joints, *placed, *_on_one_page(out, into))


def _on_one_page(out: Sequence[Pentagon], into: Sequence[Pentagon]) -> Iterator[Joint]:
    """Pentagons of which only the order is known, as in the cells of a worksheet, in that order."""
    for page in sorted({p.page for p in out}):
        here = [p for p in out if p.page == page]
        there = [p for p in into if p.page == page]
        if len(here) == len(there):
            yield from _matched(here, there)


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
