"""Seconds per scanned page on one core: the whole reading beside the engine alone, in one run.

    python -m tools.bench_scan [-n 6] [--kinds clean300 deg200] [--runs 1]

Every program has a process of its own and one thread, renders the same pages at the same dots an
inch and reads them in turn, so that what counts is the ratio of processor times. Nothing is cached.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tools.bench_pdf import Total, compare_programs, count_pages
from tools.bench_scan_contenders import ENGINE, OURS, SCAN_CONTENDERS
from tools.make_sheets.scan import KINDS, make_scans

_SEED = 2024  # any fixed number: two runs of the bench read the same pages
_KINDS = ("clean300", "deg200")


def main() -> None:
    """Print the seconds, ratios and memory."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("-n", type=int, default=4, help="sheets of each kind")
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=_KINDS)
    parser.add_argument("--runs", type=int, default=1)
    args = parser.parse_args()
    bench_scans(args.n, args.kinds, args.runs)


def bench_scans(count: int = 4, kinds: Sequence[str] = _KINDS, runs: int = 1) -> None:
    """Print seconds per page of every program, and its time against that of the engine."""
    with tempfile.TemporaryDirectory() as folder:
        files: list[Path] = []
        for kind in kinds:
            for scan in make_scans(count, _SEED, kind, container="pdf"):
                files.append(Path(folder) / scan.sheet.name)
                files[-1].write_bytes(scan.sheet.data)
        pages = sum(map(count_pages, files))
        print(
            f"\n{len(files)} scans ({', '.join(kinds)}), {pages} pages, {runs} run(s), CPU time,"
            " a process each",
            flush=True,
        )
        totals = compare_programs(files, runs, tuple(SCAN_CONTENDERS))
    print("\n".join(table(totals, pages * runs)))


def table(totals: dict[str, Total], pages: int) -> list[str]:
    """The lines of the result; ratios are to the engine alone, or to ours where it is missing."""
    base = totals.get(ENGINE) or totals.get(OURS) or Total()
    lines = [f"{'':34} {'s/page':>7} {'time':>7} {'memory':>9}  words"]
    for name, total in totals.items():
        rate = total.seconds / pages if pages else 0.0
        ratio = total.seconds / base.seconds if base.seconds else 0.0
        failed = f", {len(total.errors)} files failed" if total.errors else ""
        memory = f"{total.peak_mb:6.0f} MB"
        lines.append(f"{name:34} {rate:7.2f} {ratio:6.2f}x {memory}  {total.found}{failed}")
    return lines


if __name__ == "__main__":
    main()
