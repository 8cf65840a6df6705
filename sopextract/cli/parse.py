"""`sopextract parse`: files in, records out."""

from __future__ import annotations

from pathlib import Path

import rich_click as click

from sopextract.cli.batching import (
    Orders,
    all_read,
    batch_options,
    failed_in,
    parsed,
    say_rest,
    tell_totals,
)
from sopextract.cli.options import (
    Common,
    common_options,
    examples,
    finish,
    ocr_option,
    say,
    with_ocr,
)
from sopextract.core.text import how_many
from sopextract.model.outcome import Status


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
@batch_options
@ocr_option
@common_options
def parse(common: Common, orders: Orders, raw: tuple[str, ...], output: Path, no_ocr: bool) -> None:
    """Read files, folders or globs; write one record per SOP.

    RAW are files, folders or globs. What has not changed since the last run is not read again.
    """
    common = with_ocr(common, no_ocr, output)
    with parsed(common, orders, raw, output) as done:
        if done is None:
            return
        tally = done.tally
        if common.sums_up:
            states = tally.states
            partial = f"{states[Status.PARTIAL]} in part, " if states[Status.PARTIAL] else ""
            read = states[Status.OK] + states[Status.SAME_AS]
            say(
                f"{how_many(tally.inputs, 'file')}: {read} read, {partial}"
                f"{states[Status.NOT_A_SOP]} not a SOP, {failed_in(tally)} failed; "
                f"{how_many(tally.records, 'record')} in {output}"
            )
            say_rest(done)
        elif common.log_format == "json":
            tell_totals(done)
    finish(all_read(tally))
