"""Lines of a document cut at wide gaps, and what such a line is: a header, a pair of labels."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sopextract.lexicon.labels import IDENTITY_GROUPS, match_label
from sopextract.parse.labels import column_label
from sopextract.parse.langkah.content import look_at
from sopextract.parse.langkah.spaced.parts import Chunk
from sopextract.parse.rows import Row

_CHUNK = re.compile(r"\S+(?: \S+)*")

_LONGEST_HEADING = 70  # characters; own judgement, the longest label has 47 letters
_SURE_LABEL = 0.9  # above the usual 0.84: words of steps are like labels; own judgement


@dataclass(frozen=True, slots=True)
class RowLine:
    """A line of the document: its position, its row, its chunks."""

    position: int
    row: Row
    chunks: tuple[Chunk, ...]


def chunks_of(text: str) -> tuple[Chunk, ...]:
    """The words of a line, cut where two spaces or more stand between them."""
    return tuple(Chunk(m.start(), m.end(), m.group()) for m in _CHUNK.finditer(text))


def is_header(line: RowLine) -> bool:
    """Whether the header of a step table begins here: two column labels, one of them its own.

    Not a line with a number in it (a step whose texts are labels by chance), nor "No" beside
    "Keterangan", which head other tables too.
    """
    if len(line.chunks) < 2 or any(len(c.text) > _LONGEST_HEADING for c in line.chunks):
        return False
    fields = {hit.field for c in line.chunks if (hit := column_label(c.text)) is not None}
    if any(look_at(c.text).number is not None for c in line.chunks):
        return False
    return len(fields) >= 2 and bool(fields & {"kegiatan", "pelaksana", "mutu_baku", "kelengkapan"})


def is_sheet_label(text: str) -> bool:
    """Whether a text is a label of the identity sheet that no step table holds."""
    hit = match_label(text, IDENTITY_GROUPS, _SURE_LABEL)
    if hit is None or (hit.field == "nomor_sop" and " " not in text):  # "Nomor" heads a column
        return False
    return hit.field not in ("halaman", "peralatan_perlengkapan")


def pair_labels(line: RowLine) -> int | None:
    """Where the second label begins when a line holds two section labels and nothing else."""
    if len(line.chunks) != 2:
        return None
    hits = [match_label(c.text, ("bagian",)) for c in line.chunks]
    if hits[0] is None or hits[1] is None:
        return None
    return line.chunks[1].start
