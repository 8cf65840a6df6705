"""`sopextract run`: everything, and a word at the end on what to open."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import rich_click as click

from sopextract.batch import render_sheets, write_report
from sopextract.cli.options import (
    Common,
    common_options,
    examples,
    finish,
    ocr_option,
    say,
    with_ocr,
)
from sopextract.cli.parse import parse_all
from sopextract.cli.progress import all_right, count, follow, show
from sopextract.model.outcome import Outcome, Status
from sopextract.model.record import SopRecord
from sopextract.store import load_record, make_folder

LISTED_MAX = 10  # lines of one kind in the summary: more push what to open off the screen


@click.command(epilog=examples("sopextract run raw", "sopextract run scans/*.txt -o result -j 2"))
@click.argument("raw", nargs=-1, required=True)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=Path(),
    help="Folder that gets parsed/, sheets/ and report/; without it the working directory.",
)  # fmt: skip
@click.option(
    "-j", "--jobs", type=click.IntRange(min=0), default=0, help="Processes; 0 = as many as pay off."
)
@ocr_option
@common_options
def run(common: Common, raw: tuple[str, ...], output: Path, jobs: int, no_ocr: bool) -> None:
    """Do everything: parse, draw the clean sheets, compare; say at the end what to open.

    RAW are files, folders or globs.
    """
    parsed, sheets, report = output / "parsed", output / "sheets", output / "report"
    common = with_ocr(common, no_ocr, parsed)
    outcomes = parse_all(common, raw, parsed, jobs, skip=(sheets, report))
    records = load_written(outcomes, parsed)
    drawn: tuple[Outcome, ...] = ()
    compared: tuple[Outcome, ...] = ()
    if records:
        make_folder(sheets)
        make_folder(report)
        drawn = follow(
            render_sheets(records, sheets, "html", common.settings), len(records), "Sheets", common
        )
        links = () if common.settings.compare.mask else _links(records, drawn)
        compared = (
            write_report([record for _, record in records], report, common.settings, links),
        )
        for outcome in compared:
            if outcome.status is not Status.OK:
                show(outcome, common)
    if common.sums_up:
        for line in _summary(outcomes, drawn, compared, output):
            say(line)
    finish(all_right((*outcomes, *drawn, *compared)))


def _links(
    records: list[tuple[str, SopRecord]], drawn: tuple[Outcome, ...]
) -> tuple[str | None, ...]:
    """Where the report finds the sheet of each record; None where none was drawn."""
    sheets = {path for outcome in drawn for path in outcome.records}
    named = (f"{path.removesuffix('.json')}.html" for path, _ in records)
    return tuple(f"../sheets/{name}" if name in sheets else None for name in named)


def load_written(outcomes: Iterable[Outcome], parsed: Path) -> list[tuple[str, SopRecord]]:
    """The records that a batch wrote, each with its path below `parsed`."""
    return [(path, load_record(parsed / path)) for outcome in outcomes for path in outcome.records]


def _summary(
    outcomes: tuple[Outcome, ...],
    drawn: tuple[Outcome, ...],
    compared: tuple[Outcome, ...],
    output: Path,
) -> Iterable[str]:
    """What was written and what to open, in Bahasa Indonesia."""
    counts = count(outcomes)
    failed = counts[Status.FAILED] + counts[Status.CRASHED]
    records = sum(len(outcome.records) for outcome in outcomes)
    yield "Selesai."
    yield (
        f"Berkas diperiksa: {len(outcomes)}; terbaca: {counts[Status.OK]}; "
        f"bukan SOP: {counts[Status.NOT_A_SOP]}; gagal: {failed}."
    )
    yield f"Rekaman SOP: {records}, di {(output / 'parsed').resolve()}"
    if drawn:
        done = [path for outcome in drawn for path in outcome.records]
        yield f"Lembar SOP rapi: {len(done)}, di {(output / 'sheets').resolve()}"
    for label, status in (("Bukan SOP", Status.NOT_A_SOP), ("Gagal", Status.FAILED)):
        yield from _list(label, [o for o in outcomes if o.status is status])
    yield from _list("Gagal (kesalahan program)", [
        o for o in (*outcomes, *drawn, *compared) if o.status is Status.CRASHED
    ])  # fmt: skip
    yield from _list("Gagal", [o for o in (*drawn, *compared) if o.status is Status.FAILED])
    index = output / "report" / "index.html"
    if any(outcome.status is Status.OK for outcome in compared) and index.is_file():
        yield f"Buka laporannya di peramban (Chrome, Edge, Firefox): {index.resolve()}"


def _list(label: str, outcomes: list[Outcome]) -> Iterable[str]:
    """The first of them with the reason; each was told in full when it came."""
    for outcome in outcomes[:LISTED_MAX]:
        yield f"{label}: {outcome.source}: {outcome.message}"
    if len(outcomes) > LISTED_MAX:
        yield f"{label}: dan {len(outcomes) - LISTED_MAX} berkas lain, tersebut di atas"
