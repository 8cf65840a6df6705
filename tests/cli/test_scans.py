"""Scans and pictures as a user meets them; what reads the pixels is made."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from sopextract.cli import cli
from sopextract.ingest.scan.raster import Raster
from sopextract.settings import IngestSettings
from tests.ingest.seam import MadeScan, made_scan, put_in, words_at


def call(*args: str | Path) -> Result:
    serial = () if args[0] == "debug" else ("--executor", "serial")  # what reads is put in here
    result = CliRunner().invoke(cli, [str(arg) for arg in (*args, *serial)])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert "Traceback" not in result.output
    return result


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[IngestSettings]:
    """The settings with which each page was read."""
    seen: list[IngestSettings] = []

    def read_scan(raster: Raster, number: int, settings: IngestSettings) -> MadeScan:
        seen.append(settings)
        return made_scan(raster, number, words_at(100, 100))

    put_in(monkeypatch, read_scan)
    return seen


@pytest.fixture
def tiff(tmp_path: Path) -> Path:
    """Twenty-one white pages."""
    page = Image.new("1", (827, 1169), 1)
    path = tmp_path / "raw" / "surat.tif"
    path.parent.mkdir()
    page.save(path, save_all=True, append_images=[page] * 20, compression="group4")
    return path


def test_pages_of_a_long_scan_are_told(tiff: Path, tmp_path: Path, asked: list[object]) -> None:
    result = call("parse", tiff.parent, "-o", tmp_path / "out")
    assert len(asked) == 21
    lines = result.stderr.splitlines()
    assert lines[:2] == ["surat.tif: halaman 10", "surat.tif: halaman 20"]
    assert lines[2].startswith("surat.tif: not a SOP")


def test_pages_as_json_lines(tiff: Path, tmp_path: Path, asked: list[object]) -> None:
    result = call("parse", tiff.parent, "-o", tmp_path / "out", "--log", "json")
    values = [json.loads(line) for line in result.stderr.splitlines()]
    assert values[:2] == [{"source": "surat.tif", "page": n} for n in (10, 20)]
    assert values[2]["status"] == "not_a_sop"


def test_quiet_says_nothing_of_pages(tiff: Path, tmp_path: Path, asked: list[object]) -> None:
    assert "halaman" not in call("parse", tiff.parent, "-o", tmp_path / "out", "-q").stderr


@pytest.mark.parametrize(
    ("command", "cache"),
    [
        ("parse", "out/.sopextract/ocr"),
        ("run", "out/parsed/.sopextract/ocr"),
        ("debug", "out/.sopextract/ocr"),
    ],
)
def test_what_was_read_is_kept_beside_the_records(
    command: str, cache: str, tiff: Path, tmp_path: Path, asked: list[IngestSettings]
) -> None:
    call(command, tiff, "-o", tmp_path / "out")
    assert {settings.ocr_cache for settings in asked} == {tmp_path / cache}


def test_a_cache_that_is_set_is_used(
    tiff: Path, tmp_path: Path, asked: list[IngestSettings], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOPEXTRACT_INGEST__OCR_CACHE", str(tmp_path / "else"))
    call("parse", tiff, "-o", tmp_path / "out")
    assert {settings.ocr_cache for settings in asked} == {tmp_path / "else"}


@pytest.mark.parametrize("command", ["parse", "run", "debug"])
def test_no_ocr_leaves_pictures_alone(
    command: str, tiff: Path, tmp_path: Path, asked: list[object]
) -> None:
    result = call(command, tiff, "-o", tmp_path / "out", "--no-ocr")
    assert asked == []
    assert result.exit_code == 1
    assert "surat.tif: failed: is a picture (take out --no-ocr" in result.stderr
