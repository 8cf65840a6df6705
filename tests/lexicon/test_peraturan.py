"""The register of regulations and the ids it is looked up by."""

from __future__ import annotations

from pathlib import Path

import pytest

from sopextract.errors import ConfigError
from sopextract.lexicon.jenis_peraturan import canonical_id, kind_of, urutan_jenis
from sopextract.lexicon.peraturan import REGISTER_FILE, load_register


def test_register_holds_every_row_once() -> None:
    rows = load_register().rows
    assert len(rows) == 161  # 156 rows of the study, one of which names six regulations
    assert len({row.id for row in rows}) == len(rows)
    assert all(row.mark in set("TRCDKP") and row.checked_on == "2026-11" for row in rows)
    assert all(row.status_mark in set("TRCDKP") for row in rows)


def test_every_id_follows_from_its_row() -> None:
    for row in load_register().rows:
        assert canonical_id(row.jenis, row.nomor, row.tahun, penerbit=row.penerbit) == row.id


def test_register_says_who_revoked() -> None:
    row = load_register().get("pp/2005/58")
    assert row is not None
    assert (row.status, row.oleh, row.status_mark) == ("dicabut", ("pp/2019/12",), "R")
    assert row.tentang == "Pengelolaan Keuangan Daerah"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("uu/2014/23", "uu/2014/23"),
        ("permen-panrb/2008/21", "permen-pan/2008/per-21-m.pan-11"),
        ("permen-pan/2008/per-21-m.pan-11", "permen-pan/2008/per-21-m.pan-11"),
        ("permen-panrb/2007/9", "permen-pan/2007/per-09-m.pan-5"),
        ("permen-pan/2012/35", "permen-panrb/2012/35"),
        ("permen-panrb/2012/per-35-m.pan", "permen-panrb/2012/35"),
        ("per-kepala-bps/2013/19", "per-bps/2013/19"),
        ("permen-keu/2012/113", "permen-keu/2012/113-pmk.05"),
        ("permen-keu/2012/113-pmk.01", None),
        ("pp/2014/23", None),
        ("uu/2014", None),
        (None, None),
    ],
)
def test_get(asked: str | None, found: str | None) -> None:
    row = load_register().get(asked)
    assert (row.id if row else None) == found


def test_find_title_gives_the_likest_first() -> None:
    found = load_register().find_title("Pengelolaan Keuangan daerah")
    assert {row.id for row, score in found if score == 1.0} == {"pp/2005/58", "pp/2019/12"}
    assert load_register().find_title("") == ()
    assert load_register().find_title("zzzz") == ()


def test_same_number_crosses_kinds() -> None:
    assert [row.id for row in load_register().same_number("86", 2007)] == ["perpres/2007/86"]
    assert load_register().same_number("86", 1950) == ()


def test_own_table_and_bad_table(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    lines = REGISTER_FILE.read_text(encoding="utf-8").splitlines()
    own.write_text("\n".join(lines[:2]) + "\n", encoding="utf-8")
    assert [row.id for row in load_register(own).rows] == ["uu/1974/8"]
    bad = tmp_path / "bad.csv"
    bad.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(ConfigError):
        load_register(bad)
    with pytest.raises(ConfigError):
        load_register(tmp_path / "none.csv")


def test_kinds_are_ranked() -> None:
    order = ["UUD", "UU", "PP", "Perpres", "Keppres", "Inpres", "Permendagri", "Kepmenkes", "Perda"]
    ranks = [urutan_jenis(jenis) for jenis in order]
    assert ranks == sorted(ranks, key=lambda rank: rank or 0)
    assert urutan_jenis("Surat") is None
    assert kind_of(None) is None
