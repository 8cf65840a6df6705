"""Any bytes under the name of a text give records or a named error, and nothing else."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sopextract.batch.jobs import find_jobs, open_source
from sopextract.errors import SourceError
from sopextract.model.record import SopRecord
from sopextract.pipeline import read_sops
from sopextract.settings import Settings
from sopextract.store import render_record
from tools.make_sheets import make_sheets

SUFFIXES = (".txt", ".md", ".html")
# Words and marks that lead into every part of the parser; noise alone rarely gets past its door.
PIECES = (
    "NOMOR SOP", "NAMA SOP", "STANDAR OPERASIONAL PROSEDUR", "Dasar Hukum",
    "Kualifikasi Pelaksana", "Keterkaitan", "Peralatan/Perlengkapan", "Peringatan",
    "Pencatatan dan Pendataan", "Disahkan oleh", "Pelaksana", "Mutu Baku", "Kelengkapan", "Waktu",
    "Output", "Keterangan", "No.", "Kegiatan", "Mulai", "Selesai", "Ya", "Tidak", "Kepala Dinas",
    "30 Menit", "2 (dua) Hari kerja", "NIP.", "19800101 200501 2 003", "1.", "2)", "a.", "-", ":",
    "|", "||", "\t", "\n", "\n\n", "  ", "**", "<table>", "<tr>", "<td>", "<td rowspan=99999>",
    '<td colspan="-1">', "</table>", "<ol>", "<li>", "<b>", "&amp;", "&#0;", "&#xD800;", "<!--",
    "<script>", "# ", "|---|", "\x0c", "\x00", "\u202e",
    "Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah",
    "sebagaimana telah diubah dengan", "jo.", "Peraturan Menteri",
    "Nomor 999999999999999999999999 Tahun 0", "31 Februari 2024", "menyampaikan kepada",
    "jika tidak setuju dikembalikan kepada", "□", "◇", "→", "½", "٣", "Ⅳ",
)  # fmt: skip


def noise() -> st.SearchStrategy[bytes]:
    """Bytes of no kind, texts in several encodings, and texts made of the form's own pieces."""
    form = st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=80).map("".join)
    encodings = st.sampled_from(("utf-8", "utf-16", "cp1252"))
    encoded = st.builds(
        lambda text, name: text.encode(name, "replace"), form | st.text(), encodings
    )
    return st.binary(max_size=400) | encoded


@st.composite
def spoilt_sheets(draw: st.DrawFn) -> bytes:
    """A good sheet with a piece cut out, doubled or overwritten."""
    sheet = draw(st.sampled_from(SHEETS))
    start = draw(st.integers(0, len(sheet)))
    end = draw(st.integers(start, min(len(sheet), start + 400)))
    return (
        sheet[:start] + draw(st.binary(max_size=20) | st.just(sheet[start:end] * 2)) + sheet[end:]
    )


SHEETS = tuple(made.data for made in make_sheets(10, 3))


def read(data: bytes, suffix: str) -> tuple[SopRecord, ...] | str:
    """The records, or the message of the named error; neither may be empty."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"x{suffix}"
        path.write_bytes(data)
        job = find_jobs((folder,), Path(folder) / "out", Settings())[0]
        try:
            return read_sops(open_source(job), Settings())
        except SourceError as exc:
            return str(exc)


def check(data: bytes, suffix: str) -> None:
    result = read(data, suffix)
    assert result
    for record in result if isinstance(result, tuple) else ():
        data = render_record(record)
        assert SopRecord.model_validate_json(data) == record


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(noise(), st.sampled_from(SUFFIXES))
@example(b"\xff\xfe", ".txt")
@example(b"\xff\xfe\x00\xd8", ".txt")
@example(b"<table>" * 2000, ".html")
@example(b"<ol><li>" * 2000, ".md")
@example(b"|" * 5000, ".md")
@example(b"\t" * 5000, ".txt")
@example(b"NAMA SOP\t:\t" + b"a" * 50_000, ".txt")
@example(b"%PDF-1.4", ".txt")
@example(b"PK\x03\x04", ".html")
def test_any_bytes_give_records_or_a_named_error(data: bytes, suffix: str) -> None:
    check(data, suffix)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(spoilt_sheets(), st.sampled_from(SUFFIXES))
def test_spoilt_sheets_give_records_or_a_named_error(data: bytes, suffix: str) -> None:
    check(data, suffix)


@pytest.mark.parametrize("data", SHEETS, ids=range(len(SHEETS)))
def test_reading_twice_gives_the_same_record(data: bytes) -> None:
    assert read(data, ".txt") == read(data, ".txt")
