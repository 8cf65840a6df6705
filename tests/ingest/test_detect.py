"""What a file is: first bytes before its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from sopextract.errors import SourceError, UnsupportedError
from sopextract.ingest import detect_media_type, find_reader, ingest
from sopextract.ingest.pdf import read_pdf
from sopextract.ingest.text import read_text
from sopextract.model.source import SourceFile
from sopextract.settings import IngestSettings


@pytest.mark.parametrize(
    ("name", "head", "media_type"),
    [
        ("sop.txt", b"NOMOR SOP", "text/plain"),
        ("SOP.TXT", b"", "text/plain"),
        ("sop.md", b"# SOP", "text/markdown"),
        ("sop.htm", b"<p>", "text/html"),
        ("a.b.tsv", b"No\tKegiatan", "text/tab-separated-values"),
        ("sop.txt", b"%PDF-1.7", "application/pdf"),
        ("sop.txt", b"\n\n%PDF-1.4", "application/pdf"),
        ("sop.md", b"PK\x03\x04", "application/zip"),
        ("sop.html", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
        ("sop.txt", b"{\\rtf1", "application/rtf"),
        ("foto.txt", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("foto.txt", b"\x89PNG\r\n\x1a\n", "image/png"),
        ("pindai.tif", b"MM\x00*", "image/tiff"),
        ("pindai.tif", b"II+\x00", "image/tiff"),
        ("pindai", b"BM\x36\x00\x01\x00\x00\x00\x00\x00", "image/bmp"),
        ("sop.txt", b"BMKG Stasiun Klimatologi", "text/plain"),
        ("foto", b"RIFF\x00\x01\x00\x00WEBPVP8 ", "image/webp"),
        ("foto.jpg", b"\x00\x00\x00\x18ftypheic", "image/heic"),
        ("sop", b"NOMOR SOP", "application/octet-stream"),
        ("sop.xyz", b"NOMOR SOP", "application/octet-stream"),
    ],
)
def test_media_type(name: str, head: bytes, media_type: str) -> None:
    assert detect_media_type(name, head) == media_type


def test_the_reader_of_text() -> None:
    assert find_reader("text/html") is read_text


def test_the_reader_of_pdf() -> None:
    assert find_reader("application/pdf") is read_pdf


def test_a_format_without_reader_is_named_with_what_to_do() -> None:
    with pytest.raises(SourceError, match="application/epub") as caught:
        find_reader("application/epub+zip")
    assert "pdftotext -layout" in caught.value.hint


@pytest.mark.parametrize(
    ("media_type", "name", "hint"),
    [
        ("application/zip", "zip archive, or a damaged office file", "unpack an archive"),
        ("image/heic", "picture", "save it as .jpg"),
        ("application/vnd.rar", "packed", "unpack"),
        ("application/octet-stream", "unknown suffix", "give it the suffix"),
    ],
)
def test_a_format_is_called_by_its_name(media_type: str, name: str, hint: str) -> None:
    with pytest.raises(SourceError, match=name) as caught:
        find_reader(media_type)
    assert hint in caught.value.hint


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("sop.pdf", b"rusak", "is damaged or no PDF after all"),
        ("SOP.PDF", b"\x00\x01", "is damaged or no PDF after all"),
        ("sop.docx", b"PK\x03\x04\x14\x00", "is damaged or no Word file after all"),
        ("sop.xls", b"rusak", "is damaged or no Excel file after all"),
        ("sop.jpeg", b"rusak", "is damaged or no picture after all"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_damaged(
    tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    source = SourceFile(name, "0" * 64, detect_media_type(name, data, path), path, len(data))
    with pytest.raises(SourceError, match=said) as caught:
        ingest(source, IngestSettings())
    assert not isinstance(caught.value, UnsupportedError)
    assert "suffix" not in caught.value.hint


def test_an_unknown_suffix_is_still_told_as_such(tmp_path: Path) -> None:
    path = tmp_path / "sop.xyz"
    path.write_bytes(b"NOMOR SOP")
    source = SourceFile("sop.xyz", "0" * 64, "application/octet-stream", path, 9)
    with pytest.raises(UnsupportedError, match="unknown suffix"):
        ingest(source, IngestSettings())


def _file(path: Path, data: bytes) -> SourceFile:
    path.write_bytes(data)
    return SourceFile(path.name, "0" * 64, "text/plain", path, len(data))


def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    source = _file(tmp_path / "a.txt", b"x" * 100)
    with pytest.raises(SourceError, match="100 bytes"):
        ingest(source, IngestSettings(max_bytes=99))
    assert ingest(source, IngestSettings(max_bytes=100)).encoding == "utf-8"


def test_a_blank_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="is empty"):
        ingest(_file(tmp_path / "a.txt", b" \n\t\n"), IngestSettings())
