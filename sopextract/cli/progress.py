"""Progress for a person: a bar on a terminal, plain or JSON lines elsewhere; all on stderr."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from sopextract.batch import watch_pages
from sopextract.cli.options import Common, say
from sopextract.core.text import strip_controls
from sopextract.model.outcome import Outcome, Status

_PAGES_A_LINE = 10  # a line about every half a minute
_NAME_LENGTH = 40  # of a source beside the bar; its end says most


def follow(
    outcomes: Generator[Outcome, None, None], total: int, title: str, common: Common
) -> tuple[Outcome, ...]:
    """Show outcomes as they come; give them sorted by source."""
    seen: list[Outcome] = []
    with _bar(total, title, common) as bar, watch_pages(bar.page), closing(outcomes) as coming:
        for outcome in coming:
            seen.append(outcome)
            show(outcome, common)
            bar.advance()
    return tuple(sorted(seen, key=lambda outcome: outcome.source))


class _Quiet:
    """Where nothing is to be shown between the outcomes."""

    def advance(self) -> None:
        """One more outcome came."""

    def page(self, source: str, number: int) -> None:
        """A page was read from pixels."""


class _Lines(_Quiet):
    """Pages of scans as plain or JSON lines: some of them, as a file may have hundreds."""

    def __init__(self, as_json: bool) -> None:
        self._as_json = as_json

    def page(self, source: str, number: int) -> None:
        if number % _PAGES_A_LINE:
            return
        if self._as_json:
            values = {"source": source, "page": number}
            click.echo(json.dumps(values, ensure_ascii=False), err=True)
        else:
            say(f"{source}: halaman {number}")


class _Bar(_Quiet):
    """A bar on a terminal, with the page that was read last."""

    def __init__(self, progress: Progress, title: str, total: int) -> None:
        self._progress, self._title = progress, title
        self._task = progress.add_task(title, total=total)

    def advance(self) -> None:
        self._progress.update(self._task, description=self._title)
        self._progress.advance(self._task)

    def page(self, source: str, number: int) -> None:
        name = escape(strip_controls(source)[-_NAME_LENGTH:])
        self._progress.update(self._task, description=f"{self._title}  {name}: halaman {number}")


@contextmanager
def _bar(total: int, title: str, common: Common) -> Iterator[_Quiet]:
    if common.quiet:
        yield _Quiet()
        return
    if common.log_format == "json" or not sys.stderr.isatty():
        yield _Lines(common.log_format == "json")
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield _Bar(progress, title, total)


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
