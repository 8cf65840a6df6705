"""Builds model objects for tests in few words; every person in them is invented."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sopextract.model.draft import (
    LangkahDraft,
    Method,
    PelaksanaDraft,
    Reading,
    SopDraft,
    StepRow,
)
from sopextract.model.record import Alur, Langkah, Pelaksana, Provenance, SopRecord, Source, Waktu
from sopextract.model.source import (
    SIGNS,
    Block,
    Cell,
    Connector,
    Grid,
    Page,
    Place,
    SourceDocument,
    SourceFile,
    Symbol,
)


def reading(text: str, *, method: Method = Method.CELL, score: float = 1.0) -> Reading[str]:
    """A reading whose value is its text."""
    return Reading(text, text, Place(line=1), method, score)


def source_file(path: str = "a.txt") -> SourceFile:
    """A source file that is not on disk."""
    return SourceFile(path, "0" * 64, "text/plain", Path(path), 1)


def pelaksana_draft(*names: str) -> tuple[PelaksanaDraft, ...]:
    """Actor columns 1, 2, … with these labels."""
    return tuple(PelaksanaDraft(i, reading(n)) for i, n in enumerate(names, 1))


def step_row(no: int, kegiatan: str, **fields: Any) -> StepRow:
    """A step row with its number and text."""
    return StepRow(Reading(no, str(no), Place(), Method.CELL, 1.0), reading(kegiatan), **fields)


def draft_of_steps(*texts: str) -> SopDraft:
    """A draft that has only steps with these texts, without actors."""
    steps = tuple(LangkahDraft(step_row(i, text)) for i, text in enumerate(texts, 1))
    return SopDraft(source_file(), 0, langkah=steps)


def langkah(urutan: int, kegiatan: str, *actors: str, **fields: Any) -> Langkah:
    """A complete step."""
    values: dict[str, Any] = {
        "no": urutan,
        "simbol": "proses",
        "kelengkapan": "Dokumen",
        "waktu": Waktu(teks="15 Menit", durasi="PT15M", menit_kerja=15),
        "output": "Laporan",
    }
    return Langkah(urutan=urutan, kegiatan=kegiatan, pelaksana=actors, **(values | fields))


def record(**fields: Any) -> SopRecord:
    """A small, complete SOP: two actors, three steps."""
    steps = (
        langkah(1, "Menerima surat masuk", "Petugas Loket", simbol="terminator"),
        langkah(2, "Memeriksa kelengkapan surat", "Kepala Seksi"),
        langkah(3, "Mengarsipkan surat", "Petugas Loket", simbol="terminator"),
    )
    values: dict[str, Any] = {
        "id": "0" * 16 + "-00",
        "source": Source(path="a.txt", sha256="0" * 64, media_type="text/plain", index=0),
        "instansi": {
            "pemerintah": "Pemerintah Kabupaten Banyumas",
            "perangkat_daerah": "Dinas Perikanan",
        },
        "nomor_sop": "01/DISKAN/2024",
        "nama_sop": "Penerimaan Surat Masuk",
        "tanggal_pembuatan": "2024-01-02",
        "tanggal_efektif": "2024-02-01",
        "disahkan_oleh": {
            "jabatan": "Kepala Dinas Perikanan",
            "nama": "RATNA KUSUMADEWI, S.Pi",
            "nip": "198001012005012003",
        },
        "kualifikasi_pelaksana": ("Memahami tata naskah dinas",),
        "keterkaitan": ("SOP Pengelolaan Surat Keluar",),
        "peralatan_perlengkapan": ("Komputer",),
        "peringatan": ("Jika surat tidak dicatat maka surat tidak dapat dilacak",),
        "pencatatan_pendataan": ("Buku agenda",),
        "pelaksana": (
            Pelaksana(nama="Petugas Loket", lengkap="Petugas Loket", kolom=1),
            Pelaksana(nama="Kepala Seksi", lengkap="Kepala Seksi", kolom=2),
        ),
        "langkah": steps,
        "alur": tuple(Alur(dari=i, ke=i + 1, basis="order") for i in (1, 2)),
    }
    return SopRecord(**(values | fields))


def provenance(confidence: float = 0.99, method: str = "cell") -> Provenance:
    """Grounds for a value on line 1."""
    return Provenance(line=1, method=method, confidence=confidence)


# --- drawn pages ------------------------------------------------------------------------------

_DRAWN = re.compile(r"(?P<sign>[⬭□◇⌂])(?P<id>\d+)(?:\((?P<text>[^)]*)\))?(?:@(?P<score>0\.\d+))?")
_ARROW = re.compile(
    r"(?P<tail>\d*)(?P<line>[>-])(?P<head>\d*)(?:@(?P<score>0\.\d+))?(?: (?P<label>.+))?"
)
_OUTLINES = {sign: outline for outline, sign in SIGNS.items()}
_WIDTH, _HEIGHT = 60.0, 40.0


def drawn_symbol(text: str, page: int | None, x: float, y: float) -> Symbol:
    """A symbol written as its sign, its id and what stands inside it: `⬭1(Mulai)`, `□2@0.8`."""
    match = _DRAWN.fullmatch(text)
    assert match, text
    place = Place(page, (x - 15, y - 8, x + 15, y + 8)) if page is not None else Place()
    score = float(match["score"] or 1.0)
    return Symbol(int(match["id"]), _OUTLINES[match["sign"]], place, match["text"] or "", score)


def exact_grid(
    *lines: str,
    page: int | None = 1,
    top: float = 100.0,
    spans: dict[tuple[int, int], int] | None = None,
) -> Grid:
    """A grid whose cells stand in their columns: lines of cells apart by ` | `, `/` for a new line.

    A drawn symbol is written as in `drawn_symbol`. Columns are 60 points wide, rows 40 high, from
    the left edge 0; `spans` says over how many columns the cell at (row, column) is merged. Without
    `page` no cell has a box.
    """
    rows = [[cell.strip() for cell in line.split("|")] for line in lines]
    width = max(map(len, rows))
    return Grid(
        tuple(
            tuple(
                _drawn_cell(
                    cells[j] if j < len(cells) else "",
                    page,
                    j,
                    i,
                    top,
                    (spans or {}).get((i, j), 1),
                )
                for j in range(width)
            )
            for i, cells in enumerate(rows)
        ),
        exact=True,
    )


def _drawn_cell(text: str, page: int | None, j: int, i: int, top: float, span: int) -> Cell:
    x, y = j * _WIDTH, top + i * _HEIGHT
    place = Place(page, (x, y, x + span * _WIDTH, y + _HEIGHT)) if page is not None else Place()
    found = list(_DRAWN.finditer(text))
    symbols = tuple(
        drawn_symbol(m[0], page, x + _WIDTH * (k + 1) / (len(found) + 1), y + _HEIGHT / 2)
        for k, m in enumerate(found)
    )
    plain = _DRAWN.sub(lambda m: m["sign"], text)
    return Cell(plain.replace(" / ", "\n"), place, symbols)


def connectors(*lines: str, page: int | None = 1) -> tuple[Connector, ...]:
    """Lines between symbols by their ids: `1>2`, `3>1 Tidak`, `1-2` without a head, `3>`, `>4`."""
    made = []
    for line in lines:
        match = _ARROW.fullmatch(line)
        assert match, line
        tail, head = (int(match[end]) if match[end] else None for end in ("tail", "head"))
        score = float(match["score"] or 1.0)
        made.append(
            Connector(tail, head, Place(page), match["label"] or "", match["line"] == ">", score)
        )
    return tuple(made)


def drawn_page(
    number: int | None,
    *blocks: Block,
    arrows: Sequence[str] = (),
    outside: Sequence[tuple[str, float, float]] = (),
    **fields: Any,
) -> Page:
    """A page with the symbols of its grids, those `outside` them (text, x, y), and its lines."""
    inside = [
        s for b in blocks if isinstance(b, Grid) for row in b.rows for c in row for s in c.symbols
    ]
    free = [drawn_symbol(text, number, x, y) for text, x, y in outside]
    lines = connectors(*arrows, page=number)
    return Page(number, blocks, (*inside, *free), lines, (842.0, 595.0), **fields)


def drawn_document(*pages: Page, path: str = "a.pdf") -> SourceDocument:
    """A document of these pages."""
    return SourceDocument(source_file(path), pages)
