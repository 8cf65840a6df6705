"""What users correct holds in later runs; what no longer fits is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from sopextract.compare import Corrections, compare, load_corrections
from sopextract.compare.comparison import Comparison
from sopextract.errors import ConfigError
from sopextract.settings import CompareSettings
from tests.compare.sheets import five

TOGETHER = """
[[keluarga]]
nama = "Kinerja"
anggota = ["prov/perbaikan.txt#0", "kab-a/monitoring.txt"]
[[pisah]]
sop = ["prov/monev.txt", "kab-c/mekanisme.txt"]
"""


def compared(tmp_path: Path, text: str) -> Comparison:
    file = tmp_path / "keluarga.toml"
    file.write_text(text, encoding="utf-8")
    return compare(five(), CompareSettings(), corrections=load_corrections(file))


def families(found: Comparison) -> set[frozenset[int]]:
    return {frozenset(f.members) for f in found.families}


def test_what_belongs_together_and_what_never_does(tmp_path: Path) -> None:
    found = compared(tmp_path, TOGETHER)
    groups = families(found)
    assert any({1, 2} <= group for group in groups)
    assert not any({0, 4} <= group for group in groups)
    family = next(f for f in found.families if 1 in f.members)
    assert (family.title, family.corrected) == ("Kinerja", True)
    assert found.sheets[1].family == family.number
    assert found.notes == ()


def test_a_name_alone_changes_no_members(tmp_path: Path) -> None:
    text = '[[keluarga]]\nnama = "Monev"\nanggota = ["prov/monev.txt"]\n'
    found = compared(tmp_path, text)
    assert families(found) == {frozenset({0, 4}), frozenset({2, 3})}
    assert {f.title for f in found.families if f.corrected} == {"Monev"}


def test_stale_entries_are_told_and_the_rest_holds(tmp_path: Path) -> None:
    text = TOGETHER.replace("prov/monev.txt", "lama/hilang.txt")
    found = compared(tmp_path, text)
    assert len(found.notes) == 1
    assert "lama/hilang.txt" in found.notes[0]
    assert any({1, 2} <= group for group in families(found))


def test_one_name_for_several_sheets_is_told(tmp_path: Path) -> None:
    found = compared(tmp_path, f'[[pisah]]\nsop = ["{five()[0].id}", "prov/monev.txt"]\n')
    assert len(found.notes) == 1
    assert "menunjuk 5 SOP" in found.notes[0]
    assert families(found) == {frozenset({0, 4}), frozenset({2, 3})}


def test_what_is_said_together_and_apart_stays_together_and_is_told(tmp_path: Path) -> None:
    text = """
[[keluarga]]
anggota = ["prov/monev.txt", "prov/perbaikan.txt"]
[[keluarga]]
anggota = ["prov/perbaikan.txt", "kab-a/monitoring.txt"]
[[pisah]]
sop = ["prov/monev.txt", "kab-a/monitoring.txt"]
"""
    found = compared(tmp_path, text)
    assert any({0, 1, 2} <= group for group in families(found))
    assert "keduanya tetap sekeluarga" in found.notes[0]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[keluarga]\n", "not TOML"),
        ('[[keluarga]]\nanggota = "a"\n', "keluarga.0.anggota: must be a list in brackets"),
        ("[[keluarga]]\nanggota = []\nwarna = 1\n", "keluarga.0.warna: there is no such entry"),
        ("[[pisah]]\nsop = [1]\n", "pisah.0.sop.0: must be a text in quotes"),
        ('[keluarga]\nanggota = ["a"]\n', r"keluarga: must be a list .* begin with \[\[keluarga"),
    ],
)
def test_a_file_that_cannot_be_used_says_where(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        compared(tmp_path, text)


def test_no_file_and_a_missing_one(tmp_path: Path) -> None:
    assert load_corrections(None) == Corrections()
    with pytest.raises(ConfigError, match="cannot be read"):
        load_corrections(tmp_path / "keluarga.toml")
