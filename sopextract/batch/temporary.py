"""Folders for what workers need for a while; those of killed runs are removed by the next one."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from functools import cache as once
from importlib.util import find_spec
from pathlib import Path

_LOCKS = find_spec("fcntl") is not None  # not on Windows, where an open file keeps its name too
_PREFIX = "sopextract-worker-"
_STARTED_S = 3600.0  # a worker has started long before; it takes a second
SAID = "said.txt"  # what the worker and native code in it print; locked as long as it lives


def make_worker_folder() -> Path:
    """A new folder. The first call of a process removes what killed runs left."""
    _sweep()
    return Path(tempfile.mkdtemp(prefix=_PREFIX))


def hold(folder: Path) -> int:
    """In the worker: open the file for what is printed, and lock it for life."""
    said = folder / SAID
    first = folder / f".{SAID}" if _LOCKS else said
    handle = os.open(first, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    if first != said:  # others look for it by its name: they find it locked, or none
        _locked(handle)
        first.rename(said)
    return handle


@once
def _sweep() -> None:
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        try:
            handle = os.open(folder / SAID, os.O_WRONLY)
        except FileNotFoundError:  # only just made, or its worker was killed before it started
            _remove_if_old(folder)
            continue
        except OSError:  # of another user
            continue
        try:
            if _locked(handle):
                shutil.rmtree(folder, ignore_errors=True)
        finally:
            os.close(handle)


def _remove_if_old(folder: Path) -> None:
    try:
        if time.time() - folder.stat().st_mtime > _STARTED_S:
            shutil.rmtree(folder, ignore_errors=True)
    except OSError:
        return


def _locked(handle: int) -> bool:
    """Lock an open file without waiting; False where another holds it, or there are no locks."""
    if not _LOCKS:
        return False
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
