"""The title of the procedure, wherever the document gives it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sopextract.core.text import squeeze
from sopextract.lexicon.labels import COLUMN_GROUPS, match_label
from sopextract.model.draft import MaybeText, Method, Reading
from sopextract.model.source import Emphasis
from sopextract.parse.identitas.kop import Kop, KopLine
from sopextract.parse.identitas.sheet import Identity
from sopextract.parse.identitas.values import single
from sopextract.parse.labels import Found
from sopextract.parse.nip import find_nip
from sopextract.parse.places import join_places

TITLE_PREFIX = re.compile(
    r"""^(?:
        (?: standar(?:d|t)?\s+op\w*sional\s+prosed\w*\s*(?:\(\s*sop\s*\))?
          | sop | bagan\s+alir | flow\s?chart | judul
        )\b\s*[:\-–]?\s*
    )+""",
    re.IGNORECASE | re.VERBOSE,
)
_CHAPTER = re.compile(r"^(?:[IVX]+|[A-Z])\.\s+\S")  # "II. DOKUMEN DASAR SOP"
_ABOVE_TABLE = 12  # rows between a title and its table; OCR leaves up to eight blank ones
_LONGEST_TITLE = 160  # characters; own judgement, a title of two full lines has as many
_NEAR = 25  # rows between a heading and the labels of its identity sheet; own judgement
_FROM_ABOVE_TABLE = 0.88  # below the sure line: the sheet does not call it the name


def _is_nama_label(found: Found) -> bool:
    return found.text.casefold().lstrip("[(").startswith(("nama", "judul", "narna"))


def read_nama(
    identity: Identity, titles: Sequence[Reading[str]]
) -> tuple[MaybeText | None, tuple[Reading[str], ...]]:
    """The title, and the other titles of the document that are not it.

    The label Nama SOP decides. Where it stands empty or is lost, the heading "Standar Operasional
    Prosedur" gives the title, else the line above the step table; that is inferred.
    """
    found = identity.of("nama_sop")
    labelled = [f for f in found if _is_nama_label(f)]
    headings = [f for f in found if not _is_nama_label(f)]
    named = single(labelled) if labelled else None
    heading = single(headings) if headings else None
    others = list(titles)
    if heading is not None and heading.value is not None:
        if not labelled and headings[-1].pieces and _near_identity(identity, headings[-1]):
            named, heading = heading, None
        else:
            others.insert(
                0,
                Reading(heading.value, heading.text, heading.place, heading.method, heading.score),
            )
    if (named is None or named.value is None) and others:
        best = others[-1]
        clean = TITLE_PREFIX.sub("", best.value).strip()
        if clean:
            named = Reading(clean, best.text, best.place, Method.INFERRED, _FROM_ABOVE_TABLE)
            others = others[:-1]
    return named, tuple(others)


def _near_identity(identity: Identity, heading: Found) -> bool:
    """Whether the heading stands among the labels of the identity sheet, not on a cover."""
    return any(0 < abs(f.row - heading.row) <= _NEAR for f in identity.found if f is not heading)


def read_titles(identity: Identity, table_start: int | None, kop: Kop) -> list[Reading[str]]:
    """Title lines outside the identity sheet: the last lines above the step table."""
    if table_start is None:
        return []
    above = [
        line
        for line in identity.loose
        if line.position < table_start and table_start - line.position <= _ABOVE_TABLE
    ]
    block: list[KopLine] = []
    for line in reversed(above):
        if block and block[-1].position - line.position > 1:
            break
        if line.position in kop.used or len(line.text) > _LONGEST_TITLE or find_nip(line.text):
            break
        block.append(line)
    block.reverse()
    block = [line for line in block if not _CHAPTER.match(line.text)]
    if not block:
        return []
    text = squeeze(" ".join(line.text for line in block))
    named = [line for line in block if TITLE_PREFIX.match(line.text)]
    if named:
        start = block.index(named[-1])
        text = squeeze(" ".join(line.text for line in block[start:]))
        block = block[start:]
    body = TITLE_PREFIX.sub("", text).strip()
    heading = block and identity.emphasis.get(block[0].position, Emphasis.PLAIN)
    plausible = named or heading is not Emphasis.PLAIN or text.isupper() or len(text.split()) >= 3
    if not body or not plausible or match_label(body, COLUMN_GROUPS) is not None:
        return []
    place = join_places(line.place for line in block)
    return [Reading(body, text, place, Method.LINE, 0.9)]
