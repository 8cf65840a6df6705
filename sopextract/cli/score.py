"""`sopextract score`: accuracy by field against hand-made records."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import rich_click as click

from sopextract.cli.options import Common, common_options, finish, give
from sopextract.cli.records import load_and_tell
from sopextract.errors import SourceError
from sopextract.store import find_records


@click.command(name="score")
@click.argument("gold")
@click.argument("parsed", nargs=-1, required=True)
@common_options
def score(common: Common, gold: str, parsed: tuple[str, ...]) -> None:
    """Compare records with hand-made ones: by field, whole SOPs, silent errors, confidence.

    A gold file holds one record or a list of them; a key that is left out is not judged.
    """
    from sopextract.score import score

    wanted = [one for path, _ in find_records((gold,)) for one in load_gold(path)]
    read = load_and_tell(parsed)
    give(score(wanted, read.records).to_text())
    finish(not read.failed)


def load_gold(path: Path) -> tuple[Mapping[str, object], ...]:
    """The hand-made records of a file. Raises SourceError: a measure without all of it misleads."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except OSError as exc:
        raise SourceError(f"{path}: cannot be read: {exc.strerror}") from exc
    except (ValueError, RecursionError) as exc:
        raise SourceError(f"{path}: not valid JSON: {exc}") from exc
    found = values if isinstance(values, list) else [values]
    if not all(isinstance(one, dict) for one in found):
        raise SourceError(f"{path}: not a record or a list of records")
    return tuple(found)
