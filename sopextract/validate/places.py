"""Where in the source a finding lies."""

from __future__ import annotations

from sopextract.model.record import Provenance, SopRecord
from sopextract.validate.below import grounds_below


def grounds_of(record: SopRecord, pointer: str) -> Provenance | None:
    """The provenance nearest to a pointer: its own, of its first part, of what holds it."""
    while pointer:
        exact = record.provenance.get(pointer)
        if exact is not None:
            return exact
        below = grounds_below(record, pointer)
        if below:
            return min(below, key=lambda p: (p.page or 0, p.line or 0))
        pointer = pointer.rpartition("/")[0]
        if pointer.count("/") < 2:
            return record.provenance.get(pointer)
    return None


def line_of(record: SopRecord, pointer: str) -> int | None:
    """The line of the source, counting from 1; None when it is not known."""
    found = grounds_of(record, pointer)
    return found.line if found and found.line and found.line > 0 else None
