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
from importlib.util import find_spec
from pathlib import Path

import rich_click as click

from sopextract.cli.options import finish, give
from sopextract.core.resources import templates_dir
from sopextract.ingest.extra import INSTALL_SCAN, SCAN_PACKAGES
from sopextract.ingest.libreoffice import INSTALL, find_libreoffice, missing_parts

_TIMEOUT_S = 20  # `fc-list` builds its cache on first use, which takes seconds
_REQUIREMENT = re.compile(r"(?P<name>[A-Za-z0-9._-]+)[^;]*?>=\s*(?P<floor>[0-9.]+)")
_EXTRA = re.compile(r"extra\s*==\s*['\"](?P<extra>[a-z]+)['\"]")
_NO_SCANS = "scans and pictures cannot be read; PDF with text, Word and Excel files can"
_NO_WITNESS = "nobody checks what was read from scans, so that fewer slips of reading are marked"
# Extras that single commands need: their package, and what does not work without it.
_EXTRAS = {
    "tables": (
        "duckdb",
        "`export` writes no .parquet and no .duckdb; .csv, .xlsx and .sqlite it does",
    ),
}
_COST_OF = {"Writer": ".doc, .odt and .rtf files", "Calc": ".xls and .ods files"}
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
    yield from _scan_packages()
    yield _models()
    yield from _witness()
    yield from _libreoffice()
    yield from _extras()
    yield from _fonts()


def _libreoffice() -> Iterator[Check]:
    """LibreOffice with both its parts; it may also stand where it is not on the search path."""
    place = find_libreoffice()
    said = _ask(place, "--version") if place is not None else None
    cost = ".doc, .xls, .odt, .ods and .rtf files will not be readable; .docx and .xlsx are"
    yield Check("LibreOffice", said.strip() if said else None, cost, install=INSTALL)
    for part in missing_parts(place) if place is not None and said else ():
        cost = f"{_COST_OF[part]} will not be readable"
        yield Check(f"LibreOffice {part}", None, cost, install=INSTALL)


def _packages() -> Iterator[Check]:
    for name, floor in _floors(None).items():
        name_and_floor = f"{name} {floor} or newer"
        yield Check(
            name_and_floor, _found(name, floor), "nothing works", True, f"pip install {name}"
        )


def _scan_packages() -> Iterator[Check]:
    """What reads scans; one package missing is as bad as all."""
    floors = _floors("scan")
    for name in SCAN_PACKAGES.values():
        floor = floors.get(name, "")
        named = f"{name} {floor} or newer" if floor else name
        yield Check(named, _found(name, floor), _NO_SCANS, install=INSTALL_SCAN)


def _extras() -> Iterator[Check]:
    """Packages that single commands need."""
    for extra, (name, cost) in _EXTRAS.items():
        install = f"pip install 'sopextract[{extra}]'"
        yield Check(name, _found(name, _floors(extra).get(name, "")), cost, install=install)


def _floors(extra: str | None) -> dict[str, str]:
    """The packages that are required for an extra, None for none, each with its least version."""
    floors: dict[str, str] = {}
    for line in requires("sopextract") or ():
        match, marker = _REQUIREMENT.match(line), _EXTRA.search(line)
        if match is not None and (marker["extra"] if marker else None) == extra:
            floors[match["name"]] = match["floor"]
    return floors


def _found(name: str, floor: str) -> str | None:
    """The version of a package if it is new enough."""
    try:
        found = installed(name)
    except PackageNotFoundError:
        return None
    return found if _numbers(found) >= _numbers(floor) else None


def _models() -> Check:
    """The weights, which lie in the package: without them it would fetch them from the network."""
    spec = find_spec("rapidocr")
    folders = (spec.submodule_search_locations if spec is not None else None) or ()
    sizes = [p.stat().st_size for f in folders for p in Path(f, "models").glob("*.onnx")]
    found = f"{len(sizes)} in the package, {sum(sizes) // 1_000_000} MB" if sizes else None
    again = "pip install --force-reinstall rapidocr"
    return Check("models of rapidocr", found, _NO_SCANS, install=again)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])


def _witness() -> Iterator[Check]:
    """A second program that reads words: as a package, or as a program of its own."""
    package, said = _found("tesserocr", ""), _ask("tesseract", "--version")
    program = said.splitlines()[0].strip() if said else None
    found = ", ".join(filter(None, (f"tesserocr {package}" if package else None, program)))
    install = "pip install 'sopextract[witness]', or apt install tesseract-ocr"
    yield Check("tesseract", found or None, _NO_WITNESS, install=install)
    present = set((_ask("tesseract", "--list-langs") or "").split())
    here = "present" if "ind" in present or _has_data("ind") else None
    yield Check(
        "tesseract language ind", here, _NO_WITNESS, install="apt install tesseract-ocr-ind"
    )


def _has_data(language: str) -> bool:
    """Whether the package finds the data of a language."""
    try:
        import tesserocr
    except ImportError:
        return False
    _, languages = tesserocr.get_languages()
    return language in languages


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
