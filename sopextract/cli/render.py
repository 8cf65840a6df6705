"""`sopextract render`: clean standard sheets."""

from __future__ import annotations

from pathlib import Path

import rich_click as click

from sopextract.batch import render_sheets
from sopextract.cli.options import Common, common_options, examples, finish, say
from sopextract.cli.progress import all_right, follow
from sopextract.cli.records import load_and_tell
from sopextract.errors import ConfigError
from sopextract.model.outcome import Outcome
from sopextract.store import make_folder


@click.command(epilog=examples("sopextract render parsed -o sheets"))
@click.argument("parsed", nargs=-1, required=True)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=Path("sheets"), show_default=True,
    help="Folder for the sheets.",
)  # fmt: skip
@click.option(
    "--to", "formats", default="html", show_default=True,
    help="Formats, separated by commas; one that is not there is answered with those that are.",
)  # fmt: skip
@common_options
def render(common: Common, parsed: tuple[str, ...], output: Path, formats: str) -> None:
    """Draw each record as a clean standard sheet with its flow.

    PARSED are records (.json), folders of them or globs.
    """
    wanted = [name.strip().lower() for name in formats.split(",") if name.strip()]
    from sopextract.render import FORMATS

    unknown = [name for name in wanted if name not in FORMATS]
    if unknown or not wanted:
        raise ConfigError(
            f"cannot render to {', '.join(unknown) or 'nothing'}: this version draws only "
            f"{', '.join(FORMATS)}"
        )
    loaded = load_and_tell(parsed)
    records = list(zip(loaded.names, loaded.records, strict=True))
    make_folder(output)
    outcomes: list[Outcome] = []
    for fmt in wanted:
        drawn = render_sheets(records, output, fmt, common.settings)
        outcomes.extend(follow(drawn, len(records), f"Sheets ({fmt})", common))
    if common.sums_up:
        say(f"{sum(len(o.records) for o in outcomes)} sheets in {output}")
    finish(all_right(outcomes) and not loaded.failed)
