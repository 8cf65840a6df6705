"""What an office file is: the parts of a zip archive, the streams of an OLE container."""

from __future__ import annotations

import zipfile
from pathlib import Path

from sopextract.ingest.ole import stream_names

# The folder of the main part, or its name, by the kind of file: fixed by convention in ECMA-376
# and kept by every program that writes them; templates and files with macros have it too.
_BY_FOLDER = {
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.bin": "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
# The main stream, by the kind of file: [MS-DOC] 2.1, [MS-XLS] 2.1, [MS-PPT] 2.1. A protected OOXML
# file is a container with the first of them ([MS-OFFCRYPTO] 2.3.4.4); a workbook embedded in a
# document has its stream in the document's container, so the document comes first.
_BY_STREAM = {
    "EncryptedPackage": "application/x-ole-encrypted",
    "WordDocument": "application/msword",
    "PowerPoint Document": "application/vnd.ms-powerpoint",
    "Workbook": "application/vnd.ms-excel",
    "Book": "application/vnd.ms-excel",
}
# OpenDocument says what it is in its first part (OpenDocument 1.3, part 2, 3.3).
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_LONGEST_TYPE = 200  # bytes; the longest has 64


def office_media_type(container: str, location: Path) -> str | None:
    """The media type of a zip archive or OLE container that is an office file; else None."""
    if container == "application/zip":
        return _zipped(location)
    if container == "application/x-ole-storage":
        return _ole(location)
    return None


def _zipped(location: Path) -> str | None:
    try:
        with zipfile.ZipFile(location) as archive:
            names = archive.namelist()
            if "mimetype" in names and archive.getinfo("mimetype").file_size <= _LONGEST_TYPE:
                named = archive.read("mimetype").decode("ascii", errors="replace").strip()
                return named if named.startswith(_OPEN_DOCUMENT) else None
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, ValueError, RuntimeError):
        return None
    if "[Content_Types].xml" not in names:
        return None
    for folder, media_type in _BY_FOLDER.items():
        if any(name.startswith(folder) for name in names):
            return media_type
    return None


def _ole(location: Path) -> str | None:
    names = stream_names(location)
    return next((media_type for name, media_type in _BY_STREAM.items() if name in names), None)
