"""The tables of an export: names, columns, types and keys.

Published: scripts of others lean on it. A column may be added at the end of its table; one that is
renamed, dropped, re-typed or given another meaning needs a new TABLES_VERSION and a note in
changelog.d. docs/tables.md is made from this by tools/make_tables_doc.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

TABLES_VERSION = 1


class Kind(StrEnum):
    """The type of a column, in words that DuckDB and SQLite both know."""

    TEXT = "TEXT"
    INTEGER = "BIGINT"
    DOUBLE = "DOUBLE"
    BOOLEAN = "BOOLEAN"
    DATE = "DATE"  # ISO text in rows, CSV and SQLite; a real date in Excel, Parquet and DuckDB


@dataclass(frozen=True, slots=True)
class Column:
    """One column; every table begins with `kunci`."""

    name: str
    kind: Kind
    help: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table. `key` and `references` leave out `kunci`, which is part of each of them.

    `references` holds (column, table, column there): both columns of one SOP.
    """

    name: str
    help: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ("urutan",)
    references: tuple[tuple[str, str, str], ...] = ()
    index: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        """Fill `index`, the position of each column by name."""
        object.__setattr__(self, "index", {c.name: i for i, c in enumerate(self.columns)})


def _table(
    name: str,
    help_: str,
    columns: str,
    key: tuple[str, ...] = ("urutan",),
    references: tuple[tuple[str, str, str], ...] = (),
) -> Table:
    """A table from lines of "name kind what it holds"."""
    kunci = "names the SOP: its record's path without `.json`"
    made = [Column("kunci", Kind.TEXT, kunci)]
    for line in columns.strip().splitlines():
        column, kind, about = line.split(maxsplit=2)
        made.append(Column(column, Kind[kind], about))
    return Table(name, help_, tuple(made), key, references)


_STEP = ("langkah", "langkah", "urutan")

SOP = _table("sop", "one row per SOP", """
    berkas TEXT path of the source file, as in `source.path`
    indeks INTEGER which SOP of that file, from 0
    id TEXT names the content: copies of a file share it
    sha256 TEXT of the source file
    media_type TEXT of the source file
    halaman_awal INTEGER first page of the SOP in its file, from 1
    halaman_akhir INTEGER last page
    ocr_mesin TEXT engine that read the pixels; null where none did
    ocr_keyakinan DOUBLE what that engine said of its words; no promise
    pemerintah TEXT government
    perangkat_daerah TEXT agency
    unit_kerja TEXT units, highest first, one a line
    nomor_sop TEXT as printed
    nama_sop TEXT without a leading "SOP"
    tanggal_pembuatan TEXT ISO 8601 at the precision printed: 2024-05-08, 2020-12, 2021
    tanggal_revisi TEXT as above
    tanggal_efektif TEXT as above
    tanggal_pengesahan TEXT as above
    tanggal_pembuatan_penuh DATE the same where day, month and year are printed, else null
    tanggal_revisi_penuh DATE as above
    tanggal_efektif_penuh DATE as above
    tanggal_pengesahan_penuh DATE as above
    disahkan_jabatan TEXT post of who signed
    disahkan_nama TEXT name of who signed, with titles
    disahkan_nip TEXT 18 digits
    disahkan_pangkat TEXT rank
    disahkan_status TEXT "Plt.", "a.n." …
    tanda_tangan_elektronik BOOLEAN signed electronically
    kualifikasi_pelaksana TEXT items, one a line; singly in `butir`
    keterkaitan TEXT as above
    peralatan_perlengkapan TEXT as above
    peringatan TEXT as above
    pencatatan_pendataan TEXT as above
    """, key=())  # fmt: skip

BUTIR = _table("butir", "one row per item of a list of the identity sheet", """
    daftar TEXT which list: `peringatan`, `kualifikasi_pelaksana`, `unit_kerja`, `judul_lain` …
    urutan INTEGER position in that list, from 1
    teks TEXT the item
    """, key=("daftar", "urutan"))  # fmt: skip

LAINNYA = _table("lainnya", "one row per labelled value outside the form's 13 items", """
    urutan INTEGER position, from 1
    label TEXT the label, as read
    teks TEXT what stands beside it
    """)  # fmt: skip

DASAR_HUKUM = _table("dasar_hukum", "one row per regulation, amending and joined ones too", """
    urutan INTEGER position, from 1
    butir INTEGER item of the sheet's list that it belongs to, from 1
    hubungan TEXT `utama` for the item itself, else `diubah dengan` or `juncto`
    induk INTEGER `urutan` of the regulation that names it; null where `utama`
    teks TEXT as corrected
    jenis TEXT kind: `UU`, `PP`, `PermenPANRB` …
    nomor TEXT number
    tahun INTEGER year
    tentang TEXT what it is about
    daerah TEXT region of regional law
    penerbit TEXT issuer; null where the kind has one
    id TEXT canonical: `uu/2014/23`
    status TEXT `berlaku`, `dicabut`, `diubah`; null where not known
    """, references=(("induk", "dasar_hukum", "urutan"),))  # fmt: skip

