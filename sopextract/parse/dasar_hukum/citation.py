"""The grammar of one citation: kind, issuer, number, year, title, amendments, joinder, gazette."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sopextract.core.text import squeeze
from sopextract.lexicon.jenis_peraturan import REGIONAL
from sopextract.model.draft import Citation
from sopextract.parse.dasar_hukum.body import Body, clean_title, split_acts
from sopextract.parse.dasar_hukum.figures import Figures, Repair, read_figures
from sopextract.parse.dasar_hukum.kinds import Head, parse_head, region_of_title
from sopextract.parse.dasar_hukum.tokens import end_of_head, is_title_word
from sopextract.parse.dasar_hukum.words import Word, tokenize

_JOINT = frozenset({"perber", "skb"})  # joint rules have a number of each issuer
_MAX_GAP = 16  # words between year and title: two more numbers of a joint rule have 10
_MAX_TEXT = 6000  # characters; the longest entry of a real sheet has 900
# "Pasal 18 ayat (6) Undang-Undang Dasar …": the act is cited, the article says where in it.
_LEAD = re.compile(
    r"\A(?:\(?\d{1,2}[.)]\s*(?=[^\W\d]{2}))?"  # a list number that was left on
    r"(?:Pasal\s+\d+\w?\s+(?:ayat\s*\(?\d+\w?\)?\s+)?(?:huruf\s+\w\s+)?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class CitationReading:
    """A citation with the figures that were repaired to read it."""

    citation: Citation
    repairs: tuple[Repair, ...] = ()


def parse_citation(teks: str) -> Citation | None:
    """Read one entry of a legal basis.

    The first act cited is the entry; acts inside its title stay in the title. What the text does
    not say is None. None when no regulation is cited ("ISO 9001:2008", "Renstra Dinas").
    Source: the forms of domain notes 3.2–3.4.

    >>> parse_citation("Permendagri No. 73 tahun 2009").nomor
    '73'
    """
    reading = read_citation(teks)
    return reading.citation if reading else None


def read_citation(teks: str) -> CitationReading | None:
    """Like `parse_citation`, with the repaired figures; text past 6000 characters is not read."""
    text = squeeze(_LEAD.sub("", squeeze(teks[:_MAX_TEXT])))
    return _parse(text, tokenize(text), base=True)


def _parse(text: str, words: Sequence[Word], *, base: bool) -> CitationReading | None:
    if not words:
        return None
    head_end = end_of_head(text, words)
    head = parse_head(text, words[:head_end])
    figures = Figures()
    at = read_figures(text, words, head_end, figures)
    region_gap, at = _gap_region(text, words, at, head)
    titled = at < len(words) and is_title_word(words[at])
    if head is None:
        alone = figures.announced or not base or (head_end == 0 and titled)  # "12/2019 tentang …"
        if not (figures.nomor and figures.tahun and alone):
            return None
    if head and head.kind.sifat == "lembaga" and head.penerbit and not figures.nomor:
        return None  # "Keputusan pimpinan", "Peraturan yang berlaku": no act is named
    body_from = words[at].start if at < len(words) else len(text)
    if titled:
        body_from = words[at].end
    body = Body.cut(text, words, body_from, head)
    tentang = clean_title(text[body_from : body.title_end], titled=titled)
    daerah = (head.daerah or region_gap) if head else None
    if head and daerah is None and tentang and head.kind.sifat in REGIONAL:
        daerah = region_of_title(tentang, head.kind)
    citation = Citation(
        jenis=head.jenis if head else None,
        nomor=figures.nomor,
        tahun=figures.tahun,
        tentang=tentang,
        daerah=daerah,
        penerbit=head.penerbit if head else None,
    )
    return _with_others(text, CitationReading(citation, tuple(figures.repairs)), body)


def _gap_region(
    text: str, words: Sequence[Word], at: int, head: Head | None
) -> tuple[str | None, int]:
    """A region between year and "tentang", and the index of the word to go on from.

    "Perda Nomor 8 Tahun 2016 Kota Bima tentang …". What else stands there is passed over only when
    it is known: the other numbers of a joint rule, "Republik Indonesia".
    """
    if head is None or at >= len(words) or is_title_word(words[at]):
        return None, at
    for ahead in range(at, min(at + _MAX_GAP, len(words))):
        if is_title_word(words[ahead]):
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


def _with_others(text: str, reading: CitationReading, body: Body) -> CitationReading:
    """Attach amending and joined acts, each read by the same grammar, without nesting."""
    amended: list[Citation] = []
    joined: list[Citation] = []
    repairs = list(reading.repairs)
    for start, end, role in body.others:
        into, name = (amended, "diubah_dengan") if role == "diubah" else (joined, "juncto")
        for piece in split_acts(text[start:end]):
            other = _parse(piece, tokenize(piece), base=False)
            if other is None:
                continue
            repairs += [replace(r, path=f"/{name}/{len(into)}{r.path}") for r in other.repairs]
            into.append(replace(other.citation, teks=piece.strip(" ,;")))
    citation = replace(reading.citation, diubah_dengan=tuple(amended), juncto=tuple(joined))
    return CitationReading(citation, tuple(repairs))
