"""Records on disk: where they lie, how they are written and how they are read back."""

from __future__ import annotations

import errno
import glob
import hashlib
import os
import re
import stat
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pydantic import ValidationError

from sopextract.errors import ConfigError, OutputError, SopextractError, SourceError
from sopextract.model.record import SopRecord

# ext4, NTFS and APFS allow 255 bytes a name; a suffix such as ".01.json.tmp12345678" needs 55 at
# most, so 200 are left for the name itself.
MAX_NAME_BYTES = 200
# Faults of the whole place, not of one name in it: every other file would meet them as well.
_PLACE_FAULTS = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
TEMPORARY = ".tmp-"  # how the name of a file begins that is still being written
HASH_LENGTH = 8  # 32 bits: among 10,000 names that need one, a clash has odds of about 1 in 100

_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f\u2028-\u202e<>:"|?*\\]')
_RESERVED = re.compile(  # device names of Windows, with or without a suffix
    r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\..*)?", re.IGNORECASE
)
_DRIVE = re.compile(r"[A-Za-z]:")
_NUMBERED = re.compile(r"(?P<stem>.+)\.[0-9]{2,}")


def record_path(source_path: str, index: int, count: int) -> PurePosixPath:
    """Where the record of one SOP lies, relative to the output folder.

    `index` counts from 0; `count` is how many SOPs the source holds. Whatever the source path
    (`..`, absolute, drive letters, control characters, device names of Windows, names beyond 200
    bytes), the result stays inside; a name that had to be changed gets a short hash of the path.

    >>> record_path("a/x.pdf", 0, 1)
    PurePosixPath('a/x.pdf.json')
    >>> record_path("a/x.pdf", 1, 3)
    PurePosixPath('a/x.pdf.02.json')
    """
    return numbered_path(record_stem(source_path), index, count)


def numbered_path(stem: str, index: int, count: int) -> PurePosixPath:
    """The record's path from the stem that `record_stem` or `plan_stems` gave its source."""
    return PurePosixPath(f"{stem}.json" if count == 1 else f"{stem}.{index + 1:02d}.json")


def record_stem(source_path: str) -> str:
    """The record's path without `.json`: the source path, made safe; see `record_path`."""
    parts = [part for part in re.split(r"[/\\]", source_path) if part not in ("", ".")]
    kept = [part for part in parts if part != ".." and not _DRIVE.fullmatch(part)]
    safe = [_safe_name(part) for part in kept] or ["_"]
    stem = "/".join(safe)
    return stem if stem == source_path else _with_hash(stem, source_path)


def plan_stems(sources: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """One stem per source, no two of which can meet on disk, in the order given.

    A source is its path and a word that tells it from others with the same path (the folder it
    came from). Of those that would collide (also where the file system ignores case, or where one
    record would need a folder of another's name) the first by path keeps its plain name, the
    others get a short hash.
    """
    stems = [record_stem(path) for path, _ in sources]
    folders = {_fold(parent) for stem in stems for parent in _parents(stem)}
    taken: set[str] = set()
    wanted = {_fold(stem) for stem in stems}
    for i in sorted(range(len(stems)), key=lambda i: sources[i]):
        stem, (path, origin) = stems[i], sources[i]
        numbered = _NUMBERED.fullmatch(_fold(stem))
        if (
            _fold(stem) in taken
            or _fold(f"{stem}.json") in folders
            or (numbered and numbered["stem"] in wanted)
        ):
            stems[i] = stem = _with_hash(stem, f"{path}\0{origin}")
        taken.add(_fold(stem))
    return tuple(stems)


def _parents(stem: str) -> Iterator[str]:
    """The folders that a record needs below the output folder."""
    while "/" in stem:
        stem = stem.rpartition("/")[0]
        yield stem


def _safe_name(name: str) -> str:
    safe = _UNSAFE.sub("_", name).encode("utf-8", "replace").decode("utf-8").rstrip(" .") or "_"
    if safe.startswith("."):
        safe = "_" + safe[1:]  # hidden files are skipped when records are read
    if _RESERVED.fullmatch(safe):
        safe = "_" + safe
    return _cut(safe, MAX_NAME_BYTES)


def _cut(name: str, limit: int) -> str:
    raw = name.encode("utf-8")
    return name if len(raw) <= limit else raw[:limit].decode("utf-8", "ignore")


def _with_hash(stem: str, key: str) -> str:
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:HASH_LENGTH]
    folder, slash, name = stem.rpartition("/")
    return f"{folder}{slash}{_cut(name, MAX_NAME_BYTES - HASH_LENGTH - 1)}~{digest}"


def _fold(path: str) -> str:
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", path).casefold()


def render_record(record: SopRecord) -> bytes:
    """The record as the bytes of its file: UTF-8, keys in the model's order, newline at the end."""
    return record.model_dump_json(indent=2).encode("utf-8") + b"\n"


def save_record(record: SopRecord, folder: Path, path: PurePosixPath) -> None:
    """Write one record below `folder`; see `save_bytes`."""
    save_bytes(render_record(record), folder, path)


