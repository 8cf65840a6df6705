"""How long a sheet takes, by format, beside WeasyPrint and LibreOffice.

All draw the same records in the same run, warm, on one core where they let themselves be bound to
one. WeasyPrint prints our HTML sheet, LibreOffice our Word sheet, many files in one call, which is
its best case; both are given the layout, which ours measures and routes within its time.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from sopextract.ingest.libreoffice import find_libreoffice, missing_parts
from sopextract.model.record import SopRecord
from sopextract.render import FORMATS, render
from sopextract.render.sheet.router import forget_ways
from sopextract.settings import RenderSettings
from tests.render.flows import sized_flow
from tools.bench_pdf import RIVALS

COUNT, STEPS = 12, 10
LIMITS_MS = {"docx": 60, "pdf": 80, "html": 40, "xlsx": 60}  # of the issue, warm, 10 steps
_TIMEOUT_S = 300


def bench_sheets() -> None:
    """Print milliseconds a sheet by format, and how many times as long the others take."""
    records = [sized_flow(seed, STEPS) for seed in range(COUNT)]
    settings = RenderSettings()
    print(f"\n{COUNT} sheets of {STEPS} steps, warm, median of each sheet's time")
    ours: dict[str, float] = {}
    for fmt in FORMATS:
        render(records[0], fmt, settings)
        ours[fmt] = statistics.median(
            _timed(partial(_fresh, record, fmt, settings)) for record in records
        )
        limit = f"   (at most {LIMITS_MS[fmt]})" if fmt in LIMITS_MS else ""
        print(f"  {fmt:5} {ours[fmt] * 1000:7.1f} ms{limit}")
    for name, seconds in (
        ("WeasyPrint", _weasyprint(records, settings)),
        ("LibreOffice", _libreoffice(records, settings)),
    ):
        if seconds is None:
            print(f"  {name}: not installed, left out")
        else:
            ratio = seconds / ours["pdf"]
            print(f"  {name}: {seconds * 1000:.1f} ms a PDF, {ratio:.1f} times ours")


def _fresh(record: SopRecord, fmt: str, settings: RenderSettings) -> bytes:
    """A sheet whose lines are not known from another format."""
    forget_ways()
    return render(record, fmt, settings)


def _timed(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def _weasyprint(records: Sequence[SopRecord], settings: RenderSettings) -> float | None:
    """Seconds a PDF; None without it."""
    if RIVALS.is_dir() and str(RIVALS) not in sys.path:
        sys.path.append(str(RIVALS))
    try:
        from weasyprint import HTML  # type: ignore[import-not-found,unused-ignore]
    except (ImportError, OSError):  # OSError: pango is missing
        return None
    pages = [render(r, "html", settings).decode() for r in records]
    HTML(string=pages[0]).write_pdf()
    return statistics.median(_timed(HTML(string=page).write_pdf) for page in pages)


def _libreoffice(records: Sequence[SopRecord], settings: RenderSettings) -> float | None:
    """Seconds a PDF when all are printed in one call; None without it."""
    program = find_libreoffice()
    if program is None or "Writer" in missing_parts(program):
        return None
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        files = []
        for number, record in enumerate(records):
            files.append(folder / f"{number}.docx")
            files[-1].write_bytes(render(record, "docx", settings))
        command = [str(program), f"-env:UserInstallation=file://{folder}/profile", "--headless",
                   "--convert-to", "pdf", "--outdir", str(folder / "out")]  # fmt: skip

        def print_all(paths: Sequence[Path]) -> float:
            return _timed(
                lambda: subprocess.run(
                    [*command, *map(str, paths)],
                    capture_output=True,
                    timeout=_TIMEOUT_S,
                    check=False,
                )
            )

        print_all(files[:1])  # its profile is made on first use
        return print_all(files) / len(files)


if __name__ == "__main__":
    bench_sheets()
