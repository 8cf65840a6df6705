"""`sopextract parse`: files in, records out."""

from __future__ import annotations

from pathlib import Path

import rich_click as click

from sopextract.batch import find_jobs, run_batch
from sopextract.cli.options import (
    Common,
    common_options,
    examples,
    finish,
    ocr_option,
    say,
    with_ocr,
)
from sopextract.cli.progress import all_right, count, follow
from sopextract.model.outcome import Outcome, Status
from sopextract.store import make_folder


@click.command(
    epilog=examples(
        "sopextract parse raw -o parsed", "sopextract parse dinas/sop-01.txt -o parsed -v"
    )
)
@click.argument("raw", nargs=-1, required=True)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=Path("parsed"), show_default=True,
    help="Folder for the records.",
)  # fmt: skip
@click.option(
    "-j", "--jobs", type=click.IntRange(min=0), default=0, help="Processes; 0 = as many as pay off."
)
@ocr_option
@common_options
def parse(common: Common, raw: tuple[str, ...], output: Path, jobs: int, no_ocr: bool) -> None:
    """Read files, folders or globs; write one record per SOP.

    RAW are files, folders or globs.
    """
    common = with_ocr(common, no_ocr, output)
    outcomes = parse_all(common, raw, output, jobs)
    counts = count(outcomes)
    records = sum(len(outcome.records) for outcome in outcomes)
    if common.sums_up:
        failed = counts[Status.FAILED] + counts[Status.CRASHED]
        say(
            f"{len(outcomes)} files: {counts[Status.OK]} read, {counts[Status.NOT_A_SOP]} "
            f"not a SOP, {failed} failed; {records} records in {output}"
        )
    finish(all_right(outcomes))


def parse_all(
    common: Common, raw: tuple[str, ...], output: Path, jobs: int, skip: tuple[Path, ...] = ()
) -> tuple[Outcome, ...]:
    """Parse everything named and show progress; the outcomes sorted by source."""
    found = find_jobs(raw, output, common.settings, skip)
    make_folder(output)
    return follow(run_batch(found, jobs), len(found), "Parsing", common)
