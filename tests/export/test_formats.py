"""Every format holds the same tables, whole or not at all."""

from __future__ import annotations

import errno
import importlib.util
import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from sopextract.errors import ConfigError, MissingProgramError, OutputError
from sopextract.export import export
from sopextract.export.rows import Row, Value, record_rows
from sopextract.export.schema import TABLES, TABLES_VERSION, Kind, Table
from sopextract.model.record import Alur, SopRecord
from tests.export.reading import SUFFIXES, read_tables, read_with_header
from tests.export.sops import full_record
from tests.factories import langkah, record

TWO = (("dinas/a.pdf", full_record()), ("dinas/b.pdf", record()))
BYTES_ARE_SAME = [s for s in SUFFIXES if s != ".duckdb"]  # DuckDB gives each file a number
NAMES = tuple(table.name for table in TABLES)
OLD = b"what was there before"


def shown(value: Value, kind: Kind, suffix: str) -> object:
    """A value as the format gives it back."""
    if value is None:
        return None
    if suffix == ".csv":
        return str(value).lower() if kind is Kind.BOOLEAN else str(value)
    if kind is Kind.DATE and suffix != ".sqlite":
        return date.fromisoformat(str(value))
    return value


def plain(value: object) -> object:
    """Excel knows only moments, at midnight."""
    return value.date() if hasattr(value, "date") else value


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_format_holds_every_value(tmp_path: Path, suffix: str) -> None:
    output = tmp_path / f"x{suffix}"
    done = export(TWO, output, NAMES)
    found = read_tables(output)
    rows = [record_rows(kunci, sop) for kunci, sop in TWO]
    for table in TABLES:
        expected = [
            tuple(shown(v, c.kind, suffix) for v, c in zip(row, table.columns, strict=True))
            for part in rows
            for row in part[table.name]
        ]
        assert [tuple(map(plain, row)) for row in found[table.name]] == expected, table.name
        assert done.rows[table.name] == len(expected)
    assert done.records == 2


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_an_empty_archive_gives_empty_tables_with_their_columns(
    tmp_path: Path, suffix: str
) -> None:
    export((), tmp_path / f"x{suffix}", NAMES)
    found = read_with_header(tmp_path / f"x{suffix}")
    for table in TABLES:
        assert found[table.name] == [tuple(c.name for c in table.columns)]


@pytest.mark.parametrize("suffix", BYTES_ARE_SAME)
def test_the_same_records_give_the_same_bytes(tmp_path: Path, suffix: str) -> None:
    given = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        output = tmp_path / name / f"x{suffix}"
        export(iter(TWO), output)
        files = sorted(output.iterdir()) if output.is_dir() else [output]
        given.append([(file.name, file.read_bytes()) for file in files])
    assert given[0] == given[1]


def test_chosen_tables_alone_are_written(tmp_path: Path) -> None:
    export(TWO, tmp_path / "x.sqlite", ("langkah", "sop"))
    assert list(read_tables(tmp_path / "x.sqlite")) == ["sop", "langkah"]
    with pytest.raises(ConfigError, match="lankah: no such table; choose from sop, "):
        export(TWO, tmp_path / "x.sqlite", ("lankah",))


def test_excel_gets_provenance_only_when_asked(tmp_path: Path) -> None:
    export(TWO, tmp_path / "x.xlsx")
    assert list(read_tables(tmp_path / "x.xlsx")) == [name for name in NAMES if name != "asal"]


def test_types_and_keys_of_duckdb(tmp_path: Path) -> None:
    export(TWO, tmp_path / "x.duckdb")
    with duckdb.connect(str(tmp_path / "x.duckdb"), read_only=True) as base:
        types = base.execute(
            "SELECT data_type FROM duckdb_columns() WHERE table_name = 'langkah'"
        ).fetchall()
        kinds = base.execute(
            "SELECT table_name FROM duckdb_constraints() WHERE constraint_type = 'PRIMARY KEY'"
        ).fetchall()
        nullable = base.execute(
            "SELECT column_name FROM duckdb_columns() WHERE table_name = 'butir' AND is_nullable"
        ).fetchall()
        version = base.execute("FROM versi").fetchone()
        about = base.execute(
            "SELECT comment FROM duckdb_columns() WHERE column_name = 'menit_kerja'"
        ).fetchone()
    table = next(t for t in TABLES if t.name == "langkah")
    assert [row[0].replace("VARCHAR", "TEXT") for row in types] == [
        c.kind.value for c in table.columns
    ]
    assert kinds == [("sop",)]
    assert nullable == [("teks",)]
    assert version == (TABLES_VERSION,)
    assert about == ("working minutes",)


