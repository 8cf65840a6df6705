"""The report of an archive, written and opened: seconds, bytes, and when the page can be used.

`python -m tools.bench_report [-n 10000] [--agencies 128] [--runs 3] [--keep FOLDER]`. The page is
opened in Chromium without a window, from disk; "interactive" is from the start of loading until a
filter answers, so that nothing counts that only looks ready. Bar: 3 s for 10,000 SOPs, 25 MB.
"""

from __future__ import annotations

import argparse
import gc
import resource
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page

from sopextract.compare import compare, render_notes, render_report
from sopextract.compare.comparison import Comparison
from sopextract.model.record import SopRecord
from sopextract.settings import CompareSettings, LintSettings
from sopextract.validate import validate
from tests.compare.browser import CHROMIUM, open_browser, open_report
from tools.made_archive import make_archive

SEED = 7  # any fixed number
INTERACTIVE_MAX_S, PAGE_MAX_BYTES = 3.0, 25_000_000
VIEWS = ("daftar", "kelengkapan", "temuan", "hukum", "keluarga", "waktu", "salinan", "cakupan")
NOTES = 200  # of these notes the rate is told


def main() -> None:
    """Make the archive, write its report, open it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=10_000, help="SOPs")
    parser.add_argument("--agencies", type=int, default=128)
    parser.add_argument("--runs", type=int, default=3, help="how often the page is opened")
    parser.add_argument("--keep", type=Path, help="folder that keeps the report")
    args = parser.parse_args()
    bench_report(args.n, args.agencies, args.runs, args.keep)


def bench_report(
    count: int = 10_000, agencies: int = 128, runs: int = 3, keep: Path | None = None
) -> None:
    """Print what the report of `count` SOPs costs to write and to open."""
    records = [
        r.with_findings(tuple(validate(r, LintSettings())))
        for r in make_archive(count, SEED, agencies)
    ]
    settings = CompareSettings()
    gc.disable()  # as `write_report` does
    with _told("compared"):
        comparison = compare(records, settings)
    with tempfile.TemporaryDirectory() as temporary:
        folder = keep or Path(temporary)
        folder.mkdir(exist_ok=True)
        _write(comparison, records, settings, folder)
        gc.enable()
        gc.freeze()  # or walks over millions of records are timed with the browser
        print(f"{len(comparison.families)} families, {len(comparison.legal.rows)} laws")
        if CHROMIUM is None:
            print("skipped: the page is opened in Chromium, which is not on the PATH")
        else:
            _open(folder, runs)


def _write(
    comparison: Comparison, records: Sequence[SopRecord], settings: CompareSettings, folder: Path
) -> None:
    with _told("page, workbook and JSON"):
        files = render_report(comparison, records, settings)
    for name, data in files.items():
        (folder / name).write_bytes(data)
        print(f"  {name}: {len(data) / 1e6:.1f} MB")
    small = "within" if len(files["index.html"]) <= PAGE_MAX_BYTES else "OVER"
    print(f"  the page is {small} {PAGE_MAX_BYTES / 1e6:.0f} MB")
    with _told(f"{min(NOTES, len(records))} evaluation notes"):
        for _ in render_notes(comparison, records, settings, range(min(NOTES, len(records)))):
            pass
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"peak memory {peak:.2f} GB")


def _open(folder: Path, runs: int) -> None:
    times, views = [], dict.fromkeys(VIEWS, 0.0)
    with open_browser() as browser:
        for _ in range(runs):
            report = open_report(browser, folder)
            start = time.perf_counter()
            report.at("daftar")
            report.page.select_option("#pd", "1")
            assert len(report.rows("daftar")) > 0  # noqa: S101  # the filter has answered
            times.append(time.perf_counter() - start)
            report.page.close()
        report = open_report(browser, folder)
        report.at("ringkasan")
        for view in VIEWS:
            views[view] = _seconds(report.page, view)
        family = _seconds(report.page, "keluarga-1")
        search = _seconds(report.page, "daftar?cari=arsip%20museum")
        sort = _seconds(report.page, "waktu?urut=-jumlah")
        print(f"complaints of the browser: {len(report.complaints)}, requests: {report.requests}")
    worst = max(times)
    print(f"interactive after {statistics.median(times):.2f} s, at most {worst:.2f} s of {runs}")
    print(f"  {'within' if worst <= INTERACTIVE_MAX_S else 'OVER'} {INTERACTIVE_MAX_S:.0f} s")
    print("views: " + ", ".join(f"{name} {spent:.2f} s" for name, spent in views.items()))
    print(f"largest family {family:.2f} s, search {search:.2f} s, sorting {sort:.2f} s")


def _seconds(page: Page, address: str) -> float:
    """From a change of the address until the browser has painted what it says."""
    spent: float = page.evaluate(
        """(address) => new Promise((done) => {
          const start = performance.now();
          location.hash = address;
          function look() {
            const drawn = document.documentElement.dataset.siap === location.hash;
            if (!drawn) requestAnimationFrame(look);
            else requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
          }
          look();
        })""",
        address,
    )
    return spent / 1000


@contextmanager
def _told(what: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    print(f"{what}: {time.perf_counter() - start:.1f} s")


if __name__ == "__main__":
    main()
