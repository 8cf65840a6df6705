"""Writes made sheets and their truth: `python -m tools.make_sheets OUT -n 200 --seed 7`.

As scans: `python -m tools.make_sheets OUT -n 20 --layouts PQR --scan deg200 --turn 90`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from tools.make_sheets.made import make_sheets
from tools.make_sheets.scan import CONTAINERS, KINDS, make_scans
from tools.make_sheets.scan.decoys import make_decoys
from tools.make_sheets.sheet import MadeSheet


def main() -> None:
    """Write `OUT/raw/*` and `OUT/gold/*.json`; a file that is no SOP has `[]` as its truth."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("-n", type=int, default=50)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument(
        "--layouts",
        help="text A to G, N no SOP, PDF P to S, W DOCX, X XLSX, Y and Z these two printed",
    )
    parser.add_argument("--scan", choices=(*KINDS, "decoys"), help="PDF layouts as scans")
    parser.add_argument("--turn", type=int, choices=(0, 90, 180, 270), default=0)
    parser.add_argument("--container", choices=CONTAINERS, default="", help="of scans; else mixed")
    args = parser.parse_args()
    raw, gold = args.out / "raw", args.out / "gold"
    raw.mkdir(parents=True, exist_ok=True)
    gold.mkdir(parents=True, exist_ok=True)
    count = 0
    for made in _make(args):
        count += 1
        (raw / made.name).write_bytes(made.data)
        text = json.dumps(list(made.gold), ensure_ascii=False, indent=1)
        (gold / f"{made.name}.json").write_text(text + "\n", encoding="utf-8")
    print(f"{count} files in {raw}, their truth in {gold}")


def _make(args: argparse.Namespace) -> Iterator[MadeSheet]:
    if args.scan == "decoys":
        yield from make_decoys(args.seed)
    elif args.scan:
        layouts = args.layouts or "PQR"
        scans = make_scans(
            args.n, args.seed, args.scan, layouts, turn=args.turn, container=args.container
        )
        yield from (scan.sheet for scan in scans)
    else:
        yield from make_sheets(args.n, args.seed, args.layouts or "ABCDEFGN")


if __name__ == "__main__":
    main()
