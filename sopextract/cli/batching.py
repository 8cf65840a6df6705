"""Options of the commands that read whole archives, and what they say about it."""

from __future__ import annotations

import functools
import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import click as plain_click
import rich_click as click

from sopextract.batch import EXECUTORS, Batch, Job, Plan, Selection, Tally, find_jobs, open_batch
from sopextract.batch.summary import PAGE
from sopextract.cli.options import Common, say
from sopextract.cli.progress import count, shown
from sopextract.core.text import how_many, strip_controls
from sopextract.errors import ConfigError
from sopextract.model.outcome import GOOD, Status

P = ParamSpec("P")
R = TypeVar("R")

# What counts as failed in one word; the run report tells them apart.
FAILED = (
    Status.FAILED, Status.UNSUPPORTED, Status.CRASHED, Status.TIMED_OUT, Status.OUT_OF_MEMORY,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Orders:
    """What the options of a batch say."""

    workers: int
    executor: str
    scheduler: str
    selection: Selection
    dry_run: bool


def batch_options(command: Callable[Concatenate[Orders, P], R]) -> Callable[..., R]:
    """Add the options of a batch; the command gets them as `Orders` in front."""

    @click.option(
        "-j", "--jobs", type=click.IntRange(min=0), default=0,
        help="Worker processes; 0 = as many as pay off.",
    )  # fmt: skip
    @click.option(
        "--executor", type=click.Choice(sorted(EXECUTORS)), default="processes", show_default=True,
        help="Who reads: worker processes; serial: this process, without isolation; dask: the "
        "workers of a cluster.",
    )  # fmt: skip
    @click.option("--scheduler", default="", help="Of --executor dask: tcp://host:8786.")
    @click.option("--only-changed", is_flag=True, help="Read what is new or changed: the default.")
    @click.option("--force", is_flag=True, help="Read everything again.")
    @click.option("--retry-failed", is_flag=True, help="Read again what failed before, too.")
    @click.option(
        "--since", type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]),
        help="Only files changed on or after this date, local time.",
    )  # fmt: skip
    @click.option("--sample", type=click.IntRange(min=1), help="Only so many, always the same.")
    @click.option("--remove-gone", is_flag=True, help="Remove the records of inputs that are gone.")
    @click.option("--dry-run", is_flag=True, help="Say what would be done and why; do nothing.")
    @functools.wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> R:
        only_changed, force = kwargs.pop("only_changed"), kwargs.pop("force")
        if only_changed and force:
            raise ConfigError("--only-changed and --force contradict each other: give one")
        since: datetime | None = kwargs.pop("since")
        selection = Selection(
            force, kwargs.pop("retry_failed"), since.timestamp() if since else None,
            kwargs.pop("sample"), remove_gone=kwargs.pop("remove_gone"),
        )  # fmt: skip
        orders = Orders(
            kwargs.pop("jobs"),
            kwargs.pop("executor"),
            kwargs.pop("scheduler"),
            selection,
            kwargs.pop("dry_run"),
        )
        return command(orders, *args, **kwargs)

    return wrapped


@dataclass(frozen=True, slots=True)
class Parsed:
    """A batch that was run, still open: what it was to do, and what became of it."""

    batch: Batch
    plan: Plan
    tally: Tally
    tried: Counter[Status]


@contextmanager
def parsed(
    common: Common, orders: Orders, raw: tuple[str, ...], output: Path,
    beside: tuple[Path, ...] = (), jobs: tuple[Job, ...] | None = None,
) -> Iterator[Parsed | None]:  # fmt: skip
    """Parse everything named and show progress; None after a dry run, which says what would be.

    `jobs` are what `raw` names, where that is known already.
    """
    found = find_jobs(raw, output, common.settings, beside) if jobs is None else jobs
    with open_batch(output, common.settings, beside, dry=orders.dry_run) as batch:
        plan = batch.plan(found, orders.selection)
        if orders.dry_run:
            for line in describe_plan(plan, as_json=common.log_format == "json"):
                plain_click.echo(strip_controls(line))
            yield None
            return
        outcomes = batch.run(plan, orders.executor, orders.workers, orders.scheduler)
        start = time.monotonic()
        tried = count(shown(outcomes, len(plan.steps), "Parsing", common))
        tally = batch.account(plan)
        if not plan.idle():
            from sopextract.batch.report import write_run_report

            write_run_report(batch, time.monotonic() - start, sum(tried.values()))
        yield Parsed(batch, plan, tally, tried)


def describe_plan(plan: Plan, *, as_json: bool) -> Iterable[str]:
    """What would be done, input by input, and how many of each kind."""
    counted: Counter[str] = Counter()
    for step in plan.steps:
        action, reason = step.task.action.value, step.reason.value
        counted[f"{action}: {reason}"] += 1
        if as_json:
            values = {"source": step.task.source, "action": action, "reason": reason}
            yield json.dumps(values, ensure_ascii=False)
        else:
            yield f"{action}  {step.task.source}  ({reason})"
    unchanged = sum(plan.unchanged.values())
    if as_json:
        yield json.dumps({"would": counted, "unchanged": unchanged, "gone": len(plan.gone)})
        return
    for line, number in sorted(counted.items()):
        yield f"# {number} to {line}"
    yield f"# {unchanged} unchanged of {how_many(len(plan.inputs), 'input')}"
    if plan.gone:
        yield f"# {len(plan.gone)} of an earlier run are gone"
    if plan.removed:
        yield f"# {len(plan.removed)} of an earlier run whose records would be removed"


def tell_totals(done: Parsed) -> None:
    """The account of a run as one JSON line, the last on stderr."""
    tally = done.tally
    values = {
        "inputs": tally.inputs, "states": tally.states, "records": tally.records,
        "tried": sum(done.tried.values()), "unchanged": tally.unchanged, "gone": tally.gone,
    }  # fmt: skip
    plain_click.echo(json.dumps(values, ensure_ascii=False), err=True)


def failed_in(tally: Tally) -> int:
    """How many inputs could not be used."""
    return sum(tally.states[status] for status in FAILED)


def all_read(tally: Tally) -> bool:
    """Whether every input of a run has its records."""
    return all(state in GOOD for state in tally.states)


def say_rest(done: Parsed) -> None:
    """What the summary's first line leaves out."""
    tally = done.tally
    if tally.unchanged:
        again = [s for s in FAILED if done.plan.unchanged[s]]
        failed = sum(done.plan.unchanged[s] for s in again)
        more = f"; {failed} of them failed (--retry-failed tries them again)" if failed else ""
        say(f"{tally.unchanged} unchanged since an earlier run{more}")
    if done.tried:
        say(f"report on the run: {done.batch.output / PAGE}")
    if tally.gone:
        say(f"{tally.gone} inputs of earlier runs are gone; their records are kept (--remove-gone)")
