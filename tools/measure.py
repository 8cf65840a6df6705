"""Sheets read and held against their truth: what `tools.accuracy` makes its tables of."""

from __future__ import annotations

import hashlib
import json
import tempfile
import traceback
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sopextract.errors import SourceError
from sopextract.ingest import detect_media_type
from sopextract.model.record import SopRecord
from sopextract.model.source import SourceFile
from sopextract.pipeline import read_sops
from sopextract.score import ScoreReport, Tally, score
from sopextract.settings import Settings
from tools.make_sheets import MadeSheet, make_sheets

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "tests" / "golden"
SEEDS = ROOT.parent / "shared" / "seeds"
REAL = ROOT.parent / "shared" / "real"
_HEAD = 4096  # bytes that settle the kind of a file
_STEP_CELLS = ("no", "kegiatan", "kelengkapan", "output", "keterangan", "waktu")

Gold = Mapping[str, object]


@dataclass(frozen=True)
class Measured:
    """One set of sheets: its report, and for made sheets which record has which layout."""

    title: str
    report: ScoreReport
    crashes: tuple[str, ...]
    layouts: Mapping[str, str]

    @property
    def apart(self) -> bool:
        """Whether its values must not be seen while tuning."""
        return "kept apart" in self.title


def group_of(field: str) -> str | None:
    """Which of the four measures a field belongs to; None where it counts in the total alone.

    >>> group_of("nomor_sop"), group_of("langkah.waktu.durasi"), group_of("pelaksana.nama")
    ('identity', 'step cells', None)
    """
    head, _, rest = field.partition(".")
    if head == "langkah":
        if rest == "pelaksana":
            return "actors of steps"
        return "step cells" if rest.partition(".")[0] in _STEP_CELLS else None
    if head == "alur":
        return "edges" if rest in ("urut", "cabang") else None
    return None if head == "pelaksana" else "identity"


GROUPS = ("identity", "step cells", "actors of steps", "edges")


def measures(report: ScoreReport) -> list[Tally]:
    """The four measures of `GROUPS`."""
    return [_measure(report, name) for name in GROUPS]


def _measure(report: ScoreReport, name: str) -> Tally:
    return report.over(name, lambda field: group_of(field) == name)


def source_file(path: str, location: Path) -> SourceFile:
    """A file on disk under the name that its gold has."""
    data = location.read_bytes()
    media = detect_media_type(path, data[:_HEAD], location)
    return SourceFile(path, hashlib.sha256(data).hexdigest(), media, location, len(data))


def read(path: str, location: Path) -> tuple[tuple[SopRecord, ...], str]:
    """The records of one file, and the traceback when the reader broke."""
    try:
        return read_sops(source_file(path, location), Settings()), ""
    except SourceError:
        return (), ""
    except Exception:  # noqa: BLE001 -- a crash is a figure here, and the measuring goes on
        return (), traceback.format_exc(limit=-3)


def measure(title: str, files: Iterable[tuple[str, Path]], gold: Sequence[Gold]) -> Measured:
    """Read the files and hold what they gave against the truth."""
    records: list[SopRecord] = []
    crashes: list[str] = []
    for path, location in files:
        found, crash = read(path, location)
        records += found
        if crash:
            crashes.append(f"{path}: {crash}")
    return Measured(title, score(gold, records), tuple(crashes), {})


def gold_of(made: MadeSheet) -> list[Gold]:
    """The truth of a made sheet, also when it is that there is no SOP in it."""
    return list(made.gold) or [{"source": {"path": made.name}, "not_a_sop": True}]


def measure_made(title: str, n: int, seed: int, layouts: str) -> Measured:
    """Make sheets, read them, judge them. Raises PrinterMissingError as `make_sheets` does."""
    with tempfile.TemporaryDirectory() as folder:
        files: list[tuple[str, Path]] = []
        gold: list[Gold] = []
        names: dict[str, str] = {}
        for made in make_sheets(n, seed, layouts):
            location = Path(folder) / made.name
            location.write_bytes(made.data)
            files.append((made.name, location))
            gold += gold_of(made)
            names |= {f"{made.name}#{i}": made.layout for i in range(max(9, len(made.gold)))}
        return replace(measure(title, files, gold), layouts=names)


def load_gold(pattern: str) -> list[Gold]:
    """Hand-made gold files; each holds one record or a list."""
    gold: list[Gold] = []
    for path in sorted(GOLDEN.glob(pattern)):
        values = json.loads(path.read_text(encoding="utf-8"))
        gold += values if isinstance(values, list) else [values]
    return gold


def path_of(gold: Gold) -> str:
    """The file that a gold is the truth of, relative to its folder."""
    source = gold.get("source")
    return str(source.get("path", "")) if isinstance(source, Mapping) else ""


def measure_folder(title: str, folder: Path, pattern: str) -> Measured | None:
    """The files that hand-made gold names; None when there is either no file or no gold."""
    gold = load_gold(pattern)
    paths = [path for path in dict.fromkeys(map(path_of, gold)) if (folder / path).is_file()]
    if not paths:
        return None
    return measure(title, [(path, folder / path) for path in paths], gold)
