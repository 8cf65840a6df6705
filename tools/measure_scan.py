"""Made scans read and judged, by degradation: text of cells, what was drawn, and the records.

    python -m tools.measure_scan clean300 deg300 deg200 -n 8 --jobs 2
    python -m tools.measure_scan deg200 -n 8 --turn 90 --wrong wrong.json

Truth of the text is what the vectors of the same page say; truth of the records is the sheet's.
What an engine said is kept in a cache, so that only the first run is slow. Of sheets kept apart
(seeds from 9000) only figures are printed.
"""

from __future__ import annotations

import argparse
import time
import traceback
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path

from sopextract.errors import SourceError
from sopextract.model.record import SopRecord
from sopextract.model.source import Page
from sopextract.normalise import normalise
from sopextract.parse import parse
from sopextract.score import ScoreReport, score
from sopextract.settings import Settings
from sopextract.validate import validate
from tools.make_sheets import MadeSheet
from tools.make_sheets.compose import FIRST_HELD_OUT_SEED
from tools.make_sheets.scan import CONTAINERS, KINDS, MadeScan, make_scan
from tools.make_sheets.scan.decoys import make_decoys
from tools.make_sheets.scan.made import fitting_sheets
from tools.make_sheets.scan.pages import count_pages
from tools.make_sheets.scan.warp import Bend, Warp
from tools.measure import GROUPS, Gold, Measured, gold_of, measures
from tools.scan_match import ScanTally, match_pages
from tools.scan_reading import CACHE, carrier, ingest_made, settings_with_cache, truth_of

DECOYS = "no sheet"
VECTOR = "vector"  # the PDFs themselves: what no scan of them can be expected to surpass


@dataclass(frozen=True)
class Part:
    """`n` scans of one kind under a label; the kind `DECOYS` are the pictures of no sheet."""

    kind: str
    n: int
    turn: int = 0
    layouts: str = "PQR"
    container: str = ""
    name: str = ""

    @property
    def label(self) -> str:
        """How it is called in tables."""
        return self.name or (f"{self.kind}, {self.turn}°" if self.turn else self.kind)


@dataclass(frozen=True)
class ScanMeasured(Measured):
    """A set of scans: `layouts` has the label of each record's part, `tallies` those of pages.

    `decoys` says of each picture of no sheet as what it was refused; "" for one that was not.
    """

    tallies: Mapping[str, ScanTally] = field(default_factory=dict)
    decoys: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Task:
    """One sheet to be scanned and read; a decoy is read as it is."""

    sheet: MadeSheet
    part: Part
    seed: int

    def scan(self) -> MadeScan:
        if self.part.kind == DECOYS:
            return MadeScan(self.sheet, DECOYS, self.sheet, ())
        part = self.part
        if part.kind == VECTOR:
            warps = tuple(Warp(Bend(), (1, 1)) for _ in range(count_pages(self.sheet.data)))
            return MadeScan(self.sheet, VECTOR, self.sheet, warps)
        return make_scan(self.sheet, self.seed, part.kind, turn=part.turn, container=part.container)


@dataclass(frozen=True)
class _Result:
    name: str
    label: str
    gold: tuple[Gold, ...]
    records: tuple[SopRecord, ...]
    tally: ScanTally
    crash: str
    refused: str  # why nothing was read


def measure_scans(
    title: str, parts: Sequence[Part], *seeds: int, jobs: int = 1, cache: Path | None = CACHE
) -> ScanMeasured:
    """Make the scans of all parts and seeds, read them in `jobs` processes, judge them together."""
    settings = settings_with_cache(cache)
    tasks = chain.from_iterable(_tasks(part, seed) for part in parts for seed in seeds)
    read = partial(_read, settings)
    if jobs == 1:
        results = list(map(read, tasks))
    else:
        with ProcessPoolExecutor(jobs) as pool:
            results = list(pool.map(read, tasks))
    tallies = {part.label: ScanTally() for part in parts}
    names: dict[str, str] = {}
    for result in results:
        tallies[result.label].join(result.tally)
        names |= {f"{result.name}#{i}": result.label for i in range(max(9, len(result.gold)))}
    gold = [one for result in results for one in result.gold]
    records = [record for result in results for record in result.records]
    crashes = tuple(f"{r.name}: {r.crash}" for r in results if r.crash)
    decoys = {r.name: r.refused for r in results if r.label == DECOYS}
    return ScanMeasured(title, score(gold, records), crashes, names, tallies, decoys)


def _tasks(part: Part, seed: int) -> Iterator[_Task]:
    if part.kind == DECOYS:
        sheets = make_decoys(seed)
    else:
        sheets = fitting_sheets(part.n, seed, part.layouts, part.container)
    for sheet in sheets:
        yield _Task(sheet, part, seed)


def _read(settings: Settings, task: _Task) -> _Result:
    scan = task.scan()
    pages: tuple[Page, ...] = ()
    records: tuple[SopRecord, ...] = ()
    crash = refused = ""
    try:
        document = ingest_made(scan.sheet, settings.ingest)
        pages = document.pages
        drafts = parse(document, settings.parse)
        made = [normalise(draft, settings.normalise) for draft in drafts]
        records = tuple(r.with_findings(validate(r, settings.lint)) for r in made)
    except SourceError as exc:
        refused = str(exc)
    except Exception:  # noqa: BLE001 -- a crash is a figure here, and the measuring goes on
        crash = traceback.format_exc(limit=-3)
    gold = tuple(gold_of(scan.sheet))
    tally = _tally(scan, pages) if scan.warps else ScanTally()
    return _Result(scan.sheet.name, task.part.label, gold, records, tally, crash, refused)


