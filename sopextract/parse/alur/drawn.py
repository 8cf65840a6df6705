"""The drawing of the flow: symbols of rows, and the lines between them, over pages too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from sopextract.model.draft import StepRow
from sopextract.model.source import Connector, Outline, Page, Place, Symbol
from sopextract.parse.alur.off_page import (
    Half,
    Joint,
    Pentagon,
    comes_from_above,
    goes_ahead,
    join_pentagons,
)

# Raw score of a line whose other end only one symbol can be: below 0.9, so that it is told.
ONLY_ONE = 0.8
# A line without a head leads down by convention. Where most lines have one, its own was lost or it
# is a piece of another line: below 0.9.
_UNHEADED, _UNHEADED_AMONG_HEADED = 0.92, 0.85
# A letter at a line that ends at nothing stands for a pentagon; Y, T and N are exits.
_LETTER = re.compile(r"[A-MO-SU-XZ]$")
_NEAR = 60.0  # points; an end that hangs loose stops within a row's height of its symbol


@dataclass(frozen=True, slots=True)
class Spot:
    """A symbol in its row (from 0) and column (`kolom`); `page` counts the flow's pages from 0."""

    row: int
    kolom: int
    symbol: Symbol
    page: int
    rank: int  # among the symbols of its row, as printed

    @property
    def id(self) -> int:
        """The symbol's id."""
        return self.symbol.id


@dataclass(frozen=True, slots=True)
class Link:
    """One line from a symbol to a symbol of rows, by their ids; `place` is where it begins."""

    tail: int
    head: int
    place: Place
    label: str = ""
    score: float = 1.0
    directed: bool = True


@dataclass(frozen=True, slots=True)
class Drawing:
    """The flow as drawn. `orders` holds by row the symbols in the order in which arrows meet them.

    `touched` are the rows at whose symbols a line begins or ends, be it a loose one; `torn` those
    where an arrow comes from nothing or leads to nothing, as where a symbol was not seen, or a line
    was left out;
    `guessed` those of several symbols that no arrows put in order.
    """

    spots: dict[int, Spot] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    orders: tuple[tuple[int, ...], ...] = ()
    touched: frozenset[int] = frozenset()
    torn: frozenset[int] = frozenset()
    guessed: frozenset[int] = frozenset()

    @property
    def connected(self) -> bool:
        """Whether any line of the flow was read."""
        return bool(self.touched)

    def in_row(self, row: int) -> tuple[Spot, ...]:
        """The symbols of a row in the flow's order."""
        return tuple(self.spots[id_] for id_ in self.orders[row])

    def links_from(self, row: int) -> list[Link]:
        """The lines that begin at symbols of a row."""
        return [link for link in self.links if self.spots[link.tail].row == row]


def read_drawing(pages: Sequence[Page], rows: Sequence[StepRow]) -> Drawing:
    """Join the symbols of the rows by the connectors of the pages.

    A pair of pentagons is one line. A line that ends at nothing, or at a symbol of no row, is none,
    unless only one symbol can be meant.
    """
    page_of = {s.id: n for n, page in enumerate(pages) for s in page.symbols}
    spots = _spots(rows, page_of)
    if not spots:
        return Drawing(orders=((),) * len(rows))
    lines = [c for page in pages for c in page.connectors]
    reader = _Reader(pages, spots, lines)
    links = reader.links()
    touched = {spots[i].row for c in lines for i in (c.tail, c.head) if i in spots}
    entered = {k.head for k in links if spots[k.tail].row < spots[k.head].row}
    by_row = [[s for s in spots.values() if s.row == i] for i in range(len(rows))]
    left = {k.tail for k in links if spots[k.tail].row < spots[k.head].row}
    orders = tuple(_order(row, links, entered, left) for row in by_row)
    return Drawing(
        spots,
        tuple(links),
        orders,
        frozenset(touched),
        _torn(spots, lines, links),
        frozenset(i for i, order in enumerate(orders) if not _is_told(order, links)),
    )


def _is_told(order: Sequence[int], links: Sequence[Link]) -> bool:
    """Whether arrows lead from each symbol of a row to the next."""
    arrows = {(k.tail, k.head) for k in links if k.directed}
    return all(pair in arrows for pair in pairwise(order))


