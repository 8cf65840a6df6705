"""Watching a folder: what is at rest is read, once, and what is growing is left."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sopextract.batch import find_jobs
from sopextract.batch.folder import locked
from sopextract.batch.watch import Settling
from sopextract.cli import cli
from sopextract.settings import Settings
from tools.make_sheets import make_sheets

SHEETS = [made.data for made in make_sheets(3, 11, "A")]


def watch(raw: Path, out: Path, looks: int) -> Result:
    args = ("watch", raw, "-o", out, "--every", "0.1", "--looks", looks, "--executor", "serial")
    result = CliRunner().invoke(cli, [str(arg) for arg in args])
    assert result.exception is None, result.output
    return result


def test_what_is_new_is_read_when_it_is_at_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw, out = tmp_path / "raw", tmp_path / "out"
    raw.mkdir()
    looked = 0

    def meanwhile(seconds: float) -> None:
        """What happens between two looks."""
        nonlocal looked
        looked += 1
        assert seconds == 0.1
        if looked == 1:
            (raw / "a.txt").write_bytes(SHEETS[0])
        if looked < 5:
            (raw / "b.txt").write_bytes(SHEETS[1][: 400 * looked])
        elif looked == 5:
            (raw / "b.txt").write_bytes(SHEETS[1])
        if looked == 3:
            assert (out / "parsed/a.txt.json").is_file()
        if looked < 7:
            assert not (out / "parsed/b.txt.json").exists()

    monkeypatch.setattr(time, "sleep", meanwhile)
    said = watch(raw, out, looks=9).stderr
    assert (out / "parsed/b.txt.json").is_file()
    assert (out / "sheets/b.txt.html").is_file()
    assert said.count("Selesai.") == 2
    kept = json.loads((out / "report/comparison.json").read_text("utf-8"))
    assert "a.txt" in json.dumps(kept)  # all that is there, not only what is new
    assert "b.txt" in json.dumps(kept)
    assert said.count("b.txt: ok, b.txt.json") == 1


def test_nothing_is_said_where_nothing_is_new(tmp_path: Path) -> None:
    raw, out = tmp_path / "raw", tmp_path / "out"
    raw.mkdir()
    (raw / "a.txt").write_bytes(SHEETS[2])
    watch(raw, out, looks=2)
    assert watch(raw, out, looks=3).stderr.splitlines() == [f"watching {raw}; Ctrl-C ends"]


def test_a_folder_that_another_run_holds_is_tried_again(tmp_path: Path) -> None:
    raw, out = tmp_path / "raw", tmp_path / "out"
    raw.mkdir()
    (raw / "a.txt").write_bytes(SHEETS[2])
    with locked(out / "parsed"):
        said = watch(raw, out, looks=2).stderr
    assert "another run is writing here; it will be looked at again" in said


def test_a_file_has_settled_when_two_looks_saw_the_same(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "a.txt").write_text("a", encoding="utf-8")
    jobs = find_jobs((str(raw),), tmp_path / "out", Settings())
    settling = Settling()
    assert settling.look(jobs) == frozenset()
    assert settling.look(jobs) == {"a.txt"}
    (raw / "a.txt").write_text("ab", encoding="utf-8")
    assert settling.look(jobs) == frozenset()
    assert settling.look(jobs) == {"a.txt"}
