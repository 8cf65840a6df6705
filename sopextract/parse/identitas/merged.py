"""Values of a scan that hold a label: cells whose wall was not seen ran into one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sopextract.lexicon.labels import IDENTITY_GROUPS, match_label
from sopextract.model.draft import Reading

_MERGED = 0.5  # far below the sure line
_LONGEST = 4  # words of a label
_PLAIN = 0.99  # how well it must fit
_NAMED = ("nama", "judul")  # "Standar Operasional Prosedur" alone is what a SOP is called


def doubt_merged(reading: Reading[str]) -> Reading[str]:
    """The reading, not sure where a label of the form stands in it; only in scans."""
    if reading.place.score < 1.0 and _holds_label(reading.value):
        return replace(reading, score=min(reading.score, _MERGED))
    return reading


def _holds_label(text: str) -> bool:
    words = text.split()
    return any(
        _is_label(words[k : k + size])
        for size in range(1, min(_LONGEST, len(words) - 1) + 1)
        for k in range(len(words) - size + 1)
    )


def _is_label(words: Sequence[str]) -> bool:
    """Whether words spell a label as labels are lettered: one word alone in capitals."""
    phrase = " ".join(words)
    if not (phrase.isupper() if len(words) == 1 else words[0][0].isupper()):
        return False
    hit = match_label(phrase, IDENTITY_GROUPS)
    if hit is None or hit.wrong or hit.score < _PLAIN:
        return False
    return hit.field != "nama_sop" or phrase.casefold().startswith(_NAMED)