def test_keys_of_sqlite_hold(tmp_path: Path) -> None:
    export(TWO, tmp_path / "x.sqlite")
    base = sqlite3.connect(tmp_path / "x.sqlite")
    assert base.execute("PRAGMA foreign_key_check").fetchall() == []
    assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert base.execute("PRAGMA user_version").fetchone() == (TABLES_VERSION,)
    assert len(base.execute("PRAGMA foreign_key_list(alur)").fetchall()) == 5  # columns of 3 keys
    base.execute("PRAGMA foreign_keys = ON")
    with pytest.raises(sqlite3.IntegrityError):
        base.execute("UPDATE alur SET ke = 99")
    base.close()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_record_that_contradicts_itself_costs_no_other(tmp_path: Path, suffix: str) -> None:
    bad = record(langkah=(langkah(1, "a"),), alur=(Alur(dari=1, ke=2, basis="text"),))
    done = export((TWO[0], ("dinas/x.pdf", bad), TWO[1]), tmp_path / f"x{suffix}")
    assert [str(error) for error in done.failed] == ["dinas/x.pdf: alur: ke 2 is not among langkah"]
    found = read_tables(tmp_path / f"x{suffix}")
    assert [row[0] for row in found["sop"]] == ["dinas/a.pdf", "dinas/b.pdf"]


def breaking() -> Iterator[tuple[str, SopRecord]]:
    """One record, then the disk is full."""
    yield TWO[0]
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_failed_export_leaves_what_was_there(tmp_path: Path, suffix: str) -> None:
    output = tmp_path / f"x{suffix}"
    if suffix in (".csv", ".parquet"):
        output.mkdir()
        old = output / f"sop{suffix}"
    else:
        old = output
    old.write_bytes(OLD)
    with pytest.raises(OutputError, match=r"cannot be written: No space left on device"):
        export(breaking(), output)
    assert old.read_bytes() == OLD
    assert [path.name for path in tmp_path.iterdir()] == [output.name]
    export(TWO, output)
    assert len(read_tables(output)["sop"]) == 2
    assert [path.name for path in tmp_path.iterdir()] == [output.name]


def test_a_folder_that_cannot_be_put_in_place_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "x.csv"
    output.mkdir()
    (output / "sop.csv").write_bytes(OLD)

    def refuse(self: Path, target: Path) -> Path:
        raise OSError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OutputError, match="cannot be written: Permission denied"):
        export(TWO, output)
    assert (output / "sop.csv").read_bytes() == OLD
    assert [path.name for path in tmp_path.iterdir()] == [output.name]


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_a_folder_of_other_files_is_not_replaced(tmp_path: Path, suffix: str) -> None:
    output = tmp_path / f"x{suffix}"
    output.mkdir()
    (output / "surat.docx").write_bytes(OLD)
    with pytest.raises(ConfigError, match=r"holds surat\.docx, which is no table"):
        export(TWO, output)
    assert (output / "surat.docx").read_bytes() == OLD
    output = tmp_path / f"y{suffix}"
    output.write_bytes(OLD)
    with pytest.raises(ConfigError, match="is a file, but"):
        export(TWO, output)


def test_tables_of_an_earlier_export_do_not_stay(tmp_path: Path) -> None:
    export(TWO, tmp_path / "x.csv")
    export(TWO, tmp_path / "x.csv", ("sop",))
    assert [path.name for path in (tmp_path / "x.csv").iterdir()] == ["sop.csv"]


@pytest.mark.parametrize("name", ["x.docx", "x", "x.CSVX"])
def test_a_suffix_that_is_unknown_is_a_wrong_call(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigError, match=r"write \.csv, \.parquet, \.xlsx, \.sqlite, \.duckdb"):
        export((), tmp_path / name)
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize("name", ["x.parquet", "x.duckdb"])
def test_without_duckdb_one_line_says_what_to_do(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(MissingProgramError, match=r"pip install 'sopextract\[tables\]', or write"):
        export((), tmp_path / name)
    assert not (tmp_path / name).exists()


def test_a_suffix_may_be_written_large(tmp_path: Path) -> None:
    export(TWO, tmp_path / "X.SQLITE")
    assert (tmp_path / "X.SQLITE").read_bytes().startswith(b"SQLite format 3")


def test_rows_are_taken_as_they_come(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No record waits for the one after it: what was given is written before more is asked for."""
    from sopextract.export.sqlite_file import SqliteFile

    added: list[str] = []
    add = SqliteFile.add

    def noted(self: SqliteFile, table: Table, rows: list[Row]) -> None:
        added.append(table.name)
        add(self, table, rows)

    def asked() -> Iterator[tuple[str, SopRecord]]:
        for number in range(3):
            assert len(added) == number * len(TABLES)
            yield f"{number}", record()

    monkeypatch.setattr(SqliteFile, "add", noted)
    assert export(asked(), tmp_path / "x.sqlite").records == 3
