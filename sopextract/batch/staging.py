"""Inputs that lie in archives, as files: unpacked for as long as they are read.

Each process keeps the last archives that it unpacked on the way, as the next input is likely to lie
in the same one. All of it is in the process's own temporary folder, which goes with it.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath

from sopextract.batch.container import Step, extract, unpacked_tar
from sopextract.batch.jobs import Job
from sopextract.errors import SourceError

# Archives on the way to an input that are kept: two that take turns, and one in one of them.
_KEPT = 3

_Key = tuple[str, tuple[Step, ...]]


class _Kept:
    """The archives that were unpacked last."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._pid = 0
        self._paths: OrderedDict[_Key, Path] = OrderedDict()

    def path(self, base: str, steps: tuple[Step, ...]) -> Path:
        """Where the archive at the end of these steps can be read."""
        if not steps:
            return Path(base)
        key = (base, steps)
        if key in self._paths:
            self._paths.move_to_end(key)
            return self._paths[key]
        outer = self.path(base, steps[:-1])
        target = self._new_path()
        _take_step(outer, steps[-1], target)
        self._paths[key] = target
        while len(self._paths) > _KEPT:
            self._paths.popitem(last=False)[1].unlink(missing_ok=True)
        return target

    def _new_path(self) -> Path:
        if self._folder is None or self._pid != os.getpid():  # not those of the process we left
            self._folder, self._pid = Path(tempfile.mkdtemp(prefix="sopextract-")), os.getpid()
            self._paths.clear()
        handle, name = tempfile.mkstemp(dir=self._folder)
        os.close(handle)
        return Path(name)

    def clear(self) -> None:
        """Remove them."""
        if self._folder is not None and self._pid == os.getpid():
            shutil.rmtree(self._folder, ignore_errors=True)
        self._folder = None
        self._paths.clear()


_KEPT_ARCHIVES = _Kept()
atexit.register(_KEPT_ARCHIVES.clear)


@contextmanager
def at_hand(job: Job) -> Iterator[Job]:
    """The job with its input as a file; the same one where it is a file already.

    Raises SourceError for what is too large, and for what cannot be unpacked.
    """
    inside = job.inside
    if inside is None:
        yield job
        return
    if inside.fault is not None:
        raise SourceError(inside.fault, hint=inside.hint)
    most = max(job.settings.ingest.max_bytes, job.settings.ingest.max_bytes_pdf)
    if inside.size > most:
        raise SourceError(
            f"the file has {inside.size:,} bytes, more than the {most:,} allowed",
            hint="split it, or raise the limit in [ingest] of sopextract.toml",
        )
    with tempfile.TemporaryDirectory(prefix="sopextract-", ignore_cleanup_errors=True) as folder:
        path = Path(folder, f"document{PurePosixPath(job.source).suffix}")
        *way, last = inside.steps
        _take_step(_KEPT_ARCHIVES.path(inside.base, tuple(way)), last, path)
        yield replace(job, location=path, inside=None)


def clear_kept() -> None:
    """Remove what this process keeps of archives."""
    _KEPT_ARCHIVES.clear()


def _take_step(outer: Path, step: Step, target: Path) -> None:
    try:
        if step.packing in ("zip", "tar"):
            extract(outer, step, target)
        else:
            unpacked_tar(outer, step.packing, target, step.size)
    except BaseException:
        target.unlink(missing_ok=True)
        raise
