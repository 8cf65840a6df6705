"""Archives among the inputs: looked into by a worker that can be killed, one after another."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from sopextract.batch.container import packing_of
from sopextract.batch.kept import archive_at_hand
from sopextract.batch.killable import KillableWorker, Limits, Lost
from sopextract.batch.nested import Bounds, Found, Inside, find_inside
from sopextract.errors import OutputError, SourceError
from sopextract.settings import BatchSettings

Mark = tuple[int, int, int]  # size, date and inode of a file, or what an address has in their place

# What was seen last, for `watch`, which looks again every few seconds; a member takes 0.5 kB.
_SEEN: dict[tuple[str, Bounds, Mark], list[Found]] = {}
_SEEN_MOST, _SEEN_MEMBERS = 100, 10_000


@dataclass(frozen=True, slots=True)
class Input:
    """One input: what a record calls it, where it lies, and where in an archive, if in one."""

    source: str
    location: str
    inside: Inside | None = None


def with_members(found: Iterable[Input], settings: BatchSettings) -> Iterator[Input]:
    """The inputs, in place of each archive what is in it.

    An archive that cannot be used, or that takes a worker along, is one input with a fault.
    """
    with closing(_Lister(settings)) as lister:
        for one in found:
            if packing_of(one.location) is None or (mark := _mark(one)) is None:
                yield one
                continue
            taken: set[str] = set()
            for member in lister.look(one, mark):
                name, inside = _name(member.name, taken), member.inside
                if not member.name:  # the archive itself, which may yet be mended or still grows
                    inside = replace(inside, size=mark[0], mtime_ns=mark[1], check=mark[2])
                yield Input(one.source + name, one.location + name, inside)


def _mark(one: Input) -> Mark | None:
    """What tells that the file of an archive has changed; None for what is none, or not there."""
    if one.inside is not None:
        return one.inside.size, one.inside.mtime_ns, one.inside.check
    try:
        info = os.stat(one.location)
    except OSError:
        return None
    return (info.st_size, info.st_mtime_ns, info.st_ino) if stat.S_ISREG(info.st_mode) else None


def _name(name: str, taken: set[str]) -> str:
    """What is put after the archive's own name: no other's, and `..` in it leads nowhere."""
    plain = "".join(f"/{part}" for part in name.split("/") if part not in ("..", ""))
    unique, number = plain, 1
    while unique in taken:
        number += 1
        unique = f"{plain}#{number}"
    taken.add(unique)
    return unique


class _Lister:
    """Looks into archives, in one worker for as long as it lives."""

    def __init__(self, settings: BatchSettings) -> None:
        self._settings = settings
        self._bounds = Bounds(
            settings.archive_members, settings.archive_bytes, settings.archive_ratio,
            settings.archive_depth,
        )  # fmt: skip
        self._worker: KillableWorker | None = None

    def look(self, one: Input, mark: Mark) -> list[Found]:
        """What is in an archive."""
        key = (one.location, self._bounds, mark)
        known = _SEEN.get(key)
        if known is not None:
            return known
        most = self._settings
        limits = Limits(
            most.timeout_s + most.timeout_mb_s * mark[0] / 1e6, 0, most.memory_bytes,
            most.archive_bytes,
        )  # fmt: skip
        try:
            if self._worker is None:
                self._worker = KillableWorker()
            found = self._worker.do(_look, (one.location, self._bounds), limits)
        except Lost as exc:
            self.close()
            fault = Inside(one.location, (), fault=exc.message, hint=exc.hint)
            return [Found("", fault)]
        except OSError as exc:
            raise OutputError(f"no worker process can be started: {exc.strerror}") from exc
        if len(found) <= _SEEN_MEMBERS:
            while len(_SEEN) >= _SEEN_MOST:
                del _SEEN[next(iter(_SEEN))]
            _SEEN[key] = found
        return found

    def close(self) -> None:
        """End the worker."""
        if self._worker is not None:
            self._worker.close()
            self._worker = None


def _look(asked: tuple[str, Bounds]) -> list[Found]:
    location, bounds = asked
    try:
        path = archive_at_hand(location, bounds.total_bytes)
    except SourceError as exc:
        return [Found("", Inside(location, (), fault=str(exc), hint=exc.hint))]
    return find_inside(path, location, PurePosixPath(location).name, bounds)