def _torn(
    spots: dict[int, Spot], lines: Sequence[Connector], links: Sequence[Link]
) -> frozenset[int]:
    """Rows of arrows with one end at nothing, for which no symbol was found either."""
    left, entered = {k.tail for k in links}, {k.head for k in links}
    rows = set()
    for line in lines:
        if line.directed and line.head is None and line.tail in spots and line.tail not in left:
            rows.add(spots[line.tail].row)
        if line.directed and line.tail is None and line.head in spots and line.head not in entered:
            rows.add(spots[line.head].row)
    return frozenset(rows)


def _spots(rows: Sequence[StepRow], page_of: dict[int, int]) -> dict[int, Spot]:
    spots: dict[int, Spot] = {}
    for i, row in enumerate(rows):
        for mark in row.marks:
            for symbol in mark.symbols:
                if mark.kolom is not None and symbol.outline is not Outline.OFF_PAGE:
                    page = page_of.get(symbol.id, 0)
                    spots[symbol.id] = Spot(i, mark.kolom, symbol, page, len(spots))
    return spots


def _order(
    spots: Sequence[Spot], links: Sequence[Link], entered: set[int], left: set[int]
) -> tuple[int, ...]:
    """The symbols of one row as its arrows meet them; else left to right, then top to bottom.

    Of two that lead to each other, or are joined by a line that lacks the head which most have, the
    flow meets first the one that an arrow from above enters.
    """
    waiting = sorted(spots, key=_position)
    ids = {s.id for s in waiting}
    both = {(k.tail, k.head) for k in links}
    arrows = [
        (k.tail, k.head)
        for k in links
        if k.directed and k.tail in ids and k.head in ids and (k.head, k.tail) not in both
    ]
    place = {(k.tail, k.head): k.place for k in links}  # of a line with two heads one place
    mutual = {
        i
        for k in both
        if set(k) <= ids and k[::-1] in both and place[k] != place[k[::-1]]
        for i in k
    }
    own = [k for k in links if {k.tail, k.head} <= ids]
    # where the flow goes on from the symbol that it comes to, they are no chain
    told = any(k.directed for k in own) or not ids.isdisjoint(left & entered)
    bare = own if _have_heads(links) and not told else []
    unheaded = {i for k in bare for i in (k.tail, k.head)}
    waiting.sort(key=lambda s: s.id in mutual | unheaded and s.id not in entered)
    done: list[int] = []
    while waiting:
        still = {s.id for s in waiting}
        free = [s for s in waiting if not any(h == s.id and t in still for t, h in arrows)]
        chosen = (free or waiting)[0]
        done.append(chosen.id)
        waiting.remove(chosen)
    return tuple(done)


def _have_heads(links: Sequence[Link]) -> bool:
    """Whether most lines of a sheet are drawn with heads."""
    return sum(link.directed for link in links) * 2 > len(links)


def _position(spot: Spot) -> tuple[int, int, float, int]:
    box = spot.symbol.place.as_read
    return (spot.kolom, spot.page, box[1] if box else 0.0, spot.rank)


