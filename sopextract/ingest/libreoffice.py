"""Old and open office formats, through LibreOffice: made .docx or .xlsx, then read as such."""

from __future__ import annotations

import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from sopextract.errors import SourceError
from sopextract.ingest.detect import find_reader
from sopextract.model.source import SourceDocument, SourceFile
from sopextract.settings import IngestSettings

log = logging.getLogger(__name__)

INSTALL = "apt install libreoffice-writer libreoffice-calc"
_NAMES = ("soffice", "libreoffice")
# Where its own installers put it, when that is not on the search path.
_USUAL_PLACES = (
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/snap/bin/libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
)
# What it is converted to and by which of LibreOffice's filters.
_TO_WORD = ("docx", "docx:MS Word 2007 XML")
_TO_EXCEL = ("xlsx", "xlsx:Calc MS Excel 2007 XML")
_READ_AS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_OPTIONS = ("--headless", "--norestore", "--nologo", "--nodefault", "--nofirststartwizard")
# Settings of the profile made for one conversion: no macros, no links followed, none updated.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


# Its parts, each a package of its own, and the library that each brings.
_PARTS = {"Writer": "swlo", "Calc": "sclo"}
_CORE = ("mergedlo", "sfxlo")
_MADE_BY = {"docx": "Writer", "xlsx": "Calc"}


@dataclass(frozen=True, slots=True)
class _Kind:
    """An old format: its suffix, what it is called, what it is made into."""

    suffix: str
    name: str
    target: tuple[str, str]


_KINDS = {
    "application/msword": _Kind(".doc", "an old Word file (.doc)", _TO_WORD),
    "application/rtf": _Kind(".rtf", "an RTF file", _TO_WORD),
    "application/vnd.oasis.opendocument.text": _Kind(".odt", "an OpenDocument text", _TO_WORD),
    "application/vnd.ms-excel": _Kind(".xls", "an old Excel file (.xls)", _TO_EXCEL),
    "application/vnd.oasis.opendocument.spreadsheet": _Kind(
        ".ods", "an OpenDocument spreadsheet", _TO_EXCEL
    ),
}
READ_BY_LIBREOFFICE = frozenset(_KINDS)


def find_libreoffice() -> str | None:
    """Where LibreOffice is: on the search path, or where its installers put it."""
    for name in _NAMES:
        if (found := shutil.which(name)) is not None:
            return found
    return next((place for place in _USUAL_PLACES if Path(place).is_file()), None)


def missing_parts(program: str) -> tuple[str, ...]:
    """Which of Writer and Calc an installed LibreOffice lacks; none where it cannot be told.

    Distributions part it into packages. Without the one that knows a format it says only that it
    could not load the file, as it does of a damaged one.
    """
    folder = Path(shutil.which(program) or program).resolve().parent
    folders = (folder, folder.parent / "Frameworks")  # the second on macOS
    names = {path.stem.removeprefix("lib") for place in folders for path in place.glob("*lo.*")}
    if names.isdisjoint(_CORE):  # a starter that lies elsewhere
        return ()
    return tuple(part for part, library in _PARTS.items() if library not in names)


def read_old(source: SourceFile, settings: IngestSettings) -> SourceDocument:
    """Read an old or open office file as the .docx or .xlsx that LibreOffice makes of it.

    The document keeps the file itself as its source. LibreOffice runs without a window, with a
    profile of its own that is thrown away, without macros, and no longer than `office_timeout_s`.
    Raises SourceError where it is not installed, hangs, or cannot convert the file.
    """
    kind = _KINDS[source.media_type]
    program = find_libreoffice()
    if program is None:
        raise SourceError(
            f"is {kind.name}, which needs LibreOffice, and that is not installed",
            hint=f"install it ({INSTALL}), or save the file as .{kind.target[0]}",
        )
    with tempfile.TemporaryDirectory(prefix="sopextract-", ignore_cleanup_errors=True) as name:
        converted = _convert(program, source, kind, Path(name), settings.office_timeout_s)
        media_type = _READ_AS[kind.target[0]]
        made = replace(
            source, media_type=media_type, location=converted, size=converted.stat().st_size
        )
        return replace(find_reader(media_type)(made, settings), file=source)


def _convert(program: str, source: SourceFile, kind: _Kind, folder: Path, timeout_s: float) -> Path:
    """The file that LibreOffice makes of another. Raises SourceError."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
    # a copy under a plain name: the suffix must fit what the file is, whatever it is called
    original = folder / f"document{kind.suffix}"
    shutil.copyfile(source.location, original)
    out = folder / "out"
    suffix, target = kind.target
    command = [
        program, f"-env:UserInstallation={profile.as_uri()}", *_OPTIONS,
        "--convert-to", target, "--outdir", str(out), str(original),
    ]  # fmt: skip
    said = _run(command, folder, timeout_s, kind)
    converted = out / f"document.{suffix}"
    if not converted.is_file():
        log.debug("LibreOffice said: %s", said)
        if (part := _MADE_BY[suffix]) in missing_parts(program):
            raise SourceError(
                f"is {kind.name}, and LibreOffice is installed without {part}",
                hint=f"install it ({INSTALL}), or save the file as .{suffix}",
            )
        raise SourceError(
            f"is {kind.name} that LibreOffice cannot convert",
            hint=f"it may be damaged or protected by a password; open it and save it as .{suffix}",
        )
    return converted


def _run(command: list[str], folder: Path, timeout_s: float, kind: _Kind) -> str:
    """What a command prints. It and all that it started is killed when the time is over."""
    try:
        process = subprocess.Popen(  # noqa: S603 - a fixed program, no shell
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, errors="replace", start_new_session=True,
        )  # fmt: skip
    except OSError as exc:
        raise SourceError(
            f"is {kind.name}, and LibreOffice does not start: {exc.strerror}",
            hint=f"install it anew ({INSTALL}), or save the file as .{kind.target[0]}",
        ) from exc
    try:
        said, _ = process.communicate(timeout=timeout_s)
    except subprocess.TimeoutExpired as exc:
        raise SourceError(
            f"is {kind.name} that LibreOffice did not convert in {timeout_s:g} seconds",
            hint=f"open it and save it as .{kind.target[0]}, or raise office_timeout_s in [ingest]",
        ) from exc
    finally:  # also when the batch is interrupted
        if process.poll() is None:
            _kill(process)
            process.communicate()
    return said


def _kill(process: subprocess.Popen[str]) -> None:
    """End a process and its children: the program's starter alone would leave the program."""
    if sys.platform == "win32":
        process.kill()
        return
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        log.debug("LibreOffice had ended by itself")
