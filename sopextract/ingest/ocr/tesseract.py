"""Words read with Tesseract, as a witness beside the default engine, where it is installed.

It reads worn print worse and finds no lines in tables with drawings (docs/accuracy.md): so it only
reads lines that were found. The package `tesserocr` is used where it
is there, else the program.
"""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from importlib.util import find_spec
from logging import getLogger
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from sopextract.ingest.ocr.engine import FoundLine, ReadLine

if TYPE_CHECKING:
    from sopextract.ingest.scan.raster import Grey

log = getLogger(__name__)

_LANGUAGES = ("ind", "eng")  # the first that is installed; both read the same (docs/accuracy.md)
_LINE = 7  # page segmentation: one line of text
_MARGIN = 10  # pixels of paper around a line, as its documentation asks for
_DPI = 200
_TIMEOUT_S = 120.0  # for the lines of one page: a hundred times what they take
_HEADER = (
    "level page_num block_num par_num line_num word_num left top width height conf text".replace(
        " ", "\t"
    )
)
# Where packages of systems put the language data; the program's own folder is looked at first.
_DATA = (
    "/usr/share/tesseract-ocr/*/tessdata",
    "/usr/share/tessdata",
    "/usr/share/tesseract/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
)


_WORD_LEVEL = "5"  # in its tables: pages, blocks, paragraphs, lines, words


class TesseractPackage:
    """Tesseract through the package `tesserocr`, in this process."""

    name = "tesseract"

    def __init__(self, data: Path, language: str) -> None:
        import tesserocr

        self.version = tesserocr.tesseract_version().split()[1]
        self.key = f"{self.name} {self.version} {language} line"
        line = tesserocr.PSM.SINGLE_LINE
        self._api = tesserocr.PyTessBaseAPI(path=str(data), lang=language, psm=line)

    def find_lines(self, picture: Grey) -> tuple[FoundLine, ...]:
        """Nothing: a witness only reads."""
        return ()

    def read_lines(self, pictures: Sequence[Grey]) -> tuple[ReadLine, ...]:
        """What each picture of one line of text says, in their order."""
        return tuple(self._read(picture) for picture in pictures)

    def _read(self, picture: Grey) -> ReadLine:
        if not picture.size:
            return ReadLine(())
        self._api.SetImage(Image.fromarray(_with_margin(picture)))
        self._api.SetSourceResolution(_DPI)
        table = f"{_HEADER}\n{self._api.GetTSVText(0)}"
        return _lines(table, [picture])[0]


class TesseractProgram:
    """Tesseract as a program that is started once for the lines of a page."""

    name = "tesseract"

    def __init__(self, program: str, language: str) -> None:
        said = _run([program, "--version"])
        self.version = said.split()[1] if len(said.split()) > 1 else "unknown"
        self.key = f"{self.name} {self.version} {language} line"
        self._program, self._language = program, language

    def find_lines(self, picture: Grey) -> tuple[FoundLine, ...]:
        """Nothing: a witness only reads."""
        return ()

    def read_lines(self, pictures: Sequence[Grey]) -> tuple[ReadLine, ...]:
        """What each picture of one line of text says, in their order."""
        if not pictures:
            return ()
        with tempfile.TemporaryDirectory(prefix="sopextract-", ignore_cleanup_errors=True) as name:
            folder = Path(name)
            paths = [folder / f"{k}.png" for k in range(len(pictures))]
            for path, picture in zip(paths, pictures, strict=True):
                Image.fromarray(_with_margin(picture)).save(path)
            listed = folder / "lines.txt"
            listed.write_text("\n".join(map(str, paths)), encoding="utf-8")
            options = ["-l", self._language, "--psm", str(_LINE), "--dpi", str(_DPI), "tsv"]
            table = _run([self._program, str(listed), "stdout", *options])
        return _lines(table, pictures)


def load_tesseract() -> TesseractPackage | TesseractProgram | None:
    """The witness of this process; None where Tesseract or its language data are not installed."""
    program = shutil.which("tesseract")
    for data, language in _installed():
        if find_spec("tesserocr") is not None:
            try:
                return TesseractPackage(data, language)
            except (ImportError, RuntimeError) as exc:  # other libraries, other data than it needs
                log.debug("tesserocr cannot be used: %s", exc)
        if program is not None:
            return TesseractProgram(program, language)
    return None


def _installed() -> list[tuple[Path, str]]:
    """Folders with language data and the language to use of each, the better language first."""
    folders = [folder for pattern in _DATA for folder in sorted(Path("/").glob(pattern[1:]))]
    return [
        (folder, language)
        for language in _LANGUAGES
        for folder in folders
        if (folder / f"{language}.traineddata").is_file()
    ]


def _run(command: Sequence[str]) -> str:
    """What the program says; nothing where it fails."""
    environment = {"PATH": os.defpath, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program on files of our own
            list(command), capture_output=True, check=True, timeout=_TIMEOUT_S, env=environment
        )
    except (OSError, subprocess.SubprocessError) as exc:
        log.debug("tesseract gave nothing: %s", exc)
        return ""
    return done.stdout.decode("utf-8", "replace")


def _with_margin(picture: Grey) -> Grey:
    return np.pad(picture, _MARGIN, constant_values=255)


def _lines(table: str, pictures: Sequence[Grey]) -> tuple[ReadLine, ...]:
    """The words of its table by the number of their picture."""
    words: list[list[tuple[str, float, float, float]]] = [[] for _ in pictures]
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = (row.get("text") or "").strip()
        if row.get("level") != _WORD_LEVEL or not text:
            continue
        page = int(row["page_num"]) - 1
        if not 0 <= page < len(pictures):
            continue
        width = pictures[page].shape[1]
        begin = (int(row["left"]) - _MARGIN) / width
        end = begin + int(row["width"]) / width
        score = max(float(row["conf"]), 0.0) / 100
        words[page].append((text, _share(begin), _share(end), round(score, 4)))
    return tuple(ReadLine(tuple(line)) for line in words)


def _share(value: float) -> float:
    return round(min(max(value, 0.0), 1.0), 4)
