"""How long a comparison of many SOPs takes, and how much memory: `python -m tools.bench_compare`.

Made records (`made_families/many.py`), each size in a process of its own. The bar: 10,000 SOPs in
120 s and 2 GB on two cores, growing no faster than n·log n from 1,000 on: the last column holds the
time of the comparison over that of the smallest size, divided by n·log n over the same.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import subprocess
import sys
import time
from collections.abc import Sequence

from sopextract.compare import compare
from sopextract.settings import CompareSettings
from tools.made_families.many import make_many
from tools.measure_families import family_score

SIZES = (1000, 2000, 5000, 10000)


def run_one(count: int) -> dict[str, float]:
    """Make and compare so many records; seconds, megabytes, F1 of family pairs."""
    made = list(make_many(count))
    records = [one.record for one in made]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start, cpu = time.perf_counter(), time.process_time()
    compared = compare(records, CompareSettings())
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    start = time.perf_counter()
    data = compared.model_dump_json()
    return {
        "sops": count,
        "families": len(compared.families),
        "seconds": seconds,
        "cpu_seconds": cpu,
        "json_seconds": time.perf_counter() - start,
        "json_mb": len(data) / 1e6,
        "records_mb": before,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "family_f1": family_score([f.members for f in compared.families], made).f1,
    }


def main(argv: Sequence[str] | None = None) -> int:
    """Print the curve."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=list(SIZES))
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args(argv)
    if options.one:
        sys.stdout.write(json.dumps(run_one(options.one)) + "\n")
        return 0
    first: tuple[int, float] | None = None
    for size in options.sizes:
        command = [sys.executable, "-m", "tools.bench_compare", "--one", str(size)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        found: dict[str, float] = json.loads(done.stdout)
        first = first or (size, found["cpu_seconds"])
        grown = (size * math.log(size)) / (first[0] * math.log(first[0]))
        sys.stdout.write(
            f"{size:6} SOPs  {found['seconds']:6.1f} s ({found['cpu_seconds']:.1f} s of one core)  "
            f"peak {found['peak_mb']:6.0f} MB (records alone {found['records_mb']:.0f})  "
            f"{found['families']:.0f} families, F1 {found['family_f1']:.4f}  "
            f"n·log n: {found['cpu_seconds'] / first[1] / grown:.2f}\n"
        )
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
