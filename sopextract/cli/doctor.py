"""`sopextract doctor`: what is installed, and what each missing piece costs."""

from __future__ import annotations

import json
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, requires
from importlib.metadata import version as installed

import rich_click as click

from sopextract.cli.options import finish, give
from sopextract.core.resources import templates_dir
from sopextract.ingest.libreoffice import INSTALL, find_libreoffice

_TIMEOUT_S = 20  # `fc-list` builds its cache on first use, which takes seconds
_REQUIREMENT = re.compile(r"(?P<name>[A-Za-z0-9._-]+)\s*>=\s*(?P<floor>[0-9.]+)")
_LANGUAGES = ("ind", "eng", "osd")  # Indonesian, English terms, page orientation
# The faces that the sheets of the seeds and of PermenPANRB 35/2012 are set in, and their free
# equals in width.
_FONTS = ("Liberation Sans", "Arial", "Carlito", "Calibri", "DejaVu Sans")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked for. `cost` says what does not work without it; needed = nothing works."""

    name: str
    found: str | None
    cost: str
    needed: bool = False
    install: str = ""


@click.command()
@click.option(
    "--format", "fmt", type=click.Choice(["text", "json"]), default="text",
    show_default=True, help="Form of the list on stdout.",
)  # fmt: skip
def doctor(fmt: str) -> None:
    """Say what is installed, and what each missing piece costs."""
    checks = tuple(run_checks())
    if fmt == "json":
        give(json.dumps([asdict(check) for check in checks], ensure_ascii=False, indent=2))
    else:
        give("\n".join(_line(check) for check in checks))
    finish(all(check.found for check in checks if check.needed))


def _line(check: Check) -> str:
    if check.found:
        return f"ok       {check.name}: {check.found}"
    word = "MISSING " if check.needed else "optional"
    install = f"; install with: {check.install}" if check.install else ""
    return f"{word} {check.name}: not found; {check.cost}{install}"


def run_checks() -> Iterator[Check]:
    """Look at this machine; nothing is changed."""
    python = platform.python_version() if sys.version_info >= (3, 11) else None
    yield Check("Python 3.11 or newer", python, "nothing works", needed=True)
    yield from _packages()
    folder = templates_dir()
    found = str(folder) if folder.is_dir() else None
    yield Check("templates", found, "no sheets and no reports", True, "reinstall sopextract")
    yield _program(
        "tesseract", ("--version",), "scanned pages will not be readable (OCR is not built yet)",
        "apt install tesseract-ocr",
    )  # fmt: skip
    yield from _languages()
    yield _libreoffice()
    yield from _fonts()


def _libreoffice() -> Check:
    """LibreOffice, which may also stand where it is not on the search path."""
    place = find_libreoffice()
    said = _ask(place, "--version") if place is not None else None
    cost = ".doc, .xls, .odt, .ods and .rtf files will not be readable; .docx and .xlsx are"
    return Check("LibreOffice", said.strip() if said else None, cost, install=INSTALL)


def _packages() -> Iterator[Check]:
    for line in requires("sopextract") or ():
        match = _REQUIREMENT.match(line)
        if match is None or ";" in line:
            continue
        name, floor = match["name"], match["floor"]
        try:
            found: str | None = installed(name)
        except PackageNotFoundError:
            found = None
        if found is not None and _numbers(found) < _numbers(floor):
            found = None
        yield Check(f"{name} {floor} or newer", found, "nothing works", True, f"pip install {name}")


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])


def _program(name: str, arguments: tuple[str, ...], cost: str, install: str) -> Check:
    output = _ask(name, *arguments)
    lines = output.splitlines() if output else []
    return Check(name, lines[0].strip() if lines else None, cost, install=install)


def _languages() -> Iterator[Check]:
    present = set((_ask("tesseract", "--list-langs") or "").split())
    for language in _LANGUAGES:
        cost = "scanned pages in it will not be readable (OCR is not built yet)"
        install = f"apt install tesseract-ocr-{language}"
        found = "present" if language in present else None
        yield Check(f"tesseract language {language}", found, cost, install=install)


def _fonts() -> Iterator[Check]:
    listed = _ask("fc-list", ":", "family") or ""
    present = {name.strip() for line in listed.splitlines() for name in line.split(",")}
    here = [name for name in _FONTS if name in present]
    cost = "sheets are drawn in whatever font the browser has, so texts may wrap elsewhere"
    yield Check("fonts", ", ".join(here) or None, cost, install="apt install fonts-liberation")


def _ask(program: str, *arguments: str) -> str | None:
    """What a program prints; None when it is missing, fails or hangs."""
    path = shutil.which(program)
    if path is None:
        return None
    try:
        done = subprocess.run(  # noqa: S603 - fixed programs and arguments, no shell
            [path, *arguments], capture_output=True, text=True, timeout=_TIMEOUT_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired, UnicodeDecodeError):
        return None
    return (done.stdout or done.stderr) if done.returncode == 0 else None
