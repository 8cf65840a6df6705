"""Writes made sheets and their truth: `python -m tools.make_sheets OUT -n 200 --seed 7`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from tools.make_sheets.made import make_sheets


def main() -> None:
    """Write `OUT/raw/*` and `OUT/gold/*.json`; a file that is no SOP has `[]` as its truth."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("-n", type=int, default=50)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument(
        "--layouts",
        default="ABCDEFGN",
        help="text A to G, N no SOP, PDF P to S, W DOCX, X XLSX, Y and Z these two printed",
    )
    args = parser.parse_args()
    raw, gold = args.out / "raw", args.out / "gold"
    raw.mkdir(parents=True, exist_ok=True)
    gold.mkdir(parents=True, exist_ok=True)
    for made in make_sheets(args.n, args.seed, args.layouts):
        (raw / made.name).write_bytes(made.data)
        text = json.dumps(list(made.gold), ensure_ascii=False, indent=1)
        (gold / f"{made.name}.json").write_text(text + "\n", encoding="utf-8")
    print(f"{args.n} sheets in {raw}, their truth in {gold}")


if __name__ == "__main__":
    main()
