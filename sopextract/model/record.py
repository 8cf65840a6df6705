"""The record: one SOP as published JSON. The contract's names and meanings, and nothing else.

Every text value is the corrected text; what stood in the source is in `corrections`.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from sopextract.model.draft import Basis, Method, Simbol
from sopextract.model.finding import Finding

SCHEMA_VERSION: Literal["1"] = "1"

# What the confidence of a value loses on a page whose text layer is not trusted, or which is a scan
# that can hardly be read: 0.995, the surest, falls below 0.9. Own judgement, as nobody has counted
# how often such a page is right.
UNTRUSTED_FACTOR = 0.85

# The identity sheet's lists of plain texts, in the order of the record.
DAFTAR = (
    "kualifikasi_pelaksana",
    "keterkaitan",
    "peralatan_perlengkapan",
    "peringatan",
    "pencatatan_pendataan",
)


class Frozen(BaseModel):
    """Base of every part of the record. All keys are always written, and the schema says so."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", json_schema_serialization_defaults_required=True
    )


class Ocr(Frozen):
    """The engine that read the page images, when one did: "rapidocr/PP-OCRv6".

    `mean_confidence` is what the engine said of its words over the SOP's pages, weighted by their
    number: no promise, which only `provenance` makes.
    """

    engine: str
    version: str
    mean_confidence: float


class Source(Frozen):
    """Which file, and which SOP of it: `index` counts from 0, `pages` are first and last from 1."""

    path: str
    sha256: str
    media_type: str
    index: int
    pages: tuple[int, int] | None = None
    ocr: Ocr | None = None


class Instansi(Frozen):
    """The agency; `unit_kerja` highest unit first."""

    pemerintah: str | None = None
    perangkat_daerah: str | None = None
    unit_kerja: tuple[str, ...] = ()


class DisahkanOleh(Frozen):
    """Who signed. `nip` has 18 digits and no spaces; `nama` keeps its titles, never corrected."""

    jabatan: str | None = None
    nama: str | None = None
    nip: str | None = None
    pangkat: str | None = None
    status: str | None = None
    tanda_tangan_elektronik: bool = False


class DasarHukum(Frozen):
    """One regulation; for amended and joined ones the same again."""

    teks: str
    jenis: str | None = None
    nomor: str | None = None
    tahun: int | None = None
    tentang: str | None = None
    daerah: str | None = None
    penerbit: str | None = None
    id: str | None = None
    diubah_dengan: tuple[DasarHukum, ...] = ()
    juncto: tuple[DasarHukum, ...] = ()
    status: Literal["berlaku", "dicabut", "diubah"] | None = None


class Pelaksana(Frozen):
    """An actor column: label, label with abbreviations expanded, position from 1."""

    nama: str
    lengkap: str
    kolom: int


class Bentuk(Frozen):
    """One symbol of a row; `simbol` None when its kind was not read."""

    pelaksana: str
    simbol: Simbol | None = None


class Waktu(Frozen):
    """A time allowance: see `normalise/durations.py`."""

    teks: str
    durasi: str | None = None
    durasi_maks: str | None = None
    hari: Literal["kerja", "kalender"] | None = None
    menit_kerja: float | None = None


class Langkah(Frozen):
    """One step; `urutan` counts from 1, `no` is what is printed."""

    urutan: int
    no: int | None = None
    kegiatan: str
    pelaksana: tuple[str, ...] = ()
    bentuk: tuple[Bentuk, ...] = ()
    simbol: Simbol | None = None
    kelengkapan: str | None = None
    waktu: Waktu | None = None
    output: str | None = None
    keterangan: str | None = None


class Alur(Frozen):
    """One edge between rows (`urutan`)."""

    dari: int
    ke: int
    dari_pelaksana: str | None = None
    ke_pelaksana: str | None = None
    label: Literal["Ya", "Tidak"] | None = None
    label_teks: str | None = None
    basis: Basis


class Correction(Frozen):
    """One change; `path` is a JSON pointer into the record or a label of the form."""

    path: str
    before: str
    after: str
    rule: str
    score: float


class Provenance(Frozen):
    """Where a value stood and how surely it was read; null values too."""

    page: int | None = None
    bbox: tuple[float, float, float, float] | None = None
    line: int | None = None
    where: str | None = None
    method: Method
    confidence: float


class BagianTabel(Frozen):
    """One printed part of the step table: its own labels, and the rows that it holds."""

    pelaksana: tuple[str | None, ...]
    label: dict[str, str]
    nomor_kolom: tuple[int, ...] = ()
    langkah: tuple[int, int]


class Lainnya(Frozen):
    """A labelled value outside the form's 13 items."""

    label: str
    teks: str


class PageScan(Frozen):
    """How well a page, or a picture on it, was read from pixels.

    `mean_confidence` is the engine's own, over its words; `known_share` the share of them that the
    lexicon knows; both None for a page without words. `words` counts all, `unread` those that could
    not be read. `turn` is by how many degrees the page was turned clockwise to stand upright.
    `poor` says in Bahasa Indonesia why the page cannot be relied on; None for one read well.
    """

    mean_confidence: float | None = None
    known_share: float | None = None
    words: int
    unread: int
    turn: int = 0
    skew_deg: float = 0.0
    poor: str | None = None


class PageNote(Frozen):
    """What the reading of one page has to say; only pages with something to say have one.

    `picture_flow`: the flow seems to be a picture. `untrusted`: why the page's text layer may not
    be what is printed. `residue` counts what found no place in any value, by kind (`word`,
    `symbol`, `connector`, `stroke`, `picture`). `scan`: how it was read from pixels, None where it
    was not.
    """

    page: int | None = None
    picture_flow: bool = False
    untrusted: str | None = None
    residue: dict[str, int] = {}
    scan: PageScan | None = None


class SopRecord(Frozen):
    """One SOP. See the module docstring and `docs/record.md`.

    `doubtful_words` holds by JSON pointer the words of a value, as read, that the engine which read
    them from a scan was unsure of.
    """

    schema_version: Literal["1"] = SCHEMA_VERSION
    id: str
    source: Source
    instansi: Instansi = Instansi()
    nomor_sop: str | None = None
    nama_sop: str | None = None
    tanggal_pembuatan: str | None = None
    tanggal_revisi: str | None = None
    tanggal_efektif: str | None = None
    tanggal_pengesahan: str | None = None
    disahkan_oleh: DisahkanOleh = DisahkanOleh()
    dasar_hukum: tuple[DasarHukum, ...] = ()
    kualifikasi_pelaksana: tuple[str, ...] = ()
    keterkaitan: tuple[str, ...] = ()
    peralatan_perlengkapan: tuple[str, ...] = ()
    peringatan: tuple[str, ...] = ()
    pencatatan_pendataan: tuple[str, ...] = ()
    pelaksana: tuple[Pelaksana, ...] = ()
    langkah: tuple[Langkah, ...] = ()
    alur: tuple[Alur, ...] = ()
    judul_lain: tuple[str, ...] = ()
    lainnya: tuple[Lainnya, ...] = ()
    bagian_tabel: tuple[BagianTabel, ...] = ()
    page_notes: tuple[PageNote, ...] = ()
    corrections: tuple[Correction, ...] = ()
    doubtful_words: dict[str, tuple[str, ...]] = {}
    provenance: dict[str, Provenance] = {}
    findings: tuple[Finding, ...] = ()

    def with_findings(self, findings: tuple[Finding, ...]) -> SopRecord:
        """The same record with these findings in place of its own."""
        return self.model_copy(update={"findings": findings})
