"""The most memory that one worker takes for a long scan: bilevel pages at 300 dots an inch.

    python -m tools.bench_scan_memory [--pages 60]

The pages are those of a few made sheets over and over, so that an engine reads each once and all
else is done anew for each; a process of its own reads them, one after another.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
from itertools import cycle, islice
from pathlib import Path

from sopextract.ingest.picture import read_pages
from tools.make_sheets.scan.made import fitting_sheets
from tools.make_sheets.scan.pages import render_pages
from tools.measure import source_file
from tools.scan_reading import settings_with_cache

_SEED = 2024  # any fixed number: two runs of the bench read the same pages
_SHEETS, _DPI = 2, 300
_EARLY = 10  # pages, after which nothing should be added


def main() -> None:
    """Print the memory; with a file, be the process that reads it."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--pages", type=int, default=60)
    parser.add_argument("--read", type=Path, help="a scan, beside which the cache is kept")
    args = parser.parse_args()
    if args.read is not None:
        _read(args.read)
    else:
        bench_memory(args.pages)


def bench_memory(pages: int = 60) -> None:
    """Print the peak memory of a process that reads a TIFF of so many pages."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "panjang.tif"
        _write(path, pages)
        size = path.stat().st_size / 1e6
        print(f"\nA TIFF of {pages} bilevel pages at {_DPI} dpi, {size:.1f} MB", flush=True)
        command = [sys.executable, "-m", "tools.bench_scan_memory", "--read", str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    print(done.stdout.strip() if done.returncode == 0 else f"failed: {done.stderr[-300:]}")


def _write(path: Path, count: int) -> None:
    shown = [
        page.picture.convert("L").point(lambda value: 255 * (value > 160)).convert("1")
        for sheet in fitting_sheets(_SHEETS, _SEED, "PQR")
        for page in render_pages(sheet.data, _DPI)
    ]
    first, *others = islice(cycle(shown), count)
    first.save(path, save_all=True, append_images=others, compression="group4", dpi=(_DPI, _DPI))


def _read(path: Path) -> None:
    settings = settings_with_cache(path.parent / "cache").ingest
    early = words = 0
    for number, page in enumerate(read_pages(source_file(path.name, path), settings), 1):
        words += page.scan.words if page.scan is not None else 0
        early = _peak_mb() if number <= _EARLY else early
    print(f"peak after {_EARLY} pages {early} MB, after all {_peak_mb()} MB; {words} words")


def _peak_mb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
