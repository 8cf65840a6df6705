"""The grammar of one citation: kind, issuer, number, year, title, amendments, joinder, gazette."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sopextract.core.text import squeeze
from sopextract.lexicon.jenis_peraturan import REGIONAL
from sopextract.model.draft import Citation
from sopextract.parse.dasar_hukum.kinds import Head, parse_head, region_of_title, starts_kind
from sopextract.parse.dasar_hukum.words import (
    Word,
    is_word,
    repair_number,
    repair_year,
    tokenize,
    year_in_number,
)

_NUMTOK = ("nomor", "nomer")
_NUM_SHORT = frozenset({"no", "nmr", "nonor", "nomar"})
_YEARTOK = ("tahun",)
_YEAR_SHORT = frozenset({"th", "thn", "tahum", "tatrun", "tshun", "tqhun"})
_TITLE = ("tentang",)
_TITLE_SHORT = frozenset({"ttg", "ttng", "tntng"})
_DATE = frozenset({"tanggal", "tgl", "tertanggal"})
_JO = frozenset({"jo", "juncto", "yo", "junto", "jis"})
_JOINT = frozenset({"perber", "skb"})  # joint rules have a number of each issuer
_MAX_HEAD = 24  # words; the longest ministry with "Republik Indonesia" and a double office has 17
_MAX_GAP = 16  # words between year and title: two more numbers of a joint rule have 10
_MAX_TEXT = 6000  # characters; the longest entry of a real sheet has 900

# A number as printed: runs without spaces, or with spaces around "/" and after "PK." or "PER-".
_CHUNK = re.compile(
    r"""(?: (?:PER|KEP|SE|INS|PK|SKEP|M)\s?[.\-/]\s?     # a type code in front
          | (?-i:[A-Z]{1,4})\.?\s? (?=\d) )?              # "PM 19", "KM. 55"
        [0-9A-Za-z][\w.\-]*
        (?: \s?/\s? [\w.\-]+ )*""",
    re.VERBOSE | re.IGNORECASE,
)
_TYPE_CODE = re.compile(
    r"(?:PER|KEP|SE|INS|PK|SKEP)\s?[.\-/]\s?\Z | (?:PM|KM|KP)\s?[.\-]?\s?\Z",
    re.IGNORECASE | re.VERBOSE,
)
_SHORT_AMEND = re.compile(r"\bs\.?\s?t\.?\s?d\.?\s?(?:t\.?\s?)?d\b\.?", re.IGNORECASE)
_GAZETTE = re.compile(
    r"""[\s,;]*[(\[]\s*(?:(?:Tambahan\s+)?(?:Lembaran|Berita|Lernbaran)\s+(?:Negara|Daerah|Kota|Kab)
        |(?:LN|BN|TLN|LD|BD|TLD|LNRI|TLNRI|BNRI)\b)
      | [,;]\s*(?:Tambahan\s+)?(?:Lembaran|Berita)\s+(?:Negara|Daerah)\b""",
    re.VERBOSE | re.IGNORECASE,
)
# "Pasal 18 ayat (6) Undang-Undang Dasar …": the act is cited, the article says where in it.
_LEAD = re.compile(
    r"\A(?:\(?\d{1,2}[.)]\s*(?=[^\W\d]{2}))?"  # a list number that was left on
    r"(?:Pasal\s+\d+\w?\s+(?:ayat\s*\(?\d+\w?\)?\s+)?(?:huruf\s+\w\s+)?)?",
    re.IGNORECASE,
)
_CHANGES = re.compile(
    r"[\s,;]*\(?\s*\b(?:dan|beserta|serta|berikut)\s+(?:semua\s+|seluruh\s+)?perubahannya\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Repair:
    """A figure that was misread: `path` relative to the citation ("/tahun")."""

    path: str
    before: str
    after: str


@dataclass(slots=True)
class _Scan:
    """Number and year while they are being read."""

    nomor: str | None = None
    tahun: int | None = None
    numtok: bool = False
    repairs: list[Repair] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class CitationReading:
    """A citation with the figures that were repaired to read it."""

    citation: Citation
    repairs: tuple[Repair, ...] = ()


def parse_citation(teks: str) -> Citation | None:
    """Read one entry of a legal basis.

    The first act cited is the entry; acts inside its title stay in the title. What the text does
    not say is None. None when no regulation is cited ("ISO 9001:2008", "Renstra Dinas").
    Source: the forms of domain §3.2–3.4.

    >>> parse_citation("Permendagri No. 73 tahun 2009").nomor
    '73'
    """
    reading = read_citation(teks)
    return reading.citation if reading else None


def read_citation(teks: str) -> CitationReading | None:
    """Like `parse_citation`, with the repaired figures."""
    text = squeeze(_LEAD.sub("", squeeze(teks[:_MAX_TEXT])))
    return _parse(text, tokenize(text), base=True)


def _parse(text: str, words: Sequence[Word], *, base: bool) -> CitationReading | None:
    if not words:
        return None
    head_end = _head_end(text, words)
    head = parse_head(text, words[:head_end])
    scan = _Scan()
    at = _read_numbers(text, words, head_end, scan)
    region_gap, at = _gap_region(text, words, at, head)
    titled = at < len(words) and _is_title(words[at])
    if head is None:
        alone = scan.numtok or not base or (head_end == 0 and titled)  # "12/2019 tentang …"
        if not (scan.nomor and scan.tahun and alone):
            return None
    if head and head.kind.sifat == "lembaga" and head.penerbit and not scan.nomor:
        return None  # "Keputusan pimpinan", "Peraturan yang berlaku": no act is named
    body_from = words[at].start if at < len(words) else len(text)
    if titled:
        body_from = words[at].end
    body = _Body.cut(text, words, body_from, head)
    tentang = _title(text[body_from : body.title_end], titled=titled)
    daerah = (head.daerah or region_gap) if head else None
    if head and daerah is None and tentang and head.kind.sifat in REGIONAL:
        daerah = region_of_title(tentang, head.kind)
    citation = Citation(
        jenis=head.jenis if head else None,
        nomor=scan.nomor,
        tahun=scan.tahun,
        tentang=tentang,
        daerah=daerah,
        penerbit=head.penerbit if head else None,
    )
    return _with_others(text, CitationReading(citation, tuple(scan.repairs)), body)


def _head_end(text: str, words: Sequence[Word]) -> int:
    """Index of the first word that is no part of kind and issuer."""
    for i, word in enumerate(words[:_MAX_HEAD]):
        ends = _is_numtok(word) or _is_yeartok(word) or _is_title(word) or word.folded in _DATE
        if ends or word.folded[0].isdigit():
            return _before_type_code(text, words, i)
        if i and (word.folded in _JO or _amend_end(words, i)):
            return i
    return min(len(words), _MAX_HEAD)


def _before_type_code(text: str, words: Sequence[Word], i: int) -> int:
    """ "PER-40/PB/2006" without "Nomor": the type code is the number's, not the head's."""
    if (
        i
        and words[i].folded[0].isdigit()
        and _TYPE_CODE.search(text[words[i - 1].start : words[i].start])
    ):
        return i - 1
    return i


def _is_numtok(word: Word) -> bool:
    return word.folded in _NUM_SHORT or is_word(word.folded, *_NUMTOK)


def _is_yeartok(word: Word) -> bool:
    return word.folded in _YEAR_SHORT or is_word(word.folded, *_YEARTOK)


def _is_title(word: Word) -> bool:
    return word.folded in _TITLE_SHORT or is_word(word.folded, *_TITLE)


def _read_numbers(text: str, words: Sequence[Word], at: int, scan: _Scan) -> int:
    """Read number, year and date from word `at` on; gives the index of the first word after."""
    before = -1
    while before < at < len(words):
        before, word = at, words[at]
        code = at + 1 < len(words) and bool(
            _TYPE_CODE.fullmatch(text[word.start : words[at + 1].start].lstrip())
        )
        if _is_numtok(word) and scan.nomor is None:
            scan.numtok = True
            at = _number(text, words, at + 1, scan)
        elif _is_yeartok(word):
            at = _year(text, words, at + 1, scan)
        elif word.folded in _DATE:
            at = _date(text, words, at + 1, scan)
        elif scan.nomor is None and (word.folded[0].isdigit() or code):
            at = _number(text, words, at, scan)
        elif scan.tahun is None and scan.nomor and repair_year(text[word.start : word.end]):
            at = _year(text, words, at, scan)
        else:
            break
    if scan.tahun is None and scan.nomor:
        scan.tahun = year_in_number(scan.nomor)
        if short := re.fullmatch(r"(\d+[A-D]?)/(\d{4})", scan.nomor):
            scan.nomor = short[1]
    return at


def _number(text: str, words: Sequence[Word], at: int, scan: _Scan) -> int:
    if at >= len(words) or _is_yeartok(words[at]) or _is_title(words[at]) or _is_numtok(words[at]):
        return at  # "Nomor Tahun 2007": the number is missing
    chunk = _CHUNK.match(text, words[at].start)
    if chunk is None:
        return at
    raw = re.split(r"(?i)(?<=\d)(?=tahun|thn|tentang)", chunk.group())[0].rstrip(".-/ ")
    raw = re.sub(r"\s*/\s*", "/", raw)
    fixed = repair_number(raw)
    if not any(c.isdigit() for c in fixed):
        return at
    at_end = chunk.start() + len(chunk.group())
    nomor = fixed
    if scan.tahun is None and "/" not in fixed and repair_year(fixed) and not scan.numtok:
        scan.tahun = repair_year(fixed)  # "UUD 1945"
    else:
        scan.nomor = nomor
        if nomor != raw:
            scan.repairs.append(Repair("/nomor", raw, nomor))
    after = at
    while after < len(words) and words[after].start < at_end:
        if after > at and (_is_yeartok(words[after]) or _is_title(words[after])):
            break
        after += 1
    return after


def _year(text: str, words: Sequence[Word], at: int, scan: _Scan) -> int:
    if at >= len(words):
        return at
    raw = text[words[at].start : words[at].end]
    year, used = repair_year(raw), 1
    if year is None and at + 1 < len(words):  # "20 14", "2 014"
        joined = raw + text[words[at + 1].start : words[at + 1].end]
        if raw[:1].isdigit() and re.fullmatch(r"\d\w{3}", joined):
            year, used = repair_year(joined), 2
    if year is None:
        return at
    if scan.tahun is None:
        scan.tahun = year
        if raw != str(year):
            end = words[at + used - 1].end
            scan.repairs.append(Repair("/tahun", text[words[at].start : end], str(year)))
    return at + used


def _date(text: str, words: Sequence[Word], at: int, scan: _Scan) -> int:
    """ "tanggal 17 Januari 2014": its year, when no year was given otherwise."""
    for ahead in range(at, min(at + 4, len(words))):
        if _is_title(words[ahead]):
            return ahead
        if year := repair_year(text[words[ahead].start : words[ahead].end]):
            scan.tahun = scan.tahun or year
            return ahead + 1
    return at


def _gap_region(
    text: str, words: Sequence[Word], at: int, head: Head | None
) -> tuple[str | None, int]:
    """A region between year and "tentang": "Perda Nomor 8 Tahun 2016 Kota Bima tentang …"."""
    if head is None or at >= len(words) or _is_title(words[at]):
        return None, at
    for ahead in range(at, min(at + _MAX_GAP, len(words))):
        if _is_title(words[ahead]):
            if head.kind.sifat in REGIONAL:
                from_words = text[words[at].start : words[ahead - 1].end]
                found = region_of_title("x " + from_words, head.kind)
                return found, ahead
            if head.kind.kode in _JOINT:
                return None, ahead
            gap = [w.folded for w in words[at:ahead]]
            if gap in (["republik", "indonesia"], ["ri"]):
                return None, ahead
            break
    return None, at


def _amend_end(words: Sequence[Word], i: int) -> int | None:
    """Index behind "sebagaimana telah diubah … dengan" that starts at `i`; None when none does.

    Also "yang telah diubah dengan", "telah beberapa kali diubah terakhir dengan", "terakhir diubah
    dengan", "dan terakhir dengan" (a further amendment). "Perubahan atas" is no such clause.
    """
    first = words[i].folded
    if not (
        is_word(first, "sebagaimana", "terakhir")
        or first in {"yang", "telah", "diubah", "dan", "serta"}
    ):
        return None
    changed = False
    for j in range(i, min(i + 16, len(words))):
        word = words[j].folded
        if is_word(word, "diubah", "dirubah", "terakhir"):
            changed = True
        elif changed and is_word(word, "dengan", "oleh"):
            return j + 1
        elif not (word in _AMEND_FILL or is_word(word, "sebagaimana", "beberapa", "ditambah")) or (
            word in {"dan", "serta"}
            and j == i
            and not (j + 1 < len(words) and is_word(words[j + 1].folded, "terakhir", "diubah"))
        ):
            return None
    return None


_AMEND_FILL = frozenset(
    (
        "yang", "telah", "dan", "serta", "kali", "dua", "tiga", "empat", "untuk", "kedua", "ketiga",
        "kesatu", "keempat", "pertama", "diatur", "kembali", "ditambah", "disempurnakan", "diganti",
        "dimaksud", "mana", "sebagai", "te", "lah", "juga", "yakni", "yaitu",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Body:
    """Where the title ends, and where amending and joined acts start (character, role)."""

    title_end: int
    others: tuple[tuple[int, int, str], ...]  # start and end of the text of the act, its role

    @classmethod
    def cut(cls, text: str, words: Sequence[Word], start: int, head: Head | None) -> _Body:
        marks: list[tuple[int, int, str]] = []  # start of the clause, start of the act, role
        i = next((n for n, w in enumerate(words) if w.start >= start), len(words))
        first = i
        while i < len(words):
            end = _amend_end(words, i)
            if end and end < len(words):
                if not _belongs_inside(words, first, i, end, head, nested=not marks):
                    marks.append((words[i].start, words[end].start, "diubah"))
                i = end
                continue
            if words[i].folded in _JO and _cites(words, i + 1):
                marks.append((words[i].start, words[i + 1].start, "juncto"))
            i += 1
        for short in _SHORT_AMEND.finditer(text, start):
            if _cites(tokenize(text[short.end() : short.end() + 200]), 0):
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


def _cites(words: Sequence[Word], at: int) -> bool:
    """Whether a citation follows: a kind or a number token here, and figures soon after."""
    ahead = words[at : at + _MAX_HEAD]
    if not ahead or not (
        _is_numtok(ahead[0]) or ahead[0].folded[0].isdigit() or starts_kind(ahead)
    ):
        return False
    return any(w.folded[0].isdigit() or _is_numtok(w) for w in ahead)


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


def _title(raw: str, *, titled: bool) -> str | None:
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
    if not title[0].isupper() or len(title) < 5 or lead in _NO_TITLE:
        return None
    return title


_NO_TITLE = frozenset(
    (
        "pasal",
        "bab",
        "ayat",
        "tanggal",
        "lembaran",
        "berita",
        "tambahan",
        "republik",
        "dan",
        "serta",
    )
)


def _with_others(text: str, reading: CitationReading, body: _Body) -> CitationReading:
    """Attach amending and joined acts, each read by the same grammar, without nesting."""
    amended: list[Citation] = []
    joined: list[Citation] = []
    repairs = list(reading.repairs)
    for start, end, role in body.others:
        into, name = (amended, "diubah_dengan") if role == "diubah" else (joined, "juncto")
        for piece in _acts(text[start:end]):
            other = _parse(piece, tokenize(piece), base=False)
            if other is None:
                continue
            repairs += [replace(r, path=f"/{name}/{len(into)}{r.path}") for r in other.repairs]
            into.append(replace(other.citation, teks=piece.strip(" ,;")))
    citation = replace(reading.citation, diubah_dengan=tuple(amended), juncto=tuple(joined))
    return CitationReading(citation, tuple(repairs))


def _acts(text: str) -> tuple[str, ...]:
    """ "UU 2/2015 dan UU 9/2015" is two acts while no title has begun; else one."""
    text = text.strip(" ,;")
    if text.casefold().endswith((" dan", " serta")):
        text = text.rsplit(" ", 1)[0].rstrip(" ,;")
    words = tokenize(text)
    cuts = [0]
    for i, word in enumerate(words[:-1]):
        if _is_title(word):
            break
        joined = word.folded in {"dan", "serta"}
        listed = joined or (i > 1 and "," in text[words[i - 1].end : word.start])
        complete = any(c.isdigit() for c in text[cuts[-1] : word.start])
        at = i + 1 if joined else i
        if i and listed and complete and _cites(words, at):
            cuts.append(words[at].start)
    ends = [*cuts[1:], len(text)]
    return tuple(
        re.sub(r"[\s,;]*(?:dan|serta)?[\s,;]*$", "", text[a:b])
        for a, b in zip(cuts, ends, strict=True)
    )
