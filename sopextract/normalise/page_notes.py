"""What the reader said of whole pages: notes of the record, and what they cost its values."""

from __future__ import annotations

from collections.abc import Sequence

from sopextract.model.draft import PageFacts
from sopextract.model.record import UNTRUSTED_FACTOR, PageNote
from sopextract.model.source import ResidueKind

# Words that found no place may be the rest of a value that did: a little less sure. Own judgement;
# what was surest, 0.995, keeps the promise of 0.95.
_WORDS_LEFT = 0.98


def read_page_notes(facts: Sequence[PageFacts]) -> tuple[PageNote, ...]:
    """One note a page."""
    return tuple(
        PageNote(
            page=page.number,
            picture_flow=page.picture_flow,
            untrusted=page.untrusted,
            residue={kind.value: count for kind, count in page.residue},
        )
        for page in facts
    )


def page_factors(facts: Sequence[PageFacts]) -> dict[int | None, float]:
    """What the confidence of a page's values loses, by the page's number; None: no pages."""
    factors: dict[int | None, float] = {}
    for page in facts:
        factor = UNTRUSTED_FACTOR if page.untrusted else 1.0
        if dict(page.residue).get(ResidueKind.WORD):
            factor *= _WORDS_LEFT
        factors[page.number] = min(factor, factors.get(page.number, 1.0))
    return factors
