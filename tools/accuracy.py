"""Measures how right the records are: `make accuracy`, or `python -m tools.accuracy --help`.

Three kinds of sheet: made ones (for tuning, and kept apart from it), the project's own samples in
`raw/`, and the five seeds where `../shared/seeds` exists. Writes `docs/accuracy.md`.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import json
import tempfile
import traceback
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from sopextract.errors import SourceError
from sopextract.model.record import SopRecord
from sopextract.model.source import SourceFile
from sopextract.pipeline import read_sops
from sopextract.score import ScoreReport, score
from sopextract.settings import Settings
from tools.make_sheets import MadeSheet, make_sheets

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT.parent / "shared" / "seeds"
GOLDEN = ROOT / "tests" / "golden"
TUNING_SEED = 7
KEPT_APART_SEED = 9001
LAYOUTS = "ABCDEFGN"
_MEDIA = {".txt": "text/plain", ".md": "text/markdown", ".html": "text/html"}

Gold = Mapping[str, object]


@dataclass(frozen=True)
class Measured:
    """One set of sheets: its report, and for made sheets which record has which layout."""

    title: str
    report: ScoreReport
    layouts: Mapping[str, str]
    crashes: tuple[str, ...]


def source_file(path: str, location: Path) -> SourceFile:
    """A file on disk under the name that its gold has."""
    data = location.read_bytes()
    media = _MEDIA.get(location.suffix.lower(), "text/plain")
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
    return Measured(title, score(gold, records), {}, tuple(crashes))


def gold_of(made: MadeSheet) -> list[Gold]:
    """The truth of a made sheet, also when it is that there is no SOP in it."""
    return list(made.gold) or [{"source": {"path": made.name}, "not_a_sop": True}]


def measure_made(title: str, n: int, seed: int, layouts: str) -> Measured:
    """Make sheets, read them, judge them."""
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
        found = measure(title, files, gold)
    return Measured(title, found.report, names, found.crashes)


def load_gold(pattern: str) -> list[Gold]:
    """Hand-made gold files; each holds one record or a list."""
    gold: list[Gold] = []
    for path in sorted(GOLDEN.glob(pattern)):
        values = json.loads(path.read_text(encoding="utf-8"))
        gold += values if isinstance(values, list) else [values]
    return gold


def measure_folder(title: str, folder: Path, pattern: str) -> Measured | None:
    """Files on disk against their hand-made gold; None when there is either no file or no gold."""
    gold = load_gold(pattern)
    if not gold or not folder.is_dir():
        return None
    files = [(p.relative_to(folder).as_posix(), p) for p in sorted(folder.rglob("*.*"))]
    return measure(title, [f for f in files if f[1].suffix in _MEDIA], gold)


def by_layout(found: Measured) -> list[str]:
    """A Markdown table with one row per layout."""
    lines = ["| layout | SOPs | whole right | F1 | soft F1 | mean of fields | silent | lost |"]
    lines.append("|---|--:|--:|--:|--:|--:|--:|--:|")
    letters = sorted({found.layouts[n] for n in found.report.records if n in found.layouts})
    for letter in letters:
        part = found.report.only(n for n, its in found.layouts.items() if its == letter)
        lines.append(
            f"| {letter} | {len(part.records)} | {part.whole_right} | {part.total.f1:.4f} "
            f"| {part.total.soft_f1:.4f} | {part.macro_f1:.4f} "
            f"| {len(part.silent)} ({part.silent_share:.2%}) | {len(part.missing)} |"
        )
    return lines


def render(sets: Sequence[Measured]) -> str:
    """The page `docs/accuracy.md`."""
    lines = [
        "# Accuracy",
        "",
        "Written by `make accuracy`. How it is measured: [below](#how-it-is-measured).",
        "",
    ]
    lines += ["| sheets | SOPs | whole right | F1 | soft F1 | silent errors |"]
    lines.append("|---|--:|--:|--:|--:|--:|")
    for found in sets:
        r = found.report
        lines.append(
            f"| {found.title} | {len(r.records)} | {r.whole_right} | {r.total.f1:.4f} "
            f"| {r.total.soft_f1:.4f} | {len(r.silent)} ({r.silent_share:.2%}) |"
        )
    lines.append("")
    for found in sets:
        lines += [f"## {found.title}", ""]
        if found.layouts:
            lines += [*by_layout(found), ""]
        lines += [found.report.to_markdown()]
        if found.crashes:
            lines += [f"Files on which the reader broke: {len(found.crashes)}", ""]
    return "\n".join(lines) + "\n" + _METHOD


_METHOD = """## How it is measured

