"""What the reader said of whole pages: notes of the record, and what they cost its values."""

from __future__ import annotations

from collections.abc import Sequence

from sopextract.model.draft import PageFacts
from sopextract.model.record import UNTRUSTED_FACTOR, Ocr, PageNote, PageScan
from sopextract.model.source import ResidueKind, ScanReading

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
            scan=_page_scan(page.scan) if page.scan is not None else None,
        )
        for page in facts
    )


def _page_scan(scan: ScanReading) -> PageScan:
    return PageScan(
        mean_confidence=_rounded(scan.mean_confidence),
        known_share=_rounded(scan.known_share),
        words=scan.words,
        unread=scan.unread,
        turn=scan.turn,
        skew_deg=round(scan.skew_deg, 2),
        poor=scan.poor,
    )


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def read_ocr(facts: Sequence[PageFacts]) -> Ocr | None:
    """The engine that read these pages, with its mean over their words; None where it read none."""
    read = [
        (page.scan, page.scan.mean_confidence)
        for page in facts
        if page.scan is not None and page.scan.mean_confidence is not None and page.scan.words
    ]
    if not read:
        return None
    words = sum(scan.words for scan, _ in read)
    mean = sum(confidence * scan.words for scan, confidence in read) / words
    most = max((scan for scan, _ in read), key=lambda scan: scan.words)
    return Ocr(engine=most.engine, version=most.version, mean_confidence=round(mean, 4))


def scanned_pages(facts: Sequence[PageFacts]) -> frozenset[int | None]:
    """The numbers of the pages that were read from pixels, wholly or a picture on them."""
    return frozenset(page.number for page in facts if page.scan is not None)


def page_factors(facts: Sequence[PageFacts]) -> dict[int | None, float]:
    """What the confidence of a page's values loses, by the page's number; None: no pages."""
    factors: dict[int | None, float] = {}
    for page in facts:
        poor = page.scan is not None and page.scan.poor
        factor = UNTRUSTED_FACTOR if page.untrusted or poor else 1.0
        if dict(page.residue).get(ResidueKind.WORD):
            factor *= _WORDS_LEFT
        factors[page.number] = min(factor, factors.get(page.number, 1.0))
    return factors
