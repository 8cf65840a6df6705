"""A draft becomes a record: every value cleaned and corrected, grounded, and its changes logged.

JSON pointers are made here and nowhere else.
"""

from __future__ import annotations

import re
from dataclasses import replace

from sopextract.lexicon.satuan import find_unit
from sopextract.lexicon.wilayah import find_wilayah
from sopextract.model.draft import Change, EdgeDraft, Method, Section, SopDraft
from sopextract.model.record import (
    DAFTAR,
    Alur,
    BagianTabel,
    DasarHukum,
    DisahkanOleh,
    Instansi,
    Lainnya,
    SopRecord,
    Source,
)
from sopextract.normalise.citations import resolve_dasar_hukum
from sopextract.normalise.fields import Corrector
from sopextract.normalise.langkah import (
    ActorColumns,
    actor_columns,
    read_langkah,
    read_pelaksana,
)
from sopextract.normalise.ledger import Ledger, clean_text
from sopextract.normalise.names import fix_rank, fix_status, strip_title, title_case
from sopextract.normalise.page_notes import (
    page_factors,
    read_ocr,
    read_page_notes,
    scanned_pages,
)
from sopextract.settings import NormaliseSettings

_ID_DIGITS = 16  # of the file's sha256: 64 bits, so that an archive of millions has no two alike
# Parts of a draft that the record does not have: a stage's change may point into them.
_DRAFT_ONLY = (
    (re.compile(r"^/(pemerintah|perangkat_daerah|unit_kerja)\b"), r"/instansi/\1"),
    (re.compile(r"^(/langkah/\d+)/row/"), r"\1/"),
    (re.compile(rf"^/({'|'.join(DAFTAR)})/items/"), r"/\1/"),
)


def normalise(draft: SopDraft, settings: NormaliseSettings) -> SopRecord:
    """The record of one draft.

    Every value that has a reading gets its provenance, every changed text a correction; white
    space and control characters are cleaned without one. Nothing read is null, never "".
    """
    ledger = Ledger(
        calibrated=settings.calibrate,
        page_factors=page_factors(draft.page_facts),
        scanned=scanned_pages(draft.page_facts),
    )
    ledger.change("", (_pointed(change) for change in draft.changes))
    corrector = Corrector(ledger, correct=settings.correct_words)
    instansi = _read_instansi(draft, corrector)
    identity = {
        "nomor_sop": corrector.text("/nomor_sop", draft.nomor_sop),
        "nama_sop": corrector.text("/nama_sop", draft.nama_sop, strip_title, words=True),
        "tanggal_pembuatan": corrector.text("/tanggal_pembuatan", draft.tanggal_pembuatan),
        "tanggal_revisi": corrector.text("/tanggal_revisi", draft.tanggal_revisi),
        "tanggal_efektif": corrector.text("/tanggal_efektif", draft.tanggal_efektif),
        "tanggal_pengesahan": corrector.text("/tanggal_pengesahan", draft.tanggal_pengesahan),
    }
    disahkan_oleh = _read_pengesahan(draft, corrector)
    dasar_hukum = _read_dasar_hukum(draft, instansi, ledger)
    lists = {name: _read_list(f"/{name}", getattr(draft, name), corrector) for name in DAFTAR}
    pelaksana = read_pelaksana(draft, corrector)
    columns = actor_columns(draft, pelaksana, corrector)
    langkah = read_langkah(draft, columns, _unit_hints(draft), corrector, settings)
    return SopRecord(
        id=f"{draft.file.sha256[:_ID_DIGITS]}-{draft.index:02d}",
        source=Source(
            path=draft.file.path,
            sha256=draft.file.sha256,
            media_type=draft.file.media_type,
            index=draft.index,
            pages=draft.pages,
            ocr=read_ocr(draft.page_facts),
        ),
        instansi=instansi,
        **identity,
        disahkan_oleh=disahkan_oleh,
        dasar_hukum=dasar_hukum,
        **lists,
        pelaksana=pelaksana,
        langkah=langkah,
        alur=_read_alur(draft.alur, columns, ledger),
        judul_lain=corrector.texts("/judul_lain", draft.judul_lain),
        lainnya=_read_lainnya(draft, corrector),
        bagian_tabel=_read_bagian(draft),
        page_notes=read_page_notes(draft.page_facts),
        corrections=tuple(ledger.corrections),
        doubtful_words=ledger.doubtful_words,
        provenance=ledger.provenance,
    )


def _read_instansi(draft: SopDraft, corrector: Corrector) -> Instansi:
    path = "/instansi"
    return Instansi(
        pemerintah=corrector.text(f"{path}/pemerintah", draft.pemerintah, title_case, words=True),
        perangkat_daerah=corrector.text(
            f"{path}/perangkat_daerah", draft.perangkat_daerah, title_case, words=True
        ),
        unit_kerja=corrector.texts(f"{path}/unit_kerja", draft.unit_kerja, title_case, words=True),
    )


