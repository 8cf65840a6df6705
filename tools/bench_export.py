"""How long tables of many records take by format, how much memory, and how large they become.

    python -m tools.bench_export [-n 10000] [--formats .csv,.xlsx]

The records are those of a few made sheets over and over, each under its own name; they are made as
they are asked for and validated from their JSON, as records from disk are, so that the time is
that of a user less what the disk takes. Each format has a process of its own.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from sopextract.batch.jobs import find_jobs, open_source
from sopextract.errors import NotASopError
from sopextract.export import export
from sopextract.export.write import FORMATS
from sopextract.model.record import SopRecord
from sopextract.pipeline import read_sops
from sopextract.settings import Settings
from sopextract.store import render_record
from tools.make_sheets import make_sheets

_SEED, _SHEETS = 2024, 40  # any fixed number; enough sheets that no two neighbours are alike


def main() -> None:
    """Print a line per format; with `--one`, be the process that writes it."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("-n", type=int, default=10_000, help="records")
    parser.add_argument("--formats", default=",".join(FORMATS))
    parser.add_argument("--one", help="a suffix")
    args = parser.parse_args()
    if args.one:
        _one(args.one, args.n)
    else:
        bench_exports(args.n, args.formats.split(","))


def bench_exports(count: int = 10_000, formats: list[str] | None = None) -> None:
    """Print seconds, rows, megabytes and peak memory of an export of so many records."""
    print(f"\n{count} records as tables", flush=True)
    for suffix in formats or list(FORMATS):
        command = [sys.executable, "-m", "tools.bench_export", "--one", suffix, "-n", str(count)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        print(done.stdout.strip() if done.returncode == 0 else f"failed: {done.stderr[-300:]}")


def _one(suffix: str, count: int) -> None:
    texts = _made()
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder, f"arsip{suffix}")
        start = time.process_time()
        for _ in _records(texts, count):
            pass
        reading = time.process_time() - start
        start, begun = time.process_time(), time.perf_counter()
        done = export(_records(texts, count), output)
        seconds, passed = time.process_time() - start, time.perf_counter() - begun
        files = output.iterdir() if output.is_dir() else [output]
        size = sum(file.stat().st_size for file in files) / 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{suffix:9} {seconds:7.1f} s of one core ({passed:.1f} s passed), of which "
        f"{reading:.1f} s for reading the records; {sum(done.rows.values())} rows, "
        f"{size:.0f} MB, peak {peak} MB"
    )


def _made() -> list[bytes]:
    """Records of a few sheets, as JSON."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for made in make_sheets(_SHEETS, _SEED):
            Path(folder, made.name).write_bytes(made.data)
        for job in find_jobs((folder,), Path(folder) / ".out", Settings()):
            try:
                found += [render_record(r) for r in read_sops(open_source(job), job.settings)]
            except NotASopError:  # some of the made sheets are letters
                continue
    return found


def _records(texts: list[bytes], count: int) -> Iterator[tuple[str, SopRecord]]:
    for i in range(count):
        yield (
            f"dinas-{i // 100:04d}/{i:06d}.pdf",
            SopRecord.model_validate_json(texts[i % len(texts)]),
        )


if __name__ == "__main__":
    main()
