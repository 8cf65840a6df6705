"""What copying left behind: another agency's kind, name, region or posts on a sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sopextract.compare.comparison import Leftover
from sopextract.compare.features import find_title
from sopextract.compare.wording import canonical_post, match_posts
from sopextract.core.text import fold, words
from sopextract.lexicon.wilayah import find_wilayah
from sopextract.model.record import DAFTAR, SopRecord

_KINDS = "dinas|badan|biro|kantor|kecamatan|kelurahan|inspektorat|rsud"
# "lingkup Badan", "di lingkungan Biro": the sheet speaks of itself by another kind of agency.
_SELF = re.compile(rf"\b(?:di\s+)?(?:lingkup|lingkungan|internal)\s+({_KINDS})\b", re.IGNORECASE)
NAME_MIN_WORDS = 2  # "Staf" and "Dinas" name nobody's own


def find_leftovers(record: SopRecord, sop: int) -> Iterator[Leftover]:
    """Where a sheet speaks of itself as another kind of agency than the one at its head.

    Reads "di lingkup Badan" in a Dinas's sheet. Not "Badan Kepegawaian": an agency named in full
    may well be another one. Nothing when the sheet's own agency is not known.
    """
    own = words(record.instansi.perangkat_daerah or "")
    kinds = {w for w in own if w in _KINDS.split("|")}
    if not kinds:
        return
    for path, text in _texts(record):
        for found in _SELF.finditer(text):
            named_in_full = re.match(r"\s+[A-Z]", text[found.end() :])
            if fold(found[1]) not in kinds and not named_in_full:
                yield Leftover(sop=sop, path=path, words=found[0], text=text)


def find_foreign(
    record: SopRecord, sop: int, other: SopRecord, agency: int | None
) -> Iterator[Leftover]:
    """Where a sheet names the region, the agency or the posts of the sheet it is a copy of.

    A region counts when it is the other's and neither this sheet's nor its province; an agency by
    its full name; a post of two words or more when the other has a column for it and this one has
    none like it. `agency` is the other's number in the comparison.
    """
    regions = _foreign_regions(record, other)
    name = _foreign_agency(record, other)
    posts = _foreign_posts(record, other)
    for path, text in (*_texts(record), *_laws(record)):
        plain = f" {' '.join(words(text))} "
        for region in find_wilayah(text) if regions else ():
            if region in regions:
                yield Leftover(
                    sop=sop, path=path, words=region, text=text, kind="wilayah", agency=agency
                )
        if name and f" {' '.join(words(name))} " in plain:
            yield Leftover(
                sop=sop, path=path, words=name, text=text, kind="instansi", agency=agency
            )
        for post in posts:
            if f" {' '.join(words(post))} " in plain:
                yield Leftover(
                    sop=sop, path=path, words=post, text=text, kind="jabatan", agency=agency
                )


def _foreign_regions(record: SopRecord, other: SopRecord) -> frozenset[str]:
    own = set(find_wilayah(record.instansi.pemerintah or ""))
    theirs = set(find_wilayah(other.instansi.pemerintah or ""))
    if not own:
        return frozenset()
    # a province may be the one that a regency lies in, and is named with it
    if any(name.startswith(("Kabupaten", "Kota")) for name in own):
        theirs = {name for name in theirs if not name.startswith("Provinsi")}
    return frozenset(theirs - own)


def _foreign_agency(record: SopRecord, other: SopRecord) -> str | None:
    own, theirs = record.instansi.perangkat_daerah, other.instansi.perangkat_daerah
    if not own or not theirs or len(words(theirs)) < NAME_MIN_WORDS:
        return None
    one, two = f" {' '.join(words(own))} ", f" {' '.join(words(theirs))} "
    return None if two in one or one in two else theirs


def _foreign_posts(record: SopRecord, other: SopRecord) -> list[str]:
    own = [name for p in record.pelaksana for name in (p.nama, p.lengkap)]
    if not own:
        return []
    found: list[str] = []
    for post in other.pelaksana:
        for name in dict.fromkeys((post.nama, post.lengkap)):
            known = max((match_posts([name], [mine]) or 0.0 for mine in own), default=0.0)
            if len(canonical_post(name)) >= NAME_MIN_WORDS and known < 0.5:
                found.append(name)
    return found


def _texts(record: SopRecord) -> Iterator[tuple[str, str]]:
    """What the sheet says, by JSON pointer; its head and its signer are its own."""
    if title := find_title(record):
        yield "/nama_sop", title
    for name in DAFTAR:
        for i, text in enumerate(getattr(record, name)):
            yield f"/{name}/{i}", text
    for i, step in enumerate(record.langkah):
        for name in ("kegiatan", "kelengkapan", "output", "keterangan"):
            if text := getattr(step, name):
                yield f"/langkah/{i}/{name}", text


def _laws(record: SopRecord) -> Iterator[tuple[str, str]]:
    """Regional law by its region: "Peraturan Bupati Toba"."""
    for i, dasar in enumerate(record.dasar_hukum):
        if dasar.daerah:
            yield f"/dasar_hukum/{i}", f"{dasar.teks} ({dasar.daerah})"
