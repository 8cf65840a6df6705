"""Short sheets in the layouts that sheets are met in; every person and number is invented."""

from __future__ import annotations

from sopextract.ingest.html import looks_like_html, parse_html
from sopextract.ingest.text import parse_text
from sopextract.model.draft import SopDraft
from sopextract.model.source import Block, Page, SourceDocument
from sopextract.parse import parse
from sopextract.parse.rows import Row, flatten
from sopextract.settings import ParseSettings
from tests.factories import source_file


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a text or an HTML text."""
    return parse_html(text) if looks_like_html(text) else parse_text(text)


def document(text: str) -> SourceDocument:
    """A text as a document of one page."""
    return SourceDocument(source_file(), (Page(None, blocks(text)),), "utf-8")


def rows(text: str) -> tuple[Row, ...]:
    """The rows of a text."""
    return flatten(document(text))


def read(text: str) -> tuple[SopDraft, ...]:
    """The drafts of a text."""
    return parse(document(text), ParseSettings())


def read_one(text: str) -> SopDraft:
    """The one draft of a text."""
    drafts = read(text)
    assert len(drafts) == 1
    return drafts[0]


def items(section: object) -> list[str]:
    """The texts of a section's items."""
    return [item.value for item in getattr(section, "items", ())]


def tabs(*lines: str) -> str:
    """Lines whose cells are written apart by ` | `, as lines of tab-separated cells."""
    return "\n".join("\t".join(c.strip() for c in line.split("|")) for line in lines) + "\n"


IDENTITY = tabs(
    "PEMERINTAH KABUPATEN SIKKA | Nomor SOP | : 12/DISPUSIP/2024",
    "DINAS PERPUSTAKAAN DAN KEARSIPAN | Tanggal Pembuatan | : 4 Maret 2024",
    "BIDANG LAYANAN PERPUSTAKAAN | Tanggal Revisi | : -",
    " | Tanggal Efektif | : 1 April 2024",
    " | Disahkan oleh | : KEPALA DINAS MARTEN LEWA, S.Sos NIP. 19710203 199703 1 004",
    " | Nama SOP | : Peminjaman Buku",
    "Dasar Hukum | | Kualifikasi Pelaksana",
    "1. Undang-Undang Nomor 43 Tahun 2007 tentang Perpustakaan | | 1. Memahami layanan sirkulasi",
    "2. Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik"
    " | | 2. Mampu mengoperasikan komputer",
    "Keterkaitan | | Peralatan/Perlengkapan",
    "SOP Pengembalian Buku | | Komputer",
    "Peringatan | | Pencatatan dan Pendataan",
    "Jika kartu hilang maka peminjaman ditunda | | Buku peminjaman",
)  # fmt: skip

HEADER = (
    "No | Kegiatan | Pelaksana | | | Mutu Baku | | | Keterangan",
    " | | Pemustaka | Petugas Layanan | Kepala Seksi | Kelengkapan | Waktu | Output | ",
)
STEPS = (
    "1 | Menyerahkan buku dan kartu | (Oval) | | | Buku | 2 Menit | Buku diterima | ",
    "2 | Memeriksa keanggotaan | | (Kotak) | | Kartu anggota | 5 Menit | Data anggota | ",
    "3 | Memberikan persetujuan | | | (Bintang) | Data anggota | 10 Menit | Persetujuan | ",
    "4 | Menyerahkan buku kepada pemustaka | | (Oval) | | Buku | 3 Menit | Buku dipinjam | Rak A",
)
SHEET = IDENTITY + "\nSOP PEMINJAMAN BUKU\n\n" + tabs(*HEADER, *STEPS)
