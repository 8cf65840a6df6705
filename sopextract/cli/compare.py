"""`sopextract compare`: the comparison report."""

from __future__ import annotations

from pathlib import Path

import rich_click as click

from sopextract.batch import write_report
from sopextract.cli.options import Common, common_options, examples, finish, say
from sopextract.cli.progress import show
from sopextract.cli.records import load_slim
from sopextract.core.text import how_many
from sopextract.model.outcome import Status
from sopextract.store import make_folder


@click.command(
    epilog=examples(
        "sopextract compare parsed -o report", "sopextract compare parsed -o report --mask"
    )
)
@click.argument("parsed", nargs=-1, required=True)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=Path("report"), show_default=True,
    help="Folder for the report.",
)  # fmt: skip
@click.option("--mask", is_flag=True, help="Mask names and NIPs in the report.")
@click.option("--notes", is_flag=True, help="Add evaluation notes of every SOP, as Word files.")
@click.option(
    "--lang", type=click.Choice(["id", "en"]),
    help="Language of the report; without it as the settings say, Bahasa Indonesia by default.",
)  # fmt: skip
@click.option(
    "--keluarga", type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Corrections to families (TOML): which SOPs belong together, which never do, their names.",
)  # fmt: skip
@common_options
def compare(
    common: Common,
    parsed: tuple[str, ...],
    output: Path,
    mask: bool,
    notes: bool,
    lang: str | None,
    keluarga: Path | None,
) -> None:
    """Compare the SOPs of the same procedure across agencies.

    PARSED are records (.json), folders of them or globs.
    """
    chosen = {"mask": mask or None, "notes": notes or None, "lang": lang, "keluarga": keluarga}
    asked = {name: value for name, value in chosen.items() if value is not None}
    changed = common.settings.compare.model_copy(update=asked)
    settings = common.settings.model_copy(update={"compare": changed})
    records, usable = load_slim(parsed)
    if not records:
        finish(False)
    make_folder(output)
    outcome = write_report(records, output, settings)
    if outcome.status is not Status.OK:
        show(outcome, common)
    for note in outcome.message.splitlines() if outcome.status is Status.OK else ():
        say(note)
    if outcome.status is Status.OK and common.sums_up:
        say(f"{how_many(len(records), 'record')} compared: {output / 'index.html'}")
    finish(outcome.status is Status.OK and usable)
