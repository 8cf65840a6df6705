"""Lines of a scan that look like any other, and may be two lines, pass a symbol not seen or be read
from the wrong end.

Only where they lie among the symbols and rows tells. Their scores fall so far that a finding points
at them, whatever the order of rows and the wording say: these agree with a wrong line as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from sopextract.model.source import Connector, Outline, Page
from sopextract.parse.alur.drawn import ONLY_ONE, Drawing, Link

# A line that ends at nothing and shows no head has as much (page/joints.py), and arrows seen
# clearly at least as much.
_LOOSE, _SURE = 0.5, 0.9


def with_doubted_forks(pages: Sequence[Page]) -> list[Page]:
    """The pages, the lines of scans doubted where one way out of a decision leads to several
    symbols.

    A decision has a line for each of its answers: two that meet on the way are taken for one that
    parts, and which answer leads where is not seen.
    """
    return [
        page if page.scan is None else replace(page, connectors=_without_sure_forks(page))
        for page in pages
    ]


def _without_sure_forks(page: Page) -> tuple[Connector, ...]:
    decisions = {s.id for s in page.symbols if s.outline is Outline.DIAMOND}
    starts = Counter((c.tail, c.points[0]) for c in page.connectors if c.points)
    return tuple(
        replace(c, score=min(c.score, ONLY_ONE))
        if c.tail in decisions and c.points and starts[c.tail, c.points[0]] > 1
        else c
        for c in page.connectors
    )


def with_doubted_jumps(drawing: Drawing, pages: Sequence[Page]) -> Drawing:
    """The drawing, lines of scans doubted that lead down past a row which nothing enters.

    The symbol of that row may stand in the line's way, not seen.
    """
    scans = {n for n, page in enumerate(pages) if page.scan is not None}
    rows_of = {id_: spot.row for id_, spot in drawing.spots.items()}
    entered = {rows_of[k.head] for k in drawing.links if rows_of[k.tail] != rows_of[k.head]}

    def is_doubted(link: Link) -> bool:
        passed = range(rows_of[link.tail] + 1, rows_of[link.head])
        return drawing.spots[link.tail].page in scans and not entered.issuperset(passed)

    return replace(
        drawing,
        links=tuple(
            replace(k, score=min(k.score, ONLY_ONE)) if is_doubted(k) else k for k in drawing.links
        ),
    )


def with_lines_down(drawing: Drawing, pages: Sequence[Page]) -> Drawing:
    """The drawing, lines of scans led as a flow is where they do not show themselves how they lead.

    Without a head a line leads down; one that leads up from what is no decision, or past a row into
    one, is led the other way: ways back leave decisions. Where few lines of a sheet show a clear
    head, one that is not clear is a blot. A line without a head that ends at nothing may lead to
    the next row, and no farther; one that would lead up beside one that leads down is a part of it.
    Rows whose line is left out are torn: what was there was not understood.
    """
    scans = {n for n, page in enumerate(pages) if page.scan is not None}
    mine = [k for k in drawing.links if drawing.spots[k.tail].page in scans]
    sure = sum(k.directed and k.score >= _SURE for k in mine)
    have_heads = sure * 2 > len(mine)
    ways = {(k.tail, k.head) for k in drawing.links}
    links, torn = [], set[int]()
    for link in drawing.links:
        on_scan = drawing.spots[link.tail].page in scans
        if not on_scan or (link.directed and link.score >= _SURE):
            links.append(link)
        elif _leads_wrongly(link, drawing):
            if (link.head, link.tail) not in ways:
                links.append(link if link.directed and have_heads else _turned(link))
        elif link.directed or link.score > _LOOSE or _leads_to_next(link, drawing):
            links.append(link)
        else:
            torn |= {drawing.spots[link.tail].row, drawing.spots[link.head].row}
    return replace(drawing, links=tuple(links), torn=drawing.torn | torn)


def _turned(link: Link) -> Link:
    """A line led the other way, in doubt."""
    score = min(link.score, ONLY_ONE)
    return replace(link, tail=link.head, head=link.tail, score=score, directed=False)


def _leads_to_next(link: Link, drawing: Drawing) -> bool:
    """Whether a line leads to the row below its own."""
    return drawing.spots[link.head].row == drawing.spots[link.tail].row + 1


def _leads_wrongly(link: Link, drawing: Drawing) -> bool:
    """Whether a line leads up from no decision, or past a row into one."""
    tail, head = drawing.spots[link.tail], drawing.spots[link.head]
    if tail.symbol.outline is Outline.DIAMOND:
        return False
    return head.row < tail.row or (
        head.symbol.outline is Outline.DIAMOND and head.row > tail.row + 1
    )
