"""Layouts Y and Z: made DOCX and XLSX as the PDF that an office program prints of them.

LibreOffice does the printing, once for all files.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sopextract.ingest.libreoffice import find_libreoffice, missing_parts
from tools.make_sheets.sheet import MadeSheet

_TIMEOUT_S = 30.0  # for the program's start; measured: 2 s for it and 0.3 s a file
_TIMEOUT_PER_FILE_S = 10.0
_WHEN = b"20210104020000"
_STAMPS = re.compile(
    rb"""(?P<name>/CreationDate\(D:|/ID\ \[\ <|>\s<|/DocChecksum\ /)
         (?P<stamp>\d{14}|[0-9A-F]{32})""",
    re.VERBOSE,
)  # the clock and what LibreOffice makes of it


class PrinterMissingError(RuntimeError):
    """LibreOffice or a part of it is not installed, or it printed nothing."""


def find_program() -> str:
    """The path of LibreOffice; raises PrinterMissingError with what to install."""
    found = find_libreoffice()
    if found and not missing_parts(found):
        return found
    raise PrinterMissingError(
        "layouts Y and Z need LibreOffice: install libreoffice-writer and libreoffice-calc"
    )


def print_sheets(made: Sequence[MadeSheet]) -> list[MadeSheet]:
    """The same sheets with their bytes as PDF and their names ending in `.pdf`, truth as it was.

    Raises PrinterMissingError when LibreOffice is missing or leaves a file out.
    """
    program = find_program()
    with tempfile.TemporaryDirectory(prefix="make_sheets_") as folder:
        root = Path(folder)
        (root / "out").mkdir()
        for sheet in made:
            (root / sheet.name).write_bytes(sheet.data)
        command = [program, f"-env:UserInstallation=file://{root}/profile", "--headless"]
        command += ["--convert-to", "pdf", "--outdir", str(root / "out")]
        command += [str(root / sheet.name) for sheet in made]
        subprocess.run(
            command,
            check=False,
            capture_output=True,
            timeout=_TIMEOUT_S + _TIMEOUT_PER_FILE_S * len(made),
        )
        return [_printed(root / "out", sheet) for sheet in made]


def _printed(folder: Path, sheet: MadeSheet) -> MadeSheet:
    path = (folder / sheet.name).with_suffix(".pdf")
    if not path.is_file():
        raise PrinterMissingError(f"LibreOffice printed no PDF of {sheet.name}")
    return replace(sheet, name=path.name, data=_STAMPS.sub(_still, path.read_bytes()))


def _still(match: re.Match[bytes]) -> bytes:
    """A stamp in its place that is always the same; as long as before, so that offsets hold."""
    stamp = match["stamp"]
    return match["name"] + (_WHEN if len(stamp) == len(_WHEN) else b"0" * len(stamp))
