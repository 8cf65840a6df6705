"""Which encoding a text is in, and what is no text."""

from __future__ import annotations

import pytest

from sopextract.errors import SourceError
from sopextract.ingest.decode import decode_text

TEXT = "NAMA SOP : Peminjaman Buku – ½ jam\n"


@pytest.mark.parametrize(
    ("encode", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("cp1252", "cp1252"),
    ],
)
def test_text_is_decoded(encode: str, name: str) -> None:
    assert decode_text(TEXT.encode(encode)) == (TEXT, name)


def test_a_byte_order_mark_is_no_text() -> None:
    text, _ = decode_text(b"\xff\xfe" + "Judul".encode("utf-16-le"))
    assert text == "Judul"


def test_short_text_is_not_taken_for_utf16() -> None:
    assert decode_text(b"Ya") == ("Ya", "utf-8")


@pytest.mark.parametrize("data", [bytes(range(32)) * 20, b"\x00\x01\x02\x03" * 50])
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError, match="binary"):
        decode_text(data)


def test_bytes_that_windows_1252_lacks_are_marked() -> None:
    text, encoding = decode_text(b"Peminjaman buku di perpustakaan daerah kabupaten \x81 " * 3)
    assert encoding == "cp1252"
    assert text.count("\ufffd") == 3
