"""Sealed gold: truth that can be checked against but not read.

Some sheets may not be copied into the project. Their gold holds digests in place of texts; a parsed
value is right when its own digest is the same.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping

from sopextract.core.text import squeeze

PREFIX = "sealed:"
_DIGITS = 16  # hex digits kept: 64 bits, so two different texts of one sheet never meet by chance

# Names of kinds and derived values say nothing that identifies a person; readable gold helps.
_OPEN = frozenset(
    {
        *("path", "sha256", "media_type", "schema_version", "not_a_sop"),
        *("jenis", "id", "status", "simbol", "label", "label_teks", "basis"),
        *("durasi", "durasi_maks", "hari"),
        *("tanggal_pembuatan", "tanggal_revisi", "tanggal_efektif", "tanggal_pengesahan"),
    }
)


def plain(text: str) -> str:
    """The text as it is compared: NFC, white space squeezed, no closing `.`, `;`, `,` or `:`.

    >>> plain("  Kertas,  ATK. ")
    'Kertas, ATK'
    """
    return squeeze(unicodedata.normalize("NFC", text)).rstrip(".;,: ")


def seal_text(text: str) -> str:
    """The digest that stands for a text; letter case does not matter.

    >>> seal_text("Kertas") == seal_text(" KERTAS.")
    True
    """
    digest = hashlib.sha256(plain(text).casefold().encode()).hexdigest()
    return PREFIX + digest[:_DIGITS]


def is_sealed(value: object) -> bool:
    """Whether a leaf of gold is a digest."""
    return isinstance(value, str) and value.startswith(PREFIX)


def seal(gold: Mapping[str, object]) -> dict[str, object]:
    """The same gold with every text that could be copied replaced by its digest.

    Kinds, ids, dates, durations and symbols stay readable; numbers and nulls are as they were.
    """
    return {key: _seal_value(key, value) for key, value in gold.items()}


def _seal_value(key: str, value: object) -> object:
    if isinstance(value, Mapping):
        return seal(value)
    if isinstance(value, list | tuple):
        return [_seal_value(key, item) for item in value]
    if isinstance(value, str) and key not in _OPEN and not is_sealed(value):
        return seal_text(value)
    return value
