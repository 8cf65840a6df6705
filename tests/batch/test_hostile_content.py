"""Scripts, formulas, templates and addresses in documents come out as text, in every output."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest
from click.testing import CliRunner

from sopextract.cli import cli
from sopextract.render import render
from sopextract.settings import RenderSettings
from sopextract.store import load_records, save_record
from tests.batch.bait import PASSWD, SECRET, Bait, laid_bait
from tests.batch.inert import live_parts
from tests.batch.probes import OBEYED, hostile_records

SHEETS = ("docx", "pdf", "html", "xlsx", "bpmn", "md")
EXPORTS = (".csv", ".parquet", ".xlsx", ".sqlite", ".duckdb")
AS_DOCUMENT = ("docx", "xlsx", "pdf", "html", "md")  # what is drawn and read back


@pytest.fixture(scope="module")
def bait(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bait]:
    """A listener and secrets for the whole module."""
    with laid_bait(tmp_path_factory.mktemp("bait")) as laid:
        yield laid


@pytest.fixture(scope="module")
def outputs(bait: Bait, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every output there is, of records in which every text is a probe, and of documents too."""
    folder = tmp_path_factory.mktemp("hostile")
    records = list(hostile_records(bait))
    (folder / "raw").mkdir()
    for fmt, record in zip(AS_DOCUMENT, records, strict=False):
        (folder / f"raw/{fmt}.{fmt}").write_bytes(render(record, fmt, RenderSettings()))
    for number, record in enumerate(records):
        save_record(record, folder / "parsed", PurePosixPath(f"{number}.json"))
    few = folder / "few"  # of what is drawn slowly: each begins with another kind of probe
    few.mkdir()
    for number in (0, 3, 6):
        shutil.copy(folder / f"parsed/{number}.json", few)
    calls = [
        ["run", folder / "raw", "-o", folder / "out/run", "--jobs", "1", "--no-ocr"],
        ["render", few, "-o", folder / "out/sheets", "--to", ",".join(SHEETS), "--changes"],
        ["render", few, "-o", folder / "out/attached", "--to", "pdf", "--attach", "--clean"],
        ["render", few, "-o", folder / "out/asli", "--to", "html,md", "--wording", "asli"],
        ["render", few, "-o", folder / "out/book", "--book", "himpunan.docx"],
        ["render", few, "-o", folder / "out/book", "--book", "himpunan.pdf"],
        ["compare", folder / "parsed", "-o", folder / "out/report"],
        *(["export", folder / "parsed", "-o", folder / f"out/arsip{s}"] for s in EXPORTS),
    ]
    for call in calls:
        result = CliRunner().invoke(cli, [str(part) for part in call])
        assert result.exit_code == 0, result.stderr
    for fmt in ("text", "json", "sarif"):
        result = CliRunner().invoke(cli, ["lint", str(folder / "parsed"), "--format", fmt])
        (folder / f"out/temuan.{fmt}").write_bytes(result.stdout_bytes)
    return folder / "out"


def files(outputs: Path) -> list[Path]:
    """Every file that was written."""
    return sorted(path for path in outputs.rglob("*") if path.is_file())


def test_every_kind_of_output_is_there(outputs: Path) -> None:
    kinds = {path.suffix for path in files(outputs)}
    assert kinds >= {f".{fmt}" for fmt in SHEETS} | {*EXPORTS, ".json", ".sarif", ".text"}
    assert len(load_records((str(outputs / "run/parsed"),)).records) == len(AS_DOCUMENT)


def test_nothing_is_live_in_any_output(outputs: Path) -> None:
    live = {str(path.relative_to(outputs)): live_parts(path) for path in files(outputs)}
    assert {name: found for name, found in live.items() if found} == {}


def test_nothing_was_obeyed_and_no_secret_was_read(outputs: Path) -> None:
    for path in files(outputs):
        data = path.read_bytes()
        for marker in (SECRET, PASSWD, *OBEYED[:2]):
            assert marker.encode() not in data, f"{marker} in {path}"


def test_probes_are_shown_as_they_are(outputs: Path) -> None:
    """They were not simply dropped, which would make every other test here pass."""
    for name in ("report/index.html", "sheets/0.html", "sheets/0.md", "sheets/0.bpmn",
                 "arsip.csv/langkah.csv", "temuan.text"):  # fmt: skip
        text = (outputs / name).read_text(encoding="utf-8").replace("\\", "")
        assert "PROBE" in text, name


def test_nobody_came(outputs: Path, bait: Bait) -> None:
    assert outputs.is_dir()
    assert bait.hits == []
    assert bait.calls == []


def test_controls_are_in_no_text(outputs: Path) -> None:
    for path in files(outputs):
        if path.suffix in (".html", ".md", ".bpmn", ".csv", ".text"):
            text = path.read_bytes().decode("utf-8")
            assert not [sign for sign in "\x00\x07\x0b\x1b\ufffe" if sign in text], path
