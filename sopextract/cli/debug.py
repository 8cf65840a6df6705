"""`sopextract debug`: what was understood, drawn over the page."""

from __future__ import annotations

from pathlib import Path

import rich_click as click

from sopextract.batch import draw_sources, find_jobs
from sopextract.cli.options import (
    Common,
    common_options,
    examples,
    finish,
    ocr_option,
    say,
    with_ocr,
)
from sopextract.cli.progress import all_right, follow
from sopextract.store import make_folder


@click.command(
    epilog=examples(
        "sopextract debug raw/sop-01.pdf -o debug", "sopextract debug raw/sop-01.pdf --page 2"
    )
)
@click.argument("raw", nargs=-1, required=True)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=Path("debug"), show_default=True,
    help="Folder for the pictures.",
)  # fmt: skip
@click.option("--page", type=click.IntRange(min=1), help="Draw this page only; the first is 1.")
@click.option(
    "--scale", type=click.FloatRange(min=0.5, max=6), default=2.0, show_default=True,
    help="Pixels per point (1/72 inch).",
)  # fmt: skip
@ocr_option
@common_options
def debug(
    common: Common, raw: tuple[str, ...], output: Path, page: int | None, scale: float, no_ocr: bool
) -> None:
    """Draw what was understood over each page, as PNG pictures.

    RAW are files, folders or globs. Cells, symbols, arrows, labels and what was left over stand in
    colours over the pale page; files without pages (Word, Excel, text) are drawn as a scheme. The
    stamps and signatures of a scan are written beside it.
    """
    common = with_ocr(common, no_ocr, output)
    found = find_jobs(raw, output, common.settings)
    make_folder(output)
    outcomes = follow(draw_sources(found, scale, page), len(found), "Drawing", common)
    if common.sums_up:
        say(f"{sum(len(outcome.records) for outcome in outcomes)} pictures in {output}")
    finish(all_right(outcomes))
