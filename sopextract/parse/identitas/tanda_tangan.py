"""Finds who signed the sheet: beside "Disahkan oleh", and in the block at the end."""

from __future__ import annotations

import re
from dataclasses import replace

from rapidfuzz import fuzz

from sopextract.core.text import fold, squeeze
from sopextract.model.draft import MaybeText, Method, PengesahanDraft, Reading
from sopextract.model.source import Emphasis
from sopextract.parse.identitas.judul import TITLE_PREFIX
from sopextract.parse.identitas.kop import Kop
from sopextract.parse.identitas.pengesahan import SignatureLine, merge_pengesahan, read_pengesahan
from sopextract.parse.identitas.sheet import Identity
from sopextract.parse.nip import find_nip
from sopextract.parse.places import least_clear
from sopextract.parse.tanggal import is_blank

_SIGNED_BY_MACHINE = re.compile(r"ditandatangani|tanda tangan elektronik", re.IGNORECASE)
_LONGEST_LINE = 90  # characters; own judgement, a post of three lines in one has fewer
_MOST_LINES = 9  # status, post in up to three lines, stamp noise, name, rank, NIP
_ROOM_TO_SIGN = 8  # blank rows that leave room for the signature; own judgement
_LONGEST_POST = 9  # words; own judgement, what is longer is a sentence


def find_pengesahan(
    identity: Identity, kop: Kop
) -> tuple[PengesahanDraft, tuple[tuple[str, Reading[str]], ...]]:
    """Who signed, from beside the label and from the block at the end, the label first.

    Where both name somebody and the names differ, the block's text is given too, so that it is not
    lost.
    """
    agency = [
        r.value
        for r in (kop.pemerintah, kop.perangkat_daerah, *kop.unit_kerja)
        if r is not None and r.value
    ]
    inside: list[SignatureLine] = []
    found = identity.of("disahkan_oleh")
    for label in found:
        for text, place, _ in label.pieces:
            parts = (part for line in text.split("\n") for part in line.split("\v"))
            inside.extend(SignatureLine(part, place) for part in parts if part.strip())
    first = read_pengesahan(inside, agency, Method.LABEL)
    block = _signature_block(identity, kop)
    second = read_pengesahan(block, agency, Method.LINE)
    merged = merge_pengesahan(first, second)
    if identity.scrambled:
        merged = _doubted(merged, min((f.doubt for f in found), default=1.0))
    if found and merged.jabatan is None and not inside:
        blank: Reading[None] = Reading(None, "", found[0].place, Method.ABSENT, 1.0)
        merged = replace(merged, jabatan=merged.jabatan or blank, nama=merged.nama or blank)
    elif inside and merged.jabatan is None and merged.nama is None:
        text = squeeze(" ".join(line.text for line in inside))
        if not is_blank(text):
            unread: Reading[None] = Reading(None, text, inside[0].place, Method.UNREAD, 1.0)
            merged = replace(merged, jabatan=unread)
    extra: tuple[tuple[str, Reading[str]], ...] = ()
    if first.nama is not None and second.nama is not None and _differ(first, second):
        shown = squeeze(" / ".join(line.text for line in block))
        place = least_clear(block[0].place, (line.place for line in block))
        extra = (("Blok tanda tangan", Reading(shown, shown, place, Method.LINE, 0.9)),)
    return merged, extra


def _doubted(block: PengesahanDraft, most: float) -> PengesahanDraft:
    """The block with no value surer than `most`; a NIP proves itself by its parts."""

    def lower(reading: MaybeText | None) -> MaybeText | None:
        return reading and replace(reading, score=min(reading.score, most))

    return replace(
        block,
        jabatan=lower(block.jabatan),
        nama=lower(block.nama),
        pangkat=lower(block.pangkat),
        status=lower(block.status),
    )


def _differ(first: PengesahanDraft, second: PengesahanDraft) -> bool:
    a, b = first.nama, second.nama
    return bool(a and b and a.value and b.value and fuzz.ratio(fold(a.value), fold(b.value)) < 99)


def _signature_block(identity: Identity, kop: Kop) -> list[SignatureLine]:
    """The lines of a signature outside the identity box: around a NIP or "ditandatangani"."""
    lines = [
        line
        for line in identity.loose
        if line.position not in kop.used and len(line.text) <= _LONGEST_LINE
    ]
    anchors = [
        k
        for k, line in enumerate(lines)
        if find_nip(line.text) or _SIGNED_BY_MACHINE.search(line.text)
    ]
    if not anchors:
        return []
    nip = [k for k in anchors if find_nip(lines[k].text)]
    if nip:
        end = nip[-1] + 1
        start = end - 1
        while start > 0 and end - start < _MOST_LINES:
            gap = lines[start].position - lines[start - 1].position
            heading = identity.emphasis.get(lines[start - 1].position) is Emphasis.HEADING
            if gap > _ROOM_TO_SIGN or heading or _ends_signature(lines[start - 1].text):
                break
            start -= 1
    else:
        start, end = anchors[0], min(len(lines), anchors[0] + _MOST_LINES)
    return [SignatureLine(line.text, line.place) for line in lines[start:end]]


def _ends_signature(text: str) -> bool:
    """A line above a signature that cannot be part of it: a heading, a sentence."""
    sentence = len(text.split()) > _LONGEST_POST and not text.isupper()
    return sentence or TITLE_PREFIX.match(text) is not None
