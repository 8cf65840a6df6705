"""Progress for a person: a bar on a terminal, plain or JSON lines elsewhere; all on stderr."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from sopextract.cli.options import Common, say
from sopextract.model.outcome import Outcome, Status


def follow(
    outcomes: Generator[Outcome, None, None], total: int, title: str, common: Common
) -> tuple[Outcome, ...]:
    """Show outcomes as they come; give them sorted by source."""
    seen: list[Outcome] = []
    with _bar(total, title, common) as advance, closing(outcomes) as coming:
        for outcome in coming:
            seen.append(outcome)
            show(outcome, common)
            advance()
    return tuple(sorted(seen, key=lambda outcome: outcome.source))


@contextmanager
def _bar(total: int, title: str, common: Common) -> Iterator[Callable[[], None]]:
    if common.quiet or common.log_format == "json" or not sys.stderr.isatty():
        yield lambda: None
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(title, total=total)
        yield lambda: progress.advance(task)


def show(outcome: Outcome, common: Common) -> None:
    """One outcome as it comes: a JSON line, or a line for a person; quiet: only what failed."""
    if common.log_format == "json":
        values = asdict(outcome) | {"findings": dict(outcome.findings)}
        click.echo(json.dumps(values, ensure_ascii=False), err=True)
    elif outcome.status is not Status.OK:
        say(describe(outcome))
    elif not common.quiet and not sys.stderr.isatty():
        say(f"{outcome.source}: ok, {', '.join(outcome.records)}")


def describe(outcome: Outcome) -> str:
    """An outcome that is not all right, on one line: the file, what is wrong, what to do."""
    word = {Status.NOT_A_SOP: "not a SOP", Status.CRASHED: "crashed"}.get(outcome.status, "failed")
    hint = f" ({outcome.hint})" if outcome.hint else ""
    return f"{outcome.source}: {word}: {outcome.message}{hint}"


def count(outcomes: Iterable[Outcome]) -> Counter[Status]:
    """How many outcomes have each status."""
    return Counter(outcome.status for outcome in outcomes)


def all_right(outcomes: Iterable[Outcome]) -> bool:
    """Whether no document failed. A file that is no SOP was recognised, but gives no record."""
    return all(outcome.status is Status.OK for outcome in outcomes)
