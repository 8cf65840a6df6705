"""What reports on a run say in Bahasa Indonesia for what the readers say of a file in English."""

from __future__ import annotations

import re
import tomllib
from functools import cache

from sopextract.core.resources import templates_dir

_HOLE = "{}"
# Holes in holes: "page 3: is damaged or no picture after all" has three levels.
_DEPTH = 4


def in_indonesian(text: str, depth: int = _DEPTH) -> str:
    """The text by the table `templates/batch/pesan.toml`; as it is where it is not there.

    >>> in_indonesian("holds no SOP sheet; it looks like a letter")
    'tidak memuat lembar SOP; tampaknya surat'
    """
    said, patterns = _table()
    if text in said:
        return said[text]
    if depth == 0:
        return text
    for pattern, wording in patterns:
        if match := pattern.fullmatch(text):
            parts = wording.split(_HOLE)
            holes = [in_indonesian(hole, depth - 1) for hole in match.groups()]
            return parts[0] + "".join(
                hole + part for hole, part in zip(holes, parts[1:], strict=True)
            )
    return text


@cache
def _table() -> tuple[dict[str, str], tuple[tuple[re.Pattern[str], str], ...]]:
    """Whole texts, and those with holes as patterns, in the order of the file."""
    data = tomllib.loads((templates_dir() / "batch/pesan.toml").read_text(encoding="utf-8"))
    said = {english: str(wording) for english, wording in data.items()}
    return said, tuple(
        (re.compile("(.+?)".join(map(re.escape, english.split(_HOLE))), re.DOTALL), wording)
        for english, wording in said.items()
        if _HOLE in english
    )