PELAKSANA = _table("pelaksana", "one row per actor column", """
    kolom INTEGER the column, from 1
    nama TEXT its label
    lengkap TEXT abbreviations written out
    """, key=("kolom",))  # fmt: skip

LANGKAH = _table("langkah", "one row per step", """
    urutan INTEGER position, from 1
    no INTEGER number as printed
    kegiatan TEXT what is done
    pelaksana TEXT actors, one a line; singly in `langkah_pelaksana`
    simbol TEXT the row in one word: `keputusan`, `terminator`, `proses`
    kelengkapan TEXT what is needed
    waktu_teks TEXT time as printed
    durasi TEXT ISO 8601: P2D; null for "Sesuai jadwal"
    durasi_maks TEXT upper end of a range
    hari TEXT `kerja`, `kalender` or null
    menit_kerja DOUBLE working minutes
    output TEXT what comes of it
    keterangan TEXT remarks
    """)  # fmt: skip

LANGKAH_PELAKSANA = _table("langkah_pelaksana", "one row per actor of a step", """
    langkah INTEGER `urutan` of the step
    urutan INTEGER in the order in which the flow meets them, from 1
    pelaksana TEXT `nama` of the actor
    """, key=("langkah", "urutan"), references=(_STEP,))  # fmt: skip

BENTUK = _table("bentuk", "one row per symbol of a step", """
    langkah INTEGER `urutan` of the step
    urutan INTEGER in the order of the flow, from 1
    pelaksana TEXT `nama` of the actor in whose column it stands
    simbol TEXT `proses`, `keputusan`, `terminator`; null where its kind was not read
    """, key=("langkah", "urutan"), references=(_STEP,))  # fmt: skip

ALUR = _table("alur", "one row per arrow between steps", """
    urutan INTEGER position, from 1
    dari INTEGER `urutan` of the step that it leaves
    ke INTEGER `urutan` of the step that it leads to
    dari_pelaksana TEXT which symbol of that row, when it holds several
    ke_pelaksana TEXT as above
    label TEXT `Ya`, `Tidak` or null
    label_teks TEXT the label as read
    basis TEXT `drawn`, `text` (reasoned from the wording), `order` (from the order of rows)
    """, references=(("dari", "langkah", "urutan"), ("ke", "langkah", "urutan")))  # fmt: skip

TEMUAN = _table("temuan", "one row per finding", """
    urutan INTEGER position, from 1
    rule TEXT stable id, see [rules.md](rules.md)
    severity TEXT `error`, `warning`, `info`
    kind TEXT `document`: a fault of the sheet; `reading`: our doubt
    path TEXT JSON pointer into the record
    langkah INTEGER `urutan` of the step it points at, if any
    message TEXT in Bahasa Indonesia
    help TEXT what to do
    """, references=(_STEP,))  # fmt: skip

KOREKSI = _table("koreksi", "one row per correction", """
    urutan INTEGER position, from 1
    path TEXT JSON pointer into the record, or a label of the form
    before TEXT what stood in the source
    after TEXT what it became
    rule TEXT why
    score DOUBLE how surely, 0 to 1
    """)  # fmt: skip

HALAMAN = _table("halaman", "one row per page about which the reading has something to say", """
    urutan INTEGER position, from 1
    page INTEGER the page, from 1; null for plain text
    picture_flow BOOLEAN the flow seems to be a picture
    untrusted TEXT why the page's text layer may not be what is printed
    poor TEXT why its pixels cannot be relied on
    words INTEGER read from pixels; null where there were none to read, like the next four
    unread INTEGER words that could not be read
    mean_confidence DOUBLE the engine's own
    known_share DOUBLE share of the words that the lexicon knows
    turn INTEGER degrees clockwise to stand upright
    skew_deg DOUBLE by how much it was askew
    residue INTEGER words, symbols and lines that found no place in any value
    """)  # fmt: skip

ASAL = _table("asal", "one row per value: where it stood and how surely it was read", """
    path TEXT JSON pointer into the record
    nilai TEXT the value as text; items one a line, other parts as JSON; null where it has none
    method TEXT see [record.md](record.md); `inferred`, `absent` and `unread` among them
    confidence DOUBLE a promise, 0 to 1
    page INTEGER from 1
    x0 DOUBLE left edge in points, origin top left
    y0 DOUBLE top
    x1 DOUBLE right
    y1 DOUBLE bottom
    line INTEGER of a text, from 1
    part TEXT the place in an office file: `sheet!B4`
    """, key=("path",))  # fmt: skip

# In the order in which they are written: what is referred to comes first.
TABLES = (
    SOP, BUTIR, LAINNYA, DASAR_HUKUM, PELAKSANA, LANGKAH, LANGKAH_PELAKSANA, BENTUK, ALUR, TEMUAN,
    KOREKSI, HALAMAN, ASAL,
)  # fmt: skip
