"""Batches: a second run with nothing changed, two workers against one, memory at 100,000 inputs.

    python -m tools.bench_batch [--files 10000] [--sheets 400] [--inputs 100000]

Each run is the command line in a process of its own, start included. The bars are those of the
project: 1 s per 10,000 unchanged files on a warm cache, 1.8 times with two workers, 300 MB.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tools.make_sheets import make_sheets

_SEED = 2024  # any fixed number: two runs of the bench read the same sheets
_COPIES = 5  # of each sheet, so that many inputs with records are made in little time
_SECOND_RUNS = 5
_LETTER = "Yth. Kepala Dinas\ndi tempat\n\nDengan hormat, bersama ini kami sampaikan undangan {}."
_PEAK = re.compile(r"^VmHWM:\s+(\d+) kB", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds of one command, and the most memory of its first process in MB."""

    seconds: float
    peak_mb: float


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=10_000, help="inputs of the second run")
    parser.add_argument("--sheets", type=int, default=400, help="sheets for one and two workers")
    parser.add_argument("--inputs", type=int, default=100_000, help="inputs for memory; 0 for none")
    args = parser.parse_args()
    bench_batches(args.files, args.sheets, args.inputs)


def bench_batches(files: int = 10_000, sheets: int = 400, inputs: int = 0) -> None:
    """Print the figures; `inputs` 0 leaves out the memory of many inputs, which takes minutes."""
    with tempfile.TemporaryDirectory() as name:
        bench_workers(Path(name) / "workers", sheets)
        bench_second_run(Path(name) / "second", files)
        if inputs:
            bench_memory(Path(name) / "many", inputs)


def bench_workers(folder: Path, count: int) -> None:
    """Two worker processes against one, on text sheets."""
    raw = _folder(folder)
    for made in make_sheets(count, _SEED):
        (raw / made.name).write_bytes(made.data)
    _parse(raw, folder / "warm", "-j", "2", "--sample", "20")
    one = _parse(raw, folder / "one", "-j", "1")
    two = _parse(raw, folder / "two", "-j", "2")
    print(
        f"\n{count} text sheets: one worker {one.seconds:.1f} s, two {two.seconds:.1f} s, ", end=""
    )
    print(f"{one.seconds / two.seconds:.2f} times as fast (bar 1.8), start of processes included")


def bench_second_run(folder: Path, count: int) -> None:
    """A run over inputs of which none has changed."""
    raw = _folder(folder)
    for made in make_sheets(-(-count // _COPIES), _SEED):
        for copy in range(_COPIES):
            (raw / f"{copy}").mkdir(exist_ok=True)
            (raw / f"{copy}" / made.name).write_bytes(made.data)
    first = _parse(raw, folder / "out")
    seconds = sorted(_parse(raw, folder / "out").seconds for _ in range(_SECOND_RUNS))
    middle = seconds[len(seconds) // 2]
    print(
        f"{count} files with records: first run {first.seconds:.1f} s, then {middle:.2f} s ", end=""
    )
    print(f"({1e4 * middle / count:.2f} s per 10,000; bar 1.0; best {seconds[0]:.2f} s)")


def bench_memory(folder: Path, count: int) -> None:
    """The first process over very many small inputs."""
    raw = _folder(folder)
    for number in range(count):
        inside = raw / f"{number // 1000:03d}"
        inside.mkdir(exist_ok=True)
        (inside / f"surat-{number:06d}.txt").write_text(_LETTER.format(number), encoding="utf-8")
    few = _parse(raw / "000", folder / "few")
    many = _parse(raw, folder / "out")
    again = _parse(raw, folder / "out")
    print(
        f"parent: {few.peak_mb:.0f} MB at 1,000 inputs, {many.peak_mb:.0f} MB at {count:,} ", end=""
    )
    print(f"(bar 300) in {many.seconds:.0f} s; again {again.peak_mb:.0f} MB, {again.seconds:.1f} s")


def _folder(folder: Path) -> Path:
    raw = folder / "raw"
    raw.mkdir(parents=True)
    return raw


def _parse(raw: Path, out: Path, *options: str) -> Run:
    """One run of `sopextract parse`. Memory is asked for until it ends."""
    command = [sys.executable, "-m", "sopextract", "parse", str(raw), "-o", str(out), "-q"]
    start, peak = time.perf_counter(), 0.0
    with subprocess.Popen([*command, *options], stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            peak = max(peak, _peak_mb(process.pid))
            time.sleep(0.02)
    return Run(time.perf_counter() - start, peak)


def _peak_mb(pid: int) -> float:
    try:
        found = _PEAK.search(Path(f"/proc/{pid}/status").read_text("ascii"))
    except OSError:
        return 0.0
    return int(found[1]) / 1024 if found else 0.0


if __name__ == "__main__":
    main()
