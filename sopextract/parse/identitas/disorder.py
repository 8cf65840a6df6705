"""Sections whose text ran together: what stands below one label belongs to another.

`pdftotext` without `-layout`, and copying out of a viewer, print the two columns of the identity
sheet in the order in which they were drawn. Which text belongs to which label cannot be settled
then; it can be seen that it is not settled, and nothing of it may pass for sure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from sopextract.core.text import squeeze
from sopextract.parse.labels import Found, column_label
from sopextract.parse.nip import find_nip

# At the head of an item: "Memahami Peraturan …" in Kualifikasi begins otherwise.
_CITATION = re.compile(
    r"^(?:\d{1,2}\s?[.)]\s*)?(?:undang\s?-?\s?undang|peraturan|keputusan|instruksi)\b.{0,120}?"
    r"\b(?:nomor|no)\b\.?\s*\S+\s+tahun\s+(?:19|20)\d\d",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"^(\d{1,2})\s?[.)](?:\s|$)")
_BARE_NUMBER = re.compile(r"^\d{1,2}\s?[.,)]?$")
_SOP_NUMBER = re.compile(
    r"^(?:SOP\s?[-/]\s?)?\d[\w.]*\s?/\s?[\w.\- ]+/\s?(?:19|20)\d\d$", re.IGNORECASE
)
_NO_LAWS = frozenset(("kualifikasi_pelaksana", "peringatan", "pencatatan_pendataan"))
# One sign alone spoils its own section; two or more say that the whole sheet ran together.
_ALL_FROM = 2  # own judgement
_SPOILT = 0.6  # far below the sure line, as every value whose place was guessed


def doubt_scrambled(found: Sequence[Found]) -> bool:
    """Lower `doubt` of the labels whose values ran together; whether the whole sheet did."""
    total = 0
    for label in found:
        if label.hit.group != "bagian":
            continue
        signs = sum(1 for _ in _signs(label))
        if signs:
            label.doubt = min(label.doubt, _SPOILT)
        total += signs
    if total < _ALL_FROM:
        return False
    for label in found:
        if not label.inline:
            label.doubt = min(label.doubt, _SPOILT)
    return True


def _signs(label: Found) -> Iterator[str]:
    """What cannot stand in a section of this name."""
    lines = [squeeze(line) for text, _, _ in label.pieces for line in text.split("\n")]
    lines = [line for line in lines if line]
    if label.name in _NO_LAWS and sum(bool(_CITATION.match(line)) for line in lines):
        yield "a citation"
    if sum((hit := column_label(line)) is not None and hit.score >= 0.95 for line in lines):
        yield "headings of the step table"
    if sum(bool(_BARE_NUMBER.match(line)) for line in lines) >= 2:
        yield "numbers without texts"
    numbers = [int(m[1]) for line in lines if (m := _NUMBER.match(line))]
    if any(b == 1 and a > 1 for a, b in pairwise(numbers)):
        yield "two lists"
    if any(find_nip(line) or _SOP_NUMBER.match(line) for line in lines):
        yield "values of the identity box"
