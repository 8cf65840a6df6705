"""`sopextract run`: everything, and a word at the end on what to open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import rich_click as click

from sopextract.batch import Job
from sopextract.batch.products import (
    draw_sheets,
    drawn_sheets,
    make_report,
    plan_sheets,
    remove_stale_sheets,
    report_is_current,
    report_key,
)
from sopextract.batch.summary import PAGE
from sopextract.batch.wording import in_indonesian
from sopextract.cli.batching import (
    FAILED,
    Orders,
    Parsed,
    all_read,
    batch_options,
    failed_in,
    parsed,
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
from sopextract.cli.progress import follow, show
from sopextract.model.outcome import Outcome, Status
from sopextract.store import make_folder

LISTED_MAX = 10  # lines of one kind in the summary: more push what to open off the screen


@click.command(epilog=examples("sopextract run raw", "sopextract run scans/*.txt -o result -j 2"))
@click.argument("raw", nargs=-1, required=True)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=Path(),
    help="Folder that gets parsed/, sheets/ and report/; without it the working directory.",
)  # fmt: skip
@click.option(
    "--keluarga", type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Corrections to families (TOML), as of `compare`.",
)  # fmt: skip
@batch_options
@ocr_option
@common_options
def run(
    common: Common,
    orders: Orders,
    raw: tuple[str, ...],
    output: Path,
    no_ocr: bool,
    keluarga: Path | None,
) -> None:
    """Do everything: parse, draw the clean sheets, compare; say at the end what to open.

    RAW are files, folders or globs. What has not changed since the last run is not made again.
    """
    common = with_ocr(common, no_ocr, output / "parsed")
    if keluarga is not None:
        changed = common.settings.compare.model_copy(update={"keluarga": keluarga})
        settings = common.settings.model_copy(update={"compare": changed})
        common = replace(common, settings=settings)
    finish(do_everything(common, orders, raw, output))


def folders_of(output: Path) -> tuple[Path, Path, Path]:
    """The folders of the records, the sheets and the report."""
    return output / "parsed", output / "sheets", output / "report"


def do_everything(
    common: Common, orders: Orders, raw: tuple[str, ...], output: Path,
    jobs: tuple[Job, ...] | None = None,
) -> bool:  # fmt: skip
    """Parse, draw, compare and sum up; whether all went well.

    `jobs` are what `raw` names, where that is known already: then nothing is said where nothing
    was to be done.
    """
    records, sheets, report = folders_of(output)
    with parsed(common, orders, raw, records, (sheets, report), jobs) as done:
        if done is None:
            return True
        if jobs is not None and done.plan.idle():
            return all_read(done.tally)
        faults = [] if not done.tally.records else _make_all(common, orders, done, sheets, report)
        if common.sums_up:
            for line in _summary(done, faults, output):
                say(line)
        elif common.log_format == "json":
            tell_totals(done)
    return all_read(done.tally) and not faults


def _make_all(
    common: Common, orders: Orders, done: Parsed, sheets: Path, report: Path
) -> list[Outcome]:
    """Sheets and report, as far as they are not there yet; what went wrong with them."""
    batch, written = done.batch, done.batch.written(done.plan)
    faults: list[Outcome] = []
    if not done.plan.idle():
        remove_stale_sheets(batch, sheets)
    if tasks := plan_sheets(batch, written, sheets):
        make_folder(sheets)
        drawn = draw_sheets(batch, tasks, orders.executor, orders.workers, orders.scheduler)
        faults += [
            o for o in follow(drawn, len(tasks), "Sheets", common) if o.status is not Status.OK
        ]
    links: tuple[str | None, ...] = ()
    if not common.settings.compare.mask:
        names = drawn_sheets(batch, written, sheets)
        links = tuple(f"../sheets/{name}" if name else None for name in names)
    key = report_key(batch, written, links)
    if written and not report_is_current(batch, report, key):
        make_folder(report)
        compared = make_report(batch, written, report, links, key)
        if compared.status is not Status.OK:
            show(compared, common)
            faults.append(compared)
        else:
            for note in compared.message.splitlines():
                say(note)
    return faults


def _summary(done: Parsed, faults: list[Outcome], output: Path) -> Iterable[str]:
    """What was written and what to open, in Bahasa Indonesia."""
    tally, states = done.tally, done.tally.states
    yield "Selesai."
    partial = f"; terbaca sebagian: {states[Status.PARTIAL]}" if states[Status.PARTIAL] else ""
    yield (
        f"Berkas diperiksa: {tally.inputs}; terbaca: {states[Status.OK] + states[Status.SAME_AS]}"
        f"{partial}; bukan SOP: {states[Status.NOT_A_SOP]}; gagal: {failed_in(tally)}."
    )
    if tally.unchanged:
        yield f"Tidak berubah sejak pemeriksaan sebelumnya: {tally.unchanged}."
    if tally.gone:
        yield f"Berkas yang sudah tidak ada: {tally.gone}; rekamannya disimpan."
    yield f"Rekaman SOP: {tally.records}, di {(output / 'parsed').resolve()}"
    written = done.batch.written(done.plan)
    if sheets := [name for name in drawn_sheets(done.batch, written, output / "sheets") if name]:
        yield f"Lembar SOP rapi: {len(sheets)}, di {(output / 'sheets').resolve()}"
    yield from _list("Bukan SOP", done, (Status.NOT_A_SOP,))
    yield from _list("Terbaca sebagian", done, (Status.PARTIAL,))
    yield from _list("Gagal", done, FAILED)
    for outcome in faults[:LISTED_MAX]:
        yield f"Gagal: {outcome.source}: {outcome.message}"
    if (page := done.batch.output / PAGE).is_file():
        yield f"Laporan pemeriksaan berkas: {page.resolve()}"
    index = output / "report" / "index.html"
    if written and index.is_file() and not any(o.source == "report" for o in faults):
        yield f"Buka laporannya di peramban (Chrome, Edge, Firefox): {index.resolve()}"


def _list(label: str, done: Parsed, states: tuple[Status, ...]) -> Iterable[str]:
    """The first of them with the reason; each was told in full when it came."""
    more = 0
    for n, outcome in enumerate(done.batch.outcomes(done.plan, states)):
        if n < LISTED_MAX:
            yield f"{label}: {outcome.source}: {in_indonesian(outcome.message)}"
        else:
            more += 1
    if more:
        yield f"{label}: dan {more} berkas lain, tersebut di atas"
