"""Which pages of the document a SOP takes, and what the reader said of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from sopextract.model.draft import PageFacts
from sopextract.model.source import Page, SourceDocument
from sopextract.parse.rows import Row


def pages_of(
    document: SourceDocument, rows: Sequence[Row], start: int, end: int
) -> tuple[Page, ...]:
    """The pages of the SOP that the rows `start` to `end` (exclusive) hold.

    A page without any row (a scan, a flow that is a picture) belongs to the SOP before it.
    """
    first = 0 if start == 0 else rows[start].page
    last = rows[end - 1].page if end > start else first
    following = rows[end].page if end < len(rows) else len(document.pages)
    return document.pages[first : max(last + 1, following)]


def span_of(pages: Sequence[Page]) -> tuple[int, int] | None:
    """First and last page by their printed count from 1; None where the format has no pages."""
    numbers = [page.number for page in pages if page.number is not None]
    return (min(numbers), max(numbers)) if numbers else None


def facts_of(pages: Sequence[Page]) -> tuple[PageFacts, ...]:
    """What the reader said of these pages, without those of which there is nothing to say."""
    facts = (
        PageFacts(
            page.number,
            page.picture_flow,
            page.untrusted,
            tuple(sorted(Counter(one.kind for one in page.residue).items())),
            replace(page.scan, crops=()) if page.scan is not None else None,
        )
        for page in pages
    )
    return tuple(f for f in facts if f.picture_flow or f.untrusted or f.residue or f.scan)
