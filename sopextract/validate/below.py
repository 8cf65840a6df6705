"""Which pointers lie below a pointer, without going through all of them for each question."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from sopextract.model.record import Provenance, SopRecord


class _Same:
    """A record as a key of the cache: equal only to itself, as records hold mappings."""

    def __init__(self, record: SopRecord) -> None:
        self.record = record

    def __hash__(self) -> int:
        return id(self.record)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.record is self.record


def pointers_below(record: SopRecord, pointer: str) -> tuple[str, ...]:
    """The pointers with provenance that lie below this one, itself not among them, in order."""
    return _index(_Same(record)).get(pointer, ())


def grounds_below(record: SopRecord, pointer: str) -> tuple[Provenance, ...]:
    """The provenance of all that lies below a pointer."""
    return tuple(record.provenance[path] for path in pointers_below(record, pointer))


@lru_cache(maxsize=2)  # rules ask about one record after another
def _index(key: _Same) -> Mapping[str, tuple[str, ...]]:
    below: dict[str, list[str]] = {}
    for path in key.record.provenance:
        parent = path.rpartition("/")[0]
        while parent:
            below.setdefault(parent, []).append(path)
            parent = parent.rpartition("/")[0]
    return {pointer: tuple(paths) for pointer, paths in below.items()}
