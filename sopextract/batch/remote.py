"""Files that lie elsewhere: s3://, gs://, sftp:// and what else fsspec knows.

Listed at once, fetched one by one into the temporary folder of whoever reads them. Credentials and
endpoints are those of the libraries: the environment and their own files.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sopextract.errors import ConfigError, MissingProgramError, SourceError

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

# Two letters at least: one is a drive of Windows. Made into a Path an address loses a slash.
_ADDRESS = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]+):/{1,2}(?P<rest>[^/].*)", re.DOTALL)
_INSTALL = "pip install 'sopextract[remote]'"
# What the libraries call that which changes with a file's content, and its date.
_MARKS = ("ETag", "etag", "md5Hash", "crc", "CRC", "mtime", "LastModified", "updated", "created")
_DATES = ("mtime", "LastModified", "updated", "created")
_CHUNK = 1 << 20
_RETRY = "see that it can be reached, then run again with --retry-failed"


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """One file: its name below what was given, its address, and what tells that it changed."""

    name: str
    address: str
    size: int
    mtime_ns: int
    check: int


def address_in(text: str | Path) -> str | None:
    """The address that an argument is, with both of its slashes; None for a path.

    >>> address_in("s3:/arsip/a.pdf"), address_in("C:/a.pdf"), address_in("raw/a.pdf")
    ('s3://arsip/a.pdf', None, None)
    """
    match = _ADDRESS.fullmatch(str(text))
    return f"{match['scheme']}://{match['rest']}" if match else None


def list_remote(address: str) -> list[RemoteFile]:
    """The files that an address names: one, those of a folder, or those that fit a pattern.

    Hidden names are passed over. Raises ConfigError where there are none or they cannot be listed,
    MissingProgramError where a package is missing.
    """
    system, root = _open(address)
    with _reachable(address):
        infos = _found(system, root)
    base = _base(root)
    files = []
    for path, info in sorted(infos.items()):
        name = path[len(base) :].lstrip("/") if path.startswith(base) else path
        if not any(part.startswith(".") for part in name.split("/")):
            files.append(
                _file(name or path.rpartition("/")[2], system.unstrip_protocol(path), info)
            )
    if not files:
        raise ConfigError(f"{address}: no files there")
    return files


def fetch(address: str, target: Path, most: int) -> None:
    """Write the bytes of a file at an address. Raises SourceError when that fails, also midway."""
    system, path = _open(address)
    try:
        with system.open(path, "rb") as source, target.open("wb") as file:
            left = most
            while chunk := source.read(_CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise SourceError(f"has more than the {most:,} bytes allowed", hint=_RETRY)
                file.write(chunk)
    except SourceError:
        raise
    except Exception as exc:
        raise SourceError(f"cannot be fetched: {_words(exc)}", hint=_RETRY) from exc


def pull(address: str, folder: Path) -> None:
    """Fetch all files below an address into a folder; none is no fault."""
    system, root = _open(address)
    with _reachable(address):
        infos = system.find(root, detail=True) if system.exists(root) else {}
        for path in infos:
            target = _below(folder, path[len(root.rstrip("/")) :].lstrip("/") or Path(path).name)
            target.parent.mkdir(parents=True, exist_ok=True)
            system.get_file(path, str(target))


def push(folder: Path, names: list[str], gone: list[str], address: str) -> None:
    """Put files of a folder to an address, in this order, and remove others there."""
    system, root = _open(address)
    with _reachable(address):
        for name in names:
            place = f"{root.rstrip('/')}/{name}"
            system.makedirs(place.rpartition("/")[0], exist_ok=True)
            system.put_file(str(folder / name), place)
        for name in gone:
            system.rm_file(f"{root.rstrip('/')}/{name}")


def push_file(path: Path, address: str) -> None:
    """Put one file to an address."""
    system, place = _open(address)
    with _reachable(address):
        system.put_file(str(path), place)


def _open(address: str) -> tuple[AbstractFileSystem, str]:
    try:
        from fsspec.core import url_to_fs
    except ImportError as exc:
        raise MissingProgramError(f"{address}: addresses need fsspec: {_INSTALL}") from exc
    scheme = address.partition("://")[0]
    try:
        system, path = url_to_fs(address, use_listings_cache=False)
    except ImportError as exc:
        package = f"{exc.name or 'a package'}" if getattr(exc, "name", None) else str(exc)
        raise MissingProgramError(f"{address}: {scheme}:// needs more: {package}") from exc
    except ValueError as exc:
        raise ConfigError(f"{address}: {_words(exc)}") from exc
    except Exception as exc:
        raise ConfigError(f"{address}: cannot be reached: {_words(exc)}") from exc
    return system, str(path)


def _found(system: AbstractFileSystem, root: str) -> dict[str, Mapping[str, Any]]:
    if any(sign in root for sign in "*?["):
        matches: dict[str, Mapping[str, Any]] = {}
        for path, info in system.glob(root, detail=True).items():
            matches |= system.find(path, detail=True) if _is_folder(info) else {path: info}
        return matches
    info = system.info(root)
    found: dict[str, Mapping[str, Any]] = (
        system.find(root, detail=True) if _is_folder(info) else {str(info["name"]): info}
    )
    return found


def _is_folder(info: Mapping[str, Any]) -> bool:
    return str(info.get("type")) == "directory"


def _base(root: str) -> str:
    """The part of a path before the first with a wildcard."""
    fixed = re.split(r"[*?\[]", root, maxsplit=1)[0]
    return root if fixed == root else fixed.rpartition("/")[0]


def _file(name: str, address: str, info: Mapping[str, Any]) -> RemoteFile:
    marks = repr([(mark, str(info[mark])) for mark in _MARKS if mark in info])
    check = int.from_bytes(hashlib.sha256(marks.encode()).digest()[:7], "big")
    return RemoteFile(name, address, int(info.get("size") or 0), _time(info), check)


def _time(info: Mapping[str, Any]) -> int:
    """When it was changed last, in nanoseconds since 1970; 0 where that is not told."""
    for key in _DATES:
        when = info.get(key)
        if isinstance(when, datetime):
            return int(when.timestamp() * 1e9)
        if isinstance(when, int | float):
            return int(when * 1e9)
        if isinstance(when, str):
            try:
                return int(datetime.fromisoformat(when).timestamp() * 1e9)
            except ValueError:
                continue
    return 0


def _below(folder: Path, name: str) -> Path:
    """A path in a folder; what would lead out of it raises ConfigError."""
    path = Path(os.path.normpath(folder / name))
    if not path.is_relative_to(folder):
        raise ConfigError(f"{name}: leads out of the folder that it is in")
    return path


@contextmanager
def _reachable(address: str) -> Iterator[None]:
    try:
        yield
    except ConfigError:
        raise
    except FileNotFoundError as exc:
        raise ConfigError(f"{address}: nothing is there") from exc
    except Exception as exc:
        raise ConfigError(f"{address}: {_words(exc)}") from exc


def _words(exc: Exception) -> str:
    return " ".join(str(exc).split()) or type(exc).__name__
