"""Whether a page was read well enough to be relied on, in words for users."""

from __future__ import annotations

from sopextract.ingest.scan.words import PageWords

# Of made sheets, clean or degraded, at least 0.6 of the words are known and their mean confidence
# is above 0.85; of handwriting and photographs that an engine took for letters 0 to 0.1, and 0.4.
_LEAST_KNOWN = 0.35
_LEAST_CONFIDENCE = 0.7
_MOST_UNREAD = 0.3  # of all words
_FEWEST = 5  # words; of fewer nothing can be said
# Dots an inch. Of one clean made sheet 14 values were wrong and silent at 72, 6 at 100, 3 at 120,
# none at 150.
_LEAST_DPI = 130
_BY_HAND = " (tulisan tangan tidak dapat dibaca)"
_AGAIN = "pindai ulang pada 300 dpi, lurus dan terang"


def why_poor(words: PageWords, dpi: float | None = None) -> str | None:
    """Why a page cannot be relied on and what to do, in Bahasa Indonesia; None for a good page.

    `dpi` are the dots an inch of the picture; None: not known.
    """
    count = len(words.words)
    if count + words.unread < _FEWEST:
        return None
    if words.unread > _MOST_UNREAD * (count + words.unread):
        hand = _BY_HAND if words.unread > count else ""
        return f"{words.unread} dari {count + words.unread} kata tidak terbaca{hand}; {_AGAIN}"
    if dpi is not None and round(dpi) < _LEAST_DPI:
        return f"gambarnya hanya {dpi:.0f} dpi, terlalu kasar untuk huruf kecil; {_AGAIN}"
    known, confidence = words.known_share, words.mean_confidence
    if known is not None and known < _LEAST_KNOWN:
        return f"hanya {known:.0%} katanya dikenal; {_AGAIN}"
    if confidence is not None and confidence < _LEAST_CONFIDENCE:
        return f"kata-katanya terbaca dengan kepercayaan rata-rata {confidence:.0%}; {_AGAIN}"
    return None
