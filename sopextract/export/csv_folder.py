"""A folder of CSV files: RFC 4180, UTF-8 with a byte order mark."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from sopextract.core.spreadsheet import defuse_csv, printable
from sopextract.export.rows import Row, Value
from sopextract.export.schema import Table
from sopextract.export.sink import Limits


class CsvFolder:
    """One file per table; an empty cell is null, a boolean `true` or `false`."""

    def __init__(self, folder: Path, tables: Sequence[Table]) -> None:
        self._open = ExitStack()
        self._files = {}
        for table in tables:
            # Without the mark Excel reads UTF-8 as the machine's old code page.
            file = self._open.enter_context(
                (folder / f"{table.name}.csv").open("w", encoding="utf-8-sig", newline="")
            )
            self._files[table.name] = csv.writer(file)
            self._files[table.name].writerow([column.name for column in table.columns])

    def add(self, table: Table, rows: Sequence[Row]) -> None:
        """See `Sink`."""
        self._files[table.name].writerows(map(_cell, row) for row in rows)

    def close(self) -> Limits:
        """See `Sink`."""
        self._open.close()
        return Limits()

    abort = close


def _cell(value: Value) -> Value:
    if isinstance(value, str):
        return defuse_csv(printable(value))
    return str(value).lower() if isinstance(value, bool) else value
