"""Tables as files: a folder of CSV, a workbook, or an SQLite database."""

from __future__ import annotations

import io
import os
import re
import sqlite3
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pandas as pd

from sopextract.core.workbook import fix_dates
from sopextract.errors import ConfigError
from sopextract.export.tables import COLUMNS, build_tables
from sopextract.model.record import SopRecord

# What a spreadsheet program takes for the start of a formula (OWASP, "CSV Injection"); the tab and
# line breaks because they are skipped before the test.
_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
# XML 1.0 forbids these; openpyxl refuses them.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MAX_CELL = 32_767  # characters in a cell of an xlsx workbook (Excel's published limit)
_EXTRAS = {".parquet": "pyarrow", ".duckdb": "duckdb"}

Frames = dict[str, pd.DataFrame]


def export(records: Sequence[SopRecord], output: Path) -> None:
    """Write all tables; the suffix decides how. Raises ConfigError, see `check_target`.

    In CSV and xlsx a text that a spreadsheet would take for a formula gets a leading apostrophe;
    SQLite holds it as it is.
    """
    writer = check_target(output)
    frames = {
        name: pd.DataFrame(rows, columns=list(COLUMNS[name]), dtype=object)
        for name, rows in build_tables(records).items()
    }
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        writer(frames, output)
    except OSError as exc:
        raise ConfigError(f"{output}: cannot be written: {exc.strerror}") from exc
    except sqlite3.OperationalError as exc:  # how SQLite says that the disk is full
        raise ConfigError(f"{output}: cannot be written: {exc}") from exc


def check_target(output: Path) -> Callable[[Frames, Path], None]:
    """The writer for a suffix. Raises ConfigError for one that is unknown or not built yet."""
    writers = {".csv": _write_csv, ".xlsx": _write_xlsx, ".sqlite": _write_sqlite}
    suffix = output.suffix.lower()
    if suffix in _EXTRAS:
        raise ConfigError(
            f"{output}: {suffix} needs the extra package {_EXTRAS[suffix]}, which this "
            f"version does not use yet; write {', '.join(writers)} instead"
        )
    if suffix not in writers:
        raise ConfigError(f"{output}: unknown suffix; write {', '.join(writers)}")
    if suffix == ".csv" and output.exists() and not output.is_dir():
        raise ConfigError(f"{output}: is a file, but .csv is written as a folder of tables")
    if suffix != ".csv" and output.is_dir():
        raise ConfigError(f"{output}: is a folder")
    return writers[suffix]


def defuse(text: object) -> object:
    """A text that a spreadsheet would compute, made a plain text; anything else as it is.

    >>> defuse("=1+1"), defuse("- diisi petugas"), defuse("2 Hari"), defuse(-1)
    ("'=1+1", "'- diisi petugas", '2 Hari', -1)
    """
    if isinstance(text, str) and _FORMULA.match(text):
        return "'" + text
    return text


def _write_csv(frames: Frames, output: Path) -> None:
    output.mkdir(exist_ok=True)
    for name, frame in frames.items():
        text = frame.map(defuse).to_csv(index=False, lineterminator="\r\n")  # RFC 4180
        # With a byte order mark, without which Excel reads UTF-8 as the machine's old code page.
        data = text.encode("utf-8-sig", "replace")
        _replace(output / f"{name}.csv", partial(_write_bytes, data))


def _write_bytes(data: bytes, path: Path) -> None:
    path.write_bytes(data)


def _write_xlsx(frames: Frames, output: Path) -> None:
    # In memory: a workbook that is half written when the disk is full fails again when it closes.
    buffer = io.BytesIO()
    with pd.ExcelWriter(buffer, engine="openpyxl") as book:
        for name, frame in frames.items():
            frame.map(_for_xlsx).to_excel(book, sheet_name=name, index=False)
            sheet = book.sheets[name]
            sheet.freeze_panes = "A2"
            for cells in sheet.iter_rows(min_row=2):
                for cell in cells:
                    if isinstance(cell.value, str):
                        cell.data_type = "s"  # a text, whatever it begins with
    _replace(output, partial(_write_bytes, fix_dates(buffer.getvalue())))


def _for_xlsx(value: object) -> object:
    if isinstance(value, str):
        value = _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", value)[: _MAX_CELL - 1]
    return defuse(value)


def _write_sqlite(frames: Frames, output: Path) -> None:
    def write(path: Path) -> None:
        connection = sqlite3.connect(path)
        try:
            with connection:
                for name, frame in frames.items():
                    _fill(connection, name, frame)
        finally:
            connection.close()

    _replace(output, write)


def _fill(connection: sqlite3.Connection, name: str, frame: pd.DataFrame) -> None:
    columns = ", ".join(f'"{column}"' for column in frame.columns)
    marks = ", ".join("?" for _ in frame.columns)
    connection.execute(f'CREATE TABLE "{name}" ({columns})')
    rows = frame.astype(object).where(frame.notna(), None).itertuples(index=False, name=None)
    connection.executemany(f'INSERT INTO "{name}" VALUES ({marks})', rows)  # noqa: S608 - our names


def _replace(target: Path, write: Callable[[Path], None]) -> None:
    """Write beside the target and move it there, so that nobody sees half a file."""
    handle, name = tempfile.mkstemp(prefix=".tmp-", suffix=target.suffix, dir=target.parent)
    os.close(handle)
    path = Path(name)
    try:
        write(path)
        path.chmod(0o644)
        path.replace(target)
    finally:
        path.unlink(missing_ok=True)
