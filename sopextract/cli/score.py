"""`sopextract score`: accuracy by field against hand-made records."""

from __future__ import annotations

import rich_click as click

from sopextract.cli.options import Common, common_options, finish, give
from sopextract.cli.records import load_and_tell


@click.command(name="score")
@click.argument("gold")
@click.argument("parsed", nargs=-1, required=True)
@common_options
def score(common: Common, gold: str, parsed: tuple[str, ...]) -> None:
    """Compare records with hand-made ones: by field, whole SOPs, silent errors, confidence."""
    from sopextract.score import score

    wanted, read = load_and_tell((gold,)), load_and_tell(parsed)
    give(score(wanted.records, read.records).to_text())
    finish(not wanted.failed and not read.failed)
