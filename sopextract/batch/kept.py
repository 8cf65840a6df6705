"""Archives on the way to an input, as files: fetched, unpacked, and kept for the next input.

Each process keeps the last of them, as the next input is likely to lie in the same one. All of it
is in the process's own temporary folder, which goes with it.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections import OrderedDict
from pathlib import Path

from sopextract.batch.container import Step, extract, unpacked_tar
from sopextract.batch.remote import address_in, fetch

# Archives on the way to an input that are kept: two that take turns, and one in one of them.
KEPT_MOST = 3

_Key = tuple[str, tuple[Step, ...]]


class _Kept:
    """The archives that were unpacked last."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._pid = 0
        self._paths: OrderedDict[_Key, Path] = OrderedDict()

    def path(self, base: str, steps: tuple[Step, ...], most: int) -> Path:
        """Where the archive at the end of these steps can be read; `most` bytes are fetched."""
        address = address_in(base)
        if not steps and address is None:
            return Path(base)
        key = (base, steps)
        if key in self._paths:
            self._paths.move_to_end(key)
            return self._paths[key]
        outer = self.path(base, steps[:-1], most) if steps else None
        target = self._new_path()
        if outer is not None:
            take_step(outer, steps[-1], target)
        elif address is not None:
            fetch_whole(address, target, most)
        self._paths[key] = target
        while len(self._paths) > KEPT_MOST:
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


KEPT = _Kept()
atexit.register(KEPT.clear)


def archive_at_hand(base: str, most: int, steps: tuple[Step, ...] = ()) -> Path:
    """An archive as a file that can be read. Raises SourceError; `most` bytes are fetched."""
    return KEPT.path(base, steps, most)


def clear_kept() -> None:
    """Remove what this process keeps of archives."""
    KEPT.clear()


def fetch_whole(address: str, target: Path, most: int) -> None:
    """A file at an address, or nothing. Raises SourceError."""
    try:
        fetch(address, target, most)
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def take_step(outer: Path, step: Step, target: Path) -> None:
    """What one step leads to, or nothing. Raises SourceError."""
    try:
        if step.packing in ("zip", "tar"):
            extract(outer, step, target)
        else:
            unpacked_tar(outer, step.packing, target, step.size)
    except BaseException:
        target.unlink(missing_ok=True)
        raise
