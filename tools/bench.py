"""Text sheets and PDF pages per second and core: the whole chain, bytes to record with findings.

`python -m tools.bench [-n 200] [--runs 5] [--pdf FOLDER] [--no-install] [--no-scans]
[--no-report]`. Single
process. Of text the median of the runs counts: the best flatters, and the mean is spoilt by
whatever else the machine does. PDFs and scans are read beside other programs, in turn, so that what
counts is their ratio.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from sopextract.batch.jobs import Job, find_jobs, open_source
from sopextract.errors import SourceError
from sopextract.ingest import ingest
from sopextract.normalise import normalise
from sopextract.parse import parse
from sopextract.settings import Settings
from sopextract.store import render_record
from sopextract.validate import validate
from tools.bench_batch import bench_batches
from tools.bench_export import bench_exports
from tools.bench_pdf import bench_pdfs
from tools.bench_report import bench_report
from tools.bench_scan import bench_scans
from tools.bench_scan_memory import bench_memory
from tools.bench_sheets import bench_sheets
from tools.make_sheets import make_sheets

STAGES = ("open", "ingest", "parse", "normalise", "validate", "to JSON")
SEED = 2024  # any fixed number: two runs of the bench read the same sheets


def main() -> None:
    """Print the rates, and the share of each stage."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=200, help="sheets")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--pdf", type=Path, help="PDFs to read; else the real ones, or made ones")
    parser.add_argument("--no-install", action="store_true", help="only programs that are there")
    parser.add_argument("--no-scans", action="store_true", help="they take two minutes")
    parser.add_argument("--no-report", action="store_true", help="10,000 SOPs take minutes")
    args = parser.parse_args()
    bench_text(args.n, args.runs)
    bench_pdfs(args.pdf, install=not args.no_install)
    bench_sheets()
    bench_batches()
    bench_exports()
    if not args.no_report:
        bench_report()
    if not args.no_scans:
        bench_scans()
        bench_memory()


def bench_text(count: int, run_count: int) -> None:
    """Print the rate of text sheets and the share of each stage."""
    with tempfile.TemporaryDirectory() as folder:
        for made in make_sheets(count, SEED):
            (Path(folder) / made.name).write_bytes(made.data)
        jobs = find_jobs((folder,), Path(folder) / ".out", Settings())
        one_run(jobs[:10])  # word lists and rules are loaded on first use
        runs = [one_run(jobs) for _ in range(run_count)]
    totals = [sum(spent.values()) for spent, _ in runs]
    middle = runs[totals.index(sorted(totals)[len(totals) // 2])]
    sops = middle[1]
    print(f"{len(jobs)} files, {sops} SOPs, {run_count} runs, one core")
    print(f"{sops / statistics.median(totals):.1f} sheets per second (median)")
    print(f"from {sops / max(totals):.1f} to {sops / min(totals):.1f}")
    for stage, seconds in sorted(middle[0].items(), key=lambda item: -item[1]):
        share = seconds / sum(middle[0].values())
        print(f"{stage:10} {share:6.1%}  {1000 * seconds / max(sops, 1):7.2f} ms per sheet")


def one_run(jobs: tuple[Job, ...]) -> tuple[dict[str, float], int]:
    """Read every file once: seconds per stage, and how many SOPs there were."""
    spent: dict[str, float] = dict.fromkeys(STAGES, 0.0)
    sops = 0
    for job in jobs:
        sops += read_one(job, spent)
    return spent, sops


def read_one(job: Job, spent: dict[str, float]) -> int:
    """The stages in the order of `sopextract.pipeline`, each timed; 0 for what is no SOP."""
    clock = time.perf_counter
    settings = job.settings
    marks = [clock()]
    try:
        source = open_source(job)
        marks.append(clock())
        document = ingest(source, settings.ingest)
        marks.append(clock())
        drafts = parse(document, settings.parse)
        marks.append(clock())
    except SourceError:
        return 0
    records = [normalise(draft, settings.normalise) for draft in drafts]
    marks.append(clock())
    records = [r.with_findings(validate(r, settings.lint)) for r in records]
    marks.append(clock())
    for record in records:
        render_record(record)
    marks.append(clock())
    for name, start, end in zip(STAGES, marks, marks[1:], strict=False):
        spent[name] += end - start
    return len(records)


if __name__ == "__main__":
    main()
