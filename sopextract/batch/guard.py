"""The one place where any exception is caught: a bug costs one file, not the batch."""

from __future__ import annotations

import errno
import signal
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
    UnsupportedError,
)
from sopextract.model.outcome import Outcome, Status

_BUG_HINT = "this is a fault of sopextract; the run log holds the details for a report"
_FULL = (errno.ENOSPC, errno.EDQUOT)  # every other document would meet it as well
_DIED_HINT = "the file may be damaged: open it in its program and save it again, or leave it out"


@dataclass(frozen=True, slots=True)
class Written:
    """One record on disk: `path` relative to the output folder."""

    path: str
    size: int
    mtime_ns: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What the ledger keeps of one attempt beside its outcome.

    `sha256` and `media_type` are of the source, "" where it was not read that far. `stages` are
    seconds by stage. `pages` counts all, `scanned` those read from pixels, with the sum of their
    engine's confidence over those that have words; `residue` is what found no place, by kind.
    """

    sha256: str = ""
    media_type: str = ""
    written: tuple[Written, ...] = ()
    stages: tuple[tuple[str, float], ...] = ()
    pages: int = 0
    scanned: int = 0
    with_words: int = 0
    confidence_sum: float = 0.0
    residue: tuple[tuple[str, int], ...] = ()


NOTHING_LEARNT = Facts()


@dataclass(frozen=True, slots=True)
class Result:
    """An outcome and, when a bug ended the work, its traceback for the run log.

    `lost_worker` says that a worker died over it, which may have left half a file; another one may
    have done the work after all.
    """

    outcome: Outcome
    traceback: str = ""
    facts: Facts = NOTHING_LEARNT
    lost_worker: bool = False


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
    except SourceError as exc:
        outcome = failed(source, exc)
    except MemoryError:
        outcome = Outcome(
            source, Status.OUT_OF_MEMORY, message="asked for more memory than it may have",
            hint="split it, or raise memory_bytes in [batch] of sopextract.toml",
        )  # fmt: skip
    except OSError as exc:
        if exc.errno in _FULL:
            raise OutputError(f"{exc.filename or 'the disk'}: {exc.strerror}") from exc
        outcome, trace = _of_os_error(source, exc), traceback.format_exc()
    except Exception as exc:  # noqa: BLE001 - house style: the batch alone may, and keeps the traceback
        outcome = crashed(source, type(exc).__name__)
        trace = traceback.format_exc()
    return Result(replace(outcome, seconds=time.perf_counter() - start), trace)


def _of_os_error(source: str, exc: OSError) -> Outcome:
    if exc.errno == errno.EFBIG:
        return Outcome(
            source, Status.FAILED, message="unpacks to a larger file than may be written",
            hint="check where it came from; file_bytes in [batch] is the limit",
        )  # fmt: skip
    return crashed(source, type(exc).__name__)


def failed(source: str, exc: SourceError) -> Outcome:
    """The outcome of a file that cannot be used."""
    status, where = Status.FAILED, f"page {exc.page}: " if exc.page else ""
    if isinstance(exc, NotASopError):
        status, where = Status.NOT_A_SOP, ""
    elif isinstance(exc, UnsupportedError):
        status = Status.UNSUPPORTED
    return Outcome(source, status, message=where + one_line(exc), hint=exc.hint)


def crashed(source: str, what: str) -> Outcome:
    """The outcome of a bug. The message names its kind only: details may quote the document."""
    return Outcome(source, Status.CRASHED, message=f"internal error ({what})", hint=_BUG_HINT)


def worker_failed(code: int | None) -> tuple[str, str]:
    """Message and hint for a worker process that ended by itself with this exit code."""
    if code is None or code >= 0:
        return f"internal error (the worker process ended with status {code})", _BUG_HINT
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = f"signal {-code}"
    return f"internal error (native code ended the worker process: {name})", _DIED_HINT


def one_line(exc: Exception) -> str:
    """The message of an exception on one line."""
    return " ".join(str(exc).split())
