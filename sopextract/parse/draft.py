"""One SOP out of its rows: tables, identity, signature and flow put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sopextract.core.text import squeeze
from sopextract.lexicon.labels import COLUMN_GROUPS, match_label
from sopextract.model.draft import (
    Change,
    Method,
    PelaksanaDraft,
    Section,
    SopDraft,
    StepRow,
    TablePart,
)
from sopextract.model.record import DAFTAR
from sopextract.model.source import SourceFile
from sopextract.parse.alur.flow import decode_flow
from sopextract.parse.dasar_hukum.entries import parse_dasar_hukum
from sopextract.parse.identitas.alamat import read_alamat
from sopextract.parse.identitas.judul import read_nama, read_titles
from sopextract.parse.identitas.kop import read_kop
from sopextract.parse.identitas.sheet import Identity
from sopextract.parse.identitas.tanda_tangan import find_pengesahan
from sopextract.parse.identitas.values import date, label_of, number, others, readings, section
from sopextract.settings import ParseSettings

_LOST_LETTER = {"ulai": "MULAI", "elesai": "SELESAI"}


@dataclass(frozen=True, slots=True)
class TableReading:
    """The step table of one SOP as read, whatever form it had.

    `first` and `last` are the rows that it spans, None when the SOP has no table.
    """

    pelaksana: tuple[PelaksanaDraft, ...] = ()
    steps: tuple[StepRow, ...] = ()
    parts: tuple[TablePart, ...] = ()
    changes: tuple[Change, ...] = ()
    first: int | None = None
    last: int | None = None

    def spans(self, position: int) -> bool:
        """Whether a row lies within the table."""
        return (
            self.first is not None and self.last is not None and self.first <= position < self.last
        )


def build_draft(
    file: SourceFile, index: int, identity: Identity, table: TableReading, settings: ParseSettings
) -> SopDraft:
    """Assemble the draft of one SOP. Values that no label announces say so by their method."""
    changes = list(table.changes) + _label_changes(identity, table) + _mended_marks(table.steps)
    kop = read_kop([line for line in identity.loose if not table.spans(line.position)])
    sections: dict[str, Section] = {}
    for name in DAFTAR:
        sections[name], extra = section(identity, name)
        changes.extend(extra)
    dates = {}
    for name in ("pembuatan", "revisi", "efektif", "pengesahan"):
        dates[name], extra = date(identity.of(f"tanggal_{name}"), f"/tanggal_{name}")
        changes.extend(extra)
    dasar, extra = parse_dasar_hukum(readings(identity.of("dasar_hukum")))
    changes.extend(extra)
    flow = decode_flow(table.pelaksana, table.steps, settings)
    pengesahan, signature = find_pengesahan(identity, kop)
    lainnya = (*signature, *others(identity))
    address = read_alamat(identity.loose, f"/lainnya/{len(lainnya)}/teks")
    if address is not None:
        lainnya = (*lainnya, ("Alamat", address[0]))
        changes.extend(address[1])
    nama, judul_lain = read_nama(identity, read_titles(identity, table.first, kop))
    if nama is not None and nama.method is Method.INFERRED and nama.value:
        changes.append(Change("/nama_sop", "", nama.value, "title.from-table", nama.score))
    return SopDraft(
        file=file,
        index=index,
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
        changes=tuple(changes),
    )


def _mended_marks(steps: Sequence[StepRow]) -> list[Change]:
    """A change for every Mulai or Selesai that lost its first letter."""
    return [
        Change(f"/langkah/{i}/simbol", mark.text, whole, "ocr.lost-letter", 0.9)
        for i, step in enumerate(steps)
        for mark in step.marks
        if (whole := _LOST_LETTER.get(mark.text.strip("() ").casefold())) is not None
    ]


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
