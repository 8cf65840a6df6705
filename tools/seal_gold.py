"""Seals gold files in place: `python -m tools.seal_gold FILE…`.

Gold of sheets that may not be copied goes into the project only in this form.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from sopextract.score import seal


def main() -> None:
    """Replace every copyable text of each file by its digest; sealing twice changes nothing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("-o", "--out", type=Path, help="folder to write to; default: in place")
    args = parser.parse_args()
    for path in args.files:
        values = json.loads(path.read_text(encoding="utf-8"))
        sealed = [seal(one) for one in values] if isinstance(values, list) else seal(values)
        target = (args.out / path.name) if args.out else path
        text = json.dumps(sealed, ensure_ascii=False, indent=1)
        target.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
