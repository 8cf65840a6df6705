"""Which values are in doubt: the line between faults of the sheet and doubts of our reading."""

from __future__ import annotations

from collections.abc import Iterable

from sopextract.model.draft import Method
from sopextract.model.record import Provenance, SopRecord
from sopextract.validate.below import grounds_below
from sopextract.validate.sheet import value_at

SURE = 0.9  # the record contract: a wrong value of 0.9 or more without a finding is silent


def is_doubtful(given: Provenance) -> bool:
    """Whether these grounds are too weak to blame the agency with."""
    return given.method in (Method.UNREAD, Method.INFERRED) or (
        given.confidence < SURE and given.method != Method.REVIEWED
    )


def doubts(record: SopRecord, pointer: str) -> bool:
    """Whether the value at `pointer`, a part of it or, if it has no entry, its whole is in doubt.

    A value without any provenance (records made by hand) is believed; but on a scan what is missing
    without a trace may have been passed over.
    """
    exact = record.provenance.get(pointer)
    if exact is not None and is_doubtful(exact):
        return True
    below = grounds_below(record, pointer)
    if exact is not None or below:
        return any(is_doubtful(p) for p in below)
    parent = pointer.rpartition("/")[0]
    above = record.provenance.get(parent) if parent else None
    if above is None:
        return may_be_passed_over(record, pointer)
    return is_doubtful(above)


def may_be_passed_over(record: SopRecord, pointer: str) -> bool:
    """Whether nothing is known of a value that is missing, and pages were read from pixels."""
    if not any(note.scan is not None for note in record.page_notes):
        return False
    if pointer in record.provenance:
        return False
    return value_at(record, pointer) in (None, "", ())


def any_doubt(record: SopRecord, pointers: Iterable[str]) -> bool:
    """Whether one of these values is in doubt."""
    return any(doubts(record, pointer) for pointer in pointers)


def method_of(record: SopRecord, pointer: str) -> str | None:
    """How the value at exactly this pointer was read; None when the record does not say."""
    given = record.provenance.get(pointer)
    return given.method if given else None
