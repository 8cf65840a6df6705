"""Is every file of an archive with faults accounted for, and does none of them hang or crash a run?

    python -m tools.check_faults [--files 2000] [--seed 1]

The archive is that of `make_faults`. Counted by other means than the batch's: the entries that lie
there, the lines on stderr, the rows of the ledger. Status 1 if one is lost, hangs or shows a trace.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from sopextract.batch.folder import open_ledger
from sopextract.model.outcome import Status
from tools.make_faults import make_archive

_HANG_S = 3600.0  # a run that takes longer than this hangs


@dataclass
class Check:
    """What a run over an archive with faults came to."""

    entries: int
    told: int = 0
    rows: int = 0
    pending: int = 0
    hung: bool = False
    traces: int = 0
    seconds: float = 0.0
    states: Counter[str] = field(default_factory=Counter)

    @property
    def lost(self) -> int:
        """Entries without a word on stderr or without a state in the ledger."""
        return max(abs(self.entries - self.told), abs(self.entries - self.rows) + self.pending)

    @property
    def good(self) -> bool:
        """Whether all are accounted for."""
        return not (self.lost or self.hung or self.traces)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        raw = Path(name) / "raw"
        made = make_archive(raw, args.files, args.seed)
        found = check(raw, Path(name) / "out")
    print(f"{args.files} entries, {len(made) - 1} kinds of fault, {found.seconds:.0f} s")
    print(
        f"accounted for {found.entries - found.lost} of {found.entries}, lost {found.lost}, ",
        end="",
    )
    print(f"hung {int(found.hung)}, tracebacks shown {found.traces}")
    print(", ".join(f"{state} {number}" for state, number in sorted(found.states.items())))
    sys.exit(0 if found.good else 1)


def check(raw: Path, out: Path, options: Iterable[str] = ()) -> Check:
    """Run over an archive and count."""
    found = Check(_count(raw))
    command = [sys.executable, "-m", "sopextract", "parse", str(raw), "-o", str(out)]
    start = time.perf_counter()
    try:
        done = subprocess.run(
            [*command, "--log", "json", *options],
            capture_output=True, text=True, errors="replace", check=False, timeout=_HANG_S,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        found.hung = True
        return found
    found.seconds = time.perf_counter() - start
    found.traces = done.stderr.count("Traceback")
    found.told = len(
        {v["source"] for v in map(json.loads, done.stderr.splitlines()) if "status" in v}
    )
    with open_ledger(out, read_only=True) as ledger:
        states = ledger.count()
        found.rows = len({row.source for row in ledger.rows()})
    found.pending = states[Status.PENDING]
    found.states = Counter({state.value: number for state, number in states.items()})
    return found


def _count(raw: Path) -> int:
    """Entries that are no folder: each is an input, whatever it is; an archive is its members."""
    return sum(_inputs(Path(base, name)) for base, _, names in os.walk(raw) for name in names)


def _inputs(path: Path) -> int:
    """One, or as many as an archive has members; an empty one is told as itself."""
    if path.suffix != ".zip":
        return 1
    with zipfile.ZipFile(path) as archive:
        return max(1, len(archive.namelist()))


if __name__ == "__main__":
    main()
