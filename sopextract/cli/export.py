"""`sopextract export`: the archive as tables."""

from __future__ import annotations

from pathlib import Path

import rich_click as click

from sopextract.cli.options import Common, common_options, examples, finish, say
from sopextract.cli.records import load_and_tell


@click.command(
    name="export",
    epilog=examples(
        "sopextract export parsed -o archive.xlsx",
        "sopextract export parsed -o archive.sqlite",
        "sopextract export parsed -o tables.csv",
    ),
)
@click.argument("parsed", nargs=-1, required=True)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True,
    help="Where to; the suffix decides: .csv (a folder), .xlsx or .sqlite.",
)  # fmt: skip
@common_options
def export(common: Common, parsed: tuple[str, ...], output: Path) -> None:
    """Write all records as tables.

    PARSED are records (.json), folders of them or globs.
    """
    from sopextract.export import check_target, export

    check_target(output)
    loaded = load_and_tell(parsed)
    export(loaded.records, output)
    if common.sums_up:
        say(f"{len(loaded.records)} records in {output}")
    finish(not loaded.failed)
