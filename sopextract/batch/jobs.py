"""Which files a batch is about, and how one of them is opened."""

from __future__ import annotations

import glob
import hashlib
import os
import re
import stat
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from logging import getLogger
from pathlib import Path

from sopextract.batch.archives import Input, with_members
from sopextract.batch.killable import Limits
from sopextract.batch.ledger import LEDGER
from sopextract.batch.nested import Inside
from sopextract.batch.remote import address_in, list_remote
from sopextract.errors import ConfigError, SourceError
from sopextract.model.source import SourceFile
from sopextract.settings import Settings
from sopextract.store import expand, plan_stems

RECORDS, RESULTS = "parsed", ("sheets", "report")  # the folders that `sopextract run` makes

log = getLogger(__name__)

_SURROGATE = re.compile("[\udc80-\udcff]")  # how Python shows bytes of a name that are not UTF-8
_CHUNK = 1 << 20
_HEAD = 1024  # magic numbers stand in the first few bytes; PDF allows 1024 bytes of junk before


@dataclass(frozen=True, slots=True)
class Job:
    """One input file: all a worker needs, small enough to send anywhere.

    `source` is the path a record shows; `stem` names the records below the folder `output`.
    `inside` says where in an archive it lies; then there is no file at `location`.
    """

    source: str
    location: Path
    stem: str
    output: Path
    settings: Settings
    inside: Inside | None = None

    @property
    def limits(self) -> Limits:
        """What reading it may cost."""
        most = self.settings.batch
        size, largest = self._size(), most.file_bytes
        if self.inside is not None:
            largest = max(largest, *(step.size for step in self.inside.steps), 0)
        return Limits(
            most.timeout_s + most.timeout_mb_s * size / 1e6,
            most.timeout_page_s,
            most.memory_bytes,
            largest,
        )

    def _size(self) -> int:
        """Bytes to be read, those of the archives on the way included; 0 where nothing is there."""
        if self.inside is not None:
            return self.inside.size + sum(step.size for step in self.inside.steps[:-1])
        try:
            return self.location.stat().st_size
        except OSError:
            return 0


def find_jobs(
    inputs: Iterable[str], output: Path, settings: Settings, skip: Sequence[Path] = ()
) -> tuple[Job, ...]:
    """The jobs for files, folders and globs, sorted by source path, each file once.

    Addresses (s3://bucket/raw) may stand beside paths. Hidden files, the output folder and the
    folders of `skip` are passed over. A file given by itself keeps the relative path it was given
    with; of an absolute path, or one with `..`, only the name. In place of an archive stand the
    files in it, as `arsip.zip/dinas/a.pdf`. Raises ConfigError for a path that names nothing and
    for inputs without any file.
    """
    inputs = tuple(inputs)
    avoid = tuple(folder.resolve() for folder in (output, *skip))
    found: dict[str, str] = {}
    elsewhere: dict[str, Input] = {}
    for given in inputs:
        if (address := address_in(given)) is not None:
            for file in list_remote(address):
                there = Inside(file.address, (), file.size, file.mtime_ns, file.check)
                elsewhere.setdefault(file.address, Input(file.name, file.address, there))
            continue
        for location, source in _files(given, avoid):
            found.setdefault(os.path.abspath(location), source)
    if not found and not elsewhere:
        raise ConfigError(f"no files to read in {', '.join(inputs)}")
    files = (Input(source, location) for location, source in found.items())
    ordered = sorted(
        with_members((*files, *elsewhere.values()), settings.batch),
        key=lambda one: (one.source, one.location),
    )
    stems = plan_stems([(one.source, one.location) for one in ordered])
    return tuple(
        Job(one.source, Path(one.location), stem, output, settings, one.inside)
        for one, stem in zip(ordered, stems, strict=True)
    )


def _files(given: str, avoid: tuple[Path, ...]) -> Iterator[tuple[str, str]]:
    """Where each file lies, and its name in a record."""
    base = _glob_base(given)
    for path in expand(given):
        if path.is_dir():
            inside = "" if base is None else os.path.relpath(path, base) + os.sep
            inside = "" if inside == os.curdir + os.sep else inside
            start = len(os.path.join(path, ""))
            for location in walk_files(path, avoid):
                yield location, source_name(inside + (location[start:] or path.name))
        elif base is not None:
            yield str(path), source_name(os.path.relpath(path, base))
        elif path.is_absolute() or ".." in path.parts:
            yield str(path), source_name(path.name)
        else:
            yield str(path), source_name(path.as_posix())


