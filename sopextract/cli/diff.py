"""`sopextract diff`: what changed between two versions."""

from __future__ import annotations

from typing import Literal

import rich_click as click

from sopextract.cli.options import Common, common_options, examples, finish, give
from sopextract.cli.records import load_slim


@click.command(
    epilog=examples(
        "sopextract diff lama/sop.pdf.json baru/sop.pdf.json",
        "sopextract diff parsed-2024 parsed-2026 --format json > perubahan.json",
    )
)
@click.argument("old")
@click.argument("new")
@click.option(
    "--format", "fmt", type=click.Choice(["text", "json"]), default="text", show_default=True,
    help="Form of the changes on stdout.",
)  # fmt: skip
@common_options
def diff(common: Common, old: str, new: str, fmt: Literal["text", "json"]) -> None:
    """Say what changed from the SOPs of OLD to those of NEW.

    OLD and NEW are records (.json), folders of them or globs.

    Two single records are compared as they are; of more, those of the same bytes, number or title
    are one SOP.
    """
    from sopextract.compare.diff import diff_archives, render_text

    before, before_usable = load_slim((old,))
    after, after_usable = load_slim((new,))
    found = diff_archives(before, after, common.settings.normalise)
    give(found.model_dump_json(indent=1) if fmt == "json" else render_text(found).rstrip("\n"))
    finish(before_usable and after_usable)
