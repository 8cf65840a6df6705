"""A process with all that it started: how much memory they take, and their end."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

_PROC = Path("/proc")
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


def memory_of(pid: int) -> int:
    """Bytes of memory that a process and its descendants hold; 0 where that cannot be told."""
    return sum(_resident(one) for one in (pid, *_descendants(pid)))


def kill_tree(pid: int, *, alive: bool) -> None:
    """SIGKILL to a process that leads a session, to its descendants and to the whole session.

    `alive` False: it has ended, and its number may be another's by now; but that of its session is
    nobody else's while any process is left in it.
    """
    found = set(_session(pid)) - {pid}
    if alive:
        found |= {pid, *_descendants(pid)}
    for one in found:
        _kill(one)


def _kill(pid: int) -> None:
    try:
        os.kill(pid, getattr(signal, "SIGKILL", signal.SIGTERM))
    except (ProcessLookupError, PermissionError):
        return


def _resident(pid: int) -> int:
    try:
        return int((_PROC / str(pid) / "statm").read_text("ascii").split()[1]) * _PAGE
    except (OSError, ValueError, IndexError):
        return 0


def _descendants(pid: int) -> Iterator[int]:
    """Children, theirs and so on."""
    for child in children_of(pid):
        yield child
        yield from _descendants(child)


def children_of(pid: int) -> list[int]:
    """The processes that any thread of a process started; none where the kernel does not say."""
    found: list[int] = []
    try:
        for task in (_PROC / str(pid) / "task").iterdir():
            found += map(int, (task / "children").read_text("ascii").split())
    except OSError:  # it has ended meanwhile
        pass
    return found


def _session(leader: int) -> Iterator[int]:
    """Processes of a session: those whose parent has ended are found by it alone."""
    try:
        names = os.listdir(_PROC)
    except OSError:
        return
    for name in filter(str.isdigit, names):
        try:
            if os.getsid(int(name)) == leader:
                yield int(name)
        except (ProcessLookupError, PermissionError):
            continue