class _Reader:
    """Makes links of connectors: those drawn outright, over pages, and of loose ends."""

    def __init__(
        self, pages: Sequence[Page], spots: dict[int, Spot], lines: Sequence[Connector]
    ) -> None:
        self.pages = pages
        self.spots = spots
        self.in_order = sorted(spots.values(), key=lambda s: (s.row, *_position(s)))
        self.pentagons = _pentagons(pages, spots, lines)
        self.lines = [c for c in lines if c.tail != c.head or c.tail is None]
        self._found: dict[tuple[int, int, str], Link] = {}

    def links(self) -> list[Link]:
        """All links, drawn ones first, each once."""
        for line in _with_returns(self.lines):
            if line.tail in self.spots and line.head in self.spots:
                self._add(_link(line, line.tail, line.head))
        joints = join_pentagons(list(self.pentagons.values()), len(self.pages))
        reached = self._over_pages(joints)
        self._heirs({j.out for j in joints}, reached)
        self._loose_ends()
        found = _without_doubles(list(self._found.values()))
        most = _UNHEADED_AMONG_HEADED if _have_heads(found) else _UNHEADED
        return [k if k.directed else replace(k, score=min(k.score, most)) for k in found]

    def _add(self, link: Link) -> None:
        self._found.setdefault((link.tail, link.head, link.label), link)

    # -- over pages ----------------------------------------------------------------------------

    def _over_pages(self, joints: Sequence[Joint]) -> set[int]:
        """Links through joined pentagons; gives the pentagons that one of them comes in at."""
        reached: set[int] = set()
        ahead: dict[int, list[Joint]] = {}
        for joint in joints:
            ahead.setdefault(joint.out, []).append(joint)
        for line in self.lines:
            if line.tail in self.spots and line.head in self.pentagons:
                start = _link(line, line.tail, line.head)
                for link in self._through(start, ahead, reached, frozenset()):
                    self._add(link)
        return reached

    def _through(
        self,
        link: Link,
        ahead: dict[int, list[Joint]],
        reached: set[int],
        seen: frozenset[int],
    ) -> Iterator[Link]:
        """The links that a line into a pentagon becomes; one may lead through several pages."""
        if link.head in seen:
            return
        for joint in ahead.get(link.head, ()):
            reached.add(joint.into)
            for line in self.lines:
                if line.tail != joint.into or line.head is None:
                    continue
                further = _joined(link, _link(line, link.tail, line.head), joint.score)
                if line.head in self.spots:
                    yield further
                elif line.head in self.pentagons:
                    yield from self._through(further, ahead, reached, seen | {link.head})

    def _heirs(self, answered: set[int], reached: set[int]) -> None:
        """A pentagon drawn on one page only: the symbol beside the break without a line is meant.

        Of several the nearest to the break, which the score leaves in doubt.
        """
        last = len(self.pages) - 1
        for line in self.lines:
            out = self.pentagons.get(line.head) if line.head is not None else None
            if out is None or line.tail not in self.spots or out.symbol.id in answered:
                continue
            heads = self._without_line_in(out.page + 1) if goes_ahead(out, last) else []
            if heads:
                self._add(_link(line, line.tail, heads[0].id, ONLY_ONE))
        for line in self.lines:
            into = self.pentagons.get(line.tail) if line.tail is not None else None
            if into is None or line.head not in self.spots or into.symbol.id in reached:
                continue
            tails = self._without_line_out(into.page - 1) if comes_from_above(into, last) else []
            if tails:
                self._add(_link(line, tails[-1].id, line.head, ONLY_ONE))

    # -- ends that hang loose --------------------------------------------------------------------

    def _loose_ends(self) -> None:
        """A line with one end at nothing, where only one symbol can be its other end."""
        for line in self.lines:
            if line.tail in self.spots and line.head is None:
                spot = self.spots[line.tail]
                heads = [s for s in self._without_line_in() if s.row != spot.row]
                heads = _within_reach(line, spot.page, heads, ahead=True)
                if len(heads) == 1 and _may_lead(line, spot, heads[0]):
                    link = _link(line, spot.id, heads[0].id, ONLY_ONE)
                    self._add(replace(link, label="") if _LETTER.match(link.label) else link)
        for line in self.lines:
            if line.head in self.spots and line.tail is None:
                spot = self.spots[line.head]
                if any(link.head == spot.id for link in self._found.values()):
                    continue
                tails = [s for s in self._without_line_out() if s.row != spot.row]
                tails = _within_reach(line, spot.page, tails, ahead=False)
                if len(tails) == 1 and _may_lead(line, tails[0], spot):
                    self._add(_link(line, tails[0].id, spot.id, ONLY_ONE))

    def _without_line_in(self, page: int | None = None) -> list[Spot]:
        """Symbols that no link leads to, the beginning of the flow left out, in its order."""
        entered = {link.head for link in self._found.values()}
        return [
            s for s in self.in_order if s.id not in entered and s.row > 0 and page in (None, s.page)
        ]

    def _without_line_out(self, page: int | None = None) -> list[Spot]:
        """Symbols that no link leaves, ends of the flow left out, in its order."""
        left = {link.tail for link in self._found.values()}
        return [
            s
            for s in self.in_order
            if s.id not in left
            and (s.symbol.outline is not Outline.CAPSULE or s.row == 0)
            and page in (None, s.page)
        ]


