"""Rewrites the golden records: `python -m tools.golden`; read the diff as code is read.

`tests/golden/parsed/` holds what the pipeline gives for the samples of `raw/`, byte for byte. The
truth as a person wrote it lies beside it and is never touched.
"""

from __future__ import annotations

from pathlib import Path

from sopextract.batch.jobs import find_jobs, open_source
from sopextract.errors import NotASopError
from sopextract.pipeline import read_sops
from sopextract.settings import Settings
from sopextract.store import numbered_path, render_record

ROOT = Path(__file__).resolve().parent.parent
PARSED = ROOT / "tests" / "golden" / "parsed"


def read_samples() -> dict[str, bytes]:
    """The records of all samples as they are now, by their path; a file that is no SOP has none."""
    settings = Settings()
    found: dict[str, bytes] = {}
    for job in find_jobs((str(ROOT / "raw"),), PARSED, settings):
        try:
            records = read_sops(open_source(job), settings)
        except NotASopError:
            continue
        for i, record in enumerate(records):
            found[str(numbered_path(job.stem, i, len(records)))] = render_record(record)
    return found


def read_golden() -> dict[str, bytes]:
    """The records as they were when they were last looked at, by their path."""
    paths = sorted(PARSED.rglob("*.json"))
    return {path.relative_to(PARSED).as_posix(): path.read_bytes() for path in paths}


def main() -> None:
    """Rewrite what differs and name it."""
    old, new = read_golden(), read_samples()
    for name in sorted(old.keys() - new.keys()):
        (PARSED / name).unlink()
        print(f"gone     {name}")
    for name, data in sorted(new.items()):
        if old.get(name) != data:
            (PARSED / name).parent.mkdir(parents=True, exist_ok=True)
            (PARSED / name).write_bytes(data)
            print(f"{'changed ' if name in old else 'new     '} {name}")


if __name__ == "__main__":
    main()