- **Made sheets** come from `tools/make_sheets`: invented agencies, procedures and people in the
  layouts A tab-separated with typed symbols, B the same with every symbol lost, C half tables and
  markup, D parts with squares, E `pdftotext` in one column with the flow first, F `pdftotext
  -layout` and `-raw`, G Markdown, HTML, other encodings and compendia. Files that hold no SOP are
  among them.
- **Seeds below 1000 are for tuning. Seeds from 9000 are kept apart**: they draw on other agencies,
  procedures, labels, phrases and some turns of layout (`twists.py`), and nobody looks at those
  sheets, or at what the reader made of one of them, while tuning. Only the figures are read.
- What the made sheets cannot show: their layouts are ours, drawn after five sheets. A new kind of
  layout may read far worse than these figures say.
- **Exact** compares texts after white space is squeezed, in NFC, without a closing `.`, `;`, `,` or
  `:`; with letter case except for agency, title, posts and actors, which the form prints in
  capitals or not as it likes. Durations compare by their amount (PT90M = PT1H30M; P7D and P1W stay
  different). **Soft** adds near misses: a text nine tenths or more alike counts as that share.
- F1 is over values: 2 × right ÷ (wanted + given). Null and `false` are no values. Items of a list,
  legal bases and steps are paired with those they resemble most before their values are compared,
  steps in order, so that one lost row costs one row. Edges are compared as (from, to, label);
  `alur.urut` are those to the next row, `alur.cabang` the others and the labelled ones.
- A record is **whole right** when every judged value is right, none is missing and none too many.
- A **silent error** is a wrong value with confidence 0.9 or more and no finding that points at it,
  at what holds it or at a part of it. The share is of all values given.
"""


def main() -> None:
    """Measure all, print, write the page."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("-n", type=int, default=240, help="made sheets per set")
    parser.add_argument("--seed", type=int, default=TUNING_SEED)
    parser.add_argument("--layouts", default=LAYOUTS)
    parser.add_argument("--only", choices=("made", "apart", "raw", "seeds"), action="append")
    parser.add_argument("--wrong", type=Path, help="write every wrong value of the tuning sets")
    parser.add_argument("--observations", type=Path, help="write confidence against truth")
    parser.add_argument("--no-page", action="store_true", help="leave docs/accuracy.md as it is")
    args = parser.parse_args()
    only = args.only or ("made", "apart", "raw", "seeds")
    sets: list[Measured | None] = []
    if "seeds" in only:
        sets.append(measure_folder("The five seeds", SEEDS, "seeds/*.json"))
    if "raw" in only:
        sets.append(measure_folder("Own samples in raw/", ROOT / "raw", "raw/*.json"))
    if "made" in only:
        sets.append(measure_made("Made sheets, tuning", args.n, args.seed, args.layouts))
    if "apart" in only:
        title = "Made sheets, kept apart"
        sets.append(measure_made(title, args.n, KEPT_APART_SEED, args.layouts))
    done = [found for found in sets if found is not None]
    for found in done:
        print(f"== {found.title}\n{found.report.to_text()}")
        if found.layouts:
            print("\n".join(by_layout(found)) + "\n")
        for crash in found.crashes[:5]:
            print(crash)
    # values of kept-apart sheets never leave this tool: they must not be seen while tuning
    open_sets = [found for found in done if "kept apart" not in found.title]
    if args.wrong:
        args.wrong.write_text("".join(f.report.to_json() for f in open_sets), encoding="utf-8")
    if args.observations:
        values = [asdict(o) for f in open_sets for o in f.report.observations]
        args.observations.write_text(json.dumps(values), encoding="utf-8")
    if not args.no_page and args.only is None:
        when = datetime.datetime.now(datetime.UTC).date().isoformat()
        page = render(done).replace("`make accuracy`.", f"`make accuracy` on {when}.", 1)
        (ROOT / "docs" / "accuracy.md").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
