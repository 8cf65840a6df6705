"""Lines of a scan that look like any other, and may be two lines or pass a symbol not seen.

Only where they lie among the symbols and rows tells. Their scores fall so far that a finding points
at them, whatever the order of rows and the wording say: these agree with a wrong line as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from sopextract.model.source import Connector, Outline, Page
from sopextract.parse.alur.drawn import ONLY_ONE, Drawing, Link


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
