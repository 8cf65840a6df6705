"""What parse gives to normalise: one SOP whose every leaf is a `Reading`."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, Literal, TypeVar

from sopextract.model.clarity import clarity
from sopextract.model.source import Place, ResidueKind, ScanReading, SourceFile, Symbol

T = TypeVar("T", covariant=True)


class Method(StrEnum):
    """On what ground a value is believed (`provenance.method` of the record)."""

    LABEL = "label"  # stood beside its label
    CELL = "cell"  # stood in the cell of its column
    LINE = "line"  # recognised on a line of running text, without a label
    SHAPE = "shape"  # a drawn or typed symbol
    INFERRED = "inferred"  # reasoned from other values
    REVIEWED = "reviewed"  # a person said so
    ABSENT = "absent"  # null: the form has the label and nothing, or "-", beside it
    UNREAD = "unread"  # null: something stands there that could not be read


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """One value as read, with the grounds for believing it.

    `text` is what stood in the source, white space squeezed. `score` runs from 0 to 1 and is raw;
    `normalise/confidence.py` alone makes it a promise. It is never above that of the words which
    the value is made of: what the reader saw dimly nobody after it knows surely.
    """

    value: T
    text: str
    place: Place
    method: Method
    score: float

    def __post_init__(self) -> None:
        if self.place.score < self.score:
            seen = clarity(self.text, self.place)
            object.__setattr__(self, "score", min(self.score, seen))


MaybeText = Reading[str] | Reading[None]


@dataclass(frozen=True, slots=True)
class Change:
    """A correction that a stage made: `path` is a label of the form or a pointer into the draft."""

    path: str
    before: str
    after: str
    rule: str
    score: float


@dataclass(frozen=True, slots=True)
class Citation:
    """One regulation as cited. What the citation does not say is None; nothing is filled in.

    `jenis` is the record's name of the kind (`UU`, `PermenPANRB`, `Perda` …). `penerbit` is the
    issuer where the kind has several. `daerah` is the region of regional law as printed
    ("Provinsi Kalimantan Barat"). `teks` is how an amending or joined act stood in its entry; None
    for the entry itself, whose text its reading has.
    """

    jenis: str | None
    nomor: str | None
    tahun: int | None
    tentang: str | None
    daerah: str | None = None
    penerbit: str | None = None
    diubah_dengan: tuple[Citation, ...] = ()
    juncto: tuple[Citation, ...] = ()
    teks: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class DasarHukumDraft:
    """One entry of the legal basis: its text and what the grammar made of it."""

    teks: Reading[str]
    citation: Citation | None


@dataclass(frozen=True, slots=True)
class Section:
    """A list field of the identity sheet.

    `label` is the label as found (None: the form has no such label); `items` are stripped of their
    numbering. A label with no items is an absent value, not a missing one.
    """

    label: Reading[str] | None = None
    items: tuple[Reading[str], ...] = ()


@dataclass(frozen=True, slots=True)
class PengesahanDraft:
    """The signature block. `status` is "Plt.", "a.n." …; each None where nothing was found."""

    jabatan: MaybeText | None = None
    nama: MaybeText | None = None
    nip: MaybeText | None = None
    pangkat: MaybeText | None = None
    status: MaybeText | None = None
    tanda_tangan_elektronik: Reading[bool] | None = None


@dataclass(frozen=True, slots=True)
class PelaksanaDraft:
    """One actor column. `nama` is None when the column's label is lost; `kolom` counts from 1.

    `also` holds other labels that the same column carries on later pages.
    """

    kolom: int
    nama: Reading[str] | None
    also: tuple[Reading[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands in an actor column of one row: text as printed, `kolom` counting from 1.

    `kolom` is None when the row does not say in which column it stands. `score` is lower when the
    row was printed off its columns, so that the mark may belong to the column beside. `symbols` are
    those drawn in the cell; their signs stand in `text` too.
    """

    kolom: int | None
    text: str
    place: Place
    score: float = 1.0
    symbols: tuple[Symbol, ...] = ()


Simbol = Literal["terminator", "proses", "keputusan"]
Basis = Literal["drawn", "text", "order"]


@dataclass(frozen=True, slots=True)
class BentukDraft:
    """One symbol of a row: in which column, and its kind when the kind was read."""

    kolom: int
    simbol: Reading[Simbol] | None


