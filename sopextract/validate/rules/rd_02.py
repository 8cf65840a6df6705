"""RD-02: values read with low confidence."""

from __future__ import annotations

from collections.abc import Iterator

from sopextract.model.draft import Method
from sopextract.model.finding import Kind, Severity
from sopextract.model.record import Provenance, SopRecord
from sopextract.validate.doubt import SURE
from sopextract.validate.doubtful_values import grouped, percentage, said
from sopextract.validate.registry import Hit, rule
from sopextract.validate.sheet import name_of

_OTHERS = (Method.UNREAD, Method.INFERRED, Method.REVIEWED)


@rule(
    "RD-02",
    Severity.WARNING,
    basis="kontrak rekaman: kepercayaan di bawah 0,9",
    good="Kepercayaan 0,95",
    bad="Kepercayaan 0,70",
    help="Cocokkan dengan dokumen sumber.",
    kind=Kind.READING,
)
def low_confidence(record: SopRecord) -> Iterator[Hit]:
    """Nilai dibaca dengan kepercayaan rendah."""
    for path, worst in grouped(record, _is_low):
        message = (
            f"{name_of(path)}{said(record, path)} diragukan (kepercayaan {percentage(worst)})."
        )
        yield Hit(path, message)


def _is_low(given: Provenance) -> bool:
    return given.confidence < SURE and given.method not in _OTHERS
