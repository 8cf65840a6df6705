"""Fits the confidence table: `python -m tools.fit_confidence`; rewrites its JSON.

Only made sheets of the tuning seeds are used, several draws of them; the kept-apart ones stay for
checking the promise (`make accuracy` prints it as the reliability table). Values of scans have
curves of their own:

    python -m tools.fit_confidence -n 0 --scans 6     the scans' alone; the others stay as they are

What the engine said is kept, so that only the first run takes long (5 s a page).
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from sopextract.errors import SourceError
from sopextract.model.draft import Method
from sopextract.model.record import SopRecord
from sopextract.normalise import normalise
from sopextract.normalise.confidence import NULLS, Observation, dump_table, fit, load_table
from sopextract.parse import parse
from sopextract.pipeline import read_sops
from sopextract.score import score
from sopextract.settings import NormaliseSettings, Settings
from tools.make_sheets import make_sheets
from tools.make_sheets.scan import KINDS, make_scans
from tools.measure import Gold, gold_of, source_file
from tools.scan_reading import ingest_made, settings_with_cache

TABLE = Path(__file__).parent.parent / "sopextract" / "lexicon" / "data" / "confidence.json"
SEEDS = (101, 102, 103, 104)  # tuning seeds, none of them looked at
_RAW = Settings(normalise=NormaliseSettings(calibrate=False))
_POSITION = re.compile(r"/\d+(?=/|$)")


def observe(n: int, seed: int) -> Iterator[Observation]:
    """Every value of made sheets with its raw score and whether it was right."""
    records: list[SopRecord] = []
    gold: list[Gold] = []
    with tempfile.TemporaryDirectory() as folder:
        for made in make_sheets(n, seed):
            location = Path(folder) / made.name
            location.write_bytes(made.data)
            gold += gold_of(made)
            try:
                records += read_sops(source_file(made.name, location), _RAW)
            except SourceError:
                continue
    yield from observed(gold, records)


def observe_scans(n: int, seed: int) -> Iterator[Observation]:
    """The same for `n` scans of each kind."""
    settings = settings_with_cache().model_copy(update={"normalise": _RAW.normalise})
    for kind in KINDS:
        for scan in make_scans(n, seed, kind):
            try:
                document = ingest_made(scan.sheet, settings.ingest)
                drafts = parse(document, settings.parse)
            except SourceError:
                continue
            records = [normalise(draft, settings.normalise) for draft in drafts]
            yield from observed(gold_of(scan.sheet), records)


def observed(gold: Sequence[Gold], records: Sequence[SopRecord]) -> Iterator[Observation]:
    """Every value of records with raw scores, compared with their gold.

    A value counts as one of a scan where its page was read from pixels.
    """
    named = {f"{record.source.path}#{record.source.index}": record for record in records}
    for seen in score(gold, records).observations:
        if seen.method is not None and seen.path is not None:
            field = _POSITION.sub("", seen.path).lstrip("/")
            scan = _is_of_scan(named[seen.record], seen.path)
            yield Observation(field, Method(seen.method), seen.confidence, seen.correct, scan)


def _is_of_scan(record: SopRecord, path: str) -> bool:
    pages = {note.page for note in record.page_notes if note.scan is not None}
    while path and path not in record.provenance:
        path = path.rpartition("/")[0]
    given = record.provenance.get(path)
    return bool(pages) and (given is None or given.page is None or given.page in pages)


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("-n", type=int, default=400, help="made sheets per seed; 0: none")
    parser.add_argument("--scans", type=int, default=0, help="scans per kind and seed; 0: none")
    args = parser.parse_args()
    text = TABLE.read_text(encoding="utf-8")
    kept, origins = load_table(text), json.loads(text)["origin"].split("; ")
    plain = {key: curve for key, curve in kept.items() if not key.endswith("|scan")}
    scans = {key: curve for key, curve in kept.items() if key.endswith("|scan")}
    seeds = f"tuning seeds {', '.join(map(str, SEEDS))}"
    if args.n:
        found = [one for seed in SEEDS for one in observe(args.n, seed)]
        plain = fit(found)
        origins[0] = f"{len(found)} values of made sheets, {seeds}"
    if args.scans:
        found = [one for seed in SEEDS for one in observe_scans(args.scans, seed) if one.scan]
        scans = fit(found)
        origins[1:] = [f"{len(found)} values of made scans, {seeds}"]
    origin = "; ".join(origins)
    TABLE.write_text(dump_table({**plain, **scans, **NULLS}, origin), encoding="utf-8")
    print(origin)


if __name__ == "__main__":
    main()
