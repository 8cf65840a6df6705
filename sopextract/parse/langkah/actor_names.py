"""Names of actors in narrow header cells: broken words joined, run-together names taken apart."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sopextract.core.text import fold, squeeze
from sopextract.lexicon.ejaan import KATA_TUGAS
from sopextract.lexicon.jabatan import compare_words, find_head
from sopextract.parse.lines import is_office_word, join_lines

_SLASH = re.compile(r"\s*/\s*")
_MIN_PART = 2  # letters; a single one is the rest of a broken word, not a post


def join_name(lines: Sequence[str]) -> str:
    """One label out of the lines of its cell.

    A word broken over two or three lines is joined when only the whole is a word of posts, and a
    small letter alone always belongs to the word above it; hyphens at a line's end go; no space
    stays around a slash.

    >>> join_name(["Pengadministra", "si Arsip"])
    'Pengadministrasi Arsip'
    >>> join_name(["KOORDINATO", "R"]), join_name(["Pengad", "ministra", "si"])
    ('KOORDINATOR', 'Pengadministrasi')
    >>> join_name(["Kepala Dinas", "/Penanggung Jawab"])
    'Kepala Dinas/Penanggung Jawab'
    """
    parts: list[str] = []
    broken = (part for line in lines for part in line.split("\v"))
    whole = [line for raw in broken if (line := squeeze(raw))]
    for k, line in enumerate(whole):
        if parts and (_is_broken(parts[-1], line) or _in_the_middle(parts[-1], whole[k : k + 2])):
            parts[-1] += line
        else:
            parts.append(line)
    return _SLASH.sub("/", join_lines(parts))


def _in_the_middle(above: str, lines: Sequence[str]) -> bool:
    """Whether a line is the middle of a word that is broken over three."""
    return len(lines) == 2 and " " not in lines[0] and _is_broken(above, lines[0] + lines[1])


def _is_broken(above: str, below: str) -> bool:
    left, right = above.rsplit(" ", 1)[-1], below.split(" ", 1)[0]
    if len(left) < _MIN_PART or not left[-1:].isalpha() or not right[:1].isalpha():
        return False
    if right[:1].isupper() and not (left.isupper() and right.isupper()):
        return False
    if right.islower() and (len(right) == 1 or (len(right) <= 3 and right not in KATA_TUGAS)):
        return not is_office_word(fold(right))
    return is_office_word(fold(left + right)) and not (
        is_office_word(fold(left)) and is_office_word(fold(right))
    )


def begins_name(line: str) -> bool:
    """Whether a line begins like the name of a post."""
    return find_head(compare_words(squeeze(line)), 0) > 0


def split_names(lines: Sequence[tuple[str, bool]]) -> list[str]:
    """Names of actors from header lines; the flag says that a cell border stands before the line.

    With borders these decide. Without any, a name begins where a line begins like a post.
    """
    bordered = sum(border for _, border in lines[1:])
    blocks: list[list[str]] = []
    for text, border in lines:
        starts = border if bordered else begins_name(text)
        if not blocks or starts or (bordered and border):
            blocks.append([text])
        else:
            blocks[-1].append(text)
    return [join_name(block) for block in blocks]
