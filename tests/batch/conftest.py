"""Every output of the program, made once from records and documents that are nothing but probes."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import pytest
from click.testing import CliRunner

from sopextract.cli import cli
from sopextract.render import render
from sopextract.settings import RenderSettings
from sopextract.store import save_record
from tests.batch.bait import Bait, laid_bait
from tests.batch.probes import hostile_records

SHEETS = ("docx", "pdf", "html", "xlsx", "bpmn", "md")
EXPORTS = (".csv", ".parquet", ".xlsx", ".sqlite", ".duckdb")
AS_DOCUMENT = ("docx", "xlsx", "pdf", "html", "md")  # what is drawn and read back


@dataclass(frozen=True, slots=True)
class Outputs:
    """Where they are, and who came for the bait meanwhile."""

    folder: Path
    bait: Bait

    def files(self) -> list[Path]:
        """Every file that was written."""
        return sorted(path for path in self.folder.rglob("*") if path.is_file())


@pytest.fixture(scope="session")
def hostile_outputs(tmp_path_factory: pytest.TempPathFactory) -> Outputs:
    """Made once: it takes seconds."""
    folder = tmp_path_factory.mktemp("hostile")
    with laid_bait(folder / "bait") as bait:
        make_outputs(folder, bait)
    return Outputs(folder / "out", bait)


def make_outputs(folder: Path, bait: Bait) -> None:
    """Call every command that writes anything."""
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
        ["run", folder / "raw", "-o", folder / "out/run", "--executor", "serial", "--no-ocr"],
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
