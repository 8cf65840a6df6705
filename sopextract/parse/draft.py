"""One SOP out of its rows: tables, identity, signature and flow put together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from sopextract.core.text import fold, squeeze
from sopextract.lexicon.labels import COLUMN_GROUPS, match_label
from sopextract.model.draft import (
    Change,
    MaybeText,
    Method,
    PelaksanaDraft,
    PengesahanDraft,
    Reading,
    Section,
    SopDraft,
    StepRow,
    TablePart,
)
from sopextract.model.source import Emphasis, SourceFile
from sopextract.parse.alamat import read_alamat
from sopextract.parse.alur import decode_flow
from sopextract.parse.dasar_hukum import parse_dasar_hukum
from sopextract.parse.identitas import Identity
from sopextract.parse.items import split_items
from sopextract.parse.kop import Kop, KopLine, read_kop
from sopextract.parse.labels import Found
from sopextract.parse.nip import find_nip
from sopextract.parse.pengesahan import SignatureLine, merge_pengesahan, read_pengesahan
from sopextract.parse.tanggal import is_blank, parse_tanggal
from sopextract.settings import ParseSettings

_SECTIONS = (
    "kualifikasi_pelaksana",
    "keterkaitan",
    "peralatan_perlengkapan",
    "peringatan",
    "pencatatan_pendataan",
)
_DATES = ("tanggal_pembuatan", "tanggal_revisi", "tanggal_efektif", "tanggal_pengesahan")
_TITLE_PREFIX = re.compile(
    r"^(?:(?:standar(?:d|t)?\s+op\w*sional\s+prosed\w*\s*(?:\(\s*sop\s*\))?|sop|bagan\s+alir|flow\s?chart"
    r"|judul)\b\s*[:\-–]?\s*)+",
    re.IGNORECASE,
)
_CHAPTER = re.compile(r"^(?:[IVX]+|[A-Z])\.\s+\S")  # "II. DOKUMEN DASAR SOP"
_LOST_LETTER = {"ulai": "MULAI", "elesai": "SELESAI"}
_SIGNATURE_LINES = 9


class TableReading:
    """The step table of one SOP as read, whatever form it had."""

    def __init__(
        self,
        pelaksana: tuple[PelaksanaDraft, ...],
        steps: tuple[StepRow, ...],
        parts: tuple[TablePart, ...],
        changes: tuple[Change, ...],
        first: int | None,
        last: int | None,
    ) -> None:
        self.pelaksana, self.steps, self.parts, self.changes = pelaksana, steps, parts, changes
        self.first, self.last = first, last


def build_draft(
    file: SourceFile,
    index: int,
    identity: Identity,
    table: TableReading,
    settings: ParseSettings,
) -> SopDraft:
    """Assemble the draft of one SOP. Values that no label announces say so by their method."""
    changes = list(table.changes) + _label_changes(identity, table)
    kop = read_kop([line for line in identity.loose if _is_kop_line(line, table)])
    titles = _titles(identity, table, kop)
    sections: dict[str, Section] = {}
    for name in _SECTIONS:
        sections[name], extra = _section(identity, name)
        changes.extend(extra)
    dasar, extra = parse_dasar_hukum(_readings(identity.of("dasar_hukum")))
    changes.extend(extra)
    flow = decode_flow(table.pelaksana, table.steps, settings)
    pengesahan, lainnya = _pengesahan(identity, kop, table)
    lainnya = (*lainnya, *_others(identity))
    address = read_alamat(identity.loose, f"/lainnya/{len(lainnya)}/teks")
    if address is not None:
        lainnya = (*lainnya, ("Alamat", address[0]))
        changes.extend(address[1])
    changes.extend(_mended_marks(table.steps))
    nama, judul_lain = _nama(identity, titles)
    if nama is not None and nama.method is Method.INFERRED and nama.value:
        changes.append(Change("/nama_sop", "", nama.value, "title.from-table", nama.score))
    return SopDraft(
        file=file,
        index=index,
        pemerintah=kop.pemerintah,
        perangkat_daerah=kop.perangkat_daerah,
        unit_kerja=kop.unit_kerja,
        nomor_sop=_single(identity.of("nomor_sop")),
        nama_sop=nama,
        **{name: _date(identity.of(name)) for name in _DATES},
        disahkan_oleh=pengesahan,
        dasar_hukum=dasar,
        dasar_hukum_label=_label(identity.of("dasar_hukum")),
        **sections,
        pelaksana=table.pelaksana,
        langkah=flow.langkah,
        alur=flow.alur,
        judul_lain=judul_lain,
        lainnya=lainnya,
        bagian_tabel=table.parts,
        changes=tuple(changes),
    )


def _readings(found: Sequence[Found]) -> list[Reading[str]]:
    out = []
    for label in found:
        for text, place, _ in label.pieces:
            for line in text.split("\n"):
                reading = Reading(line, squeeze(line), place, Method.LABEL, label.hit.score)
                out.append(reading)
    return out


def _label(found: Sequence[Found]) -> Reading[str] | None:
    if not found:
        return None
    first = found[0]
    return Reading(first.hit.canonical, first.text, first.place, Method.LABEL, first.hit.score)


def _section(identity: Identity, name: str) -> tuple[Section, tuple[Change, ...]]:
    found = identity.of(name)
    items, changes = split_items(_readings(found), f"/{name}")
    return Section(_label(found), items), changes


def _single(found: Sequence[Found]) -> MaybeText | None:
    """The value of a label that has one: the first filled one, else absent."""
    if not found:
        return None
    for label in found:
        text = squeeze(" ".join(piece for piece, _, _ in label.pieces))
        if not is_blank(text):
            place = label.pieces[0][1]
            score = label.hit.score if label.inline or label.column >= 0 else 0.9
            return Reading(text, text, place, Method.LABEL, score)
    first = found[0]
    text = squeeze(" ".join(piece for piece, _, _ in first.pieces))
    return Reading(None, text, first.place, Method.ABSENT, 1.0)


def _date(found: Sequence[Found]) -> MaybeText | None:
    reading = _single(found)
    if reading is None or reading.value is None:
        return reading
    iso = parse_tanggal(reading.text)
    if iso is None:
        return Reading(None, reading.text, reading.place, Method.UNREAD, 1.0)
    return Reading(iso, reading.text, reading.place, reading.method, reading.score)


# -- titles ---------------------------------------------------------------------------------------


def _is_nama_label(found: Found) -> bool:
    return found.text.casefold().lstrip("[(").startswith(("nama", "judul", "narna"))


def _nama(
    identity: Identity, titles: Sequence[Reading[str]]
) -> tuple[MaybeText | None, tuple[Reading[str], ...]]:
    """The title, and the other titles of the document that are not it.

    The label Nama SOP decides. Where it stands empty or is lost, the heading "Standar Operasional
    Prosedur" gives the title, else the line above the step table; that is inferred.
    """
    found = identity.of("nama_sop")
    labelled = [f for f in found if _is_nama_label(f)]
    headings = [f for f in found if not _is_nama_label(f)]
    named = _single(labelled) if labelled else None
    heading = _single(headings) if headings else None
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
        clean = _TITLE_PREFIX.sub("", best.value).strip()
        if clean:
            named = Reading(clean, best.text, best.place, Method.INFERRED, 0.88)
            others = others[:-1]
    return named, tuple(others)


def _near_identity(identity: Identity, heading: Found) -> bool:
    """Whether the heading stands among the labels of the identity sheet, not on a cover."""
    return any(0 < abs(f.row - heading.row) <= 25 for f in identity.found if f is not heading)


def _titles(identity: Identity, table: TableReading, kop: Kop) -> list[Reading[str]]:
    """Title lines outside the identity sheet: the last lines above the step table."""
    if table.first is None:
        return []
    above = [
        line
        for line in identity.loose
        if line.position < table.first and table.first - line.position <= 12
    ]
    block: list[KopLine] = []
    for line in reversed(above):
        if block and block[-1].position - line.position > 1:
            break
        if line.position in kop.used or len(line.text) > 160:
            break
        block.append(line)
    block.reverse()
    block = [line for line in block if not _CHAPTER.match(line.text)]
    if not block:
        return []
    text = squeeze(" ".join(line.text for line in block))
    named = [line for line in block if _TITLE_PREFIX.match(line.text)]
    if named:
        start = block.index(named[-1])
        text = squeeze(" ".join(line.text for line in block[start:]))
        block = block[start:]
    body = _TITLE_PREFIX.sub("", text).strip()
    heading = block and identity.emphasis.get(block[0].position, Emphasis.PLAIN)
    plausible = named or heading is not Emphasis.PLAIN or text.isupper() or len(text.split()) >= 3
    if not body or not plausible or match_label(body, COLUMN_GROUPS) is not None:
        return []
    return [Reading(body, text, block[0].place, Method.LINE, 0.9)]


def _is_kop_line(line: KopLine, table: TableReading) -> bool:
    return not (
        table.last is not None
        and table.first is not None
        and table.first <= line.position < table.last
    )


# -- signature ------------------------------------------------------------------------------------


def _pengesahan(
    identity: Identity, kop: Kop, table: TableReading
) -> tuple[PengesahanDraft, tuple[tuple[str, Reading[str]], ...]]:
    agency = [
        r.value
        for r in (kop.pemerintah, kop.perangkat_daerah, *kop.unit_kerja)
        if r is not None and r.value
    ]
    inside: list[SignatureLine] = []
    found = identity.of("disahkan_oleh")
    for label in found:
        for text, place, _ in label.pieces:
            inside.extend(SignatureLine(part, place) for part in text.split("\n") if part.strip())
    first = read_pengesahan(inside, agency, Method.LABEL)
    block = _signature_block(identity, kop, table)
    second = read_pengesahan(block, agency, Method.LINE)
    merged = merge_pengesahan(first, second)
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
        extra = (("Blok tanda tangan", Reading(shown, shown, block[0].place, Method.LINE, 0.9)),)
    return merged, extra


def _differ(first: PengesahanDraft, second: PengesahanDraft) -> bool:
    a, b = first.nama, second.nama
    return bool(a and b and a.value and b.value and fuzz.ratio(fold(a.value), fold(b.value)) < 99)


def _signature_block(identity: Identity, kop: Kop, table: TableReading) -> list[SignatureLine]:
    """The lines of a signature outside the identity box: around a NIP, or after "ditandatangani"."""
    lines = [
        line for line in identity.loose if line.position not in kop.used and len(line.text) <= 90
    ]
    anchors = [
        k
        for k, line in enumerate(lines)
        if find_nip(line.text)
        or re.search(r"ditandatangani|tanda tangan elektronik", line.text, re.I)
    ]
    if not anchors:
        return []
    nip = [k for k in anchors if find_nip(lines[k].text)]
    if nip:
        end = nip[-1] + 1
        start = end - 1
        while start > 0 and end - start < _SIGNATURE_LINES:
            gap = lines[start].position - lines[start - 1].position
            if gap > 8 or _ends_signature(lines[start - 1].text):
                break
            start -= 1
    else:
        start, end = anchors[0], min(len(lines), anchors[0] + _SIGNATURE_LINES)
    return [SignatureLine(line.text, line.place) for line in lines[start:end]]


def _ends_signature(text: str) -> bool:
    """A line above a signature that cannot be part of it: a heading, a sentence."""
    return (
        bool(_TITLE_PREFIX.match(text))
        or text.startswith("INDIKATOR")
        or (len(text.split()) > 9 and not text.isupper())
    )


# -- the rest -------------------------------------------------------------------------------------


def _mended_marks(steps: Sequence[StepRow]) -> list[Change]:
    """A change for every Mulai or Selesai that lost its first letter."""
    return [
        Change(f"/langkah/{i}/simbol", mark.text, whole, "ocr.lost-letter", 0.9)
        for i, step in enumerate(steps)
        for mark in step.marks
        if (whole := _LOST_LETTER.get(mark.text.strip("() ").casefold())) is not None
    ]


def _others(identity: Identity) -> list[tuple[str, Reading[str]]]:
    out = []
    for label in identity.found:
        if label.hit.group == "lainnya" or label.name == "nomor_revisi":
            text = squeeze(" ".join(piece for piece, _, _ in label.pieces))
            if not is_blank(text):
                out.append(
                    (
                        label.hit.canonical,
                        Reading(text, text, label.pieces[0][1], Method.LABEL, 0.95),
                    )
                )
    return out


def _label_changes(identity: Identity, table: TableReading) -> list[Change]:
    """A change for every label that is printed otherwise than any accepted spelling."""
    changes: dict[tuple[str, str], Change] = {}
    for found in identity.found:
        if found.hit.wrong:
            key = (found.name, found.text)
            changes[key] = Change(
                f"label:{found.name}",
                found.text,
                found.hit.canonical,
                "label.misspelt",
                found.hit.score,
            )
    for part in table.parts:
        for name, text in part.labels:
            hit = match_label(squeeze(text), COLUMN_GROUPS)
            if hit is not None and hit.wrong:
                changes[(name, text)] = Change(
                    f"label:{name}", text, hit.canonical, "label.misspelt", hit.score
                )
    return list(changes.values())
