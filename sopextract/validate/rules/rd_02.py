"""RD-02: values read with low confidence."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sopextract.model.draft import Method
from sopextract.model.finding import Kind, Severity
from sopextract.model.record import UNTRUSTED_FACTOR, Provenance, SopRecord
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
    """Nilai dibaca dengan kepercayaan rendah.

    Halaman yang lapisan teksnya diragukan dilaporkan sekali oleh RD-13, bukan per nilai.
    """
    untrusted = {note.page for note in record.page_notes if note.untrusted}
    for path, worst in grouped(record, lambda given: _is_low(given, untrusted)):
        message = (
            f"{name_of(path)}{said(record, path)} diragukan (kepercayaan {percentage(worst)})."
        )
        yield Hit(path, message)


def _is_low(given: Provenance, untrusted: Collection[int | None]) -> bool:
    line = SURE * UNTRUSTED_FACTOR if given.page in untrusted else SURE
    return given.confidence < line and given.method not in _OTHERS
