"""PDF pages per second of one core, beside other programs on the same pages in the same run."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2 as pdfium

from tools.bench_contender import CONTENDERS
from tools.make_sheets import make_sheets

ROOT = Path(__file__).resolve().parent.parent
RIVALS = (
    ROOT / ".venv" / "bench"
)  # apart from the locked packages, whose versions they would change
REAL = ROOT.parent / "shared" / "real"
_MADE = 24  # sheets; about 50 pages, as many as the real files have
_SEED = 2024
_INSTALL_S = 900  # they bring half a gigabyte along


@dataclass
class Total:
    """What one program took for all files."""

    seconds: float = 0.0
    found: int = 0
    peak_mb: float = 0.0
    errors: list[str] = field(default_factory=list)


def bench_pdfs(folder: Path | None = None, runs: int = 1, *, install: bool = True) -> None:
    """Print pages per second of every program, and how many times as long each takes as ours."""
    if install:
        install_rivals()
    with _pdfs(folder) as files:
        pages = sum(map(count_pages, files))
        print(f"\n{len(files)} PDFs, {pages} pages, {runs} run(s), CPU time, a process each")
        totals = compare_programs(files, runs)
    report = table(totals, pages * runs)
    print("\n".join(report))


def install_rivals() -> None:
    """Install the dependency group `bench` if it is missing; say so when that cannot be."""
    if all(_is_there(name) for name in ("camelot", "img2table", "weasyprint")):
        return
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = groups["dependency-groups"]["bench"]
    print(f"installing {', '.join(wanted)} into {RIVALS.relative_to(ROOT)} (once)", flush=True)
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(RIVALS), *wanted]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_INSTALL_S)
        problem = done.stderr.strip().splitlines()[-1:] if done.returncode else []
    except subprocess.TimeoutExpired:
        problem = [f"no end after {_INSTALL_S} s"]
    if problem:
        print(f"they cannot be installed, so they are left out: {problem[0]}")


def _is_there(name: str) -> bool:
    return (RIVALS / name).is_dir() or importlib.util.find_spec(name) is not None


@contextmanager
def _pdfs(folder: Path | None) -> Iterator[list[Path]]:
    """The PDFs of a folder; without one the real ones if they are there, else made ones."""
    folder = folder or (REAL if REAL.is_dir() else None)
    files = sorted(folder.glob("*.pdf")) if folder is not None else []
    if files:
        yield files
        return
    with tempfile.TemporaryDirectory() as made:
        for sheet in make_sheets(_MADE, _SEED, "PQR"):
            (Path(made) / sheet.name).write_bytes(sheet.data)
        yield sorted(Path(made).glob("*.pdf"))


def count_pages(path: Path) -> int:
    """How many pages a PDF has."""
    document = pdfium.PdfDocument(path)
    try:
        return len(document)
    finally:
        document.close()


def compare_programs(
    files: Sequence[Path], runs: int, names: Sequence[str] = tuple(CONTENDERS)
) -> dict[str, Total]:
    """File by file, every program in turn, so that all meet the machine in the same state.

    The first file is read once before, uncounted: word lists and libraries are loaded on first use.
    """
    programs = {name: process for name in names if (process := _start(name)) is not None}
    totals = {name: Total() for name in programs}
    try:
        for process in programs.values():
            _ask(process, files[0])
        for path in [*files] * runs:
            for name, process in programs.items():
                answer = _ask(process, path)
                totals[name].seconds += float(answer["seconds"])
                totals[name].found += int(answer["found"])
                totals[name].peak_mb = max(totals[name].peak_mb, float(answer.get("peak_mb", 0)))
                if "error" in answer:
                    totals[name].errors.append(str(answer["error"]))
    finally:
        for process in programs.values():
            process.communicate()
    return totals


def _start(name: str) -> subprocess.Popen[str] | None:
    """The process of one program; None when it is not installed."""
    paths = [
        str(ROOT),
        *([str(RIVALS)] if not name.startswith(("sopextract", "pdfplumber")) else []),
    ]
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(paths),
        "OMP_NUM_THREADS": "1",
        "OMP_THREAD_LIMIT": "1",
        "OPENCV_FOR_THREADS_NUM": "1",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "tools.bench_contender", name],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment,
    )
    if "ready" in _answer(process):
        return process
    process.communicate()
    print(f"{name}: not installed, left out")
    return None


def _ask(process: subprocess.Popen[str], path: Path) -> dict[str, float | int | str]:
    if process.stdin is None:
        raise RuntimeError("the process has no input")
    process.stdin.write(f"{path}\n")
    process.stdin.flush()
    answer = _answer(process)
    return answer or {"seconds": 0.0, "found": 0, "error": "died"}


def _answer(process: subprocess.Popen[str]) -> dict[str, float | int | str]:
    line = process.stdout.readline() if process.stdout is not None else ""
    answer: dict[str, float | int | str] = json.loads(line) if line else {}
    return answer


def table(totals: dict[str, Total], pages: int) -> list[str]:
    """The lines of the result: pages per second, and the time against that of the whole chain."""
    ours = next(iter(totals.values())).seconds
    lines = [f"{'':26} {'pages/s':>8} {'time':>7}  found"]
    for name, total in totals.items():
        rate = pages / total.seconds if total.seconds else 0.0
        ratio = total.seconds / ours if ours else 0.0
        failed = f", {len(total.errors)} files failed" if total.errors else ""
        lines.append(f"{name:26} {rate:8.1f} {ratio:6.1f}x  {total.found}{failed}")
    return lines