@dataclass(frozen=True, slots=True)
class StepRow:
    """One row of the step table before the flow is decoded. A cell is None when the column is."""

    no: Reading[int] | Reading[None] | None
    kegiatan: Reading[str]
    marks: tuple[Mark, ...] = ()
    kelengkapan: MaybeText | None = None
    waktu: MaybeText | None = None
    output: MaybeText | None = None
    keterangan: MaybeText | None = None


@dataclass(frozen=True, slots=True)
class LangkahDraft:
    """A step row with its flow: the actors in the order in which the flow meets them.

    `actors` values are columns (`PelaksanaDraft.kolom`); empty when nobody could be settled.
    """

    row: StepRow
    actors: tuple[Reading[int], ...] = ()
    bentuk: tuple[BentukDraft, ...] = ()
    simbol: Reading[Simbol] | None = None


@dataclass(frozen=True, slots=True)
class EdgeDraft:
    """One edge of the flow; `dari` and `ke` are 1-based positions of rows.

    `label` is "Ya", "Tidak" or None; `label_teks` is the word as it stood. A drawn arrow inside one
    row has `dari` equal to `ke`. `against` is what the step's text says instead of the drawing.
    """

    dari: int
    ke: int
    basis: Basis
    score: float
    label: Literal["Ya", "Tidak"] | None = None
    label_teks: str | None = None
    dari_kolom: int | None = None
    ke_kolom: int | None = None
    place: Place = field(default_factory=Place)
    against: str | None = None


@dataclass(frozen=True, slots=True)
class Flow:
    """What decoding the flow gives: one `LangkahDraft` per row, and the edges.

    `unmet` are exits that a step's text names and no arrow shows: the row's position from 0, words.
    """

    langkah: tuple[LangkahDraft, ...]
    alur: tuple[EdgeDraft, ...]
    unmet: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class TablePart:
    """One printed part of the step table, for the rules that look at the form itself.

    `labels` maps the canonical column name (`kegiatan`, `mutu_baku` …) to the label as printed;
    `nomor_kolom` is the row of column numbers as printed, empty when there is none.
    """

    pelaksana: tuple[str | None, ...]
    labels: tuple[tuple[str, str], ...]
    nomor_kolom: tuple[int, ...]
    rows: tuple[int, int]  # first and last `urutan` that this part holds


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What the reader says of one page of this SOP; only pages with something to say have any.

    `picture_flow`: the flow seems to be a picture there. `untrusted`: why its text layer may lie.
    `residue` counts by kind what of the page found no place in any value. `scan`: how well it was
    read from pixels, without its crops; None where it was not.
    """

    number: int | None
    picture_flow: bool = False
    untrusted: str | None = None
    residue: tuple[tuple[ResidueKind, int], ...] = ()
    scan: ScanReading | None = None


@dataclass(frozen=True, slots=True)
class SopDraft:
    """One SOP as parsed. None = the form has no such label; a Reading of None = see its method.

    Dates are ISO 8601 at the precision printed. `judul_lain` holds other titles the document gives
    this SOP (cover, table head). `lainnya` holds labelled values outside the 13 items.
    """

    file: SourceFile
    index: int
    pages: tuple[int, int] | None = None
    page_facts: tuple[PageFacts, ...] = ()
    pemerintah: MaybeText | None = None
    perangkat_daerah: MaybeText | None = None
    unit_kerja: tuple[Reading[str], ...] = ()
    nomor_sop: MaybeText | None = None
    nama_sop: MaybeText | None = None
    tanggal_pembuatan: MaybeText | None = None
    tanggal_revisi: MaybeText | None = None
    tanggal_efektif: MaybeText | None = None
    tanggal_pengesahan: MaybeText | None = None
    disahkan_oleh: PengesahanDraft = field(default_factory=PengesahanDraft)
    dasar_hukum: tuple[DasarHukumDraft, ...] = ()
    dasar_hukum_label: Reading[str] | None = None
    kualifikasi_pelaksana: Section = field(default_factory=Section)
    keterkaitan: Section = field(default_factory=Section)
    peralatan_perlengkapan: Section = field(default_factory=Section)
    peringatan: Section = field(default_factory=Section)
    pencatatan_pendataan: Section = field(default_factory=Section)
    pelaksana: tuple[PelaksanaDraft, ...] = ()
    langkah: tuple[LangkahDraft, ...] = ()
    alur: tuple[EdgeDraft, ...] = ()
    judul_lain: tuple[Reading[str], ...] = ()
    lainnya: tuple[tuple[str, Reading[str]], ...] = ()
    bagian_tabel: tuple[TablePart, ...] = ()
    changes: tuple[Change, ...] = ()
