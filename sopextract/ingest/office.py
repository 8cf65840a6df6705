"""What an office file is: the parts of a zip archive, the streams of an OLE container."""

from __future__ import annotations

import zipfile
from pathlib import Path

# The folder of the main part, or its name, by the kind of file: fixed by convention in ECMA-376
# and kept by every program that writes them; templates and files with macros have it too.
_BY_FOLDER = {
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.bin": "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# A protected OOXML file is an OLE container with this stream ([MS-OFFCRYPTO] 2.3.4.4); names in
# its directory are UTF-16.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


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
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return None
    if "[Content_Types].xml" not in names:
        return None
    for folder, media_type in _BY_FOLDER.items():
        if any(name.startswith(folder) for name in names):
            return media_type
    return None


def _ole(location: Path) -> str | None:
    try:
        encrypted = _ENCRYPTED in location.read_bytes()
    except OSError:
        return None
    return "application/x-ole-encrypted" if encrypted else None