def _read_pengesahan(draft: SopDraft, corrector: Corrector) -> DisahkanOleh:
    block = draft.disahkan_oleh
    signed, rank = block.tanda_tangan_elektronik, block.pangkat
    ranks = (fix_rank,) if rank is not None and rank.place.score < 1.0 else ()
    if signed is not None:
        corrector.ledger.ground("/disahkan_oleh/tanda_tangan_elektronik", signed)
    return DisahkanOleh(
        jabatan=corrector.text("/disahkan_oleh/jabatan", block.jabatan, words=True),
        nama=corrector.text("/disahkan_oleh/nama", block.nama),
        nip=corrector.text("/disahkan_oleh/nip", block.nip),
        pangkat=corrector.text("/disahkan_oleh/pangkat", block.pangkat, *ranks),
        status=corrector.text("/disahkan_oleh/status", block.status, fix_status),
        tanda_tangan_elektronik=bool(signed and signed.value),
    )


def _read_dasar_hukum(
    draft: SopDraft, instansi: Instansi, ledger: Ledger
) -> tuple[DasarHukum, ...]:
    resolved = resolve_dasar_hukum(draft.dasar_hukum, _region(instansi))
    for place, (source, entry) in enumerate(zip(draft.dasar_hukum, resolved, strict=True)):
        path = f"/dasar_hukum/{place}"
        factor = ledger.change(path, entry.changes)
        ledger.ground(path, source.teks, factor=factor)
        for pointer in sorted(entry.inferred):
            ledger.ground(path + pointer, source.teks, method=Method.INFERRED)
    if not resolved and draft.dasar_hukum_label is not None:
        ledger.ground("/dasar_hukum", draft.dasar_hukum_label, method=Method.ABSENT)
    return tuple(entry.dasar for entry in resolved)


def _region(instansi: Instansi) -> str | None:
    """The agency's region, from the first of its lines that names one; None when it names several.

    A regency beside its province ("Kabupaten X Provinsi Y") is the regency.
    """
    for line in (instansi.pemerintah, instansi.perangkat_daerah, *instansi.unit_kerja):
        names = find_wilayah(line) if line else ()
        lowest = tuple(n for n in names if not n.startswith("Provinsi ")) or names
        if names:
            return lowest[0] if len(lowest) == 1 else None
    return None


def _read_list(path: str, section: Section, corrector: Corrector) -> tuple[str, ...]:
    if not section.items and section.label is not None:
        corrector.ledger.ground(path, section.label, method=Method.ABSENT)
    return corrector.texts(path, section.items, words=True)


def _read_alur(
    edges: tuple[EdgeDraft, ...], columns: ActorColumns, ledger: Ledger
) -> tuple[Alur, ...]:
    alur = []
    for place, edge in enumerate(edges):
        method = Method.SHAPE if edge.basis == "drawn" else Method.INFERRED
        ledger.place(f"/alur/{place}", edge.place, method, edge.score)
        ends = {"dari_pelaksana": edge.dari_kolom, "ke_pelaksana": edge.ke_kolom}
        for end, kolom in ends.items():
            if kolom is not None and kolom in columns.sure:
                ledger.place(f"/alur/{place}/{end}", edge.place, method, edge.score)
                ledger.cap(f"/alur/{place}/{end}", columns.most(kolom))
        named = {end: columns.names.get(kolom) if kolom else None for end, kolom in ends.items()}
        alur.append(
            Alur(
                dari=edge.dari,
                ke=edge.ke,
                **named,
                label=edge.label,
                label_teks=edge.label_teks or None,
                basis=edge.basis,
            )
        )
    return tuple(alur)


def _read_lainnya(draft: SopDraft, corrector: Corrector) -> tuple[Lainnya, ...]:
    values: list[Lainnya] = []
    for label, reading in draft.lainnya:
        if clean_text(reading.value):
            path = f"/lainnya/{len(values)}/teks"
            values.append(Lainnya(label=label, teks=corrector.text(path, reading) or ""))
    return tuple(values)


def _read_bagian(draft: SopDraft) -> tuple[BagianTabel, ...]:
    return tuple(
        BagianTabel(
            pelaksana=part.pelaksana,
            label=dict(part.labels),
            nomor_kolom=part.nomor_kolom,
            langkah=part.rows,
        )
        for part in draft.bagian_tabel
    )


def _unit_hints(draft: SopDraft) -> dict[int, str]:
    """For each row (`urutan`) the unit that its part's time label gives, where it gives one."""
    hints: dict[int, str] = {}
    for part in draft.bagian_tabel:
        unit = find_unit(dict(part.labels).get("waktu", ""))
        if unit is not None:
            hints |= dict.fromkeys(range(part.rows[0], part.rows[1] + 1), unit)
    return hints


def _pointed(change: Change) -> Change:
    """The change with its path into the record; a label's path ("label:mutu_baku") stays."""
    path = change.path
    for pattern, replacement in _DRAFT_ONLY:
        path = pattern.sub(replacement, path)
    return replace(change, path=path)
