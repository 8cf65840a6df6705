"""What became of one input file; crosses process borders, so it never holds a record."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """How a file ended."""

    OK = "ok"
    NOT_A_SOP = "not_a_sop"
    FAILED = "failed"
    CRASHED = "crashed"  # a bug of ours: the traceback is in the run log


@dataclass(frozen=True, slots=True)
class Outcome:
    """One file's end: the records written (paths relative to the output folder), or why not."""

    source: str
    status: Status
    records: tuple[str, ...] = ()
    message: str = ""
    hint: str = ""
    findings: tuple[tuple[str, int], ...] = ()  # severity, count
    seconds: float = 0.0
