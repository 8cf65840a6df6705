"""The witness: its tables, what stands in for it where it is missing, and itself where it is."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from sopextract.ingest.ocr import tesseract
from sopextract.ingest.ocr.tesseract import TesseractPackage, TesseractProgram, load_tesseract
from tests.ingest.ocr.pictures import written

LINES = ("Menyusun laporan kegiatan", "Kepala Dinas")
TABLE = """level page_num block_num par_num line_num word_num left top width height conf text
1 1 0 0 0 0 0 0 120 40 -1 -
5 1 1 1 1 1 20 10 40 20 96.123456 Kepala
5 1 1 1 1 2 70 10 35 20 -3 Dinas
5 2 1 1 1 1 10 10 10 20 91 "12"
4 2 1 1 1 0 10 10 10 20 91 row
5 9 1 1 1 1 10 10 10 20 91 beyond
"""


class Installed:
    """What is installed is said here."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._patch = monkeypatch

    def data(self, folder: Path, *languages: str) -> None:
        """Language data in a folder, nowhere else."""
        for language in languages:
            (folder / f"{language}.traineddata").touch()
        self._patch.setattr(tesseract, "_DATA", (str(folder),))

    def package(self, there: bool) -> None:
        """The package, or not."""
        self._patch.setattr(tesseract, "find_spec", lambda name: name if there else None)

    def program(self, path: str | None) -> None:
        """The program, or not."""
        self._patch.setattr(shutil, "which", lambda name: path)


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Installed:
    return Installed(monkeypatch)


def test_words_come_by_picture_with_their_share_of_it() -> None:
    pictures = [np.zeros((20, 100), np.uint8), np.zeros((20, 50), np.uint8)]
    first, second = tesseract._lines(TABLE.replace(" ", "\t"), pictures)
    assert first.words == (("Kepala", 0.1, 0.5, 0.9612), ("Dinas", 0.6, 0.95, 0.0))
    assert second.words == (('"12"', 0.0, 0.2, 0.91),)


def test_no_data_no_witness(tmp_path: Path, installed: Installed) -> None:
    installed.data(tmp_path)
    installed.package(True)
    installed.program("/usr/bin/tesseract")
    assert load_tesseract() is None


def test_no_program_no_witness(tmp_path: Path, installed: Installed) -> None:
    installed.data(tmp_path, "ind")
    installed.package(False)
    installed.program(None)
    assert load_tesseract() is None


@pytest.mark.parametrize(("languages", "taken"), [(("eng", "ind"), "ind"), (("eng", "osd"), "eng")])
def test_the_better_language_is_taken(
    tmp_path: Path, installed: Installed, languages: tuple[str, ...], taken: str
) -> None:
    installed.data(tmp_path, *languages)
    installed.package(False)
    installed.program("/nowhere/tesseract")
    witness = load_tesseract()
    assert isinstance(witness, TesseractProgram)
    assert witness.key == f"tesseract unknown {taken} line"


def test_a_package_that_cannot_start_gives_way_to_the_program(
    tmp_path: Path, installed: Installed
) -> None:
    installed.data(tmp_path, "ind")  # an empty file: no language data after all
    installed.package(True)
    installed.program("/nowhere/tesseract")
    assert isinstance(load_tesseract(), TesseractProgram)


def test_a_program_that_fails_reads_nothing(tmp_path: Path) -> None:
    witness = TesseractProgram(str(tmp_path / "none"), "ind")
    assert witness.version == "unknown"
    assert [line.words for line in witness.read_lines([written("Dinas")] * 2)] == [(), ()]
    assert witness.read_lines([]) == ()
    assert witness.find_lines(written("Dinas")) == ()


@pytest.mark.parametrize("kind", [TesseractPackage, TesseractProgram])
def test_the_witness_reads_lines(kind: type, monkeypatch: pytest.MonkeyPatch) -> None:
    if kind is TesseractProgram:
        monkeypatch.setattr(tesseract, "find_spec", lambda name: None)
    witness = load_tesseract()
    if witness is None or not isinstance(witness, kind):
        pytest.skip("Tesseract is not installed in this form")
    read = witness.read_lines([written(text) for text in LINES])
    assert [line.text for line in read] == list(LINES)
    assert read[1].words[0][2] < read[1].words[1][1]
    assert read[0].score > 0.7
