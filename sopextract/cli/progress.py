"""Progress for a person: a bar on a terminal, plain or JSON lines elsewhere; all on stderr."""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict
from datetime import timedelta
from typing import TypeVar

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from sopextract.batch import watch_pages
from sopextract.cli.options import Common, say
from sopextract.core.text import strip_controls
from sopextract.model.outcome import GOOD, Outcome, Status

T = TypeVar("T")

_PAGES_A_LINE = 10  # a line about every half a minute
_EVERY_S = 30.0  # between two lines on how far a batch is
_NAME_LENGTH = 40  # of a source beside the bar; its end says most


def follow(
    outcomes: Generator[Outcome, None, None], total: int, title: str, common: Common
) -> tuple[Outcome, ...]:
    """Show outcomes as they come; give them sorted by source."""
    return tuple(sorted(shown(outcomes, total, title, common), key=lambda one: one.source))


def shown(
    outcomes: Generator[Outcome, None, None], total: int, title: str, common: Common
) -> Iterator[Outcome]:
    """The outcomes as they come, each shown."""
    with _bar(total, title, common) as bar, watch_pages(bar.page), closing(outcomes) as coming:
        done = 0
        try:
            for outcome in coming:
                show(outcome, common)
                bar.advance(outcome.status)
                done += 1
                yield outcome
        except KeyboardInterrupt:
            if common.sums_up:
                say(f"{title}: {done} of {total} done")
            raise


def counted(items: Iterable[T], total: int, title: str, common: Common) -> Iterator[T]:
    """The items, with a bar on a terminal and a line now and then elsewhere."""
    with _bar(total, title, common) as bar:
        for item in items:
            yield item
            bar.advance(Status.OK)


class _Quiet:
    """Where nothing is to be shown between the outcomes."""

    def advance(self, status: Status) -> None:
        """One more outcome came."""

    def page(self, source: str, number: int) -> None:
        """A page was read from pixels."""


class _Lines(_Quiet):
    """How far a batch is, and some of the pages of scans, as plain or JSON lines."""

    def __init__(self, total: int, title: str, as_json: bool) -> None:
        self._pace, self._title, self._as_json = _Pace(total), title, as_json
        self._next_s = _EVERY_S

    def advance(self, status: Status) -> None:
        self._pace.add(status)
        if self._pace.spent_s() < self._next_s:
            return
        self._next_s = self._pace.spent_s() + _EVERY_S
        if self._as_json:
            self._tell({"progress": self._title, **self._pace.values()})
        else:
            say(f"{self._title}: {self._pace}")

    def page(self, source: str, number: int) -> None:
        if number % _PAGES_A_LINE:
            return
        if self._as_json:
            self._tell({"source": source, "page": number})
        else:
            say(f"{source}: halaman {number}")

    def _tell(self, values: Mapping[str, object]) -> None:
        click.echo(json.dumps(values, ensure_ascii=False), err=True)


class _Bar(_Quiet):
    """A bar on a terminal, with the page that was read last."""

    def __init__(self, progress: Progress, title: str, total: int) -> None:
        self._progress, self._title, self._pace = progress, title, _Pace(total)
        self._task = progress.add_task(title, total=total, pace="")

    def advance(self, status: Status) -> None:
        self._pace.add(status)
        self._progress.update(
            self._task, description=self._title, advance=1, pace=self._pace.in_short()
        )

    def page(self, source: str, number: int) -> None:
        name = escape(strip_controls(source)[-_NAME_LENGTH:])
        self._progress.update(self._task, description=f"{self._title}  {name}: halaman {number}")


class _Pace:
    """How many are done, how fast, and how many of them failed."""

    def __init__(self, total: int) -> None:
        self._total, self._start = total, time.monotonic()
        self._done = self._failed = 0

    def add(self, status: Status) -> None:
        """One more came."""
        self._done += 1
        self._failed += status not in GOOD and status is not Status.NOT_A_SOP

    def spent_s(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self._start

    def values(self) -> dict[str, object]:
        """All of it, for programs."""
        rate = self._rate()
        left_s = (self._total - self._done) / rate if rate else None
        return {
            "done": self._done, "total": self._total, "per_second": round(rate, 2),
            "left_s": None if left_s is None else round(left_s), "failed": self._failed,
        }  # fmt: skip

    def in_short(self) -> str:
        """Rate and failures."""
        failed = f", {self._failed} failed" if self._failed else ""
        return f"{self._rate():.1f}/s{failed}"

    def __str__(self) -> str:
        """All of it, for people."""
        left = timedelta(seconds=round((self._total - self._done) / max(self._rate(), 1e-9)))
        return f"{self._done} of {self._total}, {self.in_short()}, {left} left"

    def _rate(self) -> float:
        return self._done / max(self.spent_s(), 1e-9)


@contextmanager
def _bar(total: int, title: str, common: Common) -> Iterator[_Quiet]:
    if common.quiet:
        yield _Quiet()
        return
    if common.log_format == "json" or not sys.stderr.isatty():
        yield _Lines(total, title, common.log_format == "json")
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[pace]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield _Bar(progress, title, total)


def show(outcome: Outcome, common: Common) -> None:
    """One outcome as it comes: a JSON line, or a line for a person; quiet: only what failed."""
    if common.log_format == "json":
        values = asdict(outcome) | {"findings": dict(outcome.findings)}
        click.echo(json.dumps(values, ensure_ascii=False), err=True)
    elif outcome.status not in GOOD:
        say(describe(outcome))
    elif not common.quiet and not sys.stderr.isatty():
        how = f"same as {outcome.same_as}" if outcome.same_as else "ok"
        say(f"{outcome.source}: {how}, {', '.join(outcome.records)}")


_WORDS = {
    Status.NOT_A_SOP: "not a SOP",
    Status.CRASHED: "crashed",
    Status.PARTIAL: "read in part",
    Status.TIMED_OUT: "timed out",
    Status.OUT_OF_MEMORY: "out of memory",
}


def describe(outcome: Outcome) -> str:
    """An outcome that is not all right, on one line: the file, what is wrong, what to do."""
    word = _WORDS.get(outcome.status, "failed")
    if outcome.same_as:
        word += f", as {outcome.same_as}, which has the same bytes"
    hint = f" ({outcome.hint})" if outcome.hint else ""
    return f"{outcome.source}: {word}: {outcome.message}{hint}"


def count(outcomes: Iterable[Outcome]) -> Counter[Status]:
    """How many outcomes have each status."""
    return Counter(outcome.status for outcome in outcomes)


def all_right(outcomes: Iterable[Outcome]) -> bool:
    """Whether no document failed. A file that is no SOP was recognised, but gives no record."""
    return all(outcome.status in GOOD for outcome in outcomes)
