"""Parquet files and DuckDB databases, both written by DuckDB."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import duckdb

from sopextract.export.rows import Row
from sopextract.export.schema import TABLES_VERSION, Table
from sopextract.export.sink import Limits

# Twice what 5,000,000 rows of `asal` took as Parquet; without it DuckDB takes 80% of the machine.
_MEMORY = "512MB"


class _Rows:
    """Rows waiting on disk, one JSON array a line: DuckDB takes them in by millions, not singly."""

    def __init__(self, folder: Path, tables: Sequence[Table]) -> None:
        self.tables = tables
        self._open = ExitStack()
        self._waiting = self._open.enter_context(
            tempfile.TemporaryDirectory(prefix=".tmp-", dir=folder)
        )
        self._files = {
            table.name: self._open.enter_context(self.path(table).open("w", encoding="utf-8"))
            for table in tables
        }

    def path(self, table: Table) -> Path:
        """Where the rows of a table wait."""
        return Path(self._waiting, f"{table.name}.ndjson")

    def add(self, table: Table, rows: Sequence[Row]) -> None:
        """See `Sink`."""
        names = list(table.index)
        self._files[table.name].writelines(
            json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False) + "\n"
            for row in rows
        )

    def connect(self, path: Path | None) -> duckdb.DuckDBPyConnection:
        """A connection to a database file, or to none, that uses one core and bounded memory."""
        for file in self._files.values():
            file.close()
        base = duckdb.connect(str(path or ":memory:"))
        base.execute("SET threads = 1")  # several write row groups in the order they get ready
        base.execute(f"SET memory_limit = '{_MEMORY}'")
        base.execute("SET temp_directory = ?", [self._waiting])
        base.execute("SET autoinstall_known_extensions = false")  # nothing from the network
        return self._open.enter_context(base)

    def query(self, table: Table) -> str:
        """The statement that reads the waiting rows with their types; it takes `path`."""
        types = ", ".join(f"'{c.name}': '{c.kind.value}'" for c in table.columns)
        return f"SELECT * FROM read_json($path, format='newline_delimited', columns={{{types}}})"  # noqa: S608 - our names

    def abort(self) -> None:
        """See `Sink`."""
        self._open.close()


class ParquetFolder(_Rows):
    """One Parquet file per table, compressed with zstd."""

    def __init__(self, folder: Path, tables: Sequence[Table]) -> None:
        super().__init__(folder, tables)
        self._folder = folder

    def close(self) -> Limits:
        """See `Sink`."""
        base = self.connect(None)
        for table in self.tables:
            target = str(self._folder / f"{table.name}.parquet").replace("'", "''")
            base.execute(
                f"COPY ({self.query(table)}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)",
                {"path": str(self.path(table))},
            )
        self.abort()
        return Limits()


class DuckdbFile(_Rows):
    """A DuckDB database with types, and a comment on every column.

    `sop` has its key; the columns of other keys are declared not null. DuckDB keeps keys in memory,
    some 120 bytes a row, so that those of 100,000 SOPs would not fit; they hold all the same.
    """

    def __init__(self, path: Path, tables: Sequence[Table]) -> None:
        super().__init__(path.parent, tables)
        self._path = path

    def close(self) -> Limits:
        """See `Sink`."""
        base = self.connect(self._path)
        for table in self.tables:
            base.execute(_create(table))
            base.execute(
                f'INSERT INTO "{table.name}" {self.query(table)}',
                {"path": str(self.path(table))},
            )
            for column in table.columns:
                about = column.help.replace("'", "''")
                base.execute(f'COMMENT ON COLUMN "{table.name}"."{column.name}" IS \'{about}\'')
        base.execute(f"CREATE TABLE versi AS SELECT {TABLES_VERSION} AS tables_version")
        base.execute("CHECKPOINT")
        self.abort()
        return Limits()


def _create(table: Table) -> str:
    key = ("kunci", *table.key)
    parts = [
        f'"{c.name}" {c.kind.value}' + (" NOT NULL" if c.name in key else "") for c in table.columns
    ]
    if not table.key:
        parts.append('PRIMARY KEY ("kunci")')
    return f'CREATE TABLE "{table.name}" ({", ".join(parts)})'
