"""Files made to harm cost themselves and nothing else: one line each, no traceback, no reach."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sopextract.cli import cli
from sopextract.store import load_records
from tests.batch.bait import PASSWD, SECRET, Bait, laid_bait
from tests.batch.hostile_files import FILES, NAMES, READ, TEXT, Hostile, lay
from tests.batch.inert import live_parts
from tests.batch.probes import OBEYED


@pytest.fixture(scope="module")
def bait(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bait]:
    """A listener and secrets for the whole module, and at its end nobody has been there."""
    with laid_bait(tmp_path_factory.mktemp("bait")) as laid:
        yield laid
        assert laid.hits == []
        assert laid.calls == []


def run(raw: Path, output: Path, *options: str) -> Result:
    """Everything, in this process, so that no connection goes unseen."""
    args = ["run", str(raw), "-o", str(output), "--executor", "serial", *options]
    return CliRunner().invoke(cli, args)


def tree(folder: Path) -> list[str]:
    """All names below a folder."""
    return sorted(
        os.path.join(base, name) for base, folders, names in os.walk(folder)
        for name in (*folders, *names)
    )  # fmt: skip


def check_outputs(output: Path) -> None:
    """Nothing of the secrets, and nothing live, in any file."""
    for path in output.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            for marker in (SECRET, PASSWD, *OBEYED):
                assert marker.encode() not in data, f"{marker} in {path}"
            assert live_parts(path) == [], path


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_hostile_file_costs_itself(file: Hostile, tmp_path: Path, bait: Bait) -> None:
    raw, output = tmp_path / "raw", tmp_path / "out"
    raw.mkdir()
    (raw / "baik.txt").write_bytes(TEXT.read_bytes())
    lay(file, raw, bait)
    before = tree(tmp_path)
    # of a picture that is refused no model is loaded, which takes seconds
    result = run(raw, output, *(() if file.name.endswith(".png") else ("--no-ocr",)))
    records = load_records((str(output / "parsed"),)).records
    paths = [sop.source.path for sop in records]
    assert "baik.txt" in paths
    assert result.exit_code == (0 if file.says == READ else 1)
    about = [line for line in result.stderr.splitlines() if line.startswith(f"{file.name}")]
    assert any(file.says in line for line in about) or file.says == READ, result.stderr
    assert (len(paths) == 2) == (file.says == READ)
    assert "Traceback" not in result.output
    assert "internal error" not in result.output
    assert [path for path in tree(tmp_path) if not path.startswith(str(output))] == before
    check_outputs(output)


def test_names_made_to_harm_are_names(tmp_path: Path, bait: Bait) -> None:
    raw, output = tmp_path / "raw", tmp_path / "out"
    raw.mkdir()
    for number, name in enumerate(NAMES):
        text = TEXT.read_text(encoding="utf-8")
        (raw / name).write_text(text + "\n" * number, encoding="utf-8")
    before = tree(tmp_path)
    result = run(raw, output)
    assert result.exit_code == 0, result.stderr
    assert "\x1b" not in result.stderr
    records = load_records((str(output / "parsed"),)).records
    assert sorted(sop.source.path for sop in records) == sorted(NAMES)
    assert [path for path in tree(tmp_path) if not path.startswith(str(output))] == before
    written = [path.name for path in (output / "sheets").rglob("*") if path.is_file()]
    assert len(written) == len(NAMES)
    assert [name for name in written if any(sign in name for sign in '<>"\n\t\x1b\\*\u202e')] == []
    check_outputs(output)


def test_a_name_that_looks_like_an_option_can_be_given_alone(
    tmp_path: Path, bait: Bait, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "-o.txt").write_bytes(TEXT.read_bytes())
    result = CliRunner().invoke(cli, ["parse", "-o", "out", "--", "-o.txt"])
    assert result.exit_code == 0, result.stderr
    assert (tmp_path / "out/-o.txt.json").is_file()
