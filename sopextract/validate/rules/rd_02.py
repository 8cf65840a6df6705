"""RD-02: values read with low confidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sopextract.model.draft import Method
from sopextract.model.finding import Kind, Severity
from sopextract.model.record import Provenance, SopRecord
from sopextract.validate.doubtful_values import grouped, percentage, said
from sopextract.validate.registry import Hit, rule
from sopextract.validate.scans import (
    dim_columns,
    doubted_pages,
    is_in_dim_column,
    is_scanned_text,
    scanned_pages,
    sure_on,
)
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

    Halaman yang lapisan teksnya diragukan dilaporkan sekali oleh RD-13, halaman hasil pindai yang
    kurang terbaca oleh RD-16, bukan per nilai; teks hasil pindai oleh RD-17 dan RD-18.
    """
    for path, worst in grouped(record, _low_ones(record)):
        message = (
            f"{name_of(path)}{said(record, path)} diragukan (kepercayaan {percentage(worst)})."
        )
        yield Hit(path, message)


def _low_ones(record: SopRecord) -> Callable[[str, Provenance], bool]:
    scanned, doubted = scanned_pages(record), doubted_pages(record)
    columns = dim_columns(record)

    def is_low(pointer: str, given: Provenance) -> bool:
        return (
            given.confidence < sure_on(given.page, doubted)
            and given.method not in _OTHERS
            and not is_scanned_text(pointer, given, scanned)
            and not is_in_dim_column(record, pointer, columns)
        )

    return is_low
