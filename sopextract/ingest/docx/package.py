"""The archive that a Word file is: its parts, with limits on what they unpack to."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from pathlib import Path

from sopextract.errors import SourceError
from sopextract.ingest.docx.xml import BrokenXmlError, Element, name, parse_xml

# A compendium of 216 pages has about 15 MB of document.xml: far more than any SOP needs, and
# little enough to parse. Pictures are never unpacked.
_MAX_PART_BYTES = 64_000_000
_MAX_RATIO = 400  # unpacked to packed; XML full of shapes reaches about 60, a bomb 1000
_RATIO_FROM = 1_000_000  # small parts may pack well without harm
_DAMAGED = "open it in Word or LibreOffice, let it repair the file, and save it again"
_OFFICE = "/officeDocument"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Package:
    """The XML parts of one file, by name, each parsed once. Use as a context manager."""

    def __init__(self, location: Path) -> None:
        try:
            with location.open("rb") as file:
                if file.read(len(_OLE)) == _OLE:
                    raise SourceError(
                        "is protected by a password, or no .docx",
                        hint="open it in Word, take the protection off and save it as .docx",
                    )
            self._archive = zipfile.ZipFile(location)
        except (zipfile.BadZipFile, NotImplementedError, ValueError) as exc:
            raise SourceError("is a damaged Word file (no whole archive)", hint=_DAMAGED) from exc
        except OSError as exc:
            raise SourceError(f"cannot be read: {exc.strerror}", hint=_DAMAGED) from exc
        self._names = {n.lower(): n for n in self._archive.namelist()}
        self._parsed: dict[str, Element] = {}

    def __enter__(self) -> Package:
        return self

    def __exit__(self, *exc: object) -> None:
        self._archive.close()

    def part(self, part_name: str) -> Element | None:
        """The root of a part; None when the file has none of that name.

        Raises SourceError for a part that is broken or unpacks to too much.
        """
        if part_name not in self._parsed:
            stored = self._names.get(part_name.lower())
            if stored is None:
                return None
            try:
                self._parsed[part_name] = parse_xml(self._unpack(stored))
            except BrokenXmlError as exc:
                raise SourceError(
                    f"is a damaged Word file ({part_name} cannot be read)", hint=_DAMAGED
                ) from exc
        return self._parsed[part_name]

    def _unpack(self, stored: str) -> bytes:
        info = self._archive.getinfo(stored)
        packed = max(info.compress_size, 1)
        bomb = info.file_size > _RATIO_FROM and info.file_size / packed > _MAX_RATIO
        if bomb or info.file_size > _MAX_PART_BYTES:
            raise _too_large(stored)
        if info.flag_bits & 1:
            raise SourceError("is protected by a password", hint="save it again without a password")
        try:
            with self._archive.open(info) as file:
                data = file.read(info.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as exc:
            raise SourceError(
                f"is a damaged Word file ({stored} cannot be unpacked)", hint=_DAMAGED
            ) from exc
        if len(data) > info.file_size:
            raise _too_large(stored)
        return data

    def main(self) -> str:
        """The name of the main part, as the relations of the package give it.

        Raises SourceError when there is none.
        """
        for target, kind in self.relations("").values():
            if kind.endswith(_OFFICE) and target.lower() in self._names:
                return target
        if "word/document.xml" in self._names:
            return "word/document.xml"
        raise SourceError("is a damaged Word file (it has no document)", hint=_DAMAGED)

    def relations(self, part_name: str) -> dict[str, tuple[str, str]]:
        """What a part refers to inside the file: id → name of the part and kind of relation."""
        folder, _, base = part_name.rpartition("/")
        root = self.part(posixpath.join(folder, "_rels", f"{base}.rels").lstrip("/"))
        found: dict[str, tuple[str, str]] = {}
        for relation in root.iter(name("rel:Relationship")) if root is not None else ():
            target = relation.get("Target") or ""
            if relation.get("TargetMode") == "External":
                continue
            whole = target if target.startswith("/") else posixpath.join("/", folder, target)
            key = relation.get("Id") or ""
            found[key] = (posixpath.normpath(whole).lstrip("/"), relation.get("Type") or "")
        return found

    def related(self, part_name: str, kind: str) -> Element | None:
        """The part that another refers to as `numbering`, `styles`, `settings` …"""
        for target, relation in self.relations(part_name).values():
            if relation.endswith(f"/{kind}"):
                return self.part(target)
        return None


def _too_large(stored: str) -> SourceError:
    return SourceError(
        f"unpacks to too much ({stored})", hint="it may be a zip bomb; check where it came from"
    )