def _pentagons(
    pages: Sequence[Page], spots: dict[int, Spot], lines: Sequence[Connector]
) -> dict[int, Pentagon]:
    """The pentagons of the pages that lines of this flow touch, in cells or outside the table."""
    off_page = {s.id for page in pages for s in page.symbols if s.outline is Outline.OFF_PAGE}
    own = off_page | spots.keys()
    heads = {c.head for c in lines if c.tail in own}
    tails = {c.tail for c in lines if c.head in own}
    found: dict[int, Pentagon] = {}
    for n, page in enumerate(pages):
        middle = _middle(page, spots)
        for rank, symbol in enumerate(page.symbols):
            enters, leaves = symbol.id in heads, symbol.id in tails
            if symbol.outline is Outline.OFF_PAGE and (enters or leaves):
                half = _half(symbol.place, middle)
                found[symbol.id] = Pentagon(symbol, n, enters, leaves, half, rank)
    return found


def _half(place: Place, middle: float | None) -> Half | None:
    if (box := place.as_read) is None or middle is None:
        return None
    return "top" if (box[1] + box[3]) / 2 < middle else "bottom"


def _middle(page: Page, spots: dict[int, Spot]) -> float | None:
    """The height between the highest and the lowest symbol of the page's rows."""
    boxes = [b for s in page.symbols if s.id in spots and (b := s.place.as_read) is not None]
    if not boxes:
        return page.size_pt[1] / 2 if page.size_pt else None
    return (min(b[1] for b in boxes) + max(b[3] for b in boxes)) / 2


def _with_returns(lines: Sequence[Connector]) -> list[Connector]:
    """The lines, those turned round that show no head and stand beside an arrow of their two ends.

    Two lines lead forth and back: a decision's way back is seldom drawn along the way to it twice.
    """
    arrows = {(c.tail, c.head) for c in lines if c.directed}
    return [
        replace(c, tail=c.head, head=c.tail, points=c.points[::-1])
        if not c.directed and (c.tail, c.head) in arrows and (c.head, c.tail) not in arrows
        else c
        for c in lines
    ]


def _link(line: Connector, tail: int, head: int, most: float = 1.0) -> Link:
    word = line.label_place.score if line.label_place is not None else 1.0
    score = min(line.score, word, most)
    return Link(tail, head, line.place, line.label.strip(), score, line.directed)


def _joined(first: Link, second: Link, score: float) -> Link:
    """Two lines as one: the place of the first, the label of either, the least of the scores."""
    return Link(
        first.tail,
        second.head,
        first.place,
        first.label or second.label,
        min(first.score, second.score, score),
        first.directed and second.directed,
    )


def _within_reach(line: Connector, page: int, spots: list[Spot], *, ahead: bool) -> list[Spot]:
    """The symbols that the loose end may mean: near the line on its page, or the next page's first.

    Of another page it is the first below a break, or the last above it. Where no box is known, all.
    """
    box = line.place.as_read
    here = [s for s in spots if s.page == page]
    if box is not None:
        boxes = ((s, s.symbol.place.as_read) for s in here)
        here = [s for s, its in boxes if its is None or _near(box, its)]
    beyond = [s for s in spots if s.page == page + (1 if ahead else -1)]
    return here or (beyond[:1] if ahead else beyond[-1:])


def _may_lead(line: Connector, tail: Spot, head: Spot) -> bool:
    """Whether the line may join two symbols; where its way is not known, a row and the next."""
    return line.place.bbox is not None or head.row - tail.row == 1


def _near(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    across = max(one[0], other[0]) - min(one[2], other[2])
    down = max(one[1], other[1]) - min(one[3], other[3])
    return max(across, down) <= _NEAR


def _without_doubles(links: Sequence[Link]) -> list[Link]:
    """A line without a label beside one with a label, between the same two, is the same line.

    Unless it is one of a line with heads at both ends, whose other direction lies in its place.
    """
    labelled = {(k.tail, k.head) for k in links if k.label}
    turned = {(k.head, k.tail, k.place) for k in links}
    return [
        k
        for k in links
        if k.label or (k.tail, k.head) not in labelled or (k.tail, k.head, k.place) in turned
    ]
