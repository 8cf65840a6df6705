"""Any bytes through ingest and parse: drafts or a named error, nothing else."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from sopextract.errors import SourceError
from sopextract.ingest import detect_media_type, ingest
from sopextract.model.draft import SopDraft
from sopextract.model.source import SourceFile
from sopextract.parse import parse
from sopextract.settings import IngestSettings, ParseSettings
from tests.ingest.seam import with_made_words
from tests.parse.documents import SHEET

SUFFIXES = (".txt", ".md", ".html", ".tsv")
# Words of the form and marks of the formats; noise alone rarely gets past the first test.
WORDS = (
    "Nomor SOP : 1/A/2024\n", "Nama SOP", "Disahkan oleh\t", "Dasar Hukum Kualifikasi Pelaksana\n",
    "Tanggal Efektif : ", "4 Maret 2024", "No\tKegiatan\tPelaksana\tMutu Baku\n", "1\tMencatat\t√",
    "5 menit", "Peringatan\n", "KEPALA DINAS\n", "NIP. 19710203 199703 1 004", "No   Kegiatan    ",
    "Pelaksana     Mutu Baku\n", "Kelengkapan Waktu Output\n", "PEMERINTAH KABUPATEN\n", "\t", "\n",
    "   ", "|", "---", "**", "<table>", "<tr><td rowspan=9>", "</table>", "<li>", "&#0;", "\x0c",
    ":",
)  # fmt: skip
PIECES = st.lists(st.sampled_from(WORDS) | st.text(max_size=3), max_size=60).map("".join)


def read(data: bytes, suffix: str) -> tuple[SopDraft, ...] | str:
    """The drafts, or the message of the named error."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"x{suffix}"
        path.write_bytes(data)
        media_type = detect_media_type(path.name, data[:1024])
        source = SourceFile(path.name, "0" * 64, media_type, path, len(data))
        try:
            return parse(ingest(source, IngestSettings()), ParseSettings())
        except SourceError as exc:
            return str(exc)


def check(data: bytes, suffix: str) -> None:
    """Drafts, at least one, or SourceError with a message."""
    found = read(data, suffix)
    assert found  # a message is never empty
    if not isinstance(found, str):
        assert [draft.index for draft in found] == list(range(len(found)))


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=300) | PIECES.map(str.encode), st.sampled_from(SUFFIXES))
@example(b"", ".txt")
@example(b"\xff\xfe\x00", ".md")
@example(b"<table><tr><td>" * 200, ".html")
@example(b"No\tKegiatan\tWaktu\n" * 200, ".txt")
def test_any_bytes_give_drafts_or_a_named_error(data: bytes, suffix: str) -> None:
    check(data, suffix)


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_a_sheet_with_parts_cut_out_or_put_in_elsewhere(data: st.DataObject) -> None:
    lines = SHEET.split("\n")
    kept = data.draw(st.lists(st.sampled_from(lines) | PIECES, max_size=2 * len(lines)))
    encoding = data.draw(st.sampled_from(("utf-8", "utf-16", "cp1252")))
    check("\n".join(kept).encode(encoding, "replace"), data.draw(st.sampled_from(SUFFIXES)))


def picture(kind: str, **options: object) -> bytes:
    """A small page with a table, twice where the format has pages."""
    page = Image.new("RGB", (240, 320), "white")
    draw = ImageDraw.Draw(page)
    for k in range(5):
        draw.line((20, 20 + 60 * k, 220, 20 + 60 * k), fill="black")
        draw.line((20 + 50 * k, 20, 20 + 50 * k, 260), fill=(0, 0, 200))
    data = io.BytesIO()
    if options.get("compression") == "group4":
        page = page.convert("1")
    more = {"save_all": True, "append_images": [page]} if kind == "TIFF" else {}
    page.save(data, kind, **more, **options)
    return data.getvalue()


PICTURES = (
    picture("PNG"), picture("PNG", dpi=(96, 96)), picture("JPEG"),
    picture("JPEG", progressive=True), picture("TIFF"), picture("TIFF", compression="tiff_lzw"),
    picture("TIFF", compression="jpeg"), picture("TIFF", compression="group4"),
    picture("TIFF", compression="tiff_deflate"), picture("BMP"), picture("WEBP"), picture("GIF"),
)  # fmt: skip


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_spoilt_pictures_give_drafts_or_a_named_error(
    monkeypatch: pytest.MonkeyPatch, data: st.DataObject
) -> None:
    with_made_words(monkeypatch)
    spoilt = bytearray(data.draw(st.sampled_from(PICTURES)))
    for _ in range(data.draw(st.integers(0, 6))):
        # most of what says how a picture is to be read stands at its ends
        place = data.draw(
            st.integers(4, min(200, len(spoilt) - 1))
            | st.integers(max(4, len(spoilt) - 400), len(spoilt) - 1)
            | st.integers(4, len(spoilt) - 1)
        )
        new = data.draw(st.binary(min_size=1, max_size=8) | st.just(b"\xff\xff\xff\xff"))
        spoilt[place : place + data.draw(st.sampled_from((0, len(new))))] = new
    cut = data.draw(st.none() | st.integers(8, len(spoilt)))
    check(bytes(spoilt[:cut]), ".jpg")


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.sampled_from((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"GIF89a")),
    st.binary(max_size=200),
)
def test_any_bytes_that_begin_as_a_picture(start: bytes, rest: bytes) -> None:
    check(start + rest, ".png")
