"""Fits the confidence table: `python -m tools.fit_confidence`; rewrites its JSON.

Only made sheets of the tuning seeds are used, several draws of them; the kept-apart ones stay for
checking the promise (`make accuracy` prints it as the reliability table).
"""

from __future__ import annotations

import argparse
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sopextract.errors import SourceError
from sopextract.model.draft import Method
from sopextract.model.record import SopRecord
from sopextract.normalise.confidence import NULLS, dump_table, fit
from sopextract.pipeline import read_sops
from sopextract.score import score
from sopextract.settings import NormaliseSettings, Settings
from tools.make_sheets import make_sheets
from tools.measure import gold_of, source_file

TABLE = Path(__file__).parent.parent / "sopextract" / "lexicon" / "data" / "confidence.json"
SEEDS = (101, 102, 103, 104)  # tuning seeds, none of them looked at
_RAW = Settings(normalise=NormaliseSettings(calibrate=False))
_POSITION = re.compile(r"/\d+(?=/|$)")


def observe(n: int, seed: int) -> Iterator[tuple[str, Method, float, bool]]:
    """Field, method, raw score and whether the value was right, for every value of made sheets."""
    records: list[SopRecord] = []
    gold = []
    with tempfile.TemporaryDirectory() as folder:
        for made in make_sheets(n, seed):
            location = Path(folder) / made.name
            location.write_bytes(made.data)
            gold += gold_of(made)
            try:
                records += read_sops(source_file(made.name, location), _RAW)
            except SourceError:
                continue
    for seen in score(gold, records).observations:
        if seen.method is not None and seen.path is not None:
            field = _POSITION.sub("", seen.path).lstrip("/")
            yield field, Method(seen.method), seen.confidence, seen.correct


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("-n", type=int, default=400, help="made sheets per seed")
    args = parser.parse_args()
    found = [one for seed in SEEDS for one in observe(args.n, seed)]
    origin = f"{len(found)} values of made sheets, tuning seeds {', '.join(map(str, SEEDS))}"
    TABLE.write_text(dump_table({**fit(found), **NULLS}, origin), encoding="utf-8")
    print(origin)


if __name__ == "__main__":
    main()
