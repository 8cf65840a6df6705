"""One zip or tar archive: what is in it, and one member of it as a file.

Nothing is unpacked under a name of its own: links, devices and paths that lead elsewhere have no
effect. What an archive says of itself is believed only as far as limits go.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import stat
import tarfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from sopextract.errors import SourceError

# Suffixes by how the archive is packed: "zip", or the packing around a tar, "" for none.
PACKINGS = {
    ".zip": "zip",
    ".tar": "",
    ".tar.gz": "gz",
    ".tgz": "gz",
    ".tar.bz2": "bz2",
    ".tbz2": "bz2",
    ".tar.xz": "xz",
    ".txz": "xz",
}
_OPENERS: dict[str, Callable[[Path], IO[bytes]]] = {
    "gz": cast("Callable[[Path], IO[bytes]]", gzip.GzipFile),
    "bz2": cast("Callable[[Path], IO[bytes]]", bz2.BZ2File),
    "xz": cast("Callable[[Path], IO[bytes]]", lzma.LZMAFile),
}
_DAMAGED = (
    zipfile.BadZipFile, zipfile.LargeZipFile, tarfile.TarError, zlib.error, lzma.LZMAError,
    EOFError, NotImplementedError, ValueError, RuntimeError,
)  # fmt: skip
_HINT = "unpack it, and give the folder"
_CHUNK = 1 << 20
# An office file that lost its own suffix is no archive of documents.
_OFFICE = "[Content_Types].xml"


@dataclass(frozen=True, slots=True)
class Step:
    """The way to a member: of a zip its number, of a tar where its bytes begin."""

    packing: str  # of the archive that it is in
    at: int
    size: int


@dataclass(frozen=True, slots=True)
class Member:
    """One entry that is no folder. `check` tells contents apart where an archive has sums.

    `fault` says why it cannot be used; None for a plain file.
    """

    name: str
    step: Step
    mtime_ns: int
    check: int
    fault: str | None = None


def packing_of(name: str) -> str | None:
    """How an archive of this name is packed; None for what is no archive by its name."""
    name = name.lower()
    found = [packing for suffix, packing in PACKINGS.items() if name.endswith(suffix)]
    return found[-1] if found else None


def unpacked_tar(path: Path, packing: str, target: Path, limit: int) -> None:
    """Take the packing off a tar. Raises SourceError when it has more than `limit` bytes."""
    try:
        with _OPENERS[packing](path) as source, target.open("wb") as file:
            _copy(source, file, limit)
    except OSError as exc:
        raise _damaged() if exc.errno is None else _unreadable(exc) from exc
    except _DAMAGED as exc:
        raise _damaged() from exc


def list_members(path: Path, packing: str, most: int) -> list[Member]:
    """What is in an archive, in its order; of a tar without its packing.

    Raises SourceError when it is damaged or has more than `most` entries.
    """
    try:
        found: list[Member] = []
        for member in _zipped(path) if packing == "zip" else _tarred(path):
            if len(found) >= most:
                raise SourceError(f"has more than {most:,} files", hint=_HINT)
            found.append(member)
    except OSError as exc:
        raise _damaged() if exc.errno is None else _unreadable(exc) from exc
    except _DAMAGED as exc:
        raise _damaged() from exc
    return found


def extract(path: Path, step: Step, target: Path) -> None:
    """Write a member's bytes to a file. Raises SourceError when they are not what was said."""
    try:
        if step.packing == "zip":
            with zipfile.ZipFile(path) as archive:
                info = archive.infolist()[step.at]
                with archive.open(info) as source, target.open("wb") as file:
                    _copy(source, file, step.size)
        else:
            with path.open("rb") as source, target.open("wb") as file:
                source.seek(step.at)
                _copy(source, file, step.size, exactly=True)
    except OSError as exc:
        raise _damaged() if exc.errno is None else _unreadable(exc) from exc
    except (*_DAMAGED, IndexError) as exc:
        raise _damaged() from exc


def _copy(source: IO[bytes], target: IO[bytes], limit: int, *, exactly: bool = False) -> None:
    left = limit
    while chunk := source.read(min(_CHUNK, left) if exactly else _CHUNK):
        left -= len(chunk)
        if left < 0:
            raise SourceError("unpacks to too much", hint="it may be a bomb; check its origin")
        target.write(chunk)
    if exactly and left:
        raise _damaged()


def _zipped(path: Path) -> Iterator[Member]:
    with zipfile.ZipFile(path) as archive:
        infos = archive.infolist()
        if any(info.filename == _OFFICE for info in infos):
            raise SourceError(
                "is an office file under the name of an archive",
                hint="give it its own suffix: .docx or .xlsx",
            )
        for i, info in enumerate(infos):
            if info.is_dir():
                continue
            kind = stat.S_IFMT(info.external_attr >> 16)
            fault = None if kind in (0, stat.S_IFREG) else "is a link or device in an archive"
            if info.flag_bits & 1:
                fault = "is protected by a password in its archive"
            step = Step("zip", i, info.file_size)
            yield Member(info.filename, step, _time(info.date_time), info.CRC, fault)


def _tarred(path: Path) -> Iterator[Member]:
    with tarfile.open(path, "r:", errors="surrogateescape") as archive:
        for info in archive:
            archive.members = []  # type: ignore[attr-defined] # it would keep them all
            if info.isdir():
                continue
            fault = None if info.isreg() else "is a link or device in an archive"
            if info.issparse():
                fault = "is stored with holes, which is not read"
            step = Step("tar", info.offset_data, info.size)
            yield Member(info.name, step, int(info.mtime * 1e9), info.chksum, fault)


def _time(when: tuple[int, int, int, int, int, int]) -> int:
    try:
        return int(time.mktime((*when, 0, 0, -1)) * 1e9)
    except (ValueError, OverflowError):
        return 0


def _damaged() -> SourceError:
    return SourceError("is a damaged archive", hint=_HINT)


def _unreadable(exc: OSError) -> SourceError:
    return SourceError(f"cannot be unpacked: {exc.strerror}", hint="see that there is room")
