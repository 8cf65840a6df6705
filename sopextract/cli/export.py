"""`sopextract export`: the archive as tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

from sopextract.batch.guard import one_line
from sopextract.cli.options import Common, common_options, examples, finish, say
from sopextract.cli.progress import counted
from sopextract.core.text import how_many
from sopextract.errors import SourceError
from sopextract.model.record import SopRecord
from sopextract.store import find_records, read_records

if TYPE_CHECKING:
    from sopextract.export import Limits


@click.command(
    name="export",
    epilog=examples(
        "sopextract export parsed -o archive.xlsx",
        "sopextract export parsed -o archive.sqlite",
        "sopextract export parsed -o archive.duckdb",
        "sopextract export parsed -o tables.csv --tables sop,langkah",
    ),
)
@click.argument("parsed", nargs=-1, required=True)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True,
    help="Where to; the suffix decides: .csv or .parquet (a folder), .xlsx, .sqlite or .duckdb.",
)  # fmt: skip
@click.option(
    "--tables", "names", default="", metavar="NAME,…",
    help="Only these tables; without it all, but in .xlsx not `asal`, which has hundreds of rows "
    "per SOP.",
)  # fmt: skip
@common_options
def export(common: Common, parsed: tuple[str, ...], output: Path, names: str) -> None:
    """Write all records as tables.

    PARSED are records (.json), folders of them or globs. docs/tables.md describes the tables.
    """
    from sopextract.export import check_target, choose_tables, export

    chosen = [name.strip() for name in names.split(",") if name.strip()]
    check_target(output)
    choose_tables(output, chosen)
    failed: list[SourceError] = []
    found = find_records(parsed)
    records = counted(read_records(found), len(found), "Exporting", common)
    done = export(_usable(records, failed), output, chosen)
    for error in done.failed:
        failed.append(error)
        _tell(error)
    _tell_limits(done.limits)
    if common.sums_up:
        say(f"{how_many(done.records, 'record')} in {output}")
    finish(not failed)


def _usable(
    records: Iterable[tuple[str, SopRecord | SourceError]], failed: list[SourceError]
) -> Iterator[tuple[str, SopRecord]]:
    """The records with their keys; one line on stderr for each unusable file."""
    for name, record in records:
        if isinstance(record, SourceError):
            failed.append(record)
            _tell(record)
        else:
            yield name.removesuffix(".json"), record


def _tell(error: SourceError) -> None:
    say(f"{one_line(error)} ({error.hint})" if error.hint else one_line(error))


def _tell_limits(limits: Limits) -> None:
    if limits.first_cut is not None:
        table, column, kunci = limits.first_cut
        say(
            f"{limits.cut_cells} texts are longer than a cell of Excel holds and were cut, the "
            f"first in {table}.{column} of {kunci}; the other formats hold them whole"
        )
    if limits.more_sheets:
        say("more rows than a sheet of Excel holds; they go on in " + ", ".join(limits.more_sheets))
