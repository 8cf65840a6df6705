"""Routes thousands of random flows and counts what no sheet may have: `make flows`.

`python -m tools.check_flows [--from SEED] [--count N] [--jobs N]`: flows as full as forms get, cut
into A4 pages; every seed is a flow of its own, so that the run can be split into ranges of seeds.
Counts edges that found no way on their page, lines through a symbol, lines along another line and
labels that something hits; all must be 0. Crossings are printed, as fewer are better.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from os import cpu_count

from sopextract.render.sheet.build import build_sheet
from sopextract.render.sheet.pages import lay_pages
from sopextract.render.sheet.paper import paper_of
from tests.render.flows import crowded_flow
from tests.render.test_routing import inside_symbols, overlapping

FAULTS = ("unroutable", "through a symbol", "overlapping", "labels hit", "too high")
COUNT = 10_000
EVERY = 500  # flows from one line of progress to the next: a minute or two


def check_flow(seed: int) -> Counter[str]:
    """What one flow gives."""
    paper = paper_of("A4", "landscape")
    flow = lay_pages(build_sheet(crowded_flow(seed)), paper, marks=True)
    found: Counter[str] = Counter(sheets=1, pages=len(flow.pages))
    told = sum(row.note.count("ke langkah") for row in flow.sheet.rows)
    found["unroutable"] += told
    for page in flow.pages:
        routing = page.layout.routing
        found["edges"] += len(page.sheet.edges)
        found["crossings"] += routing.crossings
        found["dense pages"] += routing.dense
        found["unroutable"] += len(routing.failed)
        found["through a symbol"] += sum(
            bool(inside_symbols(page.sheet, page.layout, c)) for c in routing.connectors
        )
        found["overlapping"] += len(overlapping(page.layout))
        found["labels"] += len(page.layout.labels)
        found["labels hit"] += sum(bool(label.hits) for label in page.layout.labels)
        height = sum(page.layout.heights) + flow.head.total_mm
        found["too high"] += height > paper.body_mm[1] + 0.01
    return found


def check_flows(seeds: range, jobs: int) -> Counter[str]:
    """What all these flows give; says how far it is, and names each flow with a fault."""
    total: Counter[str] = Counter()
    with ProcessPoolExecutor(jobs) as pool:
        for seed, found in zip(seeds, pool.map(check_flow, seeds, chunksize=8), strict=True):
            total += found
            if bad := {k: v for k, v in found.items() if k in FAULTS and v}:
                print(f"flow {seed}: {bad}", flush=True)
            if total["sheets"] % EVERY == 0:
                faults = sum(total[name] for name in FAULTS)
                print(f"{total['sheets']} of {len(seeds)} flows, {faults} faults", flush=True)
    return total


def main(args: Sequence[str] | None = None) -> int:
    """Check that many flows; 1 when there was a fault."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--from", dest="first", type=int, default=0, help="seed of the first flow")
    parser.add_argument("--count", type=int, default=COUNT, help="how many flows")
    parser.add_argument("--jobs", type=int, default=cpu_count() or 1, help="processes")
    options = parser.parse_args(args)
    begin = time.perf_counter()
    total = check_flows(range(options.first, options.first + options.count), options.jobs)
    seconds = time.perf_counter() - begin
    names = ("sheets", "pages", "edges", "labels", "dense pages", "crossings", *FAULTS)
    for name in names:
        print(f"{name:18} {total[name]}")
    print(f"{'crossings a sheet':18} {total['crossings'] / max(1, total['sheets']):.2f}")
    print(f"{'seconds':18} {seconds:.0f}")
    return int(any(total[name] for name in FAULTS))


if __name__ == "__main__":
    sys.exit(main())
