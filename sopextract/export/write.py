"""Records as a file or folder of tables; the suffix says which."""

from __future__ import annotations

import errno
import importlib
import importlib.util
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sopextract.errors import ConfigError, MissingProgramError, OutputError, SourceError
from sopextract.export.rows import record_rows
from sopextract.export.schema import TABLES, Table
from sopextract.export.sink import Limits, Sink
from sopextract.model.record import SopRecord


@dataclass(frozen=True, slots=True)
class Format:
    """Where the class that writes a format is, and whether it writes a folder."""

    module: str
    name: str
    folder: bool = False
    extra: str = ""  # the package that it needs beside ours


FORMATS = {
    ".csv": Format("csv_folder", "CsvFolder", folder=True),
    ".parquet": Format("duck", "ParquetFolder", folder=True, extra="duckdb"),
    ".xlsx": Format("workbook", "ExcelFile"),
    ".sqlite": Format("sqlite_file", "SqliteFile"),
    ".duckdb": Format("duck", "DuckdbFile", extra="duckdb"),
}
_SUFFIXES = ", ".join(FORMATS)
# Hundreds of rows per SOP: a sheet of Excel would be full after some 5,000 of them.
_NOT_IN_EXCEL = ("asal",)


@dataclass(frozen=True, slots=True)
class Exported:
    """What came of an export: records written, rows by table, and what the format could not hold.

    `failed` are records whose rows would contradict one another; they are in no table.
    """

    records: int
    rows: dict[str, int]
    limits: Limits
    failed: tuple[SourceError, ...]


def export(
    records: Iterable[tuple[str, SopRecord]], output: Path, names: Sequence[str] = ()
) -> Exported:
    """Write tables of all records, given with their keys; memory does not grow with their number.

    `names` chooses tables; without it all are written, into Excel all but `asal`. The file or
    folder appears whole or not at all. In CSV and Excel a text that would be computed gets an
    apostrophe; the other formats hold it as it is. Raises ConfigError and MissingProgramError as
    `check_target` does, OutputError when the target cannot be written.
    """
    check_target(output)
    tables = choose_tables(output, names)
    written = 0
    rows = {table.name: 0 for table in tables}
    failed: list[SourceError] = []
    with _whole(output) as (path, made), _told(output):
        sink = open_sink(made, path, tables)
        try:
            for kunci, record in records:
                try:
                    found = record_rows(kunci, record)
                except SourceError as exc:
                    failed.append(SourceError(f"{kunci}: {exc}", hint=exc.hint))
                    continue
                written += 1
                for table in tables:
                    rows[table.name] += len(found[table.name])
                    sink.add(table, found[table.name])
            limits = sink.close()
        except BaseException:
            sink.abort()
            raise
    return Exported(written, rows, limits, tuple(failed))


def check_target(output: Path) -> None:
    """Say before any work that a target is wrong.

    Raises ConfigError for an unknown suffix, for a file where a folder is to be or the other way
    round, and for a folder that holds what is not ours; MissingProgramError without DuckDB.
    """
    suffix = output.suffix.lower()
    if suffix not in FORMATS:
        raise ConfigError(f"{output}: unknown suffix; write {_SUFFIXES}")
    made = FORMATS[suffix]
    if not made.folder and output.is_dir():
        raise ConfigError(f"{output}: is a folder")
    if made.folder and output.exists():
        if not output.is_dir():
            raise ConfigError(f"{output}: is a file, but {suffix} is written as a folder of tables")
        ours = {f"{table.name}{suffix}" for table in TABLES}
        other = next((p.name for p in sorted(output.iterdir()) if p.name not in ours), None)
        if other is not None:
            raise ConfigError(f"{output}: holds {other}, which is no table; name another folder")
    if made.extra and importlib.util.find_spec(made.extra) is None:
        raise MissingProgramError(
            f"{suffix} needs {made.extra}: pip install 'sopextract[tables]', or write .csv, .xlsx "
            "or .sqlite"
        )


def choose_tables(output: Path, names: Sequence[str]) -> tuple[Table, ...]:
    """The tables of these names in their order. Raises ConfigError for one that does not exist."""
    known = [table.name for table in TABLES]
    wrong = [name for name in names if name not in known]
    if wrong:
        raise ConfigError(f"{wrong[0]}: no such table; choose from {', '.join(known)}")
    if not names:
        left_out = _NOT_IN_EXCEL if output.suffix.lower() == ".xlsx" else ()
        names = [name for name in known if name not in left_out]
    return tuple(table for table in TABLES if table.name in names)


def open_sink(made: Format, path: Path, tables: Sequence[Table]) -> Sink:
    """The writer of a format at a place that exists; its module is imported on first use."""
    module = importlib.import_module(f"sopextract.export.{made.module}")
    sink: Sink = getattr(module, made.name)(path, tables)
    return sink


@contextmanager
def _told(output: Path) -> Iterator[None]:
    """Faults of the place, however a library says them, as OutputError."""
    try:
        yield
    except OSError as exc:
        raise OutputError(f"{output}: cannot be written: {exc.strerror or exc}") from exc
    except sqlite3.OperationalError as exc:  # how SQLite says that the disk is full
        raise OutputError(f"{output}: cannot be written: {exc}") from exc
    except Exception as exc:
        # DuckDB's own tree, which cannot be imported where it is missing; its IO errors and a
        # memory that does not suffice are faults of the place.
        if type(exc).__name__ in ("IOException", "OutOfMemoryException"):
            raise OutputError(f"{output}: cannot be written: {str(exc).splitlines()[0]}") from exc
        raise


@contextmanager
def _whole(output: Path) -> Iterator[tuple[Path, Format]]:
    """A place beside the target, moved there when all went well and removed when not."""
    made = FORMATS[output.suffix.lower()]
    with _told(output):
        output.parent.mkdir(parents=True, exist_ok=True)
        box = Path(tempfile.mkdtemp(prefix=".tmp-", dir=output.parent))
    path = box / output.name
    try:
        if made.folder:
            path.mkdir()
        yield path, made
        with _told(output):
            _sync(path)
            _put(path, output, box / "old")
    finally:
        shutil.rmtree(box, ignore_errors=True)


def _put(path: Path, output: Path, aside: Path) -> None:
    """Give the target its name; a folder that was there is back in its place if that fails."""
    if not (path.is_dir() and output.exists()):
        path.replace(output)
        return
    output.rename(aside)
    try:
        path.replace(output)
    except BaseException:
        aside.rename(output)
        raise


def _sync(path: Path) -> None:
    """Have the disk hold a file, or all files of a folder, before they get their name."""
    for file in sorted(path.iterdir()) if path.is_dir() else (path,):
        descriptor = os.open(file, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        except OSError as exc:
            if exc.errno not in (errno.EINVAL, errno.ENOSYS):  # a file system without it
                raise
        finally:
            os.close(descriptor)
