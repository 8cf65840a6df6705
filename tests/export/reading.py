"""Reads every format back as its users would: table name to rows, values as Python has them."""

from __future__ import annotations

import csv
import sqlite3
from pathlib import Path

import duckdb
import openpyxl

Row = tuple[object, ...]
Tables = dict[str, list[Row]]

SUFFIXES = (".csv", ".parquet", ".xlsx", ".sqlite", ".duckdb")


def read_tables(output: Path) -> Tables:
    """All tables without their header; of a table without rows an empty list."""
    return {name: rows[1:] for name, rows in read_with_header(output).items()}


def read_with_header(output: Path) -> Tables:
    """All tables, the first row their columns."""
    readers = {".csv": _csv, ".xlsx": _xlsx, ".sqlite": _sqlite}
    return readers.get(output.suffix, _duck)(output)


def _csv(output: Path) -> Tables:
    found: Tables = {}
    for path in sorted(output.iterdir()):
        with path.open(encoding="utf-8-sig", newline="") as file:
            found[path.stem] = [tuple(value or None for value in row) for row in csv.reader(file)]
    return found


def _xlsx(output: Path) -> Tables:
    book = openpyxl.load_workbook(output)
    return {sheet.title: [*map(tuple, sheet.values)] for sheet in book.worksheets}


def _sqlite(output: Path) -> Tables:
    base = sqlite3.connect(output)
    try:
        names = [row[0] for row in base.execute("SELECT name FROM sqlite_schema WHERE sql <> ''")]
        return {name: _answer(base.execute(f'SELECT * FROM "{name}"')) for name in names}  # noqa: S608
    finally:
        base.close()


def _duck(output: Path) -> Tables:
    if output.is_dir():
        with duckdb.connect() as base:
            return {
                path.stem: _answer(base.execute("SELECT * FROM read_parquet(?)", [str(path)]))
                for path in sorted(output.iterdir())
            }
    with duckdb.connect(str(output), read_only=True) as base:
        names = [row[0] for row in base.execute("SHOW TABLES").fetchall()]
        return {name: _answer(base.execute(f'SELECT * FROM "{name}"')) for name in names}  # noqa: S608


def _answer(found: sqlite3.Cursor | duckdb.DuckDBPyConnection) -> list[Row]:
    header = tuple(column[0] for column in found.description or ())
    return [header, *found.fetchall()]
