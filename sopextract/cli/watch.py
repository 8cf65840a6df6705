"""`sopextract watch`: `run`, whenever something is new."""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import count
from pathlib import Path

import rich_click as click

from sopextract.batch import Job, find_jobs
from sopextract.batch.watch import Settling
from sopextract.cli.batching import Orders, batch_options
from sopextract.cli.options import Common, common_options, examples, ocr_option, say, with_ocr
from sopextract.cli.run import do_everything, folders_of
from sopextract.errors import ConfigError, LockedError


@click.command(epilog=examples("sopextract watch raw", "sopextract watch raw -o result --every 60"))
@click.argument("raw", nargs=-1, required=True)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=Path(),
    help="Folder that gets parsed/, sheets/ and report/; without it the working directory.",
)  # fmt: skip
@click.option(
    "--every", "every_s", type=click.FloatRange(min=0.1), default=10.0, show_default=True,
    metavar="SECONDS", help="How often to look, and how long a file must have been at rest.",
)  # fmt: skip
@click.option(
    "--looks", type=click.IntRange(min=0), default=0, help="End after so many; 0 = never."
)
@batch_options
@ocr_option
@common_options
def watch(
    common: Common, orders: Orders, raw: tuple[str, ...], output: Path, every_s: float, looks: int,
    no_ocr: bool,
) -> None:  # fmt: skip
    """Do as `run` does, again and again, with what is new or changed.

    RAW are files, folders or globs. A file that is still growing is left until it is at rest.
    Ctrl-C ends it.
    """
    if orders.dry_run or orders.selection.force:
        raise ConfigError("watch takes neither --dry-run nor --force")
    common = with_ocr(common, no_ocr, output / "parsed")
    settling = Settling()
    if common.sums_up:
        say(f"watching {', '.join(raw)}; Ctrl-C ends")
    for number in count(1):
        jobs = _jobs(common, raw, output)
        ready = settling.look(jobs)
        if ready:
            _do(common, replace(orders, selection=replace(orders.selection, ready=ready)), raw,
                output, jobs)  # fmt: skip
        if number == looks:
            return
        time.sleep(every_s)


def _jobs(common: Common, raw: tuple[str, ...], output: Path) -> tuple[Job, ...]:
    """What is there now; nothing where a folder is empty, or away for a while."""
    parsed, *beside = folders_of(output)
    try:
        return find_jobs(raw, parsed, common.settings, beside)
    except ConfigError:
        return ()


def _do(
    common: Common, orders: Orders, raw: tuple[str, ...], output: Path, jobs: tuple[Job, ...]
) -> None:
    try:
        do_everything(common, orders, raw, output, jobs)
    except LockedError:
        say("another run is writing here; it will be looked at again")
