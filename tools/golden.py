"""Rewrites the golden records: `python -m tools.golden [CASE…]`; read the diff as code is read.

A case is a folder of `tests/golden/`. Its source is the file `source.*` in it, or else the sample of
`raw/` that has the case's name. `record.json` is the truth as a person wrote it, and is never
touched; `parsed.json` (`parsed.01.json`, … when the source holds several SOPs) is what the pipeline
gives, byte for byte.
"""

from __future__ import annotations

import sys
from pathlib import Path

from sopextract.batch.jobs import find_jobs, open_source
from sopextract.errors import ConfigError
from sopextract.pipeline import read_sops
from sopextract.settings import Settings
from sopextract.store import numbered_path, render_record

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "tests" / "golden"


def find_cases() -> tuple[Path, ...]:
    """The folders of all cases, sorted."""
    return tuple(sorted(path for path in FOLDER.glob("*") if path.is_dir()))


def find_source(case: Path) -> Path:
    """The one source file of a case. Raises ConfigError when there is not exactly one."""
    found = sorted(case.glob("source.*")) or sorted((ROOT / "raw").glob(f"{case.name}.*"))
    if len(found) != 1:
        raise ConfigError(f"{case}: needs one file source.*, or one in raw/ of its name")
    return found[0]


def read_case(case: Path) -> dict[str, bytes]:
    """The files that the case should hold, by name, as the pipeline gives them now."""
    settings = Settings()
    job = find_jobs((str(find_source(case).resolve()),), case / ".out", settings)[0]
    records = read_sops(open_source(job), settings)
    names = [numbered_path("parsed", i, len(records)).name for i in range(len(records))]
    return {name: render_record(r) for name, r in zip(names, records, strict=True)}


def main() -> None:
    """Rewrite the cases named, or all."""
    for case in find_cases():
        if len(sys.argv) > 1 and case.name not in sys.argv[1:]:
            continue
        files = read_case(case)
        for old in case.glob("parsed*.json"):
            old.unlink()
        for name, data in files.items():
            (case / name).write_bytes(data)
            print(f"{case.name}/{name}")


if __name__ == "__main__":
    main()
