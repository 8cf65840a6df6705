"""What a file is, by its first bytes and its name, and which reader reads it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path

from sopextract.errors import SourceError, UnsupportedError
from sopextract.ingest.office import office_media_type
from sopextract.model.source import Page, SourceDocument, SourceFile
from sopextract.settings import IngestSettings

Reader = Callable[[SourceFile, IngestSettings], SourceDocument]
PageReader = Callable[[SourceFile, IngestSettings], Iterator[Page]]

_PICTURES = ("image/png", "image/jpeg", "image/tiff", "image/bmp", "image/webp", "image/gif")

# Readers by media type, imported on first use. Outsiders add theirs by the entry point group
# `sopextract.readers`, named by media type.
READERS = {
    "application/pdf": "sopextract.ingest.pdf:read_pdf",
    "text/plain": "sopextract.ingest.text:read_text",
    "text/markdown": "sopextract.ingest.text:read_text",
    "text/html": "sopextract.ingest.text:read_text",
    "text/tab-separated-values": "sopextract.ingest.text:read_text",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (
        "sopextract.ingest.docx:read_docx"
    ),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (
        "sopextract.ingest.xlsx:read_xlsx"
    ),
    "application/msword": "sopextract.ingest.libreoffice:read_old",
    "application/rtf": "sopextract.ingest.libreoffice:read_old",
    "application/vnd.ms-excel": "sopextract.ingest.libreoffice:read_old",
    "application/vnd.oasis.opendocument.text": "sopextract.ingest.libreoffice:read_old",
    "application/vnd.oasis.opendocument.spreadsheet": "sopextract.ingest.libreoffice:read_old",
    **dict.fromkeys(_PICTURES, "sopextract.ingest.picture:read_picture"),
}
# Formats of which a file may have thousands of pages: the same page by page.
PAGE_READERS = {
    "application/pdf": "sopextract.ingest.pdf:read_pages",
    **dict.fromkeys(_PICTURES, "sopextract.ingest.picture:read_pages"),
}

_BY_SUFFIX = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".ocr": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".htm": "text/html",
    ".html": "text/html",
    ".xhtml": "text/html",
    ".tsv": "text/tab-separated-values",
    ".tab": "text/tab-separated-values",
}
# First bytes of formats that are not text; source: the formats' own specifications.
_BY_MAGIC = (
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"PK\x05\x06", "application/zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"{\\rtf", "application/rtf"),
    (b"\x89PNG\r\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"II+\x00", "image/tiff"),  # BigTIFF
    (b"MM\x00+", "image/tiff"),
    (b"GIF8", "image/gif"),
    (b"\x1f\x8b", "application/gzip"),
    (b"7z\xbc\xaf'\x1c", "application/x-7z-compressed"),
    (b"Rar!", "application/vnd.rar"),
)
# The same where the first bytes alone would take text for a picture.
_BY_PATTERN = (
    (re.compile(rb"BM.{4}\x00{4}", re.DOTALL), "image/bmp"),
    (re.compile(rb"RIFF.{4}WEBP", re.DOTALL), "image/webp"),
    (re.compile(rb".{4}ftyp(heic|heix|heim|heis|mif1|msf1)", re.DOTALL), "image/heic"),
    (re.compile(rb".{4}ftyp(avif|avis)", re.DOTALL), "image/avif"),
)
_TEXT_HINT = "give its text instead: .txt, .md, .html or .tsv, as made by pdftotext -layout"
_IMAGE_HINT = "save it as .jpg or .png"
_ARCHIVE_HINT = "unpack it and give the files"
# What a person calls the formats that have no reader yet, and what to do about them.
_NAMES_AND_HINTS = {
    "application/pdf": ("PDF", _TEXT_HINT),
    "application/zip": (
        "zip archive, or a damaged office file",
        "unpack an archive; open an office file in its program and save it again",
    ),
    "application/x-ole-storage": (
        "old Word or Excel",
        "open it and save it as .docx or .xlsx",
    ),
    "application/x-ole-encrypted": (
        "protected by a password",
        "open it with its password, take the protection off and save it again",
    ),
    "application/vnd.ms-excel.sheet.binary.macroEnabled.12": (
        "binary Excel workbook, .xlsb",
        "open it in Excel or LibreOffice and save it as .xlsx",
    ),
    **dict.fromkeys(
        (
            "application/vnd.ms-powerpoint",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            "application/vnd.oasis.opendocument.presentation",
        ),
        ("slides", "SOP sheets are not read from slides: put the SOP in a .docx or .xlsx"),
    ),
    "image/heic": ("picture of a telephone", _IMAGE_HINT),
    "image/avif": ("picture", _IMAGE_HINT),
    "application/gzip": ("packed", _ARCHIVE_HINT),
    "application/x-7z-compressed": ("packed", _ARCHIVE_HINT),
    "application/vnd.rar": ("packed", _ARCHIVE_HINT),
    "application/octet-stream": (
        "unknown suffix",
        "if it is text, give it the suffix .txt, .md, .html or .tsv",
    ),
}

# What a name promises whose first bytes are those of nothing known; office files are zip archives
# of which the parts are missing when they were cut off.
_PROMISED = {
    ".pdf": "PDF",
    **dict.fromkeys((".docx", ".docm", ".dotx", ".doc", ".odt", ".rtf"), "Word file"),
    **dict.fromkeys((".xlsx", ".xlsm", ".xls", ".ods"), "Excel file"),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp", ".gif"), "picture"),
}
_OFFICE = ("Word file", "Excel file")


def detect_media_type(name: str, head: bytes, location: Path | None = None) -> str:
    """The media type: the first bytes decide, the name only between kinds of text.

    Office files are containers, told apart by what is in them: for these the file at `location` is
    opened. `application/octet-stream` when nothing says anything.
    """
    for magic, media_type in _BY_MAGIC:
        if head.startswith(magic) or (magic == b"%PDF-" and magic in head[:1024]):
            inner = office_media_type(media_type, location) if location is not None else None
            return inner or media_type
    for pattern, media_type in _BY_PATTERN:
        if pattern.match(head):
            return media_type
    dot = name.rfind(".")
    return (
        _BY_SUFFIX.get(name[dot:].lower(), "application/octet-stream")
        if dot >= 0
        else ("application/octet-stream")
    )


def check_promise(name: str, media_type: str) -> None:
    """Raise SourceError for a file whose name promises a format that its content is not.

    `sop.pdf` of which the content is nothing known, or `sop.docx` that is a cut off archive, is
    told as damaged: its suffix is right, so advice on suffixes would lead astray.
    """
    kind = _PROMISED.get(name[max(name.rfind("."), 0) :].lower())
    unknown = media_type == "application/octet-stream"
    if kind and (unknown or (kind in _OFFICE and media_type == "application/zip")):
        raise SourceError(
            f"is damaged or no {kind} after all",
            hint="copy or download it again; if its program still opens it, save it anew there",
        )


def find_page_reader(media_type: str) -> PageReader | None:
    """What reads a media type page by page; None when it is read as a whole."""
    target = PAGE_READERS.get(media_type)
    if target is None:
        return None
    module, _, name = target.partition(":")
    reader: PageReader = getattr(import_module(module), name)
    return reader


def find_reader(media_type: str) -> Reader:
    """The reader of a media type. Raises UnsupportedError when there is none."""
    target = READERS.get(media_type)
    if target is not None:
        module, _, name = target.partition(":")
        reader: Reader = getattr(import_module(module), name)
        return reader
    for entry in entry_points(group="sopextract.readers", name=media_type):
        loaded: Reader = entry.load()
        return loaded
    name, hint = _NAMES_AND_HINTS.get(media_type, ("", _TEXT_HINT))
    if media_type == "application/x-ole-encrypted":
        raise SourceError(f"is {name}", hint=hint)
    what = f"{name}: {media_type}" if name else media_type
    raise UnsupportedError(f"has a format that cannot be read yet ({what})", hint=hint)
