"""Whether a page was read well enough to be relied on, in words for users."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from sopextract.ingest.page.strokes import Word
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
# Points: what is smaller was shrunk. Of 60 pages of made sheets three letters in four had at least
# 6.7, and were measured as 7; shrunk to 70 %, one of 7.2 lost 8 of 100 cells of its identity sheet.
_SMALLEST_PRINT = 6.6
_FEWEST_LETTERS = 60  # some three lines; fewer are a stamp, a title or a foot note
_LARGER = (1.0, math.sqrt(2), 2.0)  # A3 on A4, A4 on A5; A3 on A5


def enlargement(words: Sequence[Word]) -> float:
    """How many times larger a page must be for its letters to be those of a sheet: 1, 1.4 or 2.

    What is told by points (rules, rows, symbols) then holds for a shrunk sheet too, and its dots
    an inch are those of the sheet as it was. The small print of foot notes counts where three
    letters in four are no larger.
    """
    sizes = np.repeat([word.size_pt for word in words], [len(word.text) for word in words])
    sizes = sizes[sizes > 0]
    if len(sizes) < _FEWEST_LETTERS:
        return 1.0
    size = float(np.percentile(sizes, 75))
    return next((by for by in _LARGER if size * by >= _SMALLEST_PRINT), _LARGER[-1])


def why_poor(words: PageWords, dpi: float | None = None) -> str | None:
    """Why a page cannot be relied on and what to do, in Bahasa Indonesia; None for a good page.

    `dpi` are the dots an inch of the picture, of a shrunk sheet those of the sheet as it was; None:
    not known.
    """
    count = len(words.words)
    if count + words.unread < _FEWEST:
        return None
    if words.unread > _MOST_UNREAD * (count + words.unread):
        hand = _BY_HAND if words.unread > count else ""
        return f"{words.unread} dari {count + words.unread} kata tidak terbaca{hand}; {_AGAIN}"
    if dpi is not None and round(dpi) < _LEAST_DPI:
        return f"gambarnya hanya setara {dpi:.0f} dpi, terlalu kasar untuk huruf kecil; {_AGAIN}"
    known, confidence = words.known_share, words.mean_confidence
    if known is not None and known < _LEAST_KNOWN:
        return f"hanya {known:.0%} katanya dikenal; {_AGAIN}"
    if confidence is not None and confidence < _LEAST_CONFIDENCE:
        return f"kata-katanya terbaca dengan kepercayaan rata-rata {confidence:.0%}; {_AGAIN}"
    return None
