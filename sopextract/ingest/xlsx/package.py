"""The archive that a workbook is: its parts, with limits on what they unpack to."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from xml.etree.ElementTree import Element

from sopextract.errors import SourceError
from sopextract.ingest.xlsx.xml import BrokenXmlError, parse_xml

# A sheet of 300 rows has 1 MB of XML, one that is styled to its last row about 40.
_MAX_PART_BYTES = 64_000_000
_MAX_TOTAL_BYTES = 160_000_000  # two such sheets and all else; all workbooks seen stay below 20 MB
_DAMAGED = "open it in Excel or LibreOffice, let it repair the file, and save it again"


class Package:
    """The parts of one workbook by name. Use as a context manager."""

    def __init__(self, location: Path) -> None:
        try:
            self._archive = zipfile.ZipFile(location)
        except (zipfile.BadZipFile, NotImplementedError, ValueError) as exc:
            raise SourceError("is a damaged workbook (no whole archive)", hint=_DAMAGED) from exc
        except OSError as exc:
            raise SourceError(f"cannot be read: {exc.strerror}", hint=_DAMAGED) from exc
        self._names = {n.replace("\\", "/").lower(): n for n in self._archive.namelist()}
        self._unpacked = 0

    def __enter__(self) -> Package:
        return self

    def __exit__(self, *exc: object) -> None:
        self._archive.close()

    def has(self, name: str) -> bool:
        """Whether there is a part of this name, in whatever case."""
        return name.lower() in self._names

    def read(self, name: str) -> bytes | None:
        """The bytes of a part; None when there is none. Raises SourceError when they are broken."""
        stored = self._names.get(name.lower())
        if stored is None:
            return None
        info = self._archive.getinfo(stored)
        if info.flag_bits & 1:
            raise SourceError(
                "is protected by a password",
                hint="open it with its password, take the protection off and save it again",
            )
        self._unpacked += info.file_size
        if info.file_size > _MAX_PART_BYTES or self._unpacked > _MAX_TOTAL_BYTES:
            raise _too_large(name)
        try:
            with self._archive.open(info) as file:
                data = file.read(info.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as exc:
            raise SourceError(
                f"is a damaged workbook ({name} cannot be unpacked)", hint=_DAMAGED
            ) from exc
        if len(data) > info.file_size:
            raise _too_large(name)
        return data

    def part(self, name: str, drop: Callable[[Element], bool] | None = None) -> Element | None:
        """The root of a part; None when there is none. Raises SourceError for one that is broken.

        `drop` is that of `parse_xml`.
        """
        data = self.read(name)
        if data is None:
            return None
        try:
            return parse_xml(data, drop)
        except BrokenXmlError as exc:
            raise SourceError(f"is a damaged workbook ({name} is broken)", hint=_DAMAGED) from exc

    def need(self, name: str, drop: Callable[[Element], bool] | None = None) -> Element:
        """The root of a part that must be there."""
        root = self.part(name, drop)
        if root is None:
            raise SourceError(f"is a damaged workbook ({name} is missing)", hint=_DAMAGED)
        return root

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """What a part refers to inside the file: id → name of the part and kind of relation."""
        folder, _, base = name.rpartition("/")
        root = self.part(posixpath.join(folder, "_rels", f"{base}.rels").lstrip("/"))
        found: dict[str, tuple[str, str]] = {}
        for relation in root.iter("Relationship") if root is not None else ():
            target = relation.get("Target", "").replace("\\", "/")
            if relation.get("TargetMode") == "External" or not target:
                continue
            part = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = relation.get("Type", "").rpartition("/")[2]
            found[relation.get("Id", "")] = (part, kind)
        return found


def _too_large(name: str) -> SourceError:
    return SourceError(
        f"unpacks to too much ({name})",
        hint="it may be a zip bomb; else save the sheets with SOPs in a workbook of their own",
    )
