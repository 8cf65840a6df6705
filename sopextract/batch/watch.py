"""Which files have stopped growing: what is being copied or scanned is left for later."""

from __future__ import annotations

import os
from collections.abc import Sequence

from sopextract.batch.jobs import Job


class Settling:
    """Looks at the same inputs again and again.

    A file has settled when two looks in a row saw the same size and date: so the time between looks
    is how long a file must have been at rest.
    """

    def __init__(self) -> None:
        self._last: dict[str, tuple[int, int]] = {}

    def look(self, jobs: Sequence[Job]) -> frozenset[str]:
        """The stems of the inputs that have settled since the last look."""
        now = {job.stem: _seen(job) for job in jobs}
        settled = frozenset(stem for stem, seen in now.items() if self._last.get(stem) == seen)
        self._last = now
        return settled


def _seen(job: Job) -> tuple[int, int]:
    try:
        info = os.stat(job.location)
    except OSError:
        return (-1, 0)
    return (info.st_size, info.st_mtime_ns)
