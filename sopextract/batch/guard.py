"""The one place where any exception is caught: a bug costs one file, not the batch."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace

from sopextract.errors import (
    ConfigError,
    MissingProgramError,
    NotASopError,
    OutputError,
    SourceError,
)
from sopextract.model.outcome import Outcome, Status

_BUG_HINT = "this is a fault of sopextract; the run log holds the details for a report"


@dataclass(frozen=True, slots=True)
class Result:
    """An outcome and, when a bug ended the work, its traceback for the run log."""

    outcome: Outcome
    traceback: str = ""


def guarded(source: str, work: Callable[[], Outcome]) -> Result:
    """Do the work on one source and say how it ended.

    Raises ConfigError, MissingProgramError and OutputError, which would stop every other source
    as well.
    """
    start = time.perf_counter()
    trace = ""
    try:
        outcome = work()
    except (ConfigError, MissingProgramError, OutputError):
        raise
    except NotASopError as exc:
        outcome = Outcome(source, Status.NOT_A_SOP, message=one_line(exc), hint=exc.hint)
    except SourceError as exc:
        where = f"page {exc.page}: " if exc.page else ""
        outcome = Outcome(source, Status.FAILED, message=where + one_line(exc), hint=exc.hint)
    except Exception as exc:  # noqa: BLE001 - house style: the batch alone may, and keeps the traceback
        outcome = crashed(source, type(exc).__name__)
        trace = traceback.format_exc()
    return Result(replace(outcome, seconds=time.perf_counter() - start), trace)


def crashed(source: str, what: str) -> Outcome:
    """The outcome of a bug. The message names its kind only: details may quote the document."""
    return Outcome(source, Status.CRASHED, message=f"internal error ({what})", hint=_BUG_HINT)


def one_line(exc: Exception) -> str:
    """The message of an exception on one line."""
    return " ".join(str(exc).split())
