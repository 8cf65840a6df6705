"""Archives among the inputs: looked into by a worker that can be killed, one after another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from sopextract.batch.container import packing_of
from sopextract.batch.kept import archive_at_hand
from sopextract.batch.killable import KillableWorker, Limits, Lost
from sopextract.batch.nested import Bounds, Found, Inside, find_inside
from sopextract.errors import OutputError, SourceError
from sopextract.settings import BatchSettings


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
            size = _size(one)
            if packing_of(one.location) is None or size is None:
                yield one
                continue
            taken: set[str] = set()
            for member in lister.look(one.location, size):
                name, inside = _name(member.name, taken), member.inside
                if not member.name:  # the archive itself, which may yet be mended or still grows
                    inside = _as_it_is(one, inside)
                yield Input(one.source + name, one.location + name, inside)


def _size(one: Input) -> int | None:
    """Bytes of a file; None for what is none."""
    if one.inside is not None:
        return one.inside.size
    path = Path(one.location)
    return path.stat().st_size if path.is_file() else None


def _as_it_is(one: Input, inside: Inside) -> Inside:
    """The fault of an archive with what tells that its file has changed."""
    if one.inside is not None:
        there = one.inside
        return replace(inside, size=there.size, mtime_ns=there.mtime_ns, check=there.check)
    info = Path(one.location).stat()
    return replace(inside, size=info.st_size, mtime_ns=info.st_mtime_ns, check=info.st_ino)


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
        self._worker: KillableWorker | None = None

    def look(self, location: str, size: int) -> list[Found]:
        """What is in an archive of so many bytes."""
        most = self._settings
        bounds = Bounds(
            most.archive_members, most.archive_bytes, most.archive_ratio, most.archive_depth
        )
        limits = Limits(
            most.timeout_s + most.timeout_mb_s * size / 1e6, 0, most.memory_bytes,
            most.archive_bytes,
        )  # fmt: skip
        try:
            if self._worker is None:
                self._worker = KillableWorker()
            return self._worker.do(_look, (location, bounds), limits)
        except Lost as exc:
            self.close()
            fault = Inside(location, (), fault=exc.message, hint=exc.hint)
            return [Found("", fault)]
        except OSError as exc:
            raise OutputError(f"no worker process can be started: {exc.strerror}") from exc

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
