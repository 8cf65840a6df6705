"""Archives among the inputs: looked into by a worker that can be killed, one after another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sopextract.batch.container import packing_of
from sopextract.batch.killable import KillableWorker, Limits, Lost
from sopextract.batch.nested import Bounds, Found, Inside, find_inside
from sopextract.errors import OutputError
from sopextract.settings import BatchSettings


@dataclass(frozen=True, slots=True)
class Input:
    """One input: what a record calls it, where it lies, and where in an archive, if in one."""

    source: str
    location: str
    inside: Inside | None = None


def with_members(found: Iterable[tuple[str, str]], settings: BatchSettings) -> Iterator[Input]:
    """Inputs from sources and locations: in place of each archive what is in it.

    An archive that cannot be used, or that takes a worker along, is one input with a fault.
    """
    with closing(_Lister(settings)) as lister:
        for source, location in found:
            if packing_of(location) is None or not Path(location).is_file():
                yield Input(source, location)
                continue
            taken: set[str] = set()
            for one in lister.look(location):
                name = _name(one.name, taken)
                yield Input(source + name, location + name, one.inside)


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

    def look(self, location: str) -> list[Found]:
        """What is in an archive."""
        most = self._settings
        bounds = Bounds(
            most.archive_members, most.archive_bytes, most.archive_ratio, most.archive_depth
        )
        megabytes = Path(location).stat().st_size / 1e6
        limits = Limits(
            most.timeout_s + most.timeout_mb_s * megabytes, 0, most.memory_bytes,
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
    return find_inside(Path(location), location, Path(location).name, bounds)
