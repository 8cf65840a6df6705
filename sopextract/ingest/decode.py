"""Bytes to text: which encoding a text file is in."""

from __future__ import annotations

import codecs

from sopextract.errors import SourceError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# A text in a Latin script has a zero in every second byte of UTF-16; binary files rarely do.
_UTF16_ZERO_SHARE = 0.7
# Share of control characters above which a file is not text; OCR output was never above 0.002.
_MAX_CONTROL_SHARE = 0.02


def decode_text(data: bytes) -> tuple[str, str]:
    """The text of a file and the encoding found: UTF-8, UTF-16, UTF-32 or Windows-1252.

    A byte order mark decides; without one, zeros in every second byte mean UTF-16, valid UTF-8 is
    UTF-8, and what is left is Windows-1252. Raises SourceError for data that is not text.
    """
    text, encoding = _decode(data)
    controls = sum(1 for c in text if c < " " and c not in "\t\n\r\f\v") + text.count("\ufffd")
    if text and controls / len(text) > _MAX_CONTROL_SHARE:
        raise SourceError(
            "is not a text file (binary data)",
            hint="check the file, or give it the suffix of its real format",
        )
    return text, encoding


def _decode(data: bytes) -> tuple[str, str]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding, errors="replace"), encoding
    guess = _utf16_without_bom(data)
    if guess:
        return data.decode(guess, errors="replace"), guess
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace"), "cp1252"


def _utf16_without_bom(data: bytes) -> str | None:
    sample = data[:4000]
    half = len(sample) // 2
    if half < 8:
        return None
    even = sample[0::2].count(0) / half
    odd = sample[1::2].count(0) / half
    if odd > _UTF16_ZERO_SHARE and even < 0.1:
        return "utf-16-le"
    if even > _UTF16_ZERO_SHARE and odd < 0.1:
        return "utf-16-be"
    return None