def _glob_base(given: str) -> Path | None:
    """The folder above the first part of a pattern with a wildcard; None for a plain path."""
    if os.path.lexists(given):
        return None
    fixed: list[str] = []
    for part in Path(given).parts:
        if glob.has_magic(part):
            break
        fixed.append(part)
    return Path(*fixed)


def source_name(path: str) -> str:
    """The path as a record shows it: `/` between parts, bytes that are not UTF-8 as `%XX`.

    >>> source_name("a/caf\\udce9.txt")
    'a/caf%E9.txt'
    """
    path = path.replace(os.sep, "/")
    return _SURROGATE.sub(lambda match: f"%{ord(match[0]) - 0xDC00:02X}", path)


def walk_files(folder: Path, avoid: Sequence[Path] = ()) -> list[str]:
    """Everything below a folder that is no folder; hidden names and `avoid` passed over.

    A linked folder is entered once, and only if it was not reached otherwise, so that loops end.
    A folder that cannot be opened is given as if it were a file: opening it then says why.
    """
    found: list[str] = []
    seen: set[str] = set()
    waiting = [str(folder)]
    while waiting:
        links: list[str] = []
        for start in sorted(waiting):
            found.extend(_walk_one(start, {str(path) for path in avoid}, seen, links))
        waiting = [link for link in links if os.path.realpath(link) not in seen]
    return found


def _without_results(base: str, names: Sequence[str], avoid: Collection[str]) -> list[str]:
    """The folders without those that a run wrote, here or on another day: they are no sources."""
    made = [name for name in names if os.path.isfile(os.path.join(base, name, LEDGER))]
    if RECORDS in made:
        made += [name for name in names if name in RESULTS]
    for folder in (os.path.join(base, name) for name in made):
        if os.path.realpath(folder) not in avoid:
            _say_passed_over(folder)
    return [name for name in names if name not in made]


@cache
def _say_passed_over(folder: str) -> None:
    """Once a process: `watch` looks every few seconds."""
    log.warning("%s: holds what an earlier run wrote and is passed over", folder)


def _walk_one(
    start: str, avoid: Collection[str], seen: set[str], links: list[str]
) -> Iterator[str]:
    closed: list[str] = []
    for base, folders, names in os.walk(start, onerror=lambda e: closed.append(str(e.filename))):
        real = os.path.realpath(base)
        if real in seen or real in avoid:
            folders[:] = []
            continue
        seen.add(real)
        visible = [name for name in folders if not name.startswith(".")]
        visible = _without_results(base, visible, avoid)
        linked = {name for name in visible if os.path.islink(os.path.join(base, name))}
        links.extend(os.path.join(base, name) for name in sorted(linked))
        folders[:] = sorted(set(visible) - linked)
        yield from (os.path.join(base, name) for name in names if not name.startswith("."))
    yield from closed


def open_source(job: Job) -> SourceFile:
    """What ingest is given: the file's hash, size and media type.

    Raises SourceError for what is no regular file, cannot be read, is empty or is too large.
    """
    from sopextract.ingest import detect_media_type

    try:
        info = job.location.stat()
        if not stat.S_ISREG(info.st_mode):
            raise SourceError(_what(info.st_mode), hint="give regular files and folders")
        digest = hashlib.sha256()
        with job.location.open("rb") as file:
            head = file.read(_HEAD)
            media_type = detect_media_type(job.location.name, head, job.location)
            limit = job.settings.ingest.bytes_allowed(media_type)
            if info.st_size > limit:
                raise SourceError(
                    f"the file has {info.st_size:,} bytes, more than the {limit:,} allowed",
                    hint="split it, or raise the limit in [ingest] of sopextract.toml",
                )
            digest.update(head)
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    except OSError as exc:
        raise SourceError(
            f"the file cannot be read: {exc.strerror}", hint="check that it exists and may be read"
        ) from exc
    if not head:
        raise SourceError("the file is empty", hint="copy or download it again")
    return SourceFile(job.source, digest.hexdigest(), media_type, job.location, info.st_size)


def _what(mode: int) -> str:
    if stat.S_ISDIR(mode):
        return "the folder cannot be opened"
    names = {stat.S_IFIFO: "named pipe", stat.S_IFSOCK: "socket"}
    return f"not a file but a {names.get(stat.S_IFMT(mode), 'device')}"
