"""What follows the figures: where the title ends, and the acts that amend or join this one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sopextract.parse.dasar_hukum.kinds import Head, parse_head, starts_kind
from sopextract.parse.dasar_hukum.tokens import JOINDERS, amend_end, cites, is_title_word
from sopextract.parse.dasar_hukum.words import Word, tokenize

# Words with which an article, a date or a gazette begins, never a title without "tentang".
_NO_TITLE = frozenset(
    "pasal bab ayat tanggal lembaran berita tambahan republik dan serta".split()  # noqa: SIM905 - a word list reads best as words
)
# Characters that hold the MAX_HEAD words of a kind, issuer and number; own judgement.
_LONGEST_HEAD = 200
_SHORTEST_TITLE = 5  # characters, where no "tentang" tells that it is one; own judgement
# "std", "s.t.d.t.d.": sebagaimana telah diubah (terakhir) dengan.
_SHORT_AMEND = re.compile(r"\bs\.?\s?t\.?\s?d\.?\s?(?:t\.?\s?)?d\b\.?", re.IGNORECASE)
_GAZETTE = re.compile(
    r"""[\s,;]*[(\[]\s*(?:(?:Tambahan\s+)?(?:Lembaran|Berita|Lernbaran)\s+(?:Negara|Daerah|Kota|Kab)
        |(?:LN|BN|TLN|LD|BD|TLD|LNRI|TLNRI|BNRI)\b)
      | [,;]\s*(?:Tambahan\s+)?(?:Lembaran|Berita)\s+(?:Negara|Daerah)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_CHANGES = re.compile(
    r"[\s,;]*\(?\s*\b(?:dan|beserta|serta|berikut)\s+(?:semua\s+|seluruh\s+)?perubahannya\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Body:
    """Where the title ends, and where amending and joined acts start (character, role)."""

    title_end: int
    others: tuple[tuple[int, int, str], ...]  # start and end of the text of the act, its role

    @classmethod
    def cut(cls, text: str, words: Sequence[Word], start: int, head: Head | None) -> Body:
        """Cut what stands from character `start` on: "std" and "jo" begin another act as well."""
        marks: list[tuple[int, int, str]] = []  # start of the clause, start of the act, role
        i = next((n for n, w in enumerate(words) if w.start >= start), len(words))
        first = i
        while i < len(words):
            end = amend_end(words, i)
            if end and end < len(words):
                if not _belongs_inside(words, first, i, end, head, nested=not marks):
                    marks.append((words[i].start, words[end].start, "diubah"))
                i = end
                continue
            if words[i].folded in JOINDERS and cites(words, i + 1):
                marks.append((words[i].start, words[i + 1].start, "juncto"))
            i += 1
        for short in _SHORT_AMEND.finditer(text, start):
            if cites(tokenize(text[short.end() : short.end() + _LONGEST_HEAD]), 0):
                marks.append((short.start(), short.end(), "diubah"))
        marks.sort()
        title_end = marks[0][0] if marks else len(text)
        for tail in (_GAZETTE, _CHANGES):
            if cut := tail.search(text, start, title_end):
                title_end = cut.start()
        others = tuple(
            (act, marks[n + 1][0] if n + 1 < len(marks) else len(text), role)
            for n, (_, act, role) in enumerate(marks)
        )
        return cls(title_end, others)


def _belongs_inside(
    words: Sequence[Word], first: int, clause: int, act: int, head: Head | None, *, nested: bool
) -> bool:
    """Whether an amendment clause belongs to an act cited inside the title.

    An act is amended by one of its own kind: in "PP … tentang Pelaksanaan UU 23/2006 sebagaimana
    telah diubah dengan UU 24/2013" the clause is part of the title. A title without an inner act of
    the amending kind leaves the clause to the entry itself.
    """
    if head is None or not nested:
        return False
    amending = parse_head("", words[act : act + 8])
    if amending is None or amending.kind.kode == head.kind.kode:
        return False
    for i in range(first, clause):
        inner = starts_kind(words[i:clause]) and parse_head("", words[i : i + 8])
        if inner and inner.kind.kode == amending.kind.kode:
            return True
    return False


def clean_title(raw: str, *, titled: bool) -> str | None:
    """The title without punctuation at its ends; without "tentang" only what reads like one."""
    title = raw.strip(" .;,:-–—\"'“”")
    if title.endswith(("(", "[")):
        title = title[:-1].rstrip(" .;,")
    if title.endswith(")") and title.count("(") < title.count(")"):
        title = title[:-1].rstrip()
    if not any(c.isalpha() for c in title):
        return None
    if titled:
        return title
    lead = title.split()[0].strip(",.;:()").casefold()
    if not title[0].isupper() or len(title) < _SHORTEST_TITLE or lead in _NO_TITLE:
        return None
    return title


def split_acts(text: str) -> tuple[str, ...]:
    """ "UU 2/2015 dan UU 9/2015" is two acts while no title has begun; else one."""
    text = text.strip(" ,;")
    if text.casefold().endswith((" dan", " serta")):
        text = text.rsplit(" ", 1)[0].rstrip(" ,;")
    words = tokenize(text)
    cuts = [0]
    for i, word in enumerate(words[:-1]):
        if is_title_word(word):
            break
        joined = word.folded in {"dan", "serta"}
        listed = joined or (i > 1 and "," in text[words[i - 1].end : word.start])
        complete = any(c.isdigit() for c in text[cuts[-1] : word.start])
        at = i + 1 if joined else i
        if i and listed and complete and cites(words, at):
            cuts.append(words[at].start)
    ends = [*cuts[1:], len(text)]
    return tuple(
        re.sub(r"[\s,;]*(?:dan|serta)?[\s,;]*$", "", text[a:b])
        for a, b in zip(cuts, ends, strict=True)
    )
