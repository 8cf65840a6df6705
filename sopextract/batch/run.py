"""A batch: every input gets exactly one outcome, whatever happens to it, and a row that says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Generator, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from logging import getLogger
from pathlib import Path

from sopextract.batch.executors import Crew, choose_workers, do_all, make_crew
from sopextract.batch.folder import locked, open_ledger, sweep, was_killed, writing
from sopextract.batch.guard import Result, Written
from sopextract.batch.jobs import Job
from sopextract.batch.keys import Keys, keys_of
from sopextract.batch.ledger import Ledger
from sopextract.batch.outputs import append_log
from sopextract.batch.plan import (
    Plan,
    Selection,
    Step,
    digest_of,
    known_of,
    make_plan,
    pending,
    row_of,
)
from sopextract.batch.work import Task, do_task
from sopextract.errors import LedgerError
from sopextract.model.outcome import Outcome, Status
from sopextract.settings import Settings
from sopextract.store import remove_stale

_NAMED_MOST = 3  # inputs that an error of accounting names

log = getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Tally:
    """All inputs of a run by state, the records they have, and how many were gone or unchanged."""

    states: Counter[Status]
    records: int
    unchanged: int
    gone: int

    @property
    def inputs(self) -> int:
        """How many inputs the run was about."""
        return sum(self.states.values())


class Batch:
    """One run over an output folder, which is locked while it lasts."""

    def __init__(
        self, output: Path, ledger: Ledger, settings: Settings, beside: tuple[Path, ...] = ()
    ) -> None:
        self.output, self.ledger, self.settings = output, ledger, settings
        self._folders = (output, *beside)
        self._keys: Keys = keys_of(settings)

    def writing(self) -> AbstractContextManager[None]:
        """Hold this while something is written: a killed run is known by it."""
        return writing(self._folders)

    def swept(self, results: Iterable[Result]) -> Iterator[Result]:
        """All results; at their end what lost workers were writing is removed."""
        lost = False
        for result in results:
            lost |= result.lost_worker
            yield result
        if lost:  # all work has ended: what was being written is nobody's
            sweep(self._folders)

    def plan(self, jobs: Sequence[Job], selection: Selection) -> Plan:
        """What there is to do. Nothing is written."""
        return make_plan(jobs, self.ledger, self._keys, selection)

    def run(
        self, plan: Plan, executor: str = "processes", workers: int = 0, scheduler: str = ""
    ) -> Generator[Outcome, None, None]:
        """Do it, and keep account; the outcomes come as the tasks end.

        The bytes written do not depend on the executor or the number of workers (0: as many as pay
        off). Tracebacks of our own faults go to `.sopextract/run.log` in the output folder. Where
        there is nothing to do no file is touched.
        """
        if plan.idle():
            if was_killed(self.output):
                with self.writing():
                    return
            return
        chosen = choose_workers([s.task.job for s in plan.steps], workers)
        crew = make_crew(executor, chosen, scheduler)
        log.info("%d files, executor %s, workers %d", len(plan.steps), executor, crew.workers)
        with self.writing():
            self._begin(plan)
            yield from self._do(plan, crew)
            self.ledger.settle_copies()
            self.ledger.commit()

    def written(self, plan: Plan) -> tuple[Written, ...]:
        """The records that a run shows, in the order of their inputs."""
        rows = (self.ledger.get(job.stem) for job in plan.shown)
        return tuple(one for row in rows if row is not None for one in row.written)

    def outcomes(self, plan: Plan, states: Collection[Status]) -> Iterator[Outcome]:
        """What became of those inputs of a run that are in one of these states."""
        for job in plan.inputs:
            row = self.ledger.get(job.stem)
            if row is not None and row.state in states:
                yield row.outcome()

    def account(self, plan: Plan) -> Tally:
        """Count the inputs of a run by state. Raises LedgerError where one is not accounted for."""
        wanted = {job.stem for job in plan.inputs}
        states: Counter[Status] = Counter()
        gone = 0
        for stem, _, state, is_gone in self.ledger.states():
            gone += is_gone
            if stem in wanted and state != Status.PENDING:
                wanted.discard(stem)
                states[Status(state)] += 1
        if wanted:
            named = ", ".join(sorted(wanted)[:_NAMED_MOST])
            raise LedgerError(
                f"{len(wanted)} of {len(plan.inputs)} inputs are not accounted for: {named}"
            )
        return Tally(states, self.ledger.count_records(), sum(plan.unchanged.values()), gone)

    def _begin(self, plan: Plan) -> None:
        """Give every input its row, and note what needs no work."""
        for row in plan.same:
            self.ledger.put(row)
        for stem in plan.gone:
            self.ledger.mark_gone(stem)
        for stem in plan.removed:
            if (old := self.ledger.get(stem)) is not None:
                remove_stale(self.output, stem, 0, old.source)
            self.ledger.remove(stem)
        for step in plan.steps:
            if self.ledger.get(step.task.job.stem) is None:
                self.ledger.put(pending(step))
        self.ledger.commit()

    def _do(self, plan: Plan, crew: Crew) -> Generator[Outcome, None, None]:
        steps = {step.task.job.stem: step for step in plan.steps}

        def then(task: Task, result: Result) -> Iterator[Task]:
            step = steps.pop(task.job.stem)
            if result.outcome.status in _LOST:
                result = _cleared(task, result)
            yield from self._note(replace(step, task=task), result, plan)

        tasks = (step.task for step in plan.first)
        with closing(do_all(crew, do_task, tasks, then)) as results:
            for outcome in (result.outcome for result in self.swept(results)):
                log.debug("%s: %s in %.3f s", outcome.source, outcome.status.value, outcome.seconds)
                yield outcome

    def _note(self, step: Step, result: Result, plan: Plan) -> Iterator[Task]:
        """Write the row; the tasks that can be done now."""
        if result.traceback:
            append_log(self.output, result)
        when = datetime.now(UTC).isoformat(timespec="seconds")
        row = row_of(step, result, self._keys, when)
        self.ledger.put(row)
        for follower in plan.followers.pop(row.stem, ()):
            yield replace(follower.task, known=known_of(row))


_LOST = frozenset((Status.CRASHED, Status.TIMED_OUT, Status.OUT_OF_MEMORY))


def _cleared(task: Task, result: Result) -> Result:
    """The result of a task whose worker is gone: its records are removed, its source is hashed."""
    remove_stale(task.job.output, task.job.stem, 0, task.source)
    digest = result.facts.sha256 or digest_of(task.job)
    return replace(result, facts=replace(result.facts, sha256=digest, written=()))


@contextmanager
def open_batch(
    output: Path, settings: Settings, beside: tuple[Path, ...] = (), *, dry: bool = False
) -> Iterator[Batch]:
    """One run over an output folder; `dry` only looks, and makes nothing.

    `beside` are other folders that the run writes into.

    Raises LockedError while another run writes there, ConfigError for a folder that cannot be
    written.
    """
    if dry:
        with open_ledger(output, read_only=True) as ledger:
            yield Batch(output, ledger, settings, beside)
        return
    with locked(output), open_ledger(output) as ledger:
        killed = was_killed(output)
        try:
            yield Batch(output, ledger, settings, beside)
        finally:
            if killed:  # on a busy machine its workers may have outlived it for a moment
                sweep((output, *beside))