def save_bytes(data: bytes, folder: Path, path: PurePosixPath) -> None:
    """Write a file below `folder` at once or not at all; one that says the same is left alone.

    Raises SourceError when this file cannot be written, or when a link leads out of the folder;
    OutputError when no other could be either: the disk is full, the quota used up, or read-only.
    """
    target = folder / path
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.parent.resolve().is_relative_to(folder.resolve()):
            raise SourceError(f"{target}: a link leads out of the output folder {folder}")
        if _says(target, data):
            return
        handle, name = tempfile.mkstemp(prefix=TEMPORARY, dir=target.parent)
    except OSError as exc:
        raise _write_error(target, exc) from exc
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o666 & ~_umask())  # mkstemp makes files that only their owner may read
        os.replace(name, target)
    except OSError as exc:
        Path(name).unlink(missing_ok=True)
        raise _write_error(target, exc) from exc
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _says(target: Path, data: bytes) -> bool:
    """Whether a file has these bytes already."""
    try:
        info = target.lstat()
        return (
            stat.S_ISREG(info.st_mode) and info.st_size == len(data) and target.read_bytes() == data
        )
    except OSError:
        return False


def _write_error(target: Path, exc: OSError) -> SopextractError:
    kind = OutputError if exc.errno in _PLACE_FAULTS else SourceError
    return kind(f"{target}: cannot be written: {exc.strerror}")


def make_folder(folder: Path) -> None:
    """Make an output folder and try to write in it. Raises ConfigError when that fails."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return
    except (FileExistsError, NotADirectoryError) as exc:
        raise ConfigError(f"{folder}: a file is in the way; name a folder") from exc
    except OSError as exc:
        raise ConfigError(f"{folder}: cannot be written: {exc.strerror}") from exc


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def remove_stale(folder: Path, stem: str, count: int, source_path: str) -> None:
    """Remove records of this source that an earlier parse wrote and this one did not.

    `count` is how many records the source has now; 0 when it failed. A file of that name which is
    no record of this source is left alone.
    """
    if count != 1:
        _remove_if_of(folder / numbered_path(stem, 0, 1), source_path)
    number = 0 if count <= 1 else count
    while (path := folder / numbered_path(stem, number, number + 2)).is_file():
        _remove_if_of(path, source_path)
        number += 1


def _remove_if_of(path: Path, source_path: str) -> None:
    try:
        if load_record(path).source.path == source_path:
            path.unlink()
    except (SourceError, OSError):
        return


def load_record(path: Path) -> SopRecord:
    """Read one record. Raises SourceError for a file that is none."""
    hint = "give files that `sopextract parse` wrote"
    if not path.is_file():
        raise SourceError(f"{path}: no such file, or not a regular one", hint=hint)
    try:
        return SopRecord.model_validate_json(path.read_bytes())
    except OSError as exc:
        raise SourceError(f"{path}: cannot be read: {exc.strerror}") from exc
    except ValidationError as exc:
        first = exc.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        problem = f"{where}: {first['msg']}" if where else first["msg"]
        raise SourceError(f"{path}: not a record: {problem}", hint=hint) from exc


@dataclass(frozen=True, slots=True)
class Loaded:
    """Records in the order of their paths, and the files that could not be used.

    `names` says for each record where it lies below the folder given, such as `a/x.pdf.json`; no
    two are the same.
    """

    records: tuple[SopRecord, ...]
    names: tuple[str, ...]
    failed: tuple[SourceError, ...]


def load_records(paths: Iterable[str | Path]) -> Loaded:
    """Read the records of files, folders and globs. Raises ConfigError if one names nothing."""
    records: list[SopRecord] = []
    used: list[tuple[str, str]] = []
    failed: list[SourceError] = []
    for path, name in find_records(paths):
        try:
            records.append(load_record(path))
            used.append((name.removesuffix(".json"), str(path)))
        except SourceError as exc:
            failed.append(exc)
    return Loaded(tuple(records), tuple(f"{stem}.json" for stem in plan_stems(used)), tuple(failed))


def read_records(
    found: Sequence[tuple[Path, str]],
) -> Iterator[tuple[str, SopRecord | SourceError]]:
    """What `find_records` found, one record at a time, each with its name as in `load_records`.

    Memory holds the names alone. A file that cannot be used gives its error.
    """
    stems = plan_stems([(name.removesuffix(".json"), str(path)) for path, name in found])
    for (path, _), stem in zip(found, stems, strict=True):
        try:
            yield f"{stem}.json", load_record(path)
        except SourceError as exc:
            yield f"{stem}.json", exc


def find_records(paths: Iterable[str | Path]) -> tuple[tuple[Path, str], ...]:
    """The JSON files that files, folders and globs name, each once; hidden ones are skipped.

    Each comes with its path below the folder given, or its mere name when given by itself. Raises
    ConfigError for a path that does not exist and for a pattern that matches nothing.
    """
    found: dict[str, tuple[Path, str]] = {}
    for given in paths:
        for path in expand(str(given)):
            if path.is_dir():
                inside = sorted(_json_files(path))
                if not inside:
                    raise ConfigError(
                        f"{path}: no records in this folder; make them with `sopextract run` or "
                        "`parse`, and give the folder that these wrote (parsed)"
                    )
                for file in inside:
                    name = file.relative_to(path).as_posix()
                    found.setdefault(os.path.abspath(file), (file, name))
            else:
                found.setdefault(os.path.abspath(path), (path, path.name))
    return tuple(found.values())


def expand(given: str) -> tuple[Path, ...]:
    """The path itself if it exists, else what it matches as a pattern, sorted.

    Raises ConfigError when there is neither.
    """
    if os.path.lexists(given):
        return (Path(given),)
    matches = sorted(glob.glob(given, recursive=True)) if glob.has_magic(given) else []
    if not matches:
        raise ConfigError(f"{given}: no such file or folder, and no pattern that matches one")
    return tuple(Path(match) for match in matches)


def _json_files(folder: Path) -> Iterator[Path]:
    for base, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if name.endswith(".json") and not name.startswith("."):
                yield Path(base) / name
