"""Records without what a comparison never looks at: ten thousand of them fit into memory."""

from __future__ import annotations

from sopextract.model.record import Provenance, SopRecord

# A value below this is told as a doubt; what was read surely needs no grounds here.
SURE = 0.9
_TOLD = ("unread", "inferred", "absent")


def slim_record(record: SopRecord) -> SopRecord:
    """The record with grounds only where they say something: unread, absent, inferred or doubtful.

    Nine in ten entries of `provenance` go, and so do `corrections`, `doubtful_words` and
    `page_notes`. Comparing it gives the same as comparing the whole.
    """
    return record.model_copy(
        update={
            "provenance": {p: v for p, v in record.provenance.items() if _says_something(v)},
            "corrections": (),
            "doubtful_words": {},
            "page_notes": (),
        }
    )


def _says_something(entry: Provenance) -> bool:
    return entry.method in _TOLD or entry.confidence < SURE
