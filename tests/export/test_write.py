"""Tables as files: the same records give the same bytes, whenever they are written."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from pathlib import Path

import openpyxl
import pytest

from sopextract.errors import ConfigError
from sopextract.export import export
from sopextract.export.tables import COLUMNS, build_tables
from sopextract.model.record import DasarHukum
from tests.factories import langkah, record


def test_a_workbook_does_not_say_when_it_was_made(tmp_path: Path) -> None:
    export((record(),), tmp_path / "x.xlsx")
    data = (tmp_path / "x.xlsx").read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        assert {item.date_time for item in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = openpyxl.load_workbook(io.BytesIO(data)).properties
    assert properties.created == properties.modified
    assert properties.created.year == 1980


def test_every_row_of_every_table_has_its_columns() -> None:
    law = DasarHukum(teks="UU 1/2020", juncto=(DasarHukum(teks="UU 2/2021"),))
    sop = record(langkah=(langkah(1, "Mencatat surat"),), dasar_hukum=(law,))
    tables = build_tables((sop,))
    for name, rows in tables.items():
        assert all(row.keys() == set(COLUMNS[name]) for row in rows), name
    assert [row["hubungan"] for row in tables["dasar_hukum"]] == ["utama", "juncto"]
    assert tables["langkah"][0]["kegiatan"] == "Mencatat surat"


def test_an_empty_archive_gives_empty_tables_with_their_columns(tmp_path: Path) -> None:
    export((), tmp_path / "x.sqlite")
    with sqlite3.connect(tmp_path / "x.sqlite") as base:
        for name, columns in COLUMNS.items():
            found = base.execute(f'SELECT * FROM "{name}"')  # noqa: S608 - our own names
            assert tuple(column[0] for column in found.description) == columns
            assert found.fetchall() == []
    base.close()


@pytest.mark.parametrize("name", ["x.parquet", "x.duckdb", "x.docx", "x"])
def test_a_suffix_that_cannot_be_written_is_a_wrong_call(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigError, match=r"write \.csv, \.xlsx, \.sqlite"):
        export((), tmp_path / name)
    assert not (tmp_path / name).exists()
