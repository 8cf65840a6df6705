"""The marks that a sheet drawn by this program bears: what it prints and what reading takes off."""

from __future__ import annotations

import re

UNREAD_TEXT, ABSENT_TEXT = "[belum terbaca]", "[tidak ada]"
NO_SIGNER, NO_STEPS = "[nama dan NIP tidak ada]", "[langkah belum terbaca]"
INFERRED_SIGN = "†"  # own judgement: sheets have asterisks of their own
_NOTE = r"\s*\[catatan:[^\]]*\]"  # what `printed_note` writes, wherever its lines were broken
_WORDS = re.compile(
    "|".join([*map(re.escape, (UNREAD_TEXT, ABSENT_TEXT, NO_SIGNER, NO_STEPS)), _NOTE])
)


def printed_note(note: str) -> str:
    """What a sheet says in words of a row because its drawing cannot show it.

    >>> printed_note("Ya ke langkah 3"), strip_marks("Memeriksa [catatan: Ya ke langkah 3]")
    ('[catatan: Ya ke langkah 3]', 'Memeriksa')
    """
    return f"[catatan: {note.replace(']', ')')}]"


def strip_marks(text: str) -> str:
    """A text without our own marks: they say something about a value and are none.

    >>> strip_marks("Laporan†"), strip_marks("NIP. [tidak ada]"), strip_marks("[sesuai SOP]")
    ('Laporan', 'NIP. ', '[sesuai SOP]')
    """
    if INFERRED_SIGN not in text and "[" not in text:
        return text
    return _WORDS.sub("", text).replace(INFERRED_SIGN, "")
