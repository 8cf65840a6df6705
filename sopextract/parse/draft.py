"""One SOP out of its rows: tables, identity, signature and flow put together."""

from __future__ import annotations

from collections.abc import Sequence

from sopextract.core.text import squeeze
from sopextract.lexicon.labels import COLUMN_GROUPS, match_label
from sopextract.model.draft import Change, MaybeText, Method, Reading, Section, SopDraft
from sopextract.model.record import DAFTAR
from sopextract.model.source import Page, SourceFile
from sopextract.parse.alur.flow import decode_flow
from sopextract.parse.alur.repairs import against_wording, exits_beside, mended_marks
from sopextract.parse.dasar_hukum.entries import parse_dasar_hukum
from sopextract.parse.identitas.alamat import read_alamat
from sopextract.parse.identitas.judul import read_nama, read_titles
from sopextract.parse.identitas.kop import Kop, read_kop
from sopextract.parse.identitas.sheet import Identity
from sopextract.parse.identitas.tanda_tangan import find_pengesahan
from sopextract.parse.identitas.values import date, label_of, number, others, readings, section
from sopextract.parse.langkah.table import TableReading
from sopextract.parse.pages import facts_of, span_of
from sopextract.settings import ParseSettings


def build_draft(
    file: SourceFile,
    index: int,
    identity: Identity,
    table: TableReading,
    pages: Sequence[Page],
    settings: ParseSettings,
) -> SopDraft:
    """Assemble the draft of one SOP. Values that no label announces say so by their method."""
    kop = read_kop([line for line in identity.loose if not table.spans(line.position)])
    sections, of_sections = _sections(identity)
    dates, of_dates = _dates(identity)
    dasar, of_dasar = parse_dasar_hukum(readings(identity.of("dasar_hukum")))
    flow = decode_flow(table.pelaksana, table.steps, settings, pages)
    pengesahan, signature = find_pengesahan(identity, kop)
    lainnya, of_lainnya = _lainnya(identity, signature)
    nama, judul_lain, of_nama = _titles(identity, table, kop)
    return SopDraft(
        file=file,
        index=index,
        pages=span_of(pages),
        page_facts=facts_of(pages),
        pemerintah=kop.pemerintah,
        perangkat_daerah=kop.perangkat_daerah,
        unit_kerja=kop.unit_kerja,
        nomor_sop=number(identity.of("nomor_sop")),
        nama_sop=nama,
        tanggal_pembuatan=dates["pembuatan"],
        tanggal_revisi=dates["revisi"],
        tanggal_efektif=dates["efektif"],
        tanggal_pengesahan=dates["pengesahan"],
        disahkan_oleh=pengesahan,
        dasar_hukum=dasar,
        dasar_hukum_label=label_of(identity.of("dasar_hukum")),
        kualifikasi_pelaksana=sections["kualifikasi_pelaksana"],
        keterkaitan=sections["keterkaitan"],
        peralatan_perlengkapan=sections["peralatan_perlengkapan"],
        peringatan=sections["peringatan"],
        pencatatan_pendataan=sections["pencatatan_pendataan"],
        pelaksana=table.pelaksana,
        langkah=flow.langkah,
        alur=flow.alur,
        judul_lain=judul_lain,
        lainnya=lainnya,
        bagian_tabel=table.parts,
        changes=(
            *table.changes,
            *_label_changes(identity, table),
            *mended_marks(flow.langkah),
            *exits_beside(flow.langkah),
            *against_wording(flow),
            *of_sections,
            *of_dates,
            *of_dasar,
            *of_lainnya,
            *of_nama,
        ),
    )


def _sections(identity: Identity) -> tuple[dict[str, Section], list[Change]]:
    """The form's lists by field, without the legal basis."""
    sections: dict[str, Section] = {}
    changes: list[Change] = []
    for name in DAFTAR:
        sections[name], extra = section(identity, name)
        changes.extend(extra)
    return sections, changes


def _dates(identity: Identity) -> tuple[dict[str, MaybeText | None], list[Change]]:
    """The four dates by the last word of their field."""
    dates: dict[str, MaybeText | None] = {}
    changes: list[Change] = []
    for name in ("pembuatan", "revisi", "efektif", "pengesahan"):
        dates[name], extra = date(identity.of(f"tanggal_{name}"), f"/tanggal_{name}")
        changes.extend(extra)
    return dates, changes


def _lainnya(
    identity: Identity, signature: Sequence[tuple[str, Reading[str]]]
) -> tuple[tuple[tuple[str, Reading[str]], ...], tuple[Change, ...]]:
    """What the sheet prints outside the form's items; the agency's address comes last."""
    lainnya = (*signature, *others(identity))
    address = read_alamat(identity.loose, f"/lainnya/{len(lainnya)}/teks")
    if address is None:
        return lainnya, ()
    text, changes = address
    return (*lainnya, ("Alamat", text)), tuple(changes)


def _titles(
    identity: Identity, table: TableReading, kop: Kop
) -> tuple[MaybeText | None, tuple[Reading[str], ...], tuple[Change, ...]]:
    """Nama SOP, the other titles, and the change when the name is that of the table's heading."""
    nama, judul_lain = read_nama(identity, read_titles(identity, table.first, kop))
    if nama is None or nama.method is not Method.INFERRED or not nama.value:
        return nama, judul_lain, ()
    taken = Change("/nama_sop", "", nama.value, "title.from-table", nama.score)
    return nama, judul_lain, (taken,)


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
