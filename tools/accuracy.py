"""Measures how right the records are: `make accuracy`, or `python -m tools.accuracy --help`.

Made sheets (for tuning, and kept apart from it), the project's own samples in `raw/`, and sheets
that may not be copied, where they lie beside the project. Writes `docs/accuracy.md`.
"""

from __future__ import annotations

import argparse
import datetime
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from sopextract.score import ScoreReport
from tools.make_sheets.office_pdf import PrinterMissingError
from tools.measure import (
    GROUPS,
    REAL,
    ROOT,
    SEEDS,
    Measured,
    measure_folder,
    measure_made,
    measures,
)


@dataclass(frozen=True)
class Folder:
    """Files on disk whose truth was written by hand."""

    key: str
    title: str
    folder: Path
    gold: str

    def measure(self) -> Measured | None:
        """None where the files are not at hand."""
        return measure_folder(self.title, self.folder, self.gold)


@dataclass(frozen=True)
class Made:
    """`n` sheets of a seed, in turn through the layouts."""

    key: str
    title: str
    layouts: str
    seed: int
    n: int = 120

    def measure(self) -> Measured | None:
        """None where LibreOffice is needed and missing."""
        try:
            return measure_made(self.title, self.n, self.seed, self.layouts)
        except PrinterMissingError as exc:
            sys.stderr.write(f"{self.title}: left out, {exc}\n")
            return None


TUNING, APART, APART_DRAWN = 7, 9001, 9701  # seeds
SETS: tuple[Folder | Made, ...] = (
    Folder("real", "Real PDFs, tuning", REAL, "real-tuning/*.json"),
    Folder("real-apart", "Real PDFs, kept apart", REAL, "real-apart/*.json"),
    Folder("seeds", "The five seeds", SEEDS, "seeds/*.json"),
    Folder("raw", "Own samples in raw/", ROOT / "raw", "raw/*.json"),
    Made("pdf", "Made PDFs, tuning", "PQRS", TUNING),
    Made("pdf-apart", "Made PDFs, kept apart (looks once seen)", "PQRS", APART_DRAWN),
    Made("office", "Made DOCX and XLSX, tuning", "WX", TUNING),
    Made("office-apart", "Made DOCX and XLSX, kept apart (looks once seen)", "WX", APART_DRAWN),
    Made("printed", "These printed as PDF, tuning", "YZ", TUNING),
    Made("printed-apart", "These printed as PDF, kept apart (looks once seen)", "YZ", APART_DRAWN),
    Made("made", "Made text, tuning", "ABCDEFGN", TUNING, 240),
    Made("apart", "Made text, kept apart", "ABCDEFGN", APART, 240),
)


def chosen(only: Sequence[str], layouts: str, n: int | None, seed: int) -> list[Folder | Made]:
    """The sets that were asked for; of made sheets only the layouts that were."""
    found: list[Folder | Made] = []
    for one in SETS:
        if only and one.key not in only:
            continue
        if isinstance(one, Made):
            letters = "".join(c for c in one.layouts if c in (layouts or one.layouts))
            its = seed if one.seed == TUNING else one.seed
            one = replace(one, layouts=letters, n=n or one.n, seed=its)
            if not letters:
                continue
        found.append(one)
    return found


_COLUMNS = ("SOPs", "whole right", *GROUPS, "all values", "silent", "lost")


def row_of(name: str, report: ScoreReport) -> str:
    """One row of a table with `_COLUMNS`."""
    figures = (f"{tally.f1:.4f}" for tally in (*measures(report), report.total))
    silent = f"{len(report.silent)} ({report.silent_share:.2%})"
    cells = (name, len(report.records), report.whole_right, *figures, silent, len(report.missing))
    return f"| {' | '.join(map(str, cells))} |"


def head_of(name: str) -> list[str]:
    """The head of a table with `_COLUMNS`."""
    return [f"| {' | '.join((name, *_COLUMNS))} |", f"|---|{'--:|' * len(_COLUMNS)}"]


def by_layout(found: Measured) -> list[str]:
    """A Markdown table with one row per layout."""
    letters = sorted({found.layouts[n] for n in found.report.records if n in found.layouts})
    lines = head_of("layout")
    for letter in letters:
        names = {n for n, its in found.layouts.items() if its == letter}
        lines.append(row_of(letter, found.report.only(names)))
    return lines


