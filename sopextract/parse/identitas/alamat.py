"""The agency's address, whose lines OCR breaks in the middle of words."""

from __future__ import annotations

from collections.abc import Sequence

from sopextract.core.text import words
from sopextract.lexicon.instansi import is_address, level_of
from sopextract.model.draft import Change, Method, Reading
from sopextract.parse.identitas.kop import KopLine

_MAX_GAP = 5  # rows between two lines of one address; four were seen
_MAX_LINES = 4  # street, region, telephone, post office or web; own judgement


def read_alamat(
    lines: Sequence[KopLine], path: str
) -> tuple[Reading[str], tuple[Change, ...]] | None:
    """The first address among loose lines, and the words joined again; None when there is none.

    Two halves of a word at a line's break are joined only when the whole word stands elsewhere in
    the lines ("Batuman" / "di" → "Batumandi"): a name is never guessed.
    """
    start = next((k for k, line in enumerate(lines) if is_address(line.text)), None)
    if start is None:
        return None
    known = {word for line in lines for word in words(line.text)}
    text, first = lines[start].text, lines[start]
    changes: list[Change] = []
    for above, line in zip(lines[start:], lines[start + 1 : start + _MAX_LINES], strict=False):
        if line.position - above.position > _MAX_GAP or not _goes_on(line.text):
            break
        left, right = text.rsplit(" ", 1)[-1], line.text.split(" ", 1)[0]
        whole = left + right
        if right.islower() and words(whole) and words(whole)[0] in known:
            changes.append(Change(path, f"{left} {right}", whole, "ocr.broken-word", 0.85))
            text += line.text
        else:
            text += f" {line.text}"
    score = 0.85 if changes else 0.95
    return Reading(text, text, first.place, Method.LINE, score), tuple(changes)


def _goes_on(text: str) -> bool:
    """Whether a line can belong to an address: it begins low, or names a part of one."""
    low = text.casefold()
    parts = (
        "kode pos",
        "kecamatan",
        "telp",
        "telepon",
        "fax",
        "faks",
        "email",
        "e-mail",
        "website",
    )
    named = low.startswith(("kecamatan", "kel.", "desa", "kode pos", "telp", "telepon", "email"))
    return (text[:1].islower() or named or any(p in low for p in parts)) and not (
        text.isupper() and level_of(text) is not None
    )
