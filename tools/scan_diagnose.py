"""What a scan's pages lose against their vectors, page by page, and pictures of it.

    python -m tools.scan_diagnose deg200 -n 6 --seed 7
    python -m tools.scan_diagnose photo -n 2 --turn 90 --png OUT --quiet
    python -m tools.scan_diagnose deg200 -n 6 --seed 9501 (looks once kept apart, since looked at)

Green: cells, symbols and lines that are right; red: what is missing (dashed, in its true place) or
wrong; orange: cells and symbols too many.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from pathlib import Path

from sopextract.core.geometry import centre
from sopextract.model.source import Page
from sopextract.settings import IngestSettings
from tools.make_sheets.compose import FIRST_FRESH_SEED
from tools.make_sheets.scan import CONTAINERS, KINDS, MadeScan, make_scan
from tools.make_sheets.scan.made import fitting_sheets
from tools.scan_match import PageMatch, ScanTally, match_pages
from tools.scan_picture import draw_match
from tools.scan_reading import (
    CACHE,
    ReadPage,
    carrier,
    rasters_of,
    read_file,
    read_rasters,
    settings_with_cache,
    truth_of,
)

# The first hundred PDFs of the first seed were looked at after their figures were taken: the
# looks of these seeds may be tuned on (docs/accuracy.md), with the wear of scans for tuning.
_SEEN, _SEEN_LAYOUTS, _SEEN_SHEETS = range(9501, 9591), "PQRS", 100
_SURE = 0.9  # wrong and at least so sure: silent


def main() -> None:
    """Print what differs, page by page, and the sums."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("-n", type=int, default=4, help="sheets")
    parser.add_argument("--only", type=int, help="the one sheet of this number, from 0")
    parser.add_argument("--page", type=int, help="the one page of this number, from 1")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--layouts", default="")
    parser.add_argument("--turn", type=int, choices=(0, 90, 180, 270), default=0)
    parser.add_argument("--container", choices=CONTAINERS, default="")
    parser.add_argument("--how", choices=("pixels", "file"), default="pixels")
    parser.add_argument("--png", type=Path, help="a folder for pictures of the pages")
    parser.add_argument("--cache", type=Path, default=CACHE)
    parser.add_argument("--quiet", action="store_true", help="the sums only")
    args = parser.parse_args()
    if args.seed in _SEEN:
        args.layouts = args.layouts or _SEEN_LAYOUTS
    elif args.seed >= FIRST_FRESH_SEED:
        parser.error("sheets kept apart must not be looked at: see tools.measure_scan")
    args.layouts = args.layouts or "PQR"
    settings = settings_with_cache(args.cache).ingest
    if args.png:
        args.png.mkdir(parents=True, exist_ok=True)
    tally = ScanTally()
    for number, scan in enumerate(_scans(args)):
        if args.only in (None, number):
            diagnose(scan, settings, tally, args)
    print("\n".join(tally.lines_of()))


def _scans(args: argparse.Namespace) -> Iterator[MadeScan]:
    n = args.n if args.only is None else args.only + 1
    sheets = fitting_sheets(n, args.seed, args.layouts, args.container)
    if args.seed in _SEEN:
        sheets = (s for s in sheets if int(Path(s.name).stem[-4:]) < _SEEN_SHEETS)
    for sheet in sheets:
        yield make_scan(
            sheet, args.seed, args.kind, turn=args.turn, container=args.container, apart=False
        )


def diagnose(
    scan: MadeScan, settings: IngestSettings, tally: ScanTally, args: argparse.Namespace
) -> None:
    """One sheet: print its pages, count them."""
    truth = truth_of(scan)
    read = (read_rasters if args.how == "pixels" else read_file)(scan.sheet, settings)
    rasters = rasters_of(scan.sheet)
    start = time.monotonic()
    for number, (wanted, warp, found) in enumerate(zip(truth, scan.warps, read, strict=True), 1):
        seconds = time.monotonic() - start
        raster = found.raster or next(rasters)
        if args.page not in (None, number):
            start = time.monotonic()
            continue
        carry = carrier(warp, wanted, found.page)
        match = match_pages(wanted, found.page, carry)
        tally.add(match)
        if not args.quiet:
            print("\n".join(_report(scan, number, wanted, found, match, seconds)))
        if args.png:
            picture = draw_match(raster, found.page, match, carry)
            stem = Path(scan.sheet.name).stem
            picture.save(args.png / f"{stem}-{number}.png")
        start = time.monotonic()


def _report(
    scan: MadeScan, number: int, wanted: Page, found: ReadPage, match: PageMatch, seconds: float
) -> Iterator[str]:
    one = ScanTally()
    one.add(match)
    yield f"== {scan.sheet.name} page {number} ({seconds:.1f} s)"
    if (reading := found.page.scan) is not None:
        warp = scan.warps[number - 1]
        yield (
            f"   turned {reading.turn}, skew {reading.skew_deg:.2f}"
            f" (made {warp.turn}, {warp.bend.skew_deg:.2f}), {reading.words} words,"
            f" {reading.unread} unread, confidence {reading.mean_confidence}, known"
            f" {reading.known_share}, poor: {reading.poor}"
        )
    yield from (f"   {line}" for line in one.lines_of())
    yield from _cell_lines(match)
    kinds = {s.id: s.outline.value for s in wanted.symbols}
    for pair in match.symbols:
        at = _at(pair.wanted.place.bbox)
        if pair.found is None:
            yield f"   - symbol {pair.wanted.id} {pair.wanted.outline.value} true {at}"
        elif pair.found.outline is not pair.wanted.outline:
            yield (
                f"   ! symbol {pair.wanted.id} {pair.wanted.outline.value} read as"
                f" {pair.found.outline.value} ({pair.found.score:.2f}) {at}"
            )
    for symbol in match.spare_symbols:
        yield f"   + symbol {symbol.outline.value} ({symbol.score:.2f}) {_at(symbol.place.bbox)}"
    for line in match.lost_lines:
        names = " ".join(kinds.get(int(end), "?") for end in line.split("→"))
        yield f"   - connector {line} ({names})"
    for line in match.wrong_lines:
        yield f"   + connector {line}"


def _cell_lines(match: PageMatch) -> Iterator[str]:
    for wanted, found in match.cells:
        where = "/".join(str(part) for part in wanted.at)
        if found is None:
            yield f"   - cell {where} {wanted.text[:60]!r} true {_at(wanted.box)}"
        elif found.text != wanted.text:
            silent = " SURE" if found.score >= _SURE else ""
            yield f"   ! cell {where} ({found.score:.2f}{silent})"
            yield f"       wanted {wanted.text!r}"
            yield f"       found  {found.text!r}"
        elif found.at != wanted.at:
            yield f"   ! cell {where} stands at {'/'.join(map(str, found.at))} {wanted.text[:40]!r}"
    for spare in match.spare_cells:
        where = "/".join(map(str, spare.at))
        yield f"   + cell {where} {spare.text[:60]!r} {_at(spare.box)}"


def _at(box: tuple[float, float, float, float] | None) -> str:
    if box is None:
        return ""
    x, y = centre(box)
    return f"at {x:.0f},{y:.0f} ({box[2] - box[0]:.0f}×{box[3] - box[1]:.0f} pt)"


if __name__ == "__main__":
    main()