def summary(sets: Sequence[Measured]) -> list[str]:
    """A Markdown table with one row per set."""
    return [*head_of("sheets"), *(row_of(found.title, found.report) for found in sets)]


def render(sets: Sequence[Measured], when: str) -> str:
    """The page `docs/accuracy.md`."""
    lines = [
        "# Accuracy",
        "",
        f"Written by `make accuracy` on {when}. How it is measured: [below](#how-it-is-measured).",
        "Figures are exact F1; a silent error is a wrong value given as sure, without a finding.",
        "",
        *summary(sets),
        "",
    ]
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
- **Drawn sheets**: P to S are PDFs with a table and a flow (rules, symbols, arrows and lanes in
  many manners; S compendia), W Word files, X Excel workbooks, Y and Z these two as LibreOffice
  prints them.
- **Real PDFs** lie beside the project where they may be read; their truth is here only as digests.
- **Seeds below 1000 are for tuning. Seeds from 9000 and from 9500 are kept apart**: they draw on
  other agencies, procedures, labels, phrases and some turns of layout. Nobody looks at those
  sheets, or at what the reader made of one of them, while tuning; only the figures are read.
  Sheets of seeds 9000 to 9499 have been looked at since; text is still measured on 9001. The
  looks of seeds from 9500 were measured on 162 PDF sheets (seed 9501) before anybody saw one:
  identity 0.946, step cells 0.905, actors 0.858, edges 0.822, 63 whole, 2.33 % silent. Then the
  first hundred files of that seed were looked at and the reader mended; the table has other sheets
  of the same looks (seed 9701). What a look that nobody has seen does, the first figures say.
- What the made sheets cannot show: their layouts are ours, drawn after five sheets. A new kind of
  layout may read far worse than these figures say.
- **Exact** compares texts after white space is squeezed, in NFC, without a closing `.`, `;`, `,` or
  `:`; with letter case except for agency, title, posts and actors, which the form prints in
  capitals or not as it likes. Durations compare by their amount (PT90M = PT1H30M; P7D and P1W stay
  different). **Soft** adds near misses: a text nine tenths or more alike counts as that share.
- The four measures: **identity** is everything on the identity sheet; **step cells** are number,
  Kegiatan, Kelengkapan, Waktu, Output and Keterangan; **actors of steps** say who does each row;
  **edges** are the arrows between rows, `alur.urut` and `alur.cabang` together. Symbols and the
  header's actors count in **all values** alone.
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
    parser.add_argument("-n", type=int, help="made sheets per set")
    parser.add_argument("--seed", type=int, default=TUNING, help="of the made sheets for tuning")
    parser.add_argument("--layouts", default="", help="letters, see tools.make_sheets")
    parser.add_argument("--only", choices=[one.key for one in SETS], action="append")
    parser.add_argument("--wrong", type=Path, help="write every wrong value of the tuning sets")
    parser.add_argument("--observations", type=Path, help="write confidence against truth")
    parser.add_argument("--no-page", action="store_true", help="leave docs/accuracy.md as it is")
    args = parser.parse_args()
    done: list[Measured] = []
    for one in chosen(args.only or (), args.layouts, args.n, args.seed):
        start = time.monotonic()
        if (found := one.measure()) is not None:
            show(found, time.monotonic() - start)
            done.append(found)
    print("\n".join(summary(done)))
    # values of kept-apart sheets never leave this tool: they must not be seen while tuning
    open_sets = [found for found in done if not found.apart]
    if args.wrong:
        args.wrong.write_text("".join(f.report.to_json() for f in open_sets), encoding="utf-8")
    if args.observations:
        values = [asdict(o) for f in open_sets for o in f.report.observations]
        args.observations.write_text(json.dumps(values), encoding="utf-8")
    if not (args.no_page or args.only or args.layouts):
        when = datetime.datetime.now(datetime.UTC).date().isoformat()
        (ROOT / "docs" / "accuracy.md").write_text(render(done, when), encoding="utf-8")


def show(found: Measured, seconds: float) -> None:
    """Print one set; a traceback may quote the sheet, so of those kept apart only the number."""
    print(f"== {found.title} ({seconds:.0f} s)\n{found.report.to_text()}")
    if found.layouts:
        print("\n".join(by_layout(found)) + "\n")
    if found.crashes:
        print(f"Files on which the reader broke: {len(found.crashes)}")
    for crash in () if found.apart else found.crashes[:5]:
        print(crash)


if __name__ == "__main__":
    main()
