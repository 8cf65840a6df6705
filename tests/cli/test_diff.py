"""`sopextract diff`, and corrections of families on the command line."""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath

from click.testing import CliRunner, Result

from sopextract.cli import cli
from sopextract.store import save_record
from tests.factories import record


def call(*args: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(arg) for arg in args])


def saved(folder: Path, **fields: object) -> Path:
    save_record(record(**fields), folder, PurePosixPath("a.txt.json"))
    return folder / "a.txt.json"


def test_what_changed_is_told_and_is_no_failure(tmp_path: Path) -> None:
    old = saved(tmp_path / "lama")
    new = saved(tmp_path / "baru", nomor_sop="02/DISKAN/2026")
    result = call("diff", old, new)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "Penerimaan Surat Masuk (02/DISKAN/2026): berubah",
        "  lama: a.txt#0",
        "  baru: a.txt#0",
        "  identitas · Nomor SOP",
        "    - 01/DISKAN/2024",
        "    + 02/DISKAN/2026",
        "",
        "berubah: 1; tanpa perubahan: 0; baru: 0; tidak ada lagi: 0",
    ]


def test_json_and_folders(tmp_path: Path) -> None:
    saved(tmp_path / "lama")
    saved(tmp_path / "baru")
    result = call("diff", tmp_path / "lama", tmp_path / "baru", "--format", "json")
    found = json.loads(result.stdout)
    assert [sop["matched"] for sop in found["sops"]] == ["pasangan"]
    assert found["sops"][0]["differences"] == []


def test_an_unusable_file_is_one_line_and_exit_1(tmp_path: Path) -> None:
    saved(tmp_path / "lama")
    saved(tmp_path / "baru")
    (tmp_path / "baru/rusak.json").write_text("{", encoding="utf-8")
    result = call("diff", tmp_path / "lama", tmp_path / "baru")
    assert result.exit_code == 1
    assert "rusak.json" in result.stderr
    assert "tanpa perubahan: 1" in result.stdout


def test_nothing_there_is_wrong_usage(tmp_path: Path) -> None:
    assert call("diff", tmp_path / "lama", tmp_path / "baru").exit_code == 2


def test_stale_corrections_are_told_and_bad_ones_are_wrong_usage(tmp_path: Path) -> None:
    parsed = saved(tmp_path / "parsed").parent
    file = tmp_path / "keluarga.toml"
    file.write_text('[[pisah]]\nsop = ["hilang.pdf", "a.txt"]\n', encoding="utf-8")
    result = call("compare", parsed, "-o", tmp_path / "report", "--keluarga", file)
    assert result.exit_code == 0
    assert '"hilang.pdf" tidak ada di antara SOP' in result.stderr
    file.write_text("[[pisah\n", encoding="utf-8")
    result = call("compare", parsed, "-o", tmp_path / "report", "--keluarga", file)
    assert result.exit_code == 2
    assert "not TOML" in result.stderr
