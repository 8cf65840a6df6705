"""Addresses in place of folders: what a command reads and writes lies here while it runs.

The output at an address is fetched, worked on in a temporary folder, and what changed is put back,
the ledger last: an interrupted run is known as such. Inputs of `parse` and `run` are not fetched
here: each is fetched when it is read.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from sopextract.batch.remote import address_in, pull, push, push_file
from sopextract.errors import ConfigError, SopextractError

# The temporary folders of the command that runs, and the addresses that they stand for.
_SHOWN: ContextVar[tuple[tuple[str, str], ...]] = ContextVar("shown", default=())
_LAST = ".sopextract/"  # the ledger and the log lie in such folders


def as_given(message: str) -> str:
    """A message with addresses in place of the folders that stand for them."""
    for folder, address in _SHOWN.get():
        message = message.replace(folder, address)
    return message


@contextmanager
def at_hand(values: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The options of a command, folders here in place of addresses for `parsed` and `output`.

    Raises ConfigError for an address that cannot be used.
    """
    output, parsed = values.get("output"), values.get("parsed")
    address = address_in(output) if isinstance(output, Path) else None
    given = parsed if isinstance(parsed, tuple) else ()
    if address is None and not any(map(address_in, given)):
        yield values
        return
    if address is not None and values.get("executor") == "dask":
        raise ConfigError(f"{address}: with --executor dask, -o has to be a folder that all share")
    with ExitStack() as stack:
        here = dict(values)
        if given:
            here["parsed"] = tuple(stack.enter_context(_fetched(path)) for path in given)
        if address is not None:
            here["output"] = stack.enter_context(_mirrored(address))
        try:
            yield here
        except SopextractError as exc:
            exc.args = (as_given(str(exc)), *exc.args[1:])
            raise


@contextmanager
def _fetched(path: str) -> Iterator[str]:
    """A folder with what is at an address; a path stays."""
    address = address_in(path)
    if address is None:
        yield path
        return
    with _folder_for(address) as folder:
        pull(address, folder)
        yield str(folder)


@contextmanager
def _mirrored(address: str) -> Iterator[Path]:
    """A path that stands for an address: what is written there is put there at the end."""
    is_file = Path(address).suffix in (".xlsx", ".sqlite", ".duckdb")
    with _folder_for(address) as folder:
        if is_file:
            path = folder / Path(address).name
            try:
                yield path
            finally:  # it is there when it is whole
                if path.is_file():
                    push_file(path, address)
            return
        pull(address, folder)
        before = _seen(folder)
        try:
            yield folder
        finally:
            after = _seen(folder)
            changed = [name for name in after if after[name] != before.get(name)]
            gone = [name for name in before if name not in after]
            push(folder, sorted(changed, key=lambda name: (_LAST in name, name)), gone, address)


@contextmanager
def _folder_for(address: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="sopextract-") as made:
        folder = Path(made, Path(address.rstrip("/")).name)  # some formats go by its suffix
        folder.mkdir()
        token = _SHOWN.set((*_SHOWN.get(), (str(folder), address.rstrip("/"))))
        try:
            yield folder
        finally:
            _SHOWN.reset(token)


def _seen(folder: Path) -> dict[str, tuple[int, int]]:
    """Size and date of every file, by its path in the folder."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            info = path.stat()
            found[path.relative_to(folder).as_posix()] = (info.st_size, info.st_mtime_ns)
    return found
