"""The output folder of a run: one run at a time, and what a killed one left is swept up."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from logging import getLogger
from pathlib import Path

from sopextract.batch.guard import Written
from sopextract.batch.ledger import LEDGER, Ledger, Row, connect, ledger_error
from sopextract.errors import ConfigError, LockedError, OutputError, SourceError
from sopextract.model.outcome import Status
from sopextract.store import TEMPORARY, find_records, load_record, make_folder

LOCK = Path(".sopextract", "lock")
# There while a run writes: where one is found, the run that made it was killed.
UNFINISHED = Path(".sopextract", "unfinished")

log = getLogger(__name__)


@contextmanager
def locked(output: Path) -> Iterator[None]:
    """Hold the folder for one run. The lock ends with the process, however that ends.

    Raises LockedError while another run holds it, ConfigError when it cannot be written.
    """
    path = output / LOCK
    if not path.is_file():
        make_folder(output)
        make_folder(path.parent)
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as exc:
        raise ConfigError(f"{output}: cannot be written: {exc.strerror}") from exc
    try:
        if not _take(handle):
            raise LockedError(f"{output}: another run is writing here")
        yield
    finally:
        os.close(handle)


def _take(handle: int) -> bool:
    """Lock an open file without waiting; True where there are no locks."""
    try:
        import fcntl
    except ImportError:
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as exc:  # some shared drives have no locks
        log.warning("the folder cannot be locked (%s): start only one run at a time", exc.strerror)
    return True


def was_killed(output: Path) -> bool:
    """Whether the last run that wrote here never ended."""
    return (output / UNFINISHED).exists()


@contextmanager
def writing(folders: tuple[Path, ...]) -> Iterator[None]:
    """Say in the first folder that a run is writing; sweep all if the last one never ended."""
    mark = folders[0] / UNFINISHED
    if was_killed(folders[0]):
        sweep(folders)
    try:
        mark.touch()
    except OSError as exc:
        raise OutputError(f"{mark}: cannot be written: {exc.strerror}") from exc
    yield
    mark.unlink(missing_ok=True)


def sweep(folders: tuple[Path, ...]) -> None:
    """Remove the files that were being written when a process was killed."""
    for folder in folders:
        for base, _, names in os.walk(folder):
            for name in names:
                if name.startswith(TEMPORARY):
                    Path(base, name).unlink(missing_ok=True)


@contextmanager
def open_ledger(output: Path, *, read_only: bool = False) -> Iterator[Ledger]:
    """The ledger of an output folder, made or rebuilt where needed."""
    path = output / LEDGER
    try:
        connection = connect(path, read_only=read_only)
        aside = None
    except sqlite3.OperationalError as exc:
        raise ledger_error(exc) from exc
    except sqlite3.DatabaseError as exc:
        if read_only:
            connection, aside = connect(Path(os.devnull + "/none"), read_only=True), None
            log.warning("%s: cannot be used (%s): everything would be done again", path, exc)
        else:
            aside = _set_aside(path)
            log.warning(
                "%s: cannot be used (%s): set aside as %s and rebuilt from the records",
                path, exc, aside.name,
            )  # fmt: skip
            connection = connect(path)
    ledger = Ledger(connection)
    try:
        if aside is not None:
            _rebuild(ledger, output)
        yield ledger
    finally:
        ledger.close()


def _set_aside(path: Path) -> Path:
    number = 1
    while (aside := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    path.rename(aside)
    for suffix in ("-journal", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    return aside


def _rebuild(ledger: Ledger, output: Path) -> None:
    """A row for every source that has records here.

    Under which settings they were made is not known, so that all will be done again; but none of
    them is forgotten.
    """
    try:
        found = find_records([output])
    except ConfigError:
        return
    rows: dict[str, Row] = {}
    for path, name in found:
        try:
            record, data, info = load_record(path), path.read_bytes(), path.stat()
        except (SourceError, OSError):
            continue
        stem = name.removesuffix(".json")
        if (
            record.source.index
            or (numbered := stem.removesuffix(".01")) in rows
            or (numbered != stem and not record.source.path.endswith(".01"))
        ):
            stem = stem.rpartition(".")[0]
        one = Written(name, info.st_size, info.st_mtime_ns, hashlib.sha256(data).hexdigest())
        row = rows.get(stem, Row(stem, record.source.path, "", state=Status.OK))
        rows[stem] = replace(
            row, sha256=record.source.sha256, media_type=record.source.media_type,
            written=(*row.written, one),
        )  # fmt: skip
    for row in rows.values():
        ledger.put(row)
    ledger.commit()
