"""An SQLite database with keys: what Datasette and most languages open."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from sopextract.export.rows import Row
from sopextract.export.schema import TABLES_VERSION, Kind, Table
from sopextract.export.sink import Limits

# SQLite's own names of the types; it has no dates (they are ISO texts, which its functions read)
# and no booleans (0 and 1).
_TYPES = {
    Kind.TEXT: "TEXT",
    Kind.INTEGER: "INTEGER",
    Kind.DOUBLE: "REAL",
    Kind.BOOLEAN: "INTEGER",
    Kind.DATE: "TEXT",
}


class SqliteFile:
    """One table each, with primary and foreign keys; `user_version` is the tables' version."""

    def __init__(self, path: Path, tables: Sequence[Table]) -> None:
        self._base = sqlite3.connect(path, isolation_level=None)
        # The file is made beside its place and moved there whole: a journal would protect nothing.
        self._base.execute("PRAGMA journal_mode = OFF")
        self._base.execute("PRAGMA synchronous = OFF")
        self._base.execute(f"PRAGMA user_version = {TABLES_VERSION}")
        self._base.execute("BEGIN")
        names = {table.name for table in tables}
        self._insert = {}
        for table in tables:
            self._base.execute(_create(table, names))
            marks = ", ".join("?" * len(table.columns))
            self._insert[table.name] = f'INSERT INTO "{table.name}" VALUES ({marks})'  # noqa: S608 - our names

    def add(self, table: Table, rows: Sequence[Row]) -> None:
        """See `Sink`."""
        self._base.executemany(self._insert[table.name], rows)

    def close(self) -> Limits:
        """See `Sink`."""
        self._base.execute("COMMIT")
        self._base.close()
        return Limits()

    def abort(self) -> None:
        """See `Sink`."""
        self._base.close()


def _create(table: Table, names: set[str]) -> str:
    """The statement that makes a table; keys that lead to tables outside `names` are left out."""
    parts = [f'"{column.name}" {_TYPES[column.kind]}' for column in table.columns]
    key = ", ".join(f'"{name}"' for name in ("kunci", *table.key))
    parts.append(f"PRIMARY KEY ({key})")
    if table.name != "sop" and "sop" in names:
        parts.append('FOREIGN KEY ("kunci") REFERENCES "sop" ("kunci")')
    parts += [
        f'FOREIGN KEY ("kunci", "{own}") REFERENCES "{other}" ("kunci", "{there}")'
        for own, other, there in table.references
        if other in names
    ]
    return f'CREATE TABLE "{table.name}" (\n  ' + ",\n  ".join(parts) + "\n)"
