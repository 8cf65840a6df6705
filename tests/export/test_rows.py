"""Records as rows: every value in its column, keys that hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from sopextract.errors import SourceError
from sopextract.export.rows import Row, Value, record_rows
from sopextract.export.schema import TABLES, Kind
from sopextract.model.record import Alur, Pelaksana, SopRecord
from sopextract.store import load_record
from tests.export.sops import full_record
from tests.factories import langkah, record

GOLDEN = Path(__file__).parents[1] / "golden/parsed"
PYTHON = {
    Kind.TEXT: str,
    Kind.INTEGER: int,
    Kind.DOUBLE: float,
    Kind.BOOLEAN: bool,
    Kind.DATE: str,
}


def column(rows: dict[str, list[Row]], table: str, *names: str) -> list[tuple[Value, ...]]:
    """These columns of all rows of a table."""
    at = [next(t for t in TABLES if t.name == table).index[name] for name in names]
    return [tuple(row[i] for i in at) for row in rows[table]]


@pytest.mark.parametrize(
    "sop",
    [full_record(), record(), *(load_record(path) for path in sorted(GOLDEN.glob("*.json")))],
    ids=lambda sop: sop.source.path,
)
def test_every_value_has_the_type_of_its_column(sop: SopRecord) -> None:
    rows = record_rows("k", sop)
    assert list(rows) == [table.name for table in TABLES]
    for table in TABLES:
        for row in rows[table.name]:
            assert len(row) == len(table.columns), table.name
            assert row[0] == "k"
            for value, col in zip(row, table.columns, strict=True):
                assert value is None or type(value) is PYTHON[col.kind], (table.name, col.name)


def test_no_table_of_a_full_record_is_empty() -> None:
    assert [name for name, rows in record_rows("k", full_record()).items() if not rows] == []


def test_only_whole_dates_of_the_calendar_are_dates() -> None:
    rows = record_rows("k", full_record())
    assert column(rows, "sop", "tanggal_pembuatan", "tanggal_pembuatan_penuh") == [
        ("2024-02-30", None)
    ]
    assert column(rows, "sop", "tanggal_revisi", "tanggal_revisi_penuh") == [("2020-12", None)]
    assert column(rows, "sop", "tanggal_efektif", "tanggal_efektif_penuh") == [
        ("2024-05-08", "2024-05-08")
    ]
    assert column(rows, "sop", "tanggal_pengesahan", "tanggal_pengesahan_penuh") == [(None, None)]


@pytest.mark.parametrize("text", ["2024-W05-1", "20240508", "2024-02-31", "bukan ini"])
def test_a_date_that_databases_do_not_read_stays_a_text(text: str) -> None:
    rows = record_rows("k", record(tanggal_efektif=text))
    assert column(rows, "sop", "tanggal_efektif", "tanggal_efektif_penuh") == [(text, None)]


def test_amended_and_joined_regulations_say_whose_they_are() -> None:
    rows = record_rows("k", full_record())
    assert column(rows, "dasar_hukum", "urutan", "butir", "hubungan", "induk", "teks") == [
        (1, 1, "utama", None, "UU 1/2020"),
        (2, 1, "diubah dengan", 1, "UU 3/2022"),
        (3, 1, "juncto", 2, "UU 2/2021"),
        (4, 2, "utama", None, "Perda 4"),
    ]


def test_findings_say_which_step_they_point_at() -> None:
    rows = record_rows("k", full_record())
    assert column(rows, "temuan", "rule", "langkah") == [("MB-01", 2), ("ID-01", None)]


def test_provenance_comes_with_the_value() -> None:
    rows = record_rows("k", full_record())
    assert column(rows, "asal", "path", "nilai", "method", "x1", "part") == [
        ("/nama_sop", "Surat Masuk", "label", 3.0, None),
        ("/langkah/1/waktu", "1,5 Jam", "cell", None, "s!B4"),
        ("/peringatan", "Surat hilang\nSurat terlambat", "cell", None, None),
        ("/nomor_sop", None, "absent", None, None),
    ]


def test_lists_are_rows_and_one_text() -> None:
    rows = record_rows("k", full_record())
    assert column(rows, "sop", "peringatan") == [("Surat hilang\nSurat terlambat",)]
    assert column(rows, "butir", "daftar", "urutan", "teks") == [
        ("peringatan", 1, "Surat hilang"),
        ("peringatan", 2, "Surat terlambat"),
        ("unit_kerja", 1, "Sekretariat"),
        ("unit_kerja", 2, "Subbag Umum"),
        ("judul_lain", 1, "Penerimaan Surat"),
    ]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"langkah": (langkah(1, "a"), langkah(1, "b"))}, "two rows of langkah have one urutan"),
        (
            {"alur": (Alur(dari=1, ke=9, basis="text"),)},
            "alur: ke 9 is not among langkah",
        ),
        (
            {"pelaksana": (Pelaksana(nama="a", lengkap="a", kolom=1),) * 2},
            "two rows of pelaksana have one kolom",
        ),
        ({"langkah": (langkah(1, "a", no=10**30),)}, "a number of 31 digits"),
    ],
)
def test_a_record_that_contradicts_itself_is_refused(wrong: dict[str, object], said: str) -> None:
    with pytest.raises(SourceError, match=said):
        record_rows("k", record().model_copy(update=wrong))
