"""What became of one input file; crosses process borders, so it never holds a record."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """How a file ended."""

    OK = "ok"
    PARTIAL = "partial"  # records were written before the rest turned out to be unreadable
    SAME_AS = "same_as"  # the same bytes as another input; its records were written without parsing
    NOT_A_SOP = "not_a_sop"
    UNSUPPORTED = "unsupported"  # a format that has no reader
    FAILED = "failed"
    CRASHED = "crashed"  # a bug of ours or of native code: the details are in the run log
    TIMED_OUT = "timed_out"
    OUT_OF_MEMORY = "out_of_memory"
    PENDING = "pending"  # not done yet: the run was ended before its turn came
    GONE = "gone"  # was there in an earlier run; its records are kept


# Their records are there, and the document as a whole was read.
GOOD = frozenset((Status.OK, Status.SAME_AS))
# What another attempt may mend without the file changing.
RETRIED = frozenset(
    (Status.PARTIAL, Status.FAILED, Status.CRASHED, Status.TIMED_OUT, Status.OUT_OF_MEMORY)
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One file's end: the records written (paths relative to the output folder), or why not.

    `same_as` is the source path of the input whose bytes are the same, "" for none.
    """

    source: str
    status: Status
    records: tuple[str, ...] = ()
    message: str = ""
    hint: str = ""
    findings: tuple[tuple[str, int], ...] = ()  # severity, count
    seconds: float = 0.0
    same_as: str = ""