def _tally(scan: MadeScan, pages: Sequence[Page]) -> ScanTally:
    """The pages against their vectors; pages that were not read have lost everything."""
    tally = ScanTally()
    for i, wanted in enumerate(truth_of(scan)):
        found = pages[i] if i < len(pages) else None
        if found is None or found.size_pt is None:
            found = Page(i + 1, (), size_pt=wanted.size_pt)
        tally.add(match_pages(wanted, found, carrier(scan.warps[i], wanted, found)))
    return tally


WORDS = ("pages", "WER", "in found cells", "CER", "cells exact", "cells with text lost")
DRAWN = ("cells found", "in row and column", "symbols", "kinds", "connectors", "precision")
RECORDS = (
    "SOPs",
    "whole right",
    *GROUPS,
    "edges precision",
    "all values",
    "silent",
    "lost, too many",
)


def text_table(found: ScanMeasured) -> list[str]:
    """Markdown: errors of text by degradation."""
    lines = _head(WORDS)
    for label, tally in found.tallies.items():
        text = tally.text
        if tally.pages:
            figures = f"{text.wer:.2%} | {text.found_wer:.2%} | {text.cer:.2%}"
            exact = text.exact / max(text.cells, 1)
            lines.append(f"| {label} | {tally.pages} | {figures} | {exact:.1%} | {text.lost} |")
    return lines


def drawn_table(found: ScanMeasured) -> list[str]:
    """Markdown: what was drawn, by degradation."""
    lines = _head(DRAWN)
    for label, tally in found.tallies.items():
        if tally.pages:
            shares = (
                _share(tally.found, tally.cells),
                _share(tally.placed, tally.cells),
                _share(tally.seen, tally.symbols),
                _share(tally.kinds, tally.symbols),
                _share(tally.right_lines, tally.lines),
                _share(tally.right_lines, tally.right_lines + tally.wrong_lines),
            )
            lines.append(f"| {label} | {' | '.join(shares)} |")
    return lines


def record_table(found: ScanMeasured) -> list[str]:
    """Markdown: the records by degradation, and all of them."""
    lines = _head(RECORDS)
    for label in found.tallies:
        names = {name for name, its in found.layouts.items() if its == label}
        lines.append(_record_row(label, found.report.only(names)))
    return [*lines, _record_row("all", found.report)]


def _record_row(label: str, report: ScoreReport) -> str:
    groups = measures(report)
    edges = groups[GROUPS.index("edges")]
    figures = [f"{tally.f1:.4f}" for tally in groups]
    figures += [f"{edges.precision:.4f}", f"{report.total.f1:.4f}"]
    silent = f"{len(report.silent)} ({report.silent_share:.2%})"
    records = f"{len(report.missing)}, {len(report.spurious)}"
    cells = (label, len(report.records), report.whole_right, *figures, silent, records)
    return f"| {' | '.join(map(str, cells))} |"


def _head(columns: Sequence[str]) -> list[str]:
    return [f"| {' | '.join(('scans', *columns))} |", f"|---|{'--:|' * len(columns)}"]


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "–"


def tables(found: ScanMeasured) -> list[str]:
    """The three tables of a set, a blank line between them."""
    return [*text_table(found), "", *drawn_table(found), "", *record_table(found)]


def main() -> None:
    """Measure some kinds and print their tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("kinds", nargs="+", choices=(*KINDS, VECTOR, "decoys"))
    parser.add_argument("-n", type=int, default=8, help="sheets of each kind")
    parser.add_argument("--seed", type=int, nargs="+", default=[7], help="all judged together")
    parser.add_argument("--layouts", default="PQR")
    parser.add_argument("--turn", type=int, choices=(0, 90, 180, 270), default=0)
    parser.add_argument("--container", choices=CONTAINERS, default="")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--cache", type=Path, default=CACHE)
    parser.add_argument("--wrong", type=Path, help="write every wrong value (tuning seeds only)")
    parser.add_argument("--full", action="store_true", help="print the figures of every field")
    args = parser.parse_args()
    parts = [
        Part(DECOYS, 0)
        if kind == "decoys"
        else Part(kind, args.n, args.turn, args.layouts, args.container)
        for kind in args.kinds
    ]
    apart = max(args.seed) >= FIRST_HELD_OUT_SEED
    title = f"Made scans, {'kept apart' if apart else 'tuning'}"
    start = time.monotonic()
    found = measure_scans(title, parts, *args.seed, jobs=args.jobs, cache=args.cache)
    print("\n".join(tables(found)))
    print(f"{time.monotonic() - start:.0f} s")
    if args.full:
        print(found.report.to_text())
    for name, refused in found.decoys.items():
        print(f"{name}: {refused or 'TAKEN FOR A SHEET'}")
    print(f"Files on which the reader broke: {len(found.crashes)}")
    if not apart:
        print("\n".join(found.crashes[:5]))
        if args.wrong:
            args.wrong.write_text(found.report.to_json(), encoding="utf-8")
    if not all(found.decoys.values()):
        raise SystemExit("a picture of no sheet gave a record")


if __name__ == "__main__":
    main()
